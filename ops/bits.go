package ops

import "github.com/gojax/gojax/trace"

type populationCount struct{ unaryInt }

func (populationCount) Name() string { return "population_count" }

// PopulationCount counts the bits that are set, in x's integer dtype.
func PopulationCount(x *Value) *Value { return one(populationCount{}, x) }

func (populationCount) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.popcnt", x, "")
}

type clz struct{ unaryInt }

func (clz) Name() string { return "clz" }

// CLZ counts the leading zero bits, in x's integer dtype.
func CLZ(x *Value) *Value { return one(clz{}, x) }

func (clz) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.count_leading_zeros", x, "")
}

type shiftLeft struct{ binaryInt }

func (shiftLeft) Name() string { return "shift_left" }

// ShiftLeft is x << y of integers, 0 where y is not in [0, bits).
func ShiftLeft(x, y *Value) *Value { return one(shiftLeft{}, x, y) }

func (shiftLeft) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_left", x, "")
}

type shiftRightArithmetic struct{ binaryInt }

func (shiftRightArithmetic) Name() string { return "shift_right_arithmetic" }

// ShiftRightArithmetic is x >> y of integers with the sign bit repeated, the sign itself where y is not in [0, bits).
func ShiftRightArithmetic(x, y *Value) *Value { return one(shiftRightArithmetic{}, x, y) }

func (shiftRightArithmetic) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_right_arithmetic", x, "")
}

type shiftRightLogical struct{ binaryInt }

func (shiftRightLogical) Name() string { return "shift_right_logical" }

// ShiftRightLogical is x >> y of integers filled with zeros, 0 where y is not in [0, bits).
func ShiftRightLogical(x, y *Value) *Value { return one(shiftRightLogical{}, x, y) }

func (shiftRightLogical) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.shift_right_logical", x, "")
}
