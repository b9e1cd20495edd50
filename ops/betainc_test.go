package ops_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestBetaInc(t *testing.T) {
	f := f3(ops.BetaInc)
	b := newBench(t)
	// Against the binomial sum, for whole a and b.
	for _, p := range [][2]int{{1, 1}, {2, 5}, {7, 3}, {20, 30}} {
		x := []float64{0, 0.1, 0.5, 0.83, 1}
		same := func(v int) arr { return vec(ir.Float64, slices.Repeat([]float64{float64(v)}, len(x))...) }
		var want []float64
		for _, x := range x {
			n := p[0] + p[1] - 1
			sum := 0.0
			for j := p[0]; j <= n; j++ {
				choose := math.Round(math.Gamma(float64(n+1)) / math.Gamma(float64(j+1)) / math.Gamma(float64(n-j+1)))
				sum += choose * math.Pow(x, float64(j)) * math.Pow(1-x, float64(n-j))
			}
			want = append(want, sum)
		}
		b.values(f, []arr{same(p[0]), same(p[1]), vec(ir.Float64, x...)}, func(got []arr) {
			if s := got[0].closeTo(vec(ir.Float64, want...), 1e-11); s != "" {
				t.Errorf("I_%v(%d, %d): %s", x, p[0], p[1], s)
			}
		})
	}
	in := []arr{vec(ir.Float64, 0.5, 2, 3, 1, 4), vec(ir.Float64, 1.5, 0.7, 40, 2, 1),
		vec(ir.Float64, 0.3, 0.9, 0.05, 0.6, 0.2)}
	b.values(f, in, func([]arr) {})
	if sample.All() {
		b.vmap(f, in)
	}
	// The rule is that of all elementwise operations; a program of it is a long loop.
	for _, size := range []int{2, 0} {
		b.vmapAt(f, in, []int{0, trace.NotMapped, 1}, size)
	}
	b.vmapAt(f, in, []int{trace.NotMapped, 0, trace.NotMapped}, 2)
	g := f1(func(x *trace.Value) *trace.Value {
		three := ops.FullLike(x, 3)
		return ops.BetaInc(three, ops.FullLike(x, 1.25), x)
	})
	b.jvp(g, []arr{vec(ir.Float64, 0.2, 0.5, 0.9)})
	b.run()
	fails.With(t, func() {
		jvpOf(t, program(t, f, avals(in)), putAll(in), []*trace.Value{in[0].put(), nil, nil})
	}, "regularized_incomplete_beta", "no derivative in its first two operands")
}
