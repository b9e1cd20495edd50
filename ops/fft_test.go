package ops_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lower"
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

// Lengths of small primes are a kernel's on CPUs, where the axes are too, and give what XLA's transforms give. The
// others, and what a mesh has a part of, stay XLA's.
func TestFFTByKernel(t *testing.T) {
	last := func(k ops.FFTType, n ...int) func(x *trace.Value) *trace.Value {
		return func(x *trace.Value) *trace.Value { return ops.FFT(x, k, n) }
	}
	moved := func(n int, order ...int) func(x *trace.Value) *trace.Value {
		return func(x *trace.Value) *trace.Value { return ops.FFT(ops.Transpose(x, order), ops.FFTInverse, []int{n}) }
	}
	large := 1 << 12
	for _, c := range []struct {
		name   string
		in     arr
		f      func(x *trace.Value) *trace.Value
		kernel bool
		first  string // of the axes, for the kernel
	}{
		{"fft", c128([]int{3, 60}, 0), last(ops.FFTForward, 60), true, "1"},
		{"fft2", c128([]int{3, 10, 26}, 0), last(ops.FFTForward, 10, 26), true, "1"},
		{"large", c128([]int{2 * large}, 0), last(ops.FFTInverse, 2*large), true, "0"},
		{"a prime", c128([]int{3, 34}, 0), last(ops.FFTForward, 34), false, ""},
		{"a large prime", c128([]int{2 * 4099}, 0), last(ops.FFTForward, 2*4099), false, ""},
		{"few columns", c128([]int{20, 7}, 0), last(ops.FFTForward, 20, 7), false, ""},
		{"long columns", c128([]int{2 * large, 8}, 0), last(ops.FFTForward, 2*large, 8), false, ""},
		{"rfft", f64([]int{3, 60}, 0), last(ops.FFTReal, 60), true, "1"},
		{"rfft odd", f64([]int{3, 15}, 0), last(ops.FFTReal, 15), false, ""},
		{"rfft3", f64([]int{2, 3, 12}, 0), last(ops.FFTReal, 2, 3, 12), true, "0"},
		{"irfft2", c128([]int{12, 8}, 0), last(ops.FFTRealInverse, 12, 14), true, "0"},
		{"first axis", c128([]int{20, 9}, 0), moved(20, 1, 0), true, "0"},
		{"middle axis", c128([]int{2, 20, 9}, 0), moved(20, 0, 2, 1), true, "1"},
		{"of few lines", c128([]int{20, 3}, 0), moved(20, 1, 0), true, "1"},
		{"long, of lines", c128([]int{2 * large, 8}, 0), moved(2*large, 1, 0), true, "1"},
		{"turned", c128([]int{3, 20, 9}, 0), moved(20, 2, 0, 1), true, "1"},
	} {
		f := f1(c.f)
		p, _ := trace.Trace("f", trace.Avals(putAll([]arr{c.in})), f)
		text := string(lower.Text(p, lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}).Text)
		if strings.Contains(text, "gojax_fft") != c.kernel {
			t.Errorf("%s is a kernel's: %t", c.name, !c.kernel)
		} else if c.kernel && !strings.Contains(text, "first = "+c.first+" ") {
			t.Errorf("%s: the axes do not begin at %s:\n%s", c.name, c.first, text)
		}
		want := runBoth(t, f, []arr{c.in})[0]
		if s := want.decode(withoutKernels(t, f, []arr{c.in})[0]).closeTo(want, 1e-11); s != "" {
			t.Errorf("%s: %s", c.name, s)
		}
	}
	many := ir.Aval{Shape: []int{300, 8192}, DType: ir.Complex64}
	for shape, kernel := range map[*ir.Aval]bool{&many: false, {Shape: []int{1 << 22}, DType: ir.Complex64}: true} {
		n := shape.Shape[shape.Rank()-1]
		p, _ := trace.Trace("f", []ir.Aval{*shape}, f1(last(ops.FFTForward, n)))
		o := lower.Options{Platform: "cpu", HasKernel: func(string) bool { return true }}
		if strings.Contains(string(lower.Text(p, o).Text), "gojax_fft") != kernel {
			t.Errorf("%v is a kernel's: %t", shape, !kernel)
		}
	}
}
