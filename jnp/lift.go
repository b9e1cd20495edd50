package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Lift is kit.Lift.
func Lift(op string, x any) *trace.Value { return kit.Lift(op, x) }

// LiftAs is kit.LiftFor.
func LiftAs(op string, x any, like ir.Aval) *trace.Value { return kit.LiftFor(op, x, like) }

// Build is kit.Whole, an Array.
func Build(op string, params any, in []*trace.Value, f func(in []*trace.Value) *trace.Value) Array {
	return whole(op, params, in, f)
}

// Elementwise is kit.Elementwise, an Array.
func Elementwise(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return Wrap(kit.Elementwise(op, params, f, x...))
}

// Broadcasting is kit.Broadcasting, an Array.
func Broadcasting(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return Wrap(kit.Broadcasting(op, params, f, x...))
}

// Floats is kit.Inexactly, an Array.
func Floats(op string, params any, f func(in []*trace.Value) *trace.Value, x ...any) Array {
	return Wrap(kit.Inexactly(op, params, f, x...))
}
