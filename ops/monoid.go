package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// monoid is an associative operation with an identity, over which reductions, scatters and cumulative operations run.
type monoid uint8

const (
	monoidAdd monoid = iota
	monoidMul
	monoidMax
	monoidMin
	monoidAnd
	monoidOr
	monoidXor
	monoidLogAddExp
)

// identity is the value that changes nothing: for minima and maxima the far end of the dtype's range.
func (m monoid) identity(d ir.DType) ir.Lit {
	switch m {
	case monoidMul:
		return ir.IntLit(1, d)
	case monoidMax, monoidLogAddExp:
		switch d.Kind() {
		case ir.KindBool, ir.KindUint:
			return ir.IntLit(0, d)
		case ir.KindInt:
			return ir.IntLit(math.MinInt64>>(64-d.Bits()), d)
		}
		return ir.FloatLit(math.Inf(-1), d)
	case monoidMin:
		switch d.Kind() {
		case ir.KindBool, ir.KindUint:
			return allOnes(d)
		case ir.KindInt:
			return ir.IntLit(math.MaxInt64>>(64-d.Bits()), d)
		}
		return ir.FloatLit(math.Inf(1), d)
	case monoidAnd:
		return allOnes(d)
	}
	return ir.IntLit(0, d)
}

// allOnes is true, or the integer of all bits set.
func allOnes(d ir.DType) ir.Lit {
	if d == ir.Bool {
		return ir.BoolLit(true)
	}
	return ir.IntLit(-1, d)
}

// apply combines Values.
func (m monoid) apply(x, y *Value) *Value {
	switch m {
	case monoidMul:
		return Mul(x, y)
	case monoidMax:
		return Max(x, y)
	case monoidMin:
		return Min(x, y)
	case monoidAnd:
		return And(x, y)
	case monoidOr:
		return Or(x, y)
	case monoidXor:
		return Xor(x, y)
	case monoidLogAddExp:
		return logAddExp(x, y)
	}
	return Add(x, y)
}

// write writes the combination of two operands of one type.
func (m monoid) write(e trace.Emitter, x, y trace.Operand) trace.Operand {
	switch m {
	case monoidAdd:
		return writer{e}.bin("stablehlo.add", x, y)
	case monoidMul:
		return writer{e}.bin("stablehlo.multiply", x, y)
	case monoidAnd:
		return writer{e}.bin("stablehlo.and", x, y)
	case monoidOr:
		return writer{e}.bin("stablehlo.or", x, y)
	case monoidXor:
		return writer{e}.bin("stablehlo.xor", x, y)
	}
	return lowerFun(e, []trace.Operand{x, y}, func(v []*Value) []*Value { return []*Value{m.apply(v[0], v[1])} })[0]
}

// logAddExp is log(exp(x) + exp(y)) without overflow, of floats (numpy.logaddexp). Equal infinities give themselves.
func logAddExp(x, y *Value) *Value {
	delta := Sub(x, y)
	sum := Add(Max(x, y), Log1p(Exp(Neg(Abs(delta)))))
	return Select(Ne(delta, delta), Add(x, y), sum)
}
