package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type concatenate struct{ Axis int }

func (concatenate) Name() string { return "concatenate" }

// Concatenate joins arrays of one dtype, and of one shape except along axis. At least one array is needed; one alone is
// returned as it is.
func Concatenate(xs []*Value, axis int) *Value {
	switch len(xs) {
	case 0:
		trace.Fail("concatenate", nil, "needs at least one array")
	case 1:
		axisOf("concatenate", xs[0], axis)
		return xs[0]
	}
	return one(concatenate{axis}, xs...)
}

// Stack joins arrays of one shape and dtype along a new axis of the result, as lax.stack.
func Stack(xs []*Value, axis int) *Value {
	const op = "stack"
	if len(xs) == 0 {
		trace.Fail(op, nil, "takes at least one array")
	}
	in := trace.Avals(xs)
	trace.Must(firstError(sameTypes(in), checkAxes("axis", []int{axis}, xs[0].Rank()+1)), op, in)
	return Concatenate(mapEach(xs, func(v *Value) *Value { return ExpandDims(v, []int{axis}) }), axis)
}

// Unstack is the arrays that x consists of along axis, without that axis, as lax.unstack.
func Unstack(x *Value, axis int) []*Value {
	in := []ir.Aval{x.Aval()}
	trace.Must(checkAxes("axis", []int{axis}, x.Rank()), "unstack", in)
	parts := Split(x, repeated(1, x.Shape()[axis]), axis)
	return mapEach(parts, func(v *Value) *Value { return Squeeze(v, []int{axis}) })
}

func (o concatenate) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 {
		return nil, fmt.Errorf("needs at least one array")
	}
	a := in[0]
	if err := checkAxes("axis", []int{o.Axis}, len(a.Shape)); err != nil {
		return nil, err
	}
	shape := slices.Clone(a.Shape)
	for i, b := range in[1:] {
		if b.DType != a.DType {
			return nil, fmt.Errorf("operand 0 is %v and operand %d is %v; lax takes one dtype: convert first with "+
				"lax.ConvertElementType, or use jnp.Concatenate, which promotes", a.DType, i+1, b.DType)
		}
		if len(b.Shape) != len(shape) || !slices.Equal(without(b.Shape, []int{o.Axis}), without(shape, []int{o.Axis})) {
			return nil, fmt.Errorf("operand 0 of shape %s and operand %d of shape %s differ in more than axis %d, "+
				"along which they are joined",
				ir.ShapeString(a.Shape), i+1, ir.ShapeString(b.Shape), o.Axis)
		}
		shape[o.Axis] += b.Shape[o.Axis]
	}
	if err := checkShape(shape); err != nil {
		return nil, err
	}
	return []ir.Aval{{Shape: shape, DType: a.DType, Weak: allWeak(in)}}, nil
}

// Lower selects, on CPUs, among what operands of different sizes have nearest to each place of a long last axis.
func (o concatenate) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	shape := e.Out()[0].Shape
	n := func(i int) int { return x[i].Aval.Shape[o.Axis] }
	if o.Axis == len(shape)-1 && looksUp(e, shape[o.Axis]) && len(x) <= mostLooked {
		for i := range x {
			if n(i) != n(0) {
				if len(shape) == 1 {
					if y := streamViews(e, streamCopy, []view{o.view(e, x)}, joinBytes); y != nil {
						return y
					}
				}
				return lowerFun(e, x, func(v []*Value) []*Value { return []*Value{o.selected(v, shape)} })
			}
		}
	}
	if y := streamCopied(e, func() view { return o.view(e, x) }); y != nil {
		return y
	}
	return hlo(e, "stablehlo.concatenate", x, "dimension = "+i64(o.Axis))
}

// looksUp reports whether what has holes along a last axis of n is made by looking up every place. XLA makes one loop
// of it with masked loads from every operand at every place, many of them from far behind its end, and processors take
// a hundred times as long for a load that is masked off and whose page is not in memory.
func looksUp(e trace.Emitter, n int) bool { return e.Platform() == "cpu" && n >= leastLooked }

const (
	leastLooked = 256 // from here on it is faster
	mostLooked  = 4   // operands; each costs as much
)

// joinBytes is the size from which on a vector is joined by a kernel: what is saved is more than a loop of its own
// costs.
const joinBytes = 256 << 10

// selected is o of x.
func (o concatenate) selected(x []*Value, shape []int) (y *Value) {
	at := 0
	for _, v := range x {
		n := v.Shape()[o.Axis]
		if n == 0 {
			continue
		}
		place := Iota(positionType(shape[o.Axis]), shape[o.Axis:], 0)
		part := nearest(v, at, place)
		if y != nil {
			before := Lt(place, FullLike(place, float64(at)))
			part = Select(BroadcastInDim(before, shape, []int{o.Axis}), y, part)
		}
		y, at = part, at+n
	}
	return y
}

// nearest is x along its last axis at the places less at, or what is nearest to them.
func nearest(x *Value, at int, place *Value) *Value {
	axis := x.Rank() - 1
	end := func(n int) *Value { return trace.FromLit(ir.IntLit(int64(n), place.DType())) }
	from := Clamp(end(0), Sub(place, FullLike(place, float64(at))), end(x.Shape()[axis]-1))
	dims := GatherDims{OffsetDims: arange(0, axis), CollapsedSliceDims: []int{axis}, StartIndexMap: []int{axis}}
	sizes := append(own(x.Shape()[:axis]), 1)
	o := GatherOptions{Mode: PromiseInBounds, IndicesAreSorted: true}
	return Gather(x, ExpandDims(from, []int{1}), dims, sizes, o)
}

func (o concatenate) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, dim := alignBatch(c, x, d)
	return []*Value{Concatenate(y, shifted([]int{o.Axis}, dim)[0])}, []int{dim}
}

func (concatenate) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if !anyTangent(t) {
		return y, []*Value{nil}
	}
	full := make([]*Value, len(t))
	for i := range t {
		full[i] = materialize(t[i], x[i])
	}
	return y, c.Self(full...)
}

func (o concatenate) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, len(x))
	if ct[0] == nil {
		return out
	}
	at := 0
	for i, v := range x {
		n := v.Aval.Shape[o.Axis]
		if v.X == nil {
			out[i] = SliceInDim(ct[0], at, at+n, 1, o.Axis)
		}
		at += n
	}
	return out
}
