package kit

import (
	"reflect"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Value is the value of an array that is given to op. One that was never set is refused.
func Value[A trace.Leaf](op string, x A) *trace.Value {
	v := x.TraceValue()
	if v == nil {
		trace.FailUnset(op, "")
	}
	return v
}

// Values are the values of arrays. See Value.
func Values[A trace.Leaf](op string, xs []A) []*trace.Value {
	return Map(xs, func(x A) *trace.Value { return Value(op, x) })
}

// Map is f of each of xs: Map(values, jnp.Wrap) are arrays.
func Map[X, Y any](xs []X, f func(x X) Y) []Y {
	ys := make([]Y, len(xs))
	for i, x := range xs {
		ys[i] = f(x)
	}
	return ys
}

// Lift is the value of an operand of op: an array's own; the literal of a Go number or bool, as wide as that is; an
// array on the device for a slice or array of Go values, which may be nested and hold arrays. Anything else is refused.
// Convert a literal (Convert, Settle, Promote) before an operation takes it.
func Lift(op string, x any) *trace.Value {
	switch x := x.(type) {
	case int:
		return trace.FromLit(ir.IntLit(int64(x), ir.Int64).AsWeak())
	case float64:
		return trace.FromLit(ir.FloatLit(x, ir.Float64).AsWeak())
	case bool:
		return trace.FromLit(ir.BoolLit(x))
	case complex128:
		return trace.FromLit(ir.ComplexLit(x, ir.Complex128).AsWeak())
	case float32:
		return trace.FromLit(ir.FloatLit(float64(x), ir.Float32))
	case *trace.Value:
		if x == nil {
			trace.FailUnset(op, "")
		}
		return x
	case trace.Leaf:
		if isArray(reflect.TypeOf(x)) {
			return Value(op, x)
		}
	}
	if l, ok := LitOf(reflect.ValueOf(x)); ok {
		return trace.FromLit(l)
	}
	return Nested(op, x, ir.Invalid)
}

var leafType, elementType = reflect.TypeFor[trace.Leaf](), reflect.TypeFor[trace.Element]()

// isArray reports whether t is a type of arrays, such as jnp.Array: no pointer to one, and no random keys.
func isArray(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.Implements(leafType) && !t.Implements(elementType)
}

// LiftAlone is Lift of an operand whose dtype nothing else decides: a Go number has the default dtype of its kind,
// under the setting of 64-bit types that is in force for the values in with. An integer that does not fit is refused.
func LiftAlone(op string, x any, with ...*trace.Value) *trace.Value {
	v := Lift(op, x)
	if l, ok := v.Lit(); ok {
		return convertLit(op, v, l.DType.Canonical(trace.X64(with...)), l.Weak)
	}
	return v
}

// LiftFor is Lift of an operand that goes into an array of the type like: a Go number has like's dtype wherever that
// can hold its kind, so that nothing needs converting on the device.
func LiftFor(op string, x any, like ir.Aval) *trace.Value {
	v := Lift(op, x)
	if l, ok := v.Lit(); ok {
		d, weak := CommonType(trace.X64(), ir.Aval{DType: like.DType}, l.Aval())
		return convertLit(op, v, d, weak)
	}
	return v
}

// LitOf is the literal of a Go number or bool of any named type.
func LitOf(r reflect.Value) (ir.Lit, bool) {
	if !r.IsValid() {
		return ir.Lit{}, false
	}
	t := r.Type()
	d, err := ir.DTypeOf(t)
	if err != nil {
		return ir.Lit{}, false
	}
	switch k := t.Kind(); {
	case d == ir.Float16 || d == ir.BFloat16:
		return ir.Lit{Lo: r.Uint(), DType: d}, true
	case k == reflect.Bool:
		return ir.BoolLit(r.Bool()), true
	case r.CanInt():
		l := ir.IntLit(r.Int(), d)
		l.Weak = k == reflect.Int
		return l, true
	case r.CanUint():
		l := ir.UintLit(r.Uint(), d)
		l.Weak = k == reflect.Uint
		return l, true
	case r.CanFloat():
		l := ir.FloatLit(r.Float(), d)
		l.Weak = k == reflect.Float64
		return l, true
	default:
		l := ir.ComplexLit(r.Complex(), d)
		l.Weak = k == reflect.Complex128
		return l, true
	}
}
