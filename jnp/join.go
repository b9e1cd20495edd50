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

// mostJoined is how many arrays one loop joins. Compiling takes longer than in proportion, minutes for thousands.
const mostJoined = 64

// concatenate joins vs, reshaped by as, and converted to d or else to their common type, along the axis.
func concatenate(op string, vs []*trace.Value, axis int, d ir.DType, as func(shape []int) []int) Array {
	checkJoin(op, reshaped(vs, as), axis)
	if t, weak := kit.CommonType(trace.X64(vs...), trace.Avals(vs)...); d == ir.Invalid && !weak {
		d = t // else parts of narrower types would be rounded twice
	}
	isPart := len(vs) > mostJoined
	for len(vs) > mostJoined {
		var parts []*trace.Value
		for part := range slices.Chunk(vs, mostJoined) {
			parts = append(parts, joined(op, part, axis, d, as, isPart))
		}
		vs, as = parts, asTheyAre
	}
	return Wrap(joined(op, vs, axis, d, as, false))
}

// joined is one loop. A part is not made one with the loop that joins parts.
func joined(op string, vs []*trace.Value, axis int, d ir.DType, as func(shape []int) []int,
	isPart bool) *trace.Value {
	p := struct {
		Axis  int
		DType ir.DType
		Rank  int // tells parts from arrays of the user's with their type, which may be reshaped
		Part  bool
	}{axis, d, len(as(vs[0].Shape())), isPart}
	return whole(op, p, vs, func(vs []*trace.Value) *trace.Value {
		vs = slices.Clone(vs)
		for i, v := range vs {
			vs[i] = ops.Reshape(v, as(v.Shape()))
		}
		if d == ir.Invalid {
			vs = kit.Promote(op, vs...)
		}
		for i, v := range vs {
			if d != ir.Invalid {
				vs[i] = ops.Convert(v, d)
			}
		}
		v := ops.Concatenate(vs, axis)
		if isPart {
			v = ops.OptimizationBarrier(v)[0]
		}
		return v
	}).v
}

func asTheyAre(shape []int) []int { return shape }

// reshaped are the types of vs, reshaped by as.
func reshaped(vs []*trace.Value, as func(shape []int) []int) []ir.Aval {
	out := trace.Avals(vs)
	for i := range out {
		out[i].Shape = as(out[i].Shape)
	}
	return out
}

func join(op string, vs []*trace.Value, axis int) *trace.Value {
	return ops.Concatenate(kit.Promote(op, vs...), axis)
}

// checkJoin refuses arrays that differ in another axis than the one to join along.
func checkJoin(op string, in []ir.Aval, axis int) {
	s := in[0].Shape
	for i, v := range in {
		if len(v.Shape) != len(s) {
			trace.Fail(op, in,
				"array %d has %d axes and the first one %d; arrays are joined along an axis that all have (jnp.Stack "+
					"makes a new one)", i, len(v.Shape), len(s))
		}
		for a, n := range v.Shape {
			if a != axis && n != s[a] {
				trace.Fail(op, in,
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
	a := kit.OneAxis(op, axis, 0, vs[0].Rank(), trace.Avals(vs)...)
	return concatenate(op, vs, a, o.dtype(op, vs), asTheyAre)
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
	return concatenate(op, vs, a, o.dtype(op, vs), func(shape []int) []int {
		return slices.Insert(slices.Clone(shape), a, 1)
	})
}

// stackAs concatenates the arrays, reshaped by as, along axis.
func (o Joining) stackAs(op string, xs []Array, axis int, as func(shape []int) []int) Array {
	vs := nonempty(op, xs)
	return concatenate(op, vs, axis, o.dtype(op, vs), as)
}

// VStack joins arrays along their first axis, 1-d arrays as rows. NumPy's vstack.
//
// Options: Joining (DType).
func VStack(xs ...Array) Array { return Joining{}.VStack(xs...) }

// VStack is jnp.VStack with the option DType.
func (o Joining) VStack(xs ...Array) Array {
	return o.stackAs("jnp.VStack", xs, 0, func(shape []int) []int { return atLeast(shape, 2) })
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
	return o.stackAs(op, xs, axis, func(shape []int) []int { return atLeast(shape, 1) })
}

// DStack joins arrays along their third axis, once AtLeast3D has given them one. NumPy's dstack.
//
// Options: Joining (DType).
func DStack(xs ...Array) Array { return Joining{}.DStack(xs...) }

// DStack is jnp.DStack with the option DType.
func (o Joining) DStack(xs ...Array) Array {
	return o.stackAs("jnp.DStack", xs, 2, func(shape []int) []int { return atLeast(shape, 3) })
}

// ColumnStack joins matrices along their second axis, 1-d arrays as columns. NumPy's column_stack.
func ColumnStack(xs ...Array) Array {
	const op = "jnp.ColumnStack"
	return Joining{}.stackAs(op, xs, 1, func(shape []int) []int {
		if len(shape) < 2 {
			shape = slices.Clone(atLeast(shape, 2))
			slices.Reverse(shape)
		}
		return shape
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
	at := kit.OneAxis(op, axis, 0, a.Rank(), a.Aval(), b.Aval())
	return concatenate(op, []*trace.Value{a, b}, at, ir.Invalid, asTheyAre)
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
			checkJoin(op, trace.Avals(parts), axis)
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
