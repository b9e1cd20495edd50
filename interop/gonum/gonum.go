package gonum

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// FromMatrix is the array [r, c] of a matrix, float64. A vector is a matrix with one column; FromVector gives one axis.
func FromMatrix(m mat.Matrix) jnp.Array {
	r, c := dims("gonum.FromMatrix", m)
	data := make([]float64, r*c)
	if d, ok := m.(mat.RawMatrixer); ok {
		raw := d.RawMatrix()
		for i := range r {
			copy(data[i*c:(i+1)*c], raw.Data[i*raw.Stride:])
		}
	} else {
		fill(data, r, c, m.At)
	}
	return jnp.FromSlice(data, r, c)
}

// FromVector is the array [n] of a vector, float64.
func FromVector(v mat.Vector) jnp.Array {
	n, _ := dims("gonum.FromVector", v)
	data := make([]float64, n)
	for i := range data {
		data[i] = v.AtVec(i)
	}
	return jnp.FromSlice(data, n)
}

// FromCMatrix is the array [r, c] of a matrix of complex numbers, complex128.
func FromCMatrix(m mat.CMatrix) jnp.Array {
	r, c := dims("gonum.FromCMatrix", m)
	data := make([]complex128, r*c)
	fill(data, r, c, m.At)
	return jnp.FromSlice(data, r, c)
}

func fill[T any](data []T, r, c int, at func(i, j int) T) {
	for i := range r {
		for j := range c {
			data[i*c+j] = at(i, j)
		}
	}
}

func dims(op string, m interface{ Dims() (r, c int) }) (r, c int) {
	if m == nil {
		trace.Fail(op, nil, "the matrix is nil")
	}
	return m.Dims()
}

// ToDense is the matrix of an array [r, c] of real numbers.
func ToDense(x jnp.Array) *mat.Dense {
	r, c := shape("gonum.ToDense", x)
	if r == 0 {
		return &mat.Dense{}
	}
	return mat.NewDense(r, c, reals("gonum.ToDense", x))
}

// ToVecDense is the vector of an array [n] of real numbers.
func ToVecDense(x jnp.Array) *mat.VecDense {
	const op = "gonum.ToVecDense"
	if x.NDim() != 1 {
		trace.Fail(op, avals(x), "a vector has one axis; flatten the array (x.Reshape(-1)), or index it")
	}
	if x.Size() == 0 {
		return &mat.VecDense{}
	}
	return mat.NewVecDense(x.Size(), reals(op, x))
}

// ToCDense is the matrix of an array [r, c] of real or complex numbers.
func ToCDense(x jnp.Array) *mat.CDense {
	const op = "gonum.ToCDense"
	r, c := shape(op, x)
	if r == 0 {
		return &mat.CDense{}
	}
	if !x.DType().IsComplex() {
		data := make([]complex128, r*c)
		for i, v := range reals(op, x) {
			data[i] = complex(v, 0)
		}
		return mat.NewCDense(r, c, data)
	}
	return mat.NewCDense(r, c, jnp.ToSlice[complex128](x))
}

// ToSymDense is the symmetric matrix of an array [n, n] of real numbers, whose upper triangle it has. The lower one may
// differ by rounding, some units in the last place of the largest element, and no more: Add(x.T()).Div(2) makes a
// matrix symmetric.
func ToSymDense(x jnp.Array) *mat.SymDense {
	const op = "gonum.ToSymDense"
	n, data := square(op, x)
	if n == 0 {
		return &mat.SymDense{}
	}
	largest := 0.0
	for _, v := range data {
		largest = math.Max(largest, math.Abs(v))
	}
	eps := 0x1p-52
	if x.DType().Bits() < 64 && x.DType().IsFloat() {
		eps = jnp.FInfo(x.DType()).Eps
	}
	for i := range n {
		for j := range i {
			if d := math.Abs(data[i*n+j] - data[j*n+i]); d > 16*eps*largest {
				trace.Fail(op, avals(x), "it is not symmetric: x[%d, %d] and x[%d, %d] differ by %.3g; make it so "+
					"(x.Add(x.T()).Div(2)), or take it as it is (gonum.ToDense)", i, j, j, i, d)
			}
		}
	}
	return mat.NewSymDense(n, data)
}

// ToTriDense is the triangular matrix of an array [n, n] of real numbers, which are 0 in the other triangle: jnp.Triu
// and jnp.Tril make them so.
func ToTriDense(x jnp.Array, kind mat.TriKind) *mat.TriDense {
	const op = "gonum.ToTriDense"
	n, data := square(op, x)
	if n == 0 {
		return &mat.TriDense{}
	}
	for i := range n {
		for j := range n {
			if (kind == mat.Upper && j < i || kind == mat.Lower && j > i) && data[i*n+j] != 0 {
				trace.Fail(op, avals(x), "x[%d, %d] is %v in the other triangle; take one of them (jnp.Triu, jnp.Tril)",
					i, j, data[i*n+j])
			}
		}
	}
	return mat.NewTriDense(n, kind, data)
}

func square(op string, x jnp.Array) (n int, data []float64) {
	n, c := shape(op, x)
	if n != c {
		trace.Fail(op, avals(x), "the matrix is not square")
	}
	if n == 0 {
		return 0, nil
	}
	return n, reals(op, x)
}

// shape checks that x is a matrix that gonum can have.
func shape(op string, x jnp.Array) (r, c int) {
	if s := x.Shape(); len(s) == 2 {
		r, c = s[0], s[1]
	} else if len(s) > 2 {
		trace.Fail(op, avals(x), "a matrix has two axes; take the matrices of a batch one by one (x.Index(i))")
	} else {
		trace.Fail(op, avals(x), "a matrix has two axes; give the array another (x.Reshape(-1, 1)), or take it as a "+
			"vector (gonum.ToVecDense)")
	}
	if (r == 0) != (c == 0) {
		trace.Fail(op, avals(x), "gonum has no %d by %d matrix: both lengths are 0 or neither is", r, c)
	}
	return r, c
}

// reals are the elements of x as float64.
func reals(op string, x jnp.Array) []float64 {
	d := x.DType()
	switch {
	case d == jnp.Float64:
		return jnp.ToSlice[float64](x)
	case d == jnp.Float32:
		return widened(jnp.ToSlice[float32](x))
	case d == jnp.Bool || d.IsComplex():
		trace.Fail(op, avals(x), "the elements are no real numbers; convert the array (x.AsType, x.Real), or use "+
			"gonum.ToCDense")
	case d.IsInteger() && d.Bits() == 64:
		trace.Fail(op, avals(x), "float64 does not hold every %v; convert the array (x.AsType)", d)
	}
	return jnp.ToSlice[float64](x)
}

func widened(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

// avals is the type of x, for errors.
func avals(x jnp.Array) []ir.Aval { return trace.Avals([]*trace.Value{x.TraceValue()}) }
