package ops

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// FFTType is a kind of discrete Fourier transform.
type FFTType uint8

const (
	FFTForward     FFTType = iota // complex to complex (JAX's FFT)
	FFTInverse                    // back, divided by the length (IFFT)
	FFTReal                       // real to complex: of the last axis only the half that is not redundant (RFFT)
	FFTRealInverse                // that half back to real (IRFFT)
)

// String is the StableHLO name.
func (t FFTType) String() string {
	if t > FFTRealInverse {
		return fmt.Sprintf("FFTType(%d)", uint8(t))
	}
	return [...]string{"FFT", "IFFT", "RFFT", "IRFFT"}[t]
}

type fft struct {
	Type    FFTType
	Lengths []int
}

func (fft) Name() string { return "fft" }

// FFT is the discrete Fourier transform of x along its last one to three axes, whose lengths (of the real array, for
// the real kinds) are given, as lax.fft. complex64 or complex128; for FFTReal float32 or float64.
func FFT(x *Value, t FFTType, lengths []int) *Value { return one(fft{t, own(lengths)}, x) }

func (o fft) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	x, n := in[0], len(o.Lengths)
	switch {
	case o.Type > FFTRealInverse:
		return nil, fmt.Errorf("%v is no kind of transform", o.Type)
	case n < 1 || n > 3:
		return nil, fmt.Errorf("takes one to three lengths, not %d; transform more axes one after the other, or use "+
			"jnp/fft", n)
	case x.Rank() < n:
		return nil, fmt.Errorf("there are %d lengths for %d axes", n, x.Rank())
	case o.Type == FFTReal && x.DType != ir.Float32 && x.DType != ir.Float64:
		return nil,
			fmt.Errorf("%v takes float32 or float64, not %v; convert first with lax.ConvertElementType", o.Type,
				x.DType)
	case o.Type != FFTReal && !x.DType.IsComplex():
		return nil,
			fmt.Errorf("%v takes complex numbers, not %v; convert first with lax.ConvertElementType", o.Type, x.DType)
	}
	want, out := own(o.Lengths), slices.Concat(x.Shape[:x.Rank()-n], o.Lengths)
	last := &want[n-1]
	half := *last/2 + 1
	d := x.DType
	switch o.Type {
	case FFTReal:
		out[len(out)-1] = half
		d = d.Complex()
	case FFTRealInverse:
		*last = half
		d = d.Real()
	}
	if got := x.Shape[x.Rank()-n:]; !slices.Equal(got, want) && !slices.Contains(out, 0) {
		return nil, fmt.Errorf("the last axes have lengths %s, and a %v of lengths %v takes %s", ir.ShapeString(got),
			o.Type, o.Lengths, ir.ShapeString(want))
	}
	if slices.Min(o.Lengths) < 0 {
		return nil, fmt.Errorf("the lengths %v must not be negative", o.Lengths)
	}
	if *last == 0 || o.Lengths[n-1] == 0 && o.Type == FFTReal {
		out[len(out)-1] = 0
	}
	return []ir.Aval{{Shape: out, DType: d}}, nil
}

func (o fft) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	if out.Size() == 0 || x[0].Aval.Size() == 0 {
		return []trace.Operand{e.Const(ir.FloatLit(0, out.DType), out.Shape)}
	}
	if e.Mesh() == nil {
		if hasKernel(e, fftKernel, x[0].Aval.Size()) && o.factored(true) && !o.long(x[0].Aval, out) {
			return o.byKernel(e, x[0])
		}
		return o.write(e, x)
	}
	// The transformed axes are whole on each device. Where they are gathered, XLA likes their elements in another order
	// than its transform takes.
	axes := arange(out.Rank()-len(o.Lengths), out.Rank())
	y := o.write(e, []trace.Operand{laidRowMajor(e, uncut(e, x[0], axes))})
	return []trace.Operand{uncut(e, laidRowMajor(e, y[0]), axes)}
}

// byKernel writes the transform as a call of the kernel. Where axes were moved to the end for it, they are transformed
// where they were, and moved then: what follows moves them back, and XLA leaves out both.
func (o fft) byKernel(e trace.Emitter, x trace.Operand) []trace.Operand {
	const lines = 8 // next to each other, with which a kernel is as fast as on axes that are moved
	out, first := e.Out()[0], x.Aval.Rank()-len(o.Lengths)
	call := func(x trace.Operand, first int, out ir.Aval) []trace.Operand {
		options := fmt.Sprintf("lengths = array<i64: %s>, kind = %s, first = %s", commas(o.Lengths), i64(int(o.Type)),
			i64(first))
		return callKernel(e, fftKernel, []trace.Operand{x}, options, out)
	}
	op, from := e.Maker(x)
	if t, ok := op.(transpose); ok && o.Type < FFTReal && o.factored(false) {
		axes := t.Perm[first:]
		end := axes[0] + len(axes)
		if slices.Equal(axes, arange(axes[0], end)) && ir.SizeOf(from[0].Aval.Shape[end:]) >= lines {
			y := call(from[0], axes[0], from[0].Aval)
			return lowerFun(e, y, func(v []*Value) []*Value { return []*Value{Transpose(v[0], t.Perm)} })
		}
	}
	return call(x, first, out)
}

// fftLine is the longest line that backend/kernels/fft.c transforms at once. It takes longer ones for matrices.
const fftLine = 4096

// numbers is how many complex numbers a transform of the last axis is one of: real ones go by pairs.
func (o fft) numbers() int {
	n := o.Lengths[len(o.Lengths)-1]
	if o.Type >= FFTReal {
		n /= 2
	}
	return n
}

// factored reports whether the kernel has a plan for the lengths: as products of primes up to 13, each at most fftLine,
// and that of the last axis, where its elements are next to each other, of two such numbers. Real numbers of an odd
// length are no pairs. Where few elements of other axes are next to each other, it is no faster than XLA.
func (o fft) factored(next bool) bool {
	const most, few = 13, 8
	last := len(o.Lengths) - 1
	if next && last > 0 && o.Lengths[last] < few || o.Type >= FFTReal && o.Lengths[last]%2 == 1 {
		return false
	}
	for i, n := range append(own(o.Lengths[:last]), o.numbers()) {
		fits := n <= fftLine
		for d := fftLine; next && i == last && !fits && d > 0 && n/d <= fftLine; d-- {
			fits = n%d == 0
		}
		for p := 2; p <= most; p++ {
			for n%p == 0 {
				n /= p
			}
		}
		if n > 1 || !fits {
			return false
		}
	}
	return true
}

// long reports whether there are many lines that are matrices to the kernel, together larger than the caches. Then XLA
// is as fast or faster, since it reads each line once, from its beginning to its end.
func (o fft) long(x, out ir.Aval) bool {
	const largest = 1 << 15
	n := o.numbers()
	return n > fftLine && n <= largest && x.Bytes()+out.Bytes() > streamBytes
}

func (o fft) write(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.fft", x, fmt.Sprintf("fft_length = %s, fft_type = #stablehlo<fft_type %v>",
		i64s(o.Lengths), o.Type))
}

// laidRowMajor is x with its elements in row-major order in memory.
func laidRowMajor(e trace.Emitter, x trace.Operand) trace.Operand {
	order := arange(0, x.Aval.Rank())
	slices.Reverse(order)
	list := strings.ReplaceAll(fmt.Sprint(order), " ", ", ")
	layout := fmt.Sprintf("[dense<%s> : tensor<%dxindex>]", list, len(order))
	return e.Op("stablehlo.custom_call", []trace.Operand{x}, attrs(`call_target_name = "LayoutConstraint"`,
		"operand_layouts = "+layout, "result_layouts = "+layout), x.Aval)[0]
}

func (o fft) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if d[0] <= x[0].Rank()-1-len(o.Lengths) {
		return c.Self(x...), d
	}
	return c.Self(moveTo(x[0], d[0], 0)), []int{0}
}

func (fft) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) { return jvpLinear(c, x, t) }

// Transpose, in JAX's convention without conjugation: the matrix of the complex transforms is symmetric. Those of real
// numbers are the complex one on half of the elements.
func (o fft) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(g *Value) *Value {
		a, last := x[0].Aval, g.Rank()-1
		if g.Aval().Size() == 0 {
			return Zeros(a)
		}
		n := o.Lengths[len(o.Lengths)-1]
		switch o.Type {
		case FFTReal: // the first elements of the complex transform of a real array
			high := repeated(0, g.Rank())
			high[last] = n - g.Shape()[last]
			g = Pad(g, zeroOf(g), repeated(0, g.Rank()), high, repeated(0, g.Rank()))
			return Real(FFT(g, FFTForward, o.Lengths))
		case FFTRealInverse: // every element but the first, and the middle one of an even number, counts twice
			y := FFT(g, FFTReal, o.Lengths)
			half := a.Shape[last]
			i := Iota(ir.Int32, []int{half}, 0)
			w := Select(Eq(i, ZerosLike(i)), Ones(i.Aval()), FullLike(i, 2))
			if n%2 == 0 {
				w = Select(Eq(i, FullLike(i, float64(half-1))), Ones(i.Aval()), w)
			}
			w = Mul(Convert(w, y.DType()), Full([]int{half}, ir.FloatLit(1/float64(ir.SizeOf(o.Lengths)), y.DType())))
			return Conj(Mul(y, BroadcastInDim(w, y.Shape(), []int{last})))
		}
		return FFT(g, o.Type, o.Lengths)
	})
}
