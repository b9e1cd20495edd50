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

// Convolutions along two axes at most are kernels', in every layout, and give what XLA's give. Those of one feature of
// many are XLA's, and those along more axes.
func TestConvolutionsByKernel(t *testing.T) {
	nhwc := ops.ConvOptions{Dims: ops.ConvLayout("NHWC", "HWIO", "NHWC")}
	mixed := ops.ConvOptions{Dims: ops.ConvLayout("WCHN", "OWHI", "HNWC"), FeatureGroups: 2}
	apart := ops.ConvOptions{LHSDilation: []int{2, 3}, RHSDilation: []int{3, 2}}
	const none, planes, features = "", `"gojax_convolve"`, `"gojax_convolve_features"`
	pad := func(p ...[2]int) ops.WindowPadding { return ops.PadWith(p...) }
	for _, c := range []struct {
		x, w, strides []int
		pad           ops.WindowPadding
		o             ops.ConvOptions
		kernel        string
	}{
		{[]int{1, 1, 40}, []int{1, 1, 7}, nil, pad([2]int{6, 6}), ops.ConvOptions{}, planes},
		{[]int{2, 3, 40}, []int{6, 1, 7}, nil, pad([2]int{-3, 2}), ops.ConvOptions{FeatureGroups: 3}, planes},
		{[]int{2, 9, 70, 1}, []int{3, 5, 1, 3}, nil, ops.PadSame, nhwc, planes},
		{[]int{2, 9, 70, 1}, []int{3, 5, 1, 4}, nil, ops.PadSame, nhwc, features},
		{[]int{30, 2, 9, 3}, []int{4, 3, 2, 1}, nil, ops.PadSame, mixed, planes},
		{[]int{2, 9, 28, 1}, []int{3, 5, 1, 16}, nil, ops.PadSame, nhwc, features},
		{[]int{2, 9, 28, 6}, []int{3, 5, 6, 33}, []int{2, 1}, ops.PadSame, nhwc, features},
		{[]int{1, 4, 40}, []int{5, 4, 7}, []int{3}, ops.PadSame, ops.ConvOptions{}, features},
		{[]int{4, 7}, []int{5, 7}, nil, pad(), ops.ConvOptions{}, features},
		{[]int{3, 12, 9, 8}, []int{8, 3, 3, 2}, []int{1, 2}, ops.PadSame, ops.ConvOptions{FeatureGroups: 4}, features},
		{[]int{8, 6, 9, 8}, []int{12, 6, 3, 2}, []int{2, 2}, ops.PadSame, ops.ConvOptions{BatchGroups: 4}, features},
		{[]int{2, 5, 7, 6}, []int{6, 5, 3, 4}, []int{2, 2}, pad([2]int{7, 2}, [2]int{-2, 9}), apart, features},
		{[]int{1, 2, 40}, []int{1, 2, 7}, nil, ops.PadSame, ops.ConvOptions{}, none},
		{[]int{1, 2, 40}, []int{3, 2, 7}, nil, ops.PadSame, ops.ConvOptions{}, features},
		{[]int{2, 3, 4, 5, 6}, []int{8, 3, 2, 3, 2}, nil, ops.PadSame, ops.ConvOptions{}, none},
		{[]int{2, 5, 7, 6}, []int{6, 5, 3, 4}, nil, pad([2]int{7, 2}, [2]int{-2, 9}),
			ops.ConvOptions{LHSDilation: []int{20, 13}}, none},
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
				return []*trace.Value{ops.ConvGeneralDilated(x[0], x[1], c.strides, c.pad, c.o)}
			}
			p, _ := trace.Trace("f", trace.Avals(putAll(in)), f)
			text := lower.Text(p, lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}).Text
			for _, k := range []string{planes, features} {
				if strings.Contains(string(text), k) != (k == c.kernel) {
					t.Errorf("%v%v * %v by %s: %t", d, c.x, c.w, k, k != c.kernel)
				}
			}
			if got, want := encode(runBoth(t, f, in)[0]), withoutKernels(t, f, in)[0]; !bytes.Equal(got, want) {
				t.Errorf("%v%v * %v: the kernel's result is not XLA's", d, c.x, c.w)
			}
		}
	}
}
