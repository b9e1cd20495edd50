package special

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/ops"
)

// Expit is 1/(1+exp(-x)), the logistic function: jax.scipy.special.expit. It takes real and complex numbers.
func Expit(x jnp.Array) jnp.Array { return unary("special.Expit", x, of1(ops.Logistic)) }

// Logit is log(x/(1-x)), the inverse of Expit: jax.scipy.special.logit. It takes real and complex numbers; real ones
// beyond [0, 1] give NaN.
func Logit(x jnp.Array) jnp.Array {
	return unary("special.Logit", x, func(x array) array {
		return derived1(x, logit, func(x, _ array) array {
			return derived1(x, func(x array) array { return jnp.Reciprocal(x.Mul(fill(x, 1).Sub(x))) },
				func(x, y array) array { return x.Mul(2).Sub(1).Mul(jnp.Square(y)) })
		})
	})
}

// logit is 2·arctanh(2x-1), by logarithms, around 1/2, where the quotient is close to 1.
func logit(x array) array {
	y := jnp.Log(x.Div(fill(x, 1).Sub(x)))
	if x.DType().IsComplex() {
		return y
	}
	s := x.Sub(0.5).Mul(2)
	middle := s.Abs().Lt(0.4)
	s = jnp.Where(middle, s, 0)
	return jnp.Where(middle, jnp.Log1p(s).Sub(jnp.Log1p(s.Neg())), y)
}

// Entr is -x·log(x), 0 at 0 and -inf below: jax.scipy.special.entr. It takes real numbers.
func Entr(x jnp.Array) jnp.Array {
	return unary("special.Entr", x, func(x array) array {
		return jnp.Where(real(x).Lt(0), fill(x, math.Inf(-1)), xlogx(x).Neg())
	})
}

// XLogY is x·log(y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlogy. It takes real and complex numbers,
// promoted and broadcast.
func XLogY[X, Y jnp.Operand](x X, y Y) jnp.Array { return binary("special.XLogY", x, y, xlogy) }

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

// XLog1pY is x·log(1+y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlog1py. It takes real and complex
// numbers, promoted and broadcast.
func XLog1pY[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("special.XLog1pY", x, y, func(x, y array) array {
		return derived2(x, y, func(x, y array) array {
			return jnp.Where(x.Ne(0).Or(jnp.IsNaN(y)), x.Mul(jnp.Log1p(y)), fill(x, 0))
		}, func(x, y, _, dx, dy array) array {
			return dx.Mul(jnp.Log1p(y)).Add(dy.Mul(x).Div(y.Add(1)))
		})
	})
}

// RelEntr is p·log(p/q), 0 where p = 0 <= q, and inf elsewhere that one of them is not positive:
// jax.scipy.special.rel_entr. It takes real numbers, promoted and broadcast.
func RelEntr[P, Q jnp.Operand](p P, q Q) jnp.Array {
	return binary("special.RelEntr", p, q, of2(ops.RelEntr))
}

// KLDiv is p·log(p/q) - p + q, a term of the Kullback-Leibler divergence: jax.scipy.special.kl_div. See RelEntr for
// its edges.
func KLDiv[P, Q jnp.Operand](p P, q Q) jnp.Array {
	return binary("special.KLDiv", p, q, of2(ops.KLDiv))
}

// BoxCox is the Box-Cox transform (x^lambda - 1)/lambda, log(x) where lambda is 0: jax.scipy.special.boxcox. It takes
// real and complex numbers, promoted and broadcast; a negative real x gives NaN.
func BoxCox[X, L jnp.Operand](x X, lambda L) jnp.Array {
	return binary("special.BoxCox", x, lambda, func(x, l array) array { return boxcox(jnp.Log(x), l) })
}

// BoxCox1p is BoxCox of 1+x, exact for small x: jax.scipy.special.boxcox1p.
func BoxCox1p[X, L jnp.Operand](x X, lambda L) jnp.Array {
	return binary("special.BoxCox1p", x, lambda, func(x, l array) array { return boxcox(jnp.Log1p(x), l) })
}

func boxcox(log, lambda array) array {
	return derived2(log, lambda, func(log, lambda array) array {
		zero := lambda.Eq(0)
		safe := jnp.Where(zero, fill(lambda, 1), lambda)
		return jnp.Where(zero, log, jnp.Expm1(safe.Mul(log)).Div(safe))
	}, func(log, lambda, _, dl, dm array) array {
		t := lambda.Mul(log)
		return jnp.Exp(t).Mul(dl).Add(jnp.Square(log).Mul(boxcoxSlope(t)).Mul(dm))
	})
}

// boxcoxSlope is (t·exp(t) - exp(t) + 1)/t², by its series around 0.
func boxcoxSlope(t array) array {
	near := t.Abs().Lt(1)
	safe := jnp.Where(near, fill(t, 1), t)
	u := jnp.Where(near, t, fill(t, 0))
	c := make([]float64, 19)
	f := 1.0
	for k := range c { // of t^k: (k+1)/(k+2)!
		f *= float64(k + 2)
		c[len(c)-1-k] = float64(k+1) / f
	}
	far := safe.Sub(1).Mul(jnp.Exp(safe)).Add(1).Div(jnp.Square(safe))
	return jnp.Where(near, poly(u, c...), far)
}

// LogSumExp is log(sum(exp(x))) along axes (all if none are given) without overflow: jax.scipy.special.logsumexp.
// Its options are those of nn.SumOfExp.
func LogSumExp(x jnp.Array, axes ...int) jnp.Array {
	return nn.LogSumExp(x, axes...)
}

// Softmax is exp(x) divided by its sum along axes: jax.scipy.special.softmax. Unlike nn's, it takes all axes if none
// are given.
func Softmax(x jnp.Array, axes ...int) jnp.Array {
	return nn.Softmax(x, kit.AxesOrAll("special.Softmax", axes, kit.Value("special.Softmax", x))...)
}

// LogSoftmax is the logarithm of Softmax: jax.scipy.special.log_softmax. Unlike nn's, it takes all axes if none are
// given.
func LogSoftmax(x jnp.Array, axes ...int) jnp.Array {
	return nn.LogSoftmax(x, kit.AxesOrAll("special.LogSoftmax", axes, kit.Value("special.LogSoftmax", x))...)
}
