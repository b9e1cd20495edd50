package jnp

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// split cuts x along the axis: into so many parts (an int; of unequal lengths if uneven allows it), or at the given
// positions (a []int).
func split(op string, x Array, sections any, axis int, uneven bool) []Array {
	v := x.val(op)
	in := []ir.Aval{v.Aval()}
	axis = kit.Axis(op, axis, v.Rank(), v.Aval())
	n := v.Shape()[axis]
	var at []int
	switch s := sections.(type) {
	case int:
		if s <= 0 {
			trace.Fail(op, in, "cannot be cut into %d parts", s)
		}
		trace.CheckMany(op, s, "parts", in...)
		if n%s != 0 && !uneven {
			trace.Fail(op, in,
				"%d elements along axis %d cannot be cut into %d equal parts; jnp.ArraySplit makes parts of unequal "+
					"lengths", n, axis, s)
		}
		at = append(at, 0)
		for i := range s {
			size := n / s
			if i < n%s {
				size++
			}
			at = append(at, at[i]+size)
		}
	case []int:
		at = append(append(append(at, 0), s...), n)
		for i, p := range at[1:] {
			if p < at[i] {
				trace.Fail(op, in, "positions %v must ascend from 0 to the %d elements along axis %d", s, n, axis)
			}
		}
	}
	p := struct {
		At   []int
		Axis int
	}{at, axis}
	sizes := make([]int, len(at)-1)
	for i := range sizes {
		sizes[i] = at[i+1] - at[i]
	}
	return kit.Map(trace.Whole(op, p, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		return ops.Split(x[0], sizes, axis)
	}), Wrap)
}

// Split cuts x along the axis (0 if not given) into equal parts, their number given as an int, or at the positions
// given as a []int. NumPy's split; parts that would be unequal are refused, and so are, as in JAX, positions that do
// not ascend within the axis.
func Split[S int | []int](x Array, sections S, axis ...int) []Array {
	const op = "jnp.Split"
	return split(op, x, sections, kit.OneAxis(op, axis, 0, x.val(op).Rank(), x.v.Aval()), false)
}

// ArraySplit is Split into parts that differ in length by one at most. NumPy's array_split.
func ArraySplit[S int | []int](x Array, sections S, axis ...int) []Array {
	const op = "jnp.ArraySplit"
	return split(op, x, sections, kit.OneAxis(op, axis, 0, x.val(op).Rank(), x.v.Aval()), true)
}

func splitAt(op string, x Array, sections any, axis int) []Array {
	v := x.val(op)
	if v.Rank() <= axis {
		trace.Fail(op, []ir.Aval{v.Aval()}, "needs %d axes at least", axis+1)
	}
	return split(op, x, sections, axis, false)
}

// VSplit is Split along axis 0, NumPy's vsplit. As in JAX, one axis is enough.
func VSplit[S int | []int](x Array, sections S) []Array { return splitAt("jnp.VSplit", x, sections, 0) }

// HSplit is Split along axis 1, or axis 0 of a 1-d array. NumPy's hsplit.
func HSplit[S int | []int](x Array, sections S) []Array {
	if x.val("jnp.HSplit").Rank() == 1 {
		return splitAt("jnp.HSplit", x, sections, 0)
	}
	return splitAt("jnp.HSplit", x, sections, 1)
}

// DSplit is Split along axis 2, NumPy's dsplit.
func DSplit[S int | []int](x Array, sections S) []Array {
	return splitAt("jnp.DSplit", x, sections, 2)
}

// Unstack cuts x along the axis (0 if not given) into arrays without it. NumPy's unstack.
func Unstack(x Array, axis ...int) []Array {
	const op = "jnp.Unstack"
	v := x.val(op)
	if v.Rank() == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has no axis to be cut along")
	}
	a := kit.OneAxis(op, axis, 0, v.Rank(), v.Aval())
	trace.CheckMany(op, v.Shape()[a], "parts", v.Aval())
	return kit.Map(trace.Whole(op, struct{ Axis int }{a}, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value {
		return ops.Unstack(x[0], a)
	}), Wrap)
}
