package special

import (
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
			return derived1(x, func(x array) array {
				other := fill(x, 1).Sub(x)
				if x.DType().IsComplex() {
					return jnp.Reciprocal(x.Mul(other))
				}
				return over(jnp.Reciprocal(other), x)
			}, func(x, y array) array { return x.Mul(2).Sub(1).Mul(jnp.Square(y)) })
		})
	})
}

// logit is 2·arctanh(2x-1), by logarithms, around 1/2, where the quotient is close to 1.
func logit(x array) array {
	y := x.Div(fill(x, 1).Sub(x))
	if x.DType().IsComplex() {
		return jnp.Log(y)
	}
	y = jnp.Log(jnp.Where(x.Lt(jnp.FInfo(x.DType()).Eps/4), x, y)) // which may be subnormal
	s := x.Sub(0.5).Mul(2)
	middle := s.Abs().Lt(0.4)
	s = jnp.Where(middle, s, 0)
	return jnp.Where(middle, jnp.Log1p(s).Sub(jnp.Log1p(s.Neg())), y)
}

// Entr is -x·log(x), 0 at 0 and -inf below: jax.scipy.special.entr. It takes real numbers.
func Entr(x jnp.Array) jnp.Array {
	return unary("special.Entr", x, func(x array) array { return of1(ops.Entr)(real(x)) })
}

// XLogY is x·log(y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlogy. It takes real and complex numbers,
// promoted and broadcast.
func XLogY[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("special.XLogY", x, y, of2(ops.XLogY))
}

// XLog1pY is x·log(1+y), 0 where x is 0 (but NaN where y is): jax.scipy.special.xlog1py. It takes real and complex
// numbers, promoted and broadcast.
func XLog1pY[X, Y jnp.Operand](x X, y Y) jnp.Array {
	return binary("special.XLog1pY", x, y, of2(ops.XLog1pY))
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
	return binary("special.BoxCox", x, lambda, func(x, l array) array { return boxcox(x, l, jnp.Log, pow) })
}

// BoxCox1p is BoxCox of 1+x, exact for small x: jax.scipy.special.boxcox1p.
func BoxCox1p[X, L jnp.Operand](x X, lambda L) jnp.Array {
	return binary("special.BoxCox1p", x, lambda, func(x, l array) array { return boxcox(x, l, jnp.Log1p, pow1p) })
}

var pow = of2(ops.Pow)

// pow1p is (1+x)^y, with the digits of a small x.
func pow1p(x, y array) array {
	near := x.Abs().Lt(0.5)
	in := jnp.Where(near, x, fill(x, 0))
	return jnp.Where(near, jnp.Exp(y.Mul(jnp.Log1p(in))), pow(jnp.Where(near, fill(x, 1), x.Add(1)), y))
}

// boxcox is the transform of the number that log and power are the logarithm and the power of. In 16 bits the product
// with the logarithm has too few digits for its exponential.
func boxcox(x, lambda array, log func(x array) array, power func(x, y array) array) array {
	if d := x.DType(); d.Bits() == 16 {
		return boxcox(x.AsType(jnp.Float32), lambda.AsType(jnp.Float32), log, power).AsType(d)
	}
	return derivedBy([]array{x, lambda}, func(x []array) array {
		log, lambda := log(x[0]), x[1]
		t, info := lambda.Mul(log), jnp.FInfo(lambda.DType())
		zero := lambda.Abs().Lt(info.Tiny).Or(t.Abs().Lt(info.Eps / 4))
		return jnp.Where(zero, log, jnp.Expm1(t).Div(jnp.Where(zero, fill(lambda, 1), lambda)))
	}, func(x []array, i int) array {
		if i == 0 {
			return power(x[0], x[1].Sub(1))
		}
		return boxcoxSlope(log(x[0]), x[1])
	})
}

// boxcoxSlope is the derivative by lambda, (t·exp(t) - exp(t) + 1)/lambda² with t = lambda·log, by the series in t
// around 0.
func boxcoxSlope(log, lambda array) array {
	t := lambda.Mul(log)
	small := t.Abs().Lt(1)
	u := jnp.Where(small, lambda, fill(t, 0)).Mul(jnp.Where(small, log, fill(t, 0)))
	near := small.Or(lambda.Eq(0))
	c := make([]float64, 19)
	f := 1.0
	for k := range c { // of t^k: (k+1)/(k+2)!
		f *= float64(k + 2)
		c[len(c)-1-k] = float64(k+1) / f
	}
	lambda = jnp.Where(near, fill(t, 1), lambda)
	factor, log1 := lambda, jnp.Where(near, fill(t, 1), log)
	if !t.DType().IsComplex() { // where the exponential is 0
		none := t.Lt(-1e4)
		factor, log1 = jnp.Where(none, 1, factor), jnp.Where(none, -1e4, log1)
	}
	t = factor.Mul(log1)
	far := t.Sub(1).Mul(jnp.Exp(t)).Add(1).Div(lambda).Div(lambda)
	return jnp.Where(near, jnp.Square(log).Mul(poly(u, c...)), far)
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
