package ir

import (
	"encoding/binary"
	"fmt"
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

// MaxRank is how many axes an array can have. XLA knows no bound, but needs time that grows with the square.
const MaxRank = 256

// Size is the number of elements, 1 for a scalar, or -1 if it does not fit an int; see SizeOf.
func (a Aval) Size() int { return SizeOf(a.Shape) }

// SizeOf is the product of shape, or -1 if that does not fit an int. It is -1 too where it is the 0 among the lengths
// alone that makes it fit: XLA multiplies them in any order, and ends the process where that overflows.
func SizeOf(shape []int) int { return product(1, shape) }

// Bytes is the storage of the whole array, or -1 if it does not fit an int; see SizeOf.
func (a Aval) Bytes() int { return product(uint64(a.DType.Size()), a.Shape) }

func product(n uint64, shape []int) int {
	empty := n == 0
	for _, d := range shape {
		if d == 0 {
			empty = true
			continue
		}
		hi, lo := bits.Mul64(n, uint64(d))
		if hi != 0 || lo > 1<<62 {
			return -1
		}
		n = lo
	}
	if empty {
		return 0
	}
	return int(n)
}

// Check says why no array can have the type a; nil if one can.
func (a Aval) Check() error {
	if len(a.Shape) > MaxRank {
		return fmt.Errorf("an array of %d axes; there can be %d", len(a.Shape), MaxRank)
	}
	for _, n := range a.Shape {
		if n < 0 {
			return fmt.Errorf("shape %v has a negative length", a.Shape)
		}
	}
	if a.Bytes() < 0 {
		return fmt.Errorf("an array of shape %v and dtype %v has more bytes than memory can address", a.Shape, a.DType)
	}
	return nil
}

// Infer is op.Infer(in), of which no type is one that no array can have, for an op that holds no program which is too
// deep or too large.
func Infer(op Op, in []Aval) ([]Aval, error) {
	if n, ok := op.(Nested); ok {
		for _, q := range n.Programs() {
			if err := q.CheckExtent(); err != nil {
				return nil, err
			}
		}
	}
	out, err := op.Infer(in)
	for i := 0; err == nil && i < len(out); i++ {
		err = out[i].Check()
	}
	return out, err
}

// Equal reports whether a and b agree in shape, dtype and weakness.
func (a Aval) Equal(b Aval) bool { return a.Weak == b.Weak && a.SameType(b) }

// SameType reports whether a and b agree in shape and dtype.
func (a Aval) SameType(b Aval) bool { return a.DType == b.DType && slices.Equal(a.Shape, b.Shape) }

// With returns a with another shape.
func (a Aval) With(shape []int) Aval { a.Shape = shape; return a }

// Strong returns a strongly typed, as tangents, cotangents and stored values are.
func (a Aval) Strong() Aval { a.Weak = false; return a }

// Clone is a with a shape of its own.
func (a Aval) Clone() Aval { a.Shape = slices.Clone(a.Shape); return a }

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
