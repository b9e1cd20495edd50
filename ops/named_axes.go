package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Operations across the elements of named axes. Those of an axis that Vmap maps vanish when it is mapped: a sum over
// the axis becomes an ordinary reduction. Those of the axes of a mesh are written as communication between devices
// (collective.go).

// Across are the named axes that an operation works across, the first of which counts most, with their sizes. Where
// Groups is not nil, the elements whose numbers are in one group work together, instead of all of them.
type Across struct {
	Axes   []string
	Sizes  []int
	Groups [][]int
}

// Communicates: an operation across elements that are processes is one that these do together.
func (Across) Communicates() bool { return true }

// AxisNames are the named axes.
func (a Across) AxisNames() []string { return a.Axes }

// Size is the number of elements that work together; of the first group where groups have several sizes.
func (a Across) Size() int {
	if a.Groups != nil {
		return len(a.Groups[0])
	}
	return ir.SizeOf(a.Sizes)
}

// even reports whether all elements work with as many.
func (a Across) even() bool {
	return !slices.ContainsFunc(a.Groups, func(g []int) bool { return len(g) != a.Size() })
}

// overAxis reports whether c maps over an axis that o refers to.
func overAxis(c trace.BatchCtx, o trace.AxisUser) bool {
	return c.AxisName() != "" && slices.Contains(o.AxisNames(), c.AxisName())
}

// OpenAxis is the size of a named axis, which must be open.
func OpenAxis(op, name string) int {
	n, ok := trace.NamedAxis(name)
	if !ok {
		trace.Fail(op, nil, "no axis named %q is mapped here, nor is it one of a mesh; call it in a function under "+
			"gojax.Vmap with the option gojax.AxisName(%q), or under gojax.ShardMap over a mesh that has that axis, "+
			"on the goroutine that these call it on", name, name)
	}
	return n
}

// OpenAxes checks the named axes, of which there must be one or more, all open, and the groups of their elements: each
// element is in one of them. Groups that are nil are one of all.
func OpenAxes(op string, names []string, groups [][]int) Across {
	if len(names) == 0 {
		trace.Fail(op, nil, "names no axis; give one or more that gojax.AxisName has named, or that a mesh has")
	}
	a := Across{Axes: slices.Clone(names)}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			trace.Fail(op, nil, "axis %q is named twice", name)
		}
		a.Sizes = append(a.Sizes, OpenAxis(op, name))
	}
	if groups == nil {
		return a
	}
	n := ir.SizeOf(a.Sizes)
	used := make([]bool, n)
	for _, g := range groups {
		for _, i := range g {
			if i < 0 || i >= n || used[i] {
				trace.Fail(op, nil, "element %d of the groups %v is not one of the %d of the axes %q, or there "+
					"twice; each must be in one group", i, groups, n, names)
			}
			used[i] = true
		}
		a.Groups = append(a.Groups, own(g))
	}
	empty := func(g []int) bool { return len(g) == 0 }
	if slices.Contains(used, false) || slices.ContainsFunc(groups, empty) {
		trace.Fail(op, nil, "the groups %v must have each of the %d elements of the axes %q once, and none may be "+
			"empty", groups, n, names)
	}
	return a
}

// wantEven refuses groups of several sizes.
func (a Across) wantEven(op string) {
	if !a.even() {
		trace.Fail(op, nil, "the groups %v differ in size; all must be of one size", a.Groups)
	}
}

// wantParts refuses a v of which axis d has not one place for each element.
func (a Across) wantParts(op string, v *Value, d int) {
	if n := a.Size(); v.Shape()[d] != n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "axis %d is split between the %d elements of the axes %q, so it must have "+
			"that size, not %d; with lax.CollectiveOptions{Tiled: true} it takes a multiple of it", d, n, a.Axes,
			v.Shape()[d])
	}
}

// peel are the axes without the one that c maps, and how many elements the axes before and behind that one have.
func (a Across) peel(c trace.BatchCtx) (others Across, before, behind int) {
	p := slices.Index(a.Axes, c.AxisName())
	others.Axes = slices.Delete(slices.Clone(a.Axes), p, p+1)
	others.Sizes = slices.Delete(slices.Clone(a.Sizes), p, p+1)
	return others, ir.SizeOf(a.Sizes[:p]), ir.SizeOf(a.Sizes[p+1:])
}

// atOnce maps an operation that f computes of the arrays of all elements, stacked along axis 0 in their order, stacking
// what they get in the same way: those of the axes that stay are gathered first, and each keeps its own in the end.
func (a Across) atOnce(c trace.BatchCtx, x *Value, d int, f func(all *Value) *Value) ([]*Value, []int) {
	others, before, behind := a.peel(c)
	v := bdimAt(c, x, d, 0)
	if a.Groups != nil {
		f = a.groupwise(f)
	}
	if len(others.Axes) == 0 {
		return []*Value{f(v)}, []int{0}
	}
	n := c.AxisSize()
	all := one(allGather{others, 0}, ExpandDims(v, []int{0}))
	all = moveTo(unfold(all, 0, before, behind), 1, 2) // the mapped axis between the others
	y := unfold(f(fold(all, 0, 3)), 0, before, n, behind)
	y = fold(moveTo(y, 2, 1), 0, 2)
	return []*Value{DynamicIndexInDim(y, numberOf(others.Axes, others.Sizes), 0, false)}, []int{0}
}

// groupwise is f of the arrays of each group.
func (a Across) groupwise(f func(all *Value) *Value) func(all *Value) *Value {
	return func(all *Value) *Value {
		order := slices.Concat(a.Groups...)
		parts := make([]*Value, len(a.Groups))
		for i, g := range a.Groups {
			parts[i] = f(rowsAt(all, g))
		}
		back := make([]int, len(order))
		for to, from := range order {
			back[from] = to
		}
		return rowsAt(Concatenate(parts, 0), back)
	}
}

// rowsAt are the given places along axis 0 of v, one after the other, zeros for -1. Neighbours move together.
func rowsAt(v *Value, rows []int) *Value {
	var parts []*Value
	for i := 0; i < len(rows); {
		n := 1
		for i+n < len(rows) && (rows[i] < 0 && rows[i+n] < 0 || rows[i] >= 0 && rows[i+n] == rows[i]+n) {
			n++
		}
		if rows[i] < 0 {
			shape := slices.Clone(v.Shape())
			shape[0] = n
			parts = append(parts, Zeros(v.Aval().With(shape)))
		} else {
			parts = append(parts, SliceInDim(v, rows[i], rows[i]+n, 1, 0))
		}
		i += n
	}
	if len(parts) == 0 {
		return v
	}
	return Concatenate(parts, 0)
}

// unfold makes axes of the given sizes of axis a of x.
func unfold(x *Value, a int, sizes ...int) *Value {
	return Reshape(x, slices.Replace(own(x.Shape()), a, a+1, sizes...))
}

// fold makes one axis of n axes of x, from axis a on.
func fold(x *Value, a, n int) *Value {
	shape := own(x.Shape())
	return Reshape(x, slices.Replace(shape, a, a+n, ir.SizeOf(shape[a:a+n])))
}

// sameType is Infer for one operand of any type, which the output has too.
func sameType(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	return slices.Clone(in), nil
}
