package tree

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Formulas of two arrays in one place.
var (
	sub formula = func(p place) jnp.Array { return p.x[0].Sub(p.x[1]) }
	mul formula = func(p place) jnp.Array { return p.x[0].Mul(p.x[1]) }
	div formula = func(p place) jnp.Array { return p.x[0].Div(p.x[1]) }
)

// Add is a + b, array by array, and plus what else is given. Arrays in one place are promoted and broadcast as jnp.Add
// does. optax.tree.add.
func Add[T any](a, b T, more ...T) T {
	return combined("tree.Add", nil, nil, func(p place) jnp.Array {
		y := p.x[0]
		for _, z := range p.x[1:] {
			y = y.Add(z)
		}
		return y
	}, append([]T{a, b}, more...)...)
}

// Sub is a - b, array by array. optax.tree.sub.
func Sub[T any](a, b T) T { return combined("tree.Sub", nil, nil, sub, a, b) }

// Mul is a * b, array by array and element by element. optax.tree.mul.
func Mul[T any](a, b T) T { return combined("tree.Mul", nil, nil, mul, a, b) }

// Div is a / b, array by array and element by element. optax.tree.div.
func Div[T any](a, b T) T { return combined("tree.Div", nil, nil, div, a, b) }

// Scale is s * t, array by array; s is a Go number or an array, which may be traced. optax.tree.scale.
func Scale[S jnp.Operand, T any](s S, t T) T {
	return combined("tree.Scale", nil, []any{s}, func(p place) jnp.Array { return p.with[0].Mul(p.x[0]) }, t)
}

// AddScale is a + s * b, array by array: a step of length s along b. s is a Go number or an array.
// optax.tree.add_scale.
func AddScale[S jnp.Operand, T any](a T, s S, b T) T {
	return combined("tree.AddScale", nil, []any{s},
		func(p place) jnp.Array { return p.x[0].Add(p.with[0].Mul(p.x[1])) }, a, b)
}

// Clip is t with all elements limited to [lo, hi], each a Go number, an array, or nil for no limit. optax.tree.clip.
func Clip[T any](t T, lo, hi any) T {
	var with []any
	limits := []any{lo, hi}
	given := make([]bool, len(limits))
	for i, l := range limits {
		if given[i] = l != nil; given[i] {
			with = append(with, l)
		}
	}
	return combined("tree.Clip", given, with, func(p place) jnp.Array {
		var lim [2]any
		rest := p.with
		for i, ok := range given {
			if ok {
				lim[i], rest = rest[0], rest[1:]
			}
		}
		return jnp.Clip(p.x[0], lim[0], lim[1])
	}, t)
}

// Conj is t with its complex arrays conjugated. optax.tree.conj.
func Conj[T any](t T) T {
	return combined("tree.Conj", nil, nil, func(p place) jnp.Array { return jnp.Conj(p.x[0]) }, t)
}

// Real is t with the real parts of its arrays. optax.tree.real.
func Real[T any](t T) T {
	return combined("tree.Real", nil, nil, func(p place) jnp.Array { return jnp.Real(p.x[0]) }, t)
}

// Cast is t with all its arrays, those of integers too, converted to dtype as Array.AsType does. optax.tree.cast.
func Cast[T any](t T, dtype jnp.DType) T {
	return combined("tree.Cast", dtype, nil, func(p place) jnp.Array { return p.x[0].AsType(dtype) }, t)
}

// CastLike is t with each array converted to the dtype of like's in its place. optax.tree.cast_like.
func CastLike[T any](t, like T) T {
	const op = "tree.CastLike"
	def, leaves := numbers(op, t, like)
	dtypes := kit.Map(leaves[1], (*value).DType)
	return placed[T](op, dtypes, nil, def, leaves[:1], func(p place) jnp.Array { return p.x[0].AsType(dtypes[p.i]) })
}

// ZerosLike is a tree of zeros of the shapes of t, and of its dtypes unless another is given. optax.tree.zeros_like.
func ZerosLike[T any](t T, dtype ...jnp.DType) T {
	c := creation("tree.ZerosLike", dtype)
	return mapped("tree.ZerosLike", func(_ int, x []jnp.Array) jnp.Array { return c.ZerosLike(x[0]) }, t)
}

// OnesLike is a tree of ones of the shapes of t, and of its dtypes unless another is given. optax.tree.ones_like.
func OnesLike[T any](t T, dtype ...jnp.DType) T {
	c := creation("tree.OnesLike", dtype)
	return mapped("tree.OnesLike", func(_ int, x []jnp.Array) jnp.Array { return c.OnesLike(x[0]) }, t)
}

// FullLike is a tree of the shapes of t with v everywhere, a Go number or an array that broadcasts to all of them, in
// t's dtypes unless another is given. optax.tree.full_like.
func FullLike[V jnp.Operand, T any](t T, v V, dtype ...jnp.DType) T {
	c := creation("tree.FullLike", dtype)
	return mapped("tree.FullLike", func(_ int, x []jnp.Array) jnp.Array { return c.FullLike(x[0], v) }, t)
}

func creation(op string, dtype []jnp.DType) jnp.Creation {
	return jnp.Creation{DType: kit.Optional(op, "dtype", dtype, ir.Invalid)}
}

// Size counts the elements of all arrays of t. optax.tree.size.
func Size[T any](t T) (n int) {
	_, leaves := numbers("tree.Size", t)
	for _, v := range leaves[0] {
		n += v.Aval().Size()
	}
	return n
}

// plus adds the totals of two places.
func plus(a, b jnp.Array) jnp.Array { return a.Add(b) }

// Sum is the sum of all elements of all arrays of t, 0 where there are none. optax.tree.sum.
func Sum[T any](t T) jnp.Array {
	return total("tree.Sum", nil, nil, func(p place) jnp.Array { return jnp.Sum(p.x[0]) }, plus, nil, 0, t)
}

// Max is the greatest element of all arrays of t, NaN where one is NaN, and minus infinity where there are none. The
// dtype is the common one of the arrays. optax.tree.max.
func Max[T any](t T) jnp.Array {
	return extreme("tree.Max", t, math.Inf(-1), jnp.Max, jnp.Maximum[jnp.Array, jnp.Array])
}

// Min is the least element of all arrays of t, NaN where one is NaN, and infinity where there are none. The dtype is
// the common one of the arrays. optax.tree.min.
func Min[T any](t T) jnp.Array {
	return extreme("tree.Min", t, math.Inf(1), jnp.Min, jnp.Minimum[jnp.Array, jnp.Array])
}

// extreme reduces the arrays that have elements.
func extreme[T any](op string, t T, empty float64, of func(x jnp.Array, axes ...int) jnp.Array,
	join func(a, b jnp.Array) jnp.Array) jnp.Array {
	_, leaves := numbers(op, t)
	full := arrays.Of(slices.DeleteFunc(leaves[0], func(v *value) bool { return v.Aval().Size() == 0 }))
	return total(op, nil, nil, func(p place) jnp.Array { return of(p.x[0]) }, join, nil, empty, full)
}

// Dot (jnp.dot of what jax.flatten_util.ravel_pytree makes) is the sum of the products of all elements of a and b,
// which have one structure and shapes; complex numbers are not conjugated. Without elements it is 0.
func Dot[T any](a, b T) jnp.Array {
	return dot("tree.Dot", a, b, func(x jnp.Array) jnp.Array { return x.Conj() })
}

// VDot is Dot with the elements of a conjugated: the inner product. optax.tree.vdot.
func VDot[T any](a, b T) jnp.Array {
	return dot("tree.VDot", a, b, func(x jnp.Array) jnp.Array { return x })
}

func dot[T any](op string, a, b T, first func(x jnp.Array) jnp.Array) jnp.Array {
	c := jnp.Contraction{Precision: ops.PrecisionHighest}
	return total(op, nil, nil, func(p place) jnp.Array {
		if t, u := p.x[0].Shape(), p.x[1].Shape(); !slices.Equal(t, u) {
			trace.Fail(op, nil, "the arrays have shapes %s and %s; they must have one shape", ir.ShapeString(t),
				ir.ShapeString(u))
		}
		return c.VDot(first(p.x[0]), p.x[1])
	}, plus, nil, 0, a, b)
}

// SquaredNorm is the sum of |x|² over all elements of t, real also of complex arrays, and 0 where there are none.
// optax.tree.norm with squared.
func SquaredNorm[T any](t T) jnp.Array {
	return total("tree.SquaredNorm", nil, nil, squared, plus, nil, 0, t)
}

func squared(p place) jnp.Array { return arrays.AbsSquare(p.x[0]).Sum() }

// Norm is the norm of all elements of t as one vector: its length, or that of order 1 (the sum of magnitudes), 2 or
// infinity (the greatest magnitude). Squares that overflow the dtype make it infinite, and its gradient at 0 is NaN.
// optax.tree.norm, optax.global_norm.
func Norm[T any](t T, order ...float64) jnp.Array {
	const op = "tree.Norm"
	switch o := kit.Optional(op, "order", order, 2); {
	case o == 1:
		return total(op, 1, nil, func(p place) jnp.Array { return jnp.Abs(p.x[0]).Sum() }, plus, nil, 0.0, t)
	case o == 2:
		return total(op, 2, nil, squared, plus, jnp.Sqrt, 0.0, t)
	case math.IsInf(o, 1):
		return total(op, 3, nil, func(p place) jnp.Array {
			return jnp.Reduction{Initial: 0}.Max(jnp.Abs(p.x[0]))
		}, jnp.Maximum[jnp.Array, jnp.Array], nil, 0.0, t)
	default:
		trace.Fail(op, nil, "there is no norm of order %v here; take 1, 2 or math.Inf(1)", o)
		return jnp.Array{}
	}
}

// AllClose is whether all elements of a and b are nearly equal, with the tolerance of jnp.AllClose or the one given: a
// scalar of bool. optax.tree.allclose.
func AllClose[T any](a, b T, tolerance ...jnp.Tolerance) jnp.Array {
	const op = "tree.AllClose"
	tol := kit.Optional(op, "tolerance", tolerance, jnp.Tolerance{})
	if tol.RTol == nil {
		tol.RTol = 1e-5
	}
	if tol.ATol == nil {
		tol.ATol = 1e-8
	}
	return total(op, tol.EqualNaN, []any{tol.RTol, tol.ATol}, func(p place) jnp.Array {
		return jnp.Tolerance{RTol: p.with[0], ATol: p.with[1], EqualNaN: tol.EqualNaN}.AllClose(p.x[0], p.x[1])
	}, both, nil, true, a, b)
}

func both(a, b jnp.Array) jnp.Array { return jnp.LogicalAnd(a, b) }

// All is whether every element of every array of t is true (not 0): a scalar of bool (jax.tree.all, which asks for
// scalars). Without elements it is true.
func All[T any](t T) jnp.Array {
	return total("tree.All", nil, nil, func(p place) jnp.Array { return jnp.All(p.x[0]) }, both, nil, true, t)
}
