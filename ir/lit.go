package ir

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"

	"github.com/gomlx/compute/dtypes/bfloat16"
	"github.com/gomlx/compute/dtypes/float16"
)

// Lit is a scalar literal, kept as the bits of its own dtype (little-endian host layout: Lo the first eight bytes, Hi
// the next eight of a complex128), so that NaN and -0 are themselves and Lits compare with ==.
type Lit struct {
	Lo, Hi uint64
	DType  DType
	Weak   bool
}

// Aval is the scalar type of l.
func (l Lit) Aval() Aval { return Aval{DType: l.DType, Weak: l.Weak} }

// IntLit is v as dtype d: wrapped around for integers, rounded for floats, v != 0 for bool.
func IntLit(v int64, d DType) Lit {
	switch d.Kind() {
	case KindInt, KindUint:
		u := uint64(v)
		if n := d.Bits(); n < 64 {
			u &= 1<<n - 1
		}
		return Lit{Lo: u, DType: d}
	case KindBool:
		return BoolLit(v != 0)
	}
	return FloatLit(float64(v), d)
}

// UintLit is IntLit for values above the range of int64.
func UintLit(v uint64, d DType) Lit {
	if d.IsInexact() {
		return FloatLit(float64(v), d)
	}
	if d == Bool {
		return BoolLit(v != 0)
	}
	return IntLit(int64(v), d)
}

// BoolLit is a bool literal.
func BoolLit(v bool) Lit {
	if v {
		return Lit{Lo: 1, DType: Bool}
	}
	return Lit{DType: Bool}
}

// FloatLit is v as dtype d: rounded to nearest for floats, the real part for complex types, truncated for integers.
func FloatLit(v float64, d DType) Lit {
	switch d {
	case Float16:
		return Lit{Lo: uint64(ToF16(v).Bits()), DType: d}
	case BFloat16:
		return Lit{Lo: uint64(ToBF16(v).Bits()), DType: d}
	case Float32:
		return Lit{Lo: uint64(math.Float32bits(float32(v))), DType: d}
	case Float64:
		return Lit{Lo: math.Float64bits(v), DType: d}
	case Complex64, Complex128:
		return ComplexLit(complex(v, 0), d)
	case Bool:
		return BoolLit(v != 0)
	case Uint64:
		return IntLit(int64(uint64(v)), d)
	}
	return IntLit(int64(v), d)
}

// ComplexLit is v as dtype d; the imaginary part is dropped unless d is complex.
func ComplexLit(v complex128, d DType) Lit {
	switch d {
	case Complex64:
		return Lit{Lo: uint64(math.Float32bits(float32(real(v)))) | uint64(math.Float32bits(float32(imag(v))))<<32,
			DType: d}
	case Complex128:
		return Lit{Lo: math.Float64bits(real(v)), Hi: math.Float64bits(imag(v)), DType: d}
	}
	return FloatLit(real(v), d)
}

// AsWeak returns l marked weakly typed.
func (l Lit) AsWeak() Lit { l.Weak = true; return l }

// Convert returns l as dtype d, strongly typed.
func (l Lit) Convert(d DType) Lit {
	switch l.DType.Kind() {
	case KindBool, KindInt:
		return IntLit(l.Int(), d)
	case KindUint:
		return UintLit(l.Lo, d)
	case KindComplex:
		return ComplexLit(l.Complex(), d)
	}
	return FloatLit(l.Float(), d)
}

// Int is the value of a bool or integer literal (a uint64 above the range of int64 wraps), a float's truncation.
func (l Lit) Int() int64 {
	switch l.DType.Kind() {
	case KindInt:
		n := 64 - l.DType.Bits()
		return int64(l.Lo<<n) >> n
	case KindFloat, KindComplex:
		return int64(l.Float())
	}
	return int64(l.Lo)
}

// Float is the value as a float64; of a complex literal, the real part.
func (l Lit) Float() float64 {
	switch l.DType {
	case Float16:
		return float64(float16.FromBits(uint16(l.Lo)).Float32())
	case BFloat16:
		return float64(bfloat16.FromBits(uint16(l.Lo)).Float32())
	case Float32, Complex64:
		return float64(math.Float32frombits(uint32(l.Lo)))
	case Float64, Complex128:
		return math.Float64frombits(l.Lo)
	}
	if l.DType.IsUnsigned() {
		return float64(l.Lo)
	}
	return float64(l.Int())
}

// Complex is the value as a complex128.
func (l Lit) Complex() complex128 {
	switch l.DType {
	case Complex64:
		return complex(l.Float(), float64(math.Float32frombits(uint32(l.Lo>>32))))
	case Complex128:
		return complex(l.Float(), math.Float64frombits(l.Hi))
	}
	return complex(l.Float(), 0)
}

// AppendBytes appends the host representation of l: DType.Size() bytes, little-endian.
func (l Lit) AppendBytes(b []byte) []byte {
	b = binary.LittleEndian.AppendUint64(b, l.Lo)
	if l.DType.Size() == 16 {
		return binary.LittleEndian.AppendUint64(b, l.Hi)
	}
	return b[:len(b)-8+l.DType.Size()]
}

// FloatBytes is the numbers v as elements of dtype d in host memory.
func FloatBytes(v []float64, d DType) []byte {
	b := make([]byte, 0, len(v)*d.Size())
	for _, x := range v {
		b = FloatLit(x, d).AppendBytes(b)
	}
	return b
}

// AppendKey appends the literal's part of a structural key.
func (l Lit) AppendKey(b []byte) []byte {
	t := byte(l.DType) << 1
	if l.Weak {
		t |= 1
	}
	b = binary.LittleEndian.AppendUint64(append(b, t), l.Lo)
	if l.DType == Complex128 {
		b = binary.LittleEndian.AppendUint64(b, l.Hi)
	}
	return b
}

// String is the value in Go's notation.
func (l Lit) String() string {
	switch l.DType.Kind() {
	case KindBool:
		return strconv.FormatBool(l.Lo != 0)
	case KindInt:
		return strconv.FormatInt(l.Int(), 10)
	case KindUint:
		return strconv.FormatUint(l.Lo, 10)
	case KindFloat:
		n := 32
		if l.DType == Float64 {
			n = 64
		}
		return strconv.FormatFloat(l.Float(), 'g', -1, n)
	}
	return fmt.Sprint(l.Complex())
}
