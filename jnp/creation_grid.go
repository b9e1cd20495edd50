package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Matrices by the place of their elements: identities, triangles, diagonals, grids.

// Eye is the n by n matrix with ones on the diagonal; further arguments are the number of columns and the diagonal's
// number k, above the main one where k > 0 (NumPy eye).
//
// Options: Creation (DType, Device).
func Eye(n int, mk ...int) Array { return Creation{}.Eye(n, mk...) }

// Eye is the matrix with ones on diagonal k, of n rows and, unless given, as many columns.
func (c Creation) Eye(n int, mk ...int) Array {
	m, k := matrixArgs("jnp.Eye", n, mk)
	return c.eye("jnp.Eye", n, m, k)
}

func (c Creation) eye(op string, n, m, k int) Array {
	d := c.dtype(op, kit.DefaultFloat())
	shape := trace.CheckShape(op, []int{n, m}, d)
	t := ir.Aval{Shape: shape, DType: d}
	if trace.Current() == nil && t.Bytes() <= hostLimit {
		b := make([]byte, t.Bytes())
		one := ir.IntLit(1, d).AppendBytes(nil)
		for i := 0; i < n && m > 0; i++ {
			if j := i + k; j >= 0 && j < m {
				copy(b[(i*m+j)*len(one):], one)
			}
		}
		return onDevice(op, Wrap(trace.TheRuntime().FromHost(b, t)), c.Device)
	}
	type params struct {
		Shape []int
		K     int
		DType ir.DType
	}
	return onDevice(op, whole(op, params{shape, k, d}, nil, func([]*value) *value {
		return ops.Convert(onDiagonal(shape, k, ops.Eq), d)
	}), c.Device)
}

// Identity is the n by n matrix with ones on the diagonal (NumPy identity).
//
// Options: Creation (DType, Device).
func Identity(n int) Array { return Creation{}.Identity(n) }

// Identity is the n by n matrix with ones on the diagonal.
func (c Creation) Identity(n int) Array { return c.eye("jnp.Identity", n, n, 0) }

func matrixArgs(op string, n int, mk []int) (m, k int) {
	m = n
	switch len(mk) {
	case 2:
		m, k = mk[0], mk[1]
	case 1:
		m = mk[0]
	case 0:
	default:
		trace.Fail(op, nil, "rows, columns and a diagonal's number are taken, not %d numbers", len(mk)+1)
	}
	return m, k
}

// onDiagonal is the bool matrix of where row + k and column compare by f; of more axes, the last two count.
func onDiagonal(shape []int, k int, f func(x, y *value) *value) *value {
	r := len(shape)
	d := ir.Int32
	if max(shape[r-2], shape[r-1])+max(k, -k) > 1<<31-1 {
		d = ir.Int64
	}
	row, col := ops.Iota(d, shape, r-2), ops.Iota(d, shape, r-1)
	return f(ops.Add(row, litLike(row, ir.IntLit(int64(k), d))), col)
}

// Tri is the n by m matrix (n by n without m) with ones on and below diagonal k and zeros above, of float32 also while
// 64-bit types are on, as in JAX (NumPy tri).
//
// Options: Creation (DType, Device).
func Tri(n int, mk ...int) Array { return Creation{}.Tri(n, mk...) }

// Tri is the matrix with ones on and below diagonal k, and zeros above.
func (c Creation) Tri(n int, mk ...int) Array {
	const op = "jnp.Tri"
	m, k := matrixArgs(op, n, mk)
	d := c.dtype(op, ir.Float32)
	shape := trace.CheckShape(op, []int{n, m}, d)
	type params struct {
		Shape []int
		K     int
		DType ir.DType
	}
	return onDevice(op, whole(op, params{shape, k, d}, nil, func([]*value) *value {
		return ops.Convert(onDiagonal(shape, k, ops.Ge), d)
	}), c.Device)
}

// Tril is x with the elements above diagonal k (0 by default) of its last two axes zeroed (NumPy tril).
func Tril(x Array, k ...int) Array {
	return triangle("jnp.Tril", x, k, func(cond, x, zero *value) *value { return ops.Select(cond, x, zero) }, 0)
}

// Triu is x with the elements below diagonal k (0 by default) of its last two axes zeroed (NumPy triu).
func Triu(x Array, k ...int) Array {
	return triangle("jnp.Triu", x, k, func(cond, x, zero *value) *value { return ops.Select(cond, zero, x) }, -1)
}

func triangle(op string, x Array, k []int, pick func(cond, x, zero *value) *value, shift int) Array {
	v := x.val(op)
	if v.Rank() < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "an array of at least 2 axes is needed")
	}
	n := kit.Optional(op, "number", k, 0) + shift
	return whole1(op, n, v, func(v *value) *value {
		return pick(onDiagonal(v.Shape(), n, ops.Ge), v, ops.FullLike(v, 0))
	})
}

// Diag is the square matrix with the vector x on diagonal k (0 by default), or of a matrix x the elements of that
// diagonal (NumPy diag).
func Diag(x Array, k ...int) Array {
	const op = "jnp.Diag"
	v, n := x.val(op), kit.Optional(op, "number", k, 0)
	switch v.Rank() {
	case 1:
		return whole1(op, n, v, func(v *value) *value { return diagMatrix(v, n) })
	case 2:
		return Diagonal(x, n)
	}
	trace.Fail(op, []ir.Aval{v.Aval()}, "a vector or a matrix is needed; jnp.Diagonal takes more axes")
	return Array{}
}

func diagMatrix(v *value, k int) *value {
	n := v.Shape()[0] + max(k, -k)
	l := ir.IntLit(0, v.DType())
	l.Weak = v.Aval().Weak
	v = ops.Pad(v, trace.FromLit(l), []int{max(0, -k)}, []int{max(0, k)}, []int{0})
	m := ops.BroadcastInDim(v, []int{n, n}, []int{0})
	return ops.Select(onDiagonal([]int{n, n}, k, ops.Eq), m, ops.FullLike(m, 0))
}

// DiagFlat is Diag of x's elements in row-major order (NumPy diagflat).
func DiagFlat(x Array, k ...int) Array {
	const op = "jnp.DiagFlat"
	v, n := x.val(op), kit.Optional(op, "number", k, 0)
	return whole1(op, n, v, func(v *value) *value {
		return diagMatrix(ops.Reshape(v, []int{v.Aval().Size()}), n)
	})
}

// Diagonal is the elements of diagonal k of the matrices in two axes of x, the first two by default, as the last axis
// (NumPy diagonal). Further arguments are k, 0 by default, and the two axes.
func Diagonal(x Array, kAxes ...int) Array {
	const op = "jnp.Diagonal"
	v := x.val(op)
	in := []ir.Aval{v.Aval()}
	if v.Rank() < 2 {
		trace.Fail(op, in, "an array of at least 2 axes is needed")
	}
	p := struct{ K, Row, Col int }{0, 0, 1}
	switch len(kAxes) {
	case 0:
	case 1:
		p.K = kAxes[0]
	case 3:
		p.K, p.Row, p.Col = kAxes[0], kAxes[1], kAxes[2]
	default:
		trace.Fail(op, in, "the diagonal's number, and then both axes, are taken, not %d numbers", len(kAxes))
	}
	axes := kit.Axes(op, []int{p.Row, p.Col}, v.Rank(), in...)
	p.Row, p.Col = axes[0], axes[1]
	return whole1(op, p, v, func(v *value) *value { return diagonal(v, p.K, p.Row, p.Col) })
}

// Mesh holds the keyword arguments of Meshgrid and Indices. The zero value is NumPy's defaults.
type Mesh struct {
	Sparse bool  // axes that an array does not vary along have length 1
	IJ     bool  // of Meshgrid: the first array varies along the first axis (matrix indexing), not the second
	DType  DType // of Indices: Invalid is the default int
}

// Meshgrid is the coordinates of the grid that the vectors span: one array each, of the same shape (NumPy meshgrid).
// The first vector varies along the second axis, as x does in a plot; see Mesh.IJ.
//
// Options: Mesh (Sparse, IJ).
func Meshgrid(xs ...Array) []Array { return Mesh{}.Meshgrid(xs...) }

// Meshgrid is the coordinates of the grid that the vectors span.
func (g Mesh) Meshgrid(xs ...Array) []Array {
	const op = "jnp.Meshgrid"
	in := make([]*value, len(xs))
	shape := make([]int, len(xs))
	axis := make([]int, len(xs))
	for i, x := range xs {
		in[i] = x.val(op)
		if in[i].Rank() != 1 {
			trace.Fail(op, []ir.Aval{in[i].Aval()}, "argument %d is not a vector; use x.Ravel() first", i)
		}
		axis[i] = i
	}
	if !g.IJ && len(xs) >= 2 {
		axis[0], axis[1] = 1, 0
	}
	for i, v := range in {
		shape[axis[i]] = v.Shape()[0]
	}
	if len(xs) == 0 {
		return nil
	}
	out := trace.Whole(op, g, in, func(in []*value) []*value {
		out := make([]*value, len(in))
		for i, v := range in {
			s := shape
			if g.Sparse {
				s = make([]int, len(shape))
				for j := range s {
					s[j] = 1
				}
				s[axis[i]] = shape[axis[i]]
			}
			out[i] = ops.BroadcastInDim(v, s, []int{axis[i]})
		}
		return out
	})
	arrays := make([]Array, len(out))
	for i, v := range out {
		arrays[i] = Wrap(v)
	}
	return arrays
}

// Indices is the row, column, ... number of every element of an array of the given shape: an array with one more axis,
// first (NumPy indices).
//
// Options: Mesh (DType).
func Indices(shape ...int) Array { return Mesh{}.Indices(shape...) }

// Indices is the package function's, of dtype g.DType where that is set. Where g.Sparse is asked for use SparseIndices.
func (g Mesh) Indices(shape ...int) Array {
	const op = "jnp.Indices"
	if g.Sparse {
		trace.Fail(op, nil, "sparse indices are several arrays: use jnp.Mesh{}.SparseIndices(shape...)")
	}
	d := Creation{DType: g.DType}.dtype(op, kit.DefaultInt())
	refuseBoolCount(op, d)
	trace.CheckShape(op, append([]int{len(shape)}, shape...), d)
	type params struct {
		Shape []int
		DType ir.DType
	}
	return whole(op, params{shape, d}, nil, func([]*value) *value {
		if len(shape) == 0 {
			return ops.Zeros(ir.Aval{Shape: []int{0}, DType: d})
		}
		rows := make([]*value, len(shape))
		for i := range shape {
			rows[i] = ops.Iota(d, append([]int{1}, shape...), i+1)
		}
		return ops.Concatenate(rows, 0)
	})
}

// SparseIndices is the numbers along each axis of an array of the given shape, one array for each, of length 1 along
// all other axes (NumPy indices with sparse=True).
func (g Mesh) SparseIndices(shape ...int) []Array {
	const op = "jnp.Mesh.SparseIndices"
	d := Creation{DType: g.DType}.dtype(op, kit.DefaultInt())
	refuseBoolCount(op, d)
	trace.CheckShape(op, append([]int{len(shape)}, shape...), d)
	out := make([]Array, len(shape))
	for i, n := range shape {
		s := make([]int, len(shape))
		for j := range s {
			s[j] = 1
		}
		s[i] = n
		out[i] = Wrap(ops.Reshape(countUp(op, n, d, ir.IntLit(0, d), ir.IntLit(1, d)).v, s))
	}
	return out
}

func refuseBoolCount(op string, d ir.DType) {
	if d == ir.Bool {
		trace.Fail(op, nil, "an array of bool cannot count; use an integer dtype")
	}
}

// TrilIndices is the row and column numbers of the elements on and below diagonal k of an n by m matrix (NumPy
// tril_indices); m is n and k is 0 unless given.
func TrilIndices(n int, mk ...int) (rows, cols Array) {
	m, k := matrixArgs("jnp.TrilIndices", n, mk)
	return places("jnp.TrilIndices", n, m, func(i, j int) bool { return j <= i+k })
}

// TriuIndices is the row and column numbers of the elements on and above diagonal k of an n by m matrix (NumPy
// triu_indices).
func TriuIndices(n int, mk ...int) (rows, cols Array) {
	m, k := matrixArgs("jnp.TriuIndices", n, mk)
	return places("jnp.TriuIndices", n, m, func(i, j int) bool { return j >= i+k })
}
