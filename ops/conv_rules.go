package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// mergeInto moves axis from of x before the axis that is at place to once it is gone, and makes one axis of the two.
func mergeInto(x *Value, from, to int) *Value {
	n := x.Shape()[from]
	shape := without(x.Shape(), []int{from})
	shape[to] *= n
	return Reshape(moveTo(x, from, to), shape)
}

// splitOff makes two axes of axis a of x, the first of size n.
func splitOff(x *Value, a, n int) *Value {
	shape := own(x.Shape())
	shape[a] /= n
	return Reshape(x, inserted(shape, a, n))
}

func behind(axis, inserted int) int {
	if inserted <= axis {
		axis++
	}
	return axis
}

// Batch stays one convolution: a mapped array goes into the batch, a mapped kernel into its output features, and where both are
// mapped each example is a group of features. With groups, the mapped axis goes inside of them.
func (c conv) Batch(ctx trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	size := ctx.AxisSize()
	h, s := c, c.Dims
	if size == 0 {
		in := make([]ir.Aval, 2)
		for i, v := range x {
			in[i] = v.Aval()
			if d[i] != trace.NotMapped {
				in[i].Shape = without(v.Shape(), []int{d[i]})
			}
		}
		out, err := c.Infer(in)
		trace.Must(err, c.Name(), in)
		return []*Value{Zeros(out[0].With(inserted(out[0].Shape, 0, 0)))}, []int{0}
	}
	// inside puts the mapped axis of v within the groups that axis a falls into.
	inside := func(v *Value, d, a, groups int) *Value {
		v = splitOff(v, behind(a, d), groups)
		if a < d {
			d++
		}
		return mergeInto(mergeInto(v, d, a+1), a, a)
	}
	switch lhs, rhs := d[0] != trace.NotMapped, d[1] != trace.NotMapped; {
	case lhs && rhs:
		var v *Value
		if c.BatchGroups > 1 {
			v = mergeInto(x[0], d[0], s.Lhs[0])
			h.BatchGroups *= size
		} else {
			v = mergeInto(x[0], d[0], s.Lhs[1])
			h.FeatureGroups *= size
		}
		y := one(h, v, mergeInto(x[1], d[1], s.Rhs[0]))
		return []*Value{splitOff(y, s.Out[1], size)}, []int{s.Out[1]}
	case lhs:
		v := x[0]
		if c.BatchGroups == 1 {
			v = mergeInto(v, d[0], s.Lhs[0])
		} else {
			v = inside(v, d[0], s.Lhs[0], c.BatchGroups)
		}
		return []*Value{splitOff(one(h, v, x[1]), s.Out[0], size)}, []int{s.Out[0]}
	}
	groups := max(c.FeatureGroups, c.BatchGroups)
	if groups == 1 {
		y := one(h, x[0], mergeInto(x[1], d[1], s.Rhs[0]))
		return []*Value{splitOff(y, s.Out[1], size)}, []int{s.Out[1]}
	}
	y := one(h, x[0], inside(x[1], d[1], s.Rhs[0], groups))
	y = splitOff(splitOff(y, s.Out[1], groups), s.Out[1]+1, size)
	return []*Value{mergeInto(y, s.Out[1], s.Out[1]+1)}, []int{s.Out[1]}
}

// JVP: a convolution is linear in each operand.
func (c conv) JVP(ctx trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp2(ctx, x, t,
		func(g, _ *Value) *Value { return ctx.Self(g, x[1])[0] },
		func(g, _ *Value) *Value { return ctx.Self(x[0], g)[0] })
}

// Transpose, by the one operand that is linear, is a convolution again.
func (c conv) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, 2)
	if ct[0] == nil {
		return out
	}
	i, f := 0, c.lhsCotangent
	if x[0].X != nil {
		i, f = 1, c.rhsCotangent
	}
	a := x[i].Aval
	if ct[0].Aval().Size() == 0 || a.Size() == 0 {
		out[i] = Zeros(a)
		return out
	}
	other := x[1-i].X
	g := ct[0]
	// The operands of one convolution have one dtype, the wider of the two.
	if d := g.DType(); d != other.DType() {
		other = Convert(other, d)
	}
	out[i] = f(g, other, a.Shape)
	if out[i].DType() != a.DType {
		out[i] = Convert(out[i], a.DType)
	}
	return out
}

// swapFirst exchanges batch and feature.
func swapFirst(spec []int) []int {
	s := slices.Clone(spec)
	s[0], s[1] = s[1], s[0]
	return s
}

// lhsCotangent convolves the cotangent, spread apart by the strides, with the kernel turned around, its features exchanged.
func (c conv) lhsCotangent(g, w *Value, shape []int) *Value {
	d := c.Dims
	win := c.window(w.Shape())
	h := conv{Strides: c.LhsDilation, LhsDilation: c.Strides, RhsDilation: c.RhsDilation, FeatureGroups: max(c.FeatureGroups, c.BatchGroups), BatchGroups: 1,
		Dims: ConvDims{d.Out, swapFirst(d.Rhs), d.Lhs}, Precision: c.Precision}
	h.Low, h.High = win.backward(sizesAt(shape, d.Lhs[2:]))
	if n := h.FeatureGroups; n > 1 {
		// The groups move from the kernel's output to its input features: mergeInto counts axes with the moved one gone.
		w = mergeInto(splitOff(w, d.Rhs[0], n), d.Rhs[0], d.Rhs[1])
	}
	y := one(h, g, Rev(w, d.Rhs[2:]))
	if n := c.BatchGroups; n > 1 {
		y = mergeInto(splitOff(y, d.Lhs[1], n), d.Lhs[1], d.Lhs[0])
	}
	return y
}

// rhsCotangent convolves the array with the cotangent, the batch being summed over: batch and features change places.
func (c conv) rhsCotangent(g, x *Value, shape []int) *Value {
	d := c.Dims
	win := c.window(shape)
	h := conv{Strides: c.RhsDilation, Low: c.Low, LhsDilation: c.LhsDilation, RhsDilation: c.Strides, FeatureGroups: c.BatchGroups, BatchGroups: c.FeatureGroups,
		Dims: ConvDims{swapFirst(d.Lhs), swapFirst(d.Out), swapFirst(d.Rhs)}, Precision: c.Precision}
	space := sizesAt(x.Shape(), d.Lhs[2:])
	h.High = make([]int, len(space))
	for i, n := range win.out(space) {
		h.High[i] = dilated(n, c.Strides[i]) + dilated(win.Sizes[i], c.RhsDilation[i]) - dilated(space[i], c.LhsDilation[i]) - c.Low[i] - 1
	}
	return one(h, x, g)
}
