package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
)

// TestSpecial compares the functions with values of 20 digits in all dtypes, and their rules with differences and
// stacked loops.
func TestSpecial(t *testing.T) {
	b := newBench(t)
	for _, r := range []struct {
		name string
		f    fn
		in   [][]float64 // by operand
		want []float64
	}{
		{"gamma", f1(ops.Gamma), [][]float64{{0.5, -2.5, 10}}, []float64{1.7724538509055160273, -0.94530872048294188123,
			362880}},
		{"erf_inv", f1(ops.ExactErfInv), [][]float64{{0.25, -0.75}}, []float64{0.22531205501217810472,
			-0.81341984759761854169}},
		{"rel_entr", f2(ops.RelEntr), [][]float64{{0.5, 2}, {0.75, 0.5}}, []float64{-0.20273255405408219099,
			2.7725887222397812377}},
		{"kl_div", f2(ops.KLDiv), [][]float64{{0.5, 2}, {0.75, 0.5}}, []float64{0.047267445945917809011,
			1.2725887222397812377}},
		{"poisson_term", f2(ops.PoissonTerm), [][]float64{{3, 2.5}, {2, 4}}, []float64{0.18044704431548358919,
			0.17635827502158552625}},
		{"gamma_density", f2(ops.GammaDensity), [][]float64{{3, 0.5}, {2, 4}}, []float64{0.27067056647322538379,
			0.0051667463385230134643}},
		{"beta_density", f3(ops.BetaDensity), [][]float64{{3, 0.5}, {2, 8}, {0.25, 0.5}}, []float64{0.5625,
			0.017357758090726598051}},
		{"digamma_difference", f2(ops.DigammaDifference), [][]float64{{3, 0.5}, {2, 8}},
			[]float64{0.58333333333333333333,
				4.0436008436008436008}},
		{"log_beta", f2(ops.LogBeta), [][]float64{{3, 8}, {2, 1}}, []float64{-2.4849066497880003102,
			-2.0794415416798359283}},
		{"beta", f2(ops.Beta), [][]float64{{3, -1.5}, {2, 3}}, []float64{0.083333333333333333333,
			5.3333333333333333333}},
		{"poch", f2(ops.Poch), [][]float64{{3, -2.5}, {2, 2}}, []float64{12, 3.75}},
		{"comb", f2(ops.Comb), [][]float64{{6, 5.5}, {2, 2.5}}, []float64{15, 14.4375}},
		{"zeta", f2(ops.ZetaOfBoth), [][]float64{{2, 3.5}, {1, 2}}, []float64{1.6449340668482264365,
			0.12673386731705664642}},
	} {
		dtypes := floats[len(floats)-1:]
		if sample.All() {
			dtypes = floats
		}
		for _, d := range dtypes {
			in, want := make([]arr, len(r.in)), vec(d, r.want...)
			for i, v := range r.in {
				in[i] = vec(d, v...)
			}
			b.values(r.f, in, func(got []arr) {
				if s := got[0].closeTo(want, tolOf(d)); s != "" {
					t.Errorf("%s of %v: %s", r.name, d, s)
				}
			})
			if d == ir.Float64 {
				b.vmap(r.f, in)
				b.jvp(r.f, in)
			}
		}
	}
	b.run()
	fails.With(t, func() { ops.LogBeta(vec(ir.Float64, 1).put(), vec(ir.Float32, 1).put()) }, "special", "float32")
}
