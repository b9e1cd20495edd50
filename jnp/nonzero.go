package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Sized fixes the number of results of functions whose results would otherwise be as many as the data say, so that they
// can be used under Jit: the first Size of them, or, where there are fewer, filled up with FillValue (a Go int, for the
// positions along several axes perhaps a []int with one for each; nil is 0).
type Sized struct {
	Size      int
	FillValue any
}

// Nonzero is the positions of the elements of x that are not 0 (NumPy nonzero), an int array for each axis. x must not
// be traced: the shape of the result depends on its data; Sized{Size: n}.Nonzero(x) has a fixed one.
//
// Options: Sized (Size, FillValue).
func Nonzero(x Array) []Array {
	const op = "jnp.Nonzero"
	v := nonzeroArg(op, x)
	return nonzeroHost(op, v, v.Shape())
}

// nonzeroHost is the positions, by the axes of shape, of the elements of a concrete v of as many elements.
func nonzeroHost(op string, v *trace.Value, shape []int) []Array {
	t := v.Aval()
	v, b := v.Eval()
	if b != nil {
		trace.Fail(op, []ir.Aval{t},
			"how many elements of a traced array are not 0 is not known (%s at %v); use jnp.Sized{Size: n}.Nonzero(x)",
			b.What(), b.Src())
	}
	m := v
	trace.Suspended(func() { m = truth(op, v) })
	out := kit.Map(nonzeroOf(hostBytes(op, m), shape), Wrap)
	if d := kit.DefaultInt(v); d != ir.Int32 {
		for i := range out {
			out[i].v = ops.Convert(out[i].v, d)
		}
	}
	return out
}

// FlatNonzero is the positions of the elements of x, flattened, that are not 0 (NumPy flatnonzero). See Nonzero.
//
// Options: Sized (Size, FillValue).
func FlatNonzero(x Array) Array {
	const op = "jnp.FlatNonzero"
	v := x.val(op)
	return nonzeroHost(op, v, []int{v.Aval().Size()})[0]
}

// ArgWhere is the positions of the elements of x that are not 0, a row for each (NumPy argwhere). See Nonzero.
//
// Options: Sized (Size, FillValue).
func ArgWhere(x Array) Array {
	const op = "jnp.ArgWhere"
	v := x.val(op)
	if v.Rank() == 0 {
		n := nonzeroHost(op, v, []int{1})[0].Len()
		return Creation{DType: kit.DefaultInt(v)}.Zeros(n, 0)
	}
	return stackLast(nonzeroHost(op, v, v.Shape()))
}

func stackLast(a []Array) Array {
	in := make([]*trace.Value, len(a))
	for i, x := range a {
		in[i] = x.v
	}
	return whole("jnp.ArgWhere", nil, in, func(in []*trace.Value) *trace.Value {
		cols := make([]*trace.Value, len(in))
		for i, v := range in {
			cols[i] = ops.ExpandDims(v, []int{1})
		}
		return ops.Concatenate(cols, 1)
	})
}

func nonzeroArg(op string, x Array) *trace.Value {
	v := x.val(op)
	if v.Rank() == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has no axes; use x.Reshape(1), or x.Ne(0)")
	}
	return v
}

// Nonzero is the function Nonzero with a fixed number of results; x may be traced.
func (o Sized) Nonzero(x Array) []Array {
	const op = "jnp.Nonzero"
	return o.nonzero(op, nonzeroArg(op, x))
}

// FlatNonzero is the function FlatNonzero with a fixed number of results; x may be traced.
func (o Sized) FlatNonzero(x Array) Array {
	const op = "jnp.FlatNonzero"
	v := x.val(op)
	return o.nonzero(op, ops.Reshape(v, []int{v.Aval().Size()}))[0]
}

// ArgWhere is the function ArgWhere with a fixed number of rows; x may be traced.
func (o Sized) ArgWhere(x Array) Array {
	const op = "jnp.ArgWhere"
	v := x.val(op)
	if v.Rank() == 0 {
		return Creation{DType: kit.DefaultInt(v)}.Zeros(o.Size, 0)
	}
	return stackLast(o.nonzero(op, v))
}

func (o Sized) nonzero(op string, v *trace.Value) []Array {
	fill := o.fill(op, v.Rank())
	return kit.Map(trace.Whole(op, struct {
		Size int
		Fill []ir.Lit
	}{o.Size, fill}, []*trace.Value{v}, func(in []*trace.Value) []*trace.Value {
		return nonzero(in[0], o.Size, fill)
	}), Wrap)
}

// fill is the fill value for each of rank axes.
func (o Sized) fill(op string, rank int) []ir.Lit {
	if o.Size < 0 {
		trace.Fail(op, nil, "Size cannot be negative: %d", o.Size)
	}
	each, ok := o.FillValue.([]int)
	if ok && len(each) != rank {
		trace.Fail(op, nil, "there are %d fill values for %d axes", len(each), rank)
	}
	out := make([]ir.Lit, rank)
	for i := range out {
		var f any = 0
		switch {
		case ok:
			f = each[i]
		case o.FillValue != nil:
			f = o.FillValue
		}
		l, ok := lift(op, f).Lit()
		if !ok || !l.DType.IsInteger() {
			trace.Fail(op, nil, "the fill value is a Go int, not %T", o.FillValue)
		}
		out[i] = l.Convert(ir.Int32)
	}
	return out
}

// nonzero writes the position of each element that is not 0 to the place that counting them gives it.
func nonzero(v *trace.Value, size int, fill []ir.Lit) []*trace.Value {
	shape := v.Shape()
	n := ir.SizeOf(shape)
	out := make([]*trace.Value, len(shape))
	if n == 0 || size == 0 {
		for i := range out {
			out[i] = ops.Full([]int{size}, ir.IntLit(0, kit.DefaultInt(v)))
		}
		return out
	}
	flat := []int{n}
	d := ir.Int32
	c := func(s []int, v int) *trace.Value { return ops.Full(s, ir.IntLit(int64(v), d)) }
	m := ops.Reshape(truth("jnp.Nonzero", v), flat)
	place := ops.CumSum(ops.Convert(m, d), 0, false)
	count := ops.Reshape(ops.Slice(place, []int{n - 1}, flat, nil), nil)
	place = ops.Select(m, ops.Sub(place, c(flat, 1)), c(flat, size))
	at := ops.Scatter(c([]int{size}, 0), ops.Reshape(place, []int{n, 1}), ops.Iota(d, flat, 0),
		ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		ops.ScatterOptions{Mode: ops.Fill})
	s := []int{size}
	missing := ops.Ge(ops.Iota(d, s, 0), kit.BroadcastTo(count, s))
	stride := n
	for i, l := range shape {
		stride /= l
		x := ops.Rem(ops.Div(at, c(s, stride)), c(s, l))
		out[i] = ops.Convert(ops.Select(missing, ops.Full(s, fill[i]), x), kit.DefaultInt(v))
	}
	return slices.Clip(out)
}
