package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// plan is what backend/kernels/convolve.c needs to know of a convolution of one input feature for each output feature,
// along one axis or two; nil for others, which XLA does as products of matrices.
func (c conv) plan(x, w, out ir.Aval) []int {
	d := c.Dims
	n := len(d.LHS) - 2
	if n < 1 || n > 2 || x.DType != out.DType || x.DType != ir.Float32 && x.DType != ir.Float64 || c.BatchGroups > 1 ||
		w.Shape[d.RHS[1]] != 1 || !allEqual(slices.Concat(c.Strides, c.LhsDilation, c.RhsDilation), 1) {
		return nil
	}
	sizes, window := sizesAt(x.Shape, d.LHS), sizesAt(w.Shape, d.RHS)
	if window[0] > 4*sizes[1] && out.Shape[d.Out[n+1]] < 64 {
		return nil // many features of short rows: a product of matrices has more to multiply at once
	}
	plan := []int{sizes[0], sizes[1], window[0]}
	if n == 1 {
		plan = append(plan, 1, sizes[2], 1, window[2], 0, 0, c.Low[0], c.High[0])
	} else {
		plan = append(plan, sizes[2], sizes[3], window[2], window[3], c.Low[0], c.High[0], c.Low[1], c.High[1])
	}
	if slices.Max(plan) > math.MaxInt32 || slices.Min(plan) < -math.MaxInt32 {
		return nil
	}
	return plan
}

// byKernel writes the convolution, of type out, as a call of the kernel.
func (c conv) byKernel(e trace.Emitter, x []trace.Operand, out ir.Aval, plan []int) []trace.Operand {
	d := c.Dims
	in := lowerFun(e, x, func(v []*Value) []*Value {
		return []*Value{Transpose(v[0], d.LHS), Transpose(v[1], d.RHS)}
	})
	y := callKernel(e, convolveKernel, in, fmt.Sprintf("plan = array<i64: %s>", commas(plan)),
		out.With(sizesAt(out.Shape, d.Out)))
	return lowerFun(e, y, func(v []*Value) []*Value { return []*Value{Transpose(v[0], inversePerm(d.Out))} })
}
