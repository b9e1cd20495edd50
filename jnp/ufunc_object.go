package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// UFunc makes a binary function of NumPy's universal functions (ufunc, frompyfunc), which reduce, accumulate and so on:
//
//	gcd := jnp.UFunc{F: jnp.GCD[jnp.Array, jnp.Array], Identity: 0}
//	gcd.Reduce(x)
//
// Where jnp has the reduction (Sum, Prod, Max, CumSum ...) that is faster: a UFunc goes through the elements one after
// the other.
type UFunc struct {
	// F is elementwise: it is given two arrays of one shape and dtype, and its result has that shape.
	F func(x, y Array) Array
	// Identity is a number that F leaves the other operand unchanged with: 0 for addition. nil: there is none.
	Identity any

	// The rest are options of Reduce.

	Initial  any   // what is begun with, nil for Identity or, if that is nil too, the first element
	Where    Array // the elements that take part, unset for all; it broadcasts to the operand
	KeepDims bool  // the axes that are reduced stay, with length 1
	DType    DType // of the computation and the result, also of Accumulate and ReduceAt; Invalid is F's own
}

// Call is F of x and y, Arrays, Go numbers or nested slices, brought to their common dtype and shape.
func (u UFunc) Call(x, y any) Array {
	const op = "jnp.UFunc.Call"
	vs := []*trace.Value{lift(op, x), lift(op, y)}
	shape := kit.BroadcastShapes(op, trace.Avals(vs), vs[0].Shape(), vs[1].Shape())
	return u.once(op, vs, func(in []Array) Array {
		vs := kit.Promote(op, in[0].v, in[1].v)
		return u.F(Wrap(kit.BroadcastTo(vs[0], shape)), Wrap(kit.BroadcastTo(vs[1], shape)))
	})
}

// Outer is F of every element of x with every element of y (NumPy ufunc.outer): its shape is x's followed by y's.
func (u UFunc) Outer(x, y Array) Array {
	const op = "jnp.UFunc.Outer"
	vs := []*trace.Value{x.val(op), y.val(op)}
	xs, ys := vs[0].Shape(), vs[1].Shape()
	shape := slices.Concat(xs, ys)
	return u.once(op, vs, func(in []Array) Array {
		vs := kit.Promote(op, in[0].v, in[1].v)
		dims := kit.UpTo(len(shape))
		return u.F(Wrap(ops.BroadcastInDim(vs[0], shape, dims[:len(xs)])),
			Wrap(ops.BroadcastInDim(vs[1], shape, dims[len(xs):])))
	})
}

// Reduce combines the elements along the axes, the first one if none is given, from the first to the last (NumPy
// ufunc.reduce): several axes are gone through in row-major order. The dtype is that of F of two elements, or u.DType.
// It panics with *trace.Error for scalars, for axes of length 0 where there is neither an identity nor an initial
// value, and for Where without either.
func (u UFunc) Reduce(x Array, axes ...int) Array {
	const op = "jnp.UFunc.Reduce"
	v := x.val(op)
	if len(axes) == 0 {
		axes = []int{0}
	}
	axes = kit.Axes(op, axes, v.Rank(), v.Aval())
	start := u.Initial
	if start == nil {
		start = u.Identity
	}
	rest, _ := kit.Without(v.Shape(), axes)
	n := countOf(v.Shape(), axes)
	if n == 0 && start == nil {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"there is nothing to reduce along axes %v, and the function has no Identity; give Initial", axes)
	}
	in := []*trace.Value{v}
	masked := u.Where.v != nil
	if masked {
		if start == nil {
			trace.Fail(op, []ir.Aval{v.Aval()}, "with Where a function without Identity needs Initial")
		}
		in = append(in, u.Where.v)
	}
	if start != nil {
		in = append(in, lift(op, start))
	}
	kept := rest
	if u.KeepDims {
		kept = withOnes(v.Shape(), axes)
	}
	return u.once(op, in, func(in []Array) Array {
		front := func(a Array) Array {
			return Reshape(MoveAxes(a, axes, kit.UpTo(len(axes))), slices.Concat([]int{n}, rest)...)
		}
		d := u.resultType(op, v.DType())
		x := front(in[0]).AsType(d)
		var first Array
		if start != nil {
			first = BroadcastTo(in[len(in)-1].AsType(d), rest...)
		} else {
			first, x = x.Index(0), x.Index(S(1, nil))
		}
		elements := []Array{x}
		if masked { // F is not asked about what is left out, nor is its derivative
			where := front(BroadcastTo(in[1], v.Shape()...)).AsType(Bool)
			elements = []Array{Where(where, x, first), where}
		}
		last, _ := scan(op, []Array{first}, elements, func(acc, x []Array) (_, _ []Array) {
			next := u.F(acc[0], x[0]).AsType(d)
			if masked {
				next = Where(x[1], next, acc[0])
			}
			return []Array{next}, nil
		})
		return Reshape(last[0], kept...)
	})
}

// Accumulate is the results of Reduce up to each element along the axis, the first one if none is given (NumPy
// ufunc.accumulate). The shape is x's.
func (u UFunc) Accumulate(x Array, axis ...int) Array {
	const op = "jnp.UFunc.Accumulate"
	v := x.val(op)
	a := u.axis(op, v, axis)
	return u.once(op, []*trace.Value{v}, func(in []Array) Array {
		d := u.resultType(op, v.DType())
		x := MoveAxis(in[0], a, 0).AsType(d)
		if v.Aval().Size() == 0 {
			return in[0].AsType(d)
		}
		first := x.Index(0)
		_, y := scan(op, []Array{first}, []Array{x.Index(S(1, nil))}, func(acc, x []Array) (_, _ []Array) {
			next := []Array{u.F(acc[0], x[0]).AsType(d)}
			return next, next
		})
		return MoveAxis(Concatenate([]Array{ExpandDims(first, 0), y[0]}), 0, a)
	})
}

// ReduceAt reduces the segments of the axis, the first one if none is given, that begin at the indices, a vector of
// rising integers (NumPy ufunc.reduceat): segment i ends where segment i+1 begins, the last one at the axis's end. A
// segment that ends before it begins is the element at its beginning.
func (u UFunc) ReduceAt(x, indices Array, axis ...int) Array {
	const op = "jnp.UFunc.ReduceAt"
	v, i := x.val(op), indices.val(op)
	if i.Rank() != 1 || !i.DType().IsInteger() {
		trace.Fail(op, []ir.Aval{v.Aval(), i.Aval()}, "the indices are a vector of integers")
	}
	a := u.axis(op, v, axis)
	return u.once(op, []*trace.Value{v, i}, func(in []Array) Array {
		d := u.DType
		if d == ir.Invalid {
			d = v.DType()
		}
		x := MoveAxis(in[0].AsType(d), a, 0)
		n := x.Shape()[0]
		column := append([]int{-1}, slices.Repeat([]int{1}, v.Rank()-1)...)
		begin := in[1].Reshape(column...)
		end := Concatenate([]Array{in[1].Index(S(1, nil)), FullLike(in[1], n).Index(S(0, min(1, in[1].Len())))}).
			Reshape(column...)
		y := fori(op, n, []Array{Take(x, in[1], 0)}, func(k Array, c []Array) []Array {
			y := c[0]
			next := u.F(y, BroadcastTo(x.Index(k), y.Shape()...)).AsType(d)
			return []Array{Where(k.Gt(begin).And(k.Lt(end)), next, y)}
		})
		return MoveAxis(y[0], 0, a)
	})
}

// At is x with the elements at the index replaced by F of them and values (NumPy ufunc.at): an element that integer
// arrays in the index name several times is replaced as often, in turn. Values broadcast to the shape of what the index
// selects. The index is as in x.At, without bool arrays.
func (u UFunc) At(x Array, values any, idx ...any) Array {
	const op = "jnp.UFunc.At"
	v, w := x.val(op), lift(op, values)
	in := []*trace.Value{v, w}
	var arrays []int // positions in idx
	var shapes [][]int
	for i, part := range idx {
		switch part.(type) {
		case Array, []int, []int32, []int64:
			a := lift(op, part)
			if !a.DType().IsInteger() {
				trace.Fail(op, []ir.Aval{v.Aval(), a.Aval()}, "arrays in the index are of integers, not %v", a.DType())
			}
			in, arrays, shapes = append(in, a), append(arrays, i), append(shapes, a.Shape())
		}
	}
	operands := in
	return u.once(op, in, func(in []Array) Array {
		d := u.resultType(op, v.DType())
		x, w := in[0].AsType(d), in[1].AsType(d)
		replace := func(x, w Array, idx ...any) Array {
			old := x.Index(idx...)
			return x.At(idx...).setCut(u.F(old, BroadcastTo(w, old.Shape()...)))
		}
		if len(arrays) == 0 {
			return replace(x, w, idx...)
		}
		// The arrays' elements one after the other, and beside them the values for what the rest of the index selects.
		shape := kit.BroadcastShapes(op, trace.Avals(operands), shapes...)
		n := ir.SizeOf(shape)
		var xs []Array // the positions, and then the values
		for _, a := range in[2:] {
			xs = append(xs, BroadcastTo(a, shape...).Reshape(n))
		}
		scalars := func(positions []Array, index ...any) []any {
			at := slices.Clone(idx)
			for k, i := range arrays {
				at[i] = positions[k].Index(index...)
			}
			return at
		}
		if n == 0 {
			return x
		}
		inner := x.Index(scalars(xs, 0)...).Shape()
		xs = append(xs, BroadcastTo(w, slices.Concat(shape, inner)...).Reshape(slices.Concat([]int{n}, inner)...))
		last, _ := scan(op, []Array{x}, xs, func(x, s []Array) (_, _ []Array) {
			return []Array{replace(x[0], s[len(arrays)], scalars(s)...)}, nil
		})
		return last[0]
	})
}

// axis is the one axis that a method goes along.
func (u UFunc) axis(op string, v *trace.Value, axis []int) int {
	if v.Rank() == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has no elements to go through")
	}
	return kit.OneAxis(op, axis, 0, v.Rank(), v.Aval())
}

// resultType is the dtype that u computes in: that of F of two numbers of dtype d.
func (u UFunc) resultType(op string, d DType) DType {
	if u.DType != ir.Invalid {
		return u.DType.Canonical(trace.X64())
	}
	one := ir.Scalar(d)
	p, _ := trace.Trace(op, []ir.Aval{one, one}, func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{u.F(Wrap(in[0]), Wrap(in[1])).val(op)}
	})
	return p.OutTypes()[0].DType
}

// once runs f on in: in a trace as it is, eagerly as one program. F may close over anything, so the program is traced
// each time, and found compiled by what it is.
func (u UFunc) once(op string, in []*trace.Value, f func(in []Array) Array) Array {
	if u.F == nil {
		trace.Fail(op, trace.Avals(in), "the UFunc has no function F")
	}
	if trace.Current() != nil || trace.AnyTraced(in...) {
		return f(kit.Map(in, Wrap))
	}
	p, captured := trace.TraceOf(op, in, func(in []*trace.Value) []*trace.Value {
		return []*trace.Value{f(kit.Map(in, Wrap)).val(op)}
	})
	return Wrap(ops.Call("ufunc", p, append(in, captured...))[0])
}
