package ops

import "github.com/gojax/gojax/trace"

type notOp struct{ unaryLogic }

func (notOp) Name() string { return "not" }

// Not flips every bit of integers, and negates bool.
func Not(x *Value) *Value { return one(notOp{}, x) }

func (notOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.not", x, "")
}

type andOp struct{ binaryLogic }

func (andOp) Name() string { return "and" }

// And is the bitwise and of integers or bool.
func And(x, y *Value) *Value { return one(andOp{}, x, y) }

func (andOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.and", x, "")
}

type orOp struct{ binaryLogic }

func (orOp) Name() string { return "or" }

// Or is the bitwise or of integers or bool.
func Or(x, y *Value) *Value { return one(orOp{}, x, y) }

func (orOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.or", x, "")
}

type xorOp struct{ binaryLogic }

func (xorOp) Name() string { return "xor" }

// Xor is the bitwise exclusive or of integers or bool.
func Xor(x, y *Value) *Value { return one(xorOp{}, x, y) }

func (xorOp) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.xor", x, "")
}
