package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// values are the engine's values of xs.
func nonempty(op string, xs []Array) []*trace.Value {
	if len(xs) == 0 {
		trace.Fail(op, nil, "needs at least one array")
	}
	return kit.Values(op, xs)
}

// Joining holds the keyword arguments of the functions that join arrays.
type Joining struct {
	// DType is what the arrays are converted to; unset, their common dtype.
	DType DType
}

// dtype is the DType of o, checked.
func (o Joining) dtype(op string, vs []*trace.Value) ir.DType {
	if o.DType == ir.Invalid {
		return ir.Invalid
	}
	return kit.AskedDType(op, o.DType, trace.Avals(vs)...)
}

// concatenate joins vs, converted to d or else to their common type, along the axis.
func concatenate(op string, vs []*trace.Value, axis int, d ir.DType) Array {
	checkJoin(op, vs, axis)
	p := struct {
		Axis  int
		DType ir.DType
	}{axis, d}
	return whole(op, p, vs, func(vs []*trace.Value) *trace.Value {
		return joinAs(op, vs, axis, d)
	})
}

func join(op string, vs []*trace.Value, axis int) *trace.Value {
	return joinAs(op, vs, axis, ir.Invalid)
}

func joinAs(op string, vs []*trace.Value, axis int, d ir.DType) *trace.Value {
	if d == ir.Invalid {
		vs = kit.Promote(op, vs...)
	} else {
		vs = slices.Clone(vs)
		for i, v := range vs {
			vs[i] = ops.Convert(v, d)
		}
	}
	if len(vs) == 1 {
		return vs[0]
	}
	return ops.Concatenate(vs, axis)
}

// checkJoin refuses arrays that differ in another axis than the one to join along.
func checkJoin(op string, vs []*trace.Value, axis int) {
	s := vs[0].Shape()
	for i, v := range vs {
		if v.Rank() != len(s) {
			trace.Fail(op, trace.Avals(vs),
				"array %d has %d axes and the first one %d; arrays are joined along an axis that all have (jnp.Stack "+
					"makes a new one)", i, v.Rank(), len(s))
		}
		for a, n := range v.Shape() {
			if a != axis && n != s[a] {
				trace.Fail(op, trace.Avals(vs),
					"array %d has length %d along axis %d and the first one %d; only axis %d, along which they are "+
						"joined, may differ", i, n, a, s[a], axis)
			}
		}
	}
}

// Concatenate joins arrays along the axis (0 if not given), promoted to their common dtype; all other axes agree.
// NumPy's concatenate.
//
// Options: Joining (DType).
func Concatenate(xs []Array, axis ...int) Array { return Joining{}.Concatenate(xs, axis...) }

// Concatenate is jnp.Concatenate with the option DType.
func (o Joining) Concatenate(xs []Array, axis ...int) Array {
	const op = "jnp.Concatenate"
	vs := nonempty(op, xs)
	if vs[0].Rank() == 0 {
		trace.Fail(op, trace.Avals(vs), "scalars have no axis to be joined along; use jnp.Stack")
	}
	return concatenate(op, vs, kit.OneAxis(op, axis, 0, vs[0].Rank(), trace.Avals(vs)...), o.dtype(op, vs))
}

// Concat is the array API's name for Concatenate.
func Concat(xs []Array, axis ...int) Array { return Concatenate(xs, axis...) }

// Stack joins arrays of one shape along a new axis at the given place of the result (0 if not given). NumPy's stack.
//
// Options: Joining (DType).
func Stack(xs []Array, axis ...int) Array { return Joining{}.Stack(xs, axis...) }

// Stack is jnp.Stack with the option DType.
func (o Joining) Stack(xs []Array, axis ...int) Array {
	const op = "jnp.Stack"
	vs := nonempty(op, xs)
	for i, v := range vs {
		if !slices.Equal(v.Shape(), vs[0].Shape()) {
			trace.Fail(op, trace.Avals(vs),
				"array %d has shape %s and the first one %s; stacked arrays must have one shape", i,
				ir.ShapeString(v.Shape()), ir.ShapeString(vs[0].Shape()))
		}
	}
	a := kit.OneAxis(op, axis, 0, vs[0].Rank()+1, trace.Avals(vs)...)
	p := struct {
		Axis  int
		DType ir.DType
	}{a, o.dtype(op, vs)}
	return whole(op, p, vs, func(vs []*trace.Value) *trace.Value {
		out := make([]*trace.Value, len(vs))
		for i, v := range vs {
			out[i] = expandDims(op, v, a)
		}
		return joinAs(op, out, a, p.DType)
	})
}

// stackAs concatenates along axis what prepare makes of the arrays.
func (o Joining) stackAs(op string, xs []Array, axis int, prepare func(Array) *trace.Value) Array {
	vs := nonempty(op, xs)
	d := o.dtype(op, vs)
	return whole(op, d, vs, func(vs []*trace.Value) *trace.Value {
		out := make([]*trace.Value, len(vs))
		for i, v := range vs {
			out[i] = prepare(Wrap(v))
		}
		checkJoin(op, out, axis)
		return joinAs(op, out, axis, d)
	})
}

// VStack joins arrays along their first axis, 1-d arrays as rows. NumPy's vstack.
//
// Options: Joining (DType).
func VStack(xs ...Array) Array { return Joining{}.VStack(xs...) }

// VStack is jnp.VStack with the option DType.
func (o Joining) VStack(xs ...Array) Array {
	return o.stackAs("jnp.VStack", xs, 0, func(x Array) *trace.Value { return atLeast("jnp.VStack", x, 2) })
}

// HStack joins arrays along their second axis, 1-d arrays along their only one. NumPy's hstack.
//
// Options: Joining (DType).
func HStack(xs ...Array) Array { return Joining{}.HStack(xs...) }

// HStack is jnp.HStack with the option DType.
func (o Joining) HStack(xs ...Array) Array {
	const op = "jnp.HStack"
	axis := 1
	if nonempty(op, xs)[0].Rank() <= 1 {
		axis = 0
	}
	return o.stackAs(op, xs, axis, func(x Array) *trace.Value { return atLeast(op, x, 1) })
}

// DStack joins arrays along their third axis, once AtLeast3D has given them one. NumPy's dstack.
//
// Options: Joining (DType).
func DStack(xs ...Array) Array { return Joining{}.DStack(xs...) }

// DStack is jnp.DStack with the option DType.
func (o Joining) DStack(xs ...Array) Array {
	return o.stackAs("jnp.DStack", xs, 2, func(x Array) *trace.Value { return atLeast("jnp.DStack", x, 3) })
}

// ColumnStack joins matrices along their second axis, 1-d arrays as columns. NumPy's column_stack.
func ColumnStack(xs ...Array) Array {
	const op = "jnp.ColumnStack"
	return Joining{}.stackAs(op, xs, 1, func(x Array) *trace.Value {
		if x.v.Rank() < 2 {
			return reversed(atLeast(op, x, 2))
		}
		return x.v
	})
}

// Append is x with values joined to it along the axis, or both flattened if no axis is given. NumPy's append.
func Append[V Operand](x Array, values V, axis ...int) Array {
	const op = "jnp.Append"
	a, b := x.val(op), kit.LiftAlone(op, values)
	if len(axis) == 0 {
		return whole(op, nil, []*trace.Value{a, b}, func(in []*trace.Value) *trace.Value {
			in = kit.Promote(op, in...)
			for i, v := range in {
				in[i] = ops.Reshape(v, []int{v.Aval().Size()})
			}
			return join(op, in, 0)
		})
	}
	return concatenate(op, []*trace.Value{a, b}, kit.OneAxis(op, axis, 0, a.Rank(), a.Aval(), b.Aval()), ir.Invalid)
}

// Block joins nested lists of arrays: each innermost list along the last axis, those above along the axes before it.
// blocks is an Array, a []Array, a [][]Array, and so on, or []any of these. NumPy's block.
func Block(blocks any) Array {
	const op = "jnp.Block"
	var leaves []*trace.Value
	var nesting []byte // of the lists: the key of the program
	depth := -1
	var walk func(b any, d int)
	walk = func(b any, d int) {
		if x, ok := b.(Array); ok {
			if depth >= 0 && d != depth {
				trace.Fail(op, nil, "lists are nested %d deep in one place and %d in another", depth, d)
			}
			depth = d
			nesting = append(nesting, 'x')
			leaves = append(leaves, x.val(op))
			return
		}
		nesting = append(nesting, '(')
		for _, c := range blockList(op, b) {
			walk(c, d+1)
		}
		nesting = append(nesting, ')')
	}
	walk(blocks, 0)
	rank := depth
	for _, v := range leaves {
		rank = max(rank, v.Rank())
	}
	return whole(op, string(nesting), leaves, func(in []*trace.Value) *trace.Value {
		next := 0
		var build func(b any, d int) *trace.Value
		build = func(b any, d int) *trace.Value {
			if _, ok := b.(Array); ok {
				v := in[next]
				next++
				return ops.Reshape(v, slices.Concat(slices.Repeat([]int{1}, rank-v.Rank()), v.Shape()))
			}
			var parts []*trace.Value
			for _, c := range blockList(op, b) {
				parts = append(parts, build(c, d+1))
			}
			axis := rank - (depth - d)
			checkJoin(op, parts, axis)
			return join(op, parts, axis)
		}
		return build(blocks, 0)
	})
}

func blockList(op string, b any) []any {
	var out []any
	switch b := b.(type) {
	case []Array:
		for _, x := range b {
			out = append(out, x)
		}
	case [][]Array:
		for _, x := range b {
			out = append(out, x)
		}
	case [][][]Array:
		for _, x := range b {
			out = append(out, x)
		}
	case []any:
		out = b
	default:
		trace.Fail(op, nil, "blocks are Arrays in nested slices ([][]jnp.Array), not %T", b)
	}
	if len(out) == 0 {
		trace.Fail(op, nil, "a list of blocks is empty")
	}
	return out
}
