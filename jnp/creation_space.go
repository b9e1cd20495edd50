package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Space holds the keyword arguments of LinSpace, LogSpace and GeomSpace. The zero value is NumPy's defaults.
type Space struct {
	NoEndpoint bool  // the last number is not stop but one step before it
	Axis       int   // where the numbers lie when start and stop are arrays
	DType      DType // Invalid: the floating-point type of start and stop. An integer type takes the floor
	Base       any   // of LogSpace: nil is 10
}

// LinSpace is num numbers, 50 by default, evenly spaced from start to stop, both included (NumPy linspace). start and
// stop may be arrays, which are broadcast; the numbers then lie along a new first axis.
//
// Options: Space (NoEndpoint, Axis, DType).
func LinSpace[A, B Operand](start A, stop B, num ...int) Array {
	return Space{}.LinSpace(start, stop, num...)
}

// LinSpace is num numbers, 50 by default, evenly spaced from start to stop.
func (s Space) LinSpace(start, stop any, num ...int) Array {
	y, _ := s.linspace("jnp.LinSpace", start, stop, num, false)
	return y
}

// LinSpaceStep is LinSpace and the distance between the numbers (NumPy's retstep), NaN where there are less than two.
func (s Space) LinSpaceStep(start, stop any, num ...int) (x, step Array) {
	return s.linspace("jnp.Space.LinSpaceStep", start, stop, num, true)
}

// LogSpace is num numbers, 50 by default, evenly spaced on a logarithmic scale from 10**start to 10**stop (NumPy
// logspace).
//
// Options: Space (NoEndpoint, Axis, DType, Base).
func LogSpace[A, B Operand](start A, stop B, num ...int) Array {
	return Space{}.LogSpace(start, stop, num...)
}

// LogSpace is s.Base to the powers that LinSpace gives.
func (s Space) LogSpace(start, stop any, num ...int) Array {
	const op = "jnp.LogSpace"
	p, in := s.prepare(op, start, stop, num)
	base := s.Base
	if base == nil {
		base = 10.0
	}
	in = append(in, lift(op, base))
	in[2] = kit.Settle(op, in[2], p.Work, false)
	return whole(op, p, in, func(in []*value) *value {
		y, _ := p.linear(in)
		y = p.atAxis(y)
		base := kit.BroadcastTo(kit.Convert(op, in[2], p.Work, false), y.Shape())
		return ops.Convert(ops.Pow(base, y), p.DType)
	})
}

// GeomSpace is num numbers, 50 by default, each the same multiple of the one before, from start to stop, both included
// (NumPy geomspace).
//
// Options: Space (NoEndpoint, Axis, DType).
func GeomSpace[A, B Operand](start A, stop B, num ...int) Array {
	return Space{}.GeomSpace(start, stop, num...)
}

// GeomSpace is num numbers, each the same multiple of the one before, from start to stop.
func (s Space) GeomSpace(start, stop any, num ...int) Array {
	const op = "jnp.GeomSpace"
	p, in := s.prepare(op, start, stop, num)
	return whole(op, p, in, func(in []*value) *value {
		a, b := p.ends(in)
		sign := ops.Sign(a)
		log := func(x *value) *value {
			return partwise(ops.Log(ops.Div(x, sign)),
				func(x *value) *value { return ops.Mul(x, ops.FullLike(x, math.Log10E)) })
		}
		y, _ := p.between(log(a), log(b))
		y = ops.Pow(ops.FullLike(y, 10), y)
		y = ops.Mul(kit.BroadcastTo(sign, y.Shape()), y)
		return ops.Convert(p.atAxis(y), p.DType)
	})
}

// spaceParams is what the programs of the spacings depend on besides the types of start and stop.
type spaceParams struct {
	Num        int
	NoEndpoint bool
	Axis       int
	DType      ir.DType // of the result
	Work       ir.DType // floating-point type computed in
	Floor      bool
	Shape      []int // of start and stop broadcast together
}

func (s Space) prepare(op string, start, stop any, num []int) (spaceParams, []*value) {
	p := spaceParams{Num: kit.Optional(op, "number of samples", num, 50), NoEndpoint: s.NoEndpoint}
	if p.Num < 0 {
		trace.Fail(op, nil, "the number of samples, %d, is negative", p.Num)
	}
	a, b := lift(op, start), lift(op, stop)
	x64 := trace.X64(a, b)
	types := []ir.Aval{a.Aval(), b.Aval()}
	d, _ := kit.CommonType(x64, types...)
	p.DType = kit.Inexact(d)
	if s.DType != ir.Invalid {
		p.DType = kit.AskedDType(op, s.DType)
	}
	p.Floor = p.DType.IsInteger()
	p.Work = upcastHalf(kit.Inexact(p.DType)) // 16 bits have no digits for shares of the way
	p.Shape = slices.Clone(kit.BroadcastShapes(op, types, a.Shape(), b.Shape()))
	p.Axis = kit.Axis(op, s.Axis, len(p.Shape)+1, types...)
	trace.CheckShape(op, append([]int{p.Num}, p.Shape...), p.DType)
	return p, []*value{kit.Settle(op, a, p.Work, false), kit.Settle(op, b, p.Work, false)}
}

func (s Space) linspace(op string, start, stop any, num []int, step bool) (Array, Array) {
	p, in := s.prepare(op, start, stop, num)
	out := trace.Whole(op, p, in, func(in []*value) []*value {
		y, step := p.linear(in)
		y = p.atAxis(y)
		if p.Floor {
			y = ops.Floor(y)
		}
		return []*value{ops.Convert(y, p.DType), ops.Convert(step, kit.Inexact(p.DType))}
	})
	return Wrap(out[0]), Wrap(out[1])
}

// ends is start and stop in the type and shape computed in.
func (p spaceParams) ends(in []*value) (a, b *value) {
	a = kit.BroadcastTo(ops.ConvertWeak(in[0], p.Work, false), p.Shape)
	b = kit.BroadcastTo(ops.ConvertWeak(in[1], p.Work, false), p.Shape)
	return a, b
}

func (p spaceParams) linear(in []*value) (y, step *value) { return p.between(p.ends(in)) }

// between is the numbers from a to b along a new first axis, and their distance.
func (p spaceParams) between(a, b *value) (y, step *value) {
	div := p.Num
	if !p.NoEndpoint {
		div--
	}
	row := append([]int{1}, p.Shape...)
	switch {
	case p.Num == 0:
		return ops.Zeros(ir.Aval{Shape: append([]int{0}, p.Shape...), DType: p.Work}), ops.FullLike(a, math.NaN())
	case p.Num == 1:
		if p.NoEndpoint {
			return ops.Reshape(a, row), ops.Sub(b, a)
		}
		return ops.Reshape(a, row), ops.FullLike(a, math.NaN())
	}
	half := func(v *value) *value { return ops.Mul(v, ops.FullLike(v, 0.5)) } // whose difference does not overflow
	step = ops.Div(ops.Sub(half(b), half(a)), ops.FullLike(a, float64(div)/2))
	// a(1-t) + bt rather than a + i*step: it meets both ends, and overflows nowhere between them.
	shape := append([]int{div}, p.Shape...)
	t := ops.Iota(p.Work.Real(), []int{div}, 0)
	t = ops.Convert(ops.Div(t, ops.FullLike(t, float64(div))), p.Work)
	t = ops.BroadcastInDim(t, shape, []int{0})
	along := func(x *value) *value { return kit.BroadcastTo(ops.Reshape(x, row), shape) }
	y = ops.Add(ops.Mul(along(a), ops.Sub(ops.FullLike(t, 1), t)), ops.Mul(along(b), t))
	if !p.NoEndpoint {
		y = ops.Concatenate([]*value{y, ops.Reshape(b, row)}, 0)
	}
	return y, step
}

// atAxis moves the first axis of y to where the numbers are to lie.
func (p spaceParams) atAxis(y *value) *value {
	if p.Axis == 0 {
		return y
	}
	perm := make([]int, 0, y.Rank())
	for i := range p.Axis {
		perm = append(perm, i+1)
	}
	perm = append(perm, 0)
	for i := p.Axis + 1; i < y.Rank(); i++ {
		perm = append(perm, i)
	}
	return ops.Transpose(y, perm)
}
