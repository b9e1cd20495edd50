package kernels

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
)

// matrix is memory that holds the elements of a batch of matrices, whatever their type, as small whole numbers, so that
// products are exact.
type matrix struct {
	e              []complex128
	row, col, step int // from one row, column, matrix to the next
}

func (m matrix) at(b, i, j int) complex128 { return m.e[b*m.step+i*m.row+j*m.col] }

// newMatrix lies row by row or, turned, column by column, with gaps in between.
func newMatrix(r *rand.Rand, d ir.DType, batch, rows, cols int, turned bool, gap int) matrix {
	m := matrix{row: cols + gap, col: 1, step: rows * (cols + gap)}
	if turned {
		m = matrix{row: 1, col: rows + gap, step: cols * (rows + gap)}
	}
	m.e = make([]complex128, batch*m.step)
	for i := range m.e {
		m.e[i] = complex(float64(r.IntN(9)-4), 0)
		if d.IsComplex() {
			m.e[i] += complex(0, float64(r.IntN(9)-4))
		}
		if d.IsUnsigned() {
			m.e[i] += 4
		}
	}
	return m
}

func encode(d ir.DType, e []complex128) []byte {
	b := make([]byte, len(e)*d.Size())
	for i, v := range e {
		p := unsafe.Pointer(&b[i*d.Size()])
		switch d {
		case ir.Float32:
			*(*float32)(p) = float32(real(v))
		case ir.Float64:
			*(*float64)(p) = real(v)
		case ir.Complex64:
			*(*complex64)(p) = complex64(v)
		case ir.Complex128:
			*(*complex128)(p) = v
		case ir.Int32, ir.Uint32:
			*(*int32)(p) = int32(real(v))
		default:
			*(*int64)(p) = int64(real(v))
		}
	}
	return b
}

func decode(d ir.DType, b []byte) []complex128 {
	e := make([]complex128, len(b)/d.Size())
	for i := range e {
		p := unsafe.Pointer(&b[i*d.Size()])
		switch d {
		case ir.Float32:
			e[i] = complex(float64(*(*float32)(p)), 0)
		case ir.Float64:
			e[i] = complex(*(*float64)(p), 0)
		case ir.Complex64:
			e[i] = complex128(*(*complex64)(p))
		case ir.Complex128:
			e[i] = *(*complex128)(p)
		case ir.Int32, ir.Uint32:
			e[i] = complex(float64(*(*int32)(p)), 0)
		default:
			e[i] = complex(float64(*(*int64)(p)), 0)
		}
	}
	return e
}

const intDot, smallDot, floatDot = "gojax_int_dot", "gojax_small_dot", "gojax_float_dot"

var mlirTypes = map[ir.DType]string{ir.Float32: "f32", ir.Float64: "f64", ir.Complex64: "complex<f32>",
	ir.Complex128: "complex<f64>", ir.Int32: "i32", ir.Uint32: "ui32", ir.Int64: "i64"}

// dotProgram is a program of products with a plan; c has as many elements as the plan says.
func dotProgram(t *testing.T, c *pjrt.Client, d ir.DType, a, b, out int, plan []int) *pjrt.Executable {
	t.Helper()
	target := "lapack_gojax_dot"
	if !d.IsInexact() {
		target = intDot
	}
	return dotProgramOf(t, c, target, d, a, b, out, plan)
}

func dotProgramOf(t *testing.T, c *pjrt.Client, target string, d ir.DType, a, b, out int,
	plan []int) *pjrt.Executable {
	t.Helper()
	tensor := func(n int) string { return fmt.Sprintf("tensor<%dx%s>", n, mlirTypes[d]) }
	text := fmt.Sprintf(`module @m { func.func public @main(%%a: %[1]s, %%b: %[2]s) -> %[3]s {
  %%c = stablehlo.custom_call @%[4]s(%%a, %%b) {api_version = 4 : i32, backend_config = {plan = array<i64: %[5]s>}} : (%[1]s, %[2]s) -> %[3]s
  return %%c : %[3]s } }`, tensor(a), tensor(b), tensor(out), target,
		strings.Trim(strings.ReplaceAll(fmt.Sprint(plan), " ", ", "), "[]"))
	x, err := c.Compile([]byte(text), pjrt.CompileOptions{})
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return x
}

func runDot(c *pjrt.Client, x *pjrt.Executable, d ir.DType, a, b []complex128, n int) ([]complex128, error) {
	in, out := make([]*pjrt.Buffer, 2), make([]*pjrt.Buffer, 1)
	for i, e := range [][]complex128{a, b} {
		data, err := encode(d, e), error(nil)
		if in[i], err = c.FromHost(unsafe.Pointer(&data[0]), d, []int{len(e)}, c.Devices()[0]); err != nil {
			return nil, err
		}
		defer in[i].Delete()
	}
	if err := x.Execute(in, out, nil); err != nil {
		return nil, err
	}
	defer out[0].Delete()
	data := make([]byte, n*d.Size())
	err := out[0].ToHost(unsafe.Pointer(&data[0]), len(data))
	return decode(d, data), err
}

// Every type, layout and kind of product, small and large, gives the exact numbers.
func TestDot(t *testing.T) {
	c := lapackClient(t)
	if !HasBuiltin(intDot) {
		t.Fatal("no products of integers")
	}
	r := rand.New(rand.NewPCG(1, 2))
	sizes := [][4]int{{1, 5, 7, 4}, {3, 1, 9, 8}, {2, 9, 1, 8}, {1, 2, 3, 1}, {1, 1, 1, 3}, {2, 70, 35, 300},
		{50, 9, 8, 7}, {1, 130, 65, 40}}
	for _, d := range []ir.DType{ir.Float32, ir.Float64, ir.Complex64, ir.Complex128, ir.Int32, ir.Uint32, ir.Int64} {
		for i, s := range sizes {
			batch, m, n, k := s[0], s[1], s[2], s[3]
			for turned := range 4 {
				gap := (i + turned) % 2 * 3
				a := newMatrix(r, d, batch, m, k, turned&1 != 0, gap)
				b := newMatrix(r, d, batch, k, n, turned&2 != 0, gap)
				plan := []int{0, m, n, k, a.row, a.col, b.row, b.col, batch, a.step, b.step}
				x := dotProgram(t, c, d, len(a.e), len(b.e), batch*m*n, plan)
				got, err := runDot(c, x, d, a.e, b.e, batch*m*n)
				x.Delete()
				if err != nil {
					t.Fatalf("%v %v: %v", d, plan, err)
				}
				checkDot(t, fmt.Sprint(d, plan), got, a, b, s, func(_ int, v complex128) complex128 { return v })
			}
		}
		if !d.IsInexact() {
			continue
		}
		for kind := 1; kind <= 3; kind++ { // a by its transpose, its adjoint, and conjugated first
			for turned := range 2 {
				s := [4]int{2, 70, 70, 33}
				a := newMatrix(r, d, 2, 70, 33, turned == 1, 2)
				b := a
				b.row, b.col = a.col, a.row
				plan := []int{kind, 70, 70, 33, a.row, a.col, b.row, b.col, 2, a.step, b.step}
				x := dotProgram(t, c, d, len(a.e), len(b.e), 2*70*70, plan)
				got, err := runDot(c, x, d, a.e, b.e, 2*70*70)
				x.Delete()
				if err != nil {
					t.Fatalf("%v %v: %v", d, plan, err)
				}
				checkDot(t, fmt.Sprint(d, plan), got, a, b, s, func(operand int, v complex128) complex128 {
					if kind == 2 && operand == 1 || kind == 3 && operand == 0 {
						return complex(real(v), -imag(v))
					}
					return v
				})
			}
		}
	}
}

// Products of floats without BLAS are exact for every layout too, and rows of any length.
func TestFloatDots(t *testing.T) {
	c := lapackClient(t)
	if !HasBuiltin(smallDot) {
		t.Fatal("no products of floats")
	}
	r := rand.New(rand.NewPCG(3, 4))
	for target, sizes := range map[string][][4]int{
		smallDot: {{1, 5, 7, 4}, {3, 1, 9, 8}, {2, 9, 1, 8}, {1, 1, 1, 1}, {40, 8, 8, 8}, {50, 4, 4, 4},
			{600, 19, 16, 11}, {3, 23, 33, 64}, {0, 3, 3, 3}},
		floatDot: {{1, 1, 1, 1}, {2, 12, 32, 5}, {1, 13, 33, 300}, {3, 100, 17, 256}, {1, 300, 290, 70},
			{1, 20, 20, 3000}, {0, 3, 3, 3}, {0, 30, 30, 3000}},
	} {
		for i, s := range sizes {
			for turned := range 4 {
				gap := (i + turned) % 2 * 3
				for _, d := range []ir.DType{ir.Float32, ir.Float64} {
					multiply(t, c, r, target, d, s, turned, gap)
				}
			}
		}
	}
	for _, plan := range [][]int{{0, 1, 1, 65, 65, 1, 1, 1}, {1, 2, 2, 3, 3, 1, 1, 3}, {0, 2, 2, 60, 60, 1, 2, 1}} {
		wrong(t, c, smallDot, plan)
	}
	for _, plan := range [][]int{{0, 2, 2, 3, 9, 2, 2, 1}, {0, 2, 2, 3, 3, 1, 9, 2}, {1, 2, 2, 3, 3, 1, 1, 3},
		{0, 2, 2, 60, 60, 1, 2, 1}} {
		wrong(t, c, floatDot, plan)
	}
}

// multiply compares products of a batch of matrices of m by k and k by n elements, s.
func multiply(t *testing.T, c *pjrt.Client, r *rand.Rand, target string, d ir.DType, s [4]int, turned, gap int) {
	t.Helper()
	batch, m, n, k := s[0], s[1], s[2], s[3]
	a := newMatrix(r, d, max(batch, 1), m, k, turned&1 != 0, gap)
	b := newMatrix(r, d, max(batch, 1), k, n, turned&2 != 0, gap)
	plan := []int{0, m, n, k, a.row, a.col, b.row, b.col, batch, a.step, b.step}
	x := dotProgramOf(t, c, target, d, len(a.e), len(b.e), batch*m*n, plan)
	defer x.Delete()
	if batch == 0 {
		return
	}
	got, err := runDot(c, x, d, a.e, b.e, batch*m*n)
	if err != nil {
		t.Fatalf("%s, %v %v: %v", target, d, plan, err)
	}
	checkDot(t, fmt.Sprint(target, d, plan), got, a, b, s, func(_ int, v complex128) complex128 { return v })
}

// wrong wants an error of a product of 65 by 65 numbers with that plan.
func wrong(t *testing.T, c *pjrt.Client, target string, plan []int) {
	t.Helper()
	x := dotProgramOf(t, c, target, ir.Float32, 65, 65, plan[1]*plan[2], plan)
	defer x.Delete()
	if _, err := runDot(c, x, ir.Float32, make([]complex128, 65), make([]complex128, 65), 4); err == nil {
		t.Errorf("%s of 65 by 65 numbers with the plan %v: no error", target, plan)
	}
}

func checkDot(t *testing.T, what string, got []complex128, a, b matrix, s [4]int,
	of func(operand int, v complex128) complex128) {
	t.Helper()
	for g, v := range got {
		q, i, j := g/(s[1]*s[2]), g/s[2]%s[1], g%s[2]
		want := complex128(0)
		for p := range s[3] {
			want += of(0, a.at(q, i, p)) * of(1, b.at(q, p, j))
		}
		if v != want {
			t.Errorf("%s: matrix %d has %v at %d, %d, want %v", what, q, v, i, j, want)
			return
		}
	}
}

// NaN and infinities are not lost, and come to no element that they do not belong to, whatever memory held before.
func TestDotOfNaN(t *testing.T) {
	c := lapackClient(t)
	for _, s := range [][3]int{{9, 1, 200}, {1, 9, 200}, {9, 10, 200}, {65, 65, 200}, {9, 10, 20}, {9, 9, 20},
		{9, 10, 64}, {65, 65, 300}} {
		m, n, k := s[0], s[1], s[2]
		target := "lapack_gojax_dot"
		switch {
		case k < 64:
			target = smallDot
		case k != 200:
			target = floatDot
		}
		for kind := range 2 {
			if kind == 1 && (m != n || k != 200) {
				continue
			}
			a, b := matrix{make([]complex128, m*k), k, 1, 0}, matrix{make([]complex128, n*k), 1, k, 0}
			// In row 0 of a and column 0 of b; zeros elsewhere.
			a.e[0], b.e[0] = complex(math.NaN(), 0), complex(math.Inf(1), 0)
			if kind == 1 {
				b.e = a.e
			}
			x := dotProgramOf(t, c, target, ir.Float64, len(a.e), len(b.e), m*n,
				[]int{kind, m, n, k, a.row, a.col, b.row, b.col})
			for range 3 {
				got, err := runDot(c, x, ir.Float64, a.e, b.e, m*n)
				if err != nil {
					t.Fatal(err)
				}
				for g, v := range got {
					if bad := g/n == 0 || g%n == 0; bad != math.IsNaN(real(v)) || !bad && v != 0 {
						t.Errorf("%v, kind %d: element %d is %v", s, kind, g, v)
						break
					}
				}
			}
			x.Delete()
		}
	}
}

// Plans that do not fit the operands are errors: nothing is read or written beyond the arrays.
func TestImpossibleDots(t *testing.T) {
	c := lapackClient(t)
	if !HasBuiltin(intDot) {
		t.Fatal("no products of integers")
	}
	e := make([]complex128, 6)
	for _, d := range []ir.DType{ir.Float32, ir.Int32} {
		for _, plan := range [][]int{
			{0, 2, 2, 4, 4, 1, 2, 1}, {0, 2, 3, 3, 3, 1, 3, 1}, {0, 2, 2, 3, 3, 1, 2}, {0}, {0, 0, 2, 3, 3, 1, 2, 1},
			{0, 2, 2, 3, 3, 1, -2, 1}, {0, 2, 2, 3, 3, 1, 2, 1, 2, 3, 0}, {7, 2, 2, 3, 3, 1, 2, 1},
			{1, 2, 2, 3, 3, 1, 2, 1}, {0, 2, 2, 3, 1 << 40, 1, 2, 1}, {0, 2, 2, 3, 2, 2, 2, 1}} {
			x := dotProgram(t, c, d, 6, 6, 4, plan)
			if _, err := runDot(c, x, d, e, e, 4); err == nil {
				t.Errorf("%v of 2x3 by 3x2 with the plan %v: no error", d, plan)
			}
			x.Delete()
		}
	}
}

// Many goroutines multiply at once, by BLAS's threads and by XLA's; each gets the same numbers again and again.
func TestDotsAtOnce(t *testing.T) {
	c := lapackClient(t)
	if !HasBuiltin(intDot) {
		t.Fatal("no products of integers")
	}
	r := rand.New(rand.NewPCG(3, 4))
	var wg sync.WaitGroup
	for g := range 8 {
		d, n := []ir.DType{ir.Float32, ir.Float64, ir.Complex64, ir.Int32}[g%4], 150
		kind := 0
		if g == 1 {
			kind = 1
		}
		a := newMatrix(r, d, 1, n, n, false, 0)
		if d == ir.Float32 { // rounded, so that the order of the sums shows
			for i := range a.e {
				a.e[i] = complex(r.Float64(), 0)
			}
		}
		b := a
		b.row, b.col = a.col, a.row
		x := dotProgram(t, c, d, n*n, n*n, n*n, []int{kind, n, n, n, a.row, a.col, b.row, b.col})
		wg.Go(func() {
			defer x.Delete()
			var first []complex128
			for i := range 30 {
				got, err := runDot(c, x, d, a.e, b.e, n*n)
				if err != nil {
					t.Error(err)
					return
				}
				if first == nil {
					first = got
				}
				for j, v := range got {
					if v != first[j] {
						t.Errorf("%v: call %d has %v at %d, the first one %v", d, i, v, j, first[j])
						return
					}
				}
			}
			if d != ir.Float32 {
				same := func(_ int, v complex128) complex128 { return v }
				checkDot(t, d.String(), first, a, b, [4]int{1, n, n, n}, same)
			}
		})
	}
	wg.Wait()
}
