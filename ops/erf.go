package ops

import (
	"math"

	"github.com/gojax/gojax/trace"
)

type erf struct{ unaryFloat }

func (erf) Name() string { return "erf" }

// Erf is the error function of floats.
func Erf(x *Value) *Value { return one(erf{}, x) }

func (erf) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf", x, "")
}

func (erf) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], 2/math.Sqrt(math.Pi)), Mul(g, expMinusSquare(x[0])))
	})
}

type erfc struct{ unaryFloat }

func (erfc) Name() string { return "erfc" }

// Erfc is 1 - erf(x), exact for large x, of floats.
func Erfc(x *Value) *Value { return one(erfc{}, x) }

// Lower does not use XLA's own, of which hundreds of ulp are wrong for large x.
func (erfc) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, inSingle1(func(x *Value) *Value {
		one, half := FullLike(x, 1), FullLike(x, 0.5)
		z := Max(Abs(x), half)
		tail := Mul(expMinusSquare(z), Erfcx(z))
		tail = Select(Lt(x, half), Sub(FullLike(x, 2), tail), tail)
		return Select(Le(Abs(x), half), Sub(one, SmallErf(x)), tail)
	}))
}

// erfFit approximates erf(x)/x in x² for |x| <= 1/2.
var erfFit = polynomial{
	f32: []float64{1.128379166, -0.3761260901, 0.1128283143, -0.02675773274, 0.004719082567},
	f64: []float64{1.12837916709551257, -0.376126389031834735, 0.112837916709253531, -0.0268661706328879294,
		0.00522397737302147002, -0.000854829775367496688, 0.000120533351243537407, -1.48458492597078698e-5,
		1.47258654805567439e-6},
}

// SmallErf is Erf of float32 and float64 where |x| <= 1/2.
func SmallErf(x *Value) *Value { return Mul(x, erfFit.at(Square(x))) }

func (erfc) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value {
		return Mul(FullLike(x[0], -2/math.Sqrt(math.Pi)), Mul(g, expMinusSquare(x[0])))
	})
}

// expMinusSquare is exp(-x²): where x² is large, its last digit would be one of many in the result, so it is split off.
func expMinusSquare(x *Value) *Value {
	x = Clamp(FullLike(x, -64), x, FullLike(x, 64))
	scale := FullLike(x, 16)
	near := Div(Round(Mul(x, scale), ToNearestEven), scale)
	return Mul(Exp(Neg(Square(near))), Exp(Neg(Mul(Sub(x, near), Add(x, near)))))
}

// erfcxFit approximates (1+2x)·exp(x²)·erfc(x) in (x-3)/(x+3) for x >= 0.
var erfcxFit = polynomial{
	f32: []float64{1.253008056, -0.1356211001, -0.04756215615, 0.1296447209, -0.1192752814, 0.06831319672,
		-0.0237635597, 0.002506778672, 0.001875060246, -0.0007340820504, -9.253769126e-5, 8.007454975e-5},
	f64: []float64{1.25300805826972965, -0.135621106124581173, -0.047562294353450872, 0.12964515870276062,
		-0.119273663415306992, 0.068308027343978475, -0.023770514918645887, 0.00252939181606623916,
		0.00188869035915615522, -0.000779832272108399125, -0.000105159799815011777, 0.000125099352355631076,
		4.94948499257059517e-6, -2.01005679312892281e-5, -7.31510516415906191e-7, 3.47241460287568603e-6,
		3.56838391539922046e-7, -6.16649607760435278e-7, -1.41600649402659861e-7, 1.01870006000728851e-7,
		4.1807846988455822e-8, -1.3326364813003833e-8, -8.50039792977261535e-9, 9.88579883113936494e-10,
		8.86421901642709202e-10},
}

// Erfcx is exp(x²)·erfc(x) of float32 and float64, for x >= 0.
func Erfcx(x *Value) *Value {
	one := FullLike(x, 1)
	u := Sub(one, Div(FullLike(x, 6), Add(x, FullLike(x, 3))))
	return Div(erfcxFit.at(u), Add(Add(x, x), one))
}

type erfInv struct{ unaryFloat }

func (erfInv) Name() string { return "erf_inv" }

// ErfInv is the inverse of the error function, for floats in [-1, 1], as XLA has it, which random numbers are made
// with: tens or hundreds of ulp are wrong. NaN outside.
func ErfInv(x *Value) *Value { return one(erfInv{}, x) }

// ExactErfInv is ErfInv with the last digits right.
func ExactErfInv(x *Value) *Value { return one(special{Which: "erf_inv"}, x) }

// exactErfInvOf takes Newton's step: towards x where that is small, and else by erfc, towards 1 - |x|, which is exact.
func exactErfInvOf(x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	inside := Lt(Abs(x), k(1))
	x1 := Select(inside, x, k(0))
	y := ErfInv(x1)
	size, far := Abs(y), Abs(x1)
	e := Exp(Square(y))
	near := Mul(Sub(x1, SmallErf(y)), e)
	tail := Sub(Erfcx(size), Mul(Sub(k(1), far), e))
	step := Select(Lt(far, k(0.5)), near, Mul(Sign(x1), tail))
	y = Add(y, Mul(step, k(math.Sqrt(math.Pi)/2)))
	return Select(inside, y, ErfInv(x))
}

func erfInvSlope(x, y *Value) *Value {
	return Mul(FullLike(x, math.Sqrt(math.Pi)/2), Exp(Square(y)))
}

func (erfInv) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.erf_inv", x, "")
}

func (erfInv) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		return Mul(FullLike(x[0], math.Sqrt(math.Pi)/2), Mul(g, Exp(Square(y))))
	})
}
