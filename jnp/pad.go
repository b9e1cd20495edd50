package jnp

import (
	"fmt"
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// PadMode says what Pad fills with.
type PadMode uint8

const (
	PadConstant   PadMode = iota // Padding.Values, or 0
	PadEdge                      // the element at the edge
	PadReflect                   // mirrored at the edge element, which is not repeated
	PadSymmetric                 // mirrored at the edge, the edge element repeated
	PadWrap                      // from the other end
	PadLinearRamp                // from the edge element on a line to Padding.Ends
	PadMaximum                   // the largest of the axis, or of Padding.StatLength elements next to the edge
	PadMinimum                   // the smallest
	PadMean                      // the mean
	PadMedian                    // the median
	PadEmpty                     // anything (0)
)

// Padding holds the keyword arguments of Pad.
type Padding struct {
	Mode PadMode
	// Values of PadConstant before and after each axis: a scalar for all, or one pair for each axis. A scalar may be an
	// Array.
	Value  any
	Values [][2]float64
	// Ends of PadLinearRamp: one pair for each axis, or one for all; 0 if not given.
	Ends [][2]float64
	// StatLength is how many elements next to each edge PadMaximum, PadMinimum, PadMean and PadMedian look at: one pair
	// for each axis, or one for all; all elements if not given.
	StatLength [][2]int
	// Odd makes PadReflect and PadSymmetric mirror at the point of the edge element: twice its value less the mirrored
	// one.
	Odd bool
}

type padParams struct {
	Mode         PadMode
	Widths       [][2]int
	Values, Ends [][2]float64
	StatLength   [][2]int
	Odd          bool
}

// Pad is x with elements 0 put before and after it along each axis: widths are one pair for each axis, or one for all.
// NumPy's pad.
//
// Options: Padding (Mode, Value, Values, Ends, StatLength, Odd).
func Pad(x Array, widths ...[2]int) Array { return Padding{}.Pad(x, widths...) }

// Pad is jnp.Pad with options.
func (o Padding) Pad(x Array, widths ...[2]int) Array {
	const op = "jnp.Pad"
	v := x.val(op)
	o.checkFields(op, v)
	p := &padParams{Mode: o.Mode, Odd: o.Odd, Widths: perAxis(op, v, "widths", widths),
		Values: perAxis(op, v, "Values", o.Values),
		Ends:   perAxis(op, v, "Ends", o.Ends), StatLength: perAxis(op, v, "StatLength", o.StatLength)}
	p.check(op, v)
	args := []*trace.Value{v}
	if o.Value != nil {
		args = append(args, padValue(op, v, o.Value))
	}
	if v.Rank() == 0 {
		return x
	}
	return whole(op, p, args, p.build)
}

// checkFields refuses modes that are none, and fields that say nothing in the mode that is chosen.
func (o Padding) checkFields(op string, v *trace.Value) {
	in := []ir.Aval{v.Aval()}
	stat := o.Mode >= PadMaximum && o.Mode <= PadMedian
	for _, f := range []struct {
		name     string
		set, use bool
	}{
		{"Value", o.Value != nil, o.Mode == PadConstant}, {"Values", o.Values != nil, o.Mode == PadConstant},
		{"Ends", o.Ends != nil, o.Mode == PadLinearRamp}, {"StatLength", o.StatLength != nil, stat},
		{"Odd", o.Odd, o.Mode == PadReflect || o.Mode == PadSymmetric},
	} {
		if f.set && !f.use {
			trace.Fail(op, in, "the field %s of Padding does not apply to its Mode; leave it out", f.name)
		}
	}
	if o.Mode > PadEmpty {
		trace.Fail(op, in, "there is no padding mode %d", o.Mode)
	}
	if o.Value != nil && o.Values != nil {
		trace.Fail(op, in, "Padding has both Value and Values; give one")
	}
}

// check refuses widths and lengths that v cannot be padded by.
func (p *padParams) check(op string, v *trace.Value) {
	in, shape := []ir.Aval{v.Aval()}, v.Shape()
	if p.Widths == nil && len(shape) > 0 {
		trace.Fail(op, in, "give the widths to pad with: one pair (before, after) for all axes or one for each")
	}
	for a, w := range p.Widths {
		switch before, after := w[0], w[1]; {
		case before < 0 || after < 0:
			trace.Fail(op, in, "axis %d cannot be padded by %d and %d; to cut elements off use x.Index", a, before,
				after)
		case before > math.MaxInt-after || before+after > math.MaxInt-shape[a]:
			trace.Fail(op, in, "padded by %d and %d, axis %d has more elements than can be counted", before, after, a)
		case shape[a] == 0 && before+after > 0 && p.Mode != PadConstant && p.Mode != PadEmpty:
			trace.Fail(op, in, "axis %d is empty, and there is nothing to make padding of", a)
		}
	}
	for a, n := range p.StatLength {
		if n[0] <= 0 || n[1] <= 0 {
			trace.Fail(op, in, "StatLength %v of axis %d: at least one element is needed", n, a)
		}
	}
}

// padValue is the scalar x that v is padded with.
func padValue(op string, v *trace.Value, x any) *trace.Value {
	c := kit.LiftAlone(op, x)
	if c.Rank() != 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Value must be a scalar, not of shape %s", ir.ShapeString(c.Shape()))
	}
	if _, ok := c.Lit(); ok {
		c = ops.Convert(c, v.DType())
	}
	return c
}

// perAxis is one pair for each axis of v.
func perAxis[T any](op string, v *trace.Value, what string, pairs [][2]T) [][2]T {
	switch len(pairs) {
	case 0:
		return nil
	case v.Rank():
		return slices.Clone(pairs)
	case 1:
		return slices.Repeat(pairs, v.Rank())
	}
	trace.Fail(op, []ir.Aval{v.Aval()}, "%d pairs of %s do not go with %d axes: give one for each or one for all",
		len(pairs), what, v.Rank())
	return nil
}

func (p *padParams) build(x []*trace.Value) *trace.Value {
	v := x[0]
	weak := v.Aval().Weak
	if p.Mode == PadConstant && p.Values == nil || p.Mode == PadEmpty {
		c := ops.ScalarLit(ir.IntLit(0, v.DType()))
		if len(x) > 1 {
			c = ops.Convert(x[1], v.DType())
		}
		lo, hi := make([]int, v.Rank()), make([]int, v.Rank())
		for a, w := range p.Widths {
			lo[a], hi[a] = w[0], w[1]
		}
		return kit.Convert("jnp.Pad", ops.Pad(v, c, lo, hi, make([]int, v.Rank())), v.DType(), weak)
	}
	for a, w := range p.Widths {
		if w[0] == 0 && w[1] == 0 {
			continue
		}
		before, after := p.sides(v, a, w)
		parts := make([]*trace.Value, 0, 3)
		for _, s := range []*trace.Value{before, v, after} {
			if s != nil && s.Shape()[a] > 0 {
				parts = append(parts, kit.Convert("jnp.Pad", s, v.DType(), weak))
			}
		}
		v = join("jnp.Pad", parts, a)
	}
	return v
}

// sides are what is put before and after v along axis a.
func (p *padParams) sides(v *trace.Value, a int, w [2]int) (before, after *trace.Value) {
	n := v.Shape()[a]
	cut := func(lo, hi int) *trace.Value { return ops.SliceInDim(v, lo, hi, 1, a) }
	sized := func(n int) []int {
		s := slices.Clone(v.Shape())
		s[a] = n
		return s
	}
	switch p.Mode {
	case PadConstant:
		d := v.DType()
		return ops.Full(sized(w[0]), ir.FloatLit(p.Values[a][0], d)),
			ops.Full(sized(w[1]), ir.FloatLit(p.Values[a][1], d))
	case PadEdge:
		return repeat(cut(0, 1), w[0], a), repeat(cut(n-1, n), w[1], a)
	case PadWrap:
		// Position -w[0] is element -w[0] mod n.
		reps := (w[0]+n-1)/n + (w[1]+n-1)/n + 1
		all := tile(v, append(append(slices.Repeat([]int{1}, a), reps), slices.Repeat([]int{1}, v.Rank()-a-1)...))
		first := (w[0] + n - 1) / n * n
		return ops.SliceInDim(all, first-w[0], first, 1, a), ops.SliceInDim(all, first+n, first+n+w[1], 1, a)
	case PadReflect, PadSymmetric:
		return p.mirrored(v, a, w[0], true), p.mirrored(v, a, w[1], false)
	case PadLinearRamp:
		e := [2]float64{}
		if p.Ends != nil {
			e = p.Ends[a]
		}
		return padRamp(cut(0, 1), e[0], a, w[0]), ops.Rev(padRamp(cut(n-1, n), e[1], a, w[1]), []int{a})
	}
	lo, hi := v, v
	if p.StatLength != nil {
		lo, hi = cut(0, min(n, p.StatLength[a][0])), cut(n-min(n, p.StatLength[a][1]), n)
	}
	b := p.statistic(lo, a)
	if hi == lo {
		return repeat(b, w[0], a), repeat(b, w[1], a)
	}
	return repeat(b, w[0], a), repeat(p.statistic(hi, a), w[1], a)
}

// statistic is the one element along axis a that stands for those of v.
func (p *padParams) statistic(v *trace.Value, a int) *trace.Value {
	r := Reduction{KeepDims: true}
	var y Array
	switch p.Mode {
	case PadMaximum:
		y = r.Max(Wrap(v), a)
	case PadMinimum:
		y = r.Min(Wrap(v), a)
	case PadMean:
		y = r.Mean(Wrap(v), a)
	default:
		y = r.Median(Wrap(v), a)
	}
	if v.DType().IsInteger() && y.v.DType().IsFloat() {
		y.v = ops.Round(y.v, ops.ToNearestEven)
	}
	return ops.Convert(y.v, v.DType())
}

// mirrored is w elements of v reflected at one end, and again at the other where v is shorter than that.
func (p *padParams) mirrored(v *trace.Value, a, w int, before bool) *trace.Value {
	if w == 0 {
		return nil
	}
	n := v.Shape()[a]
	offset := 0
	if p.Mode == PadReflect && n > 1 {
		offset = 1
	}
	if !before { // the same at the other end
		return ops.Rev(p.mirrored(ops.Rev(v, []int{a}), a, w, true), []int{a})
	}
	var out *trace.Value
	// Each round mirrors the whole of what is there: out is made towards the front.
	all := v
	edge := ops.SliceInDim(v, 0, 1, 1, a)
	for w > 0 {
		k := min(w, n-offset)
		w -= k
		x := ops.Rev(ops.SliceInDim(all, offset, offset+k, 1, a), []int{a})
		if p.Odd {
			x = ops.Sub(ops.Mul(repeat(edge, k, a), ops.Full(x.Shape(), ir.IntLit(2, x.DType()))), x)
			if n > 1 {
				edge = ops.SliceInDim(x, 0, 1, 1, a)
			}
		}
		if out == nil {
			out = x
		} else {
			out = ops.Concatenate([]*trace.Value{x, out}, a)
		}
		all = ops.Concatenate([]*trace.Value{x, all}, a)
	}
	return out
}

// padRamp is w elements on a line from end to the element edge, which is not reached.
func padRamp(edge *trace.Value, end float64, a, w int) *trace.Value {
	d := edge.DType()
	shape := slices.Clone(edge.Shape())
	shape[a] = w
	if w == 0 {
		return ops.Full(shape, ir.IntLit(0, d))
	}
	c := d // the type to compute in
	if !d.IsInexact() {
		c = kit.Inexact(d)
	}
	start := ops.Full(shape, ir.FloatLit(end, c))
	stop := kit.BroadcastTo(ops.Convert(edge, c), shape)
	t := ops.Div(ops.Convert(ops.Iota(c.Real(), shape, a), c), ops.Full(shape, ir.FloatLit(float64(w), c)))
	one := ops.Full(shape, ir.FloatLit(1, c))
	y := ops.Add(ops.Mul(start, ops.Sub(one, t)), ops.Mul(stop, t))
	if !d.IsInexact() {
		y = ops.Floor(y)
	}
	return ops.Convert(y, d)
}

// String is NumPy's name of the mode.
func (m PadMode) String() string {
	names := [...]string{"constant", "edge", "reflect", "symmetric", "wrap", "linear_ramp", "maximum", "minimum",
		"mean", "median", "empty"}
	if int(m) < len(names) {
		return names[m]
	}
	return fmt.Sprintf("PadMode(%d)", m)
}
