package special

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// Expit is 1/(1+exp(-x)). Complex numbers too.
func Expit[X jnp.Operand](x X) array { return un("special.Expit", x, lax.Logistic) }

// Logit is log(x/(1-x)), the inverse of Expit.
func Logit[X jnp.Operand](x X) array {
	return un("special.Logit", x, func(x *value) *value { return lax.Log(lax.Div(x, lax.Sub(k(x, 1), x))) })
}

// Entr is -x·log(x): 0 at 0, -inf below.
func Entr[X jnp.Operand](x X) array {
	return un("special.Entr", x, func(x *value) *value {
		real("special.Entr", x)
		return where(lax.Lt(x, k(x, 0)), k(x, math.Inf(-1)), lax.Neg(xlogy(x, x)))
	})
}

// XLogY is x·log(y), and 0 where x is 0, whatever y is. Complex numbers too.
func XLogY[X, Y jnp.Operand](x X, y Y) array { return bin("special.XLogY", x, y, xlogy) }

func xlogy(x, y *value) *value {
	zero := lax.Eq(x, k(x, 0))
	return where(zero, k(x, 0), lax.Mul(x, lax.Log(where(zero, k(y, 1), y))))
}

// XLog1PY is x·log(1+y), and 0 where x is 0, whatever y is. Complex numbers too.
func XLog1PY[X, Y jnp.Operand](x X, y Y) array {
	return bin("special.XLog1PY", x, y, func(x, y *value) *value {
		zero := lax.Eq(x, k(x, 0))
		return where(zero, k(x, 0), lax.Mul(x, lax.Log1p(where(zero, k(y, 0), y))))
	})
}

// RelEntr is p·log(p/q): 0 where p is 0 and q is not negative, inf where either is negative.
func RelEntr[P, Q jnp.Operand](p P, q Q) array { return bin("special.RelEntr", p, q, relEntr) }

func relEntr(p, q *value) *value {
	real("special.RelEntr", p)
	zero := k(p, 0)
	both := lax.And(lax.Gt(p, zero), lax.Gt(q, zero))
	none := lax.And(lax.Eq(p, zero), lax.Ge(q, zero))
	safeP, safeQ := where(both, p, k(p, 1)), where(both, q, k(q, 1))
	y := lax.Sub(xlogy(safeP, safeP), xlogy(safeP, safeQ))
	return where(both, y, where(none, zero, k(p, math.Inf(1))))
}

// KlDiv is p·log(p/q) - p + q: inf where either is negative.
func KlDiv[P, Q jnp.Operand](p P, q Q) array {
	return bin("special.KlDiv", p, q, func(p, q *value) *value { return lax.Add(lax.Sub(relEntr(p, q), p), q) })
}

// LogSumExp is nn.LogSumExp; nn.SumOfExp has its options.
func LogSumExp(x array, axes ...int) array { return nn.LogSumExp(x, axes...) }

// Softmax is nn.Softmax along axes, over the whole array if none are given, as SciPy has it.
func Softmax(x array, axes ...int) array { return nn.Softmax(x, allAxes(x, axes)...) }

// LogSoftmax is nn.LogSoftmax along axes, over the whole array if none are given, as SciPy has it.
func LogSoftmax(x array, axes ...int) array { return nn.LogSoftmax(x, allAxes(x, axes)...) }

func allAxes(x array, axes []int) []int {
	if axes != nil {
		return axes
	}
	axes = make([]int, x.NDim())
	for i := range axes {
		axes[i] = i
	}
	return axes
}
