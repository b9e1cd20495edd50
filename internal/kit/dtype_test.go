package kit_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
)

func TestLowestHighest(t *testing.T) {
	for _, c := range []struct{ low, high ir.Lit }{
		{ir.BoolLit(false), ir.BoolLit(true)},
		{ir.IntLit(-128, ir.Int8), ir.IntLit(127, ir.Int8)},
		{ir.IntLit(math.MinInt64, ir.Int64), ir.IntLit(math.MaxInt64, ir.Int64)},
		{ir.UintLit(0, ir.Uint16), ir.UintLit(math.MaxUint16, ir.Uint16)},
		{ir.UintLit(0, ir.Uint64), ir.UintLit(math.MaxUint64, ir.Uint64)},
		{ir.FloatLit(math.Inf(-1), ir.BFloat16), ir.FloatLit(math.Inf(1), ir.BFloat16)},
	} {
		if d := c.low.DType; kit.Lowest(d) != c.low || kit.Highest(d) != c.high {
			t.Errorf("%v: from %v to %v, want %v to %v", d, kit.Lowest(d), kit.Highest(d), c.low, c.high)
		}
	}
}
