package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// An index with arrays of positions is read by gather and written by scatter. The arrays, and the scalars beside them, are
// broadcast together; their axes come where the first of them stands, or in front where they do not lie next to each other.

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

// positions is positions that run along axes start, start+1, ... of the indices.
type positions struct {
	v     *trace.Value
	start int
}

func (p *plan) layout(op string, x ir.Aval, ins []*trace.Value) *gatherLayout {
	l := &gatherLayout{}
	// Scalar bools add axes to x; the axes after them move on.
	terms := slices.Clone(p.terms)
	xShape := make([]int, 0, len(p.shape)+1)
	axis := 0
	for i := range terms {
		switch t := &terms[i]; {
		case t.Kind == termBool:
			l.expand = append(l.expand, len(xShape))
			t.Axis = len(xShape)
			xShape = append(xShape, 1)
		case t.Kind != termNew:
			t.Axis = len(xShape)
			xShape = append(xShape, p.shape[axis])
			axis++
		}
	}
	isAdvanced := func(t term) bool { return t.Kind == termArray || t.Kind == termScalar || t.Kind == termBool }

	// The advanced parts, wrapped and broadcast together.
	var adv []*trace.Value
	var advAxes []int
	var shapes [][]int
	var avals []ir.Aval
	for i, t := range terms {
		if !isAdvanced(t) {
			continue
		}
		var v *trace.Value
		if t.Kind == termBool {
			v = ops.Iota(p.idxD, []int{t.Size}, 0)
		} else {
			v = p.wrapped(p.terms[i], ins[t.In])
		}
		adv, advAxes = append(adv, v), append(advAxes, t.Axis)
		shapes, avals = append(shapes, v.Shape()), append(avals, v.Aval())
	}
	together := kit.BroadcastShapes(op, append([]ir.Aval{x}, avals...), shapes...)
	for i, v := range adv {
		adv[i] = kit.BroadcastTo(v, together)
	}

	var at []positions
	var idxShape, collapsed, startMap, offset []int
	placed := false
	for pos, t := range terms {
		if !placed && (!p.contiguous && pos == 0 || p.contiguous && isAdvanced(t)) {
			placed = true
			for i, v := range adv {
				at = append(at, positions{v, len(idxShape)})
				startMap, collapsed = append(startMap, advAxes[i]), append(collapsed, advAxes[i])
			}
			idxShape = append(idxShape, together...)
			l.shape, l.without = append(l.shape, together...), append(l.without, together...)
		}
		switch {
		case isAdvanced(t):
			l.sizes = append(l.sizes, 1)
		case t.Kind == termNew:
			l.shape = append(l.shape, 1)
		default:
			y := len(l.without)
			l.shape, l.without = append(l.shape, t.Size), append(l.without, t.Size)
			if t.Rev {
				l.reversed = append(l.reversed, y)
			}
			if t.Step == 1 {
				offset = append(offset, y)
				l.sizes = append(l.sizes, t.Size)
				if t.In >= 0 {
					at = append(at, positions{p.wrapped(p.terms[pos], ins[t.In]), len(idxShape)})
					startMap = append(startMap, t.Axis)
				}
				continue
			}
			// Elements apart: their positions are one more array.
			l.sizes = append(l.sizes, 1)
			n := []int{t.Size}
			steps := ops.Mul(ops.Iota(p.idxD, n, 0), kit.BroadcastTo(p.position(t.Step), n))
			at = append(at, positions{ops.Add(steps, kit.BroadcastTo(kit.As(ins[t.In], p.idxD), n)), len(idxShape)})
			idxShape = append(idxShape, t.Size)
			startMap, collapsed = append(startMap, t.Axis), append(collapsed, t.Axis)
		}
	}
	slices.Sort(collapsed)
	l.dims = ops.GatherDims{OffsetDims: offset, CollapsedSliceDims: collapsed, StartIndexMap: startMap}

	// All positions side by side along a last axis.
	last := len(idxShape)
	full := append(slices.Clone(idxShape), 1)
	cols := make([]*trace.Value, len(at))
	for i, a := range at {
		dims := make([]int, a.v.Rank())
		for j := range dims {
			dims[j] = a.start + j
		}
		if len(dims) == last {
			cols[i] = ops.Reshape(a.v, full)
		} else {
			cols[i] = ops.BroadcastInDim(a.v, full, dims)
		}
	}
	if len(cols) == 1 {
		l.indices = cols[0]
	} else {
		l.indices = ops.Concatenate(cols, last)
	}
	return l
}

func (p *plan) gather(x *trace.Value, ins []*trace.Value) *trace.Value {
	l := p.layout("jnp.Array.Index", x.Aval(), ins)
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
	l := p.layout(u.op, a, ins)
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
func (p *plan) scatterWith(x *trace.Value, l *gatherLayout, scatter func(x *trace.Value, d ops.ScatterDims, o ops.ScatterOptions) *trace.Value) *trace.Value {
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
