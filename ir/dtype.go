package ir

import (
	"fmt"
	"reflect"

	"github.com/gomlx/compute/dtypes/bfloat16"
	"github.com/gomlx/compute/dtypes/float16"
)

// DType is the type of an array's elements. The zero DType is Invalid.
type DType uint8

// The element types. The order is fixed: it is part of structural keys.
const (
	Invalid DType = iota
	Bool
	Int8
	Int16
	Int32
	Int64
	Uint8
	Uint16
	Uint32
	Uint64
	Float16
	BFloat16
	Float32
	Float64
	Complex64
	Complex128
)

// F16 and BF16 are the Go element types of Float16 and BFloat16 arrays.
type (
	F16  = float16.Float16
	BF16 = bfloat16.BFloat16
)

// Kind sorts dtypes into the families that promotion and the rules of operations care about.
type Kind uint8

const (
	KindInvalid Kind = iota
	KindBool
	KindInt
	KindUint
	KindFloat
	KindComplex
)

type dtypeInfo struct {
	name string // NumPy's
	mlir string // StableHLO's
	bits int    // of storage, a bool taking 8
	kind Kind
	goT  reflect.Type
}

var dtypeInfos = [...]dtypeInfo{
	Invalid:    {"invalid", "none", 0, KindInvalid, nil},
	Bool:       {"bool", "i1", 8, KindBool, reflect.TypeFor[bool]()},
	Int8:       {"int8", "i8", 8, KindInt, reflect.TypeFor[int8]()},
	Int16:      {"int16", "i16", 16, KindInt, reflect.TypeFor[int16]()},
	Int32:      {"int32", "i32", 32, KindInt, reflect.TypeFor[int32]()},
	Int64:      {"int64", "i64", 64, KindInt, reflect.TypeFor[int64]()},
	Uint8:      {"uint8", "ui8", 8, KindUint, reflect.TypeFor[uint8]()},
	Uint16:     {"uint16", "ui16", 16, KindUint, reflect.TypeFor[uint16]()},
	Uint32:     {"uint32", "ui32", 32, KindUint, reflect.TypeFor[uint32]()},
	Uint64:     {"uint64", "ui64", 64, KindUint, reflect.TypeFor[uint64]()},
	Float16:    {"float16", "f16", 16, KindFloat, reflect.TypeFor[F16]()},
	BFloat16:   {"bfloat16", "bf16", 16, KindFloat, reflect.TypeFor[BF16]()},
	Float32:    {"float32", "f32", 32, KindFloat, reflect.TypeFor[float32]()},
	Float64:    {"float64", "f64", 64, KindFloat, reflect.TypeFor[float64]()},
	Complex64:  {"complex64", "complex<f32>", 64, KindComplex, reflect.TypeFor[complex64]()},
	Complex128: {"complex128", "complex<f64>", 128, KindComplex, reflect.TypeFor[complex128]()},
}

// AllDTypes lists every dtype but Invalid, in order.
func AllDTypes() []DType {
	d := make([]DType, 0, len(dtypeInfos)-1)
	for i := Bool; int(i) < len(dtypeInfos); i++ {
		d = append(d, i)
	}
	return d
}

func (d DType) info() *dtypeInfo {
	if int(d) >= len(dtypeInfos) {
		return &dtypeInfos[Invalid]
	}
	return &dtypeInfos[d]
}

// String is NumPy's name: "float32".
func (d DType) String() string { return d.info().name }

// MLIR is the element type in StableHLO text: "f32", "ui8", "complex<f64>".
func (d DType) MLIR() string { return d.info().mlir }

// Bits is the storage of one element in bits; a bool takes 8.
func (d DType) Bits() int { return d.info().bits }

// Size is the storage of one element in bytes.
func (d DType) Size() int { return d.info().bits / 8 }

// Kind is the family d belongs to.
func (d DType) Kind() Kind { return d.info().kind }

// GoType is the Go type of one element (F16 and BF16 for the half-precision floats), nil for Invalid.
func (d DType) GoType() reflect.Type { return d.info().goT }

// Valid reports whether d is one of the listed types.
func (d DType) Valid() bool { return d != Invalid && int(d) < len(dtypeInfos) }

func (d DType) IsBool() bool     { return d == Bool }
func (d DType) IsSigned() bool   { return d.Kind() == KindInt }
func (d DType) IsUnsigned() bool { return d.Kind() == KindUint }
func (d DType) IsComplex() bool  { return d.Kind() == KindComplex }

// IsInteger reports whether d is a signed or unsigned integer (not bool).
func (d DType) IsInteger() bool { k := d.Kind(); return k == KindInt || k == KindUint }

// IsFloat reports whether d is a real floating-point type.
func (d DType) IsFloat() bool { return d.Kind() == KindFloat }

// IsInexact reports whether d is floating-point, real or complex: what can be differentiated.
func (d DType) IsInexact() bool { return d.IsFloat() || d.IsComplex() }

// UintOf is the unsigned integer of 8, 16, 32 or 64 bits.
func UintOf(bits int) DType {
	switch bits {
	case 8:
		return Uint8
	case 16:
		return Uint16
	case 32:
		return Uint32
	}
	return Uint64
}

// Real is the type of the real part of a complex type; other types are their own.
func (d DType) Real() DType {
	switch d {
	case Complex64:
		return Float32
	case Complex128:
		return Float64
	}
	return d
}

// Complex is the complex type whose parts hold d: complex128 for float64 (and complex128), complex64 for the rest.
func (d DType) Complex() DType {
	if d == Float64 || d == Complex128 {
		return Complex128
	}
	return Complex64
}

// Canonical is d itself with x64 on; with x64 off, its 32-bit (complex64 for complex128) counterpart.
func (d DType) Canonical(x64 bool) DType {
	if x64 {
		return d
	}
	switch d {
	case Int64:
		return Int32
	case Uint64:
		return Uint32
	case Float64:
		return Float32
	case Complex128:
		return Complex64
	}
	return d
}

// DTypeOf is the dtype of a Go element type: float32 to Float32, int and int64 to Int64, uint and uint64 to Uint64,
// named types by their kind. F16 and BF16 are told by their own types, since their kind is uint16.
func DTypeOf(t reflect.Type) (DType, error) {
	switch t {
	case dtypeInfos[Float16].goT:
		return Float16, nil
	case dtypeInfos[BFloat16].goT:
		return BFloat16, nil
	}
	switch t.Kind() {
	case reflect.Bool:
		return Bool, nil
	case reflect.Int8:
		return Int8, nil
	case reflect.Int16:
		return Int16, nil
	case reflect.Int32:
		return Int32, nil
	case reflect.Int, reflect.Int64:
		return Int64, nil
	case reflect.Uint8:
		return Uint8, nil
	case reflect.Uint16:
		return Uint16, nil
	case reflect.Uint32:
		return Uint32, nil
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return Uint64, nil
	case reflect.Float32:
		return Float32, nil
	case reflect.Float64:
		return Float64, nil
	case reflect.Complex64:
		return Complex64, nil
	case reflect.Complex128:
		return Complex128, nil
	}
	return Invalid, fmt.Errorf("%v is not an array element type", t)
}

// ParseDType reads NumPy's name of a dtype.
func ParseDType(name string) (DType, error) {
	for i := Bool; int(i) < len(dtypeInfos); i++ {
		if dtypeInfos[i].name == name {
			return i, nil
		}
	}
	return Invalid, fmt.Errorf("%q is not a dtype: want bool, int8 to int64, uint8 to uint64, float16, bfloat16, "+
		"float32, float64, complex64 or complex128", name)
}
