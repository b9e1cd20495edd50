package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Sign and rounding.
type (
	neg      struct{ unaryNum }
	sign     struct{ unaryNum }
	abs      struct{ elementwise }
	floor    struct{ unaryFloat }
	ceil     struct{ unaryFloat }
	isFinite struct{ elementwise }
	round    struct {
		unaryFloat
		Method RoundingMethod
	}
)

// RoundingMethod says how Round breaks ties.
type RoundingMethod uint8

// Ties go away from zero (C's round), or to the even neighbour (IEEE's and NumPy's).
const (
	AwayFromZero RoundingMethod = iota
	ToNearestEven
)

// String is JAX's name of the method.
func (m RoundingMethod) String() string {
	if m == AwayFromZero {
		return "AWAY_FROM_ZERO"
	}
	return "TO_NEAREST_EVEN"
}

func (neg) Name() string      { return "neg" }
func (sign) Name() string     { return "sign" }
func (abs) Name() string      { return "abs" }
func (floor) Name() string    { return "floor" }
func (ceil) Name() string     { return "ceil" }
func (round) Name() string    { return "round" }
func (isFinite) Name() string { return "is_finite" }

// Neg is -x for any number type; unsigned integers wrap around.
func Neg(x *Value) *Value { return one(neg{}, x) }

// Sign is -1, 0 or 1 (NaN of NaN, x/|x| of a complex x) for any number type.
func Sign(x *Value) *Value { return one(sign{}, x) }

// Abs is |x| of signed integers, floats and complex numbers, whose result is real. Unsigned integers and bool are refused.
func Abs(x *Value) *Value { return one(abs{}, x) }

// Floor rounds floats towards minus infinity.
func Floor(x *Value) *Value { return one(floor{}, x) }

// Ceil rounds floats towards infinity.
func Ceil(x *Value) *Value { return one(ceil{}, x) }

// Round rounds floats to the nearest integer, ties as method says.
func Round(x *Value, method RoundingMethod) *Value { return one(round{Method: method}, x) }

// IsFinite reports, as bool, which floats are neither infinite nor NaN.
func IsFinite(x *Value) *Value { return one(isFinite{}, x) }

func (abs) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kSigned|kInexact)
	if err != nil {
		return nil, err
	}
	if d := in[0].DType; d.IsComplex() {
		a := out[0]
		a.DType = d.Real()
		return []ir.Aval{a}, nil
	}
	return out, nil
}

func (isFinite) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := inferSame(in, 1, kFloat)
	if err != nil {
		return nil, err
	}
	return []ir.Aval{boolOf(out[0])}, nil
}

func (neg) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.negate", x, "")
}

func (sign) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if x[0].Aval.DType.IsUnsigned() { // stablehlo.sign takes none
		w := writer{e}
		zero := w.like(x[0], 0)
		return []trace.Operand{w.sel(w.cmp("EQ", x[0], zero), zero, w.like(x[0], 1))}
	}
	return hlo(e, "stablehlo.sign", x, "")
}

func (abs) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.abs", x, "")
}

func (floor) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.floor", x, "")
}

func (ceil) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.ceil", x, "")
}

func (o round) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Method == AwayFromZero {
		return hlo(e, "stablehlo.round_nearest_afz", x, "")
	}
	return hlo(e, "stablehlo.round_nearest_even", x, "")
}

func (isFinite) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.is_finite", x, "")
}

func (neg) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)      { return jvpLinear(c, x, t) }
func (sign) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)     { return jvpZero(c, x) }
func (floor) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)    { return jvpZero(c, x) }
func (ceil) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)     { return jvpZero(c, x) }
func (round) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)    { return jvpZero(c, x) }
func (isFinite) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }

func (neg) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, Neg)
}

func (abs) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		x := x[0]
		if x.DType().IsComplex() {
			return Real(Mul(g, Div(Conj(x), replaceZero(ConvertWeak(y, x.DType(), y.Aval().Weak)))))
		}
		return Select(Ge(x, ZerosLike(x)), g, Neg(g))
	})
}

// replaceZero is x with 1 where it is 0.
func replaceZero(x *Value) *Value { return Select(Eq(x, ZerosLike(x)), Ones(x.Aval()), x) }
