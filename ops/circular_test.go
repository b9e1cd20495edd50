package ops_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// float32s has special values and numbers of all sizes.
func float32s(n int) arr {
	r := rand.New(rand.NewPCG(1, 2))
	a := vec(ir.Float32, 0, math.Copysign(0, -1), inf, -inf, nan, 1, -1, 0.5, -0.5, 2, -3, 0x1p-149, -0x1p-127,
		0x1p-126, math.MaxFloat32, -math.MaxFloat32, 16777217, -33554432, 1e-20, math.Pi, math.Pi/2)
	for len(a.e) < n {
		v := math.Float32frombits(r.Uint32())
		if len(a.e)%2 == 0 {
			v = float32(r.NormFloat64())
		}
		a.e = append(a.e, ir.FloatLit(float64(v), ir.Float32))
	}
	a.shape = []int{len(a.e)}
	return a
}

// checkRounded compares f of float32 numbers with want, in float64: no result may be further from it than most units in
// the last place, and StableHLO's operation is not called.
func checkRounded(t *testing.T, name string, f fn, in []arr, want func(x []float64) float64, most float64) {
	t.Helper()
	text := string(lower.Text(program(t, f, avals(in)), lower.Options{Platform: "cpu"}).Text)
	if strings.Contains(text, "stablehlo."+name) {
		t.Errorf("%s is left to XLA", name)
	}
	text = string(lower.Text(program(t, f, avals(in)), lower.Options{Platform: "cuda"}).Text)
	if !strings.Contains(text, name) {
		t.Errorf("%s is not left to XLA on CUDA:\n%s", name, text)
	}
	got := runBoth(t, f, in)[0]
	for i, e := range got.e {
		x := make([]float64, len(in))
		for j := range in {
			x[j] = in[j].e[i].Float()
		}
		g, w := e.Float(), want(x)
		r := float64(float32(w))
		unit := math.Abs(float64(math.Nextafter32(float32(math.Abs(w)), float32(inf)))) - math.Abs(r)
		switch {
		case g == r || g != g && r != r, math.Abs(r) < 0x1p-126 && g == 0:
			if g == r && math.Signbit(g) != math.Signbit(r) {
				t.Errorf("%s%v is %v, want %v", name, x, g, r)
			}
		case !(math.Abs(g-w) <= most*unit):
			t.Errorf("%s%v is %v, want %v", name, x, g, w)
		}
	}
}

func TestCircular(t *testing.T) {
	x := float32s(1 << 14)
	for _, c := range []struct {
		name string
		f    func(x *trace.Value) *trace.Value
		want func(x float64) float64
	}{{"sine", ops.Sin, math.Sin}, {"cosine", ops.Cos, math.Cos}, {"tan", ops.Tan, math.Tan}} {
		t.Run(c.name, func(t *testing.T) {
			checkRounded(t, c.name, f1(c.f), []arr{x}, func(x []float64) float64 { return c.want(x[0]) }, 0.51)
			checkVmap(t, f1(c.f), []arr{vec(ir.Float16, 1, -2, 60000)})
		})
	}
}

// A few float32 go another way than many, to the same numbers but for the last digit.
func TestFewElements(t *testing.T) {
	x := []float64{0, math.Copysign(0, -1), inf, -inf, nan, 1, -1, 0.5, -0.3, 0x1p-149, -0x1p-130, 1e-38, 3e38, -1e10,
		0.9999999}
	for name, f := range map[string]func(x *trace.Value) *trace.Value{"sin": ops.Sin, "cos": ops.Cos,
		"tan": ops.Tan} {
		t.Run(name, func(t *testing.T) {
			many := runBoth(t, f1(f), []arr{vec(ir.Float32, x...)})[0].e
			for i := range x {
				got, want := runBoth(t, f1(f), []arr{vec(ir.Float32, x[i])})[0].e[0].Float(), many[i].Float()
				next := float64(math.Nextafter32(float32(math.Abs(want)), math.MaxFloat32))
				ulp := math.Max(next-math.Abs(want), 0x1p-149)
				if !(got == want && math.Signbit(got) == math.Signbit(want) || got != got && want != want ||
					math.Abs(got-want) <= 2*ulp) {
					t.Errorf("%s(%v) is %v, and %v among others", name, x[i], got, want)
				}
			}
		})
	}
}
