package kernels

import (
	"bytes"
	"fmt"
	"math"
	"math/big"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/sample"
)

// along calls f for each vector along the middle of three axes, with where its elements are, the last first in reverse.
func along(shape []int, reverse bool, f func(at []int)) {
	at := make([]int, shape[1])
	for i := range shape[0] {
		for j := range shape[2] {
			for k := range at {
				at[k] = (i*shape[1]+k)*shape[2] + j
			}
			if reverse {
				slices.Reverse(at)
			}
			f(at)
		}
	}
}

// cumulativeShapes have rows that are computed several at once, those that are cut, and those that threads share;
// columns; and nothing.
var cumulativeShapes = [][]int{{1, 1, 1}, {11, 1, 1}, {3, 2, 1}, {9, 63, 1}, {2, 64, 1}, {3, 515, 1}, {1, 4097, 1},
	{1, 70001, 1}, {40, 5001, 1}, {2, 5, 3}, {1, 60, 1200}, {3, 700, 100}, {0, 3, 1}, {2, 0, 3}, {2, 3, 0}}

func cumulative(t *testing.T, a ir.HostArray, operation int, reverse bool) []byte {
	t.Helper()
	r := 0
	if reverse {
		r = 1
	}
	got, err := run(t, "gojax_cumulative", fmt.Sprintf("operation = %d : i64, axis = 1 : i64, reverse = %d : i64",
		operation, r), []ir.HostArray{a}, []ir.Aval{a.Aval})
	if err != nil {
		t.Fatal(err)
	}
	return got[0]
}

// Integers wrap around, and extremes are elements; NaN is the one that others become.
func TestCumulativeExactly(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var kinds sample.Kinds
	for _, d := range everyType[1:13] {
		for i, shape := range cumulativeShapes {
			if !kinds.Add(fmt.Sprint(d.Bits(), shape)) {
				continue
			}
			for operation := range 4 {
				if d.IsFloat() && operation < 2 {
					continue
				}
				a, reverse := random(r, d, shape...), (i+operation)%2 == 0
				want := make([]byte, len(a.Data))
				along(shape, reverse, func(at []int) {
					var seen []byte
					for _, k := range at {
						seen = combined(d, operation, seen, element(a, k))
						copy(want[k*len(seen):], seen)
					}
				})
				if got := cumulative(t, a, operation, reverse); !bytes.Equal(got, want) {
					t.Errorf("%v, operation %d, reverse %t: %s", a.Aval, operation, reverse, differ(got, want))
				}
			}
		}
	}
}

// combined is what an operation makes of x and y; of y alone, where x is nil, its bits.
func combined(d ir.DType, operation int, x, y []byte) []byte {
	if operation >= 2 && holdsNaN(d, y) {
		l := ir.FloatLit(math.NaN(), d)
		z := binary(l.Lo, len(y))
		if operation == 3 {
			z[len(z)-1] |= 0x80
		}
		return z
	}
	if x == nil || operation >= 2 && holdsNaN(d, x) {
		return append(x, y...)[:len(y)]
	}
	switch operation {
	case 0:
		return binary(wordOf(x)+wordOf(y), len(y))
	case 1:
		return binary(wordOf(x)*wordOf(y), len(y))
	}
	c := compare(d, x, y)
	if c == 0 && d.IsFloat() { // zeros
		c = -int(int8(x[len(x)-1]&0x80>>7)) + int(int8(y[len(y)-1]&0x80>>7))
	}
	if operation == 3 {
		c = -c
	}
	if c >= 0 {
		return x
	}
	return y
}

// wordOf is the number whose bytes b are, the least one first; binary the other way round.
func wordOf(b []byte) (n uint64) {
	for i, v := range b {
		n |= uint64(v) << (8 * i)
	}
	return n
}

func binary(v uint64, width int) []byte {
	var b []byte
	for i := range width {
		b = append(b, byte(v>>(8*i)))
	}
	return b
}

// hostOf is an array of Go's numbers.
func hostOf[T any](d ir.DType, x []T, shape ...int) ir.HostArray {
	a := ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}}
	if len(x) > 0 {
		a.Data = slices.Clone(unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), a.Bytes()))
	}
	return a
}

func numbersOf[T any](b []byte, n int) []T {
	out := make([]T, n)
	if n > 0 {
		copy(unsafe.Slice((*byte)(unsafe.Pointer(&out[0])), len(b)), b)
	}
	return out
}

// Sums are the exact ones, rounded, however long the axis is and although much of them cancels.
func TestCumulativeSums(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for i, shape := range cumulativeShapes {
		n, reverse := ir.SizeOf(shape), i%2 == 0
		x, y := make([]float64, n), make([]float32, n)
		for k := range x {
			x[k] = r.NormFloat64() * math.Ldexp(1, r.IntN(20))
			y[k] = float32(r.NormFloat64())
		}
		got := numbersOf[float64](cumulative(t, hostOf(ir.Float64, x, shape...), 0, reverse), n)
		got32 := numbersOf[float32](cumulative(t, hostOf(ir.Float32, y, shape...), 0, reverse), n)
		along(shape, reverse, func(at []int) {
			sum, sum32 := new(big.Float).SetPrec(300), new(big.Float).SetPrec(300)
			for _, k := range at {
				sum.Add(sum, big.NewFloat(x[k]))
				sum32.Add(sum32, big.NewFloat(float64(y[k])))
				if want, _ := sum.Float64(); math.Abs(got[k]-want) > 0x1p-52*math.Abs(want) {
					t.Fatalf("float64%v, element %d: %v, want %v", shape, k, got[k], want)
				}
				if want, _ := sum32.Float32(); math.Abs(float64(got32[k]-want)) > 0x1p-23*math.Abs(float64(want)) {
					t.Fatalf("float32%v, element %d: %v, want %v", shape, k, got32[k], want)
				}
			}
		})
	}
}

// Complex sums, and products, which go on behind infinities and zeros in their order.
func TestCumulativeProducts(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	near := func(x, y complex128) bool { return cmplx.Abs(x-y) <= 1e-5*(1+cmplx.Abs(y)) }
	for i, shape := range cumulativeShapes {
		if len(shape) > 0 && shape[1] > 5000 {
			shape = []int{1, 5000, 1}
		}
		n, reverse := ir.SizeOf(shape), i%2 == 0
		x, y := make([]complex128, n), make([]complex64, n)
		real32, real64 := make([]float32, n), make([]float64, n)
		for k := range x {
			x[k] = cmplx.Rect(1+1e-3*r.NormFloat64(), r.Float64()*7)
			y[k] = complex64(x[k])
			real64[k] = math.Copysign(cmplx.Abs(x[k]), real(x[k]))
			real32[k] = float32(real64[k])
		}
		var got [6][]complex128
		widen := func(x []complex64) (z []complex128) {
			for _, v := range x {
				z = append(z, complex128(v))
			}
			return z
		}
		for operation := range 2 {
			a, b := hostOf(ir.Complex128, x, shape...), hostOf(ir.Complex64, y, shape...)
			got[operation] = numbersOf[complex128](cumulative(t, a, operation, reverse), n)
			got[2+operation] = widen(numbersOf[complex64](cumulative(t, b, operation, reverse), n))
		}
		for _, v := range numbersOf[float64](cumulative(t, hostOf(ir.Float64, real64, shape...), 1, reverse), n) {
			got[4] = append(got[4], complex(v, 0))
		}
		for _, v := range numbersOf[float32](cumulative(t, hostOf(ir.Float32, real32, shape...), 1, reverse), n) {
			got[5] = append(got[5], complex(float64(v), 0))
		}
		along(shape, reverse, func(at []int) {
			want := [6]complex128{0, 1, 0, 1, 1, 1}
			for _, k := range at {
				want[0] += x[k]
				want[1] *= x[k]
				want[2] += complex128(y[k])
				want[3] *= complex128(y[k])
				want[4] *= complex(real64[k], 0)
				want[5] *= complex(float64(real32[k]), 0)
				for j, w := range want {
					if !near(got[j][k], w) {
						t.Fatalf("%v, case %d, element %d: %v, want %v", shape, j, k, got[j][k], w)
					}
				}
			}
		})
	}
	big := slices.Repeat([]float64{1e300}, 600)
	big[0] = 0
	for i, v := range numbersOf[float64](cumulative(t, hostOf(ir.Float64, big, 1, 600, 1), 1, false), 600) {
		if v != 0 {
			t.Fatalf("0 times 1e300 again and again is %v at %d", v, i)
		}
	}
}

// Infinities stay, and then are NaN; -0 stays; subnormal numbers count.
func TestCumulativeSpecialSums(t *testing.T) {
	inf, nan, zero := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for _, n := range []int{5, 64, 700} {
		x := slices.Repeat([]float64{zero}, n)
		check := func(what string, want func(i int) float64) {
			t.Helper()
			got := numbersOf[float64](cumulative(t, hostOf(ir.Float64, x, 1, n, 1), 0, false), n)
			for i, v := range got {
				if w := want(i); math.Float64bits(v) != math.Float64bits(w) && !(v != v && w != w) {
					t.Errorf("%s, %d numbers: element %d is %v, want %v", what, n, i, v, w)
					return
				}
			}
		}
		check("-0", func(int) float64 { return zero })
		x[2] = inf
		check("an infinity", func(i int) float64 { return []float64{zero, inf}[min(i/2, 1)] })
		x[4] = -inf
		check("two infinities", func(i int) float64 { return []float64{zero, inf, nan}[min(i/2, 2)] })
		for i := range x {
			x[i] = 5e-324
		}
		check("subnormal numbers", func(i int) float64 { return float64(i+1) * 5e-324 })
	}
}

func TestImpossibleCumulative(t *testing.T) {
	f := func(d ir.DType, shape ...int) ir.HostArray {
		a := ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}}
		a.Data = make([]byte, a.Bytes())
		return a
	}
	for _, k := range []struct {
		attributes string
		in, out    ir.HostArray
		want       string
	}{
		{"", f(ir.Float32, 2), f(ir.Float32, 2), "no such operation or axis"},
		{"operation = 0 : i64, axis = 1 : i64", f(ir.Float32, 2), f(ir.Float32, 2), "no such operation or axis"},
		{"operation = 4 : i64, axis = 0 : i64", f(ir.Float32, 2), f(ir.Float32, 2), "no such operation or axis"},
		{"operation = 0 : i64, axis = 0 : i64", f(ir.Float32, 2), f(ir.Float32, 3), "differs from the operand"},
		{"operation = 0 : i64, axis = 0 : i64", f(ir.Float32, 2), f(ir.Int32, 2), "differs from the operand"},
		{"operation = 0 : i64, axis = 0 : i64", f(ir.Float16, 2), f(ir.Float16, 2), "not one of this type"},
		{"operation = 2 : i64, axis = 0 : i64", f(ir.Complex64, 2), f(ir.Complex64, 2), "not one of this type"},
		{"operation = 0 : i64, axis = 0 : i64", f(ir.Bool, 2), f(ir.Bool, 2), "not one of this type"},
	} {
		_, err := run(t, "gojax_cumulative", k.attributes, []ir.HostArray{k.in}, []ir.Aval{k.out.Aval})
		if err == nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%q of %v: %v, want %q", k.attributes, k.in.Aval, err, k.want)
		}
	}
}
