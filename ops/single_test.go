package ops_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// pairs are all pairs of the first numbers of two arrays, and pairs of the rest.
func pairs(x, y arr, first int) (a, b arr) {
	a, b = arr{d: x.d}, arr{d: y.d}
	for i := range first {
		for j := range first {
			a.e, b.e = append(a.e, x.e[i]), append(b.e, y.e[j])
		}
	}
	a.e, b.e = append(a.e, x.e[first:]...), append(b.e, y.e[first:]...)
	a.shape, b.shape = []int{len(a.e)}, []int{len(b.e)}
	return a, b
}

func TestSingle(t *testing.T) {
	x := float32s(1 << 13)
	for _, c := range []struct {
		name string
		f    func(x *trace.Value) *trace.Value
		want func(x float64) float64
	}{{"cbrt", ops.Cbrt, math.Cbrt}, {"atan", ops.Atan, math.Atan}, {"atan2", ops.Asin, math.Asin},
		{"acos", ops.Acos, math.Acos}} {
		t.Run(c.name, func(t *testing.T) {
			checkRounded(t, c.name, f1(c.f), []arr{x}, func(x []float64) float64 { return c.want(x[0]) }, 0.51)
		})
	}
	y := float32s(1 << 13)
	slices.Reverse(y.e[21:])
	a, b := pairs(x, y, 21)
	t.Run("atan2", func(t *testing.T) {
		checkRounded(t, "atan2", f2(ops.Atan2), []arr{a, b},
			func(x []float64) float64 { return math.Atan2(x[0], x[1]) }, 0.51)
	})
	// the logarithm of x near 1 is small, and its powers are not infinite
	for i := 21 * 21; i < len(a.e); i += 3 {
		a.e[i] = ir.FloatLit(1+float64(i)*0x1p-23, ir.Float32)
	}
	t.Run("power", func(t *testing.T) {
		checkRounded(t, "power", f2(ops.Pow), []arr{a, b},
			func(x []float64) float64 { return math.Pow(x[0], x[1]) }, 0.51)
	})
}
