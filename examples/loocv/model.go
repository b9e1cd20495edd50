package main

import (
	"github.com/gojax/gojax/examples/internal/forest"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// data are n observations of p covariates and a response.
type data = forest.Data

// ridge are the coefficients of a ridge regression with penalty lambda and a weight for each observation: the solution
// b of (X'WX + lambda I) b = X'Wy.
func ridge(d data, w, lambda jnp.Array) jnp.Array {
	weighted := d.X.Mul(jnp.ExpandDims(w, 1))
	a := weighted.T().MatMul(d.X).Add(jnp.Creation{DType: d.X.DType()}.Eye(d.X.Shape()[1]).Mul(lambda))
	return linalg.ChoSolve(linalg.Cholesky(a), weighted.T().MatMul(d.Y))
}

// leaveOut is the squared error of predicting observation i by a fit to all the others: one fold.
func leaveOut(i jnp.Array, d data, lambda jnp.Array) jnp.Array {
	n := d.Y.Shape()[0]
	w := jnp.Arange(n).Ne(i).AsType(d.X.DType()) // a weight of 0 leaves i out, and keeps the shapes
	miss := d.Y.Index(i).Sub(d.X.Index(i).Dot(ridge(d, w, lambda)))
	return miss.Mul(miss)
}

// shortcut is the mean of leaveOut over all i by a theorem of linear algebra (Allen's PRESS, 1974), which holds for
// ridge regression: the error without i is the residual over 1 - h, with h the leverage of i.
func shortcut(d data, lambda jnp.Array) jnp.Array {
	n, p := d.X.Shape()[0], d.X.Shape()[1]
	eye := jnp.Creation{DType: d.X.DType()}.Eye(p)
	l := linalg.Cholesky(d.X.T().MatMul(d.X).Add(eye.Mul(lambda)))
	hat := linalg.ChoSolve(l, d.X.T())
	leverage := d.X.Mul(hat.T()).Sum(1)
	residual := d.Y.Sub(d.X.MatMul(hat.MatMul(d.Y)))
	miss := residual.Div(jnp.Sub(1, leverage))
	return miss.Mul(miss).Sum().Div(n)
}
