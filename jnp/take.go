package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Taking holds the options of Take, TakeAlongAxis and PutAlongAxis.
type Taking struct {
	// Mode says what happens at positions out of bounds, Go ints among them. The default is ModeFill: FillValue stands
	// for them (JAX's jnp.take; x.Index clips). ModeWrap is for Take alone.
	Mode Mode
	// FillValue is a Go scalar; nil is NaN for floats and complex numbers, the smallest signed and the largest unsigned
	// integer, and true.
	FillValue any
	// NoWrap takes negative positions of TakeAlongAxis as out of bounds, instead of counting them from the end.
	NoWrap bool
	// UniqueIndices and IndicesAreSorted are promises that may make it faster.
	UniqueIndices, IndicesAreSorted bool
}

type takeParams struct {
	Axis           int
	Mode           Mode
	Fill           *ir.Lit
	Unique, Sorted bool
	NoWrap         bool // negative positions are out of bounds
}

func (o Taking) params(op string, axis int) takeParams {
	p := takeParams{Axis: axis, Mode: o.Mode, Unique: o.UniqueIndices, Sorted: o.IndicesAreSorted}
	if o.FillValue != nil {
		l, ok := lift(op, o.FillValue).Lit()
		if !ok {
			trace.Fail(op, nil, "the fill value is a Go scalar, not %T", o.FillValue)
		}
		p.Fill = &l
	}
	if o.Mode > ModeWrap {
		trace.Fail(op, nil, "%v is not a mode", o.Mode)
	}
	return p
}

func (p takeParams) gatherOptions() ops.GatherOptions {
	m := ops.Fill
	switch p.Mode {
	case ModeClip:
		m = ops.Clip
	case ModePromiseInBounds, ModeWrap:
		m = ops.PromiseInBounds
	}
	return ops.GatherOptions{Mode: m, FillValue: p.Fill, UniqueIndices: p.Unique, IndicesAreSorted: p.Sorted}
}

// positionsOf is integer positions, checked.
func positionsOf(op string, x ir.Aval, indices any) *trace.Value {
	v := kit.LiftAlone(op, indices)
	if a := v.Aval(); !a.DType.IsInteger() {
		trace.Fail(op, []ir.Aval{x, a},
			"positions must be integers, not %v; convert them with AsType(jnp.Int32), or use x.Index(mask) for a mask",
			a.DType)
	}
	return v
}

// wrap brings positions on an axis of length n to a dtype that holds them all, negative ones counted from the end.
func (p takeParams) wrap(i *trace.Value, n int) *trace.Value {
	signed := !i.DType().IsUnsigned()
	d := ir.Int32
	if i.DType().Bits() > 32 || i.DType() == ir.Uint32 || n > 1<<31-1 {
		d = ir.Int64
	}
	i = kit.As(i, d)
	c := func(n int) *trace.Value { return ops.Full(i.Shape(), ir.IntLit(int64(n), d)) }
	switch {
	case p.Mode == ModeWrap:
		i = ops.Rem(i, c(n))
		fallthrough
	case signed && !p.NoWrap:
		i = ops.Select(ops.Lt(i, c(0)), ops.Add(i, c(n)), i)
	}
	return i
}

// Take is the elements of x at the given positions along an axis (NumPy take): an integer Array, a Go int or a nested
// slice of them, whose axes take the place of that axis. Without an axis x is flattened first. Positions may count from
// the end; for ones out of bounds, a Go int or an element of an Array alike, the result is NaN (see Taking for other
// dtypes and modes). Of an axis of length 0 nothing can be taken: that is refused.
//
// Options: Taking (Mode, FillValue, UniqueIndices, IndicesAreSorted).
func Take(x Array, indices any, axis ...int) Array { return Taking{}.Take(x, indices, axis...) }

// Take is x.Take with the positions along an axis; see the function Take.
func (x Array) Take(indices any, axis ...int) Array { return Taking{}.Take(x, indices, axis...) }

// Take is the function Take with options. In ModeClip negative positions are clipped too, as in NumPy.
func (o Taking) Take(x Array, indices any, axis ...int) Array {
	const op = "jnp.Take"
	v := x.val(op)
	a := v.Aval()
	i := positionsOf(op, a, indices)
	ax, flat := kit.OneAxisOrFlat(op, axis, a.Rank(), a)
	n := a.Size()
	if !flat {
		n = a.Shape[ax]
	}
	p := o.params(op, ax)
	p.NoWrap = o.Mode == ModeClip
	if o.NoWrap {
		trace.Fail(op, []ir.Aval{a, i.Aval()}, "the field NoWrap of Taking is for TakeAlongAxis; leave it out")
	}
	if n == 0 && i.Aval().Size() > 0 {
		trace.Fail(op, []ir.Aval{a, i.Aval()}, "there is nothing to take from an axis of length 0")
	}
	return p.whole(op, flat, v, i, p.take)
}

// whole is f of v, flattened first if flat, and of positions i, run eagerly as one program.
func (p takeParams) whole(op string, flat bool, v, i *trace.Value, f func(v, i *trace.Value) *trace.Value) Array {
	n := v.Aval().Size()
	return whole(op, struct {
		takeParams
		Flat bool
	}{p, flat}, []*trace.Value{v, i}, func(in []*trace.Value) *trace.Value {
		v := in[0]
		if flat {
			v = ops.Reshape(v, []int{n})
		}
		return f(v, in[1])
	})
}

func (p takeParams) take(v, i *trace.Value) *trace.Value {
	s := v.Shape()
	out := slices.Concat(s[:p.Axis], i.Shape(), s[p.Axis+1:])
	if ir.SizeOf(out) == 0 {
		return ops.Full(out, ir.Lit{DType: v.DType(), Weak: v.Aval().Weak})
	}
	sizes := slices.Clone(s)
	sizes[p.Axis] = 1
	var offset []int
	for a := range out {
		if a < p.Axis || a >= p.Axis+i.Rank() {
			offset = append(offset, a)
		}
	}
	idx := p.wrap(i, s[p.Axis])
	return ops.Gather(v, ops.Reshape(idx, append(slices.Clone(i.Shape()), 1)),
		ops.GatherDims{OffsetDims: offset, CollapsedSliceDims: []int{p.Axis}, StartIndexMap: []int{p.Axis}}, sizes,
		p.gatherOptions())
}

// TakeAlongAxis is, for each position along the other axes, the elements of x that indices names there (NumPy
// take_along_axis): y[i][j] = x[i][indices[i][j]] for axis 1. x and indices have as many axes, and but for axis their
// lengths agree or are 1. Without an axis, x is flattened and indices has one axis. Positions may count from the end;
// for ones out of bounds the result is NaN (see Taking).
//
// Options: Taking (Mode, FillValue, NoWrap, UniqueIndices, IndicesAreSorted).
func TakeAlongAxis(x Array, indices any, axis ...int) Array {
	return Taking{}.TakeAlongAxis(x, indices, axis...)
}

// TakeAlongAxis is the function TakeAlongAxis with options.
func (o Taking) TakeAlongAxis(x Array, indices any, axis ...int) Array {
	const op = "jnp.TakeAlongAxis"
	v := x.val(op)
	i, ax, flat := alongArgs(op, v, indices, axis)
	if o.Mode == ModeWrap {
		trace.Fail(op, nil, "ModeWrap is for Take alone; take the positions modulo the length")
	}
	p := o.params(op, ax)
	p.NoWrap = o.NoWrap || o.Mode == ModePromiseInBounds
	a := v.Aval()
	return p.whole(op, flat, v, i, func(v, i *trace.Value) *trace.Value { return p.along(op, a, v, i) })
}

// alongArgs checks the arguments that TakeAlongAxis and PutAlongAxis share.
func alongArgs(op string, v *trace.Value, indices any, axis []int) (i *trace.Value, ax int, flat bool) {
	a := v.Aval()
	i = positionsOf(op, a, indices)
	in := []ir.Aval{a, i.Aval()}
	ax, flat = kit.OneAxisOrFlat(op, axis, a.Rank(), in...)
	rank := a.Rank()
	if flat {
		rank = 1
	}
	if i.Rank() != rank {
		trace.Fail(op, in, "the indices must have as many axes as the array, %d, not %d", rank, i.Rank())
	}
	return i, ax, flat
}

// along gathers, with the other axes of v and i going along with each other: batching axes where both are longer than
// 1, window axes where the indices are the same everywhere.
func (p takeParams) along(op string, a ir.Aval, v, i *trace.Value) *trace.Value {
	xs, is := v.Shape(), i.Shape()
	rank := len(xs)
	out := make([]int, rank)
	for d := range out {
		switch {
		case d == p.Axis || xs[d] == 1:
			out[d] = is[d]
		case is[d] == 1 || is[d] == xs[d]:
			out[d] = xs[d]
		default:
			trace.Fail(op, []ir.Aval{a, i.Aval()},
				"on axis %d the array has length %d and the indices %d, which must be equal or one of them 1", d, xs[d],
				is[d])
		}
	}
	if ir.SizeOf(out) == 0 || xs[p.Axis] == 0 { // of nothing, zeros are taken, as in JAX
		return ops.Full(out, ir.Lit{DType: v.DType()})
	}
	var dims ops.GatherDims
	var sizes, xKeep, iKeep []int
	for d := range rank {
		switch {
		case d == p.Axis:
			dims.StartIndexMap = []int{len(xKeep)}
			dims.CollapsedSliceDims = []int{len(xKeep)}
			xKeep, sizes, iKeep = append(xKeep, xs[d]), append(sizes, 1), append(iKeep, is[d])
		case is[d] == 1:
			dims.OffsetDims = append(dims.OffsetDims, d)
			xKeep, sizes = append(xKeep, xs[d]), append(sizes, xs[d])
		case xs[d] == 1:
			iKeep = append(iKeep, is[d])
		default:
			dims.OperandBatchingDims = append(dims.OperandBatchingDims, len(xKeep))
			dims.StartIndicesBatchingDims = append(dims.StartIndicesBatchingDims, len(iKeep))
			xKeep, sizes, iKeep = append(xKeep, xs[d]), append(sizes, 1), append(iKeep, is[d])
		}
	}
	idx := p.wrap(i, xs[p.Axis])
	return ops.Gather(ops.Reshape(v, xKeep), ops.Reshape(idx, append(iKeep, 1)), dims, sizes, p.gatherOptions())
}

// PutAlongAxis is x with, for each position along the other axes, the elements that indices names there replaced by
// values (NumPy put_along_axis, as a new array). indices are as for TakeAlongAxis, and values, a Go scalar or an Array,
// broadcasts to their shape. Positions out of bounds are left out.
//
// Options: Taking (Mode, UniqueIndices, IndicesAreSorted).
func PutAlongAxis(x Array, indices, values any, axis ...int) Array {
	return Taking{}.PutAlongAxis(x, indices, values, axis...)
}

// PutAlongAxis is the function PutAlongAxis with options; of the modes it knows ModeClip and ModeDrop.
func (o Taking) PutAlongAxis(x Array, indices, values any, axis ...int) Array {
	const op = "jnp.PutAlongAxis"
	v := x.val(op)
	i, ax, flat := alongArgs(op, v, indices, axis)
	y := kit.LiftFor(op, values, v.Aval())
	if flat {
		key := struct {
			takeParams
			Flat bool
		}{o.params(op, 0), true}
		return whole(op, key, []*trace.Value{v, i, y}, func(in []*trace.Value) *trace.Value {
			return o.PutAlongAxis(Wrap(in[0]).Reshape(-1), Wrap(in[1]), Wrap(in[2]), 0).Reshape(x.Shape()...).v
		})
	}
	p := o.params(op, ax)
	return whole(op, p, []*trace.Value{v, i, y}, func(in []*trace.Value) *trace.Value {
		fitted := fitTo(op, v.Aval(), in[2], i.Shape())
		// The other axes are indexed by their own positions, each along an axis of the indices.
		v, i := in[0], in[1]
		idx := make([]any, v.Rank())
		for d, n := range v.Shape() {
			s := slices.Repeat([]int{1}, v.Rank())
			s[d] = n
			idx[d] = Wrap(ops.Reshape(ops.Iota(ir.Int32, []int{n}, 0), s))
		}
		idx[p.Axis] = Wrap(i)
		r := Wrap(v).At(idx...).Mode(p.Mode)
		r.unique, r.sorted = p.Unique, p.Sorted
		return r.setCut(Wrap(fitted)).v
	})
}
