// Package callback calls Go functions on trees from programs, for gojax.PureCallback, gojax.IOCallback and
// debug.Callback.
package callback

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Debug calls f(x), for its effect, when the program that records it runs (jax.debug.callback, ordered); with no trace
// open it is called at once. f sees the values, as concrete arrays in a tree of x's structure. op is the function that
// was called.
func Debug[P any](op string, f func(P), x P) {
	c, leaves := callOf(op, f, &x)
	ops.Callback(func(in, _ []ir.HostArray) error {
		c.run(in)
		return nil
	}, leaves...)
}

// Pure returns f(x), computed by the Go function f when the program that records it runs (jax.pure_callback). like is a
// tree of the structure, shapes and dtypes of f's result; its elements do not matter. f must depend on x alone: it may
// be called more than once, or not at all where its result is not needed. Under Vmap it is called once for each row.
func Pure[P, R any](f func(P) R, like R, x P) R {
	return results("gojax.PureCallback", ops.PureCallback, f, like, x)
}

// IO is Pure for a function that has effects too: it is called exactly once for each call that is recorded, in their
// order (jax.experimental.io_callback, ordered).
func IO[P, R any](f func(P) R, like R, x P) R {
	return results("gojax.IOCallback", ops.IOCallback, f, like, x)
}

// results are those of f, which bind records a call of.
func results[P, R any](op string, bind func(f trace.HostFunc, out []ir.Aval, x ...*trace.Value) []*trace.Value,
	f func(P) R, like R, x P) R {
	c, leaves := callOf(op, f, &x)
	def, want := trace.Flatten(like)
	types := trace.Avals(want)
	for i := range types {
		types[i] = types[i].Strong()
	}
	y := bind(func(in, out []ir.HostArray) error {
		trees, y := c.run(in)
		d, name := trees[0], trace.ResultName(0)
		if !d.Equal(def) {
			return fmt.Errorf("the Go function returned another structure than %s was told:\n\t%s", op,
				strings.Join(d.Diff(def, name), "\n\t"))
		}
		for i, v := range y {
			if !v.Aval().SameType(types[i]) {
				return fmt.Errorf("the Go function returned %v for %s, which %s was told is %v", v.Aval(),
					d.PathsFrom(name)[i], op, types[i])
			}
			trace.TheRuntime().ToHost(v, out[i].Data)
		}
		return nil
	}, types, leaves...)
	return trace.Unflatten[R](def, y)
}

// call is a Go function with the structure of its argument. It stays with programs, so it must not hold on to arrays.
type call struct {
	f     *trace.Function
	in    trace.Trees
	types []ir.Aval
	x64   bool
	op    string
	src   ir.Src
}

// callOf is the call of f, for op, with the argument that p points to, and that argument's leaves.
func callOf(op string, f, p any) (*call, []*trace.Value) {
	c := &call{f: trace.FunctionOf(op, f), op: op, src: ir.Here(2)}
	in, leaves := c.f.Flatten(reflect.ValueOf(p).Elem())
	c.in, c.types, c.x64 = in, trace.Avals(leaves), trace.X64(leaves...)
	return c, leaves
}

// run calls the function with concrete arrays, under the setting of the trace that recorded the call.
func (c *call) run(in []ir.HostArray) (out trace.Trees, y []*trace.Value) {
	if s := trace.BeginSpan(); s.Recorder() != nil {
		defer s.End(trace.SpanCallback, c.op, c.src, 0)
	}
	x := make([]*trace.Value, len(in))
	for i, a := range in {
		x[i] = trace.TheRuntime().FromHost(a.Data, c.types[i])
	}
	trace.WithX64(c.x64, func() { out, y = c.f.Apply(c.in, x) })
	return out, y
}
