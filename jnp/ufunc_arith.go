package jnp

import (
	"math"
	"reflect"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Arithmetic.

var (
	addOp         = binaryOp{"jnp.Add", addV, 0}
	subOp         = binaryOp{"jnp.Sub", ops.Sub, 0}
	mulOp         = binaryOp{"jnp.Mul", mulV, 0}
	divOp         = binaryOp{"jnp.Div", ops.Div, toInexact}
	floorDivideOp = binaryOp{"jnp.FloorDivide", floorDivV, refusesComplex | toNumeric | several}
	modOp         = binaryOp{"jnp.Mod", modV, refusesComplex | toNumeric | several}
	floatPowerOp  = binaryOp{"jnp.FloatPower", ops.Pow, toInexact}
	maximumOp     = binaryOp{"jnp.Maximum", ops.MaxExact, chooses}
	minimumOp     = binaryOp{"jnp.Minimum", ops.MinExact, chooses}
	fmaxOp        = binaryOp{"jnp.Fmax", fmaxV, several | chooses}
	fminOp        = binaryOp{"jnp.Fmin", fminV, several | chooses}
	hypotOp       = binaryOp{"jnp.Hypot", hypotV, refusesComplex | toInexact | several}
	copySignOp    = binaryOp{"jnp.CopySign", copySignV, refusesComplex | toInexact | several}
	nextAfterOp   = binaryOp{"jnp.NextAfter", ops.NextAfter, refusesComplex | toInexact}
)

func addV(x, y *value) *value {
	if x.DType() == ir.Bool {
		return ops.Or(x, y)
	}
	return ops.Add(x, y)
}

func mulV(x, y *value) *value {
	if x.DType() == ir.Bool {
		return ops.And(x, y)
	}
	return ops.Mul(x, y)
}

// Add is x + y elementwise (NumPy add), broadcast and promoted; the "or" of bools.
func Add[A, B Operand](x A, y B) Array { return addOp.call(x, y) }

// Sub is x - y elementwise (NumPy subtract). Two bools are refused.
func Sub[A, B Operand](x A, y B) Array { return subArrays(lift(subOp.name, x), lift(subOp.name, y)) }

func subArrays(x, y *value) Array {
	if x.DType() == ir.Bool && y.DType() == ir.Bool {
		trace.Fail(subOp.name, []ir.Aval{x.Aval(), y.Aval()},
			"bools cannot be subtracted; use jnp.LogicalXor, or convert one to an integer with x.AsType(jnp.Int32)")
	}
	return subOp.apply(x, y)
}

// Mul is x * y elementwise (NumPy multiply); the "and" of bools.
func Mul[A, B Operand](x A, y B) Array { return mulOp.call(x, y) }

// Div is x / y elementwise in floating point, integers included (NumPy divide, true_divide). FloorDivide is the integer
// quotient.
func Div[A, B Operand](x A, y B) Array { return divOp.call(x, y) }

// FloorDivide is the largest integer not above x / y, in the type of the operands (NumPy floor_divide). An integer
// divided by zero gives what XLA gives, -1 or its predecessor, not an error. Complex operands are refused.
func FloorDivide[A, B Operand](x A, y B) Array { return floorDivideOp.call(x, y) }

func floorDivV(x, y *value) *value {
	d := x.DType()
	switch {
	case d.IsUnsigned():
		return ops.Div(x, y)
	case d.IsInteger():
		q := ops.Div(x, y)
		down := ops.And(ops.Ne(ops.Sign(x), ops.Sign(y)), ops.Ne(ops.Rem(x, y), ops.FullLike(x, 0)))
		return ops.Select(down, ops.Sub(q, ops.FullLike(q, 1)), q)
	}
	q, _ := floatDivMod(x, y)
	return q
}

// floatDivMod is the floored quotient, rounded to a whole number, and the remainder, which has y's sign.
func floatDivMod(x, y *value) (q, r *value) {
	zero := ops.FullLike(x, 0)
	r = ops.Rem(x, y)
	q = ops.Div(ops.Select(ops.Eq(y, zero), x, ops.Sub(x, r)), y)
	fix := ops.And(ops.Ne(r, zero), ops.Ne(ops.Sign(y), ops.Sign(r)))
	r = ops.Select(fix, ops.Add(r, y), r)
	q = ops.Select(fix, ops.Sub(q, ops.FullLike(q, 1)), q)
	return ops.Round(q, ops.AwayFromZero), r
}

// Mod is the remainder of FloorDivide, which has the sign of y (NumPy mod, remainder; Go's % on integers is Fmod). x
// mod 0 is 0 for integers, NaN for floats. Complex operands are refused.
func Mod[A, B Operand](x A, y B) Array { return modOp.call(x, y) }

func modV(x, y *value) *value {
	y = nonzeroInt(y)
	r := ops.Rem(x, y)
	if y.DType().IsFloat() { // comparisons do not see subnormal numbers
		r = ops.Select(ops.IsZero(r), copySignV(ops.ZerosLike(r), y), r)
		return ops.Select(ops.And(ops.Ne(signBit(r), signBit(y)), ops.Eq(r, r)), ops.Add(r, y), r)
	}
	zero := ops.FullLike(x, 0)
	plus := ops.And(ops.Ne(ops.Lt(r, zero), ops.Lt(y, zero)), ops.Ne(r, zero))
	return ops.Select(plus, ops.Add(r, y), r)
}

// nonzeroInt is y with an integer's zeros made ones, so that what is divided by it has remainder 0.
func nonzeroInt(y *value) *value {
	if !y.DType().IsInteger() {
		return y
	}
	return ops.Select(ops.Eq(y, ops.FullLike(y, 0)), ops.FullLike(y, 1), y)
}

// Fmod is the remainder of the quotient rounded towards zero, which has the sign of x (NumPy fmod, C fmod). An integer
// modulo 0 is 0. Complex operands are refused.
func Fmod[A, B Operand](x A, y B) Array {
	const op = "jnp.Fmod"
	a, b := lift(op, x), lift(op, y)
	kit.RefuseComplex(op, a, b)
	f := func(x, y *value) *value { return ops.Rem(x, nonzeroInt(y)) }
	if a.DType() == ir.Bool && b.DType() == ir.Bool {
		f = ops.Rem // true modulo false is true, as in JAX
	}
	return binary(op, a, b, f, toNumeric|several)
}

// DivMod is FloorDivide and Mod at once (NumPy divmod).
func DivMod[A, B Operand](x A, y B) (quotient, remainder Array) {
	const op = "jnp.DivMod"
	a, b := lift(op, x), lift(op, y)
	kit.RefuseComplex(op, a, b)
	return binary2(op, a, b, func(x, y *value) (*value, *value) {
		if x.DType().IsInteger() {
			return floorDivV(x, y), modV(x, y)
		}
		return floatDivMod(x, y)
	}, toNumeric)
}

// Power is x to the power y elementwise (NumPy power, pow). A Go integer y is a constant of the program: x is
// multiplied with itself, exactly and fast, and keeps its dtype; a negative one is refused where x is an integer.
// Integer arrays to integer arrays are exact too, modulo 2 to the bits of their type: so a negative power of an odd
// number is the inverse there, and of an even one 0. Other operands are promoted.
func Power[A, B Operand](x A, y B) Array {
	const op = "jnp.Power"
	return power(op, lift(op, x), y)
}

func power(op string, x *value, y any) Array {
	if n, ok := goInt(y); ok {
		type params struct{ N int }
		if x.DType() != ir.Bool {
			if l, ok := x.Lit(); ok {
				x = kit.Convert(op, x, l.DType.Canonical(trace.X64()), l.Weak)
			}
			if n < 0 && x.DType().IsInteger() {
				trace.Fail(op, []ir.Aval{x.Aval()},
					"integers cannot be raised to the negative power %d; convert them first, with "+
						"x.AsType(jnp.Float32), or give the exponent as a float", n)
			}
			return Wrap(ops.IntegerPow(x, n))
		}
		return whole1(op, params{n}, x, func(x *value) *value {
			return ops.IntegerPow(ops.Convert(x, ir.Int32), n)
		})
	}
	v := lift(op, y)
	if x.DType().IsInexact() && v.DType().IsInteger() {
		// The exponents stay integers, so that the derivative with respect to x exists at 0.
		in := []*value{x, v}
		if l, ok := x.Lit(); ok {
			in[0] = kit.Convert(op, x, l.DType.Canonical(trace.X64(v)), l.Weak)
		}
		shape := kit.BroadcastShapes(op, trace.Avals(in), x.Shape(), v.Shape())
		return whole(op, "integer", in, func(in []*value) *value {
			return ops.Pow(kit.BroadcastTo(in[0], shape), kit.BroadcastTo(in[1], shape))
		})
	}
	return binary(op, x, v, powV, toNumeric|several)
}

// goInt is the value of a Go integer or bool of any type.
func goInt(y any) (int, bool) {
	switch y := y.(type) {
	case Array, float64, float32:
		return 0, false
	case int:
		return y, true
	}
	r := reflect.ValueOf(y)
	switch {
	case !r.IsValid() || r.Type() == float16Type || r.Type() == bfloat16Type:
	case r.CanInt():
		return int(r.Int()), true
	case r.CanUint() && r.Uint() <= math.MaxInt64:
		return int(r.Uint()), true
	case r.Kind() == reflect.Bool && r.Bool():
		return 1, true
	case r.Kind() == reflect.Bool:
		return 0, true
	}
	return 0, false
}

var float16Type, bfloat16Type = reflect.TypeFor[ir.F16](), reflect.TypeFor[ir.BF16]()

func powV(x, y *value) *value {
	if !x.DType().IsInteger() {
		return ops.Pow(x, y)
	}
	x, y = kit.Strong(x), kit.Strong(y) // the result is strongly typed
	zero, one := ops.FullLike(x, 0), ops.FullLike(x, 1)
	step := func(c []*value) []*value {
		acc, x, y := c[0], c[1], c[2]
		acc = ops.Select(ops.Eq(ops.And(y, one), zero), acc, ops.Mul(acc, x))
		return []*value{acc, ops.Mul(x, x), ops.ShiftRightLogical(y, one)}
	}
	// Square and multiply over six bits of y, enough for all powers that are not cut but those of 1 and -1, in one pass
	// over the arrays. If some exponent has more bits, a loop goes on from there.
	low := func() []*value {
		c := []*value{one, x, y}
		for range 6 {
			c = step(c)
		}
		return c
	}
	axes := make([]int, x.Rank())
	for i := range axes {
		axes[i] = i
	}
	some := func(y *value) *value { return ops.ReduceOr(ops.Ne(y, zero), axes) }
	return ops.If("jnp.Power", some(ops.ShiftRightLogical(y, ops.FullLike(y, 6))), func() []*value {
		return ops.While("jnp.Power", low(), func(c []*value) *value { return some(c[2]) }, step)[:1]
	}, func() []*value { return low()[:1] })[0]
}

// FloatPower is x to the power y in floating point, whatever the operands (NumPy float_power). Integers y that x's
// dtype cannot hold are not rounded to it.
func FloatPower[A, B Operand](x A, y B) Array {
	op := floatPowerOp.name
	a, b := lift(op, x), lift(op, y)
	d := b.DType().Canonical(trace.X64(a, b))
	l, isLit := b.Lit()
	if !d.IsInteger() || isLit && !kit.Fits(l, d) {
		return floatPowerOp.apply(a, b)
	}
	t := commonType(op, a, b, toInexact)
	b = kit.Settle(op, b, d, b.Aval().Weak)
	a = kit.Settle(op, a, t.DType, a.Aval().Weak)
	return whole(op, "integer", []*value{a, b}, func(in []*value) *value {
		return kit.Convert(op, ops.Pow(t.fit(op, in[0]), kit.BroadcastTo(in[1], t.Shape)), t.DType, t.Weak)
	})
}

// Neg is -x (NumPy negative). bool is refused: use LogicalNot.
func Neg(x Array) Array {
	v := x.val("jnp.Neg")
	if v.DType() == ir.Bool {
		trace.Fail("jnp.Neg", []ir.Aval{v.Aval()},
			"a bool has no negative; use jnp.LogicalNot, or convert it first with x.AsType(jnp.Int32)")
	}
	return Wrap(ops.Neg(v))
}

// Positive is x (NumPy positive).
func Positive(x Array) Array { return Wrap(x.val("jnp.Positive")) }

// Abs is the absolute value (NumPy absolute, abs), of a complex number its real magnitude.
func Abs(x Array) Array {
	v := x.val("jnp.Abs")
	if d := v.DType(); d == ir.Bool || d.IsUnsigned() {
		return x
	}
	return Wrap(ops.Abs(v))
}

// Fabs is the absolute value in floating point (NumPy fabs). Complex x is refused.
func Fabs(x Array) Array {
	return realInexact("jnp.Fabs", x, ops.Abs)
}

// Sign is -1, 0 or 1, NaN for NaN, z / |z| for a complex number (NumPy sign). bool is refused.
func Sign(x Array) Array {
	v := x.val("jnp.Sign")
	if v.DType() == ir.Bool {
		trace.Fail("jnp.Sign", []ir.Aval{v.Aval()}, "a bool has no sign; convert it first with x.AsType(jnp.Int32)")
	}
	return Wrap(ops.Sign(v))
}

// Square is x * x (NumPy square); bool becomes int32.
func Square(x Array) Array {
	v := x.val("jnp.Square")
	if v.DType() != ir.Bool {
		return Wrap(ops.Square(v))
	}
	return whole1("jnp.Square", nil, v, func(v *value) *value {
		return ops.Square(ops.Convert(v, ir.Int32))
	})
}

// Sqrt is the square root (NumPy sqrt), NaN for negative reals.
func Sqrt(x Array) Array { return unaryInexact("jnp.Sqrt", x, ops.Sqrt) }

// Cbrt is the real cube root (NumPy cbrt). Complex x is refused.
func Cbrt(x Array) Array {
	return realInexact("jnp.Cbrt", x, ops.Cbrt)
}

// Reciprocal is 1 / x in floating point (NumPy reciprocal).
func Reciprocal(x Array) Array {
	return unaryInexact("jnp.Reciprocal", x, func(x *value) *value { return ops.IntegerPow(x, -1) })
}

// Maximum is the larger of x and y elementwise, NaN where either is (NumPy maximum), in their common dtype. Complex
// numbers are ordered by their real and then their imaginary parts.
func Maximum[A, B Operand](x A, y B) Array { return maximumOp.call(x, y) }

// Minimum is the smaller of x and y elementwise, NaN where either is (NumPy minimum).
func Minimum[A, B Operand](x A, y B) Array { return minimumOp.call(x, y) }

// Fmax is the larger of x and y, or the one that is not NaN (NumPy fmax).
func Fmax[A, B Operand](x A, y B) Array { return fmaxOp.call(x, y) }

func fmaxV(x, y *value) *value { return ops.Select(ops.Or(greaterV(x, y), isNaN(y)), x, y) }

// Fmin is the smaller of x and y, or the one that is not NaN (NumPy fmin).
func Fmin[A, B Operand](x A, y B) Array { return fminOp.call(x, y) }

func fminV(x, y *value) *value { return ops.Select(ops.Or(lessV(x, y), isNaN(y)), x, y) }

// Hypot is sqrt(x² + y²) without overflow on the way (NumPy hypot). Complex operands are refused.
func Hypot[A, B Operand](x A, y B) Array { return hypotOp.call(x, y) }

func hypotV(x, y *value) *value { return strongArray(ops.Hypot(x, y)) }

// Heaviside is 0 where x < 0, 1 where x > 0, y where x is 0, NaN where x is (NumPy heaviside). Complex operands are
// refused.
func Heaviside[A, B Operand](x A, y B) Array {
	const op = "jnp.Heaviside"
	a, b := lift(op, x), lift(op, y)
	kit.RefuseComplex(op, a, b)
	return binary(op, a, b, func(x, y *value) *value {
		zero := ops.FullLike(x, 0)
		r := ops.Select(isNaN(x), x, y)
		r = ops.Select(ops.GtExact(x, zero), ops.FullLike(x, 1), r)
		r = ops.Select(ops.LtExact(x, zero), zero, r)
		if a.Rank() > 0 {
			r = kit.Strong(r)
		}
		return r
	}, toInexact|several)
}

// CopySign is |x| with the sign of y (NumPy copysign). Complex operands are refused.
func CopySign[A, B Operand](x A, y B) Array { return copySignOp.call(x, y) }

func copySignV(x, y *value) *value {
	a := ops.Abs(x)
	return ops.Select(signBit(y), ops.Neg(a), a)
}

// NextAfter is the next number of the type after x in the direction of y (NumPy nextafter). Complex operands are
// refused.
func NextAfter[A, B Operand](x A, y B) Array { return nextAfterOp.call(x, y) }

// Spacing is the distance from x to the next larger number in magnitude (NumPy spacing). Complex x is refused.
func Spacing(x Array) Array {
	v := x.val("jnp.Spacing")
	kit.RefuseComplex("jnp.Spacing", v)
	return whole1("jnp.Spacing", nil, v, func(x *value) *value {
		x = kit.Strong(kit.AsInexact(x))
		inf := ops.FullLike(x, math.Inf(1))
		if x.DType() == ir.Float16 {
			return ops.Sub(ops.NextAfter(x, inf), x)
		}
		// By the exponent, as the difference may be subnormal, and lost.
		l := FInfo(x.DType())
		_, e := frexpBits(x)
		one := ops.FullLike(e, 1)
		least := ops.FullLike(e, float64(l.MinExp))
		e = ops.Select(ops.IsZero(x), least, ops.Max(ops.Sub(e, one), least))
		e = ops.Convert(ops.Sub(e, ops.FullLike(e, float64(l.NMant))), ir.Int32)
		y := copySignV(ldexpBits(ops.FullLike(x, 1), e), x)
		y = ops.Select(ops.Eq(ops.Abs(x), ops.FullLike(x, l.Max)), copySignV(inf, x), y)
		return ops.Select(isFinite(x), y, ops.FullLike(x, math.NaN()))
	})
}
