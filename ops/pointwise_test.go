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

// Those of float64, at ordinary numbers and the special ones, within two units in the last place of Go's.
func TestPointwise64(t *testing.T) {
	x := vec(ir.Float64, 0, math.Copysign(0, -1), inf, -inf, nan, 1, -1, 0.5, -0.5, 2, -3, 0x1p-1074, -0x1p-1030,
		0x1p-1022, math.MaxFloat64, -math.MaxFloat64, 1e-20, -1e-300, 0.1, -0.9, 0.88, 1.42, 1e9, -1e155)
	for i := range 300 {
		x.e = append(x.e, ir.FloatLit(math.Sin(float64(i*i))*1.2, ir.Float64))
	}
	x.shape = []int{len(x.e)}
	y := arr{d: x.d, shape: x.shape, e: slices.Clone(x.e)}
	slices.Reverse(y.e[24:])
	check := func(name string, f fn, in []arr, want func(x []float64) float64) {
		t.Run(name, func(t *testing.T) {
			for i, e := range runBoth(t, f, in)[0].e {
				v := make([]float64, len(in))
				for j := range in {
					v[j] = in[j].e[i].Float()
				}
				g, w := e.Float(), want(v)
				ulp := math.Nextafter(math.Abs(w), inf) - math.Abs(w)
				switch {
				case g == w && math.Signbit(g) == math.Signbit(w), g != g && w != w, math.Abs(w) < 0x1p-1022 && g == 0:
				case !(math.Abs(g-w) <= 3*ulp):
					t.Errorf("%s%v is %v, want %v", name, v, g, w)
				}
			}
		})
	}
	for name, c := range map[string]struct {
		f    func(x *trace.Value) *trace.Value
		want func(x float64) float64
	}{"cbrt": {ops.Cbrt, math.Cbrt}, "atan": {ops.Atan, math.Atan}, "asin": {ops.Asin, math.Asin},
		"acos": {ops.Acos, func(x float64) float64 { return 2 * math.Atan2(math.Sqrt(1-x), math.Sqrt(1+x)) }},
		"log": {ops.Log, func(x float64) float64 { // Go's takes subnormal numbers for others
			if x > 0 && x < 0x1p-1022 {
				return math.Log(x*0x1p60) - 60*math.Ln2
			}
			return math.Log(x)
		}},
		"log1p": {ops.Log1p, math.Log1p}} {
		check(name, f1(c.f), []arr{x}, func(x []float64) float64 { return c.want(x[0]) })
	}
	a, b := pairs(x, y, 24)
	check("atan2", f2(ops.Atan2), []arr{a, b}, func(x []float64) float64 { // Go's loses the sign of small angles
		return math.Copysign(math.Atan2(x[0], x[1]), x[0])
	})
}

func TestPointwise(t *testing.T) {
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
