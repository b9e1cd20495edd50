package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Value is an array as the engine sees it: concrete, literal or traced.
type Value = trace.Value

// one binds an operation of one output.
func one(op ir.Op, x ...*Value) *Value { return trace.Bind(op, x...)[0] }

// oneOption is the options of a function that takes one value of them or none.
func oneOption[T any](op string, options []T, in ...*Value) (o T) {
	if len(options) > 1 {
		trace.Fail(op, trace.Avals(in), "takes one %T, not %d", o, len(options))
	}
	for _, o = range options {
	}
	return o
}

// mapEach is f of each of x.
func mapEach(x []*Value, f func(*Value) *Value) []*Value {
	y := make([]*Value, len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return y
}

// litOf is the element of a scalar that is concrete or literal.
func litOf(x *Value) ir.Lit {
	l, ok := x.Lit()
	if !ok {
		b := make([]byte, x.DType().Size())
		trace.Suspended(func() { trace.TheRuntime().ToHost(x, b) })
		l = ir.LitFromBytes(b, x.DType())
		l.Weak = x.Aval().Weak
	}
	return l
}
