package ops_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

var convRows = []struct {
	name string
	x, w []int
	s    []int
	pad  ops.WindowPadding
	o    ops.ConvOptions
}{
	{name: "1d", x: []int{2, 2, 5}, w: []int{3, 2, 2}, s: []int{2}},
	{name: "same", x: []int{1, 1, 5, 4}, w: []int{2, 1, 2, 3}, s: []int{2, 1}, pad: ops.PadSame},
	{name: "sameLower", x: []int{1, 1, 5, 4}, w: []int{2, 1, 2, 3}, pad: ops.PadSameLower},
	{name: "dilated", x: []int{1, 2, 5}, w: []int{3, 2, 2}, pad: ops.PadWith([2]int{2, 1}),
		o: ops.ConvOptions{LHSDilation: []int{2}, RHSDilation: []int{2}}},
	{name: "cropped", x: []int{1, 2, 6}, w: []int{3, 2, 2}, s: []int{2}, pad: ops.PadWith([2]int{-1, -1})},
	{name: "layout", x: []int{2, 4, 3, 2}, w: []int{2, 2, 2, 3},
		o: ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}},
	{name: "groups", x: []int{1, 4, 4}, w: []int{6, 2, 2}, o: ops.ConvOptions{FeatureGroups: 2}},
	{name: "depthwise", x: []int{2, 3, 4}, w: []int{6, 1, 3}, s: []int{2}, pad: ops.PadSame,
		o: ops.ConvOptions{FeatureGroups: 3}},
	{name: "batchGroups", x: []int{4, 2, 4}, w: []int{6, 2, 2}, o: ops.ConvOptions{BatchGroups: 2}},
	{name: "batchGroupsLayout", x: []int{3, 4, 2}, w: []int{2, 6, 2},
		o: ops.ConvOptions{BatchGroups: 2, Dims: ops.ConvLayout("WNC", "IOW", "CWN")}},
	{name: "no space", x: []int{2, 3}, w: []int{4, 3}},
	{name: "nothing left", x: []int{1, 1, 2}, w: []int{1, 1, 3}},
}

func TestConvRules(t *testing.T) {
	for _, r := range convRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f := f2(func(x, w *trace.Value) *trace.Value { return ops.ConvGeneralDilated(x, w, r.s, r.pad, r.o) })
			in := []arr{f64(r.x, 0), f64(r.w, 1)}
			onBench(t, func(b *bench) {
				b.again = !slices.Contains([]string{"dilated", "groups", "batchGroups"}, r.name)
				b.values(f, in, func([]arr) {})
				// Not by vmap: all axes of both operands, of every row, are minutes of compiling.
				last := len(r.x)
				for _, axes := range [][]int{{0, trace.NotMapped}, {last, trace.NotMapped}, {trace.NotMapped, 0},
					{trace.NotMapped, 1}, {0, 0}, {1, last}} {
					b.vmapAt(f, in, axes, 2)
				}
				b.vmapAt(f, in, []int{0, 0}, 0)
				b.jvp(f, in)
				b.transpose(f, in, 0)
				b.transpose(f, in, 1)
			})
		})
	}
	f := f2(func(x, w *trace.Value) *trace.Value { return ops.ConvGeneralDilated(x, w, nil, ops.PadValid) })
	in := []arr{c128([]int{1, 2, 4}, 0), c128([]int{1, 2, 2}, 1)}
	y := runBoth(t, f, in)[0]
	var want complex128
	for i, k := range [][2]int{{0, 0}, {1, 1}, {4, 2}, {5, 3}} {
		_ = i
		want += in[0].e[k[0]].Complex() * in[1].e[k[1]].Complex()
	}
	if d := y.e[0].Complex() - want; math.Abs(real(d))+math.Abs(imag(d)) > 1e-12 {
		t.Errorf("a complex convolution begins with %v, want %v", y.e[0], want)
	}
	checkJVP(t, f, in)
	checkTranspose(t, f, in, 0)
	checkTranspose(t, f, in, 1)
}

func ExampleConvGeneralDilated() {
	x := value([][][]float32{{{1, 2, 3, 4}}}) // batch, feature, position
	w := value([][][]float32{{{1, -1}}})      // output feature, input feature, position
	show(ops.ConvGeneralDilated(x, w, nil, ops.PadValid))
	// Output: [[[-1. -1. -1.]]]
}

func ExampleConvTranspose() {
	x := value([][][]float32{{{1}, {2}}}) // batch, position, feature
	w := value([][][]float32{{{1}}, {{1}}})
	show(ops.Reshape(ops.ConvTranspose(x, w, []int{2}, ops.PadSame), []int{4}))
	// Output: [1. 1. 2. 2.]
}

func ExampleConvShape() {
	layout := ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}
	fmt.Println(ops.ConvShape([]int{8, 32, 32, 3}, []int{3, 3, 3, 16}, []int{2, 2}, ops.PadSame, layout))
	// Output: [8 16 16 16]
}

func ExampleConvTransposeShape() {
	fmt.Println(ops.ConvTransposeShape([]int{8, 16, 16, 4}, []int{3, 3, 4, 3}, []int{2, 2}, ops.PadSame))
	// Output: [8 32 32 3]
}
