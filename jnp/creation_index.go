package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// The places of matrices' triangles and diagonals.

// TrilIndicesFrom is TrilIndices for the matrix x: the places on and below its diagonal k, 0 by default (NumPy
// tril_indices_from).
func TrilIndicesFrom(x Array, k ...int) (rows, cols Array) {
	const op = "jnp.TrilIndicesFrom"
	s := matrixShape(op, x)
	return TrilIndices(s[0], s[1], kit.Optional(op, "number", k, 0))
}

// TriuIndicesFrom is TriuIndices for the matrix x: the places on and above its diagonal k, 0 by default (NumPy
// triu_indices_from).
func TriuIndicesFrom(x Array, k ...int) (rows, cols Array) {
	const op = "jnp.TriuIndicesFrom"
	s := matrixShape(op, x)
	return TriuIndices(s[0], s[1], kit.Optional(op, "number", k, 0))
}

func matrixShape(op string, x Array) []int {
	v := x.val(op)
	if v.Rank() != 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a matrix is needed, an array of 2 axes")
	}
	return v.Shape()
}

func places(op string, n, m int, in func(i, j int) bool) (rows, cols Array) {
	n, m = max(n, 0), max(m, 0)
	trace.CheckHost(op, []int{n, m}, ir.Complex128) // a row and a column each
	r, c := []int{}, []int{}
	for i := 0; i < n && m > 0; i++ {
		for j := range m {
			if in(i, j) {
				r, c = append(r, i), append(c, j)
			}
		}
	}
	return FromSlice(r), FromSlice(c)
}

// DiagIndices is the index, one array for each of ndim axes (2 by default), of the main diagonal of an array whose axes
// have length n: x.At(i[0], i[1]) with them is the diagonal of a matrix x (NumPy diag_indices).
func DiagIndices(n int, ndim ...int) []Array {
	const op = "jnp.DiagIndices"
	k := kit.Optional(op, "number", ndim, 2)
	if n < 0 || k < 0 {
		trace.Fail(op, nil, "neither the length, %d, nor the number of axes, %d, may be negative", n, k)
	}
	trace.CheckMany(op, k, "arrays")
	out := make([]Array, k)
	for i := range out {
		out[i] = Arange(n)
	}
	return out
}

// DiagIndicesFrom is DiagIndices for x, which must have at least 2 axes, all of one length (NumPy diag_indices_from).
func DiagIndicesFrom(x Array) []Array {
	const op = "jnp.DiagIndicesFrom"
	v := x.val(op)
	if v.Rank() < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "an array of at least 2 axes is needed")
	}
	s := v.Shape()
	for _, n := range s[1:] {
		if n != s[0] {
			trace.Fail(op, []ir.Aval{v.Aval()}, "all axes must have the same length")
		}
	}
	return DiagIndices(s[0], len(s))
}

// MaskIndices is the row and column numbers of the elements of an n by n matrix that mask, such as Triu or Tril, keeps:
// those that are not 0 in mask(ones, k...) (NumPy mask_indices). What mask returns must not be traced; see Sized.
//
// Options: Sized (Size, FillValue).
func MaskIndices(n int, mask func(x Array, k ...int) Array, k ...int) (rows, cols Array) {
	at := Nonzero(masked("jnp.MaskIndices", n, mask, k))
	return at[0], at[1]
}

// MaskIndices is the package function's, of o.Size elements, filled up with o.FillValue.
func (o Sized) MaskIndices(n int, mask func(x Array, k ...int) Array, k ...int) (rows, cols Array) {
	at := o.Nonzero(masked("jnp.MaskIndices", n, mask, k))
	return at[0], at[1]
}

func masked(op string, n int, mask func(x Array, k ...int) Array, k []int) Array {
	if mask == nil {
		trace.Fail(op, nil, "the mask is nil; give a function such as jnp.Triu")
	}
	m := mask(Ones(n, n), k...)
	if v := m.val(op); v.Rank() != 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the mask must return a matrix")
	}
	return m
}
