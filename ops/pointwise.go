package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Functions of floats for which XLA calls a function for each element on CPUs, as arithmetic, which becomes vectors.
// Those of floats of up to 32 bits are computed in float64 and rounded once.

// wide is floats x of up to 32 bits, which may be subnormal, as float64.
func wide(x *Value) *Value {
	if x.DType() == ir.Float64 {
		return x
	}
	d := x.DType()
	if d == ir.Float16 {
		return Convert(x, ir.Float64)
	}
	y, subnormal := WholeSubnormals(x)
	w := Convert(y, ir.Float64)
	return Select(subnormal, Mul(w, FullLike(w, math.Ldexp(1, leastPower(d)))), w)
}

// inDouble writes f of floats of up to 32 bits on CPUs, computed in float64; nil for others.
func inDouble(e trace.Emitter, x []trace.Operand, f func(v []*Value) *Value) []trace.Operand {
	d := x[0].Aval.DType
	if e.Platform() != "cpu" || !d.IsFloat() || d.Bits() > 32 {
		return nil
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		// by way of float32, as XLA rounds float64 to 16 bits in that way too
		return []*Value{Convert(Convert(f(mapEach(v, wide)), ir.Float32), d)}
	})
}

// log2Fit approximates 2·atanh(s)/(s·log 2) in s² for |s| <= (√2-1)/(√2+1), exp2Fit 2^t for |t| <= 1/2.
var (
	log2Fit = []float64{2.88539008177792731, 0.961796693924324535, 0.577078017250872898, 0.412198401306843331,
		0.320616442124487199, 0.26144245557129439, 0.2429382460640062}
	exp2Fit = []float64{1.00000000000001349, 0.693147180559946159, 0.240226506956403397, 0.055504108664651672,
		0.00961812919393431336, 0.00133335582007945926, 0.000154034337512510089, 0.0000152526729248507364,
		1.32596452448871102e-6, 1.02059054137655958e-7}
)

// powerOf is x to the power y, both float32 numbers as float64: 2^(y·log2|x|), with the sign, and the cases of C's pow.
func powerOf(x, y *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	inf := k(math.Inf(1))
	a := Abs(x)
	log := log2Of(a)
	log = Select(Eq(a, inf), inf, Select(Eq(a, k(0)), k(math.Inf(-1)), log))
	p := exp2Whole(Clamp(k(-300), Mul(y, log), k(300)))

	whole := Eq(y, Round(y, ToNearestEven))
	half := Mul(y, k(0.5))
	odd := And(whole, Ne(half, Round(half, ToNearestEven)))
	p = Select(And(odd, isNegative(x)), Neg(p), p)
	bad := Or(And(And(Lt(x, k(0)), Lt(k(math.Inf(-1)), x)), And(Not(whole), Lt(Abs(y), inf))), Or(isNaN(x), isNaN(y)))
	p = Select(bad, k(math.NaN()), p)
	// 1 to any power, and -1 to an infinite one
	one := Or(Eq(y, k(0)), Or(Eq(x, k(1)), And(Eq(a, k(1)), Eq(Abs(y), inf))))
	return Select(one, k(1), p)
}

// log2Of is the logarithm of positive x to the base 2, to 2^-51 or so.
func log2Of(x *Value) *Value {
	e, m := exponentOf(x)
	one := FullLike(x, 1)
	s := shared(Div(Sub(m, one), Add(m, one)))
	return Add(e, Mul(s, horner(Square(s), log2Fit)))
}

// exponentOf is positive numbers x, float64, as m·2^e with m from √½ to √2.
func exponentOf(x *Value) (e, m *Value) {
	bits := Bitcast(x, ir.Int64)
	i := func(v int64) *Value { return Full(x.Shape(), ir.IntLit(v, ir.Int64)) }
	n := ShiftRightArithmetic(Sub(bits, i(int64(math.Float64bits(math.Sqrt(0.5))))), i(52))
	m = Bitcast(Sub(bits, ShiftLeft(n, i(52))), ir.Float64)
	return Sub(Bitcast(Add(n, i(shifterBits)), ir.Float64), FullLike(x, shifter)), m
}

// A whole number plus shifter has that number in its lower bits.
const shifter, shifterBits = 0x1.8p52, 0x4338000000000000

// exp2Whole is 2 to the x, of at most 1000.
func exp2Whole(x *Value) *Value {
	i := func(v int64) *Value { return Full(x.Shape(), ir.IntLit(v, ir.Int64)) }
	whole, t := split(x)
	n := Sub(Bitcast(Add(whole, FullLike(x, shifter)), ir.Int64), i(shifterBits-1023))
	return Mul(horner(t, exp2Fit), Bitcast(ShiftLeft(n, i(52)), ir.Float64))
}

// logFit approximates (2·atanh(s)/s - 2)/s² in s² for |s| <= (√2-1)/(√2+1).
var logFit = []float64{0.666666666666666667, 0.399999999999999924, 0.285714285714354076, 0.222222222198442311,
	0.181818185957690647, 0.153845749664609067, 0.133356458419493803, 0.116879629975420946, 0.118834523941083474}

// logOf is the natural logarithm of x·(1+rest), float64, of a rest that is small enough for its logarithm to be itself.
// x may be subnormal.
func logOf(x, rest *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	x, subnormal := WholeSubnormals(x)
	e, m := exponentOf(x)
	e = Add(e, Select(subnormal, k(float64(leastPower(ir.Float64))), k(0)))
	// With f = m-1 and s = f/(2+f), log(m) is 2·atanh(s), or f - f²/2 + s·(f²/2 + ...), which rounds less: first, the
	// upper half of the digits of f - f²/2, and last, all else.
	f := Sub(m, k(1))
	half := Mul(k(0.5), Square(f))
	s := shared(Div(f, Add(f, k(2))))
	s2 := Square(s)
	const high, low = 0x1.62e42feep-1, 0x1.a39ef35793c76p-33 // of log(2)
	first := Bitcast(And(Bitcast(Sub(f, half), ir.Int64), Full(x.Shape(), ir.IntLit(-1<<32, ir.Int64))), ir.Float64)
	last := Add(Sub(Sub(f, first), half), Mul(s, Add(half, Mul(s2, horner(s2, logFit)))))
	y := Add(Mul(e, k(high)), Add(first, Add(last, Add(Mul(e, k(low)), rest))))
	inf := k(math.Inf(1))
	y = Select(Lt(x, inf), y, x)
	return Select(Gt(x, k(0)), y, Select(Eq(x, k(0)), Neg(inf), k(math.NaN())))
}

// log1pOf is the natural logarithm of 1+x, float64.
func log1pOf(x *Value) *Value {
	one := FullLike(x, 1)
	u := shared(Add(one, x)) // or XLA would take u-1 for x
	lost := Select(Lt(Abs(x), one), Sub(x, Sub(u, one)), Sub(one, Sub(u, x)))
	return Select(Lt(Abs(x), FullLike(x, 0x1p-60)), x, logOf(u, shared(Div(lost, u))))
}

// atanFit approximates atan(t)/t in t² for |t| <= tan(π/8).
var atanFit = polynomial{
	f32: []float64{0.999999999999973232, -0.333333333308034459, 0.199999996048919779, -0.142856904238392852,
		0.111103850461479759, -0.0907839207294300824, 0.0756370355191259336, -0.0587450562129919679,
		0.0306624403703062921},
	f64: []float64{1, -0.333333333333333242, 0.199999999999970139, -0.142857142853297082, 0.111111110853221088,
		-0.0909090805903119092, 0.0769228109993774129, -0.0666620525997650145, 0.0587683400461394908,
		-0.052173125740603818, 0.0449950072897960983, -0.0333878245011183773, 0.0151137650965137906},
}

// angle64 is angle of float64 numbers that may be subnormal, or near the largest.
func angle64(y, x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	far := func(v *Value) *Value { return Eq(Abs(v), k(math.Inf(1))) }
	usual := Lt(Max(Abs(y), Abs(x)), k(0x1p900))
	scaled := func(v, other *Value) *Value {
		w, subnormal := WholeSubnormals(v)
		unit := Select(subnormal, Select(usual, k(0x1p-1014), k(0)), Select(usual, k(0x1p60), k(0x1p-60)))
		return Mul(w, Select(And(far(other), Not(far(v))), k(0), unit))
	}
	return angle(scaled(y, x), scaled(x, y), true)
}

// angle is the angle of the points (x, y), float64, exact to the last places or to more than those of a float32: in the
// first octant, by the tangent of the angle or of what it has less than some fixed ones, and from there by symmetry.
func angle(y, x *Value, exact bool) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	huge := k(0x1p1000)
	a, b := Min(Abs(y), huge), Min(Abs(x), huge)
	most, least := Max(a, b), Min(a, b)
	over, under, from, low := least, most, k(0), k(0)
	fit := atanFit.f32
	less := func(tan, atan, atanLow, down, up float64) { // from tan on, up to where atan is
		there := Gt(least, Mul(most, k(tan)))
		over = Select(there, Sub(Mul(least, k(down)), Mul(most, k(up))), over)
		under = Select(there, Add(Mul(most, k(down)), Mul(least, k(up))), under)
		from, low = Select(there, k(atan), from), Select(there, k(atanLow), low)
	}
	const quarterLow = 6.123233995736766e-17 // π/2 less its float64
	if exact {
		fit = atanFit.f64
		less(0.4140625, 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56, 2, 1)
		less(0.6875, math.Pi/4, quarterLow/2, 1, 1)
	} else {
		less(0.4140625, math.Pi/4, 0, 1, 1)
	}
	t := shared(Div(over, Select(Eq(under, k(0)), k(1), under)))
	t2 := Square(t)
	r := Add(from, Add(t, Add(Mul(t, Mul(t2, horner(t2, fit[1:]))), low)))
	r = Select(Gt(a, b), Sub(k(math.Pi/2), Sub(r, k(quarterLow))), r)
	r = Select(isNegative(x), Sub(k(math.Pi), Sub(r, k(2*quarterLow))), r)
	return Select(isNegative(y), Neg(r), r)
}

// otherLeg is sqrt(1 - x²), which rounds little on the way.
func otherLeg(x *Value) *Value {
	return shared(Sqrt(Select(Lt(Abs(x), FullLike(x, 0.5)), Sub(FullLike(x, 1), Square(x)), oneMinusSquare(x))))
}

// cbrtFit approximates (1+t)^(-1/3) for t of -0.0905 to 0.0995.
var cbrtFit = []float64{0.999999999995646945, -0.333333333475493947, 0.222222237859710539, -0.172839357934956598,
	0.144024073181218406, -0.124863936613934087, 0.112571987369566767, -0.0986304988697004427}

// cubeRoot is the cube root of x, float64. A third of its bits is a root to 3 %, the polynomial corrects it, and, where
// all 53 bits are wanted, a step of Newton's.
func cubeRoot(x *Value, exact bool) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	i := func(v int64) *Value { return Full(x.Shape(), ir.IntLit(v, ir.Int32)) }
	a := Abs(x)
	high := Convert(ShiftRightLogical(Bitcast(a, ir.Int64), Full(x.Shape(), ir.IntLit(32, ir.Int64))), ir.Int32)
	third := Convert(Mul(Convert(high, ir.Float32), Full(x.Shape(), ir.FloatLit(1./3, ir.Float32))), ir.Int32)
	t := Bitcast(ShiftLeft(Convert(Add(third, i(0x2a9f7893)), ir.Int64), Full(x.Shape(), ir.IntLit(32, ir.Int64))),
		ir.Float64)
	r := Mul(Square(t), Div(t, a))
	t = Mul(t, horner(Sub(r, k(1)), cbrtFit))
	if exact {
		t, _ = halfDigits(t)
		q := shared(Div(a, Square(t)))
		t = Add(t, Mul(t, Div(Sub(q, t), Add(Add(t, t), q))))
	}
	plain := And(Lt(k(0), a), Lt(a, k(math.Inf(1))))
	return Select(plain, Select(isNegative(x), Neg(t), t), x)
}
