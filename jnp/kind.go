package jnp

import (
	"reflect"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/trace"
)

// IsComplexObj reports whether x is of a complex dtype, whatever its elements (NumPy iscomplexobj). x is an Array, a
// DType, a Go scalar or a nested slice; nil is not complex.
func IsComplexObj(x any) bool { return isComplexObj("jnp.IsComplexObj", x) }

func isComplexObj(op string, x any) bool {
	switch x := x.(type) {
	case nil:
		return false
	case DType:
		return x.IsComplex()
	}
	return lift(op, x).DType().IsComplex()
}

// IsRealObj reports whether x is not of a complex dtype (NumPy isrealobj).
func IsRealObj(x any) bool { return !isComplexObj("jnp.IsRealObj", x) }

// IsScalar reports whether x is a Go number or bool or an Array without axes (jax.numpy.isscalar; NumPy's knows no such
// arrays).
func IsScalar(x any) bool {
	if a, ok := x.(Array); ok {
		return a.val("jnp.IsScalar").Rank() == 0
	}
	if v, ok := x.(*trace.Value); ok {
		return v != nil && v.Rank() == 0
	}
	_, ok := kit.LitOf(reflect.ValueOf(x))
	return ok
}
