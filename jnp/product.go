package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// dotParams is what the program of a product of two arrays depends on besides its operands.
type dotParams struct {
	Dims    ops.DotDims
	Options ops.DotOptions
}

// general contracts x and y, promoted, over the axes of dims. PreferredType, where set, is the result's type.
func (o Contraction) general(op string, x, y *trace.Value, dims ops.DotDims) Array {
	p := &dotParams{dims, o.options(x, y)}
	for i, a := range dims.LHSContract {
		if m, n := x.Shape()[a], y.Shape()[dims.RHSContract[i]]; m != n {
			trace.Fail(op, []ir.Aval{x.Aval(), y.Aval()},
				"axis %d of the first operand has length %d and axis %d of the second %d; axes that are multiplied "+
					"and summed must be equally long (transpose one: x.T())",
				a, m, dims.RHSContract[i], n)
		}
	}
	return whole(op, p, []*trace.Value{x, y}, func(in []*trace.Value) *trace.Value {
		d, weak := kit.CommonType(trace.X64(in...), trace.Avals(in)...)
		in = kit.Promote(op, in...)
		z := ops.DotGeneral(in[0], in[1], dims, p.Options)
		if t := p.Options.PreferredType; t != ir.Invalid {
			return ops.Convert(z, t)
		}
		return kit.Convert(op, z, d, weak)
	})
}

// Dot is the product of vectors and matrices: the last axis of x with the first of a vector y, or the last but one of a
// larger y. A scalar multiplies. NumPy's dot; for batches of matrices MatMul is what is wanted.
//
// Options: Contraction (Precision, PreferredType).
func Dot[A, B Operand](x A, y B) Array { return Contraction{}.Dot(x, y) }

// Dot is jnp.Dot with options.
func (o Contraction) Dot(x, y any) Array {
	const op = "jnp.Dot"
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, y)
	var d ops.DotDims
	if a.Rank() > 0 && b.Rank() > 0 {
		d.LHSContract = []int{a.Rank() - 1}
		d.RHSContract = []int{max(b.Rank()-2, 0)}
	}
	return o.general(op, a, b, d)
}

// MatMul is the matrix product of the last two axes, the axes before them broadcast. A vector on the left is a row, one
// on the right a column, and the axis it lends is left out of the result; scalars are refused. NumPy's matmul, Python's
// @.
//
// Options: Contraction (Precision, PreferredType).
func MatMul(x, y Array) Array { return Contraction{}.MatMul(x, y) }

// Labels of matmul's axes; those of the batch follow.
const (
	rowLabel label = iota + 1
	sumLabel
	columnLabel
	batchLabel
)

// MatMul is jnp.MatMul with options.
func (o Contraction) MatMul(x, y Array) Array {
	const op = "jnp.MatMul"
	a, b := x.val(op), y.val(op)
	avals := []ir.Aval{a.Aval(), b.Aval()}
	if a.Rank() == 0 || b.Rank() == 0 {
		trace.Fail(op, avals, "a scalar is no matrix; multiply by it with jnp.Mul")
	}
	if m, n := a.Shape()[a.Rank()-1], b.Shape()[max(b.Rank()-2, 0)]; m != n {
		trace.Fail(op, avals,
			"the last axis of the first operand has length %d and the axis of the second that it meets %d; they must "+
				"be equal (transpose one: x.MT())", m, n)
	}
	if a.Rank() == 2 && b.Rank() <= 2 || a.Rank() == 1 && b.Rank() <= 2 {
		return o.general(op, a, b,
			ops.DotDims{LHSContract: []int{a.Rank() - 1}, RHSContract: []int{max(b.Rank()-2, 0)}})
	}
	batchOf := func(v *trace.Value) []int { return v.Shape()[:max(v.Rank()-2, 0)] }
	ba, bb := batchOf(a), batchOf(b)
	for i := 1; i <= min(len(ba), len(bb)); i++ {
		if m, n := ba[len(ba)-i], bb[len(bb)-i]; m != n && m != 1 && n != 1 {
			trace.Fail(op, avals,
				"the axes before the matrices, %s and %s, do not broadcast: aligned at the end, they must be equal "+
					"or have length 1", ir.ShapeString(ba), ir.ShapeString(bb))
		}
	}
	batch := max(len(ba), len(bb))
	labels := func(n int) (out []label) { // of a batch of n axes, aligned at the end
		for i := batch - n; i < batch; i++ {
			out = append(out, batchLabel+label(i))
		}
		return out
	}
	la, lb, out := labels(len(ba)), labels(len(bb)), labels(batch)
	if a.Rank() > 1 {
		la, out = append(la, rowLabel), append(out, rowLabel)
	}
	la, lb = append(la, sumLabel), append(lb, sumLabel)
	if b.Rank() > 1 {
		lb, out = append(lb, columnLabel), append(out, columnLabel)
	}
	return o.contract(op, []*trace.Value{a, b}, [][]label{la, lb}, out)
}

// VDot is the sum of the products of all elements, those of x conjugated. NumPy's vdot.
//
// Options: Contraction (Precision, PreferredType).
func VDot(x, y Array) Array { return Contraction{}.VDot(x, y) }

// VDot is jnp.VDot with options.
func (o Contraction) VDot(x, y Array) Array {
	const op = "jnp.VDot"
	a, b := x.val(op), y.val(op)
	if m, n := a.Aval().Size(), b.Aval().Size(); m != n {
		trace.Fail(op, []ir.Aval{a.Aval(), b.Aval()}, "the operands have %d and %d elements; they must have as many", m,
			n)
	}
	p := o.options(a, b)
	return whole(op, p, []*trace.Value{a, b}, func(in []*trace.Value) *trace.Value {
		a, b := conjugated(in[0]), in[1]
		return o.general(op, ops.Reshape(a, []int{a.Aval().Size()}), ops.Reshape(b, []int{b.Aval().Size()}),
			ops.DotDims{LHSContract: []int{0}, RHSContract: []int{0}}).v
	})
}

// conjugated is v, conjugated if it is complex.
func conjugated(v *trace.Value) *trace.Value {
	if v.DType().IsComplex() {
		return ops.Conj(v)
	}
	return v
}

// VecDot is the sum of the products along an axis, the last if none is given, elements of x conjugated, the other axes
// broadcast. NumPy's vecdot.
//
// Options: Contraction (Precision, PreferredType).
func VecDot(x, y Array, axis ...int) Array { return Contraction{}.VecDot(x, y, axis...) }

// VecDot is jnp.VecDot with options.
func (o Contraction) VecDot(x, y Array, axis ...int) Array {
	const op = "jnp.VecDot"
	in := nonempty(op, []Array{x, y})
	if len(axis) > 1 {
		trace.Fail(op, trace.Avals(in), "takes one axis, not %v", axis)
	}
	at := axesFromEnd(op, slices.Repeat(axis, 2), in)
	p := struct {
		Axes    []int
		Options Contraction
	}{at, o}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		return o.named(op, "...i,...i->...", toEnd(op, conjugated(in[0]), at[0]), toEnd(op, in[1], at[1])).v
	})
}

// axesFromEnd is an axis of each operand, counted from its end: what axes gives, or the last.
func axesFromEnd(op string, axes []int, in []*trace.Value) []int {
	out := make([]int, len(in))
	for i, v := range in {
		out[i] = -1
		if len(axes) > 0 {
			out[i] = kit.Axis(op, axes[i], v.Rank(), v.Aval()) - v.Rank()
		}
	}
	return out
}

// toEnd moves an axis, counted from the end, to the end.
func toEnd(op string, v *trace.Value, axis int) Array {
	if axis == -1 {
		return Wrap(v)
	}
	return moveAxes(op, Wrap(v), []int{axis}, []int{-1})
}

// MatVec is the product of matrices in the last two axes of x and vectors in the last of y, the other axes broadcast.
// NumPy's matvec.
func MatVec(x, y Array) Array { return Contraction{}.named("jnp.MatVec", "...ij,...j->...i", x, y) }

// VecMat is the product of vectors in the last axis of x, conjugated, and matrices in the last two of y, the other axes
// broadcast. NumPy's vecmat.
func VecMat(x, y Array) Array {
	const op = "jnp.VecMat"
	return whole(op, nil, nonempty(op, []Array{x, y}), func(in []*trace.Value) *trace.Value {
		return Contraction{}.named(op, "...i,...ij->...j", Wrap(conjugated(in[0])), Wrap(in[1])).v
	})
}

// named is an einsum under another name, whose named axes do not broadcast.
func (o Contraction) named(op, subscripts string, x, y Array) Array {
	vs := nonempty(op, []Array{x, y})
	e := parseEinsum(op, subscripts, vs)
	size := map[label]int{}
	for i, t := range e.terms {
		for a, l := range t {
			n := vs[i].Shape()[a]
			if m, ok := size[l]; ok && l > 0 && m != n {
				trace.Fail(op, trace.Avals(vs),
					"the axes to multiply and sum over have lengths %d and %d; they must be equal", m, n)
			}
			size[l] = n
		}
	}
	return o.contract(op, vs, e.terms, e.out)
}

// Inner is the sum of products over the last axes of both operands; a scalar multiplies. NumPy's inner.
//
// Options: Contraction (Precision, PreferredType).
func Inner[A, B Operand](x A, y B) Array { return Contraction{}.Inner(x, y) }

// Inner is jnp.Inner with options.
func (o Contraction) Inner(x, y any) Array {
	const op = "jnp.Inner"
	a, b := kit.LiftAlone(op, x), kit.LiftAlone(op, y)
	var d ops.DotDims
	if a.Rank() > 0 && b.Rank() > 0 {
		d = ops.DotDims{LHSContract: []int{a.Rank() - 1}, RHSContract: []int{b.Rank() - 1}}
	}
	return o.general(op, a, b, d)
}

// TensorDot is the sum of products over several axes: axes is how many of the last of x go with the first of y (2 is
// NumPy's default), or two lists that pair them. NumPy's tensordot.
//
// Options: Contraction (Precision, PreferredType).
func TensorDot[A int | [2]int | [2][]int](x, y Array, axes A) Array {
	return Contraction{}.TensorDot(x, y, axes)
}

// TensorDot is jnp.TensorDot with options. axes is an int, a [2]int or a [2][]int.
func (o Contraction) TensorDot(x, y Array, axes any) Array {
	const op = "jnp.TensorDot"
	a, b := x.val(op), y.val(op)
	avals := []ir.Aval{a.Aval(), b.Aval()}
	var d ops.DotDims
	switch n := axes.(type) {
	case int:
		if n < 0 || n > min(a.Rank(), b.Rank()) {
			trace.Fail(op, avals, "there are no %d axes to sum over in operands of %d and %d", n, a.Rank(), b.Rank())
		}
		d = ops.DotDims{LHSContract: kit.From(a.Rank()-n, n), RHSContract: kit.UpTo(n)}
	case [2]int:
		d = ops.DotDims{LHSContract: kit.Axes(op, n[:1], a.Rank(), a.Aval()),
			RHSContract: kit.Axes(op, n[1:], b.Rank(), b.Aval())}
	case [2][]int:
		if len(n[0]) != len(n[1]) {
			trace.Fail(op, avals, "%d axes of the first operand do not pair with %d of the second", len(n[0]),
				len(n[1]))
		}
		d = ops.DotDims{LHSContract: kit.Axes(op, n[0], a.Rank(), a.Aval()),
			RHSContract: kit.Axes(op, n[1], b.Rank(), b.Aval())}
	default:
		trace.Fail(op, avals, "axes must be an int, a [2]int or a [2][]int, not %T", axes)
	}
	return o.general(op, a, b, d)
}

// Outer is the products of all pairs of elements, [size of x, size of y]. NumPy's outer.
func Outer(x, y Array) Array {
	const op = "jnp.Outer"
	in := []*trace.Value{x.val(op), y.val(op)}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = kit.Promote(op, in...)
		m, n := in[0].Aval().Size(), in[1].Aval().Size()
		a := ops.BroadcastInDim(ops.Reshape(in[0], []int{m}), []int{m, n}, []int{0})
		b := ops.BroadcastInDim(ops.Reshape(in[1], []int{n}), []int{m, n}, []int{1})
		return prodKind.combine(a, b)
	})
}

// Kron is the Kronecker product: y in every place of x, times the element there. NumPy's kron.
func Kron(x, y Array) Array {
	const op = "jnp.Kron"
	in := []*trace.Value{x.val(op), y.val(op)}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = kit.Promote(op, in...)
		rank := max(in[0].Rank(), in[1].Rank())
		var wide, out []int
		dims := [2][]int{}
		padded := [2][]int{}
		for i, v := range in {
			padded[i] = slices.Concat(slices.Repeat([]int{1}, rank-v.Rank()), v.Shape())
		}
		for a := range rank {
			wide = append(wide, padded[0][a], padded[1][a])
			out = append(out, padded[0][a]*padded[1][a])
			dims[0], dims[1] = append(dims[0], 2*a), append(dims[1], 2*a+1)
		}
		a := ops.BroadcastInDim(ops.Reshape(in[0], padded[0]), wide, dims[0])
		b := ops.BroadcastInDim(ops.Reshape(in[1], padded[1]), wide, dims[1])
		return ops.Reshape(prodKind.combine(a, b), out)
	})
}

// Cross is the vector product along an axis, of length 3 in both operands (or 2, whose product is the scalar in the
// third direction; a length of 2 with one of 3 is taken as having 0 there). The other axes broadcast. axes is none for
// the last axis of the operands and the result, one for that of all three, or three: of x, of y, of the result. NumPy's
// cross.
func Cross(x, y Array, axes ...int) Array {
	const op = "jnp.Cross"
	in := nonempty(op, []Array{x, y})
	p := struct{ Axes, Out []int }{}
	switch len(axes) {
	case 0:
	case 1:
		p.Axes, p.Out = slices.Repeat(axes, 2), axes
	case 3:
		p.Axes, p.Out = axes[:2], axes[2:]
	default:
		trace.Fail(op, trace.Avals(in), "takes one axis, or those of both operands and the result, not %v", axes)
	}
	p.Axes = axesFromEnd(op, p.Axes, in)
	for i, v := range in {
		if a := v.Rank() + p.Axes[i]; a < 0 || v.Shape()[a] != 2 && v.Shape()[a] != 3 {
			trace.Fail(op, trace.Avals(in),
				"the axis of the vectors, the last if none is given, must have length 2 or 3")
		}
	}
	return whole(op, p, in, func(in []*trace.Value) *trace.Value {
		in = kit.Promote(op, toEnd(op, in[0], p.Axes[0]).v, toEnd(op, in[1], p.Axes[1]).v)
		z, vectors := crossLast(op, in)
		if p.Out == nil || !vectors {
			return z
		}
		return moveAxes(op, Wrap(z), []int{-1}, p.Out).v
	})
}

// crossLast is the vector product along the last axis, and whether it has that axis: two operands of length 2 make
// scalars.
func crossLast(op string, in []*trace.Value) (_ *trace.Value, vectors bool) {
	part := func(v *trace.Value, i int) *trace.Value { // component i, nil where it is 0
		a := v.Rank() - 1
		if i >= v.Shape()[a] {
			return nil
		}
		return ops.Reshape(ops.SliceInDim(v, i, i+1, 1, a), v.Shape()[:a])
	}
	mul := func(i, j int) *trace.Value {
		a, b := part(in[0], i), part(in[1], j)
		if a == nil || b == nil {
			return nil
		}
		shape := kit.BroadcastShapes(op, nil, a.Shape(), b.Shape())
		return ops.Mul(kit.BroadcastTo(a, shape), kit.BroadcastTo(b, shape))
	}
	minor := func(i, j int) *trace.Value {
		a, b := mul(i, j), mul(j, i)
		switch {
		case b == nil:
			return a
		case a == nil:
			return ops.Neg(b)
		}
		return ops.Sub(a, b)
	}
	z := minor(0, 1)
	if in[0].Shape()[in[0].Rank()-1] == 2 && in[1].Shape()[in[1].Rank()-1] == 2 {
		return z, false
	}
	out := []*trace.Value{minor(1, 2), minor(2, 0), z}
	for i, v := range out {
		out[i] = ops.Reshape(v, append(slices.Clone(v.Shape()), 1))
	}
	return ops.Concatenate(out, z.Rank()), true
}

// Diagonals holds the keyword arguments of Trace.
type Diagonals struct {
	Offset int // which diagonal: above the main one if positive
	DType  DType
}

// Trace is the sum along the diagonal of two axes (0 and 1 if not given), in the types of Sum. NumPy's trace.
//
// Options: Diagonals (Offset, DType).
func Trace(x Array, axes ...int) Array { return Diagonals{}.Trace(x, axes...) }

// Trace is jnp.Trace with options.
func (o Diagonals) Trace(x Array, axes ...int) Array {
	const op = "jnp.Trace"
	v := x.val(op)
	if axes == nil {
		axes = []int{0, 1}
	}
	if len(axes) != 2 || v.Rank() < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a diagonal lies between two axes, not %v of %d", axes, v.Rank())
	}
	at := kit.Axes(op, axes, v.Rank(), v.Aval())
	p := struct {
		Axes   []int
		Offset int
		Sum    reduceParams
	}{at, o.Offset,
		reduceParams{Kind: sumKind, Axes: []int{v.Rank() - 2}, DType: Reduction{DType: o.DType}.dtype(op, v)}}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value {
		return p.Sum.build([]*trace.Value{diagonal(v, o.Offset, at[0], at[1])})
	})
}

// Dot is jnp.Dot.
func (x Array) Dot(y any) Array { return Contraction{}.Dot(x, y) }

// MatMul is jnp.MatMul.
func (x Array) MatMul(y Array) Array { return MatMul(x, y) }
