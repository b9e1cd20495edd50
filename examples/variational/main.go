// Command variational fits a Bayesian logistic regression by variational inference: a normal posterior, independent in
// each weight, whose mean and deviation maximise the reparametrised ELBO (Kingma and Welling, 2014), by Adam.
// variational.py is the same in JAX, with the same numbers.
//
//	go run ./examples/variational
package main

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/tree"
)

// posterior is a normal distribution for each weight.
type posterior struct{ Mean, LogStd jnp.Array }

func simulate(key random.KeyArray, n, d int) (x, y, w jnp.Array) {
	k := random.Keys(key, 3)
	x, w = random.Normal(k[0], n, d), random.Normal(k[1], d)
	return x, random.Bernoulli(k[2], nn.Sigmoid(x.MatMul(w))), w
}

func logJoint(w, x, y jnp.Array) jnp.Array {
	logits := x.MatMul(w)
	prior := stats.Norm{Scale: 10}.LogPDF(w).Sum()
	return prior.Add(nn.LogSigmoid(jnp.Where(y, logits, logits.Neg())).Sum())
}

func elbo(q posterior, key random.KeyArray, x, y jnp.Array) jnp.Array {
	const samples = 16
	w := q.Mean.Add(q.LogStd.Exp().Mul(random.Normal(key, samples, q.Mean.Len())))
	entropy := q.LogStd.Add(0.5 * math.Log(2*math.Pi*math.E)).Sum()
	return gojax.Vmap(logJoint, gojax.InAxes(0, nil, nil))(w, x, y).Mean().Add(entropy)
}

func fit(key random.KeyArray, x, y jnp.Array) (q posterior, elbos jnp.Array) {
	const steps = 1000
	opt := optim.Adam[posterior](0.03)
	type state = tree.Pair[posterior, optim.State[posterior]]
	step := func(s state, key random.KeyArray) (state, jnp.Array) {
		loss, grads := gojax.ValueAndGrad(func(q posterior) jnp.Array { return elbo(q, key, x, y).Neg() })(s.A)
		updates, next := opt.Update(grads, s.B, s.A)
		return tree.PairOf(optim.Apply(s.A, updates), next), loss.Neg()
	}
	d := x.Shape()[1]
	q = posterior{jnp.Zeros(d), jnp.Full([]int{d}, -1.0)}
	last, elbos := lax.Scan(step, tree.PairOf(q, opt.Init(q)), random.Split(key, steps))
	return last.A, elbos
}

func run() map[string]jnp.Array {
	kData, kFit := random.Pair(random.Key(0))
	x, y, w := simulate(kData, 500, 4)
	q, elbos := gojax.Jit(fit)(kFit, x, y)
	return map[string]jnp.Array{
		"elbo":  elbos.Slice(nil, nil, 100),
		"mean":  q.Mean,
		"std":   q.LogStd.Exp(),
		"truth": w,
	}
}

func main() { show.Values(run()) }
