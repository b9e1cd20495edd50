package kernels

import (
	"fmt"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// A transform is one of those that gk_fft knows: 0 forward, 1 back, 2 of real numbers, 3 back to them.
type transform struct {
	kind, batch int
	lengths     []int
}

const fftBack, fftReal, fftRealBack = 1, 2, 3

func (f transform) half() []int {
	h := slices.Clone(f.lengths)
	h[len(h)-1] = h[len(h)-1]/2 + 1
	return h
}

func (f transform) in() []int {
	if f.kind == fftRealBack {
		return f.half()
	}
	return f.lengths
}

func (f transform) out() []int {
	if f.kind == fftReal {
		return f.half()
	}
	return f.lengths
}

func (f transform) attributes() string {
	return fmt.Sprintf("lengths = array<i64: %s>, kind = %d : i64",
		strings.Trim(strings.ReplaceAll(fmt.Sprint(f.lengths), " ", ", "), "[]"), f.kind)
}

// at is one element of what x, of one transform, becomes: the sum that defines it.
func (f transform) at(x []complex128, place int) complex128 {
	in, out := f.in(), f.out()
	last := len(in) - 1
	at := make([]int, len(in))
	for a := last; a >= 0; a-- {
		at[a], place = place%out[a], place/out[a]
	}
	waves := make([][]complex128, len(in))
	for a, n := range f.lengths {
		waves[a] = make([]complex128, in[a])
		for k := range waves[a] {
			sin, cos := math.Sincos(2 * math.Pi * float64(k*at[a]%n) / float64(n))
			waves[a][k] = complex(cos, -sin)
			if f.kind%2 == fftBack {
				waves[a][k] = complex(cos, sin) / complex(float64(n), 0)
			}
			if f.kind == fftRealBack && a == last && k > 0 && 2*k < n {
				waves[a][k] *= 2 // for the one that is left out, whose real part is the same
			}
		}
	}
	var sum complex128
	for i, v := range x {
		for a := last; a >= 0; a-- {
			v *= waves[a][i%in[a]]
			i /= in[a]
		}
		sum += v
	}
	if f.kind == fftRealBack {
		return complex(real(sum), 0)
	}
	return sum
}

// check runs f on random numbers and compares some elements, of all transforms of small arrays all, with what
// they should be.
func (f transform) check(t *testing.T, r *rand.Rand, wide bool) {
	t.Helper()
	d := ir.Complex64
	if wide {
		d = ir.Complex128
	}
	n, m := ir.SizeOf(f.in()), ir.SizeOf(f.out())
	x := make([]complex128, f.batch*n)
	for i := range x {
		x[i] = complex(float64(float32(r.NormFloat64())), float64(float32(r.NormFloat64())))
		if f.kind == fftReal {
			x[i] = complex(real(x[i]), 0)
		}
	}
	shape := append([]int{f.batch}, f.in()...)
	out := ir.Aval{Shape: append([]int{f.batch}, f.out()...), DType: d}
	if f.kind == fftRealBack {
		out.DType = d.Real()
	}
	got, err := run(t, "gojax_fft", f.attributes(), []ir.HostArray{numbersFor(x, f.kind == fftReal, wide, shape)},
		[]ir.Aval{out})
	if err != nil {
		t.Fatalf("%v of %v: %v", f, d, err)
	}
	y := complexOf(got[0], f.batch*m, f.kind == fftRealBack, wide)
	size := 0.0
	for _, v := range y {
		size += real(v)*real(v) + imag(v)*imag(v)
	}
	size = math.Sqrt(size / float64(len(y)))
	tolerance := 3e-6 * (size + 1e-30)
	if wide {
		tolerance = 1e-14 * (size + 1e-30) * math.Max(1, math.Sqrt(float64(n))/50) // the sums are rounded too
	}
	looks := min(len(y), max(8, 1<<16/n))
	for i := range looks {
		at := i
		if looks < len(y) {
			at = r.IntN(len(y))
		}
		line := x[at/m*n : (at/m+1)*n]
		if want := f.at(line, at%m); !(math.Hypot(real(y[at]-want), imag(y[at]-want)) <= tolerance) {
			t.Errorf("%v of %v: element %d is %v, want %v", f, d, at, y[at], want)
			return
		}
	}
}

func numbersFor(x []complex128, reals, wide bool, shape []int) ir.HostArray {
	host := func(d ir.DType, a ir.HostArray) ir.HostArray {
		a.Aval = ir.Aval{Shape: shape, DType: d}
		return a
	}
	switch {
	case reals && wide:
		return host(ir.Float64, hostOf(ir.Float64, converted(x, func(v complex128) float64 { return real(v) }), len(x)))
	case reals:
		return host(ir.Float32, hostOf(ir.Float32, converted(x, func(v complex128) float32 { return float32(real(v)) }),
			len(x)))
	case wide:
		return host(ir.Complex128, hostOf(ir.Complex128, x, len(x)))
	}
	return host(ir.Complex64, hostOf(ir.Complex64, converted(x, func(v complex128) complex64 { return complex64(v) }),
		len(x)))
}

func complexOf(data []byte, n int, reals, wide bool) []complex128 {
	switch {
	case reals && wide:
		return converted(numbersOf[float64](data, n), func(v float64) complex128 { return complex(v, 0) })
	case reals:
		return converted(numbersOf[float32](data, n), func(v float32) complex128 { return complex(float64(v), 0) })
	case wide:
		return numbersOf[complex128](data, n)
	}
	return converted(numbersOf[complex64](data, n), func(v complex64) complex128 { return complex128(v) })
}

func converted[A, B any](x []A, f func(A) B) []B {
	y := make([]B, len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return y
}

// Lengths of every radix, lines of a vector's lanes and not, matrices of lines, and several axes.
func TestFFT(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 18))
	var all []transform
	add := func(batch int, lengths ...int) {
		for kind := range 4 {
			f := transform{kind, batch, slices.Clone(lengths)}
			if kind >= fftReal {
				f.lengths[len(lengths)-1] *= 2
			}
			all = append(all, f)
		}
	}
	for i, n := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 30, 32, 49, 64, 77, 100, 121, 128, 169, 210,
		360, 512, 1000} {
		add([]int{1, 5, 16, 23, 40}[i%5], n)
	}
	add(1, 64)
	add(2, 1024)
	add(16, 2048)
	add(1, 4096)
	add(3, 4620)
	add(2, 1<<15)
	add(1, 50000)
	add(1, 100000)
	add(1, 1<<18)
	add(2, 4, 6)
	add(1, 30, 50)
	add(2, 26, 3)
	add(1, 20, 1)
	add(3, 1, 18)
	add(2, 3, 4, 20)
	add(1, 9, 10, 7)
	for i, f := range all { // each length in both precisions, each kind in one
		f.check(t, r, (i/4+i)%2 == 0)
	}
}

// A number that is not finite makes one transform of a batch so, and no other.
func TestFFTNotFinite(t *testing.T) {
	x := make([]complex64, 20*12)
	x[7*12+3] = complex(float32(math.NaN()), 0)
	of := ir.Aval{Shape: []int{20, 12}, DType: ir.Complex64}
	got, err := run(t, "gojax_fft", transform{0, 20, []int{12}}.attributes(),
		[]ir.HostArray{{Aval: of, Data: hostOf(of.DType, x, len(x)).Data}}, []ir.Aval{of})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range numbersOf[complex64](got[0], 240) {
		if nan := cmplx.IsNaN(complex128(v)); nan != (i/12 == 7) {
			t.Errorf("element %d is %v", i, v)
		}
	}
}

// Plans are made for more lengths than are kept: one number becomes a wave.
func TestFFTPlans(t *testing.T) {
	for range 2 {
		for _, n := range []int{1 << 20, 3 << 18, 5 << 18, 7 << 17, 9 << 17, 11 << 16, 13 << 16, 15 << 16} {
			x := make([]complex128, n)
			x[1] = 1
			of := ir.Aval{Shape: []int{n}, DType: ir.Complex128}
			got, err := run(t, "gojax_fft", transform{0, 1, of.Shape}.attributes(),
				[]ir.HostArray{hostOf(of.DType, x, n)}, []ir.Aval{of})
			if err != nil {
				t.Fatal(err)
			}
			y := numbersOf[complex128](got[0], n)
			for k := 0; k < n; k += n/1000 + 1 {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
				if want := complex(cos, -sin); !(math.Hypot(real(y[k]-want), imag(y[k]-want)) < 5e-15) {
					t.Fatalf("%d: element %d is %v, want %v", n, k, y[k], want)
				}
			}
		}
	}
}

// What the kernel has no transform for is an error: nothing is read or written beyond the arrays.
func TestImpossibleFFTs(t *testing.T) {
	array := func(d ir.DType, shape ...int) ir.HostArray {
		return ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}, Data: make([]byte, ir.SizeOf(shape)*d.Size())}
	}
	eight := array(ir.Complex64, 8)
	for _, c := range []struct {
		kind    int
		lengths []int
		x, y    ir.HostArray
		says    string
	}{
		{4, []int{8}, eight, eight, "no such transform"},
		{-1, []int{8}, eight, eight, "no such transform"},
		{0, []int{1, 1, 1, 8}, array(ir.Complex64, 1, 1, 1, 8), array(ir.Complex64, 1, 1, 1, 8), "no such transform"},
		{0, []int{7}, eight, eight, "shapes"},
		{0, []int{8}, eight, array(ir.Complex64, 9), "shapes"},
		{0, []int{8}, array(ir.Complex64, 2, 8), array(ir.Complex64, 3, 8), "shapes"},
		{0, []int{2, 8}, eight, eight, "axes"},
		{0, []int{8}, eight, array(ir.Complex128, 8), "types"},
		{0, []int{8}, array(ir.Float32, 8), eight, "types"},
		{2, []int{8}, array(ir.Float32, 8), eight, "shapes"},
		{2, []int{8}, array(ir.Float32, 8), array(ir.Complex128, 5), "types"},
		{2, []int{9}, array(ir.Float32, 9), array(ir.Complex64, 5), "lengths"},
		{3, []int{9}, array(ir.Complex64, 5), array(ir.Float32, 9), "lengths"},
		{0, []int{17}, array(ir.Complex64, 17), array(ir.Complex64, 17), "no plan"},
		{0, []int{1 << 13, 2}, array(ir.Complex64, 1<<13, 2), array(ir.Complex64, 1<<13, 2), "no plan"},
	} {
		_, err := run(t, "gojax_fft", transform{c.kind, 1, c.lengths}.attributes(), []ir.HostArray{c.x},
			[]ir.Aval{c.y.Aval})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("kind %d, lengths %v of %v: %v, want %q", c.kind, c.lengths, c.x.Aval, err, c.says)
		}
	}
}
