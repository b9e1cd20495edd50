package kit

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Convert is v as dtype d with the weak flag, for op: v itself where it has that type already, a literal for a literal.
// A Go integer that d cannot hold is refused.
func Convert(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	a := v.Aval()
	if a.DType == d && a.Weak == weak {
		return v
	}
	if _, ok := v.Lit(); ok {
		return convertLit(op, v, d, weak)
	}
	if a.DType == d && !trace.AnyTraced(v) {
		return v.WithWeak(weak)
	}
	return ops.ConvertWeak(v, d, weak)
}

// Settle does that part of Convert that needs no program: literals, and weakness alone. What it leaves is for Convert
// in the program.
func Settle(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	if _, ok := v.Lit(); ok || v.DType() == d && !trace.AnyTraced(v) {
		return Convert(op, v, d, weak)
	}
	return v
}

// As is v, strongly typed, as dtype d, cut and rounded as that needs; a literal stays a literal.
func As(v *trace.Value, d ir.DType) *trace.Value {
	if l, ok := v.Lit(); ok {
		return trace.FromLit(l.Convert(d))
	}
	return ops.Convert(v, d)
}

// Strong is v, strongly typed.
func Strong(v *trace.Value) *trace.Value { return ops.Convert(v, v.DType()) }

// AsInexact is v or, where it is of bools or integers, v in the dtype that they are computed in; it stays as weak as it
// is.
func AsInexact(v *trace.Value) *trace.Value {
	a := v.Aval()
	// an integer fits every floating-point type, so there is no error to name
	return Convert("", v, Inexact(a.DType), a.Weak)
}

// convertLit is the literal v as dtype d.
func convertLit(op string, v *trace.Value, d ir.DType, weak bool) *trace.Value {
	l, _ := v.Lit()
	if l.DType == d && l.Weak == weak {
		return v
	}
	if d.IsInteger() && l.DType.IsInteger() && !Fits(l, d) {
		failInteger(op, l, d)
	}
	l = l.Convert(d)
	l.Weak = weak
	return trace.FromLit(l)
}

func failInteger(op string, l ir.Lit, d ir.DType) {
	kind := map[ir.DType]string{ir.Int32: "signed", ir.Uint32: "unsigned"}[d]
	if kind != "" && !trace.X64() {
		trace.Fail(op, nil,
			"the Go integer %s does not fit %v, the widest %s integer while 64-bit types are off; turn them on "+
				"(gojax.EnableX64, or gojax.WithX64 around this call), or write it as a float", l, d, kind)
	}
	trace.Fail(op, nil,
		"the Go integer %s does not fit %v, the dtype it takes beside the other operand; convert that first "+
			"(x.AsType(jnp.Int32))", l, d)
}

// Fits reports whether integer dtype d can hold the integer literal l.
func Fits(l ir.Lit, d ir.DType) bool {
	c := l.Convert(d)
	if l.DType.IsUnsigned() {
		return c.Lo == l.Lo && (d.IsUnsigned() || c.Int() >= 0)
	}
	return c.Int() == l.Int() && (d.IsSigned() || l.Int() >= 0)
}
