package jnp

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// What the ufuncs are made of. These work on values of one type and shape, in a trace or in a program made by trace.Whole.

type value = trace.Value

// konst is the number c in the type and shape of x.
func konst(x *value, c float64) *value { return ops.FullLike(x, c) }

// litLike is the literal l with the shape and weakness of x.
func litLike(x *value, l ir.Lit) *value {
	l.Weak = x.Aval().Weak && l.DType != ir.Bool
	v := trace.FromLit(l)
	if x.Rank() == 0 {
		return v
	}
	return ops.BroadcastInDim(v, x.Shape(), []int{})
}

// boolLike is b in the shape of x.
func boolLike(x *value, b bool) *value { return litLike(x, ir.BoolLit(b)) }

// toBool is x != 0.
func toBool(x *value) *value {
	if x.DType() == ir.Bool {
		return x
	}
	return strongArray(ops.Ne(x, konst(x, 0)))
}

// isNaN is weakly typed where x is; isInf is not, and isFinite only for floating point: so it is in JAX.
func isNaN(x *value) *value { return ops.Ne(x, x) }

func isInf(x *value) *value {
	switch {
	case x.DType().IsFloat():
		return strong(ops.Eq(ops.Abs(x), konst(x, math.Inf(1))))
	case x.DType().IsComplex():
		return ops.Or(isInf(ops.Real(x)), isInf(ops.Imag(x)))
	}
	return boolLike(x, false)
}

func isFinite(x *value) *value {
	switch {
	case x.DType().IsFloat():
		return ops.IsFinite(x)
	case x.DType().IsComplex():
		return ops.And(ops.IsFinite(ops.Real(x)), ops.IsFinite(ops.Imag(x)))
	}
	return boolLike(x, true)
}

// signBit is the sign bit of a float, x < 0 of an integer.
func signBit(op string, x *value) *value {
	d := x.DType()
	switch {
	case d.IsUnsigned() || d == ir.Bool:
		return boolLike(x, false)
	case d.IsSigned():
		return strong(ops.Lt(x, konst(x, 0)))
	case d.IsComplex():
		refuseComplex(op, x)
	}
	b := floatBits(x)
	return ops.Lt(b, konst(b, 0))
}

// floatBits is the bits of floats as signed integers of their width.
func floatBits(x *value) *value { return ops.Bitcast(x, intOf(x.DType())) }

func intOf(d ir.DType) ir.DType {
	switch d.Bits() {
	case 16:
		return ir.Int16
	case 32:
		return ir.Int32
	}
	return ir.Int64
}

// layout is how a float type stores its numbers.
type layout struct {
	mantissa int // bits stored of the significand
	exponent int // bits
	bias     int
}

func layoutOf(d ir.DType) layout {
	switch d {
	case ir.Float16:
		return layout{10, 5, 15}
	case ir.BFloat16:
		return layout{7, 8, 127}
	case ir.Float32:
		return layout{23, 8, 127}
	}
	return layout{52, 11, 1023}
}

// tiny is the smallest normal number, huge the largest finite one, denormal the smallest positive one.
func (l layout) tiny() float64     { return math.Ldexp(1, 1-l.bias) }
func (l layout) denormal() float64 { return math.Ldexp(1, 1-l.bias-l.mantissa) }
func (l layout) huge() float64 {
	return math.Ldexp(2-math.Ldexp(1, -l.mantissa), l.bias)
}

// defaultFloat and defaultInt are the dtypes of Go's float64 and int.
func defaultFloat() ir.DType { return ir.Float64.Canonical(trace.X64()) }
func defaultInt() ir.DType   { return ir.Int64.Canonical(trace.X64()) }

// strongArray is x, strongly typed unless it is a scalar: what JAX makes of results that it computes with constants.
func strongArray(x *value) *value {
	if x.Rank() == 0 {
		return x
	}
	return strong(x)
}

func refuseComplex(op string, vs ...*value) {
	for _, v := range vs {
		if v.DType().IsComplex() {
			trace.Fail(op, trace.Avals(vs), "complex numbers are not taken; take jnp.Real, jnp.Imag or jnp.Abs of them first")
		}
	}
}

func refuseInexact(op string, vs ...*value) {
	for _, v := range vs {
		if v.DType().IsInexact() {
			trace.Fail(op, trace.Avals(vs), "only integers (and bool, where that makes sense) are taken; convert first, with x.AsType(jnp.Int32)")
		}
	}
}

// pair is two values brought to one type and shape: promoteTypes and broadcastShapes applied.
func pair(op string, x, y *value, fl flags) (*value, *value) {
	x64 := trace.X64(x, y)
	ax, ay := x.Aval(), y.Aval()
	d, weak := promote(x64, ax, ay)
	if fl&toInexact != 0 {
		d = inexact(d)
	}
	if fl&toNumeric != 0 {
		d = numeric(d)
	}
	shape := broadcastShapes2(op, ax.Shape, ay.Shape, []ir.Aval{ax, ay})
	return broadcastTo(convert(op, x, d, weak), shape), broadcastTo(convert(op, y, d, weak), shape)
}

// binary2 is binary for functions with two results.
func binary2(op string, x, y *value, fl flags, f func(x, y *value) (*value, *value)) (Array, Array) {
	x, y = settle(op, x, y)
	out := trace.Whole(op, nil, []*value{x, y}, func(in []*value) []*value {
		x, y := pair(op, in[0], in[1], fl)
		p, q := f(x, y)
		return []*value{p, q}
	})
	return Wrap(out[0]), Wrap(out[1])
}

// settle brings Go's wide scalars to types that a program may have as inputs: their own default, or the type that they take beside
// the other operand.
func settle(op string, x, y *value) (*value, *value) {
	d, _ := promote(trace.X64(x, y), x.Aval(), y.Aval())
	one := func(v *value) *value {
		l, ok := v.Lit()
		if !ok {
			return v
		}
		to := l.DType.Canonical(trace.X64(x, y))
		if l.Weak && d.Kind() == l.DType.Kind() || l.Weak && d.IsInteger() && l.DType.IsInteger() {
			to = d
		}
		return literal(op, v, to, l.Weak)
	}
	return one(x), one(y)
}

// whole2 is trace.Whole for one value in and two out.
func whole2(op string, v *value, f func(*value) (*value, *value)) (Array, Array) {
	out := trace.Whole(op, nil, []*value{v}, func(in []*value) []*value {
		p, q := f(in[0])
		return []*value{p, q}
	})
	return Wrap(out[0]), Wrap(out[1])
}
