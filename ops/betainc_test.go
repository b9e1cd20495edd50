package ops_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestBetaInc(t *testing.T) {
	f := f3(ops.BetaInc)
	b := newBench(t)
	// Against the binomial sum, for whole a and b.
	for _, p := range [][2]int{{1, 1}, {2, 5}, {7, 3}, {20, 30}} {
		for _, x := range []float64{0, 0.1, 0.5, 0.83, 1} {
			n := p[0] + p[1] - 1
			want := 0.0
			for j := p[0]; j <= n; j++ {
				choose := math.Round(math.Gamma(float64(n+1)) / math.Gamma(float64(j+1)) / math.Gamma(float64(n-j+1)))
				want += choose * math.Pow(x, float64(j)) * math.Pow(1-x, float64(n-j))
			}
			in := []arr{vec(ir.Float64, float64(p[0])), vec(ir.Float64, float64(p[1])), vec(ir.Float64, x)}
			b.values(f, in, func(got []arr) {
				if s := got[0].closeTo(vec(ir.Float64, want), 1e-11); s != "" {
					t.Errorf("I_%v(%d, %d): %s", x, p[0], p[1], s)
				}
			})
		}
	}
	in := []arr{vec(ir.Float64, 0.5, 2, 3), vec(ir.Float64, 1.5, 0.7, 40), vec(ir.Float64, 0.3, 0.9, 0.05)}
	b.values(f, in, func([]arr) {})
	b.vmap(f, in)
	g := f1(func(x *trace.Value) *trace.Value {
		three := ops.FullLike(x, 3)
		return ops.BetaInc(three, ops.FullLike(x, 1.25), x)
	})
	b.jvp(g, []arr{vec(ir.Float64, 0.2, 0.5, 0.9)})
	b.run()
	wantFail(t, func() {
		jvpOf(t, program(t, f, avals(in)), putAll(in), []*trace.Value{in[0].put(), nil, nil})
	}, "regularized_incomplete_beta", "no derivative in its first two operands")
}
