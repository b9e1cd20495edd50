package ops

import (
	"math"

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

// Lower is exp(log(2) x), as JAX has it: StableHLO knows no base 2.
func (exp2) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	y := w.bin("stablehlo.multiply", w.like(x[0], math.Ln2), x[0])
	return hlo(e, "stablehlo.exponential", []trace.Operand{y}, "")
}

func (exp2) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(FullLike(x[0], math.Ln2), Mul(g, y)) })
}

type expm1 struct{ unaryInexact }

func (expm1) Name() string { return "expm1" }

// Expm1 is e to the x, less 1, exact near 0, for floats and complex numbers.
func Expm1(x *Value) *Value { return one(expm1{}, x) }

func (expm1) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.exponential_minus_one", x, "")
}

func (expm1) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Add(y, FullLike(y, 1))) })
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

func (logistic) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(y, Sub(FullLike(y, 1), y))) })
}
