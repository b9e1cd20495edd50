package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// kernel calls a Go function that computes on slices and does not use gojax.
type kernel struct {
	hostCall
	Label string
}

func (kernel) Name() string            { return "kernel" }
func (kernel) CallsHost() ir.HostCalls { return ir.KernelCalls }

// Kernel is what the kernel with the name and handle makes of x: results of the types out.
func Kernel(name string, handle *Value, out []ir.Aval, x ...*Value) []*Value {
	if !trace.AnyTraced(x...) {
		return trace.TheRuntime().CallKernel(name, handle, out, x)
	}
	return trace.Bind(kernel{hostCall{Out: out}, name}, append([]*Value{handle}, x...)...)
}

func (o kernel) Infer(in []ir.Aval) ([]ir.Aval, error) { return o.infer(in) }

func (o kernel) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return o.lower(e, o, x, fmt.Sprintf("kernel = %q", o.Label))
}

func (o kernel) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	o.hostCall, x = o.mapped(c, x, d)
	y := trace.Bind(o, x...)
	return y, make([]int, len(y))
}

func (o kernel) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return withoutDerivative("kernel "+o.Label, c, x, t)
}
