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
	return hlo(e, "stablehlo.exponential", x, "")
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
	return lowerFun(e, x, func(x []*Value) []*Value {
		d := x[0].DType()
		switch {
		case d.IsComplex():
			return []*Value{Exp(Mul(FullLike(x[0], math.Ln2), x[0]))}
		case d.Bits() == 16:
			return []*Value{Convert(exp2Of(Convert(x[0], ir.Float32)), d)}
		}
		return []*Value{exp2Of(x[0])}
	})
}

// exp2Of is 2 to the x, of float32 or float64. The whole part of x times the first bits of log(2) is exact.
func exp2Of(x *Value) *Value {
	low, high, first, rest := -160., 128., 0.693359375, -2.121944400546905827679e-4
	if x.DType() == ir.Float64 {
		low, high, first, rest = -1100, 1024, 0x1.62e42feep-1, 1.90821492927058770002e-10
	}
	like := func(v float64) *Value { return FullLike(x, v) }
	over := Ge(x, like(high))
	x = Clamp(like(low), x, like(high))
	n := Round(x, ToNearestEven)
	fraction := Sub(x, n)
	down := Lt(n, like(0)) // then 2 to the x+32 is computed, as y below the smallest normal number would be 0
	n = Select(down, Add(n, like(32)), n)
	a := Mul(n, like(first))
	b := Add(Mul(n, like(rest)), Mul(fraction, like(math.Ln2)))
	sum := Add(a, b)
	y := Exp(sum)
	y = Add(y, Mul(y, Add(Sub(a, sum), b)))
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
	if x[0].Aval.DType.IsComplex() || x[0].Aval.DType.Bits() == 16 {
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
	return keepSubnormal(e, x, hlo(e, "stablehlo.log_plus_one", x, ""))
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
