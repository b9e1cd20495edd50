package ops

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// byKernel writes the convolution, of type out, as a call of one of the kernels of backend/kernels, if one does it.
func (c conv) byKernel(e trace.Emitter, x []trace.Operand, out ir.Aval) ([]trace.Operand, bool) {
	a, b := x[0].Aval, x[1].Aval
	if n := len(c.Dims.LHS) - 2; n > 2 || a.DType != out.DType || a.DType != ir.Float32 && a.DType != ir.Float64 {
		return nil, false
	}
	call := func(name string, x []trace.Operand, plan []int, out ir.Aval) []trace.Operand {
		return callKernel(e, name, x, fmt.Sprintf("plan = array<i64: %s>", commas(plan)), out)
	}
	d := c.Dims
	if plan := c.planes(a, b, out); fits(plan) && onCPU(e, convolveKernel) {
		in := lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{Transpose(v[0], d.LHS), Transpose(v[1], d.RHS)}
		})
		y := call(convolveKernel, in, plan, out.With(sizesAt(out.Shape, d.Out)))
		return lowerFun(e, y, func(v []*Value) []*Value { return []*Value{Transpose(v[0], inversePerm(d.Out))} }), true
	}
	if plan := c.features(a, b, out); fits(plan) && onCPU(e, featuresKernel) {
		return call(featuresKernel, x, plan, out), true
	}
	return nil, false
}

// fits reports whether there is a plan, of numbers that the kernels take.
func fits(plan []int) bool {
	return plan != nil && slices.Max(plan) <= math.MaxInt32 && slices.Min(plan) >= -math.MaxInt32
}

// planes is what convolve.c needs to know of a convolution of one input feature for each output feature, along one axis
// or two; nil for others.
func (c conv) planes(x, w, out ir.Aval) []int {
	d := c.Dims
	n := len(d.LHS) - 2
	if n < 1 || c.BatchGroups > 1 || w.Shape[d.RHS[1]] != 1 ||
		!allEqual(slices.Concat(c.Strides, c.LhsDilation, c.RhsDilation), 1) {
		return nil
	}
	sizes, window := sizesAt(x.Shape, d.LHS), sizesAt(w.Shape, d.RHS)
	if each := window[0] / sizes[1]; each > 4 && out.Shape[d.Out[n+1]] < 64 || each >= 4 && n == 2 {
		return nil // many features of short rows: as a product of matrices there is more to multiply at once
	}
	plan := []int{sizes[0], sizes[1], window[0]}
	if n == 1 {
		return append(plan, 1, sizes[2], 1, window[2], 0, 0, c.Low[0], c.High[0])
	}
	return append(plan, sizes[2], sizes[3], window[2], window[3], c.Low[0], c.High[0], c.Low[1], c.High[1])
}

// features is what convolve_features.c needs to know of a convolution along two axes at most; nil for those that XLA
// does better.
func (c conv) features(x, w, out ir.Aval) []int {
	d, order := c.Dims, arange(0, x.Rank())
	xs, ws, ys := stepsOf(x.Shape, order), stepsOf(w.Shape, order), stepsOf(out.Shape, order)
	groups := max(c.FeatureGroups, c.BatchGroups)
	batch, in, outs := out.Shape[d.Out[0]], w.Shape[d.RHS[1]], out.Shape[d.Out[1]]/groups
	group := in * xs[d.LHS[1]]
	if c.BatchGroups > 1 {
		group = batch * xs[d.LHS[0]]
	}
	plan := []int{batch, groups, in, outs, xs[d.LHS[0]], group, xs[d.LHS[1]], outs * ws[d.RHS[0]], ws[d.RHS[0]],
		ws[d.RHS[1]], ys[d.Out[0]], outs * ys[d.Out[1]], ys[d.Out[1]]}
	places, depth, parts, seen := batch, in, 1., float64(min(batch, 256))
	for i := range 2 {
		if i >= len(c.Strides) {
			plan = append(plan, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0)
			continue
		}
		a, b, o := d.LHS[2+i], d.RHS[2+i], d.Out[2+i]
		window, stride, spread, apart := w.Shape[b], c.Strides[i], c.LhsDilation[i], c.RhsDilation[i]
		plan = append(plan, x.Shape[a], window, out.Shape[o], stride, spread, apart, c.Low[i], xs[a], ws[b], ys[o])
		places, depth = places*out.Shape[o], depth*window
		seen *= float64(min(out.Shape[o], 256))*float64(stride) + float64(window)*float64(apart)
		parts *= float64(spread)
	}
	switch {
	case outs < 3 && groups == 1 && parts == 1 && places > depth: // most of a vector would be empty
		return nil
	case parts > 256 || seen > 1<<28: // what the kernel cuts and copies
		return nil
	}
	return plan
}
