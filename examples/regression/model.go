package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// truth are the coefficients that the data are drawn with: an intercept and four slopes.
var truth = []float64{-0.5, 1, -0.75, 0.25, 0}

// data are n observations: the rows of X begin with 1, and Y is 0 or 1.
type data struct{ X, Y jnp.Array }

// simulate draws n observations from the model.
func simulate(key random.KeyArray, n int) data {
	kx, ky := random.Pair(key)
	x := jnp.HStack(jnp.Ones(n, 1), random.Normal(kx, n, len(truth)-1))
	p := sigmoid(x.MatMul(jnp.AsArray(truth)))
	return data{X: x, Y: random.Uniform(ky, n).Lt(p).AsType(x.DType())}
}

func sigmoid(z jnp.Array) jnp.Array { return jnp.Div(1, jnp.Add(1, jnp.Exp(z.Neg()))) }

// loss is the mean negative log-likelihood of the coefficients b.
func loss(b jnp.Array, d data) jnp.Array {
	z := d.X.MatMul(b)
	return jnp.LogAddExp(0, z).Sub(d.Y.Mul(z)).Mean()
}

// rate is below 2/L for standard normal covariates, where L, the largest curvature of the loss, is at most about a
// quarter.
const rate = 2.0

// descend takes one step of gradient descent from b, and returns the loss at b too.
func descend(b jnp.Array, d data) (next, at jnp.Array) {
	at, g := gojax.ValueAndGrad2(loss)(b, d)
	return b.Sub(g.Mul(rate)), at
}

// fit is descend over and over, inside one program.
func fit(d data, steps int) jnp.Array {
	return lax.ForiLoop(0, steps, func(_, b jnp.Array) jnp.Array {
		next, _ := descend(b, d)
		return next
	}, jnp.Zeros(len(truth)))
}

// information is the Hessian of the whole negative log-likelihood at b: the observed Fisher information.
func information(b jnp.Array, d data) jnp.Array {
	mean := gojax.Hessian(func(b jnp.Array) jnp.Array { return loss(b, d) })
	return mean(b).Mul(d.X.Shape()[0])
}

// inverse is that of a symmetric positive definite matrix.
func inverse(a jnp.Array) jnp.Array {
	return linalg.ChoSolve(linalg.Cholesky(a), jnp.Creation{DType: a.DType()}.Eye(a.Shape()[0]))
}

// standardErrors are the square roots of the diagonal of the inverse information.
func standardErrors(b jnp.Array, d data) jnp.Array {
	return jnp.Sqrt(jnp.Diagonal(inverse(information(b, d))))
}

// robustErrors hold where the model is wrong too (White's sandwich): the gradient of every observation's own loss, all
// at once by Vmap, stands between two inverse informations.
func robustErrors(b jnp.Array, d data) jnp.Array {
	one := func(b jnp.Array, d data) jnp.Array {
		return loss(b, data{X: jnp.ExpandDims(d.X, 0), Y: jnp.ExpandDims(d.Y, 0)})
	}
	scores := gojax.Vmap(gojax.Grad2(one), gojax.InAxes(nil, 0))(b, d)
	bread := inverse(information(b, d))
	return jnp.Sqrt(jnp.Diagonal(bread.MatMul(scores.T().MatMul(scores)).MatMul(bread)))
}
