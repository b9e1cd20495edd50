package kernels

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// sumTerms are the terms of gk_reduce, as it numbers them: what is added up of x, and whether x is a distance from the
// second operand.
var sumTerms = []struct {
	distance bool
	of       func(x float64) float64
}{
	{false, func(x float64) float64 { return x }},
	{false, func(x float64) float64 { return numberOr0(x, x) }},
	{true, func(x float64) float64 { return x * x }},
	{true, func(x float64) float64 { return numberOr0(x, x*x) }},
	{false, func(x float64) float64 { return numberOr0(x, 1) }},
}

func numberOr0(x, v float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return v
}

// sumShapes are planes, rows and columns: few rows and many, columns that are folded, wider than a strip, and none; one
// plane and several; and nothing.
var sumShapes = [][3]int{{1, 1, 1}, {1, 15, 3}, {1, 16, 1}, {2, 17, 3}, {1, 300, 64}, {3, 40, 65}, {1, 70001, 1},
	{2, 30011, 5}, {1, 9, 9001}, {1, 700, 4100}, {70, 19, 3}, {2, 520, 100}, {0, 4, 2}}

func checkSums[T float32 | float64](t *testing.T, d ir.DType, eps float64) {
	t.Helper()
	for shape, s := range sumShapes {
		planes, rows, columns := s[0], s[1], s[2]
		n, sums := planes*rows*columns, planes*columns
		x, c := make([]T, n), make([]T, sums)
		for i := range x {
			x[i] = T(i%1009)/7 - 60
			switch {
			case i%4999 == 4001:
				x[i] = T(math.NaN())
			case i%9973 == 9001:
				x[i] = T(math.Inf(1))
			}
		}
		for i := range c {
			c[i] = T(i%11) / 3
		}
		for terms, k := range sumTerms {
			from, in := c, []ir.HostArray{hostOf(d, x, planes, rows, columns)}
			if shape%2 == 1 {
				from = []T{2.7}
			}
			if k.distance {
				in = append(in, hostOf(d, from, len(from)))
			} else {
				from = []T{0}
			}
			got, err := summed(t, terms, rows, columns, in, ir.Aval{Shape: []int{sums}, DType: d})
			if err != nil {
				t.Fatal(err)
			}
			z, want, size := numbersOf[T](got, sums), make([]float64, sums), make([]float64, sums)
			for i := range x {
				at := i/(rows*columns)*columns + i%columns
				v := k.of(float64(x[i] - from[at%len(from)]))
				want[at] += v
				size[at] += math.Abs(v)
			}
			for i, w := range want {
				if v := float64(z[i]); math.IsNaN(w) != math.IsNaN(v) || v != w && math.Abs(v-w) > eps*size[i] {
					t.Errorf("%v %v, terms %d: sum %d is %v, want %v", d, s, terms, i, z[i], w)
					break
				}
			}
		}
	}
}

func summed(t *testing.T, terms, rows, columns int, in []ir.HostArray, out ir.Aval) ([]byte, error) {
	t.Helper()
	got, err := run(t, "gojax_reduce", fmt.Sprintf("terms = %d : i64, rows = %d : i64, columns = %d : i64", terms, rows,
		columns), in, []ir.Aval{out})
	if err != nil {
		return nil, err
	}
	return got[0], nil
}

// The sums of all terms, of both types, are right within a few units of the last place.
func TestSums(t *testing.T) {
	checkSums[float32](t, ir.Float32, 5e-7)
	checkSums[float64](t, ir.Float64, 1e-14)
}

// exactShapes are those of sumShapes that are small enough to go through element by element.
func exactShapes(d ir.DType) [][3]int {
	return slices.DeleteFunc(slices.Clone(sumShapes), func(s [3]int) bool {
		n := ir.SizeOf(s[:])
		return n > 1e6 || n > 1e5 && d.Size() != 4
	})
}

// Extremes are elements: of two zeros +0 is the greater one, and NaN is what goes before all.
func TestExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for _, d := range everyType[:13] {
		if d == ir.Float16 || d == ir.BFloat16 {
			continue
		}
		for _, s := range exactShapes(d) {
			x := random(r, d, s[:]...)
			if s[0] == 1 { // without NaN; zeros among them
				for k := range ir.SizeOf(s[:]) {
					if v := element(x, k); holdsNaN(d, v) {
						clear(v[:len(v)-1])
					}
				}
			}
			for operation := 2; operation < 4; operation++ { // combined's numbers
				w := d.Size()
				want := make([]byte, s[0]*s[2]*w)
				along(s[:], false, func(at []int) {
					var seen []byte
					for _, k := range at {
						seen = combined(d, operation, seen, element(x, k))
					}
					copy(want[(at[0]/(s[1]*s[2])*s[2]+at[0]%s[2])*w:], seen)
				})
				got, err := summed(t, operation+3, s[1], s[2], []ir.HostArray{x}, ir.Aval{Shape: []int{s[0], s[2]},
					DType: d})
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%v, operation %d: %v, %s", x.Aval, operation, err, differ(got, want))
				}
			}
		}
	}
}

// Integers are added up as integers that are as long or longer, and wrap around.
func TestSumsOfIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, d := range everyType[:9] {
		for _, to := range []ir.DType{ir.Int32, ir.Uint32, ir.Int64, ir.Uint64} {
			if to.Size() < d.Size() {
				continue
			}
			for _, s := range exactShapes(d) {
				x := random(r, d, s[:]...)
				want := make([]byte, 0, s[0]*s[2]*to.Size())
				along(s[:], false, func(at []int) {
					var sum uint64
					for _, k := range at {
						v := element(x, k)
						sum += wordOf(v)
						if d.IsSigned() && v[len(v)-1]&0x80 != 0 {
							sum -= 1 << (8 * len(v)) // 0 where these are 64
						}
					}
					want = append(want, binary(sum, to.Size())...)
				})
				got, err := summed(t, 0, s[1], s[2], []ir.HostArray{x}, ir.Aval{Shape: []int{s[0], s[2]}, DType: to})
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%v as %v: %v, %s", x.Aval, to, err, differ(got, want))
				}
			}
		}
	}
}

// Sums of many numbers do not drift.
func TestLongSums(t *testing.T) {
	const n = 5_000_003
	x := make([]float32, n)
	for i := range x {
		x[i] = 0.1
	}
	got, err := summed(t, 0, n, 1, []ir.HostArray{hostOf(ir.Float32, x, n)}, ir.Aval{DType: ir.Float32})
	if err != nil {
		t.Fatal(err)
	}
	if y, want := float64(numbersOf[float32](got, 1)[0]), n*float64(float32(0.1)); math.Abs(y-want) > 1e-6*want {
		t.Errorf("%d times 0.1 is %v, want %v", n, y, want)
	}
}

// Calls whose types or shapes do not fit are errors: nothing is read or written beyond the arrays.
func TestImpossibleSums(t *testing.T) {
	array := func(d ir.DType, shape ...int) ir.HostArray {
		return ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}, Data: make([]byte, ir.SizeOf(shape)*d.Size())}
	}
	x, row, other := array(ir.Float32, 6), array(ir.Float32, 3), array(ir.Float64, 3)
	for _, c := range []struct {
		terms, rows, columns int
		in                   []ir.HostArray
		out                  ir.HostArray
		says                 string
	}{
		{7, 2, 3, []ir.HostArray{x}, row, "no such terms"},
		{-1, 2, 3, []ir.HostArray{x}, row, "no such terms"},
		{5, 2, 3, []ir.HostArray{x, row}, row, "operands"},
		{0, 2, 3, []ir.HostArray{x, row}, row, "operands"},
		{2, 2, 3, []ir.HostArray{x}, row, "operands"},
		{1, 2, 3, []ir.HostArray{array(ir.Int32, 6)}, array(ir.Int32, 3), "no such terms"},
		{0, 2, 3, []ir.HostArray{array(ir.Int64, 6)}, array(ir.Int32, 3), "no such terms"},
		{5, 2, 3, []ir.HostArray{array(ir.Int32, 6)}, array(ir.Int64, 3), "no such terms"},
		{0, 2, 3, []ir.HostArray{array(ir.Bool, 6)}, array(ir.Bool, 3), "no such terms"},
		{0, 2, 3, []ir.HostArray{array(ir.Float16, 6)}, array(ir.Float16, 3), "no such terms"},
		{0, 2, 3, []ir.HostArray{x}, other, "types"},
		{2, 2, 3, []ir.HostArray{x, other}, row, "types"},
		{0, 0, 3, []ir.HostArray{x}, row, "shapes"},
		{0, 2, 0, []ir.HostArray{x}, row, "shapes"},
		{0, 2, 2, []ir.HostArray{x}, row, "shapes"},
		{0, 3, 3, []ir.HostArray{x}, row, "shapes"},
		{0, 2, 3, []ir.HostArray{array(ir.Float32, 7)}, row, "shapes"},
		{2, 2, 3, []ir.HostArray{x, x}, row, "shapes"},
	} {
		_, err := summed(t, c.terms, c.rows, c.columns, c.in, c.out.Aval)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("terms %d of %v, %d rows of %d: %v, want %q", c.terms, c.in, c.rows, c.columns, err, c.says)
		}
	}
}
