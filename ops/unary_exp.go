package ops

import (
	"math"

	"github.com/gojax/gojax/trace"
)

// Exponentials, logarithms and roots.
type (
	exp      struct{ unaryInexact }
	exp2     struct{ unaryInexact }
	expm1    struct{ unaryInexact }
	log      struct{ unaryInexact }
	log1p    struct{ unaryInexact }
	sqrt     struct{ unaryInexact }
	rsqrt    struct{ unaryInexact }
	cbrt     struct{ unaryFloat }
	logistic struct{ unaryInexact }
	square   struct{ unaryNum }
)

func (exp) Name() string      { return "exp" }
func (exp2) Name() string     { return "exp2" }
func (expm1) Name() string    { return "expm1" }
func (log) Name() string      { return "log" }
func (log1p) Name() string    { return "log1p" }
func (sqrt) Name() string     { return "sqrt" }
func (rsqrt) Name() string    { return "rsqrt" }
func (cbrt) Name() string     { return "cbrt" }
func (logistic) Name() string { return "logistic" }
func (square) Name() string   { return "square" }

// Exp is e to the x, for floats and complex numbers.
func Exp(x *Value) *Value { return one(exp{}, x) }

// Exp2 is 2 to the x, for floats and complex numbers.
func Exp2(x *Value) *Value { return one(exp2{}, x) }

// Expm1 is e to the x, less 1, exact near 0, for floats and complex numbers.
func Expm1(x *Value) *Value { return one(expm1{}, x) }

// Log is the natural logarithm, for floats (NaN below 0) and complex numbers.
func Log(x *Value) *Value { return one(log{}, x) }

// Log1p is the natural logarithm of 1 + x, exact near 0, for floats and complex numbers.
func Log1p(x *Value) *Value { return one(log1p{}, x) }

// Sqrt is the square root, for floats (NaN below 0) and complex numbers.
func Sqrt(x *Value) *Value { return one(sqrt{}, x) }

// Rsqrt is 1 over the square root, for floats and complex numbers.
func Rsqrt(x *Value) *Value { return one(rsqrt{}, x) }

// Cbrt is the real cube root of floats.
func Cbrt(x *Value) *Value { return one(cbrt{}, x) }

// Logistic is 1 / (1 + exp(-x)), for floats and complex numbers.
func Logistic(x *Value) *Value { return one(logistic{}, x) }

// Square is x*x for any number type.
func Square(x *Value) *Value { return one(square{}, x) }

func (exp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.exponential", x, "")
}

// Lower is exp(log(2) x), as JAX has it: StableHLO knows no base 2.
func (exp2) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	return hlo(e, "stablehlo.exponential", []trace.Operand{w.bin("stablehlo.multiply", w.like(x[0], math.Ln2), x[0])}, "")
}

func (expm1) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.exponential_minus_one", x, "")
}

func (log) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.log", x, "")
}

func (log1p) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.log_plus_one", x, "")
}

func (sqrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.sqrt", x, "")
}

func (rsqrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.rsqrt", x, "")
}

func (cbrt) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.cbrt", x, "")
}

// Lower spells the function out, as JAX does: stablehlo.logistic loses precision in the tails.
func (logistic) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	w := writer{e}
	one := w.like(x[0], 1)
	den := w.bin("stablehlo.add", one, w.un("stablehlo.exponential", w.un("stablehlo.negate", x[0])))
	return []trace.Operand{w.bin("stablehlo.divide", one, den)}
}

func (square) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsComplex() {
		return hlo(e, "chlo.square", x, "")
	}
	return hlo(e, "stablehlo.multiply", []trace.Operand{x[0], x[0]}, "")
}

func (exp) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, y) })
}

func (exp2) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(FullLike(x[0], math.Ln2), Mul(g, y)) })
}

func (expm1) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Add(y, FullLike(y, 1))) })
}

func (log) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Div(g, x[0]) })
}

func (log1p) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Div(g, Add(x[0], FullLike(x[0], 1))) })
}

func (sqrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Div(FullLike(y, 0.5), y)) })
}

func (rsqrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(FullLike(y, -0.5), Div(y, x[0]))) })
}

func (cbrt) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(FullLike(y, 1./3), IntegerPow(y, -2))) })
}

func (logistic) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value { return Mul(g, Mul(y, Sub(FullLike(y, 1), y))) })
}

func (square) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return Mul(g, Mul(FullLike(x[0], 2), x[0])) })
}
