package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// buildVar is the mean of the squared distances from the mean: two passes over the data. One pass (the mean of the
// squares less the square of the mean) would lose all digits where the mean is large.
func (p *statParams) buildVar(x []*trace.Value) *trace.Value {
	v := ops.Convert(x[0], p.Compute)
	var where *trace.Value
	if p.HasWhere {
		where = x[1]
	}
	s := sample{v: v, mask: p.used(v, where)}
	if p.HasCenter {
		s.center = kit.BroadcastTo(ops.Convert(x[len(x)-1], p.Compute), v.Shape())
	}
	rest, _ := kit.Without(v.Shape(), p.Axes)
	d := p.Compute.Real()
	nan := ops.Full(rest, ir.FloatLit(math.NaN(), p.DType))
	var n, enough *trace.Value
	if s.mask == nil {
		// The count is known now, and so is whether it suffices.
		left := float64(countOf(v.Shape(), p.Axes)) - p.DDof
		if left <= 0 {
			return keepDims(nan, v.Shape(), p.Axes, p.KeepDims)
		}
		n = known(left, rest, d)
	} else {
		n = ops.Sub(count(v, s.mask, p.Axes, d), ops.Full(rest, ir.FloatLit(p.DDof, d)))
		enough = ops.Gt(n, ops.FullLike(n, 0))
	}
	var inverse *trace.Value
	if scales(x[0].DType(), v) {
		var unit *trace.Value
		unit, inverse = p.unit(s)
		s = p.times(s, unit)
	}
	y := ops.Div(kit.SumSquares(p.distances(s), p.Axes, d), n)
	if p.Root {
		y = kit.Root(y)
	}
	if inverse != nil {
		if y = ops.Mul(y, inverse); !p.Root {
			y = ops.Mul(y, inverse)
		}
	}
	if y = ops.Convert(y, p.DType); enough != nil {
		y = ops.Select(enough, y, nan)
	}
	return keepDims(y, v.Shape(), p.Axes, p.KeepDims)
}

// sample is what a variance is of: the elements v where mask (if any) is true, about center or, without one, their
// mean.
type sample struct{ v, mask, center *trace.Value }

// times is s with its numbers multiplied by unit, one for each result.
func (p *statParams) times(s sample, unit *trace.Value) sample {
	s.v = ops.Mul(s.v, p.spread(unit, s.v))
	if s.center != nil {
		s.center = ops.Mul(s.center, p.spread(unit, s.v))
	}
	return s
}

// spread is y, of the reduced shape, in the shape and dtype of v.
func (p *statParams) spread(y, v *trace.Value) *trace.Value {
	_, kept := kit.Without(v.Shape(), p.Axes)
	return ops.BroadcastInDim(ops.Convert(y, v.DType()), v.Shape(), kept)
}

// distances are the distances of the elements of s from the center, 0 for those left out.
func (p *statParams) distances(s sample) *trace.Value {
	center := s.center
	if center == nil {
		center = p.spread(p.mean(s.v, s.mask), s.v)
	}
	c := ops.Sub(s.v, center)
	if s.mask != nil { // before it is squared, so that no derivative runs through what is left out
		c = ops.Select(kit.BroadcastTo(s.mask, s.v.Shape()), c, ops.FullLike(c, 0))
	}
	return c
}

// few is up to how many elements are looked at for their scale: of more that would take a third longer.
const few = 128

// scales reports whether the squares of elements of dtype d, computed as v, get room by scaling. float32 has room for
// those of float16.
func scales(d ir.DType, v *trace.Value) bool {
	return d == ir.BFloat16 || d != ir.Float16 && v.DType().IsInexact() && ir.SizeOf(v.Shape()) <= few
}

// unit is the power of 2 that brings the numbers of s closer to 1, so that their squares have room, and the squares of
// unit have it too; and its inverse. Both are of the reduced shape.
func (p *statParams) unit(s sample) (unit, inverse *trace.Value) {
	abs := ops.Abs(s.v)
	if s.center != nil {
		abs = ops.Max(abs, ops.Abs(s.center))
	}
	if s.mask != nil {
		abs = ops.Select(kit.BroadcastTo(s.mask, abs.Shape()), abs, ops.FullLike(abs, 0))
	}
	rest, _ := kit.Without(abs.Shape(), p.Axes)
	m := ops.Reshape(kit.Unit(abs, p.Axes, false), rest)
	mantissa, bias, d := int64(23), int64(127), ir.Int32
	if m.DType() == ir.Float64 {
		mantissa, bias, d = 52, 1023, ir.Int64
	}
	c := func(v int64) *trace.Value { return ops.Full(rest, ir.IntLit(v, d)) }
	// Five eighths of the greatest number's exponent, as an exponent: integers, as roots take many more operations.
	e := ops.Sub(ops.ShiftRightArithmetic(ops.Bitcast(m, d), c(mantissa)), c(bias))
	e = ops.ShiftRightArithmetic(ops.Mul(e, c(5)), c(3))
	power := func(e *trace.Value) *trace.Value {
		return ops.Bitcast(ops.ShiftLeft(ops.Add(e, c(bias)), c(mantissa)), m.DType())
	}
	return power(ops.Neg(e)), power(e)
}
