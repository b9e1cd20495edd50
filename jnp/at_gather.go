package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// An index with arrays of positions is read by gather and written by scatter. The arrays, and the scalars beside them,
// are broadcast together; their axes come where the first of them stands, or in front where they do not lie next to
// each other.

// gatherLayout is an index brought to the terms of gather.
type gatherLayout struct {
	indices  *trace.Value // positions, one vector along the last axis for each window
	dims     ops.GatherDims
	sizes    []int // of the window, by axis of x
	shape    []int // of the selected elements, new axes included
	without  []int // of the selected elements, new axes left out
	reversed []int // axes of without that run backwards
	expand   []int // axes of length 1 that scalar bools add to x
}

// layout brings the index, whose inputs are ins, to the terms of gather.
func (p *plan) layout(ins []*trace.Value) *gatherLayout {
	b := &layoutBuilder{p: p, ins: ins, l: &gatherLayout{}}
	b.expandAxes()
	placed := false
	for i, t := range p.terms {
		if !placed && (!p.contiguous || t.advanced()) { // here the arrays' axes come
			placed = true
			b.addArrays()
		}
		switch {
		case t.advanced():
			b.l.sizes = append(b.l.sizes, 1)
		case t.Kind == termNew:
			b.l.shape = append(b.l.shape, 1)
		default:
			b.addSlice(t, b.axes[i])
		}
	}
	slices.Sort(b.l.dims.CollapsedSliceDims)
	b.l.indices = b.join()
	return b.l
}

// advanced reports whether the term goes along with the arrays of the index.
func (t term) advanced() bool {
	return t.Kind == termArray || t.Kind == termScalar || t.Kind == termBool
}

// layoutBuilder is a layout on its way.
type layoutBuilder struct {
	p        *plan
	l        *gatherLayout
	ins      []*trace.Value
	axes     []int    // of the terms, in x with the axes that scalar bools add
	columns  []column // of the indices
	idxShape []int    // of the indices, but for their last axis
}

// column is the positions along one axis of x, which lie along the axes first, first+1, ... of the indices.
type column struct {
	v     *trace.Value
	first int
}

// expandAxes finds the axes of the terms: scalar bools add axes to x, and those after them move on.
func (b *layoutBuilder) expandAxes() {
	b.axes = make([]int, len(b.p.terms))
	axis := 0
	for i, t := range b.p.terms {
		if t.Kind == termNew {
			continue
		}
		if b.axes[i] = axis; t.Kind == termBool {
			b.l.expand = append(b.l.expand, axis)
		}
		axis++
	}
}

// addArrays adds the positions of the advanced terms, wrapped and broadcast together.
func (b *layoutBuilder) addArrays() {
	var vs []*trace.Value
	for i, t := range b.p.terms {
		switch {
		case t.Kind == termBool:
			vs = append(vs, ops.Iota(b.p.idxD, []int{t.Size}, 0))
		case t.advanced():
			vs = append(vs, b.p.wrapped(t, b.ins[t.In]))
		default:
			continue
		}
		b.l.dims.StartIndexMap = append(b.l.dims.StartIndexMap, b.axes[i])
		b.l.dims.CollapsedSliceDims = append(b.l.dims.CollapsedSliceDims, b.axes[i])
	}
	shape := kit.BroadcastShapes(b.p.op, append([]ir.Aval{b.p.aval}, trace.Avals(vs)...),
		kit.Map(vs, (*trace.Value).Shape)...)
	for _, v := range vs {
		b.columns = append(b.columns, column{kit.BroadcastTo(v, shape), len(b.idxShape)})
	}
	b.idxShape = append(b.idxShape, shape...)
	b.l.shape, b.l.without = append(b.l.shape, shape...), append(b.l.without, shape...)
}

// addSlice adds a slice of the given axis: a window, or, where its step is not 1, one more array of positions.
func (b *layoutBuilder) addSlice(t term, axis int) {
	y := len(b.l.without)
	b.l.shape, b.l.without = append(b.l.shape, t.Size), append(b.l.without, t.Size)
	if t.Rev {
		b.l.reversed = append(b.l.reversed, y)
	}
	if t.Step == 1 {
		b.l.dims.OffsetDims = append(b.l.dims.OffsetDims, y)
		b.l.sizes = append(b.l.sizes, t.Size)
		if t.In >= 0 {
			b.columns = append(b.columns, column{b.p.wrapped(t, b.ins[t.In]), len(b.idxShape)})
			b.l.dims.StartIndexMap = append(b.l.dims.StartIndexMap, axis)
		}
		return
	}
	b.l.sizes = append(b.l.sizes, 1)
	n := []int{t.Size}
	steps := ops.Mul(ops.Iota(b.p.idxD, n, 0), kit.BroadcastTo(b.p.position(t.Step), n))
	start := kit.BroadcastTo(kit.As(b.ins[t.In], b.p.idxD), n)
	b.columns = append(b.columns, column{ops.Add(steps, start), len(b.idxShape)})
	b.idxShape = append(b.idxShape, t.Size)
	b.l.dims.StartIndexMap = append(b.l.dims.StartIndexMap, axis)
	b.l.dims.CollapsedSliceDims = append(b.l.dims.CollapsedSliceDims, axis)
}

// join is the columns side by side along a last axis.
func (b *layoutBuilder) join() *trace.Value {
	last := len(b.idxShape)
	full := append(slices.Clone(b.idxShape), 1)
	cols := kit.Map(b.columns, func(c column) *trace.Value {
		if c.v.Rank() == last {
			return ops.Reshape(c.v, full)
		}
		return ops.BroadcastInDim(c.v, full, kit.From(c.first, c.v.Rank()))
	})
	if len(cols) == 1 {
		return cols[0]
	}
	return ops.Concatenate(cols, last)
}

func (p *plan) gather(x *trace.Value, ins []*trace.Value) *trace.Value {
	l := p.layout(ins)
	if ir.SizeOf(l.shape) == 0 {
		return fullOf(x.Aval().With(l.shape), ir.Lit{DType: x.DType()})
	}
	if l.expand != nil {
		x = ops.ExpandDims(x, l.expand)
	}
	y := ops.Gather(x, l.indices, l.dims, l.sizes, ops.GatherOptions{
		Mode: p.mode.gather(), FillValue: p.fill, IndicesAreSorted: p.sorted, UniqueIndices: p.unique,
	})
	if l.reversed != nil {
		y = ops.Rev(y, l.reversed)
	}
	return ops.Reshape(y, l.shape)
}

func (p *plan) scatter(u update, x, v *trace.Value, ins []*trace.Value) *trace.Value {
	a := x.Aval()
	l := p.layout(ins)
	if ir.SizeOf(l.shape) == 0 {
		return x // whatever v's shape, as in JAX
	}
	v = fitTo(u.op, a, v, l.shape)
	if a.Size() == 0 {
		return x
	}
	if u.scatter == nil { // no element is named twice: read, change, write
		v = u.combine(p.gather(x, ins), v)
		u.apply, u.scatter = nil, ops.Scatter
	}
	v = ops.Reshape(v, l.without)
	if l.reversed != nil {
		v = ops.Rev(v, l.reversed)
	}
	if u.apply == nil {
		// The other elements stay exactly what they are, whatever dtype v promotes to.
		v = retype(promoteTo(u.op, a, v), a)
	} else {
		vs := kit.Promote(u.op, x, v)
		x, v = vs[0], vs[1]
	}
	v = kit.Strong(v)
	y := p.scatterWith(x, l, func(x *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value {
		return u.scatter(x, l.indices, v, d, o)
	})
	return retype(y, a)
}

// scatterWith is x, with the axes of scalar bools put in and out again, after scatter.
func (p *plan) scatterWith(x *trace.Value, l *gatherLayout,
	scatter func(x *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value) *trace.Value {
	whole, weak := x.Shape(), x.Aval().Weak
	if l.expand != nil {
		x = ops.ExpandDims(x, l.expand)
	}
	y := scatter(kit.Strong(x), ops.ScatterDims{
		UpdateWindowDims:         l.dims.OffsetDims,
		InsertedWindowDims:       l.dims.CollapsedSliceDims,
		ScatterDimsToOperandDims: l.dims.StartIndexMap,
	}, ops.ScatterOptions{Mode: p.mode.scatter(), IndicesAreSorted: p.sorted, UniqueIndices: p.unique})
	return kit.Convert("jnp.At", ops.Reshape(y, whole), y.DType(), weak)
}
