package ops_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Convolutions of one input feature for each output feature are a kernel's, in every layout, and give what XLA's give;
// those of many features stay XLA's.
func TestConvolutionsByKernel(t *testing.T) {
	nhwc := ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}
	mixed := ops.ConvOptions{Dims: ops.ConvLayout("WCHN", "OWHI", "HNWC"), FeatureGroups: 2}
	for _, c := range []struct {
		x, w   []int
		pad    ops.WindowPadding
		o      ops.ConvOptions
		kernel bool
	}{
		{[]int{1, 1, 40}, []int{1, 1, 7}, ops.PadWith([2]int{6, 6}), ops.ConvOptions{}, true},
		{[]int{2, 3, 40}, []int{6, 1, 7}, ops.PadWith([2]int{-3, 2}), ops.ConvOptions{FeatureGroups: 3}, true},
		{[]int{2, 9, 70, 1}, []int{3, 5, 1, 4}, ops.PadSame, nhwc, true},
		{[]int{30, 2, 9, 3}, []int{4, 3, 2, 1}, ops.PadSame, mixed, true},
		{[]int{2, 9, 28, 1}, []int{3, 5, 1, 16}, ops.PadSame, nhwc, false},
		{[]int{1, 2, 40}, []int{1, 2, 7}, ops.PadSame, ops.ConvOptions{}, false},
	} {
		for _, d := range []ir.DType{ir.Float32, ir.Complex128} {
			numbers := func(shape []int) arr {
				a := ramp(d, 0, 0, shape...)
				for i := range a.e {
					a.e[i] = ir.ComplexLit(complex(float64(i*7%11-5), float64(i*5%7-3)), d)
				}
				return a
			}
			in := []arr{numbers(c.x), numbers(c.w)}
			f := func(x []*trace.Value) []*trace.Value {
				return []*trace.Value{ops.ConvGeneralDilated(x[0], x[1], nil, c.pad, c.o)}
			}
			p, _ := trace.Trace("f", trace.Avals(putAll(in)), f)
			text := lower.Text(p, lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}).Text
			if strings.Contains(string(text), "gojax_convolve") != c.kernel {
				t.Errorf("%v%v * %v is a kernel's: %t", d, c.x, c.w, !c.kernel)
			}
			if got, want := encode(runBoth(t, f, in)[0]), withoutKernels(t, f, in)[0]; !bytes.Equal(got, want) {
				t.Errorf("%v%v * %v: the kernel's result is not XLA's", d, c.x, c.w)
			}
		}
	}
}
