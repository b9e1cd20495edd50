package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// ConvolveMode says how much of a convolution is returned.
type ConvolveMode uint8

const (
	ConvolveFull  ConvolveMode = iota // wherever the two overlap: len(x)+len(y)-1 elements
	ConvolveSame                      // as many as the longer one has, the middle of ConvolveFull
	ConvolveValid                     // where the shorter one lies wholly inside the longer
)

// Convolution holds the keyword arguments of Convolve and Correlate.
type Convolution struct {
	Mode      ConvolveMode
	Precision ops.Precision // of the products, on hardware that has several
	DType     DType         // of the result, in which it is summed too; unset, the operands' common type
}

// Convolve is the convolution of two vectors, all of it: NumPy's convolve. Integers are turned into the default float.
//
// Options: Convolution (Mode, Precision, DType).
func Convolve(x, y Array) Array { return Convolution{}.Convolve(x, y) }

// Correlate is the sum of products of x with the conjugate of y at each place where y lies wholly inside: NumPy's correlate.
//
// Options: Convolution (Mode, Precision, DType).
func Correlate(x, y Array) Array { return Convolution{Mode: ConvolveValid}.Correlate(x, y) }

// Convolve is jnp.Convolve with options.
func (o Convolution) Convolve(x, y Array) Array { return o.run("jnp.Convolve", x, y, false) }

// Correlate is jnp.Correlate with options; the zero Mode is ConvolveFull.
func (o Convolution) Correlate(x, y Array) Array { return o.run("jnp.Correlate", x, y, true) }

func (o Convolution) run(op string, x, y Array, correlate bool) Array {
	in := []*trace.Value{x.val(op), y.val(op)}
	avals := trace.Avals(in)
	for i, v := range in {
		if v.Rank() != 1 {
			trace.Fail(op, avals, "takes two vectors; operand %d has %d axes", i, v.Rank())
		}
		if v.Shape()[0] == 0 {
			trace.Fail(op, avals, "operand %d is empty", i)
		}
	}
	if o.Mode > ConvolveValid {
		trace.Fail(op, avals, "Mode is ConvolveFull, ConvolveSame or ConvolveValid, not %d", o.Mode)
	}
	return whole(op, struct {
		Convolution
		Correlate bool
	}{o, correlate}, in, func(in []*trace.Value) *trace.Value {
		in = kit.PromoteInexact(op, in...)
		x, y := in[0], in[1]
		// The convolution of XLA does not turn the second operand around.
		back := false
		if correlate {
			if y.DType().IsComplex() {
				y = ops.Conj(y)
			}
			if x.Shape()[0] < y.Shape()[0] {
				x, y, back = y, x, true
			}
		} else {
			if x.Shape()[0] < y.Shape()[0] {
				x, y = y, x
			}
			y = ops.Rev(y, []int{0})
		}
		n := y.Shape()[0]
		pad := ops.PadValid
		switch o.Mode {
		case ConvolveFull:
			pad = ops.PadWith([2]int{n - 1, n - 1})
		case ConvolveSame:
			pad = ops.PadWith([2]int{n / 2, n - n/2 - 1})
		}
		row := func(v *trace.Value) *trace.Value { return ops.Reshape(v, []int{1, 1, v.Shape()[0]}) }
		z := ops.ConvGeneralDilated(row(x), row(y), []int{1}, pad, ops.ConvOptions{Precision: o.Precision, PreferredType: o.DType})
		z = ops.Reshape(z, []int{z.Shape()[2]})
		if back {
			z = ops.Rev(z, []int{0})
		}
		return z
	})
}

// Interpolation holds the keyword arguments of Interp.
type Interpolation struct {
	// Left and Right are the values below the first and above the last position: numbers, or Extrapolate; nil: the first and the
	// last of fp.
	Left, Right any
	// Period makes the positions wrap around at its multiples; they need not be sorted then, and Left and Right do not count.
	Period any
}

// Extrapolate as Left or Right of an Interpolation goes on along the outermost line.
const Extrapolate = extrapolate(1)

type extrapolate uint8

// Interp is the piecewise linear function through the points (xp, fp), two vectors of one length, at x: NumPy's interp. xp must
// ascend; outside of it the function has the first and the last value of fp.
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
	p := struct{ Left, Right, Period int }{}
	extra := func(v any, at *int) {
		switch v {
		case nil:
			*at = 0
		case Extrapolate:
			*at = 1
		default:
			*at = 2
			in = append(in, kit.LiftAlone(op, v))
		}
	}
	extra(o.Left, &p.Left)
	extra(o.Right, &p.Right)
	extra(o.Period, &p.Period)
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		k := 3
		next := func(kind int) (a Array) {
			if kind == 2 {
				a = Wrap(in[k])
				k++
			}
			return a
		}
		left, right, period := next(p.Left), next(p.Right), next(p.Period)
		// The values have a type of their own, as in JAX.
		pos := kit.PromoteInexact(op, in[0], in[1])
		x, xp, fp := Wrap(pos[0]), Wrap(pos[1]), Wrap(kit.AsInexact(in[2]))
		if p.Period == 2 {
			period = Abs(period).AsType(xp.DType())
			x, xp = x.Mod(period), xp.Mod(period)
			order := xp.ArgSort()
			xp, fp = xp.Take(order, 0), fp.Take(order, 0)
			xp = Concatenate([]Array{xp.Index(S(-1, nil)).Sub(period), xp, xp.Index(S(nil, 1)).Add(period)})
			fp = Concatenate([]Array{fp.Index(S(-1, nil)), fp, fp.Index(S(nil, 1))})
		}
		n := xp.Len()
		first, last := xp.Index(0), xp.Index(n-1)
		var f Array
		if n == 1 {
			f = BroadcastTo(fp.Index(0), x.Shape()...)
		} else {
			i := Search{Right: true}.SearchSorted(xp, x).Clip(1, n-1)
			at := func(a Array, i Array) Array { return Taking{Mode: ModeClip}.Take(a, i, 0) }
			x0, f0 := at(xp, i.Sub(1)), at(fp, i.Sub(1))
			dx, df := at(xp, i).Sub(x0), at(fp, i).Sub(f0)
			// Points that fall together must not divide by 0, not even in the derivative of what is not taken.
			same := Abs(dx).Le(leastGap(dx.DType()))
			slope := x.Sub(x0).Div(Where(same, 1, dx))
			f = Where(same, f0, f0.Add(slope.Mul(df)))
		}
		if p.Period != 2 {
			switch p.Left {
			case 0:
				left = fp.Index(0)
				fallthrough
			case 2:
				f = Where(x.Lt(first), left, f)
			}
			switch p.Right {
			case 0:
				right = fp.Index(n - 1)
				fallthrough
			case 2:
				f = Where(x.Gt(last), right, f)
			}
		}
		return f.v
	})
}

// leastGap is the distance at and below which two positions of dtype d are one: the spacing of numbers of the size of d's epsilon.
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
