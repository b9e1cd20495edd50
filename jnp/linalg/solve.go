package linalg

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Solve is x with A·x = b, NumPy's linalg.solve, by an LU decomposition with partial pivoting: A is [..., n, n], b is
// [n] or [..., n, k], and the axes before these broadcast; a b of one axis is a vector for each matrix, and x [..., n].
// Float or complex; integers are converted, and float16 and bfloat16 are computed in float32. Of a singular matrix x
// holds infinities and NaN: there is no error. Derivatives solve with the same factors.
func Solve(a, b jnp.Array) jnp.Array {
	const op = "linalg.Solve"
	va, vb := kit.Value(op, a), kit.Value(op, b)
	matrices(op, va, true)
	sa, sb := va.Shape(), vb.Shape()
	if n := sa[len(sa)-1]; len(sb) == 0 || sb[max(len(sb)-2, 0)] != n {
		trace.Fail(op, []ir.Aval{va.Aval(), vb.Aval()}, "the right-hand side must have as many rows as the matrix, "+
			"%d; several vectors are columns", n)
	}
	if len(sb) > 1 {
		kit.BroadcastShapes(op, []ir.Aval{va.Aval(), vb.Aval()}, sa[:len(sa)-2], sb[:len(sb)-2])
	}
	return whole(op, nil, []*trace.Value{va, vb}, func(x []*trace.Value) *trace.Value {
		return widely(strongInexact(op, x...), func(x []*trace.Value) []*trace.Value {
			a, b := x[0], x[1]
			if b.Rank() > 1 {
				return []*trace.Value{solve(a, b)}
			}
			y := solve(a, ops.Reshape(b, append(slices.Clone(b.Shape()), 1)))
			return []*trace.Value{ops.Reshape(y, y.Shape()[:y.Rank()-1])}
		})[0]
	})
}

// widely is f of values in float32 where they are float16 or bfloat16; its results have their dtype again.
func widely(x []*trace.Value, f func(x []*trace.Value) []*trace.Value) []*trace.Value {
	d := x[0].DType()
	if d != ir.Float16 && d != ir.BFloat16 {
		return f(x)
	}
	to := func(d ir.DType) func(v *trace.Value) *trace.Value {
		return func(v *trace.Value) *trace.Value { return ops.Convert(v, d) }
	}
	return kit.Map(f(kit.Map(x, to(ir.Float32))), to(d))
}

// solve is x with a·x = b for matrices of one inexact dtype, whose batches broadcast. Each matrix is decomposed once.
func solve(a, b *trace.Value) *trace.Value {
	if r := b.Rank(); a.Rank() == 2 && r > 2 { // the columns of all b are those of one matrix
		order := append(append([]int{r - 2}, kit.UpTo(r-2)...), r-1)
		back := append(append(kit.From(1, r-2), 0), r-1)
		columns := ops.Transpose(b, order)
		shape := columns.Shape()
		y := solve(a, ops.Reshape(columns, []int{shape[0], ir.SizeOf(shape[1:])}))
		return ops.Transpose(ops.Reshape(y, shape), back)
	}
	packed, _, permutation := ops.LU(ops.StopGradient(a))
	batch := jnp.BroadcastShapes(a.Shape()[:a.Rank()-2], b.Shape()[:b.Rank()-2])
	a, packed, b = toBatch(a, batch), toBatch(packed, batch), toBatch(b, batch)
	permutation = kit.BroadcastTo(permutation, append(slices.Clone(batch), permutation.Shape()[permutation.Rank()-1]))
	times := func(a *trace.Value) func(x jnp.Array) jnp.Array {
		return func(x jnp.Array) jnp.Array { return jnp.Wrap(product(a, x.TraceValue())) }
	}
	by := func(transpose bool) func(_ func(jnp.Array) jnp.Array, b jnp.Array) jnp.Array {
		return func(_ func(jnp.Array) jnp.Array, b jnp.Array) jnp.Array {
			return jnp.Wrap(ops.SolveLU(packed, permutation, b.TraceValue(), transpose, false))
		}
	}
	return lax.CustomLinearSolve(lax.LinearSystem[jnp.Array]{
		MatVec: times(a), Solve: by(false), VecMat: func(x jnp.Array) jnp.Array { return times(transposed(a))(x) },
		TransSolve: by(true),
	}, jnp.Wrap(b)).TraceValue()
}

// Inv is the inverse of square matrices, NumPy's linalg.inv: [..., n, n] to the same shape. Float or complex; integers
// are converted. Of a singular matrix it holds infinities and NaN. Solve, where the inverse is only multiplied by, is
// faster and closer.
func Inv(a jnp.Array) jnp.Array {
	const op = "linalg.Inv"
	v := kit.Value(op, a)
	matrices(op, v, true)
	return whole(op, nil, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		return inverse(strongInexact(op, x[0])[0])
	})
}

// inverse is the inverse of square matrices of an inexact dtype.
func inverse(a *trace.Value) *trace.Value {
	return widely([]*trace.Value{a}, func(x []*trace.Value) []*trace.Value {
		a := x[0]
		one := jnp.Creation{DType: a.DType()}.Eye(a.Shape()[a.Rank()-1])
		return []*trace.Value{solve(a, kit.BroadcastTo(one.TraceValue(), a.Shape()))}
	})[0]
}

// TensorSolve is the x with TensorDot(A, x, x.NDim()) = b, NumPy's linalg.tensorsolve: A's first axes are b's, and x
// has the others, as many elements as b has. Axes of A that are named are moved to its end, in that order, first.
func TensorSolve(a, b jnp.Array, axes ...int) jnp.Array {
	const op = "linalg.TensorSolve"
	va, vb := kit.Value(op, a), kit.Value(op, b)
	avals := []ir.Aval{va.Aval(), vb.Aval()}
	axes = kit.Axes(op, axes, va.Rank(), avals...)
	_, order := kit.Without(va.Shape(), axes)
	order = append(order, axes...)
	shape := kit.Map(order, func(i int) int { return va.Shape()[i] })
	n := vb.Rank()
	if n > len(shape) || !slices.Equal(shape[:n], vb.Shape()) || ir.SizeOf(shape[n:]) != ir.SizeOf(shape[:n]) {
		trace.Fail(op, avals, "the matrix, with the axes that are named at its end %s, must begin with the right-hand "+
			"side's shape %s and have as many elements after it", ir.ShapeString(shape), ir.ShapeString(vb.Shape()))
	}
	return whole(op, axes, []*trace.Value{va, vb}, func(x []*trace.Value) *trace.Value {
		m := ir.SizeOf(shape[n:])
		square := ops.Reshape(ops.Transpose(x[0], order), []int{m, m})
		y := Solve(jnp.Wrap(square), jnp.Wrap(ops.Reshape(x[1], []int{m})))
		return ops.Reshape(y.TraceValue(), shape[n:])
	})
}

// TensorInv is the inverse of A as a matrix of its first ind axes, 2 unless given, by the others, NumPy's
// linalg.tensorinv: TensorDot(TensorInv(A), A, 2) is the identity. Both groups of axes have as many elements; the
// inverse has the others first.
func TensorInv(a jnp.Array, ind ...int) jnp.Array {
	const op = "linalg.TensorInv"
	v := kit.Value(op, a)
	k := kit.Optional(op, "ind", ind, 2)
	s := v.Shape()
	if k <= 0 || k > len(s) || ir.SizeOf(s[:k]) != ir.SizeOf(s[k:]) {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the first %d axes must have as many elements as those after them", k)
	}
	return whole(op, k, []*trace.Value{v}, func(x []*trace.Value) *trace.Value {
		n := ir.SizeOf(s[k:])
		y := Inv(jnp.Wrap(ops.Reshape(x[0], []int{n, n})))
		return ops.Reshape(y.TraceValue(), slices.Concat(s[k:], s[:k]))
	})
}
