package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

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

func (o psum) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	times := func(x *Value) *Value { return Mul(x, FullLike(x, float64(c.AxisSize()))) }
	return o.batchAcross(c, x[0], d[0], ReduceSum, times, func(a acrossAxes) ir.Op { return psum{a} })
}

func (o pmax) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batchAcross(c, x[0], d[0], ReduceMax, itself, func(a acrossAxes) ir.Op { return pmax{a} })
}

func (o pmin) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return o.batchAcross(c, x[0], d[0], ReduceMin, itself, func(a acrossAxes) ir.Op { return pmin{a} })
}

func itself(x *Value) *Value { return x }

func (o psum) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: every element's sum has a part in the cotangent of every element.
func (o psum) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return one(o, ct) })
}

func (o pmax) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return o.jvpExtreme(c, x, t) }
func (o pmin) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return o.jvpExtreme(c, x, t) }

// jvpExtreme gives the tangent of the element that has the extreme value, the mean where several have it.
func (o acrossAxes) jvpExtreme(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		hit := Eq(x[0], y)
		sum := one(psum{o}, Select(hit, g, ZerosLike(g)))
		return Div(sum, one(psum{o}, Convert(hit, g.DType())))
	})
}

func (o axisIndex) Batch(c trace.BatchCtx, _ []*Value, _ []int) ([]*Value, []int) {
	return []*Value{Iota(ir.Int32, []int{c.AxisSize()}, 0)}, []int{0}
}

func (o axisIndex) JVP(c trace.JVPCtx, x, _ []*Value) (y, yt []*Value) { return jvpZero(c, x) }

func (o allGather) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		o.Dim++
		return []*Value{one(o, bdimAt(c, x[0], d[0], 0))}, []int{0}
	}
	y := bdimAt(c, x[0], d[0], o.Dim)
	if o.Tiled {
		shape := slices.Delete(slices.Clone(y.Shape()), o.Dim, o.Dim+1)
		shape[o.Dim] *= o.Size
		y = Reshape(y, shape)
	}
	return []*Value{y}, []int{trace.NotMapped}
}

func (o allGather) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

// Transpose: an element's array is in the result of all, at the element's own place.
func (o allGather) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		sum := one(psum{acrossAxes{[]string{o.Axis}}}, ct)
		at := one(axisIndex{o.Axis})
		n := 1
		if o.Tiled {
			n = x[0].Aval.Shape[o.Dim]
			at = Mul(at, FullLike(at, float64(n)))
		}
		return Reshape(DynamicSliceInDim(sum, at, n, o.Dim), x[0].Aval.Shape)
	})
}

func (o ppermute) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !overAxis(c, o) {
		return c.Self(x...), d
	}
	v := bdimAt(c, x[0], d[0], 0)
	from := repeated(-1, o.Size)
	for _, p := range o.Perm {
		from[p[1]] = p[0]
	}
	var parts []*Value
	for i := 0; i < o.Size; { // runs of neighbours move together
		n := 1
		for i+n < o.Size && (from[i] < 0 && from[i+n] < 0 || from[i] >= 0 && from[i+n] == from[i]+n) {
			n++
		}
		shape := slices.Clone(v.Shape())
		shape[0] = n
		if from[i] < 0 {
			parts = append(parts, Zeros(v.Aval().With(shape)))
		} else {
			start := repeated(0, v.Rank())
			start[0] = from[i]
			end := slices.Clone(v.Shape())
			end[0] = from[i] + n
			parts = append(parts, Slice(v, start, end, nil))
		}
		i += n
	}
	if len(parts) == 0 {
		return []*Value{v}, []int{0}
	}
	return []*Value{Concatenate(parts, 0)}, []int{0}
}

func (o ppermute) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o ppermute) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	back := ppermute{o.Axis, o.Size, make([][2]int, len(o.Perm))}
	for i, p := range o.Perm {
		back.Perm[i] = [2]int{p[1], p[0]}
	}
	return transpose1(ct, func(ct *Value) *Value { return one(back, ct) })
}
