package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// preduce reduces by Monoid, a sum or an extremum, over one or more named axes, in every element of them.
type preduce struct {
	Monoid monoid
	Axes   []string
}

func (o preduce) AxisNames() []string { return o.Axes }

func (o preduce) Name() string {
	switch o.Monoid {
	case monoidMax:
		return "pmax"
	case monoidMin:
		return "pmin"
	}
	return "psum"
}

// PSum is the sum of v over the named axes, in every element of them. Bools are counted, as int32.
func PSum(v *Value, axes []string) *Value {
	if v.DType() == ir.Bool {
		v = Convert(v, ir.Int32)
	}
	return one(preduce{monoidAdd, axes}, v)
}

// PMean is PSum divided by the number of elements. Means of integers are floats.
func PMean(v *Value, axes []string) *Value {
	n := 1
	for _, a := range axes {
		n *= OpenAxis("lax.PMean", a)
	}
	if !v.DType().IsInexact() {
		v = Convert(v, ir.Float64.Canonical(trace.X64(v)))
	}
	s := PSum(v, axes)
	return Div(s, FullLike(s, float64(n)))
}

// PMax is the largest over the named axes, element by element. Not for complex numbers.
func PMax(v *Value, axes []string) *Value { return one(preduce{monoidMax, axes}, v) }

// PMin is the smallest over the named axes, element by element. Not for complex numbers.
func PMin(v *Value, axes []string) *Value { return one(preduce{monoidMin, axes}, v) }

func (o preduce) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 1, o.Monoid.kinds()) }

func (o preduce) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

// Batch over one of the named axes makes it an ordinary reduction of the mapped axis, of which the result is unmapped.
func (o preduce) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x...), d
	}
	y := x[0]
	switch {
	case d[0] != trace.NotMapped:
		y = one(reduction{o.Monoid, []int{d[0]}}, y)
	case o.Monoid == monoidAdd:
		y = Mul(y, FullLike(y, float64(c.AxisSize())))
	}
	others := slices.DeleteFunc(slices.Clone(o.Axes), func(a string) bool { return a == c.AxisName() })
	if len(others) > 0 {
		y = one(preduce{o.Monoid, others}, y)
	}
	return []*Value{y}, []int{trace.NotMapped}
}

// JVP: a sum is linear. The tangent of an extremum is that of the element that has it, the mean where several do.
func (o preduce) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	if o.Monoid == monoidAdd {
		return jvpLinear(c, x, t)
	}
	return jvp1(c, x, t, func(g, y *Value) *Value {
		hit := Eq(x[0], y)
		sum := PSum(Select(hit, g, ZerosLike(g)), o.Axes)
		return Div(sum, PSum(Convert(hit, g.DType()), o.Axes))
	})
}

// Transpose of a sum: every element's sum has a part in the cotangent of every element. Extrema are not linear.
func (o preduce) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}
