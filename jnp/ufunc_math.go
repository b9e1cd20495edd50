package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
)

// Exponentials, logarithms, trigonometry. bool and integers are computed in the default float type; complex numbers are
// taken except where said.

var (
	logAddExpOp  = binaryOp{"jnp.LogAddExp", logAddExpV, toInexact | several}
	logAddExp2Op = binaryOp{"jnp.LogAddExp2", logAddExp2V, toInexact | several}
	arctan2Op    = binaryOp{"jnp.Arctan2", ops.Atan2, toInexact}
)

// Exp is e to the power x (NumPy exp).
func Exp(x Array) Array { return unaryInexact("jnp.Exp", x, ops.Exp) }

// Exp2 is 2 to the power x (NumPy exp2).
func Exp2(x Array) Array { return unaryInexact("jnp.Exp2", x, ops.Exp2) }

// Expm1 is exp(x) - 1, accurate near 0 (NumPy expm1).
func Expm1(x Array) Array { return unaryInexact("jnp.Expm1", x, ops.Expm1) }

// Log is the natural logarithm (NumPy log), -inf at 0 and NaN below.
func Log(x Array) Array { return unaryInexact("jnp.Log", x, ops.Log) }

// Log1p is log(1 + x), accurate near 0 (NumPy log1p).
func Log1p(x Array) Array { return unaryInexact("jnp.Log1p", x, ops.Log1p) }

// Log2 is the logarithm to base 2 (NumPy log2).
func Log2(x Array) Array {
	return wholeInexact("jnp.Log2", x, func(x *value) *value {
		return kit.Strong(partwise(ops.Log(x), func(x *value) *value { return ops.Div(x, ops.FullLike(x, math.Ln2)) }))
	})
}

// Log10 is the logarithm to base 10 (NumPy log10).
func Log10(x Array) Array {
	return wholeInexact("jnp.Log10", x, func(x *value) *value {
		return kit.Strong(
			partwise(ops.Log(x), func(x *value) *value { return ops.Mul(x, ops.FullLike(x, math.Log10E)) }))
	})
}

// partwise applies f to the real and the imaginary part of complex x, or to real x itself.
func partwise(x *value, f func(*value) *value) *value {
	if x.DType().IsComplex() {
		return ops.Complex(f(ops.Real(x)), f(ops.Imag(x)))
	}
	return f(x)
}

// LogAddExp is log(exp(x) + exp(y)) without overflow on the way (NumPy logaddexp).
func LogAddExp[A, B Operand](x A, y B) Array { return logAddExpOp.call(x, y) }

func logAddExpV(x, y *value) *value { return logAddExp("jnp.LogAddExp", x, y, 1, ops.Exp) }

// LogAddExp2 is log2(2**x + 2**y) without overflow on the way (NumPy logaddexp2).
func LogAddExp2[A, B Operand](x A, y B) Array { return logAddExp2Op.call(x, y) }

func logAddExp2V(x, y *value) *value {
	return strongArray(logAddExp("jnp.LogAddExp2", x, y, 1/math.Ln2, ops.Exp2))
}

// logAddExp is the logarithm of the sum of exp, whose base's logarithm is 1/scale. Its derivatives are the two numbers'
// shares of the sum, which also infinities have.
func logAddExp(op string, x, y *value, scale float64, exp func(*value) *value) *value {
	return kit.Derived1(op, func(x []*value) *value { return logSum(x[0], x[1], scale, exp) },
		func(x []*value, y *value, t []*value) *value {
			share := func(i int) *value { return ops.Mul(t[i], kit.Strong(shareOf(x[i], x[1-i], y, scale, exp))) }
			return ops.Add(share(0), share(1))
		}, x, y)
}

// shareOf is exp(x) / (exp(x) + exp(y)), where sum is the logarithm of that: half where both are one infinity.
func shareOf(x, y, sum *value, scale float64, exp func(*value) *value) *value {
	zero := ops.FullLike(x, 0)
	if x.DType().IsComplex() {
		finite := func(x *value) *value {
			re := ops.Real(x)
			return ops.Select(ops.Eq(re, ops.FullLike(re, math.Inf(1))), zero, x)
		}
		return exp(ops.Sub(finite(x), finite(sum)))
	}
	same := ops.And(ops.Eq(x, y), isInf(x))
	d, rest := ops.TwoSum(ops.Select(same, zero, x), ops.Neg(ops.Select(same, zero, y)))
	e := exp(ops.Neg(ops.Abs(d)))
	// The difference was rounded by up to half a unit of hundreds, which exp makes hundreds of units in the last place.
	rest = ops.StopGradient(ops.Select(ops.Eq(rest, rest), rest, zero))
	rest = ops.Select(ops.Lt(d, zero), rest, ops.Neg(rest))
	e = ops.Add(e, ops.Mul(e, ops.Mul(rest, ops.FullLike(rest, 1/scale))))
	one := ops.FullLike(e, 1)
	return ops.Div(ops.Select(ops.Ge(d, zero), one, e), ops.Add(one, e))
}

func logSum(x, y *value, scale float64, exp func(*value) *value) *value {
	most := ops.Max(x, y)
	log := func(delta *value) *value {
		l := ops.Log1p(exp(delta))
		if scale != 1 {
			l = ops.Mul(ops.FullLike(l, scale), l)
		}
		return ops.Add(most, l)
	}
	if x.DType().IsComplex() {
		out := log(ops.Sub(ops.Add(x, y), ops.Mul(most, ops.FullLike(most, 2))))
		return strongArray(ops.Complex(ops.Real(out), wrapAngle(ops.Imag(out), math.Pi*scale)))
	}
	delta := ops.Sub(x, y)
	return ops.Select(isNaN(delta), ops.Add(x, y), log(ops.Neg(ops.Abs(delta))))
}

// wrapAngle is x reduced to [-a, a) by multiples of 2a.
func wrapAngle(x *value, a float64) *value {
	turn := ops.FullLike(x, 2*a)
	r := ops.Rem(ops.Add(x, ops.FullLike(x, a)), turn)
	r = ops.Select(ops.Lt(r, ops.FullLike(r, 0)), ops.Add(r, turn), r)
	return ops.Sub(r, ops.FullLike(r, a))
}

// Sin is the sine of x in radians (NumPy sin).
func Sin(x Array) Array { return unaryInexact("jnp.Sin", x, ops.Sin) }

// Cos is the cosine of x in radians (NumPy cos).
func Cos(x Array) Array { return unaryInexact("jnp.Cos", x, ops.Cos) }

// Tan is the tangent of x in radians (NumPy tan).
func Tan(x Array) Array { return unaryInexact("jnp.Tan", x, ops.Tan) }

// Arcsin is the inverse sine in radians, NaN outside [-1, 1] (NumPy arcsin, asin).
func Arcsin(x Array) Array { return unaryInexact("jnp.Arcsin", x, ops.Asin) }

// Arccos is the inverse cosine in radians, NaN outside [-1, 1] (NumPy arccos, acos).
func Arccos(x Array) Array { return unaryInexact("jnp.Arccos", x, ops.Acos) }

// Arctan is the inverse tangent in radians (NumPy arctan, atan).
func Arctan(x Array) Array { return unaryInexact("jnp.Arctan", x, ops.Atan) }

// Arctan2 is the angle of the point (x, y), in (-π, π] (NumPy arctan2, atan2). Note the order: y first. Complex
// operands are computed as JAX does.
func Arctan2[A, B Operand](y A, x B) Array { return arctan2Op.call(y, x) }

// Sinh is the hyperbolic sine (NumPy sinh).
func Sinh(x Array) Array { return unaryInexact("jnp.Sinh", x, ops.Sinh) }

// Cosh is the hyperbolic cosine (NumPy cosh).
func Cosh(x Array) Array { return unaryInexact("jnp.Cosh", x, ops.Cosh) }

// Tanh is the hyperbolic tangent (NumPy tanh). XLA computes it within 8 units in the last place.
func Tanh(x Array) Array { return unaryInexact("jnp.Tanh", x, ops.Tanh) }

// Arcsinh is the inverse hyperbolic sine (NumPy arcsinh, asinh).
func Arcsinh(x Array) Array { return unaryInexact("jnp.Arcsinh", x, ops.Asinh) }

// Arccosh is the inverse hyperbolic cosine, NaN below 1 (NumPy arccosh, acosh).
func Arccosh(x Array) Array {
	return unaryInexact("jnp.Arccosh", x, ops.Acosh)
}

// Arctanh is the inverse hyperbolic tangent, NaN outside [-1, 1] (NumPy arctanh, atanh).
func Arctanh(x Array) Array { return unaryInexact("jnp.Arctanh", x, ops.Atanh) }

// Sinc is sin(πx) / (πx), 1 at 0 (NumPy sinc).
func Sinc(x Array) Array {
	return wholeInexact("jnp.Sinc", x, func(x *value) *value { return strongArray(sincV(x)) })
}

// sincV is a polynomial near 0, which is differentiated without a quotient. Infinities are computed as 1, which has the
// same value.
func sincV(x *value) *value {
	near := ops.Abs(x)
	near = ops.Lt(near, ops.FullLike(near, 0.5))
	z := ops.Select(near, x, ops.FullLike(x, 0))
	low := ops.Series(ops.Square(z), 7, 12, func(k int) float64 {
		return math.Pow(-math.Pi*math.Pi, float64(k)) / math.Gamma(float64(2*k+2))
	})
	far := ops.Select(ops.Or(near, isInf(x)), ops.FullLike(x, 1), x)
	return ops.Select(near, low, ops.Div(sinPi(far), ops.Mul(ops.FullLike(x, math.Pi), far)))
}

// sinPi is sin(πx), and of a real x has the derivative π cos(πx). A real x is reduced to the sine of [-π/2, π/2] before
// the product, which has no more digits than x.
func sinPi(x *value) *value {
	sin := func(x *value) *value { return ops.Sin(ops.Mul(ops.FullLike(x, math.Pi), x)) }
	if x.DType().IsComplex() {
		return sin(x)
	}
	half := func(x *value) *value { return ops.FullLike(x, 0.5) }
	turned := func(x *value) *value {
		return ops.Sub(x, ops.Mul(ops.FullLike(x, 2), nearest(ops.Mul(half(x), x))))
	}
	times := func(c float64, f func(x *value) *value) func(x *value) *value {
		return func(x *value) *value { return ops.Mul(ops.FullLike(x, c), f(turned(x))) }
	}
	reduced := func(x *value) *value {
		return sin(ops.Select(ops.Gt(ops.Abs(x), half(x)), ops.Sub(ops.Sign(x), x), x))
	}
	return kit.Smooth("jnp.Sinc", x, times(1, reduced),
		times(math.Pi, func(x *value) *value { return sin(ops.Sub(half(x), ops.Abs(x))) }),
		times(-math.Pi*math.Pi, reduced))
}

// Deg2Rad is x degrees in radians (NumPy deg2rad, radians).
func Deg2Rad(x Array) Array {
	return wholeInexact("jnp.Deg2Rad", x,
		func(x *value) *value { return strongArray(ops.Mul(x, ops.FullLike(x, math.Pi/180))) })
}

// Rad2Deg is x radians in degrees (NumPy rad2deg, degrees).
func Rad2Deg(x Array) Array {
	return wholeInexact("jnp.Rad2Deg", x,
		func(x *value) *value { return strongArray(ops.Mul(x, ops.FullLike(x, 180/math.Pi))) })
}

// Real is the real part (NumPy real); real x is returned as it is.
func Real(x Array) Array {
	if v := x.val("jnp.Real"); v.DType().IsComplex() {
		return Wrap(ops.Real(v))
	}
	return x
}

// Imag is the imaginary part (NumPy imag), zeros for real x.
func Imag(x Array) Array {
	v := x.val("jnp.Imag")
	if v.DType().IsComplex() {
		return Wrap(ops.Imag(v))
	}
	return whole1("jnp.Imag", nil, v, func(v *value) *value { return litLike(v, ir.IntLit(0, v.DType())) })
}

// Conj is the complex conjugate (NumPy conj, conjugate); real x is returned as it is.
func Conj(x Array) Array {
	if v := x.val("jnp.Conj"); v.DType().IsComplex() {
		return Wrap(ops.Conj(v))
	}
	return x
}

// Modf splits x into its fraction and its whole part, both with x's sign (NumPy modf). Complex x is refused.
func Modf(x Array) (fraction, whole Array) {
	v := x.val("jnp.Modf")
	kit.RefuseComplex("jnp.Modf", v)
	return whole2("jnp.Modf", v, func(v *value) (*value, *value) {
		v = kit.AsInexact(v)
		return fractionV(v), truncV(v)
	})
}

// fractionV is x less its whole part, with x's sign where that is 0, as it is at an infinity.
func fractionV(x *value) *value {
	return kit.Derived1("jnp.Modf", func(in []*value) *value {
		x := in[0]
		w := truncV(x)
		zero := ops.Select(signBit(x), litLike(x, ir.FloatLit(math.Copysign(0, -1), x.DType())), ops.FullLike(x, 0))
		rest := ops.Select(ops.Eq(w, x), zero, ops.Sub(x, w))
		return ops.Select(ops.Eq(w, ops.FullLike(w, 0)), x, rest)
	}, func(_ []*value, _ *value, t []*value) *value { return t[0] }, x)
}

// Frexp splits x = m * 2**e with 0.5 <= |m| < 1 and an int32 e (NumPy frexp); 0, infinities and NaN are their own m.
// Complex x is refused.
func Frexp(x Array) (m, e Array) {
	v := x.val("jnp.Frexp")
	kit.RefuseComplex("jnp.Frexp", v)
	return whole2("jnp.Frexp", v, func(v *value) (*value, *value) {
		m, e := frexpV(kit.AsInexact(v))
		return kit.Strong(m), ops.Convert(e, ir.Int32)
	})
}

// frexpV has a rule for the derivative of m, as its bits have none: 2**-e.
func frexpV(x *value) (m, e *value) {
	y := kit.Derived("jnp.Frexp", []*value{x}, func(x []*value) []*value {
		m, e := frexpBits(x[0])
		return []*value{m, e}
	}, func(x, y, t []*value) []*value {
		return []*value{timesPower(t[0], ops.Neg(ops.Convert(y[1], ir.Int32))), nil}
	})
	return y[0], y[1]
}

func frexpBits(x *value) (m, e *value) {
	l := FInfo(x.DType())
	bias := l.MaxExp - 1 // of the exponent as it is stored
	y, small := ops.WholeSubnormals(x)
	bits := floatBits(y)
	intLike := func(n int64) *value { return litLike(bits, ir.IntLit(n, bits.DType())) }
	mask := int64(1)<<l.NExp - 1
	exp := ops.And(ops.ShiftRightArithmetic(bits, intLike(int64(l.NMant))), intLike(mask))
	e = ops.Select(small, intLike(int64(l.MinExp-l.NMant)), intLike(0))
	e = ops.Add(e, ops.Sub(exp, intLike(int64(bias-1))))
	bits = ops.Or(ops.And(bits, intLike(^(mask<<l.NMant))), intLike(int64(bias-1)<<l.NMant))
	asIs := ops.Or(ops.Or(isInf(x), isNaN(x)), ops.IsZero(x))
	m = kit.Convert("jnp.Frexp", ops.Bitcast(bits, x.DType()), x.DType(), x.Aval().Weak)
	return ops.Select(asIs, x, m), ops.Select(asIs, intLike(0), e)
}

// Ldexp is x * 2**n for integers n (NumPy ldexp). Complex x and n that are not integers are refused.
func Ldexp[A, B Operand](x A, n B) Array {
	const op = "jnp.Ldexp"
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, n)
	kit.RefuseComplex(op, a)
	kit.RefuseInexact(op, b)
	shape := kit.BroadcastShapes(op, []ir.Aval{a.Aval(), b.Aval()}, a.Shape(), b.Shape())
	return whole(op, nil, []*value{a, b}, func(in []*value) *value {
		x := kit.Strong(kit.BroadcastTo(kit.AsInexact(in[0]), shape))
		// Beyond this all numbers are 0 or infinite.
		const far = 1 << 12
		n := in[1]
		if n.DType().Bits() >= 16 {
			n = ops.Min(n, ops.FullLike(n, far))
		}
		if n.DType().Bits() >= 16 && n.DType().IsSigned() {
			n = ops.Max(n, ops.FullLike(n, -far))
		}
		return ldexpV(x, kit.BroadcastTo(ops.Convert(n, ir.Int32), shape))
	})
}

// ldexpV is linear in x.
func ldexpV(x, n *value) *value {
	return kit.Derived1("jnp.Ldexp", func(x []*value) *value { return ldexpBits(x[0], x[1]) },
		func(x []*value, _ *value, t []*value) *value { return timesPower(t[0], x[1]) }, x, n)
}

// timesPower is t * 2**n as a product, in two steps as 2**n alone may be too large or too small.
func timesPower(t, n *value) *value {
	half := ops.ShiftRightArithmetic(n, ops.FullLike(n, 1))
	one := ops.FullLike(t, 1)
	return ops.Mul(ops.Mul(t, ldexpBits(one, half)), ldexpBits(one, ops.Sub(n, half)))
}

// ldexpBits makes the number of its bits, as a product would lose what is subnormal.
func ldexpBits(x, n *value) *value {
	d := x.DType()
	l := FInfo(d)
	m, e := frexpBits(x)
	bits := floatBits(m)
	like := func(n int64) *value { return litLike(bits, ir.IntLit(n, bits.DType())) }
	// The exponent as it is stored, of a number that is not subnormal.
	exp := ops.Add(ops.Convert(e, ir.Int32), ops.Add(n, ops.FullLike(n, float64(l.MaxExp-2))))
	exp = ops.Convert(exp, bits.DType())
	most := int64(1)<<l.NExp - 1
	sign := ops.And(bits, like(int64(-1)<<(d.Bits()-1)))
	mant := ops.And(bits, like(int64(1)<<l.NMant-1))
	shifted := func(e *value) *value { return ops.ShiftLeft(e, like(int64(l.NMant))) }
	normal := ops.Or(shifted(ops.Clamp(ops.ScalarLit(ir.IntLit(1, bits.DType())), exp,
		ops.ScalarLit(ir.IntLit(most, bits.DType())))), mant)
	normal = ops.Select(ops.Ge(exp, like(most)), shifted(like(most)), normal)
	// A subnormal one: the mantissa moved down, rounded to the nearest, halves to even.
	by := ops.Min(ops.Sub(like(1), exp), like(int64(l.NMant+2)))
	whole := ops.Or(mant, like(int64(1)<<l.NMant))
	cut := ops.ShiftRightLogical(whole, by)
	over := ops.Sub(whole, ops.ShiftLeft(cut, by))
	half := ops.ShiftLeft(like(1), ops.Sub(by, like(1)))
	odd := ops.Eq(ops.And(cut, like(1)), like(1))
	up := ops.Or(ops.Gt(over, half), ops.And(ops.Eq(over, half), odd))
	small := ops.Add(cut, ops.Convert(up, bits.DType()))
	y := ops.Bitcast(ops.Or(sign, ops.Select(ops.Lt(exp, like(1)), small, normal)), d)
	asIs := ops.Or(ops.Or(isInf(x), isNaN(x)), ops.IsZero(x))
	return ops.Select(asIs, x, kit.Convert("jnp.Ldexp", y, d, x.Aval().Weak))
}
