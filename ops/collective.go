package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Operations across the elements of a named mapped axis. They vanish when that axis is mapped: a sum over the axis becomes an
// ordinary reduction.

// acrossAxes is what those share that reduce over one or more named axes.
type acrossAxes struct{ Axes []string }

type (
	psum struct{ acrossAxes }
	pmax struct{ acrossAxes }
	pmin struct{ acrossAxes }

	// axisIndex is the number of the element.
	axisIndex struct{ Axis string }

	// allGather stacks the elements' arrays along a new axis Dim of Size or, if Tiled, along the axis Dim that they have.
	allGather struct {
		Axis      string
		Size, Dim int
		Tiled     bool
	}

	// ppermute gives element Perm[k][1] the array of element Perm[k][0], and zeros to those that get none.
	ppermute struct {
		Axis string
		Size int
		Perm [][2]int
	}
)

func (psum) Name() string      { return "psum" }
func (pmax) Name() string      { return "pmax" }
func (pmin) Name() string      { return "pmin" }
func (axisIndex) Name() string { return "axis_index" }
func (allGather) Name() string { return "all_gather" }
func (ppermute) Name() string  { return "ppermute" }

// collective is implemented by the operations that refer to named axes.
type collective interface{ axisNames() []string }

func (o acrossAxes) axisNames() []string { return o.Axes }
func (o axisIndex) axisNames() []string  { return []string{o.Axis} }
func (o allGather) axisNames() []string  { return []string{o.Axis} }
func (o ppermute) axisNames() []string   { return []string{o.Axis} }

// UsesAxis reports whether op, or a program that it holds, refers to the named axis: it must then be batched over it even where no
// operand is mapped.
func UsesAxis(op ir.Op, name string) bool {
	if c, ok := op.(collective); ok {
		return slices.Contains(c.axisNames(), name)
	}
	if n, ok := op.(ir.Nested); ok {
		for _, p := range n.Programs() {
			for i := range p.Eqns {
				if UsesAxis(p.Eqns[i].Op, name) {
					return true
				}
			}
		}
	}
	return false
}

// overAxis reports whether c maps over an axis that o refers to.
func overAxis(c trace.BatchCtx, o collective) bool {
	n, ok := c.(interface{ AxisName() string })
	return ok && n.AxisName() != "" && slices.Contains(o.axisNames(), n.AxisName())
}

// OpenAxis is the size of a named axis, which must be open.
func OpenAxis(op, name string) int {
	n, ok := trace.NamedAxis(name)
	if !ok {
		trace.Fail(op, nil, "no axis named %q is mapped here; call it in a function under gojax.Vmap with the option gojax.AxisName(%q), on the goroutine that Vmap calls it on", name, name)
	}
	return n
}

// OpenAxes checks the named axes, of which there must be one or more, all open.
func OpenAxes(op string, names []string) []string {
	if len(names) == 0 {
		trace.Fail(op, nil, "names no axis; give one or more that gojax.AxisName has named")
	}
	for i, a := range names {
		OpenAxis(op, a)
		if slices.Contains(names[:i], a) {
			trace.Fail(op, nil, "axis %q is named twice", a)
		}
	}
	return slices.Clone(names)
}

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

// PMax is the largest over the named axes, element by element.
func PMax(v *Value, axes []string) *Value { return one(pmax{acrossAxes{axes}}, v) }

// PMin is the smallest over the named axes, element by element.
func PMin(v *Value, axes []string) *Value { return one(pmin{acrossAxes{axes}}, v) }

// AxisIndex is the number of the element within the named axis, an int32 scalar.
func AxisIndex(axis string) *Value {
	OpenAxis("lax.AxisIndex", axis)
	return one(axisIndex{axis})
}

// AllGather is the arrays of all elements of the named axis, stacked along a new axis dim of the result or, if tiled, joined along
// their axis dim; dim may be negative.
func AllGather(op string, v *Value, axis string, dim int, tiled bool) *Value {
	rank := v.Rank() + 1
	if tiled {
		rank--
	}
	d := dim
	if d < 0 {
		d += rank
	}
	if d < 0 || d >= rank {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is out of range for a result of %d axes", dim, rank)
	}
	return one(allGather{axis, OpenAxis(op, axis), d, tiled}, v)
}

// PPermute gives the array of element perm[k][0] of the named axis to element perm[k][1]; elements that are given none have zeros.
func PPermute(v *Value, axis string, perm [][2]int) *Value {
	const op = "lax.PPermute"
	n := OpenAxis(op, axis)
	from, to := map[int]bool{}, map[int]bool{}
	for _, p := range perm {
		if p[0] < 0 || p[0] >= n || p[1] < 0 || p[1] >= n {
			trace.Fail(op, nil, "the pair %v is out of range for the axis %q of size %d", p, axis, n)
		}
		if from[p[0]] || to[p[1]] {
			trace.Fail(op, nil, "%v is not a permutation: sources, and destinations, must differ", perm)
		}
		from[p[0]], to[p[1]] = true, true
	}
	return one(ppermute{axis, n, slices.Clone(perm)}, v)
}

func sameType(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return slices.Clone(in), nil
}

func (acrossAxes) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 1 && in[0].DType.IsBool() {
		return nil, fmt.Errorf("takes numbers, not bools; convert them")
	}
	return sameType(in)
}

func (o pmax) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferOrdered(in) }
func (o pmin) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferOrdered(in) }

func inferOrdered(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 1 && in[0].DType.IsComplex() {
		return nil, fmt.Errorf("complex numbers have no order")
	}
	return sameType(in)
}

func (axisIndex) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return []ir.Aval{ir.Scalar(ir.Int32)}, wantOperands(in, 0)
}

func (o allGather) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	t := in[0]
	if o.Dim < 0 || o.Dim > t.Rank() || o.Tiled && o.Dim == t.Rank() {
		return nil, fmt.Errorf("axis %d is out of range", o.Dim)
	}
	if o.Tiled {
		shape := slices.Clone(t.Shape)
		shape[o.Dim] *= o.Size
		return []ir.Aval{t.With(shape)}, nil
	}
	return []ir.Aval{t.With(inserted(t.Shape, o.Dim, o.Size))}, nil
}

func (ppermute) Infer(in []ir.Aval) ([]ir.Aval, error) { return sameType(in) }

func unbound(o collective) []trace.Operand {
	trace.Fail("collective operation", nil, "the named axes %q are not mapped where the program is run", o.axisNames())
	return nil
}

func (o acrossAxes) Lower(trace.Emitter, []trace.Operand) []trace.Operand { return unbound(o) }
func (o axisIndex) Lower(trace.Emitter, []trace.Operand) []trace.Operand  { return unbound(o) }
func (o allGather) Lower(trace.Emitter, []trace.Operand) []trace.Operand  { return unbound(o) }
func (o ppermute) Lower(trace.Emitter, []trace.Operand) []trace.Operand   { return unbound(o) }
