package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type exp struct{ unaryInexact }

func (exp) Name() string { return "exp" }

// Exp is e to the x, for floats and complex numbers.
func Exp(x *Value) *Value { return one(exp{}, x) }

func (exp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	y := hlo(e, "stablehlo.exponential", x, "")
	if x[0].Aval.DType.IsComplex() {
		return withEnds(e, x, y, expEnds)
	}
	return y
}

func (exp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, y) })
}

type exp2 struct{ unaryInexact }

func (exp2) Name() string { return "exp2" }

// Exp2 is 2 to the x, for floats and complex numbers.
func Exp2(x *Value) *Value { return one(exp2{}, x) }

// Lower is exp(log(2) x): StableHLO knows no base 2. The product is rounded by up to half a unit of hundreds, which exp
// would make hundreds of units in the last place, so what the rounding took is put in again.
func (exp2) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(in []*Value) []*Value {
		x := in[0]
		switch d := x.DType(); {
		case d.IsComplex():
			re := Real(x)
			most := FullLike(re, 2000)
			re, reRest := timesLn2(split(Clamp(Neg(most), re, most)))
			im, imRest := timesLn2(split(Imag(x)))
			y := Exp(Complex(re, im))
			more := Add(y, Mul(y, Complex(reRest, imRest)))
			finite := func(y, more *Value) *Value {
				return Select(And(IsFinite(more), Not(isZero(y))), more, y)
			}
			yRe, yIm := expEnds(Real(x), Imag(x), finite(Real(y), Real(more)), finite(Imag(y), Imag(more)))
			return []*Value{Complex(yRe, yIm)}
		case d.Bits() == 16:
			return []*Value{Convert(exp2Of(Convert(x, ir.Float32)), d)}
		}
		return []*Value{exp2Of(x)}
	})
}

// split is x as the nearest whole number and the rest.
func split(x *Value) (whole, fraction *Value) {
	whole = Round(x, ToNearestEven)
	return whole, Sub(x, whole)
}

// timesLn2 is a number, given split, times log(2), and what the rounding of that took. It is of float32 or float64; a
// whole part that is not too large, times the first bits of log(2), is exact.
func timesLn2(whole, fraction *Value) (product, rest *Value) {
	first, second, most := 0.693359375, -2.121944400546905827679e-4, 0x1p14
	if whole.DType() == ir.Float64 {
		first, second, most = 0x1.62e42feep-1, 1.90821492927058770002e-10, 0x1p20
	}
	like := func(v float64) *Value { return FullLike(whole, v) }
	a := Mul(whole, like(first))
	b := Add(Mul(whole, like(second)), Mul(fraction, like(math.Ln2)))
	product = Add(a, b)
	return product, Select(Lt(Abs(whole), like(most)), Add(Sub(a, product), b), like(0))
}

// exp2Of is 2 to the x, of float32 or float64. Below 0, 2 to the x+32 is computed, as an exponential below the smallest
// normal number would be 0.
func exp2Of(x *Value) *Value {
	low, high := -160., 128.
	if x.DType() == ir.Float64 {
		low, high = -1100, 1024
	}
	like := func(v float64) *Value { return FullLike(x, v) }
	over, down := Ge(x, like(high)), Lt(x, like(0))
	x = Clamp(like(low), x, like(high))
	n, fraction := split(x)
	sum, rest := timesLn2(Add(n, Select(down, like(32), like(0))), fraction)
	y := Exp(sum)
	y = Add(y, Mul(y, rest))
	return Select(over, like(math.Inf(1)), Select(down, Mul(y, like(0x1p-32)), y))
}

func (exp2) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(FullLike(x[0], math.Ln2), Mul(g, y)) })
}

type expm1 struct{ unaryInexact }

func (expm1) Name() string { return "expm1" }

// Expm1 is e to the x, less 1, exact near 0, for floats and complex numbers.
func Expm1(x *Value) *Value { return one(expm1{}, x) }

// Lower is a polynomial where exp(x) - 1 would cancel. XLA's own is no faster, and off by up to 5 units in the last
// place.
func (expm1) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	switch d := x[0].Aval.DType; {
	case d.IsComplex(): // where 1 is nothing, exp reaches further
		w := writer{e}
		re, _ := w.parts(x[0])
		y := hlo(e, "stablehlo.exponential_minus_one", x, "")[0]
		y = w.sel(w.cmp("GT", re, w.like(re, 50)), w.un("stablehlo.exponential", x[0]), y)
		return withEnds(e, x, []trace.Operand{y}, expm1Ends)
	case d.Bits() == 16:
		return hlo(e, "stablehlo.exponential_minus_one", x, "")
	}
	return lowerFun(e, x, func(x []*Value) []*Value {
		v := x[0]
		near := Mul(v, Series(v, 9, 14, func(k int) float64 { return 1 / math.Gamma(float64(k+2)) }))
		return []*Value{Select(Lt(Abs(v), FullLike(v, 0.5)), near, Sub(Exp(v), FullLike(v, 1)))}
	})
}

// Series is the polynomial in z with the coefficients c(0), c(1) and so on: terms64 of them where z has 64-bit parts,
// terms otherwise.
func Series(z *Value, terms, terms64 int, c func(k int) float64) *Value {
	if d := z.DType(); d == ir.Float64 || d == ir.Complex128 {
		terms = terms64
	}
	y := FullLike(z, c(terms-1))
	for k := terms - 2; k >= 0; k-- {
		y = Add(Mul(y, z), FullLike(z, c(k)))
	}
	return y
}

func (expm1) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Exp(x[0])) })
}

type log struct{ unaryInexact }

func (log) Name() string { return "log" }

// Log is the natural logarithm, for floats (NaN below 0) and complex numbers.
func Log(x *Value) *Value { return one(log{}, x) }

func (log) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand { return lowerLog(e, x) }

func (log) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Div(g, x[0]) })
}

type log1p struct{ unaryInexact }

func (log1p) Name() string { return "log1p" }

// Log1p is the natural logarithm of 1 + x, exact near 0, for floats and complex numbers.
func Log1p(x *Value) *Value { return one(log1p{}, x) }

func (log1p) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType == ir.Float64 && e.Platform() == "cpu" {
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{log1pOf(v[0])} })
	}
	y := hlo(e, "stablehlo.log_plus_one", x, "")
	if x[0].Aval.DType.IsComplex() {
		return withEnds(e, x, y, logEnds)
	}
	return keepSubnormal(e, x, y)
}

func (log1p) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Div(g, Add(x[0], FullLike(x[0], 1))) })
}

type logistic struct{ unaryInexact }

func (logistic) Name() string { return "logistic" }

// Logistic is 1 / (1 + exp(-x)), for floats and complex numbers.
func Logistic(x *Value) *Value { return one(logistic{}, x) }

// Lower spells the function out, as JAX does: stablehlo.logistic loses precision in the tails.
func (logistic) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	one := w.like(x[0], 1)
	den := w.bin("stablehlo.add", one, w.un("stablehlo.exponential", w.un("stablehlo.negate", x[0])))
	return []trace.Operand{w.bin("stablehlo.divide", one, den)}
}

// JVP uses that the derivative is tanh's at x/2, over 4: y (1 - y) has few digits where y is near 1, and then none.
func (logistic) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		half := FullLike(x[0], 0.5)
		return Mul(g, Mul(FullLike(y, 0.25), TanhSlope(Mul(half, x[0]))))
	})
}
