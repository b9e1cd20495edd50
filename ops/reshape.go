package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Changes of shape that keep every element.
type (
	reshape   struct{ Shape []int }
	squeeze   struct{ Axes []int }
	transpose struct{ Perm []int }
	rev       struct{ Axes []int }
)

func (reshape) Name() string   { return "reshape" }
func (squeeze) Name() string   { return "squeeze" }
func (transpose) Name() string { return "transpose" }
func (rev) Name() string       { return "rev" }

// Reshape is x's elements, row-major, in another shape of as many elements; -1 is refused (jnp resolves it). x itself is
// returned where nothing changes.
func Reshape(x *Value, shape []int) *Value {
	if slices.Equal(x.Shape(), shape) {
		return x
	}
	return one(reshape{own(shape)}, x)
}

// Squeeze drops axes, which must have size 1. Negative axes count from the end.
func Squeeze(x *Value, axes []int) *Value {
	if len(axes) == 0 {
		return x
	}
	a := make([]int, len(axes))
	for i, n := range axes {
		if n < 0 {
			n += x.Rank()
		}
		a[i] = n
	}
	slices.Sort(a)
	return one(squeeze{a}, x)
}

// Transpose is x with its axis perm[i] at position i. x itself is returned where nothing moves.
func Transpose(x *Value, perm []int) *Value {
	if x.Rank() == len(perm) && slices.Equal(perm, arange(0, len(perm))) {
		return x
	}
	return one(transpose{own(perm)}, x)
}

// Rev reverses x along the given axes.
func Rev(x *Value, axes []int) *Value {
	if len(axes) == 0 {
		return x
	}
	return one(rev{own(axes)}, x)
}

func (o reshape) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if slices.Contains(o.Shape, -1) {
		return nil, fmt.Errorf("cannot reshape to %s: lax takes no -1 (jnp.Reshape does)", ir.ShapeString(o.Shape))
	}
	if err := checkShape(o.Shape); err != nil {
		return nil, err
	}
	if n, m := in[0].Size(), ir.SizeOf(o.Shape); n != m {
		return nil, fmt.Errorf("cannot reshape shape %s of %d elements to %s of %d", ir.ShapeString(in[0].Shape), n, ir.ShapeString(o.Shape), m)
	}
	return []ir.Aval{in[0].With(o.Shape)}, nil
}

func (o squeeze) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if err := checkAxes("axis", o.Axes, len(a.Shape)); err != nil {
		return nil, err
	}
	for _, i := range o.Axes {
		if a.Shape[i] != 1 {
			return nil, fmt.Errorf("axis %d of shape %s has size %d; only axes of size 1 can be squeezed", i, ir.ShapeString(a.Shape), a.Shape[i])
		}
	}
	return []ir.Aval{a.With(without(a.Shape, o.Axes))}, nil
}

func (o transpose) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if len(o.Perm) != len(a.Shape) {
		return nil, fmt.Errorf("the permutation %v has %d axes, shape %s has %d", o.Perm, len(o.Perm), ir.ShapeString(a.Shape), len(a.Shape))
	}
	if err := checkAxes("permuted axis", o.Perm, len(a.Shape)); err != nil {
		return nil, err
	}
	shape := make([]int, len(o.Perm))
	for i, p := range o.Perm {
		shape[i] = a.Shape[p]
	}
	return []ir.Aval{a.With(shape)}, nil
}

func (o rev) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := checkAxes("axis", o.Axes, len(in[0].Shape)); err != nil {
		return nil, err
	}
	return in[:1:1], nil
}

func (reshape) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reshape", x, "")
}

func (squeeze) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reshape", x, "")
}

func (o transpose) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.transpose", x, "permutation = "+i64s(o.Perm))
}

func (o rev) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reverse", x, "dimensions = "+i64s(o.Axes))
}

// Batch leaves the mapped axis where it is if the axes before it are reshaped among themselves, as those after it; otherwise
// it comes to the front first.
func (o reshape) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v, b := x[0], d[0]
	in := slices.Delete(slices.Clone(v.Shape()), b, b+1)
	at := -1
	for p := range len(o.Shape) + 1 {
		if ir.SizeOf(o.Shape[:p]) == ir.SizeOf(in[:b]) && ir.SizeOf(o.Shape[p:]) == ir.SizeOf(in[b:]) {
			at = p
			break
		}
	}
	if at < 0 {
		v, at = moveTo(v, b, 0), 0
	}
	return []*Value{Reshape(v, inserted(o.Shape, at, c.AxisSize()))}, []int{at}
}

func (o squeeze) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	at := d[0]
	for _, a := range o.Axes {
		if a < d[0] {
			at--
		}
	}
	return []*Value{one(squeeze{shifted(o.Axes, d[0])}, x[0])}, []int{at}
}

// Batch leaves the mapped axis at its position.
func (o transpose) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{Transpose(x[0], slices.Insert(shifted(o.Perm, d[0]), d[0], d[0]))}, d
}

func (o rev) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{Rev(x[0], shifted(o.Axes, d[0]))}, d
}

func (reshape) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)   { return jvpLinear(c, x, t) }
func (squeeze) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)   { return jvpLinear(c, x, t) }
func (transpose) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }
func (rev) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value)       { return jvpLinear(c, x, t) }

func (reshape) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Reshape(ct, x[0].Aval.Shape) })
}

func (o squeeze) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return ExpandDims(ct, o.Axes) })
}

func (o transpose) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value {
		inv := make([]int, len(o.Perm))
		for i, p := range o.Perm {
			inv[p] = i
		}
		return Transpose(ct, inv)
	})
}

func (o rev) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Rev(ct, o.Axes) })
}
