package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Phase holds the keyword arguments of Angle and Unwrap. The zero value is NumPy's defaults.
type Phase struct {
	Deg     bool // of Angle: degrees, not radians
	Period  any  // of Unwrap: a Go number or an Array; nil is 2π
	Discont any  // of Unwrap: jumps below this are kept; nil is half the period
}

// Angle is the argument of complex numbers in radians, 0 or π for real ones (NumPy angle).
//
// Options: Phase (Deg).
func Angle(z Array) Array { return Phase{}.Angle(z) }

// Angle is the argument of complex numbers, 0 or half a turn for real ones.
func (p Phase) Angle(z Array) Array {
	const op = "jnp.Angle"
	type params struct{ Deg bool }
	return whole1(op, params{p.Deg}, z.val(op), func(v *value) *value {
		y := angleV(v)
		if p.Deg {
			y = strongArray(ops.Mul(y, ops.FullLike(y, 180/math.Pi)))
		}
		return y
	})
}

func angleV(v *value) *value {
	if v.DType().IsComplex() {
		return ops.Atan2(ops.Imag(v), ops.Real(v))
	}
	if !v.DType().IsInexact() || v.Rank() == 0 {
		v = kit.Convert("jnp.Angle", v, kit.DefaultFloat(), false)
	}
	return ops.Atan2(ops.FullLike(v, 0), v)
}

// Unwrap is x with multiples of the period, 2π, added so that neighbours along an axis, the last by default, differ by
// no more than half of it: the course of an angle without its jumps (NumPy unwrap). Complex x is refused.
//
// Options: Phase (Period, Discont).
func Unwrap(x Array, axis ...int) Array { return Phase{}.Unwrap(x, axis...) }

// Unwrap is x with multiples of p.Period added where neighbours along an axis, the last by default, differ by p.Discont
// or more.
func (p Phase) Unwrap(x Array, axis ...int) Array {
	const op = "jnp.Unwrap"
	v := x.val(op)
	period := p.Period
	if period == nil {
		period = 2 * math.Pi
	}
	in := []*value{v, kit.LiftAlone(op, period)}
	if p.Discont != nil {
		in = append(in, kit.LiftAlone(op, p.Discont))
	}
	kit.RefuseComplex(op, in...)
	type params struct{ Axis int }
	q := params{kit.Axis(op, kit.Optional(op, "number", axis, -1), v.Rank(), v.Aval())}
	return whole(op, q, in, func(in []*value) *value {
		y := kit.Promote(op, in[:2]...)
		x, period := Wrap(y[0]), Wrap(y[1])
		n := y[0].Shape()[q.Axis]
		if n == 0 {
			return y[0]
		}
		half := period.Div(2)
		discont := half
		if len(in) > 2 {
			discont = Wrap(in[2])
		}
		if y[0].DType().IsInteger() {
			half = period.FloorDiv(2)
		}
		d := Diff(x, q.Axis)
		turned := d.Add(half).Mod(period).Sub(half)
		turned = Where(turned.Eq(half.Neg()).And(d.Gt(0)), half, turned)
		fix := Where(d.Abs().Lt(discont), 0, turned.Sub(d))
		rest := Wrap(ops.SliceInDim(x.v, 1, n, 1, q.Axis)).Add(CumSum(fix, q.Axis))
		parts := kit.Promote(op, ops.SliceInDim(x.v, 0, 1, 1, q.Axis), rest.v)
		return ops.Concatenate(parts, q.Axis)
	})
}

// I0 is the modified Bessel function of the first kind and order 0 (NumPy i0). Complex x is refused.
func I0(x Array) Array {
	const op = "jnp.I0"
	v := x.val(op)
	kit.RefuseComplex(op, v)
	return whole1(op, nil, v, func(v *value) *value { return i0(kit.AsInexact(v)) })
}

// i0 is followed by its derivatives I1 and I0 - I1/x, which have no corner at 0, as |x| has. exp(|x|) would overflow
// before they do: it is the product of two roots, with the rest between them.
func i0(x *value) *value {
	grown := func(f func(x *value) *value) func(x *value) *value {
		return func(x *value) *value {
			most := ops.FullLike(x, 1e4)
			x = ops.Clamp(ops.Neg(most), x, most) // for an infinity, at which the scaled function is 0
			root := ops.Exp(ops.Mul(ops.FullLike(x, 0.5), ops.Abs(x)))
			return ops.Mul(ops.Mul(root, f(x)), root)
		}
	}
	return kit.Smooth("jnp.I0", x, grown(ops.BesselI0e), grown(ops.BesselI1e), grown(func(x *value) *value {
		zero := ops.Lt(ops.Abs(x), ops.FullLike(x, 1e-20))
		safe := ops.Select(zero, ops.FullLike(x, 1), x)
		ratio := ops.Select(zero, ops.FullLike(x, 0.5), ops.Div(ops.BesselI1e(safe), safe))
		return ops.Sub(ops.BesselI0e(x), ratio)
	}))
}

// Kaiser is the Kaiser window of m numbers, beta its shape: 0 is a rectangle, 14 a bell (NumPy kaiser). beta is a Go
// number or an Array, of no axes or of m elements. Complex beta is refused.
func Kaiser[B Operand](m int, beta B) Array {
	const op = "jnp.Kaiser"
	d := kit.DefaultFloat()
	shape := trace.CheckShape(op, []int{m}, d)
	if m <= 1 {
		return Creation{DType: d}.Ones(shape...)
	}
	b := kit.LiftAlone(op, beta)
	kit.RefuseComplex(op, b)
	return whole(op, m, []*value{b}, func(in []*value) *value {
		n := ops.Iota(d, shape, 0)
		mid := ops.FullLike(n, 0.5*float64(m-1))
		r := ops.Square(ops.Div(ops.Sub(n, mid), mid))
		r = ops.Sqrt(ops.Sub(ops.FullLike(r, 1), r))
		b := Wrap(in[0])
		return I0(b.Mul(Wrap(r))).Div(I0(b)).v
	})
}
