package gonum_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/interop/gonum"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

func iota(n int) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = float64(i)
	}
	return s
}

// x64 runs a test with 64-bit types.
func x64(f func()) { gojax.WithX64(true, f)() }

func TestFrom(t *testing.T) {
	dense := mat.NewDense(4, 5, iota(20))
	band := mat.NewBandDense(3, 3, 1, 0, []float64{-1, 1, 2, 3, 4, 5})
	for name, m := range map[string]mat.Matrix{
		"dense": dense, "a view": dense.Slice(1, 3, 2, 4), "a column": dense.Slice(0, 4, 4, 5), "transposed": dense.T(),
		"a transposed view": dense.Slice(1, 3, 2, 5).T(), "a vector": mat.NewVecDense(3, iota(3)),
		"a column's view": dense.ColView(2), "a row's view": dense.RowView(2).T(),
		"diagonal":  mat.NewDiagDense(3, iota(3)),
		"symmetric": mat.NewSymDense(3, iota(9)), "upper": mat.NewTriDense(3, mat.Upper, iota(9)),
		"lower":                     mat.NewTriDense(3, mat.Lower, iota(9)),
		"upper, transposed":         mat.NewTriDense(3, mat.Upper, iota(9)).T(),
		"a part of a symmetric one": mat.NewSymDense(4, iota(16)).SliceSym(1, 3), "banded": band,
		"of nothing": &mat.Dense{}, "not a number": mat.NewDense(1, 2, []float64{math.NaN(), math.Inf(-1)}),
	} {
		x64(func() {
			x := gonum.FromMatrix(m)
			r, c := m.Dims()
			if got := fmt.Sprint(x.DType(), x.Shape()); got != fmt.Sprintf("float64 [%d %d]", r, c) {
				t.Errorf("%s: %s", name, got)
			}
			for i := range r {
				for j := range c {
					got, want := jnp.ItemOf[float64](x.Index(i, j)), m.At(i, j)
					if math.Float64bits(got) != math.Float64bits(want) {
						t.Errorf("%s: element %d, %d is %v, want %v", name, i, j, got, want)
					}
				}
			}
			if y := gonum.ToDense(x); r > 0 && name != "not a number" && !mat.Equal(y, m) {
				t.Errorf("%s: back it is %v", name, y)
			}
		})
	}
	x64(func() {
		v := gonum.FromVector(mat.NewDense(3, 4, iota(12)).ColView(1)) // every fourth number
		if v.String() != "[1. 5. 9.]" {
			t.Error(v)
		}
		if v := gonum.FromVector(&mat.VecDense{}); v.NDim() != 1 || v.Size() != 0 {
			t.Error(v)
		}
		z := gonum.FromCMatrix(mat.NewCDense(2, 2, []complex128{1, 2i, 3, 4}).H())
		if z.DType() != jnp.Complex128 || jnp.ItemOf[complex128](z.Index(1, 0)) != -2i {
			t.Error(z)
		}
	})
	if x := gonum.FromMatrix(dense); x.DType() != jnp.Float32 || x.Index(1, 1).Item() != 6 {
		t.Error(x) // as everywhere while 64-bit types are off
	}
}

func TestTo(t *testing.T) {
	third := float64(float32(1) / 3)
	x := jnp.FromSlice([]float32{float32(third), 1, 1, 2}, 2, 2)
	if m := gonum.ToDense(x); m.At(0, 0) != third || m.At(1, 1) != 2 {
		t.Error(m)
	}
	if m := gonum.ToDense(x.T().Mul(0).Add(jnp.Arange(2)).T()); m.At(1, 0) != 1 || m.At(0, 1) != 0 {
		t.Error(m)
	}
	if m := gonum.ToDense(jnp.FromSlice([]int32{-1, 2}, 1, 2)); m.At(0, 0) != -1 {
		t.Error(m)
	}
	if m := gonum.ToDense(jnp.Zeros(0, 0)); !m.IsEmpty() {
		t.Error(m)
	}
	if v := gonum.ToVecDense(jnp.FromSlice([]float32{1, 2})); v.Len() != 2 || v.AtVec(1) != 2 {
		t.Error(v)
	}
	if v := gonum.ToVecDense(jnp.Zeros(0)); v.Len() != 0 {
		t.Error(v)
	}
	if z := gonum.ToCDense(jnp.FromSlice([]complex64{1i}, 1, 1)); z.At(0, 0) != 1i {
		t.Error(z)
	}
	if z := gonum.ToCDense(x); z.At(1, 1) != 2 {
		t.Error(z)
	}
	if s := gonum.ToSymDense(x); s.At(1, 0) != 1 || s.SymmetricDim() != 2 {
		t.Error(s)
	}
	if s := gonum.ToSymDense(jnp.FromSlice([]float32{0, 1, 1 + 1e-7, 2}, 2, 2)); s.At(1, 0) != 1 {
		t.Error("rounding counts")
	}
	l := gonum.ToTriDense(linalg.Cholesky(x.Add(jnp.Eye(2))), mat.Lower)
	if _, kind := l.Triangle(); kind != mat.Lower || l.At(0, 1) != 0 || math.Abs(l.At(0, 0)-math.Sqrt(4./3)) > 1e-6 {
		t.Error(l)
	}
	if u := gonum.ToTriDense(jnp.Triu(x), mat.Upper); u.At(0, 1) != 1 {
		t.Error(u)
	}
	// The data are the caller's own.
	m := gonum.ToDense(x)
	m.Set(0, 1, 77)
	if x.Index(0, 1).Item() != 1 {
		t.Error("shared")
	}
}

func TestRefused(t *testing.T) {
	for want, f := range map[string]func(){
		"one by one":            func() { gonum.ToDense(jnp.Zeros(2, 3, 3)) },
		"ToVecDense)":           func() { gonum.ToDense(jnp.Zeros(3)) },
		"ToDense(float32[0,3])": func() { gonum.ToDense(jnp.Zeros(0, 3)) },
		"0 by 3":                func() { gonum.ToDense(jnp.Zeros(0, 3)) },
		"no real numbers":       func() { gonum.ToDense(jnp.Zeros(1, 1).AsType(jnp.Complex64)) },
		"convert the array":     func() { gonum.ToDense(jnp.Zeros(1, 1).AsType(jnp.Bool)) },
		"every int64":           func() { x64(func() { gonum.ToDense(jnp.FromSlice([]int{1}, 1, 1)) }) },
		"one axis":              func() { gonum.ToVecDense(jnp.Zeros(3, 1)) },
		"not symmetric":         func() { gonum.ToSymDense(jnp.FromSlice([]float32{1, 2, 2.1, 1}, 2, 2)) },
		"not square":            func() { gonum.ToSymDense(jnp.Zeros(2, 3)) },
		"other triangle":        func() { gonum.ToTriDense(jnp.Ones(2, 2), mat.Upper) },
		"x[0, 1]":               func() { gonum.ToTriDense(jnp.Ones(2, 2), mat.Lower) },
		"traced": func() {
			gojax.Jit(func(x jnp.Array) jnp.Array { gonum.ToDense(x); return x })(jnp.Zeros(1, 1))
		},
		"nil": func() { gonum.FromMatrix(nil) },
	} {
		if err := gojax.Try(f); err == nil || !strings.Contains(err.Error(), want) ||
			!strings.HasPrefix(err.Error(), "gonum_test.go:") {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}
