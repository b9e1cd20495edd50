package ops

import "github.com/gojax/gojax/trace"

// Logic and bits.
type (
	notOp                struct{ unaryLogic }
	populationCount      struct{ unaryInt }
	clz                  struct{ unaryInt }
	andOp                struct{ binaryLogic }
	orOp                 struct{ binaryLogic }
	xorOp                struct{ binaryLogic }
	shiftLeft            struct{ binaryInt }
	shiftRightArithmetic struct{ binaryInt }
	shiftRightLogical    struct{ binaryInt }
)

func (notOp) Name() string                { return "not" }
func (populationCount) Name() string      { return "population_count" }
func (clz) Name() string                  { return "clz" }
func (andOp) Name() string                { return "and" }
func (orOp) Name() string                 { return "or" }
func (xorOp) Name() string                { return "xor" }
func (shiftLeft) Name() string            { return "shift_left" }
func (shiftRightArithmetic) Name() string { return "shift_right_arithmetic" }
func (shiftRightLogical) Name() string    { return "shift_right_logical" }

// Not flips every bit of integers, and negates bool.
func Not(x *Value) *Value { return one(notOp{}, x) }

// PopulationCount counts the bits that are set, in x's integer dtype.
func PopulationCount(x *Value) *Value { return one(populationCount{}, x) }

// Clz counts the leading zero bits, in x's integer dtype.
func Clz(x *Value) *Value { return one(clz{}, x) }

// And is the bitwise and of integers or bool.
func And(x, y *Value) *Value { return one(andOp{}, x, y) }

// Or is the bitwise or of integers or bool.
func Or(x, y *Value) *Value { return one(orOp{}, x, y) }

// Xor is the bitwise exclusive or of integers or bool.
func Xor(x, y *Value) *Value { return one(xorOp{}, x, y) }

// ShiftLeft is x << y of integers, 0 where y is not in [0, bits).
func ShiftLeft(x, y *Value) *Value { return one(shiftLeft{}, x, y) }

// ShiftRightArithmetic is x >> y of integers with the sign bit repeated, the sign itself where y is not in [0, bits).
func ShiftRightArithmetic(x, y *Value) *Value { return one(shiftRightArithmetic{}, x, y) }

// ShiftRightLogical is x >> y of integers filled with zeros, 0 where y is not in [0, bits).
func ShiftRightLogical(x, y *Value) *Value { return one(shiftRightLogical{}, x, y) }

func (notOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.not", x, "")
}

func (populationCount) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.popcnt", x, "")
}

func (clz) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.count_leading_zeros", x, "")
}

func (andOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.and", x, "")
}

func (orOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.or", x, "")
}

func (xorOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.xor", x, "")
}

func (shiftLeft) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_left", x, "")
}

func (shiftRightArithmetic) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_right_arithmetic", x, "")
}

func (shiftRightLogical) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_right_logical", x, "")
}

// Integers have no tangents: the outputs' are zero.
func (unaryInt) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)    { return jvpZero(c, x) }
func (unaryLogic) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)  { return jvpZero(c, x) }
func (binaryInt) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)   { return jvpZero(c, x) }
func (binaryLogic) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpZero(c, x) }
