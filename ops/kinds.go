package ops

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax/ir"
)

// kinds is a set of dtype families.
type kinds uint8

const (
	kBool kinds = 1 << iota
	kSigned
	kUnsigned
	kFloat
	kComplex

	kInt     = kSigned | kUnsigned
	kReal    = kInt | kFloat
	kNum     = kReal | kComplex
	kInexact = kFloat | kComplex
	kLogic   = kInt | kBool
	kOrdered = kReal | kBool
	kAny     = kNum | kBool
)

// kindOf is the family of a dtype.
func kindOf(d ir.DType) kinds {
	switch d.Kind() {
	case ir.KindBool:
		return kBool
	case ir.KindInt:
		return kSigned
	case ir.KindUint:
		return kUnsigned
	case ir.KindFloat:
		return kFloat
	case ir.KindComplex:
		return kComplex
	}
	return 0
}

// String lists the families for messages: "float or complex".
func (k kinds) String() string {
	var s []string
	add := func(set kinds, name string) {
		if k&set == set {
			s = append(s, name)
			k &^= set
		}
	}
	add(kBool, "bool")
	add(kInt, "integer")
	add(kSigned, "signed integer")
	add(kUnsigned, "unsigned integer")
	add(kFloat, "float")
	add(kComplex, "complex")
	if n := len(s); n > 1 {
		return strings.Join(s[:n-1], ", ") + " or " + s[n-1]
	}
	return strings.Join(s, "")
}

// wantKind refuses dtypes outside of allow.
func wantKind(a ir.Aval, allow kinds) error {
	if kindOf(a.DType)&allow == 0 {
		return fmt.Errorf(
			"takes %v operands, not %v; convert first with lax.ConvertElementType, or use the jnp function, which "+
				"promotes", allow, a.DType)
	}
	return nil
}
