package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// optimizationBarrier passes its operands through; the compiler moves nothing across it.
type optimizationBarrier struct{}

func (optimizationBarrier) Name() string { return "optimization_barrier" }

// OptimizationBarrier returns xs unchanged, in such a way that the compiler computes all of them before anything that
// uses one of the results, and shares no work between the two sides.
func OptimizationBarrier(xs ...*Value) []*Value {
	if len(xs) == 0 {
		return nil
	}
	return trace.Bind(optimizationBarrier{}, xs...)
}

func (optimizationBarrier) Infer(in []ir.Aval) ([]ir.Aval, error) { return slices.Clone(in), nil }

func (optimizationBarrier) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.optimization_barrier", x, "")
}

func (optimizationBarrier) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return c.Self(x...), d
}

// JVP puts a barrier of its own around the tangents.
func (optimizationBarrier) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return c.Self(x...), barrierOf(t)
}

func (optimizationBarrier) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := barrierOf(ct)
	for i := range x {
		if x[i].X != nil {
			out[i] = nil
		}
	}
	return out
}

// barrierOf is a barrier around those of x that are not nil.
func barrierOf(x []*Value) []*Value {
	out := make([]*Value, len(x))
	var in []*Value
	for _, v := range x {
		if v != nil {
			in = append(in, v)
		}
	}
	y := OptimizationBarrier(in...)
	for i, v := range x {
		if v != nil {
			out[i], y = y[0], y[1:]
		}
	}
	return out
}
