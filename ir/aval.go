package ir

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"strconv"
)

// Aval is an abstract value: what is known of an array without its data.
type Aval struct {
	Shape []int // never changed in place once the Aval is in use; nil or empty is a scalar
	DType DType
	Weak  bool // came from Go scalars alone, so it gives way in promotion (JAX's weak_type)
}

// Scalar is the aval of a 0-d array.
func Scalar(d DType) Aval { return Aval{DType: d} }

// Rank is the number of axes.
func (a Aval) Rank() int { return len(a.Shape) }

// Size is the number of elements, 1 for a scalar, or -1 if it does not fit an int.
func (a Aval) Size() int { return SizeOf(a.Shape) }

// SizeOf is the product of shape, or -1 if it does not fit an int.
func SizeOf(shape []int) int {
	n := uint64(1)
	for _, d := range shape {
		if d == 0 {
			return 0
		}
	}
	for _, d := range shape {
		hi, lo := bits.Mul64(n, uint64(d))
		if hi != 0 || lo > 1<<62 {
			return -1
		}
		n = lo
	}
	return int(n)
}

// Bytes is the storage of the whole array, or -1 if it does not fit an int.
func (a Aval) Bytes() int {
	n := a.Size()
	hi, lo := bits.Mul64(uint64(max(n, 0)), uint64(a.DType.Size()))
	if n < 0 || hi != 0 || lo > 1<<62 {
		return -1
	}
	return int(lo)
}

// Equal reports whether a and b agree in shape, dtype and weakness.
func (a Aval) Equal(b Aval) bool { return a.Weak == b.Weak && a.SameType(b) }

// SameType reports whether a and b agree in shape and dtype.
func (a Aval) SameType(b Aval) bool { return a.DType == b.DType && slices.Equal(a.Shape, b.Shape) }

// With returns a with another shape.
func (a Aval) With(shape []int) Aval { a.Shape = shape; return a }

// Strong returns a strongly typed, as tangents, cotangents and stored values are.
func (a Aval) Strong() Aval { a.Weak = false; return a }

// As returns a strongly typed copy of a with another dtype.
func (a Aval) As(d DType) Aval { a.DType, a.Weak = d, false; return a }

// String is "float32[3,4]", with a leading ~ when weakly typed.
func (a Aval) String() string {
	b := make([]byte, 0, 24)
	if a.Weak {
		b = append(b, '~')
	}
	b = append(b, a.DType.String()...)
	return string(appendShape(b, a.Shape))
}

// ShapeString is "[3,4]".
func ShapeString(shape []int) string { return string(appendShape(nil, shape)) }

func appendShape(b []byte, shape []int) []byte {
	b = append(b, '[')
	for i, d := range shape {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(d), 10)
	}
	return append(b, ']')
}

// AppendKey appends the aval's part of a structural key.
func (a Aval) AppendKey(b []byte) []byte {
	t := byte(a.DType) << 1
	if a.Weak {
		t |= 1
	}
	b = append(b, t, byte(len(a.Shape)))
	for _, d := range a.Shape {
		if uint(d) < 0x80 {
			b = append(b, byte(d))
		} else {
			b = binary.AppendUvarint(b, uint64(d))
		}
	}
	return b
}
