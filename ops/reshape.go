package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type reshape struct{ Shape []int }

func (reshape) Name() string { return "reshape" }

// Reshape is x's elements, row-major, in another shape of as many elements; -1 is refused (jnp resolves it). x itself
// is returned where nothing changes.
func Reshape(x *Value, shape []int) *Value {
	if slices.Equal(x.Shape(), shape) {
		return x
	}
	return one(reshape{own(shape)}, x)
}

// Collapse makes one axis of the axes start to stop (exclusive), which count from the end if negative and are limited
// to those that x has, as lax.collapse.
func Collapse(x *Value, start, stop int) *Value {
	limit := func(i int) int {
		if i < 0 {
			i += x.Rank()
		}
		return max(0, min(i, x.Rank()))
	}
	lo, hi := limit(start), limit(stop)
	if hi < lo {
		trace.Fail("collapse", []ir.Aval{x.Aval()}, "axis %d, where the range ends, comes before axis %d, where it "+
			"begins", stop, start)
	}
	s := x.Shape()
	return Reshape(x, slices.Concat(s[:lo], []int{ir.SizeOf(s[lo:hi])}, s[hi:]))
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
		return nil, fmt.Errorf("cannot reshape shape %s of %d elements to %s of %d", ir.ShapeString(in[0].Shape), n,
			ir.ShapeString(o.Shape), m)
	}
	return []ir.Aval{in[0].With(o.Shape)}, nil
}

func (reshape) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.reshape", x, "")
}

// Batch leaves the mapped axis where it is if the axes before it are reshaped among themselves, as those after it;
// otherwise it comes to the front first.
func (o reshape) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	v, b := x[0], d[0]
	in := slices.Delete(slices.Clone(v.Shape()), b, b+1)
	at := -1
	for p := range len(o.Shape) + 1 {
		if ir.SizeOf(o.Shape[:p]) == ir.SizeOf(in[:b]) && ir.SizeOf(o.Shape[p:]) == ir.SizeOf(in[b:]) {
			if at = p; !c.IsLast() {
				break
			}
		}
	}
	if at < 0 {
		v, at = moveTo(v, b, 0), 0
	}
	return []*Value{Reshape(v, inserted(o.Shape, at, c.AxisSize()))}, []int{at}
}

func (reshape) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (reshape) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Reshape(ct, x[0].Aval.Shape) })
}
