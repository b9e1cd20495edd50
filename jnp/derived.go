package jnp

import (
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// derived is f(x) with a derivative of its own: rule gives the tangents of the results y from those of x, t, which are all there; nil
// for results of integers. f and rule take nothing else that may be differentiated.
func derived(op string, x []*value, f func(x []*value) []*value, rule func(x, y, t []*value) []*value) []*value {
	if !trace.AnyTraced(x...) {
		return f(x)
	}
	p, captured := trace.TraceOf(op, x, f)
	return ops.CustomJVP(p, x, captured, func(x, t []*value) (y, yt []*value) {
		y = derived(op, x, f, rule) // again with its own rule, for derivatives of the derivative
		return y, rule(x, y, t)
	})
}

// derived1 is derived for a function of any number of operands and one result.
func derived1(op string, f func(x []*value) *value, rule func(x []*value, y *value, t []*value) *value, x ...*value) *value {
	return derived(op, x, func(x []*value) []*value { return []*value{f(x)} }, func(x, y, t []*value) []*value {
		return []*value{rule(x, y[0], t)}
	})[0]
}
