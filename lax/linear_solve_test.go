package lax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// A diagonal system, which is solved by a division, and differentiated as solutions of systems are.
func TestCustomLinearSolve(t *testing.T) {
	type pair struct{ X A }
	d, b := numbers(2, 2, 3), numbers(1, 1, 3)
	solve := func(d, b A) A {
		s := lax.LinearSystem[pair]{
			MatVec:    func(x pair) pair { return pair{lax.Mul(d, x.X)} },
			Solve:     func(_ func(pair) pair, b pair) pair { return pair{lax.Div(b.X, d)} },
			Symmetric: true,
		}
		return lax.CustomLinearSolve(s, pair{b}).X
	}
	checkForms(t,
		of2("CustomLinearSolve", solve, func(d, b V) V { return ops.Div(b, d) }, d, b),
		of2("the gradient", func(d, b A) A {
			return gojax.Grad(func(d A) A { return jnp.Sum(solve(d, b)) })(d)
		}, func(d, b V) V { return ops.Neg(ops.Div(b, ops.Square(d))) }, d, b))
	checkMistakes(t,
		mistake{"lax.CustomLinearSolve", func() { lax.CustomLinearSolve(lax.LinearSystem[A]{}, b) }, []string{"nil"}},
		mistake{"lax.CustomLinearSolve", func() {
			lax.CustomLinearSolve(lax.LinearSystem[A]{MatVec: lax.Neg,
				Solve: func(_ func(A) A, b A) A { return jnp.Sum(b) }}, b)
		}, []string{"float32[3]", "float32[]"}})
}
