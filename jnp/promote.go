package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// PromoteTypes is the dtype that an operation on strongly typed arrays of a and b computes in (NumPy promote_types,
// with JAX's rules: int32 with float16 is float16, int32 with uint32 is int64, which is int32 while 64-bit types are
// off).
func PromoteTypes(a, b DType) DType {
	d, _ := kit.CommonType(trace.X64(), ir.Scalar(a), ir.Scalar(b))
	return d
}

// ResultType is the dtype that an operation on x would compute in (NumPy result_type). Each of x is an Array, a DType,
// a Go scalar or a nested slice; weakly typed ones give way to the others.
func ResultType(x ...any) DType {
	if len(x) == 0 {
		trace.Fail("jnp.ResultType", nil, "at least one array or dtype is needed")
	}
	t := make([]ir.Aval, len(x))
	for i, a := range x {
		if d, ok := a.(DType); ok {
			if !d.Valid() {
				trace.Fail("jnp.ResultType", nil, "argument %d is not a dtype", i)
			}
			t[i] = ir.Scalar(d)
			continue
		}
		t[i] = lift("jnp.ResultType", a).Aval()
	}
	d, _ := kit.CommonType(trace.X64(), t...)
	return d
}

// CanCast reports whether every value of from is kept when converted to to: NumPy's can_cast with casting "safe".
func CanCast(from, to DType) bool {
	if from == to {
		return from.Valid()
	}
	fk, tk := from.Kind(), to.Kind()
	// What each real type holds exactly, in bits of whole numbers: NumPy lets 64-bit integers be cast to float64.
	switch {
	case fk == ir.KindInvalid || tk == ir.KindInvalid || tk == ir.KindBool:
		return false
	case fk == ir.KindBool:
		return true
	case fk == ir.KindComplex:
		return tk == ir.KindComplex && to.Bits() > from.Bits()
	case fk == ir.KindFloat:
		t := to.Real()
		return t == from || t.IsFloat() && t.Bits() > from.Bits()
	case fk == ir.KindInt && tk == ir.KindUint:
		return false
	case tk == ir.KindInt && fk == ir.KindUint:
		return to.Bits() > from.Bits()
	case tk == fk:
		return to.Bits() > from.Bits()
	}
	t := to.Real()
	switch t {
	case ir.Float64:
		return true
	case ir.Float32:
		return from.Bits() <= 16
	case ir.Float16, ir.BFloat16:
		return from.Bits() <= 8
	}
	return false
}
