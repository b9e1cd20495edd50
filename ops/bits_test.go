package ops_test

import (
	"math/bits"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// Bits of 64-bit integers are exact.
func TestBits(t *testing.T) {
	words := []uint64{0, 1, 0x8000000000000000, 0xdeadbeefcafebabe, ^uint64(0)}
	for _, d := range sampleOf(ints) {
		in := arr{d: d, shape: []int{len(words)}}
		pop, clz, not := in, in, in
		n := d.Bits()
		for _, w := range words {
			w &= ^uint64(0) >> (64 - n)
			in.e = append(in.e, ir.IntLit(int64(w), d))
			pop.e = append(pop.e, ir.IntLit(int64(bits.OnesCount64(w)), d))
			clz.e = append(clz.e, ir.IntLit(int64(bits.LeadingZeros64(w)-64+n), d))
			not.e = append(not.e, ir.IntLit(int64(^w), d))
		}
		for _, c := range []struct {
			name string
			f    func(x *trace.Value) *trace.Value
			want arr
		}{{"population_count", ops.PopulationCount, pop}, {"clz", ops.CLZ, clz}, {"not", ops.Not, not}} {
			if s := runBoth(t, f1(c.f), []arr{in})[0].closeTo(c.want, 0); s != "" {
				t.Errorf("%s of %v: %s", c.name, d, s)
			}
		}
	}
	if s := runBoth(t, f1(ops.Not), []arr{vec(ir.Bool, 1, 0)})[0].closeTo(vec(ir.Bool, 0, 1), 0); s != "" {
		t.Error(s)
	}
	fails.With(t, func() { ops.CLZ(vec(ir.Float32, 1).put()) }, "ops.CLZ(float32[1])", "integer")
}
