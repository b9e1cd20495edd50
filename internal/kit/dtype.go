package kit

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// Lowest is the least number of dtype d, false for bool and -Inf for floats: what a maximum of no elements begins with.
func Lowest(d ir.DType) ir.Lit {
	switch {
	case d == ir.Bool:
		return ir.BoolLit(false)
	case d.IsUnsigned():
		return ir.IntLit(0, d)
	case d.IsSigned():
		return ir.IntLit(math.MinInt64>>(64-d.Bits()), d)
	}
	return ir.FloatLit(math.Inf(-1), d)
}

// Highest is the greatest number of dtype d, true for bool and +Inf for floats.
func Highest(d ir.DType) ir.Lit {
	switch {
	case d == ir.Bool:
		return ir.BoolLit(true)
	case d.IsUnsigned():
		return ir.UintLit(math.MaxUint64>>(64-d.Bits()), d)
	case d.IsSigned():
		return ir.IntLit(math.MaxInt64>>(64-d.Bits()), d)
	}
	return ir.FloatLit(math.Inf(1), d)
}
