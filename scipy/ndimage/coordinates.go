package ndimage

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Mode is how an array goes on outside.
type Mode uint8

const (
	Constant Mode = iota // with Interpolation.FillValue, between which and the last elements there are values too
	Nearest              // with the element at the edge
	Wrap                 // from the other end
	Mirror               // mirrored at the last element, which is not repeated
	Reflect              // mirrored at the edge, the last element repeated
)

// Interpolation holds the keyword arguments of MapCoordinates.
type Interpolation struct {
	Mode      Mode
	FillValue any // outside, for Constant: a number or a scalar Array; nil: 0
}

// MapCoordinates are the values of x at places between its elements: coordinates has an array for each axis of x, which
// broadcast, and the result their shape and the dtype of x. An order of 0 takes the nearest element, 1 interpolates
// linearly. Integers are rounded to the nearest, halves away from 0. SciPy's ndimage.map_coordinates, whose splines of
// higher orders are refused, as by JAX; its Constant and Wrap are called grid-constant and grid-wrap there.
//
// Options: Interpolation (Mode, FillValue).
func MapCoordinates(x jnp.Array, coordinates []jnp.Array, order int) jnp.Array {
	return Interpolation{}.MapCoordinates(x, coordinates, order)
}

// MapCoordinates is ndimage.MapCoordinates with options.
func (o Interpolation) MapCoordinates(x jnp.Array, coordinates []jnp.Array, order int) jnp.Array {
	const op = "ndimage.MapCoordinates"
	in := trace.Avals(kit.Values(op, append([]jnp.Array{x}, coordinates...)))
	switch {
	case len(coordinates) != x.NDim() || x.NDim() == 0:
		trace.Fail(op, in, "there are %d arrays of coordinates for %d axes", len(coordinates), x.NDim())
	case order != 0 && order != 1:
		trace.Fail(op, in, "the order is 0 or 1, not %d", order)
	case o.Mode > Reflect:
		trace.Fail(op, in, "Mode is none that is known here")
	case o.FillValue != nil && o.Mode != Constant:
		trace.Fail(op, in, "FillValue is for the Mode Constant")
	case in[0].Size() == 0:
		trace.Fail(op, in, "the array is empty")
	}
	kit.RefuseComplex(op, kit.Values(op, coordinates)...)
	shapes := kit.Map(coordinates, jnp.Array.Shape)
	kit.BroadcastShapes(op, in, shapes...)
	p := struct {
		Mode  Mode
		Order int
	}{o.Mode, order}
	operands := kit.Map(append([]jnp.Array{x}, coordinates...), func(x jnp.Array) any { return x })
	fill := o.FillValue
	if fill == nil {
		fill = 0
	}
	return arrays.Whole(op, p, func(in []jnp.Array) jnp.Array {
		x, at, fill := in[0], in[1:len(in)-1], in[len(in)-1]
		if fill.NDim() != 0 || fill.DType().IsComplex() && !x.DType().IsComplex() {
			trace.Fail(op, trace.Avals(arrays.Values([]jnp.Array{x, fill})), "FillValue must be a scalar, and real "+
				"where the array is")
		}
		y := outside{p.Mode, fill.AsType(x.DType())}.sum(x, at, order, nil, jnp.Array{}, jnp.Array{})
		if !x.DType().IsInexact() && y.DType().IsInexact() {
			y = lax.Round(y)
		}
		return y.AsType(x.DType())
	}, append(operands, fill)...)
}

// outside is how an array goes on.
type outside struct {
	mode Mode
	fill jnp.Array
}

// node is an element of an axis that has a part in the value between elements.
type node struct {
	index  jnp.Array
	weight jnp.Array // none for 1
}

// nodes are those of coordinates along an axis.
func nodes(c jnp.Array, order int) []node {
	if !c.DType().IsInexact() {
		return []node{{index: c.AsType(jnp.Int32)}}
	}
	if order == 0 {
		return []node{{index: lax.Round(c).AsType(jnp.Int32)}}
	}
	low := jnp.Floor(c)
	part := c.Sub(low)
	index := low.AsType(jnp.Int32)
	return []node{{index, part.Neg().Add(1)}, {index.Add(1), part}}
}

// sum is the sum over all nodes along the axes that are left; at are the indices along those before.
func (o outside) sum(x jnp.Array, rest []jnp.Array, order int, at []any,
	weight, inside jnp.Array) (sum jnp.Array) {
	if len(rest) == 0 {
		y := x.Index(at...)
		if o.mode == Constant {
			y = jnp.Where(inside, y, o.fill)
		}
		return times(y, weight)
	}
	n := x.Shape()[len(at)]
	for _, k := range nodes(rest[0], order) {
		within := k.index.Ge(0).And(k.index.Lt(n))
		if len(at) > 0 {
			within = inside.And(within)
		}
		index := append(at[:len(at):len(at)], o.mode.index(k.index, n))
		y := o.sum(x, rest[1:], order, index, times(k.weight, weight), within)
		if sum.TraceValue() != nil {
			y = sum.Add(y)
		}
		sum = y
	}
	return sum
}

// times is x·y, where an array that there is not stands for 1.
func times(x, y jnp.Array) jnp.Array {
	switch {
	case x.TraceValue() == nil:
		return y
	case y.TraceValue() == nil:
		return x
	}
	return x.Mul(y)
}

// index is the element that stands at place i of an axis of n elements.
func (m Mode) index(i jnp.Array, n int) jnp.Array {
	switch {
	case m == Wrap:
		return i.Mod(n)
	case m == Mirror && n > 1:
		return i.Add(n - 1).Mod(2 * (n - 1)).Sub(n - 1).Abs()
	case m == Reflect:
		i = i.Mod(2 * n)
		return jnp.Minimum(i, i.Neg().Add(2*n-1))
	}
	return i.Clip(0, n-1)
}
