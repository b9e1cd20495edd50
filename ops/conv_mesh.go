package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Convolutions in programs over a mesh. XLA's partitioner gets some of them wrong where spatial axes are cut, and most
// of those in groups of the batch, which the derivative by a kernel with groups of features is; a few end the process.

// overMesh writes the convolution for a program over a mesh: with whole spatial axes, and groups of features in the
// place of groups of the batch. With groups, only the standard layout is right. It does not call the kernel, for which
// every device would have to have all of x.
func (c conv) overMesh(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if c.BatchGroups > 1 {
		return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{c.summed(v[0], v[1])} })
	}
	d := c.Dims
	if std := arange(0, len(d.LHS)); c.FeatureGroups > 1 &&
		!(slices.Equal(d.LHS, std) && slices.Equal(d.RHS, std) && slices.Equal(d.Out, std)) {
		h := c
		h.Dims = ConvDims{std, std, std}
		return lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{Transpose(one(h, Transpose(v[0], d.LHS), Transpose(v[1], d.RHS)), inversePerm(d.Out))}
		})
	}
	y := c.write(e, []trace.Operand{uncut(e, x[0], d.LHS[2:]), uncut(e, x[1], d.RHS[2:])})
	return []trace.Operand{uncut(e, y, d.Out[2:])}
}

// summed is the convolution without groups of the batch: each feature in each group is convolved by itself, and the sum
// over features comes last. The features are the outer part of the groups' axis, so that it is cut where they are: they
// are the batch that a program's data are cut along, in the derivative by the kernel.
func (c conv) summed(x, w *Value) *Value {
	d, g, n := c.Dims, c.BatchGroups, x.Shape()[c.Dims.LHS[1]]
	h := c
	h.BatchGroups, h.FeatureGroups = 1, n*g
	t, err := c.outType(x.DType())
	trace.Must(err, c.Name(), nil)
	if t == ir.Float16 || t == ir.BFloat16 { // the sum is rounded once
		x, w = Convert(x, ir.Float32), Convert(w, ir.Float32)
		h.PreferredType = ir.Invalid
	}
	batch, f := d.LHS[0], d.LHS[1]
	x = mergeInto(moveTo(splitOff(x, batch, g), batch, f+1), f, f)
	o := d.RHS[0]
	if d.RHS[1] < o {
		o--
	}
	w = mergeInto(w, d.RHS[1], o)
	w = Reshape(w, inserted(w.Shape(), d.RHS[1], 1))
	y := splitOff(one(h, x, w), d.Out[1], n)
	return Convert(ReduceSum(y, []int{d.Out[1]}), t)
}

// uncut is x with these axes whole on each device of the mesh of the program, the others cut as the compiler likes.
func uncut(e trace.Emitter, x trace.Operand, axes []int) trace.Operand {
	if len(axes) == 0 {
		return x
	}
	s := make(ir.Spec, x.Aval.Rank())
	for i := range s {
		s[i].Open = !slices.Contains(axes, i)
	}
	return e.Constrain(x, ir.Sharding{Mesh: e.Mesh(), Spec: s})
}
