package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// acrossAxes is what those share that reduce over one or more named axes.
type acrossAxes struct{ Axes []string }

func (o acrossAxes) axisNames() []string { return o.Axes }

func (acrossAxes) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 1 && in[0].DType.IsBool() {
		return nil, fmt.Errorf("takes numbers, not bools; convert them")
	}
	return sameType(in)
}

func (o acrossAxes) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }

type psum struct{ acrossAxes }

func (psum) Name() string { return "psum" }

// PSum is the sum of v over the named axes, in every element of them. Bools are counted, as int32.
func PSum(v *Value, axes []string) *Value {
	if v.DType() == ir.Bool {
		v = Convert(v, ir.Int32)
	}
	return one(psum{acrossAxes{axes}}, v)
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

func (o psum) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	times := func(x *Value) *Value { return Mul(x, FullLike(x, float64(c.AxisSize()))) }
	return o.batchAcross(c, x[0], d[0], ReduceSum, times, func(a acrossAxes) ir.Op { return psum{a} })
}

func (o psum) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: every element's sum has a part in the cotangent of every element.
func (o psum) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}

type pmax struct{ acrossAxes }

func (pmax) Name() string { return "pmax" }

// PMax is the largest over the named axes, element by element.
func PMax(v *Value, axes []string) *Value { return one(pmax{acrossAxes{axes}}, v) }

func (o pmax) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferOrdered(in) }

func (o pmax) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batchAcross(c, x[0], d[0], ReduceMax, itself, func(a acrossAxes) ir.Op { return pmax{a} })
}

func (o pmax) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return o.jvpExtreme(c, x, t) }

type pmin struct{ acrossAxes }

func (pmin) Name() string { return "pmin" }

// PMin is the smallest over the named axes, element by element.
func PMin(v *Value, axes []string) *Value { return one(pmin{acrossAxes{axes}}, v) }

func (o pmin) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferOrdered(in) }

func (o pmin) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batchAcross(c, x[0], d[0], ReduceMin, itself, func(a acrossAxes) ir.Op { return pmin{a} })
}

func (o pmin) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return o.jvpExtreme(c, x, t) }

func inferOrdered(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 1 && in[0].DType.IsComplex() {
		return nil, fmt.Errorf("complex numbers have no order")
	}
	return sameType(in)
}

func itself(x *Value) *Value { return x }

// batchAcross maps a reduction over named axes: over one of its own it becomes an ordinary one of the mapped axis, of which the
// result is unmapped. again binds it over the other names.
func (o acrossAxes) batchAcross(c trace.BatchCtx, x *Value, d int, reduce func(x *Value, axes []int) *Value, same func(x *Value) *Value, again func(o acrossAxes) ir.Op) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x), []int{d}
	}
	if d == trace.NotMapped {
		x = same(x)
	} else {
		x = reduce(x, []int{d})
	}
	name := c.(interface{ AxisName() string }).AxisName()
	if others := slices.DeleteFunc(slices.Clone(o.Axes), func(a string) bool { return a == name }); len(others) > 0 {
		x = one(again(acrossAxes{others}), x)
	}
	return []*Value{x}, []int{trace.NotMapped}
}

// jvpExtreme gives the tangent of the element that has the extreme value, the mean where several have it.
func (o acrossAxes) jvpExtreme(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		hit := Eq(x[0], y)
		sum := one(psum{o}, Select(hit, g, ZerosLike(g)))
		return Div(sum, one(psum{o}, Convert(hit, g.DType())))
	})
}
