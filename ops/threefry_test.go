package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// The test vectors of Salmon et al.'s Random123 for threefry2x32 with 20 rounds.
func TestThreefry(t *testing.T) {
	u := func(v ...uint64) arr {
		a := arr{d: ir.Uint32, shape: []int{len(v)}}
		for _, x := range v {
			a.e = append(a.e, ir.UintLit(x, ir.Uint32))
		}
		return a
	}
	f := func(x []*trace.Value) []*trace.Value {
		a, b := ops.Threefry2x32(x[0], x[1], x[2], x[3])
		return []*trace.Value{a, b}
	}
	in := []arr{u(0, 0xffffffff, 0x13198a2e), u(0, 0xffffffff, 0x03707344), u(0, 0xffffffff, 0x243f6a88),
		u(0, 0xffffffff, 0x85a308d3)}
	want := []arr{u(0x6b200159, 0x1cb996fc, 0xc4923a9c), u(0x99ba4efe, 0xbb002be7, 0x483df7a0)}
	bench := newBench(t)
	bench.values(f, in, func(out []arr) {
		for i, got := range out {
			if s := got.closeTo(want[i], 0); s != "" {
				t.Error(s)
			}
		}
	})
	scalars := []arr{nums(ir.Uint32, []int{}, 1), u(3, 4), u(5, 6), nums(ir.Uint32, []int{}, 2)}
	bench.vmap(f, scalars)
	if sample.All() {
		bench.vmap(f, in)
	}
	for _, axes := range [][]int{{0, trace.NotMapped, trace.NotMapped, 1}, {1, 0, 1, 0}} {
		bench.vmapAt(f, in, axes, 2)
	}
	var a []arr
	bench.values(f, scalars, func(got []arr) { a = got })
	bench.values(f, []arr{u(1, 1), u(3, 4), u(5, 6), u(2, 2)}, func(b []arr) {
		if s := a[0].closeTo(b[0], 0) + a[1].closeTo(b[1], 0); s != "" {
			t.Errorf("scalars are not as full arrays: %s", s)
		}
	})
	bench.run()
	x := putAll(scalars)
	fails.With(t, func() { f([]*trace.Value{x[0], x[0], x[0], vec(ir.Int32, 1).put()}) }, "ops.Threefry2x32(uint32[]",
		"uint32", "int32")
	fails.With(t, func() { f([]*trace.Value{x[0], x[1], x[1], u(1, 2, 3).put()}) }, "[2]", "[3]")
}
