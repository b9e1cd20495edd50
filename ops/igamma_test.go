package ops_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/sample"
)

// TestIncompleteGamma compares the incomplete gamma functions, and their derivatives, with JAX's in float64, and where
// that has digits wrong (far to the right, and at the ends) with mpmath's.
func TestIncompleteGamma(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	rows := [][6]float64{ // a, x, igamma, igammac, igamma_grad_a, random_gamma_grad
		{0.5, 0.1, 0.34527915398142295, 0.654720846018577, -0.8229360969795988, 0.5097655670826974},
		{0.5, 2.0, 0.9544997361036416, 0.04550026389635842, -0.13561933520399722, 2.511889376362068},
		{1.0, 1.0, 0.6321205588285577, 0.3678794411714423, -0.43172971063489896, 1.1735630272247275},
		{2.5, 0.3, 0.011996757205906256, 0.9880032427940938, -0.02798157427941369, 0.30557287974671354},
		{2.5, 2.5, 0.5841198130044919, 0.41588018699550783, -0.26084496236866916, 1.0686730199876298},
		{2.5, 8.0, 0.9931559260775795, 0.0068440739224204265, -0.010308864177512004, 1.8053769451521984},
		{30.0, 20.0, 0.021818217525557827, 0.9781817824744422, -0.010205257324989685, 0.8154222242260353},
		{30.0, 45.0, 0.9926628007022034, 0.0073371992977966675, -0.003474157095129844, 1.2231425063703343},
		{0.001, 1e-05, 0.9891230446957844, 0.010876955304215619, -10.818398299086358, 0.10937472778081823},
		{0.001, 3.0, 0.9999869268601987, 1.3073139801213749e-05, -0.013097911478885045, 787.9148858830868},
		{200.0, 190.0, 0.24334742710068535, 0.7566525728993146, -0.02235282834155547, 0.9753850603205068},
		{0.7, 0.0, 0.0, 1.0, 0.0, 0.0},
		{0.7, inf, 1.0, 0.0, 0.0, inf},
		{0.0, 0.5, 1.0, 0.0, nan, nan},
		{0.0, 2.0, 1.0, 0.0, nan, nan},
		{-1.0, 2.0, nan, nan, nan, nan},
		{2.0, -1.0, nan, nan, nan, nan},
		{nan, 1.0, nan, nan, nan, nan},
		{1.0, nan, nan, nan, nan, nan},
		{0.0, 0.0, nan, nan, nan, nan},
		{5.0, 1000.0, 1.0, 0.0, 0.0, 5.4243161364628305},
	}
	column := func(i int, d ir.DType) arr {
		a := arr{d: d, shape: []int{len(rows)}}
		for _, r := range rows {
			a.e = append(a.e, ir.FloatLit(r[i], d))
		}
		return a
	}
	differ := func(g, want, rtol, atol float64) bool {
		switch {
		case math.IsNaN(g) || math.IsNaN(want):
			return math.IsNaN(g) != math.IsNaN(want)
		case g == 0 && want == 0:
			return math.Signbit(g) != math.Signbit(want)
		}
		return g != want && math.Abs(g-want) > rtol*math.Abs(want)+atol
	}
	b, kinds := newBench(t), sample.Kinds{}
	for i, f := range []func(a, x *ops.Value) *ops.Value{ops.Igamma, ops.Igammac, ops.IgammaGradA,
		ops.RandomGammaGrad} {
		for _, c := range []struct {
			d          ir.DType
			rtol, atol float64
		}{{ir.Float64, 1e-12, 1e-300}, {ir.Float32, 2e-4, 1e-30}} {
			run := kinds.Add(fmt.Sprint("function ", i), c.d.String())
			b.valuesIf(run, f2(f), []arr{column(0, c.d), column(1, c.d)}, func(got []arr) {
				for j, r := range rows {
					if g, want := got[0].e[j].Float(), r[2+i]; differ(g, want, c.rtol, c.atol) {
						t.Errorf("function %d of %g, %g in %v is %g, want %g", i, r[0], r[1], c.d, g, want)
					}
				}
			})
		}
	}
	b.run()
}
