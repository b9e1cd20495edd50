package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// GammaLn is the logarithm of the absolute value of the gamma function: jax.scipy.special.gammaln. It takes real
// numbers. All digits are right around its zeros, except around those left of -7, which are ever closer to the poles:
// there the error is a few units in the last place of 1.
func GammaLn(x jnp.Array) jnp.Array { return unary("special.GammaLn", x, gammaln) }

var gammaln, gamma, digamma = of1(ops.Lgamma), of1(ops.Gamma), of1(ops.Digamma)

// LogGamma is the principal branch of the logarithm of the gamma function, NaN for real x <= 0:
// jax.scipy.special.loggamma. Of complex numbers it has SciPy's branch cut along the negative real axis.
func LogGamma(x jnp.Array) jnp.Array {
	return unary("special.LogGamma", x, func(x array) array {
		if x.DType().IsComplex() {
			return principalLogGamma(x)
		}
		return jnp.Where(isPositive(x), gammaln(x), math.NaN())
	})
}

// GammaSgn is the sign of the gamma function, ±1, NaN at the negative integers: jax.scipy.special.gammasgn. It takes
// real numbers.
func GammaSgn(x jnp.Array) jnp.Array {
	return unary("special.GammaSgn", x, func(x array) array { return gammasgn(strong(real(x))) })
}

func gammasgn(x array) array {
	floor := jnp.Floor(x)
	one := fill(x, 1)
	s := jnp.Where(jnp.Fmod(floor, 2).Ne(0), one.Neg(), one)
	s = jnp.Where(x.Lt(0), jnp.Where(floor.Eq(x), fill(x, math.NaN()), s), one)
	s = jnp.Where(jnp.IsNaN(x), x, s)
	negZero := x.Eq(0).And(one.Div(x).Lt(0))
	return jnp.Where(negZero, one.Neg(), s)
}

// Gamma is the gamma function: jax.scipy.special.gamma. It takes real and complex numbers; poles give NaN.
func Gamma(x jnp.Array) jnp.Array {
	return unary("special.Gamma", x, func(x array) array {
		if x.DType().IsComplex() {
			return complexGamma(x)
		}
		return gamma(strong(x))
	})
}

// Factorial is n!, 0 below 0, of floating-point numbers: jax.scipy.special.factorial. It takes real numbers.
func Factorial(n jnp.Array) jnp.Array {
	return unary("special.Factorial", n, func(n array) array {
		return jnp.Where(real(n).Lt(0), fill(n, 0), gamma(n.Add(1)))
	})
}

// Combination holds the keyword argument of Comb.
type Combination struct {
	// Repetition counts choices in which elements may be taken again.
	Repetition bool
}

// Comb is the number of ways to choose k of n things, 0 where k > n or one of them is negative:
// jax.scipy.special.comb. It takes real numbers, promoted and broadcast.
//
// Options: Combination (Repetition).
func Comb[N, K jnp.Operand](n N, k K) jnp.Array { return Combination{}.Comb(n, k) }

// Comb is special.Comb with options.
func (o Combination) Comb(n, k any) jnp.Array {
	return arrays.Elementwise("special.Comb", o, func(x []array) array {
		n, k := real(x[0]), real(x[1])
		if !o.Repetition {
			return comb(n, k)
		}
		return jnp.Where(k.Eq(0).And(n.Ge(0)), 1.0, comb(n.Add(k).Sub(1), k))
	}, n, k)
}

func comb(n, k array) array {
	in := k.Le(n).And(n.Ge(0)).And(k.Ge(0))
	n, k = jnp.Where(in, n, 0.0), jnp.Where(in, k, 0.0)
	return jnp.Where(in, of2(ops.Comb)(n, k), 0.0)
}

// Digamma is the derivative of GammaLn: jax.scipy.special.digamma. It takes real numbers. At 0 it is infinite, of the
// sign that 0 has not, as SciPy's; at its other poles it is NaN. All digits are right around its zeros, except around
// those left of -10.
func Digamma(x jnp.Array) jnp.Array { return unary("special.Digamma", x, digamma) }

// Polygamma is the n-th derivative of Digamma at x, for integers n >= 0: jax.scipy.special.polygamma. n is of an
// integer type, x real; they are promoted and broadcast.
func Polygamma[N, X jnp.Operand](n N, x X) jnp.Array {
	const op = "special.Polygamma"
	if v := kit.LiftAlone(op, n); !v.DType().IsInteger() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the order must be of an integer type, not %v", v.DType())
	}
	return binary(op, n, x, func(n, x array) array { return of2(ops.Polygamma)(n, real(x)) })
}

// MultiGammaLn is the logarithm of the multivariate gamma function of dimension d: jax.scipy.special.multigammaln. It
// takes real numbers greater than (d-1)/2.
func MultiGammaLn(x jnp.Array, d int) jnp.Array {
	const op = "special.MultiGammaLn"
	trace.CheckSteps(op, d)
	return arrays.Elementwise(op, d, func(x []array) array {
		a := strong(x[0])
		y := fill(a, float64(d)*float64(d-1)/4*math.Log(math.Pi))
		for j := range max(d, 0) {
			y = y.Add(gammaln(a.Sub(float64(j) / 2)))
		}
		return y
	}, x)
}

// BetaLn is the logarithm of the absolute value of the beta function: jax.scipy.special.betaln. It takes real
// numbers, promoted and broadcast. At the negative integers it is as SciPy's, a limit or infinite.
func BetaLn[A, B jnp.Operand](a A, b B) jnp.Array {
	return binary("special.BetaLn", a, b, of2(ops.LogBeta))
}

// Beta is the beta function: jax.scipy.special.beta. It takes real numbers, promoted and broadcast. At the negative
// integers it is as SciPy's.
func Beta[A, B jnp.Operand](a A, b B) jnp.Array { return binary("special.Beta", a, b, of2(ops.Beta)) }

// Poch is gamma(z+m)/gamma(z), the Pochhammer symbol: jax.scipy.special.poch. It takes real numbers, promoted and
// broadcast. At negative integers z it is the limit for whole m, and 0 for others. Results y far from 1 are off by up
// to |log(y)| ulp.
func Poch[Z, M jnp.Operand](z Z, m M) jnp.Array { return binary("special.Poch", z, m, of2(ops.Poch)) }

// GammaInc is the regularised lower incomplete gamma function of a at x: jax.scipy.special.gammainc. It takes real
// numbers, promoted and broadcast; for negative a or x, and where both are 0 or infinite, it is NaN. It has derivatives
// in both. Results y in the tails are off by up to |log(y)| ulp, and in float32 derivatives by up to eight times that.
func GammaInc[A, X jnp.Operand](a A, x X) jnp.Array {
	return binary("special.GammaInc", a, x, of2(ops.Igamma))
}

// GammaIncc is 1 - GammaInc, exact where that is close to 1: jax.scipy.special.gammaincc.
func GammaIncc[A, X jnp.Operand](a A, x X) jnp.Array {
	return binary("special.GammaIncc", a, x, of2(ops.Igammac))
}

// BetaInc is the regularised incomplete beta function of a and b at x in [0, 1], NaN elsewhere:
// jax.scipy.special.betainc. It takes real numbers, promoted and broadcast. Results y in the tails are off by up to
// |log(y)| ulp. Its derivatives with respect to a and b are not known.
func BetaInc[A, B, X jnp.Operand](a A, b B, x X) jnp.Array {
	return arrays.Elementwise("special.BetaInc", nil, func(x []array) array {
		in := arrays.Values(reals(x))
		return jnp.Wrap(ops.BetaInc(in[0], in[1], in[2]))
	}, a, b, x)
}
