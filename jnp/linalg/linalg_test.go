package linalg_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

var inf = math.Inf(1)

// The fixtures: p is positive definite, h Hermitian and positive definite, t has nonzero elements on both sides of its
// diagonal, and r are the right-hand sides.
func fixture(name string) jnp.Array {
	switch name {
	case "p":
		return jnp.FromSlice([]float32{4, 2, -1, 2, 5, 0.5, -1, 0.5, 3}, 3, 3)
	case "h":
		return jnp.FromSlice([]complex64{3, 1 - 1i, 1 + 1i, 4}, 2, 2)
	case "t":
		return jnp.FromSlice([]float32{2, -1, 0.5, 1, 3, -2, 0.25, 1, 4}, 3, 3)
	case "r":
		return jnp.FromSlice([]float32{1, 2, -1, 0.5, 3, 0}, 3, 2)
	case "v":
		return jnp.FromSlice([]float32{1, 2, -4})
	case "i":
		return jnp.FromSlice([]int32{1, 2, 3, 4}, 2, 2)
	case "z":
		return jnp.FromSlice([]complex64{3 + 4i, 0, -1i}, 3)
	}
	panic(name)
}

// row is a function of fixtures, and the type and the elements of what it returns.
type row struct {
	name string
	in   string
	f    func(a []jnp.Array) jnp.Array
	want string
	data []complex128
}

// rows give NumPy 2.4.6's and SciPy 1.17.1's figures.
var rows = []row{
	{"Cholesky", "p", func(a []jnp.Array) jnp.Array { return Cholesky(a[0]) },
		"float32[3,3]", []complex128{2, 0, 0, 1, 2, 0, -0.5, 0.5, 1.58113883}},
	{"Cholesky upper", "h", func(a []jnp.Array) jnp.Array { return Factor{Upper: true}.Cholesky(a[0]) },
		"complex64[2,2]",
		[]complex128{complex(1.73205081, -0), complex(0.577350269, -0.577350269), complex(0, -0),
			complex(1.82574186, -0)}},
	{"Cholesky of the mean", "t", func(a []jnp.Array) jnp.Array { return Cholesky(a[0]) },
		"float32[3,3]", []complex128{1.41421356, 0, 0, 0, 1.73205081, 0, 0.265165043, -0.288675135, 1.96121242}},
	{"Cholesky of the lower triangle", "t",
		func(a []jnp.Array) jnp.Array { return Factor{LowerOnly: true}.Cholesky(a[0]) },
		"float32[3,3]",
		[]complex128{1.41421356, 0, 0, 0.707106781, 1.58113883, 0, 0.176776695, 0.553398591, 1.91376592}},
	{"SolveTriangular", "t r", func(a []jnp.Array) jnp.Array { return SolveTriangular(a[0], a[1]) },
		"float32[3,2]", []complex128{0.395833333, 1.08333333, 0.166666667, 0.166666667, 0.75, 0}},
	{"SolveTriangular vector", "t v",
		func(a []jnp.Array) jnp.Array { return Triangular{Lower: true}.SolveTriangular(a[0], a[1]) },
		"float32[3]", []complex128{0.5, 0.5, -1.15625}},
	{"SolveTriangular transposed", "t r", func(a []jnp.Array) jnp.Array {
		return Triangular{Transpose: true, UnitDiagonal: true}.SolveTriangular(a[0], a[1])
	},
		"float32[3,2]", []complex128{1, 2, 0, 2.5, 2.5, 4}},
	{"SolveTriangular adjoint", "h", func(a []jnp.Array) jnp.Array {
		return Triangular{Lower: true, Transpose: true, Conjugate: true}.SolveTriangular(a[0], a[0])
	},
		"complex64[2,2]", []complex128{complex(0.833333333, 0), complex(0, 0), complex(0.25, 0.25), complex(1, 0)}},
	{"SolveTriangular batch", "t r",
		func(a []jnp.Array) jnp.Array { return SolveTriangular(jnp.Stack([]jnp.Array{a[0], a[0].Mul(2)}), a[1]) },
		"float32[2,3,2]",
		[]complex128{0.395833333, 1.08333333, 0.166666667, 0.166666667, 0.75, 0, 0.197916667, 0.541666667, 0.0833333333,
			0.0833333333, 0.375, 0}},
	{"ChoSolve", "p r", func(a []jnp.Array) jnp.Array { return ChoSolve(Cholesky(a[0]), a[1]) },
		"float32[3,2]", []complex128{0.98125, 0.65625, -0.7375, -0.1875, 1.45, 0.25}},
	{"Norm", "r", func(a []jnp.Array) jnp.Array { return Norm(a[0]) },
		"float32[]", []complex128{3.90512484}},
	{"Norm of ints", "i", func(a []jnp.Array) jnp.Array { return Norm(a[0], 0) },
		"float32[2]", []complex128{3.16227766, 4.47213595}},
	{"Norm 1", "z", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(1)}.Norm(a[0]) },
		"float32[]", []complex128{6}},
	{"Norm 0", "v", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(0), KeepDims: true}.Norm(a[0]) },
		"float32[1]", []complex128{3}},
	{"Norm 3", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(3)}.Norm(a[0], -1) },
		"float32[3]", []complex128{2.0896696, 3.30192725, 4.02104791}},
	{"Norm -inf", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(-inf)}.Norm(a[0], 0) },
		"float32[3]", []complex128{0.25, 1, 0.5}},
	{"Norm of matrices 1", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(1)}.Norm(a[0]) },
		"float32[]", []complex128{6.5}},
	{"Norm of matrices -1", "t",
		func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(-1), KeepDims: true}.Norm(a[0], 1, 0) },
		"float32[1,1]", []complex128{3.5}},
	{"Norm of matrices inf", "r", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(inf)}.Norm(a[0]) },
		"float32[]", []complex128{3}},
	{"Norm of matrices -inf", "r", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(-inf)}.MatrixNorm(a[0]) },
		"float32[]", []complex128{1.5}},
	{"Norm Frobenius", "h", func(a []jnp.Array) jnp.Array { return Norms{Order: Frobenius}.Norm(a[0], 0, 1) },
		"float32[]", []complex128{5.38516481}},
	{"VectorNorm", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(1)}.VectorNorm(a[0]) },
		"float32[]", []complex128{14.75}},
	{"Trace", "r", func(a []jnp.Array) jnp.Array { return Trace(a[0]) },
		"float32[]", []complex128{1.5}},
	{"MultiDot", "v t r", func(a []jnp.Array) jnp.Array { return MultiDot(a[0], a[1], a[1], a[2]) },
		"float32[2]", []complex128{-213.875, -5.5}},
	{"MatrixPower", "t", func(a []jnp.Array) jnp.Array { return MatrixPower(a[0], 5) },
		"float32[3,3]",
		[]complex128{33.46875, 123.046875, 603.632812, -123.046875, -482.625, -842.34375, 301.816406, 421.171875,
			271.125}},
	{"MatrixPower 0", "i", func(a []jnp.Array) jnp.Array { return MatrixPower(a[0], 0) },
		"int32[2,2]", []complex128{1, 0, 0, 1}},
}

func elements(x jnp.Array) []complex128 {
	var out []complex128
	if x.DType().IsComplex() {
		for _, v := range jnp.ToSlice[complex64](x) {
			out = append(out, complex128(v))
		}
		return out
	}
	for _, v := range jnp.ToSlice[float64](x.AsType(jnp.Float32)) {
		out = append(out, complex(v, 0))
	}
	return out
}

func check(x jnp.Array, want string, data []complex128) error {
	if got := x.TraceValue().Aval().String(); got != want {
		return fmt.Errorf("type %s, want %s", got, want)
	}
	near := func(g, w float64) bool {
		return g == w || math.IsNaN(g) && math.IsNaN(w) || math.Abs(g-w) <= 5e-6*(1+math.Abs(w))
	}
	got := elements(x)
	for i, w := range data {
		if !near(real(got[i]), real(w)) || !near(imag(got[i]), imag(w)) {
			return fmt.Errorf("%v\nwant %v", got, data)
		}
	}
	return nil
}

// TestLinalg runs every row eagerly, and of each function one, with GOJAX_TEST_ALL=1 every row, mapped over a new axis.
func TestLinalg(t *testing.T) {
	var mapped sample.Kinds
	for _, r := range slices.Concat(rows, svdRows, solveRows, detRows, eighRows, eigRows) {
		t.Run(r.name, func(t *testing.T) {
			var in []jnp.Array
			for _, n := range strings.Fields(r.in) {
				in = append(in, fixture(n))
			}
			if err := check(r.f(in), r.want, r.data); err != nil {
				t.Fatalf("eager: %v", err)
			}
			if !mapped.Add(strings.Fields(r.name)[0]) {
				return
			}
			types := trace.Avals(engine(in))
			p, captured := trace.Trace("Jit", types, func(v []*trace.Value) []*trace.Value {
				return []*trace.Value{r.f(arrays(v)).TraceValue()}
			})
			batch, axes := make([]jnp.Array, len(in)), make([]int, len(in))
			for i, x := range in {
				axes[i] = i % 2
				batch[i] = jnp.Stack([]jnp.Array{x, x.Mul(2).AsType(x.DType())}, axes[i])
			}
			for range captured {
				axes = append(axes, trace.NotMapped)
			}
			q, out := vmap.Program(p, 2, axes, []int{0}, "Vmap")
			if err := q.Verify(); err != nil {
				t.Fatal(err)
			}
			got := jnp.Wrap(trace.TheRuntime().Run(q, append(engine(batch), captured...))[0])
			var each []jnp.Array
			for k := range 2 {
				one := make([]jnp.Array, len(in))
				for i, x := range in {
					one[i] = x
					if k == 1 {
						one[i] = x.Mul(2).AsType(x.DType())
					}
				}
				each = append(each, r.f(one))
			}
			want := jnp.Stack(each)
			if err := check(got, want.TraceValue().Aval().String(), elements(want)); err != nil {
				t.Fatalf("mapped (out axis %v): %v", out, err)
			}
		})
	}
}

func engine(xs []jnp.Array) []*trace.Value {
	v := make([]*trace.Value, len(xs))
	for i, x := range xs {
		v[i] = x.TraceValue()
	}
	return v
}

func arrays(vs []*trace.Value) []jnp.Array {
	x := make([]jnp.Array, len(vs))
	for i, v := range vs {
		x[i] = jnp.Wrap(v)
	}
	return x
}

func TestErrors(t *testing.T) {
	p, r, v := fixture("p"), fixture("r"), fixture("v")
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { Cholesky(r) }, []string{"linalg.Cholesky(float32[3,2])", "square matrices, not 3 by 2"}},
		{func() { Cholesky(v) }, []string{"linalg.Cholesky(float32[3])", "two axes"}},
		{func() { SolveTriangular(p, r.T()) },
			[]string{"linalg.SolveTriangular(float32[3,3], float32[2,3])", "as many rows"}},
		{func() { Triangular{Conjugate: true}.SolveTriangular(p, r) }, []string{"Conjugate goes with Transpose"}},
		{func() { Norms{Order: Nuclear}.Norm(v) },
			[]string{"linalg.Norms.Norm(float32[3])", "nuclear", "not over [0]"}},
		{func() { Norms{Order: Nuclear}.VectorNorm(v) }, []string{"nuclear norms are of matrices"}},
		{func() { Norms{Order: Ord(-2)}.Norm(jnp.Zeros(0, 2)) },
			[]string{"linalg.Norms.Norm(float32[0,2])", "smallest of none"}},
		{func() { QR(v) }, []string{"linalg.QR(float32[3])", "two axes"}},
		{func() { SVD(v) }, []string{"linalg.SVD(float32[3])", "two axes"}},
		{func() { SVDVals(v) }, []string{"linalg.SVDVals(float32[3])", "two axes"}},
		{func() { PInv(v) }, []string{"linalg.PInv(float32[3])", "two axes"}},
		{func() { MatrixRank(jnp.Zeros(0, 2)) },
			[]string{"linalg.MatrixRank(float32[0,2])", "no largest singular value"}},
		{func() { LstSq(v, v) }, []string{"linalg.LstSq(float32[3], float32[3])", "one matrix"}},
		{func() { LstSq(p, jnp.Zeros(2)) }, []string{"3 rows", "2; they must be equal"}},
		{func() { LstSq(p, jnp.Zeros(3, 1, 1)) }, []string{"one or two axes, not 3"}},
		{func() { Cond(v) }, []string{"linalg.Cond(float32[3])"}},
		{func() { Cond(jnp.Zeros(2, 0)) }, []string{"without elements"}},
		{func() { Norms{Order: Ord(1)}.Cond(r) }, []string{"square matrices, not 3 by 2"}},
		{func() { Norms{Order: Ord(3)}.Cond(p) }, []string{"no norm of order 3"}},
		{func() { Norms{KeepDims: true}.Cond(p) }, []string{"KeepDims"}},
		{func() { Norms{Order: Ord(3)}.Norm(p) }, []string{"no norm of order 3"}},
		{func() { Norm(p, 0, 0) }, []string{"axes [0 0]"}},
		{func() { Norms{Order: Frobenius}.Norm(v) }, []string{"Frobenius", "not over [0]"}},
		{func() { MultiDot(p) }, []string{"linalg.MultiDot(float32[3,3])", "two matrices"}},
		{func() { MultiDot(p, r, p) }, []string{"operand 1 has 2 columns and operand 2 has 3 rows"}},
		{func() { MatrixPower(r, -1) }, []string{"linalg.MatrixPower(float32[3,2])", "square"}},
		{func() { Solve(p, r.T()) },
			[]string{"linalg.Solve(float32[3,3], float32[2,3])", "as many rows as the matrix, 3"}},
		{func() { Solve(r, r) }, []string{"linalg.Solve(float32[3,2])", "square matrices, not 3 by 2"}},
		{func() { Solve(jnp.Zeros(2, 3, 3), jnp.Zeros(4, 3, 1)) },
			[]string{"linalg.Solve", "float32[4,3,1]", "broadcast"}},
		{func() { Inv(v) }, []string{"linalg.Inv(float32[3])", "two axes"}},
		{func() { Det(r) }, []string{"linalg.Det(float32[3,2])", "square"}},
		{func() { SLogDet(r) }, []string{"linalg.SLogDet(float32[3,2])", "square"}},
		{func() { Eigh(r) }, []string{"linalg.Eigh(float32[3,2])", "square"}},
		{func() { EigValsH(v) }, []string{"linalg.EigValsH(float32[3])", "two axes"}},
		{func() { TensorSolve(p, r) }, []string{"linalg.TensorSolve(float32[3,3], float32[3,2])", "must begin with"}},
		{func() { TensorInv(p) }, []string{"linalg.TensorInv(float32[3,3])", "first 2 axes"}},
		{func() { Cholesky(jnp.Array{}) }, []string{"linalg.Cholesky: ", "never set"}},
		{func() { ChoSolve(p, jnp.Array{}) }, []string{"linalg.ChoSolve: ", "never set"}},
		{func() { ChoSolve(p, r.T()) },
			[]string{"linalg.ChoSolve(float32[3,3], float32[2,3])", "as many rows"}},
		{func() { MatrixTranspose(v) }, []string{"linalg.MatrixTranspose(float32[3])", "two axes"}},
		{func() { Trace(v) }, []string{"linalg.Trace(float32[3])", "two axes"}},
	} {
		err := trace.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "linalg_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
}
