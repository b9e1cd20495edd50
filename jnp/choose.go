package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Choose takes each element from the array of choices whose number stands in which, integers: out[i] =
// choices[which[i]][i]. All are broadcast together, choices promoted. NumPy's choose. Numbers of no choice are refused,
// for which which must be concrete: see the modes of Taking.Choose.
//
// Options: Taking (Mode).
func Choose(which Array, choices ...Array) Array { return Taking{}.Choose(which, choices...) }

// Choose is the function Choose with the option Mode: ModeWrap counts on from the first choice again, ModeClip takes
// the nearest one.
func (o Taking) Choose(which Array, choices ...Array) Array {
	const op = "jnp.Choose"
	in := append([]*trace.Value{which.val(op)}, nonempty(op, choices)...)
	avals := trace.Avals(in)
	n := len(choices)
	if !in[0].DType().IsInteger() {
		trace.Fail(op, avals, "choices are made by integers, not by %v", in[0].DType())
	}
	o.only(op, avals)
	switch o.Mode {
	case modeDefault:
		checkWithin(op, in[0], n, avals, "jnp.Taking{Mode: jnp.ModeWrap} or ModeClip")
	case ModeWrap, ModeClip:
	default:
		trace.Fail(op, avals, "the mode is ModeWrap or ModeClip, not %v", o.Mode)
	}
	shape := kit.BroadcastTypes(op, avals)
	return whole(op, struct{ Mode Mode }{o.Mode}, in, func(in []*trace.Value) *trace.Value {
		i := Wrap(atLeast32(in[0]))
		switch o.Mode {
		case ModeWrap:
			i = Mod(i, n)
		case ModeClip:
			i = Clip(i, 0, n-1)
		}
		cs := kit.Promote(op, in[1:]...)
		for k, c := range cs {
			cs[k] = ops.Reshape(kit.BroadcastTo(ops.Convert(c, c.DType()), shape), append([]int{1}, shape...))
		}
		at := ops.Reshape(kit.BroadcastTo(i.v, shape), append([]int{1}, shape...))
		all := ops.Concatenate(cs, 0)
		p := takeParams{Mode: ModePromiseInBounds}
		return ops.Reshape(p.along(op, all.Aval(), all, at), shape)
	})
}

// only refuses the fields of o but Mode.
func (o Taking) only(op string, avals []ir.Aval) {
	if o.FillValue != nil || o.UniqueIndices || o.IndicesAreSorted {
		trace.Fail(op, avals, "of the fields of Taking only Mode applies to it; leave the others out")
	}
}

// Put is x with the elements at positions at of the flattened array replaced by values, which are repeated if there are
// fewer. NumPy's put, as a new array. Negative positions count from the end; ones out of bounds are those of the
// nearest end, as in JAX.
//
// Options: Taking (Mode).
func Put(x Array, at, values any) Array { return Taking{}.Put(x, at, values) }

// Put is the function Put with the option Mode: ModeWrap counts on from the first element again, and in ModeClip
// negative positions are the first element.
func (o Taking) Put(x Array, at, values any) Array {
	const op = "jnp.Put"
	v := x.val(op)
	i := positionsOf(op, v.Aval(), at)
	in := []*trace.Value{v, i, kit.LiftAlone(op, values)}
	avals := trace.Avals(in)
	o.only(op, avals)
	n, k, m := v.Aval().Size(), i.Aval().Size(), in[2].Aval().Size()
	if n == 0 || k == 0 || m == 0 {
		return x
	}
	switch o.Mode {
	case modeDefault, ModeWrap, ModeClip:
	default:
		trace.Fail(op, avals, "the mode is ModeWrap or ModeClip, not %v", o.Mode)
	}
	return whole(op, struct{ Mode Mode }{o.Mode}, in, func(in []*trace.Value) *trace.Value {
		i := Ravel(Wrap(atLeast32(in[1])))
		switch o.Mode {
		case ModeWrap:
			i = Mod(i, n)
		case ModeClip:
			i = Clip(i, 0, n-1)
		default:
			low := -n
			if i.DType().IsUnsigned() {
				low = 0
			}
			i = Clip(i, low, n-1)
		}
		y := Ravel(Wrap(in[0])).At(i).Mode(ModePromiseInBounds).setCut(Wrap(tileTo(in[2], k)))
		return ops.Reshape(y.v, in[0].Shape())
	})
}

// tileTo is the first n of the elements of v over and over.
func tileTo(v *trace.Value, n int) *trace.Value {
	k := v.Aval().Size()
	v = ops.Reshape(v, []int{k})
	if k < n {
		v = tile(v, []int{(n + k - 1) / k})
	}
	return ops.SliceInDim(v, 0, n, 1, 0)
}

// Place is x with the elements where mask is true replaced by those of values, one after the other, which are repeated
// if there are fewer. NumPy's place, as a new array. mask has as many elements as x.
func Place(x, mask Array, values any) Array {
	const op = "jnp.Place"
	in := []*trace.Value{x.val(op), mask.val(op), kit.LiftAlone(op, values)}
	avals := trace.Avals(in)
	n := avals[0].Size()
	if avals[1].Size() != n {
		trace.Fail(op, avals, "the mask has %d elements and the array %d", avals[1].Size(), n)
	}
	if avals[2].Size() == 0 {
		trace.Fail(op, avals, "there are no values to place")
	}
	if n == 0 {
		return x
	}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		// The k-th true element gets the k-th value.
		m := ops.Reshape(truth(op, in[1]), []int{n})
		k := ops.Sub(ops.CumSum(ops.Convert(m, ir.Int32), 0, false), ops.Full([]int{n}, ir.IntLit(1, ir.Int32)))
		k = ops.Max(k, ops.Full([]int{n}, ir.IntLit(0, ir.Int32)))
		y := takeIn(tileTo(ops.Convert(in[2], in[0].DType()), n), k)
		v := in[0]
		return ops.Reshape(ops.Select(m, y, ops.Reshape(ops.Convert(v, v.DType()), []int{n})), v.Shape())
	})
}

// FillDiagonal is x with its main diagonal, where all positions are equal, replaced by values: a scalar, or elements
// that are taken one after the other and repeated if there are fewer. NumPy's fill_diagonal, as a new array. x is a
// matrix, or has more axes of one length.
func FillDiagonal(x Array, values any) Array {
	const op = "jnp.FillDiagonal"
	in := []*trace.Value{x.val(op), kit.LiftAlone(op, values)}
	avals := trace.Avals(in)
	shape := in[0].Shape()
	if len(shape) < 2 {
		trace.Fail(op, avals, "needs two axes at least")
	}
	n := slices.Min(shape)
	if len(shape) > 2 && slices.Max(shape) != n {
		trace.Fail(op, avals, "more than two axes must be of one length")
	}
	if n == 0 {
		return x
	}
	if avals[1].Size() == 0 {
		trace.Fail(op, avals, "there are no values to fill with")
	}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		i := Wrap(ops.Iota(ir.Int32, []int{n}, 0))
		y := in[1]
		if y.Rank() > 0 {
			y = tileTo(y, n)
		}
		return Wrap(in[0]).At(slices.Repeat([]any{i}, len(shape))...).UniqueIndices().setCut(Wrap(y)).v
	})
}

// Compress is the subarrays of x along the axis at which condition is true, or the elements of the flattened array if
// no axis is given. condition has one axis; where it is shorter than x's, the rest is left out. NumPy's compress. How
// many there are depends on condition, which must be concrete: see Sized.
//
// Options: Sized (Size, FillValue).
func Compress(condition, x Array, axis ...int) Array {
	return Sized{}.compress("jnp.Compress", condition, x, axis)
}

// Compress is the function Compress with a fixed number of results; condition may be traced. FillValue is a scalar, nil
// is 0.
func (o Sized) Compress(condition, x Array, axis ...int) Array {
	return o.compress("jnp.Compress", condition, x, axis)
}

// Extract is the elements of x, flattened, at which condition, flattened, is true (not 0). NumPy's extract. See
// Compress.
//
// Options: Sized (Size, FillValue).
func Extract(condition, x Array) Array { return Sized{}.Extract(condition, x) }

// Extract is the function Extract with a fixed number of results; condition may be traced. FillValue is a scalar, nil
// is 0.
func (o Sized) Extract(condition, x Array) Array {
	const op = "jnp.Extract"
	condition.val(op)
	return o.compress(op, Ravel(condition), x, nil)
}

func (o Sized) compress(op string, condition, x Array, axis []int) Array {
	c := condition.val(op)
	v, a := alongOne(op, x, axis)
	avals := []ir.Aval{c.Aval(), x.v.Aval()}
	n := v.Shape()[a]
	if c.Rank() != 1 {
		trace.Fail(op, avals, "the condition must have one axis, not %d", c.Rank())
	}
	k := min(c.Shape()[0], n)
	if o.Size < 0 || o.Size > k {
		trace.Fail(op, avals,
			"Size is %d; it must be from 1 to the %d elements along the axis, or 0 for as many as there are", o.Size, k)
	}
	if o.Size == 0 {
		var gone []byte
		known := concreteMask(op, c, avals)
		trace.Suspended(func() { gone = hostBytes(op, truth(op, known)) })
		at := []int{}
		for i, b := range gone {
			switch {
			case b == 0:
			case i >= n:
				trace.Fail(op, avals, "the condition is true at %d, and the axis has %d elements", i, n)
			default:
				at = append(at, i)
			}
		}
		if len(at) == 0 {
			shape := slices.Clone(v.Shape())
			shape[a] = 0
			return Wrap(ops.Full(shape, ir.Lit{DType: v.DType(), Weak: v.Aval().Weak}))
		}
		return whole(op, struct{ Axis int }{a}, []*trace.Value{v, hostInts(at)}, func(in []*trace.Value) *trace.Value {
			return takeAlong(in[0], in[1], a)
		})
	}
	in := []*trace.Value{v, c}
	if o.FillValue != nil {
		f := lift(op, o.FillValue)
		if f.Rank() != 0 {
			trace.Fail(op, append(avals, f.Aval()), "the fill value must be a scalar")
		}
		in = append(in, f)
	}
	return whole(op, struct{ Axis, Size int }{a, o.Size}, in, func(in []*trace.Value) *trace.Value {
		v, c := ops.SliceInDim(in[0], 0, k, 1, a), ops.SliceInDim(truth(op, in[1]), 0, k, 1, 0)
		fill := ops.Full([]int{}, ir.IntLit(0, v.DType()))
		if len(in) > 2 {
			fill = kit.Convert(op, in[2], v.DType(), false)
		}
		s := v.Shape()
		v = ops.Select(ops.BroadcastInDim(c, s, []int{a}), ops.Convert(v, v.DType()), ops.BroadcastInDim(fill, s, nil))
		order := Sorting{Descending: true}.ArgSort(Wrap(c))
		return takeAlong(v, ops.SliceInDim(order.v, 0, o.Size, 1, 0), a)
	})
}
