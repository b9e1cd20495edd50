package kit

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// RefuseComplex refuses complex operands of op.
func RefuseComplex(op string, vs ...*trace.Value) {
	for _, v := range vs {
		if v.DType().IsComplex() {
			trace.Fail(op, trace.Avals(vs),
				"complex numbers are not taken; take jnp.Real, jnp.Imag or jnp.Abs of them first")
		}
	}
}

// RefuseInexact refuses floating-point and complex operands of op.
func RefuseInexact(op string, vs ...*trace.Value) {
	for _, v := range vs {
		if v.DType().IsInexact() {
			trace.Fail(op, trace.Avals(vs),
				"only integers (and bool, where that makes sense) are taken; convert first, with x.AsType(jnp.Int32)")
		}
	}
}

// RefuseBool refuses an operand of bools; reason says why not: "bools have no arithmetic".
func RefuseBool(op, reason string, v *trace.Value) {
	if v.DType() == ir.Bool {
		trace.Fail(op, []ir.Aval{v.Aval()}, "%s; convert it first with x.AsType(jnp.Int32)", reason)
	}
}
