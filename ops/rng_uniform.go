package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type rngUniform struct{ Shape []int }

func (rngUniform) Name() string { return "rng_uniform" }

// Effect keeps two draws between the same limits two draws.
func (rngUniform) Effect() string { return "random numbers without a key" }

// RNGUniform is an array of numbers uniform in [lo, hi), scalars of one dtype, which is the result's: of floats, or of
// integers of 32 or 64 bits, as lax.rng_uniform. Each execution gives others: there is no key. It exists for programs
// that were written for it; use package random.
func RNGUniform(lo, hi *Value, shape []int) *Value { return one(rngUniform{own(shape)}, lo, hi) }

func (o rngUniform) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	if err := firstError(sameTypes(in), checkShape(o.Shape)); err != nil {
		return nil, err
	}
	if d := in[0].DType; !d.IsFloat() && (!d.IsInteger() || d.Bits() < 32) { // XLA ends the process
		return nil, fmt.Errorf("draws floats, and integers of 32 or 64 bits, not %v; convert what it draws", d)
	}
	if in[0].Rank() != 0 {
		return nil, fmt.Errorf("the limits must be scalars, not of shape %s", ir.ShapeString(in[0].Shape))
	}
	return []ir.Aval{{Shape: o.Shape, DType: in[0].DType}}, nil
}

func (o rngUniform) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	elems := make([]ir.Lit, len(o.Shape))
	for i, n := range o.Shape {
		elems[i] = ir.IntLit(int64(n), ir.Int64)
	}
	shape := e.Dense(elems, ir.Int64, []int{len(o.Shape)})
	return hlo(e, "stablehlo.rng", append(slices.Clone(x), shape),
		"rng_distribution = #stablehlo<rng_distribution UNIFORM>")
}

// Batch draws for one example after the other, each between its own limits.
func (o rngUniform) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return oneByOne(c, o, x, d)
}

// JVP: JAX gives no derivative by the limits either.
func (o rngUniform) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if anyTangent(t) {
		trace.Fail(o.Name(), trace.Avals(x), "has no derivative with respect to its limits; scale uniform numbers of "+
			"package random")
	}
	return jvpZero(c, x)
}
