package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Operand is what the functions of several operands take: an Array or a Go number. int, uint, float64, complex128 and
// bool are weakly typed, as Python's scalars are in JAX: they take the dtype of the other operand where its kind can
// hold them. The sized types have their own dtype: float32(2) is float32.
type Operand interface {
	Array | ~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64 | ~complex64 | ~complex128 | ~bool
}

// lift is kit.Lift, which an Array need not go through.
func lift(op string, x any) *value {
	if a, ok := x.(Array); ok {
		return a.val(op)
	}
	return kit.Lift(op, x)
}

// liftSecond is lift for the second operand of a method of x. The usual Go numbers get x's own type at once, which
// promotion would give them: one literal less for each eager x.Add(2.5).
func liftSecond(op string, x *value, y any) *value {
	a := x.Aval()
	var l ir.Lit
	switch y := y.(type) {
	case Array:
		return y.val(op)
	case float64:
		if !a.DType.IsFloat() {
			return kit.Lift(op, y)
		}
		l = ir.FloatLit(y, a.DType)
	case int:
		if a.DType != ir.Float32 && a.DType != ir.Float64 && a.DType != ir.Int32 || int(int32(y)) != y {
			return kit.Lift(op, y)
		}
		l = ir.IntLit(int64(y), a.DType)
	default:
		return kit.Lift(op, y)
	}
	l.Weak = a.Weak
	return trace.FromLit(l)
}

// whole is kit.Whole, an Array.
func whole(op string, params any, in []*value, f kit.Function) Array {
	return Wrap(kit.Whole(op, params, in, f))
}

// whole1 is kit.Whole1, an Array.
func whole1(op string, params any, v *value, f func(v *value) *value) Array {
	return Wrap(kit.Whole1(op, params, v, f))
}
