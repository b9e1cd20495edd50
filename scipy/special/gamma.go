package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

type (
	array = jnp.Array
	value = trace.Value
)

// un is an elementwise function of one operand.
func un(op string, x any, f func(x *value) *value) array {
	return jnp.Elementwise(op, nil, func(in []*value) *value { return f(in[0]) }, x)
}

// strongly is un for functions whose result is strongly typed, of whatever operand.
func strongly(op string, x any, f func(x *value) *value) array {
	return un(op, x, func(x *value) *value { return f(lax.Convert(x, x.DType())) })
}

// bin is an elementwise function of two operands.
func bin(op string, x, y any, f func(x, y *value) *value) array {
	return jnp.Elementwise(op, nil, func(in []*value) *value { return f(in[0], in[1]) }, x, y)
}

// k is v in x's shape and dtype.
func k(x *value, v float64) *value { return lax.FullLike(x, v) }

// where is lax.Select.
func where(p, x, y *value) *value { return lax.Select(p, x, y) }

// real refuses complex operands of op.
func real(op string, x *value) {
	if x.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{x.Aval()}, "takes real numbers")
	}
}

// Gammaln is the logarithm of |gamma(x)|.
func Gammaln[X jnp.Operand](x X) array { return un("special.Gammaln", x, lax.Lgamma) }

// Loggamma is the logarithm of gamma(x), NaN unless x is positive, as in JAX.
func Loggamma[X jnp.Operand](x X) array {
	return un("special.Loggamma", x, func(x *value) *value {
		return where(lax.Gt(x, k(x, 0)), lax.Lgamma(x), k(x, math.NaN()))
	})
}

// Gammasgn is the sign of gamma(x): NaN at the poles, except at 0, where it is the zero's sign.
func Gammasgn[X jnp.Operand](x X) array { return strongly("special.Gammasgn", x, gammasgn) }

func gammasgn(x *value) *value {
	real("special.Gammasgn", x)
	floor := lax.Floor(x)
	odd := lax.Ne(lax.Rem(floor, k(x, 2)), k(x, 0))
	s := where(odd, k(x, -1), k(x, 1))
	s = where(lax.Lt(x, k(x, 0)), where(lax.Eq(floor, x), k(x, math.NaN()), s), k(x, 1))
	s = where(lax.Eq(x, x), s, x)
	negZero := lax.And(lax.Eq(x, k(x, 0)), lax.Lt(lax.Div(k(x, 1), x), k(x, 0)))
	return where(negZero, k(x, -1), s)
}

// Gamma is the gamma function.
func Gamma[X jnp.Operand](x X) array { return strongly("special.Gamma", x, gamma) }

func gamma(x *value) *value { return lax.Mul(gammasgn(x), lax.Exp(lax.Lgamma(x))) }

// Factorial is gamma(n+1), 0 for negative n.
func Factorial[X jnp.Operand](n X) array {
	return un("special.Factorial", n, func(n *value) *value {
		return where(lax.Lt(n, k(n, 0)), k(n, 0), lax.Exp(lax.Lgamma(lax.Add(n, k(n, 1)))))
	})
}

// Digamma is the derivative of Gammaln.
func Digamma[X jnp.Operand](x X) array { return un("special.Digamma", x, lax.Digamma) }

// Polygamma is the n-th derivative of Digamma at x.
func Polygamma[N, X jnp.Operand](n N, x X) array {
	return bin("special.Polygamma", n, x, lax.Polygamma)
}

// Zeta is the Hurwitz zeta function, the sum of (q+k) to the -x over k = 0, 1, ...
func Zeta[X, Q jnp.Operand](x X, q Q) array { return bin("special.Zeta", x, q, lax.Zeta) }

// Multigammaln is the logarithm of the multivariate gamma function of dimension d.
func Multigammaln[X jnp.Operand](x X, d int) array {
	const op = "special.Multigammaln"
	if d < 1 {
		trace.Fail(op, nil, "the dimension is %d; it must be positive", d)
	}
	return jnp.Elementwise(op, d, func(in []*value) *value {
		x := in[0]
		y := k(x, float64(d)*float64(d-1)/4*math.Log(math.Pi))
		for j := range d {
			y = lax.Add(y, lax.Lgamma(lax.Sub(x, k(x, float64(j)/2))))
		}
		return y
	}, x)
}

// Betaln is the logarithm of |Beta(a, b)|.
func Betaln[A, B jnp.Operand](a A, b B) array { return bin("special.Betaln", a, b, betaln) }

func betaln(a, b *value) *value {
	return lax.Add(lax.Sub(lax.Lgamma(a), lax.Lgamma(lax.Add(a, b))), lax.Lgamma(b))
}

// Beta is gamma(a)·gamma(b)/gamma(a+b).
func Beta[A, B jnp.Operand](a A, b B) array {
	return bin("special.Beta", a, b, func(a, b *value) *value {
		s := lax.Mul(lax.Mul(gammasgn(a), gammasgn(b)), gammasgn(lax.Add(a, b)))
		return lax.Mul(s, lax.Exp(betaln(a, b)))
	})
}

// Poch is the rising factorial gamma(z+m)/gamma(z).
func Poch[Z, M jnp.Operand](z Z, m M) array {
	return bin("special.Poch", z, m, func(z, m *value) *value {
		return where(lax.Eq(m, k(m, 0)), k(m, 1), lax.Exp(lax.Sub(lax.Lgamma(lax.Add(z, m)), lax.Lgamma(z))))
	})
}

// Gammainc is the regularized lower incomplete gamma function P(a, x).
func Gammainc[A, X jnp.Operand](a A, x X) array { return bin("special.Gammainc", a, x, lax.Igamma) }

// Gammaincc is 1 - Gammainc(a, x), exact where that is small.
func Gammaincc[A, X jnp.Operand](a A, x X) array {
	return bin("special.Gammaincc", a, x, lax.Igammac)
}

// Betainc is the regularized incomplete beta function I_x(a, b). It has a derivative in x alone.
func Betainc[A, B, X jnp.Operand](a A, b B, x X) array {
	return jnp.Elementwise("special.Betainc", nil, func(in []*value) *value { return lax.Betainc(in[0], in[1], in[2]) }, a, b, x)
}
