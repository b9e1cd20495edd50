package jnp

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// DTypeKind is a family of dtypes, for IsSubDType and IsDType: NumPy's abstract scalar types.
type DTypeKind uint8

const (
	AnyKind         DTypeKind = iota // every dtype (NumPy generic)
	Numeric                          // all but bool (NumPy number, "numeric")
	Integral                         // signed and unsigned integers (NumPy integer, "integral")
	SignedInteger                    // (NumPy signedinteger, "signed integer")
	UnsignedInteger                  // (NumPy unsignedinteger, "unsigned integer")
	Inexact                          // real and complex floating point (NumPy inexact)
	Floating                         // real floating point (NumPy floating, "real floating")
	ComplexFloating                  // (NumPy complexfloating, "complex floating")
)

var kindNames = [...]string{"generic", "number", "integer", "signedinteger", "unsignedinteger", "inexact", "floating",
	"complexfloating"}

// String is the name of NumPy's abstract type.
func (k DTypeKind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "invalid"
}

// holds reports whether d is of the family.
func (k DTypeKind) holds(op string, d DType) bool {
	switch k {
	case AnyKind:
		return d.Valid()
	case Numeric:
		return d.IsInteger() || d.IsInexact()
	case Integral:
		return d.IsInteger()
	case SignedInteger:
		return d.IsSigned()
	case UnsignedInteger:
		return d.IsUnsigned()
	case Inexact:
		return d.IsInexact()
	case Floating:
		return d.IsFloat()
	case ComplexFloating:
		return d.IsComplex()
	}
	trace.Fail(op, nil, "%d is not a kind of dtypes; the kinds are jnp.AnyKind to jnp.ComplexFloating", k)
	return false
}

// IsSubDType reports whether d is, or belongs to the family, of (NumPy issubdtype): jnp.IsSubDType(d, jnp.Floating).
// bool belongs to AnyKind alone.
func IsSubDType[K DType | DTypeKind](d DType, of K) bool { return isOf("jnp.IsSubDType", d, of) }

// IsDType reports whether d is any of the dtypes, or belongs to any of the families, kinds (NumPy isdtype, of the array
// API). With no kinds it is false.
func IsDType[K DType | DTypeKind](d DType, kinds ...K) bool {
	return slices.ContainsFunc(kinds, func(k K) bool { return isOf("jnp.IsDType", d, k) })
}

func isOf(op string, d DType, of any) bool {
	if k, ok := of.(DTypeKind); ok {
		return k.holds(op, d)
	}
	return d == of.(DType)
}

// Casting is how much a conversion between dtypes may lose, the keyword argument of NumPy's can_cast. The zero value is
// its default.
type Casting uint8

const (
	CastSafe  Casting = iota // nothing: every value is kept
	CastNo                   // the dtypes must be the same
	CastEquiv                // the same here: arrays have one byte order
	// precision and range, within a kind or to a wider one: int64 to int8 or float16, not float to int
	CastSameKind
	CastUnsafe // anything
)

// CanCast reports whether the rule lets arrays of dtype from be converted to dtype to (NumPy can_cast). As in NumPy,
// bfloat16, which is not one of its own types, is converted by CastSameKind only to types that hold all its values.
func (c Casting) CanCast(from, to DType) bool {
	if !from.Valid() || !to.Valid() {
		return false
	}
	switch c {
	case CastSafe:
		return CanCast(from, to)
	case CastNo, CastEquiv:
		return from == to
	case CastUnsafe:
		return true
	case CastSameKind:
		return CanCast(from, to) || from != ir.BFloat16 && castRank(from) <= castRank(to)
	}
	trace.Fail("jnp.CanCast", nil, "%d is not a rule of casting; the rules are jnp.CastSafe to jnp.CastUnsafe", c)
	return false
}

// castRank orders the kinds: conversions go upwards.
func castRank(d DType) int {
	switch d.Kind() {
	case ir.KindBool:
		return 0
	case ir.KindUint:
		return 1
	case ir.KindInt:
		return 2
	case ir.KindFloat:
		return 3
	}
	return 4
}
