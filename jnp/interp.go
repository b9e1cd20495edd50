package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Interpolation holds the keyword arguments of Interp.
type Interpolation struct {
	// Left and Right are the values below the first and above the last position: numbers, or Extrapolate; nil: the
	// first and the last of fp.
	Left, Right any
	// Period makes the positions wrap around at its multiples; they need not be sorted then, and Left and Right do not
	// count.
	Period any
}

// Extrapolate as Left or Right of an Interpolation goes on along the outermost line.
const Extrapolate = extrapolate(1)

type extrapolate uint8

// Interp is the piecewise linear function through the points (xp, fp), two vectors of one length, at x: NumPy's interp.
// xp must ascend; outside of it the function has the first and the last value of fp.
//
// Options: Interpolation (Left, Right, Period).
func Interp[X Operand](x X, xp, fp Array) Array { return Interpolation{}.Interp(x, xp, fp) }

// Interp is jnp.Interp with options.
func (o Interpolation) Interp(x any, xp, fp Array) Array {
	const op = "jnp.Interp"
	in := []*trace.Value{kit.LiftAlone(op, x), xp.val(op), fp.val(op)}
	avals := trace.Avals(in)
	if s := in[1].Shape(); len(s) != 1 || in[2].Rank() != 1 || s[0] != in[2].Shape()[0] || s[0] == 0 {
		trace.Fail(op, avals, "the points must be two vectors of one length that is not 0")
	}
	if in[0].DType().IsComplex() || in[1].DType().IsComplex() {
		trace.Fail(op, avals, "positions must be real")
	}
	p := &interpolation{op: op}
	for _, f := range []struct {
		value any
		is    *edgeKind
	}{{o.Left, &p.Left}, {o.Right, &p.Right}, {o.Period, &p.Period}} {
		switch f.value {
		case nil:
		case Extrapolate:
			*f.is = edgeLine
		default:
			*f.is = edgeGiven
			in = append(in, kit.LiftAlone(op, f.value))
		}
	}
	return whole(op, p, in, p.build)
}

// edgeKind says what Left, Right and Period of an Interpolation are.
type edgeKind uint8

const (
	edgePoint edgeKind = iota // unset: the outermost point
	edgeLine                  // Extrapolate
	edgeGiven                 // an input
)

// interpolation is what the program of Interp depends on besides its inputs.
type interpolation struct {
	op                  string
	Left, Right, Period edgeKind
}

// build is the function at in[0]. in[1] and in[2] are the points; after them come Left, Right and Period, those of them
// that are given.
func (p *interpolation) build(in []*trace.Value) *trace.Value {
	given := in[3:]
	next := func(kind edgeKind) (a Array) {
		if kind == edgeGiven {
			a, given = Wrap(given[0]), given[1:]
		}
		return a
	}
	left, right, period := next(p.Left), next(p.Right), next(p.Period)
	// The values have a type of their own, as in JAX.
	pos := kit.PromoteInexact(p.op, in[0], in[1])
	x, xp, fp := Wrap(pos[0]), Wrap(pos[1]), Wrap(kit.AsInexact(in[2]))
	if p.Period == edgeGiven {
		return onLines(wrapAround(x, xp, fp, period)).v
	}
	f := onLines(x, xp, fp)
	n := xp.Len()
	if p.Left == edgePoint {
		left = fp.Index(0)
	}
	if p.Left != edgeLine {
		f = Where(x.Lt(xp.Index(0)), left, f)
	}
	if p.Right == edgePoint {
		right = fp.Index(n - 1)
	}
	if p.Right != edgeLine {
		f = Where(x.Gt(xp.Index(n-1)), right, f)
	}
	return f.v
}

// wrapAround is positions and points within one period, the points sorted and one more at either end.
func wrapAround(x, xp, fp, period Array) (_, _, _ Array) {
	period = Abs(period).AsType(xp.DType())
	x, xp = x.Mod(period), xp.Mod(period)
	order := xp.ArgSort()
	xp, fp = xp.Take(order, 0), fp.Take(order, 0)
	xp = Concatenate([]Array{xp.Index(S(-1, nil)).Sub(period), xp, xp.Index(S(nil, 1)).Add(period)})
	fp = Concatenate([]Array{fp.Index(S(-1, nil)), fp, fp.Index(S(nil, 1))})
	return x, xp, fp
}

// onLines is at each x the line through the two points around it; beyond the ends, through the outermost two.
func onLines(x, xp, fp Array) Array {
	n := xp.Len()
	if n == 1 {
		return BroadcastTo(fp.Index(0), x.Shape()...)
	}
	i := Search{Right: true}.SearchSorted(xp, x).Clip(1, n-1)
	at := func(a Array, i Array) Array { return Taking{Mode: ModeClip}.Take(a, i, 0) }
	x0, f0, x1, f1 := at(xp, i.Sub(1)), at(fp, i.Sub(1)), at(xp, i), at(fp, i)
	// Differences of halves, which do not overflow, and are otherwise the halves of the differences to the bit.
	from, dx, df := halfway(x, x0), halfway(x1, x0), halfway(f1, f0)
	// Points that fall together must not divide by 0, nor may infinities meet, not even in the derivative of what is
	// not taken.
	same := Abs(dx).Le(leastGap(dx.DType()) / 2)
	ok := IsFinite(from).And(IsFinite(dx)).And(IsFinite(df))
	share := Where(ok, from, 0).Div(Where(same.Or(ok.Not()), 1, dx))
	y := f0.Mul(0.5).Add(share.Mul(Where(ok, df, 0))).Mul(2)
	return Where(ok, Where(same, f0, y), toInfinity(x, x0, x1, f0, f1))
}

// halfway is half of the way from b to a.
func halfway(a, b Array) Array { return a.Mul(0.5).Sub(b.Mul(0.5)) }

// toInfinity is the line through two points that are not all finite: at a point its value, whatever the other's; else
// the value at the finite end of an infinite way. Beside the points it has no derivative.
func toInfinity(x, x0, x1, f0, f1 Array) Array {
	share := halfway(x, x0).Div(halfway(x1, x0))
	inner := f0.Mul(share.Neg().Add(1)).Add(f1.Mul(share))
	slope := f1.Sub(f0).Div(x1.Sub(x0)) // 0 on an infinite way to a finite height
	y := Where(IsInf(x0), f1.Add(slope.Mul(x.Sub(x1))), Where(IsInf(x1), f0.Add(slope.Mul(x.Sub(x0))), inner))
	y = Wrap(ops.StopGradient(y.v))
	return Where(x.Eq(x0), f0, Where(x.Eq(x1), f1, Where(f0.Eq(f1).And(x.Eq(x)), f0, y)))
}

// leastGap is the distance up to which two positions of dtype d count as one: the spacing of the numbers around d's
// epsilon.
func leastGap(d DType) float64 {
	switch d {
	case ir.Float16:
		return 0x1p-20
	case ir.BFloat16:
		return 0x1p-14
	case ir.Float32:
		return 0x1p-46
	}
	return 0x1p-104
}
