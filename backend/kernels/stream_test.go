package kernels

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

func streamed(t *testing.T, operation int, x, y ir.HostArray, n int) ([][]byte, error) {
	t.Helper()
	return run(t, "gojax_stream", fmt.Sprintf("operation = %d : i64, views = array<i64: 0, 0>", operation),
		[]ir.HostArray{x, y},
		[]ir.Aval{{Shape: []int{n}, DType: x.DType}})
}

func checkStream[T int32 | uint64 | float32 | float64 | complex64 | complex128](t *testing.T, d ir.DType,
	number func(i int) T, of ...func(x, y T) T) {
	t.Helper()
	for _, n := range []int{1, 7, 70001, 9 << 20} {
		large := n > 1<<20 // than the caches: once
		if large && d != ir.Float32 {
			continue
		}
		x, y := make([]T, n), make([]T, n)
		for i := range x {
			x[i], y[i] = number(i), number(3*i+1)
		}
		for operation, f := range of {
			if large && operation > 0 {
				break
			}
			for _, c := range [][2][]T{{x, y}, {x[:1], y}, {x, y[:1]}} {
				if n != 7 && (len(c[0]) < n || len(c[1]) < n) {
					continue
				}
				got, err := streamed(t, operation, hostOf(d, c[0], len(c[0])), hostOf(d, c[1], len(c[1])), n)
				if err != nil {
					t.Fatal(err)
				}
				want := make([]T, n)
				for i := range want {
					want[i] = f(c[0][i%len(c[0])], c[1][i%len(c[1])])
				}
				if z := numbersOf[T](got[0], n); !slices.Equal(z, want) {
					i := 0
					for z[i] == want[i] {
						i++
					}
					t.Errorf("%v, operation %d of %d and %d: element %d is %v, want %v", d, operation, len(c[0]),
						len(c[1]), i, z[i], want[i])
				}
			}
		}
	}
}

func plus[T int32 | uint64 | float32 | float64 | complex64 | complex128](x, y T) T  { return x + y }
func minus[T int32 | uint64 | float32 | float64 | complex64 | complex128](x, y T) T { return x - y }
func product[T int32 | uint64 | float32 | float64](x, y T) T                        { return x * y }
func over[T float32 | float64](x, y T) T                                            { return x / y }

// Arrays and numbers of every type, of all lengths, also such as the caches do not hold.
func TestStream(t *testing.T) {
	checkStream(t, ir.Int32, func(i int) int32 { return int32(i * 1234567891) }, plus, minus, product)
	checkStream(t, ir.Uint64, func(i int) uint64 { return uint64(i) * 0x9e3779b97f4a7c15 }, plus, minus, product)
	checkStream(t, ir.Float32, func(i int) float32 { return float32(i%1001) - 499.7 }, plus, minus, product, over)
	checkStream(t, ir.Float64, func(i int) float64 { return float64(i%1001) - 499.7 }, plus, minus, product, over)
	checkStream(t, ir.Complex64, func(i int) complex64 { return complex(float32(i%77), 0.3) }, plus, minus)
	checkStream(t, ir.Complex128, func(i int) complex128 { return complex(float64(i%77), 0.3) }, plus, minus)
}

// What the kernel has no operation for is an error.
func TestStreamRefuses(t *testing.T) {
	two := hostOf(ir.Float32, []float32{1, 2}, 2)
	whole := hostOf(ir.Int32, []int32{1, 2}, 2)
	for _, c := range []struct {
		operation int
		x, y      ir.HostArray
		n         int
		says      string
	}{
		{4, two, two, 2, "shape or type"}, // copies one
		{5, two, two, 2, "not one of this type"},
		{-1, two, two, 2, "not one of this type"},
		{3, whole, whole, 2, "not one of this type"},
		{0, two, whole, 2, "shape or type"},
		{0, two, two, 3, "shape or type"},
	} {
		if _, err := streamed(t, c.operation, c.x, c.y, c.n); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("operation %d of %v and %v: %v", c.operation, c.x.Aval, c.y.Aval, err)
		}
	}
}

func joined[T any](t *testing.T, d ir.DType, n int, pieces []int, of ...[]T) ([]T, error) {
	t.Helper()
	in := make([]ir.HostArray, len(of))
	for i, x := range of {
		in[i] = hostOf(d, x, len(x))
	}
	list := strings.Trim(strings.ReplaceAll(fmt.Sprint(pieces), " ", ", "), "[]")
	options := fmt.Sprintf("operation = 4 : i64, views = array<i64: 2, %d, %s>", len(of), list)
	got, err := run(t, "gojax_stream", options, in, []ir.Aval{{Shape: []int{n}, DType: d}})
	if err != nil {
		return nil, err
	}
	return numbersOf[T](got[0], n), nil
}

func checkJoin[T comparable](t *testing.T, d ir.DType, number func(i int) T, sizes ...int) {
	t.Helper()
	for _, n := range sizes {
		x := make([]T, n)
		for i := range x {
			x[i] = number(i)
		}
		k := n / 3
		got, err := joined(t, d, n+2, []int{k, n - k, 0, k, n, 0, 1, 2}, x, x, x, x[:3])
		if want := slices.Concat(x[k:], x[:k], x[1:3]); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %d elements: wrong, or %v", d, n, err)
		}
	}
}

// Pieces of vectors, some of one vector twice and some empty, also more than the caches hold.
func TestJoin(t *testing.T) {
	checkJoin(t, ir.Int8, func(i int) int8 { return int8(i * 7) }, 3, 70001)
	checkJoin(t, ir.Uint16, func(i int) uint16 { return uint16(i * 7) }, 70001)
	checkJoin(t, ir.Float32, func(i int) float32 { return float32(i) }, 70001, 9<<20+5)
	checkJoin(t, ir.Complex128, func(i int) complex128 { return complex(float64(i), -1) }, 20001)
}

// Pieces that the operands do not have, or that are not all of the result, are errors.
func TestImpossibleJoins(t *testing.T) {
	x := []float32{1, 2, 3}
	for _, pieces := range [][]int{{0, 3}, {0, 3, 0, 4}, {0, 3, -1, 3}, {0, 3, 1, 3}, {0, 3, 4, 0}, {0, 3, 0, -1},
		{0, 3, 0, 2}, {1 << 62, 1 << 62, 0, 3}} {
		if _, err := joined(t, ir.Float32, 6, pieces, x, x); err == nil {
			t.Errorf("pieces %v: no error", pieces)
		}
	}
	if _, err := joined(t, ir.Float32, 6, []int{0, 3, 0, 3}, x, x); err != nil {
		t.Error(err)
	}
}

// turnedOf is x, a batch of matrices of rows and columns, each transposed.
func turnedOf[T any](x []T, batch, rows, columns int) []T {
	z := make([]T, 0, len(x))
	for b := range batch {
		for j := range columns {
			for i := range rows {
				z = append(z, x[(b*rows+i)*columns+j])
			}
		}
	}
	return z
}

func checkTurned[T uint32 | float64 | complex128](t *testing.T, d ir.DType, number func(i int) T,
	shapes ...[3]int) {
	t.Helper()
	for _, s := range shapes {
		n := s[0] * s[1] * s[2]
		x := make([]T, n)
		for i := range x {
			x[i] = number(i)
		}
		want := turnedOf(x, s[0], s[1], s[2])
		checkViews(t, d, 4, "1", s, want, x)
		for i := range want {
			want[i] += number(3)
		}
		checkViews(t, d, 0, "1, 0", s, want, x, []T{number(3)})
	}
}

func checkViews[T comparable](t *testing.T, d ir.DType, operation int, views string, s [3]int, want []T, of ...[]T) {
	t.Helper()
	in := make([]ir.HostArray, len(of))
	for i, v := range of {
		in[i] = hostOf(d, v, len(v))
	}
	got, err := run(t, "gojax_stream", fmt.Sprintf("operation = %d : i64, views = array<i64: %s>, turned = "+
		"array<i64: %d, %d, %d>", operation, views, s[0], s[1], s[2]), in,
		[]ir.Aval{{Shape: []int{len(want)}, DType: d}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(numbersOf[T](got[0], len(want)), want) {
		t.Errorf("%v, %v: operation %d of views %s is wrong", d, s, operation, views)
	}
}

// Matrices that are transposed on the way, of all sizes of tiles and their rests, also such as the caches do not hold.
func TestStreamTurned(t *testing.T) {
	checkTurned(t, ir.Uint32, func(i int) uint32 { return uint32(i) },
		[3]int{1, 8, 1}, [3]int{3, 24, 13}, [3]int{1, 16, 64}, [3]int{2, 40, 131}, [3]int{1, 3000, 3001})
	checkTurned(t, ir.Float64, func(i int) float64 { return float64(i) },
		[3]int{1, 4, 1}, [3]int{3, 12, 13}, [3]int{1, 8, 64}, [3]int{2, 20, 131}, [3]int{1, 2004, 2101})
	checkTurned(t, ir.Complex128, func(i int) complex128 { return complex(float64(i), 1) },
		[3]int{1, 2, 1}, [3]int{3, 6, 13}, [3]int{2, 10, 131})
}

func checkTurnedPast[T uint32 | uint64 | complex128](t *testing.T, d ir.DType, number func(i int) T, shapes ...[3]int) {
	t.Helper()
	for _, s := range shapes {
		x := make([]T, s[0]*s[1]*s[2])
		for i := range x {
			x[i] = number(i)
		}
		checkViews(t, d, 4, "1", s, turnedOf(x, s[0], s[1], s[2]), x)
	}
}

// Matrices that the caches do not hold: rows of the result begin with a cache line or every other one within one, also
// the first of a batch's second matrix; columns are no whole tiles, one tile, or less.
func TestTurnedPast(t *testing.T) {
	checkTurnedPast(t, ir.Uint32, func(i int) uint32 { return uint32(i) },
		[3]int{1, 2096, 4003}, [3]int{3, 1000, 2801}, [3]int{2, 524296, 8}, [3]int{1, 2796208, 3})
	checkTurnedPast(t, ir.Uint64, func(i int) uint64 { return uint64(i) }, [3]int{1, 1024, 4099}, [3]int{2, 1028, 2049})
	checkTurnedPast(t, ir.Complex128, func(i int) complex128 { return complex(float64(i), 1) },
		[3]int{1, 1024, 2051}, [3]int{2, 1026, 1023})
}

func checkTurnedNumber[T int32 | uint64 | float32 | float64 | complex64 | complex128](t *testing.T, d ir.DType, y T,
	s [3]int, number func(i int) T, of ...func(x, y T) T) {
	t.Helper()
	x := make([]T, s[0]*s[1]*s[2])
	for i := range x {
		x[i] = number(i)
	}
	for operation, f := range of {
		want := turnedOf(x, s[0], s[1], s[2])
		for i := range want {
			want[i] = f(want[i], y)
		}
		checkViews(t, d, operation, "1, 0", s, want, x, []T{y})
	}
}

// Such matrices and a number, by every operation of every kind of numbers.
func TestTurnedNumber(t *testing.T) {
	f32, f64, half := [3]int{1, 2096, 4003}, [3]int{1, 1024, 4099}, [3]int{1, 1026, 2045}
	checkTurnedNumber(t, ir.Int32, 3, f32, func(i int) int32 { return int32(i * 1234567891) }, plus, minus, product)
	checkTurnedNumber(t, ir.Uint64, 5, f64, func(i int) uint64 { return uint64(i) << 40 }, plus, minus, product)
	checkTurnedNumber(t, ir.Float32, 0.7, f32, func(i int) float32 { return float32(i) }, plus, minus, product, over)
	checkTurnedNumber(t, ir.Float64, 0.7, f64, func(i int) float64 { return float64(i) }, plus, minus, product, over)
	checkTurnedNumber(t, ir.Complex64, 1+2i, f64, func(i int) complex64 { return complex(float32(i), 3) }, plus, minus)
	checkTurnedNumber(t, ir.Complex128, 1+2i, half, func(i int) complex128 { return complex(float64(i), 3) },
		plus, minus)
}

// Operands that do not fit what is said of them are errors.
func TestStreamRefusesViews(t *testing.T) {
	x := hostOf(ir.Float32, make([]float32, 64), 64)
	for _, options := range []string{"", "views = array<i64>", "views = array<i64: 0>", "views = array<i64: 3, 0>",
		"views = array<i64: 0, 0, 0>", "views = array<i64: 1, 0>", "views = array<i64: 2, 3, 0, 8, 0>",
		"views = array<i64: 2, 1>",
		"views = array<i64: 1, 0>, turned = array<i64: 1, 8>", "views = array<i64: 1, 0>, turned = array<i64: 1, 8, 7>",
		"views = array<i64: 1, 0>, turned = array<i64: 1, 4, 16>",
		"views = array<i64: 1, 0>, turned = array<i64: 1, 8, 8>",
		"views = array<i64: 0, 1>, turned = array<i64: 1, 8, 8>",
		"views = array<i64: 1, 1>, turned = array<i64: 1, 8, 8>",
		"views = array<i64: 1, 0>, turned = array<i64: 0, 8, 8>",
		"views = array<i64: 1, 2, 1, 0, 64>, turned = array<i64: 1, 8, 8>",
		"views = array<i64: 1, 0>, turned = array<i64: 4611686018427387904, 8, 2>"} {
		_, err := run(t, "gojax_stream", strings.TrimSuffix("operation = 0 : i64, "+options, ", "),
			[]ir.HostArray{x, x}, []ir.Aval{{Shape: []int{64}, DType: ir.Float32}})
		if err == nil {
			t.Errorf("%q: no error", options)
		}
	}
}
