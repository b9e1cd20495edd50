package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestFFTRules(t *testing.T) {
	for _, r := range []struct {
		name string
		k    ops.FFTType
		n    []int
		in   arr
	}{
		{"fft", ops.FFTForward, []int{5}, c128([]int{2, 5}, 0)},
		{"ifft", ops.FFTInverse, []int{4}, c128([]int{4}, 0)},
		{"rfft even", ops.FFTReal, []int{4}, f64([]int{2, 4}, 0)},
		{"rfft odd", ops.FFTReal, []int{5}, f64([]int{5}, 0)},
		{"irfft even", ops.FFTRealInverse, []int{6}, c128([]int{2, 4}, 0)},
		{"irfft odd", ops.FFTRealInverse, []int{5}, c128([]int{3}, 0)},
		{"irfft one", ops.FFTRealInverse, []int{1}, c128([]int{1}, 0)},
		{"fft2", ops.FFTForward, []int{2, 3}, c128([]int{2, 2, 3}, 0)},
		{"rfft2", ops.FFTReal, []int{3, 4}, f64([]int{3, 4}, 0)},
		{"irfft3", ops.FFTRealInverse, []int{2, 2, 4}, c128([]int{2, 2, 3}, 0)},
		{"empty", ops.FFTForward, []int{3}, c128([]int{0, 3}, 0)},
	} {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			f := f1(func(x *trace.Value) *trace.Value { return ops.FFT(x, r.k, r.n) })
			in := []arr{r.in}
			onBench(t, func(b *bench) {
				b.values(f, in, func([]arr) {})
				b.vmap(f, in)
				b.jvp(f, in)
				if !strings.HasPrefix(r.name, "irfft") { // these take the redundant imaginary parts as 0
					b.transpose(f, in, 0)
				}
			})
		})
	}
	y := get(ops.FFT(cplx(ir.Complex128, 1, 2i, -1, 0.5).put(), ops.FFTForward, []int{4}))
	if s := y.closeTo(cplx(ir.Complex128, 0.5+2i, 4+0.5i, -0.5-2i, 0-0.5i), 1e-12); s != "" {
		t.Error(s)
	}
	fails.With(t, func() { ops.FFT(vec(ir.Float64, 1, 2).put(), ops.FFTForward, []int{2}) }, "fft", "complex",
		"float64[2]")
	fails.With(t, func() { ops.FFT(vec(ir.Float64, 1, 2).put(), ops.FFTReal, []int{3}) }, "RFFT of lengths [3]")
}
