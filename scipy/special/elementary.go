package special

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/ops"
)

// Expit is 1/(1+exp(-x)), the logistic function: jax.scipy.special.expit. It takes real and complex numbers.
func Expit[X jnp.Operand](x X) array { return un("special.Expit", x, ops.Logistic) }

// Logit is log(x/(1-x)), the inverse of Expit: jax.scipy.special.logit. It takes real and complex numbers; real ones beyond [0, 1]
// give NaN.
func Logit[X jnp.Operand](x X) array {
	return each("special.Logit", nil, func(x []array) array {
		return derived1(x[0], func(x array) array { return jnp.Log(x.Div(fill(x, 1).Sub(x))) },
			func(x, _ array) array { return jnp.Reciprocal(x.Mul(fill(x, 1).Sub(x))) })
	}, x)
}

// Entr is -x·log(x), 0 at 0 and -inf below: jax.scipy.special.entr. It takes real numbers.
func Entr[X jnp.Operand](x X) array {
	return each("special.Entr", nil, func(x []array) array {
		reals("special.Entr", x)
		return jnp.Where(x[0].Lt(0), fill(x[0], math.Inf(-1)), xlogx(x[0]).Neg())
	}, x)
}

// XLogY is x·log(y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlogy. It takes real and complex numbers, promoted and
// broadcast.
func XLogY[X, Y jnp.Operand](x X, y Y) array {
	return each("special.XLogY", nil, func(x []array) array { return xlogy(x[0], x[1]) }, x, y)
}

func xlogy(x, y array) array {
	return derived2(x, y, func(x, y array) array {
		return jnp.Where(x.Ne(0).Or(jnp.IsNaN(y)), x.Mul(jnp.Log(y)), fill(x, 0))
	}, func(x, y, _, dx, dy array) array {
		return dx.Mul(jnp.Log(y)).Add(dy.Mul(x).Div(y))
	})
}

// xlogx is xlogy(x, x), whose two derivatives together are finite at 0 where one of them is not.
func xlogx(x array) array {
	return derived1(x, func(x array) array { return xlogy(x, x) }, func(x, _ array) array { return jnp.Log(x).Add(1) })
}

// XLog1PY is x·log(1+y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlog1py. It takes real and complex numbers, promoted
// and broadcast.
func XLog1PY[X, Y jnp.Operand](x X, y Y) array {
	return each("special.XLog1PY", nil, func(x []array) array {
		return derived2(x[0], x[1], func(x, y array) array {
			return jnp.Where(x.Ne(0).Or(jnp.IsNaN(y)), x.Mul(jnp.Log1p(y)), fill(x, 0))
		}, func(x, y, _, dx, dy array) array {
			return dx.Mul(jnp.Log1p(y)).Add(dy.Mul(x).Div(y.Add(1)))
		})
	}, x, y)
}

// RelEntr is p·log(p/q), 0 where p = 0 <= q, and inf elsewhere that one of them is not positive: jax.scipy.special.rel_entr. It takes
// real numbers, promoted and broadcast.
func RelEntr[P, Q jnp.Operand](p P, q Q) array {
	return each("special.RelEntr", nil, func(x []array) array { return relEntr("special.RelEntr", x[0], x[1]) }, p, q)
}

func relEntr(op string, p, q array) array {
	reals(op, []array{p, q})
	both := p.Gt(0).And(q.Gt(0))
	none := p.Eq(0).And(q.Ge(0))
	safeP, safeQ := jnp.Where(both, p, 1), jnp.Where(both, q, 1)
	y := xlogx(safeP).Sub(xlogy(safeP, safeQ))
	return jnp.Where(both, y, jnp.Where(none, fill(p, 0), math.Inf(1)))
}

// KlDiv is p·log(p/q) - p + q, a term of the Kullback-Leibler divergence: jax.scipy.special.kl_div. See RelEntr for its edges.
func KlDiv[P, Q jnp.Operand](p P, q Q) array {
	return each("special.KlDiv", nil, func(x []array) array { return relEntr("special.KlDiv", x[0], x[1]).Sub(x[0]).Add(x[1]) }, p, q)
}

// Boxcox is the Box-Cox transform (x^lambda - 1)/lambda, log(x) where lambda is 0: jax.scipy.special.boxcox. It takes real and
// complex numbers, promoted and broadcast; a negative real x gives NaN.
func Boxcox[X, L jnp.Operand](x X, lambda L) array {
	return each("special.Boxcox", nil, func(x []array) array { return boxcox(jnp.Log(x[0]), x[1]) }, x, lambda)
}

// Boxcox1p is Boxcox of 1+x, exact for small x: jax.scipy.special.boxcox1p.
func Boxcox1p[X, L jnp.Operand](x X, lambda L) array {
	return each("special.Boxcox1p", nil, func(x []array) array { return boxcox(jnp.Log1p(x[0]), x[1]) }, x, lambda)
}

func boxcox(log, lambda array) array {
	zero := lambda.Eq(0)
	safe := jnp.Where(zero, fill(lambda, 1), lambda)
	return jnp.Where(zero, log, jnp.Expm1(safe.Mul(log)).Div(safe))
}

// LogSumExp is log(sum(exp(x))) along axes (all if none are given) without overflow: jax.scipy.special.logsumexp. Its options are
// those of nn.SumOfExp.
func LogSumExp(x array, axes ...int) array { return nn.LogSumExp(x, axes...) }

// Softmax is exp(x) divided by its sum along axes: jax.scipy.special.softmax. Unlike nn's, it takes all axes if none are given.
func Softmax(x array, axes ...int) array { return nn.Softmax(x, allAxes(x, axes)...) }

// LogSoftmax is the logarithm of Softmax: jax.scipy.special.log_softmax. Unlike nn's, it takes all axes if none are given.
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
