package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// preduce reduces by Monoid, a sum or an extremum, across the elements of named axes, in every one of them.
type preduce struct {
	Monoid monoid
	Across
}

func (o preduce) Name() string {
	switch o.Monoid {
	case monoidMax:
		return "pmax"
	case monoidMin:
		return "pmin"
	}
	return "psum"
}

// PSum is the sum of v across a, in every element. Bools are counted, as int32.
func PSum(v *Value, a Across) *Value {
	same := !v.Traced() && a.even() // a constant is the same in all elements
	if v.DType() == ir.Bool {
		v = Convert(v, ir.Int32)
	}
	if same {
		return Mul(v, FullLike(v, float64(a.Size())))
	}
	return one(preduce{monoidAdd, a}, v)
}

// PMean is PSum divided by the number of elements. Means of integers are floats.
func PMean(v *Value, a Across) *Value {
	if !v.DType().IsInexact() {
		v = Convert(v, ir.Float64.Canonical(trace.X64(v)))
	}
	s := PSum(v, a)
	if a.even() {
		return Div(s, FullLike(s, float64(a.Size())))
	}
	return Div(s, PSum(FullLike(s, 1), a))
}

// PMax is the largest across a, element by element, NaN where there is one. Not for complex numbers.
func PMax(v *Value, a Across) *Value { return one(preduce{monoidMax, a}, v) }

// PMin is the smallest across a, element by element, NaN where there is one. Not for complex numbers.
func PMin(v *Value, a Across) *Value { return one(preduce{monoidMin, a}, v) }

// PBroadcast is v of the element of that number, in every element.
func PBroadcast(op string, v *Value, a Across, source int) *Value {
	n := a.Size()
	if source < 0 || source >= n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "source %d is out of range for the %d elements of the axes %q", source, n,
			a.Axes)
	}
	at := numberOf(a.Axes, a.Sizes)
	hit := BroadcastInDim(Eq(at, FullLike(at, float64(source))), v.Shape(), nil)
	return Convert(PSum(Select(hit, v, ZerosLike(v)), a), v.DType())
}

func (o preduce) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 1, o.Monoid.kinds()) }

// Lower. Devices that exchange the extrema of floats lose NaN, so they exchange integers in the same order.
func (o preduce) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if o.Monoid == monoidAdd {
		return sumAcross(e, o.Across, o, "stablehlo.all_reduce", x[0], "")
	}
	v, d := x[0], x[0].Aval.DType
	if d.IsInexact() {
		v = lowerFun(e, x, func(v []*Value) []*Value { return []*Value{totalBits(v[0], o.Monoid == monoidMax)} })[0]
	}
	y := collective(e, o.Across, o, "stablehlo.all_reduce", v, "", v.Aval, o.Monoid)
	if !d.IsInexact() {
		return []trace.Operand{y}
	}
	return lowerFun(e, []trace.Operand{y}, func(v []*Value) []*Value {
		return []*Value{Bitcast(flipNegative(v[0]), d)}
	})
}

func (o preduce) Sequence(ir.OrderFunc) (op ir.Op, in, out int) { return sequenced{o}, -1, 1 }

// Batch over one of the named axes makes it an ordinary reduction of the mapped axis, of which the result is unmapped.
func (o preduce) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x...), d
	}
	if o.Groups != nil {
		return o.atOnce(c, x[0], d[0], func(all *Value) *Value {
			y := one(reduction{o.Monoid, []int{0}}, all)
			return BroadcastInDim(y, all.Shape(), arange(1, all.Rank()))
		})
	}
	y := o.reduced(c, x[0], d[0])
	if others, _, _ := o.peel(c); len(others.Axes) > 0 {
		y = one(preduce{o.Monoid, others}, y)
	}
	return []*Value{y}, []int{trace.NotMapped}
}

// reduced is x reduced over the axis that c maps.
func (o preduce) reduced(c trace.BatchCtx, x *Value, d int) *Value {
	switch {
	case d != trace.NotMapped:
		return one(reduction{o.Monoid, []int{d}}, x)
	case o.Monoid == monoidAdd:
		return Mul(x, FullLike(x, float64(c.AxisSize())))
	}
	return x
}

// JVP: a sum is linear. The tangent of an extremum is that of the element that has it, the mean where several do.
func (o preduce) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	if o.Monoid == monoidAdd {
		return jvpLinear(c, x, t)
	}
	return jvp1(c, x, t, func(g, y *Value) *Value {
		hit := Eq(x[0], y)
		sum := PSum(Select(hit, g, ZerosLike(g)), o.Across)
		return Div(sum, PSum(Convert(hit, g.DType()), o.Across))
	})
}

// Transpose of a sum: every element's sum has a part in the cotangent of every element. Where CheckVMA says that the
// sum is one value, not one in each element, its cotangent is each element's. Extrema are not linear.
func (o preduce) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		cast := trace.CastAxes()
		if o.Groups != nil || len(cast) == 0 {
			return one(o, ct)
		}
		var rest Across
		for i, a := range o.Axes {
			if !slices.Contains(cast, a) {
				rest.Axes, rest.Sizes = append(rest.Axes, a), append(rest.Sizes, o.Sizes[i])
			}
		}
		if len(rest.Axes) > 0 {
			ct = one(preduce{o.Monoid, rest}, ct)
		}
		return PCast(ct, o.Across)
	})
}
