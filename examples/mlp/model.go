package main

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// layer is one layer's weights and biases; a net is its layers. Both are trees: gradients and moments have the same
// type.
type layer struct{ W, B jnp.Array }

type net []layer

// classes are the arms of the spiral.
const classes = 3

var sizes = []int{2, 64, 64, classes}

// newNet draws weights of variance 2 over the layer's inputs (He et al., 2015), and no biases.
func newNet(key random.KeyArray) net {
	var n net
	for i, in := range sizes[:len(sizes)-1] {
		w := random.Normal(random.FoldIn(key, i), in, sizes[i+1]).Mul(math.Sqrt(2 / float64(in)))
		n = append(n, layer{W: w, B: jnp.Zeros(sizes[i+1])})
	}
	return n
}

// logits are the scores of each class, for a row or for rows of points.
func (n net) logits(x jnp.Array) jnp.Array {
	for i, l := range n {
		if x = x.MatMul(l.W).Add(l.B); i < len(n)-1 {
			x = jnp.Tanh(x)
		}
	}
	return x
}

// points are places in the plane and the arm that each is of.
type points struct{ X, Class jnp.Array }

// spiral draws n points of the arms of a spiral, with some noise.
func spiral(key random.KeyArray, n int) points {
	keys := random.Split(key, 3)
	class := random.RandInt(keys.Index(0), 0, classes, n)
	radius := jnp.Sqrt(random.Uniform(keys.Index(1), n))
	angle := radius.Mul(4).Add(class.Mul(2 * math.Pi / classes))
	at := jnp.Stack([]jnp.Array{radius.Mul(jnp.Cos(angle)), radius.Mul(jnp.Sin(angle))}, 1)
	return points{X: at.Add(random.Normal(keys.Index(2), n, 2).Mul(0.03)), Class: class}
}

// loss is the mean cross-entropy of n's classification of p.
func loss(n net, p points) jnp.Array {
	z := n.logits(p.X)
	z = z.Sub(gojax.StopGradient(jnp.Reduction{KeepDims: true}.Max(z, -1))) // so that no exponential overflows
	own := jnp.TakeAlongAxis(z, jnp.ExpandDims(p.Class, 1), 1)
	return jnp.Log(jnp.Exp(z).Sum(-1)).Mean().Sub(own.Mean())
}

// accuracy is the share of p that n classifies right.
func accuracy(n net, p points) jnp.Array {
	return n.logits(p.X).ArgMax(-1).Eq(p.Class).AsType(jnp.Float32).Mean()
}

// training is what a step of training changes.
type training struct {
	Net, Mean, Square net // the network, and Adam's moments of its gradient
	Step              jnp.Array
}

func newTraining(key random.KeyArray) training {
	n := newNet(key)
	zeros := func() net {
		z := make(net, len(n))
		for i, l := range n {
			z[i] = layer{W: jnp.ZerosLike(l.W), B: jnp.ZerosLike(l.B)}
		}
		return z
	}
	return training{Net: n, Mean: zeros(), Square: zeros(), Step: jnp.AsArray(int32(0))}
}

// adam's settings (Kingma and Ba, 2015).
const (
	learningRate = 3e-3
	beta1, beta2 = 0.9, 0.999
	epsilon      = 1e-8
)

// step draws a batch from all, and moves the network against the gradient of its loss, scaled by Adam. It returns the
// loss of the batch before.
func step(t training, key random.KeyArray, all points, batch int) (training, jnp.Array) {
	idx := random.RandInt(random.FoldIn(key, t.Step), 0, all.X.Shape()[0], batch)
	at, g := gojax.ValueAndGrad2(loss)(t.Net, points{X: all.X.Take(idx, 0), Class: all.Class.Take(idx, 0)})
	next := training{Step: t.Step.Add(1)}
	k := next.Step.AsType(jnp.Float32)
	c1, c2 := jnp.Sub(1, jnp.Power(beta1, k)), jnp.Sub(1, jnp.Power(beta2, k))
	move := func(w, g, m, v jnp.Array) (w1, m1, v1 jnp.Array) {
		m1 = m.Mul(beta1).Add(g.Mul(1 - beta1))
		v1 = v.Mul(beta2).Add(g.Mul(g).Mul(1 - beta2))
		return w.Sub(m1.Div(c1).Div(jnp.Sqrt(v1.Div(c2)).Add(epsilon)).Mul(learningRate)), m1, v1
	}
	for i, l := range t.Net {
		var n, m, v layer
		n.W, m.W, v.W = move(l.W, g[i].W, t.Mean[i].W, t.Square[i].W)
		n.B, m.B, v.B = move(l.B, g[i].B, t.Mean[i].B, t.Square[i].B)
		next.Net, next.Mean, next.Square = append(next.Net, n), append(next.Mean, m), append(next.Square, v)
	}
	return next, at
}
