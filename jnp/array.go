package jnp

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Array is an n-dimensional array of one dtype, immutable, on a device; under Jit and the other transformations, a
// traced stand-in for one. It is one pointer: copy it freely. The zero Array holds nothing, and using it is an error.
// Arrays cannot be compared with ==: use Eq for elementwise comparison, or ArrayEqual.
type Array struct {
	_ [0]func() // forbids ==
	v *trace.Value
}

// DType is the type of an array's elements.
type DType = ir.DType

// The dtypes. Their Go element types are bool, int8 to int64, uint8 to uint64, float32, float64, complex64, complex128,
// and ir.F16 and ir.BF16 for the two half-precision floats.
const (
	Bool       = ir.Bool
	Int8       = ir.Int8
	Int16      = ir.Int16
	Int32      = ir.Int32
	Int64      = ir.Int64
	Uint8      = ir.Uint8
	Uint16     = ir.Uint16
	Uint32     = ir.Uint32
	Uint64     = ir.Uint64
	Float16    = ir.Float16
	BFloat16   = ir.BFloat16
	Float32    = ir.Float32
	Float64    = ir.Float64
	Complex64  = ir.Complex64
	Complex128 = ir.Complex128
)

// Wrap is the Array of an engine value: for code that works on lax's level.
func Wrap(v *trace.Value) Array { return Array{v: v} }

// TraceValue is the engine's value of a, nil for the zero Array. It makes Array a leaf of trees.
func (a Array) TraceValue() *trace.Value { return a.v }

// SetTraceValue makes *a the Array of v. It serves the tree machinery.
func (a *Array) SetTraceValue(v *trace.Value) { a.v = v }

// val is the value of a; the zero Array is an error of the operation op.
func (a Array) val(op string) *trace.Value {
	if a.v == nil {
		trace.FailUnset(op, "")
	}
	return a.v
}

// Shape is the lengths of the axes, empty for a scalar (NumPy ndarray.shape). The slice is the caller's own.
func (a Array) Shape() []int {
	s := a.val("jnp.Array.Shape").Shape()
	if len(s) == 0 {
		return []int{}
	}
	return slices.Clone(s)
}

// NDim is the number of axes.
func (a Array) NDim() int { return a.val("jnp.Array.NDim").Rank() }

// Size is the number of elements.
func (a Array) Size() int { return a.val("jnp.Array.Size").Aval().Size() }

// NBytes is the number of bytes of the elements (NumPy ndarray.nbytes).
func (a Array) NBytes() int { return a.val("jnp.Array.NBytes").Aval().Bytes() }

// DType is the element type (NumPy ndarray.dtype).
func (a Array) DType() DType { return a.val("jnp.Array.DType").DType() }

// Weak reports whether a is weakly typed: made of Go's int, float64, complex128 constants alone, so that in promotion
// it gives way to the dtype of the other operand, as Python scalars do in JAX.
func (a Array) Weak() bool { return a.val("jnp.Array.Weak").Aval().Weak }

// Len is the length of the first axis, as Python's len. It panics for a scalar.
func (a Array) Len() int {
	v := a.val("jnp.Array.Len")
	if v.Rank() == 0 {
		trace.Fail("jnp.Array.Len", []ir.Aval{v.Aval()}, "a scalar has no length; Size is 1")
	}
	return v.Shape()[0]
}
