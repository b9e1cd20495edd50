package kit

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Function computes one value of several.
type Function = func(in []*trace.Value) *trace.Value

// Whole is f(in): in a trace what f records, run eagerly one program, which is found again by op, params and the types
// of in. f must depend on nothing else. See trace.Whole, which is for several results.
func Whole(op string, params any, in []*trace.Value, f Function) *trace.Value {
	return trace.Whole(op, params, in, func(in []*trace.Value) []*trace.Value { return []*trace.Value{f(in)} })[0]
}

// Whole1 is Whole for a function of one value.
func Whole1(op string, params any, v *trace.Value, f func(v *trace.Value) *trace.Value) *trace.Value {
	if trace.AnyTraced(v) {
		return f(v)
	}
	return Whole(op, params, []*trace.Value{v}, func(in []*trace.Value) *trace.Value { return f(in[0]) })
}

// Elementwise is Whole for a function of operands (arrays, Go numbers, nested slices) brought to their common inexact
// dtype and their common shape, as NumPy's functions of such numbers do. A float function refuses complex numbers.
func Elementwise(op string, params any, f Function, x ...any) *trace.Value {
	return inexactly(op, params, f, x, func(in []ir.Aval) []int { return BroadcastTypes(op, in) })
}

// Broadcasting is Elementwise for a function whose own operations broadcast: operands keep their shapes, which must go
// together, so that what is computed of a scalar alone is computed once.
func Broadcasting(op string, params any, f Function, x ...any) *trace.Value {
	return inexactly(op, params, f, x, func(in []ir.Aval) []int {
		BroadcastTypes(op, in)
		return nil
	})
}

// Inexactly is Whole for a function of operands brought to their common inexact dtype, of whatever shapes.
func Inexactly(op string, params any, f Function, x ...any) *trace.Value {
	return inexactly(op, params, f, x, func([]ir.Aval) []int { return nil })
}

// inexactly brings x to their common inexact dtype, and to the shape that common says unless that is nil.
func inexactly(op string, params any, f Function, x []any, common func(in []ir.Aval) []int) *trace.Value {
	in := Map(x, func(a any) *trace.Value { return Lift(op, a) })
	avals := trace.Avals(in)
	shape := common(avals)
	d, weak := CommonType(trace.X64(in...), avals...)
	d = Inexact(d)
	for i, v := range in {
		in[i] = Settle(op, v, d, weak)
	}
	return Whole(op, params, in, func(in []*trace.Value) *trace.Value {
		return f(Map(in, func(v *trace.Value) *trace.Value {
			v = Convert(op, v, d, weak)
			if shape != nil {
				v = BroadcastTo(v, shape)
			}
			return v
		}))
	})
}

// Derived is f(x) with a derivative of its own: rule gives the tangents of the results y from those of x, t, which are
// all there; nil for results of integers. f and rule take nothing else that may be differentiated.
func Derived(op string, x []*trace.Value, f func(x []*trace.Value) []*trace.Value,
	rule func(x, y, t []*trace.Value) []*trace.Value) []*trace.Value {
	if !trace.AnyTraced(x...) {
		return f(x)
	}
	p, captured := trace.TraceOf(op, x, f)
	return ops.CustomJVP(p, x, captured, func(x, t []*trace.Value) (y, yt []*trace.Value) {
		y = Derived(op, x, f, rule) // again with its own rule, for derivatives of the derivative
		return y, rule(x, y, t)
	})
}

// Smooth is f(0) of one operand, of which f(1) is the derivative, f(2) the second, and so on: formulas that stay exact
// where those of f(0), differentiated term by term, would cancel or overflow. The last is differentiated as it is
// written.
func Smooth(op string, x *trace.Value, f ...func(x *trace.Value) *trace.Value) *trace.Value {
	if len(f) == 1 {
		return f[0](x)
	}
	return Derived1(op, func(x []*trace.Value) *trace.Value { return f[0](x[0]) },
		func(x []*trace.Value, _ *trace.Value, t []*trace.Value) *trace.Value {
			return ops.Mul(t[0], Strong(Smooth(op, x[0], f[1:]...)))
		}, x)
}

// Derived1 is Derived for a function of any number of operands and one result.
func Derived1(op string, f Function, rule func(x []*trace.Value, y *trace.Value, t []*trace.Value) *trace.Value,
	x ...*trace.Value) *trace.Value {
	return Derived(op, x, func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x)} },
		func(x, y, t []*trace.Value) []*trace.Value { return []*trace.Value{rule(x, y[0], t)} })[0]
}

// DerivedBy is f(x), elementwise, whose derivative by operand i is slope(x, i). Only those that are asked for are
// computed. Operands and slopes may be of any shapes that broadcast to that of f(x).
func DerivedBy(op string, x []*trace.Value, f Function, slope func(x []*trace.Value, i int) *trace.Value) *trace.Value {
	if !trace.AnyTraced(x...) {
		return f(x)
	}
	p, captured := trace.TraceOf(op, x, func(x []*trace.Value) []*trace.Value { return []*trace.Value{f(x)} })
	return ops.SparseCustomJVP(p, x, captured, func(x, t []*trace.Value) (y, yt []*trace.Value) {
		y, yt = []*trace.Value{DerivedBy(op, x, f, slope)}, make([]*trace.Value, 1)
		for i, v := range t {
			if v == nil {
				continue
			}
			s := y[0].Shape()
			v = ops.Mul(BroadcastTo(slope(x, i), s), BroadcastTo(v, s))
			if yt[0] != nil {
				v = ops.Add(yt[0], v)
			}
			yt[0] = v
		}
		return y, yt
	})[0]
}
