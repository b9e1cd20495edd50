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
	var y *trace.Value
	if x[0].DType() == ir.Float16 || !d.IsFloat() { // float32 has room for squares of float16
		c, _ := p.distances(s)
		y = p.root(ops.Div(kit.SumSquares(c, p.Axes, d), n))
	} else {
		squares, inverse := p.squares(s)
		if y = ops.Mul(p.root(ops.Div(squares, n)), inverse); !p.Root {
			y = ops.Mul(y, inverse)
		}
	}
	if y = ops.Convert(y, p.DType); enough != nil {
		y = ops.Select(enough, y, nan)
	}
	return keepDims(y, v.Shape(), p.Axes, p.KeepDims)
}

// root is the standard deviation of the variance y, where that is asked for.
func (p *statParams) root(y *trace.Value) *trace.Value {
	if p.Root {
		return kit.Root(y)
	}
	return y
}

// sample is what a variance is of: the elements v where mask (if any) is true, about center or, without one, their
// mean.
type sample struct{ v, mask, center *trace.Value }

// operands are the arrays of s.
func (s sample) operands() []*trace.Value {
	x := []*trace.Value{s.v}
	for _, a := range []*trace.Value{s.mask, s.center} {
		if a != nil {
			x = append(x, a)
		}
	}
	return x
}

// with is s with other arrays, x.
func (s sample) with(x []*trace.Value) sample {
	y := sample{v: x[0]}
	if s.mask != nil {
		y.mask, x = x[1], x[1:]
	}
	if s.center != nil {
		y.center = x[1]
	}
	return y
}

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

// distances are the distances of the elements of s from the center, 0 for those left out, and the mean, which is 0
// where there is a center.
func (p *statParams) distances(s sample) (c, mean *trace.Value) {
	if s.center == nil {
		mean = p.mean(s.v, s.mask)
		return s.from(p.spread(mean, s.v)), mean
	}
	rest, _ := kit.Without(s.v.Shape(), p.Axes)
	return s.from(s.center), ops.Full(rest, ir.IntLit(0, s.v.DType()))
}

// from is the distances of the elements of s from the center, 0 for those left out.
func (s sample) from(center *trace.Value) *trace.Value {
	c := ops.Sub(s.v, center)
	if s.mask != nil { // before it is squared, so that no derivative runs through what is left out
		c = ops.Select(kit.BroadcastTo(s.mask, s.v.Shape()), c, ops.FullLike(c, 0))
	}
	return c
}

// squares is the sum of the squared distances of s/inverse from the center, where inverse is 1 unless that sum of s
// itself has overflowed or underflowed: only then are the data read again. Its derivative does not meet that loop.
func (p *statParams) squares(s sample) (sum, inverse *trace.Value) {
	y := kit.Derived("jnp.Var", s.operands(), func(x []*trace.Value) []*trace.Value {
		return p.rescale(s.with(x))
	}, func(x, y, t []*trace.Value) []*trace.Value {
		mean, unit := y[1], y[2]
		now, tangent := p.times(s.with(x), unit), p.times(s.with(t), unit)
		center, by := now.center, tangent.v
		if center == nil {
			center = p.spread(mean, now.v) // whose own tangent meets a sum of distances, which is 0
		} else {
			by = ops.Sub(by, tangent.center)
		}
		c := now.from(center)
		tsum, tmean := ops.Mul(c, by), ops.FullLike(mean, 0)
		if c.DType().IsComplex() {
			tsum = ops.Real(ops.Mul(ops.Conj(c), by))
		}
		if s.center == nil {
			tmean = p.mean(tangent.v, now.mask)
		}
		return []*trace.Value{scaledBy(ops.ReduceSum(tsum, p.Axes), 2), tmean, ops.FullLike(unit, 0),
			ops.FullLike(unit, 0)}
	})
	return y[0], y[3]
}

// rescale is what squares has of s: the sum and the mean of s·unit, unit, and its inverse, made in the loop because XLA
// would make one division of two, by a square that has no room.
func (p *statParams) rescale(s sample) []*trace.Value {
	d := s.v.DType().Real()
	least := 0x1p-75
	if d == ir.Float64 {
		least = 0x1p-900
	}
	if !p.Root {
		least = 0 // the variance itself has no smaller values
	}
	sums := func(s sample) []*trace.Value {
		c, mean := p.distances(s)
		return []*trace.Value{kit.SumSquares(c, p.Axes, d), mean}
	}
	y := sums(s)
	within := ops.And(ops.IsFinite(y[0]), ops.Ge(y[0], ops.FullLike(y[0], least)))
	again := ops.Not(within)
	one := ops.FullLike(y[0], 1)
	first := []*trace.Value{ops.ReduceOr(again, kit.UpTo(again.Rank())), y[0], y[1], one, one}
	return ops.While("jnp.Var", first, func(c []*trace.Value) *trace.Value { return c[0] },
		func([]*trace.Value) []*trace.Value {
			unit := ops.Select(again, p.unit(s), one)
			y := sums(p.times(s, unit))
			return []*trace.Value{trace.FromLit(ir.BoolLit(false)), y[0], y[1], unit, ops.Div(one, unit)}
		})[1:]
}

// unit is the power of 2 that brings the numbers of s closer to 1: their squares get room, and those of unit keep it.
func (p *statParams) unit(s sample) *trace.Value {
	abs := ops.Abs(s.v)
	if s.center != nil {
		abs = ops.Max(abs, ops.Abs(s.center))
	}
	if s.mask != nil {
		abs = ops.Select(kit.BroadcastTo(s.mask, abs.Shape()), abs, ops.FullLike(abs, 0))
	}
	rest, _ := kit.Without(abs.Shape(), p.Axes)
	root := ops.Sqrt(ops.Reshape(kit.Unit(abs, p.Axes, false), rest))
	unit := ops.Div(ops.FullLike(root, 1), ops.Mul(root, ops.Sqrt(ops.Sqrt(root))))
	return powerOf2(unit)
}

// powerOf2 is the power of 2 nearest to x.
func powerOf2(x *trace.Value) *trace.Value {
	exponent := 8
	if x.DType() == ir.Float64 {
		exponent = 11
	}
	return ops.ReducePrecision(x, exponent, 0)
}
