package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Gammaln is the logarithm of the absolute value of the gamma function: jax.scipy.special.gammaln. It takes real numbers.
func Gammaln[X jnp.Operand](x X) array { return un("special.Gammaln", x, ops.Lgamma) }

func gammaln(x array) array { return lift1(ops.Lgamma, x) }

// Loggamma is the principal branch of the logarithm of the gamma function, NaN for real x <= 0: jax.scipy.special.loggamma. Of complex
// numbers it has SciPy's branch cut along the negative real axis.
func Loggamma[X jnp.Operand](x X) array {
	return each("special.Loggamma", nil, func(x []array) array {
		if x[0].DType().IsComplex() {
			return principalLogGamma(x[0])
		}
		return jnp.Where(x[0].Gt(0), gammaln(x[0]), math.NaN())
	}, x)
}

// Gammasgn is the sign of the gamma function, ±1, NaN at the negative integers: jax.scipy.special.gammasgn. It takes real numbers.
func Gammasgn[X jnp.Operand](x X) array { return strongly("special.Gammasgn", x, gammasgn) }

func gammasgn(x *value) *value {
	real("special.Gammasgn", x)
	floor := ops.Floor(x)
	odd := ops.Ne(ops.Rem(floor, k(x, 2)), k(x, 0))
	s := where(odd, k(x, -1), k(x, 1))
	s = where(ops.Lt(x, k(x, 0)), where(ops.Eq(floor, x), k(x, math.NaN()), s), k(x, 1))
	s = where(ops.Eq(x, x), s, x)
	negZero := ops.And(ops.Eq(x, k(x, 0)), ops.Lt(ops.Div(k(x, 1), x), k(x, 0)))
	return where(negZero, k(x, -1), s)
}

// Gamma is the gamma function: jax.scipy.special.gamma. It takes real and complex numbers; poles give NaN.
func Gamma[X jnp.Operand](x X) array {
	return each("special.Gamma", nil, func(x []array) array {
		if x[0].DType().IsComplex() {
			return complexGamma(x[0])
		}
		return gamma(x[0].AsType(x[0].DType()))
	}, x)
}

func gamma(x array) array { return lift1(gammasgn, x).Mul(jnp.Exp(gammaln(x))) }

// Factorial is n!, 0 below 0, of floating-point numbers: jax.scipy.special.factorial. It takes real numbers.
func Factorial[X jnp.Operand](n X) array {
	return un("special.Factorial", n, func(n *value) *value {
		return where(ops.Lt(n, k(n, 0)), k(n, 0), ops.Exp(ops.Lgamma(ops.Add(n, k(n, 1)))))
	})
}

// Combination holds the keyword argument of Comb.
type Combination struct {
	// Repetition counts choices in which elements may be taken again.
	Repetition bool
}

// Comb is the number of ways to choose k of n things, 0 where k > n or one of them is negative: jax.scipy.special.comb. It takes real
// numbers, promoted and broadcast.
func Comb[N, K jnp.Operand](n N, k K) array { return Combination{}.Comb(n, k) }

// Comb is special.Comb with options.
func (o Combination) Comb(n, k any) array {
	return each("special.Comb", o, func(x []array) array {
		n, k := x[0], x[1]
		if !o.Repetition {
			return comb(n, k)
		}
		return jnp.Where(k.Eq(0).And(n.Ge(0)), 1.0, comb(n.Add(k).Sub(1), k))
	}, n, k)
}

func comb(n, k array) array {
	in := k.Le(n).And(n.Ge(0)).And(k.Ge(0))
	n, k = jnp.Where(in, n, 0.0), jnp.Where(in, k, 0.0)
	y := jnp.Exp(gammaln(n.Add(1)).Sub(gammaln(k.Add(1))).Sub(gammaln(n.Add(1).Sub(k))))
	return jnp.Where(in, y, 0.0)
}

// Digamma is the derivative of Gammaln: jax.scipy.special.digamma. It takes real numbers.
func Digamma[X jnp.Operand](x X) array { return un("special.Digamma", x, ops.Digamma) }

func digamma(x array) array { return lift1(ops.Digamma, x) }

// Polygamma is the n-th derivative of Digamma at x, for integers n >= 0: jax.scipy.special.polygamma. n is of an integer type, x real;
// they are promoted and broadcast.
func Polygamma[N, X jnp.Operand](n N, x X) array {
	const op = "special.Polygamma"
	if v := jnp.Lift(op, n); !v.DType().IsInteger() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the order must be of an integer type, not %v", v.DType())
	}
	return bin(op, n, x, func(n, x *value) *value {
		real(op, x)
		return ops.Polygamma(n, x)
	})
}

// Multigammaln is the logarithm of the multivariate gamma function of dimension d: jax.scipy.special.multigammaln. It takes real
// numbers greater than (d-1)/2.
func Multigammaln[X jnp.Operand](x X, d int) array {
	return jnp.Elementwise("special.Multigammaln", d, func(in []*value) *value {
		x := ops.Convert(in[0], in[0].DType())
		y := k(x, float64(d)*float64(d-1)/4*math.Log(math.Pi))
		for j := range max(d, 0) {
			y = ops.Add(y, ops.Lgamma(ops.Sub(x, k(x, float64(j)/2))))
		}
		return y
	}, x)
}

// Betaln is the logarithm of the absolute value of the beta function: jax.scipy.special.betaln. It takes real numbers, promoted and
// broadcast, and stays exact where they are large.
func Betaln[A, B jnp.Operand](a A, b B) array {
	return each("special.Betaln", nil, func(x []array) array { return betaln(x[0], x[1]) }, a, b)
}

func betaln(a, b array) array {
	a, b = jnp.Minimum(a, b), jnp.Maximum(a, b)
	small := gammaln(a).Add(gammaln(b).Sub(gammaln(a.Add(b))))
	return jnp.Where(b.Lt(8), small, gammaln(a).Add(gammaRatio(a, b)))
}

// gammaRatio is log(gamma(b)/gamma(a+b)) for b >= 8 and a <= b, without the cancellation of the difference of two logarithms:
// DiDonato and Morris's algdiv (Algorithm 708, 1992).
func gammaRatio(a, b array) array {
	h := a.Div(b)
	c := h.Div(h.Add(1))
	x := c
	x2 := x.Mul(x)
	s := []array{x.Add(x2).Add(1)} // (1-x^n)/(1-x) for n = 3, 5, ..., 11
	for i := range 4 {
		s = append(s, x2.Mul(s[i]).Add(x).Add(1))
	}
	t := jnp.Square(jnp.Reciprocal(b))
	w := s[4].Mul(-0.165322962780713e-02).Mul(t)
	for i, c := range []float64{0.837308034031215e-03, -0.595202931351870e-03, 0.793650666825390e-03, -0.277777777760991e-02} {
		w = w.Add(s[3-i].Mul(c)).Mul(t)
	}
	w = w.Add(0.833333333333333e-01).Mul(c.Div(b))
	u := a.Sub(0.5).Add(b).Mul(jnp.Log1p(h))
	v := a.Mul(jnp.Log(b).Sub(1))
	return jnp.Where(u.Le(v), w.Sub(v).Sub(u), w.Sub(u).Sub(v))
}

// Beta is the beta function: jax.scipy.special.beta. It takes real numbers, promoted and broadcast.
func Beta[A, B jnp.Operand](a A, b B) array {
	return each("special.Beta", nil, func(x []array) array {
		reals("special.Beta", x)
		x = strong(x)
		a, b := x[0], x[1]
		s := lift1(gammasgn, a).Mul(lift1(gammasgn, b)).Mul(lift1(gammasgn, a.Add(b)))
		return s.Mul(jnp.Exp(betaln(a, b)))
	}, a, b)
}

// Poch is gamma(z+m)/gamma(z), the Pochhammer symbol: jax.scipy.special.poch. It takes real numbers, promoted and broadcast.
func Poch[Z, M jnp.Operand](z Z, m M) array {
	return each("special.Poch", nil, func(x []array) array {
		reals("special.Poch", x)
		x = strong(x)
		return derived2(x[0], x[1], func(z, m array) array {
			return jnp.Where(m.Eq(0), fill(z, 1), gamma(z.Add(m)).Div(gamma(z)))
		}, func(z, m, y, dz, dm array) array {
			up := digamma(z.Add(m))
			return up.Sub(digamma(z)).Mul(y).Mul(dz).Add(up.Mul(y).Mul(dm))
		})
	}, z, m)
}

// Gammainc is the regularised lower incomplete gamma function of a at x: jax.scipy.special.gammainc. It takes real numbers, promoted
// and broadcast; outside of a > 0, x >= 0 it is NaN.
func Gammainc[A, X jnp.Operand](a A, x X) array { return bin("special.Gammainc", a, x, ops.Igamma) }

// Gammaincc is 1 - Gammainc, exact where that is close to 1: jax.scipy.special.gammaincc.
func Gammaincc[A, X jnp.Operand](a A, x X) array {
	return bin("special.Gammaincc", a, x, ops.Igammac)
}

// Betainc is the regularised incomplete beta function of a and b at x in [0, 1], NaN elsewhere: jax.scipy.special.betainc. It takes
// real numbers, promoted and broadcast. Its derivatives with respect to a and b are not known.
func Betainc[A, B, X jnp.Operand](a A, b B, x X) array {
	return jnp.Elementwise("special.Betainc", nil, func(in []*value) *value {
		real("special.Betainc", in[0])
		return ops.Betainc(in[0], in[1], in[2])
	}, a, b, x)
}
