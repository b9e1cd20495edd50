// Package callback calls Go functions on trees from programs, for gojax.PureCallback and debug.Callback.
package callback

import (
	"fmt"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Debug calls f(x), for its effect, when the program that records it runs (jax.debug.callback, ordered); with no trace
// open it is called at once. f sees the values, as concrete arrays in a tree of x's structure.
func Debug[P any](f func(P), x P) {
	ops.CheckFuncs("debug.Callback", f != nil)
	def, leaves := trace.Flatten(x)
	x64 := trace.X64(leaves...)
	types := trace.Avals(leaves)
	ops.Callback(func(in, _ []ir.HostArray) error {
		trace.WithX64(x64, func() { f(trace.Unflatten[P](def, fromHost(types, in))) })
		return nil
	}, leaves...)
}

// Pure returns f(x), computed by the Go function f when the program that records it runs (jax.pure_callback). like is a
// tree of the structure, shapes and dtypes of f's result; its elements do not matter. f must depend on x alone: it may
// be called more than once, or not at all where its result is not needed. Under Vmap it is called once for each row.
func Pure[P, R any](f func(P) R, like R, x P) R {
	const op = "PureCallback"
	ops.CheckFuncs(op, f != nil)
	def, leaves := trace.Flatten(x)
	rdef, want := trace.Flatten(like)
	x64 := trace.X64(leaves...)
	types, out := trace.Avals(leaves), trace.Avals(want)
	for i := range out {
		out[i] = out[i].Strong()
	}
	y := ops.PureCallback(func(in, res []ir.HostArray) (err error) {
		trace.WithX64(x64, func() {
			d, y := trace.Flatten(f(trace.Unflatten[P](def, fromHost(types, in))))
			if !d.Equal(rdef) {
				err = fmt.Errorf("the Go function returned another structure than PureCallback was told:\n\t%s", strings.Join(d.Diff(rdef, "the result"), "\n\t"))
				return
			}
			for i, v := range y {
				if !v.Aval().SameType(out[i]) {
					err = fmt.Errorf("the Go function returned %v for %s, which PureCallback was told is %v", v.Aval(), d.PathsFrom("the result")[i], out[i])
					return
				}
				trace.TheRuntime().ToHost(v, res[i].Data)
			}
		})
		return err
	}, out, leaves...)
	return trace.Unflatten[R](rdef, y)
}

// fromHost copies the arrays of a call to the device.
func fromHost(types []ir.Aval, in []ir.HostArray) []*trace.Value {
	x := make([]*trace.Value, len(in))
	for i, a := range in {
		x[i] = trace.TheRuntime().FromHost(a.Data, types[i])
	}
	return x
}
