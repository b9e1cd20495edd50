package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Uniqueness holds the keyword arguments of Unique and its relatives.
type Uniqueness struct {
	// Size is the number of values to return, which must be given where x is traced (how many there are depends on its
	// elements): more are cut, fewer filled up with Fill.
	Size int
	// FillValue is the value for missing ones where Size is more than there are; unset, the smallest.
	FillValue any
	// DistinctNaN takes each NaN as a value of its own; by default all are one. For Unique and UniqueReturned alone.
	DistinctNaN bool
	// AssumeUnique promises the set functions of two arrays (Intersect1D, SetDiff1D, SetXor1D) that neither holds a
	// value twice.
	AssumeUnique bool
}

// Unique is the different elements of x in ascending order, or the different subarrays along the axis where one is
// given. NumPy's unique. How many there are depends on the elements, so x must be concrete, or Size given.
//
// Options: Uniqueness (Size, FillValue, DistinctNaN).
func Unique(x Array, axis ...int) Array { return Uniqueness{}.Unique(x, axis...) }

// Unique is jnp.Unique with options.
func (o Uniqueness) Unique(x Array, axis ...int) Array {
	values, _, _, _ := o.run("jnp.Unique", x, axis, false)
	return values
}

// UniqueReturned is the values of Unique with all that NumPy's return_index, return_inverse and return_counts add: the
// position of the first of each value, for each element (or subarray) of x which of the values it is, in x's shape
// where there is no axis, and how many there are of each.
//
// Options: Uniqueness (Size, FillValue, DistinctNaN).
func UniqueReturned(x Array, axis ...int) (values, indices, inverse, counts Array) {
	return Uniqueness{}.UniqueReturned(x, axis...)
}

// UniqueReturned is jnp.UniqueReturned with options.
func (o Uniqueness) UniqueReturned(x Array, axis ...int) (values, indices, inverse, counts Array) {
	return o.run("jnp.UniqueReturned", x, axis, true)
}

// UniqueAll is the different elements of x in ascending order, the position of the first of each, for each element
// which of them it is, and how many there are of each: unique_all of the array API, in which each NaN is a value of its
// own.
//
// Options: Uniqueness (Size, FillValue).
func UniqueAll(x Array) (values, indices, inverse, counts Array) { return Uniqueness{}.UniqueAll(x) }

// UniqueAll is jnp.UniqueAll with the options Size and Fill.
func (o Uniqueness) UniqueAll(x Array) (values, indices, inverse, counts Array) {
	o.DistinctNaN = true
	return o.run("jnp.UniqueAll", x, nil, true)
}

// UniqueCounts is the different elements of x and how many there are of each, each NaN for itself (the array API's
// unique_counts).
//
// Options: Uniqueness (Size, FillValue).
func UniqueCounts(x Array) (values, counts Array) { return Uniqueness{}.UniqueCounts(x) }

// UniqueCounts is jnp.UniqueCounts with the options Size and Fill.
func (o Uniqueness) UniqueCounts(x Array) (values, counts Array) {
	o.DistinctNaN = true
	values, _, _, counts = o.run("jnp.UniqueCounts", x, nil, false)
	return values, counts
}

// UniqueInverse is the different elements of x and, for each element, which of them it is, in x's shape; each NaN
// counts for itself (the array API's unique_inverse).
//
// Options: Uniqueness (Size, FillValue).
func UniqueInverse(x Array) (values, inverse Array) { return Uniqueness{}.UniqueInverse(x) }

// UniqueInverse is jnp.UniqueInverse with the options Size and Fill.
func (o Uniqueness) UniqueInverse(x Array) (values, inverse Array) {
	o.DistinctNaN = true
	values, _, inverse, _ = o.run("jnp.UniqueInverse", x, nil, true)
	return values, inverse
}

// UniqueValues is Unique in which each NaN is a value of its own (the array API's unique_values).
//
// Options: Uniqueness (Size, FillValue).
func UniqueValues(x Array) Array { return Uniqueness{}.UniqueValues(x) }

// UniqueValues is jnp.UniqueValues with the options Size and Fill.
func (o Uniqueness) UniqueValues(x Array) Array {
	o.DistinctNaN = true
	values, _, _, _ := o.run("jnp.UniqueValues", x, nil, false)
	return values
}

type uniqueParams struct {
	Flat, DistinctNaN, HasFill bool
	Axis, Size                 int
	// Positions are asked for: those of the values (indices), or those of the elements among the values (inverse).
	Positions bool
}

func (o Uniqueness) run(op string, x Array, axis []int, positions bool) (vals, indices, inverse, counts Array) {
	v := x.val(op)
	p := uniqueParams{DistinctNaN: o.DistinctNaN, Size: o.Size, Positions: positions}
	p.Axis, p.Flat = kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	if o.Size < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Size is %d; it must be positive, or 0 for as many as there are", o.Size)
	}
	if o.Size == 0 && trace.AnyTraced(v) {
		trace.Fail(op, []ir.Aval{v.Aval()},
			"how many values there are depends on a traced array; give the number: jnp.Uniqueness{Size: n}")
	}
	shape := v.Shape()
	n := v.Aval().Size()
	if !p.Flat {
		n = shape[p.Axis]
	}
	if n == 0 && o.Size > 0 && o.FillValue == nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "there are no elements, so Size needs Fill")
	}
	// First everything that does not depend on how many values there are.
	whole := struct {
		Flat, DistinctNaN, Positions bool
		Axis                         int
	}{p.Flat, p.DistinctNaN, p.Positions, p.Axis}
	sorted := trace.Whole(op, whole, []*trace.Value{v}, func(x []*trace.Value) []*trace.Value { return p.sort(x[0]) })
	if p.Size == 0 && n > 0 {
		p.Size = Wrap(sorted[2]).itemInt()
	}
	in := append([]*trace.Value{v}, sorted...)
	if o.FillValue != nil {
		p.HasFill = true
		f := kit.LiftFor(op, o.FillValue, v.Aval())
		if f.Rank() != 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "Fill must be a scalar, not of shape %s", ir.ShapeString(f.Shape()))
		}
		in = append(in, f)
	}
	out := trace.Whole(op, p, in, p.pick)
	if !positions {
		return Wrap(out[0]), Array{}, Array{}, Wrap(out[1])
	}
	return Wrap(out[0]), Wrap(out[2]), Wrap(out[3]), Wrap(out[1])
}

// itemInt is the one element of an integer array.
func (x Array) itemInt() int { return ToSlice[int](x)[0] }

// rows is v as a matrix whose rows are compared.
func (p uniqueParams) rows(v *trace.Value) *trace.Value {
	if p.Flat {
		return ops.Reshape(v, []int{v.Aval().Size(), 1})
	}
	rest, kept := kit.Without(v.Shape(), []int{p.Axis})
	v = ops.Transpose(v, append([]int{p.Axis}, kept...))
	return ops.Reshape(v, []int{v.Shape()[0], ir.SizeOf(rest)})
}

// sort gives the order of v's rows (where single ones are compared and no positions asked for, them in that order), the
// number of the value at each place of it, and how many values there are.
func (p uniqueParams) sort(v *trace.Value) []*trace.Value {
	r := p.rows(v)
	d := kit.DefaultInt(v)
	n, m := r.Shape()[0], r.Shape()[1]
	order := ops.Iota(d, []int{n}, 0)
	if n == 0 {
		return []*trace.Value{order, order, ops.ScalarLit(ir.IntLit(0, d))}
	}
	differ := ops.Full([]int{n - 1}, ir.BoolLit(false)) // from the row before
	if m > 0 {
		keys := make([]*trace.Value, m)
		for j := range keys {
			keys[j] = ops.Reshape(ops.SliceInDim(r, j, j+1, 1, 1), []int{n})
		}
		if p.sortsValues(m) {
			keys = ops.Sort(keys, 0, true, m)
			order = keys[0]
		} else {
			keys, order = ops.SortWithPositions(keys, 0, true, m)
			order = ops.Convert(order, d)
		}
		for _, k := range keys {
			a, b := ops.SliceInDim(k, 1, n, 1, 0), ops.SliceInDim(k, 0, n-1, 1, 0)
			ne := ops.NeExact(a, b)
			if k.DType().IsInexact() && !p.DistinctNaN {
				ne = ops.And(ne, ops.Not(ops.And(isNaN(a), isNaN(b))))
			}
			differ = ops.Or(differ, ne)
		}
	}
	first := ops.Full([]int{1}, ir.IntLit(0, d))
	number := ops.CumSum(ops.Concatenate([]*trace.Value{first, ops.Convert(differ, d)}, 0), 0, false)
	last := ops.Reshape(ops.SliceInDim(number, n-1, n, 1, 0), nil)
	return []*trace.Value{order, number, ops.Add(last, ops.FullLike(last, 1))}
}

// sortsValues is whether sort gives the values themselves, of m elements each.
func (p uniqueParams) sortsValues(m int) bool { return !p.Positions && m == 1 }

// starts is where each of the first size+1 values starts in the order, n where there are fewer.
func (p uniqueParams) starts(number *trace.Value) *trace.Value {
	const few = 64 // times as many elements as values make bisection faster
	n, d := number.Shape()[0], number.DType()
	if n >= few*(p.Size+1) {
		return ops.Convert(search(number, ops.Iota(d, []int{p.Size + 1}, 0), false), d)
	}
	start := ops.Full([]int{p.Size + 1}, ir.IntLit(int64(n), d))
	if n == 0 {
		return start
	}
	return ops.ScatterMin(start, ops.Reshape(number, []int{n, 1}), ops.Iota(d, []int{n}, 0),
		ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		ops.ScatterOptions{Mode: ops.Fill, IndicesAreSorted: true})
}

// pick makes the results of size p.Size: values, counts, and if they are asked for indices and the inverse. x are the
// operand, what sort gives, and Fill if there is one.
func (p uniqueParams) pick(x []*trace.Value) []*trace.Value {
	v, order, number, count := x[0], x[1], x[2], x[3]
	d := number.DType()
	n, size := number.Shape()[0], p.Size
	at := func(n int, k int64) *trace.Value { return ops.Full([]int{n}, ir.IntLit(k, d)) }
	start := p.starts(number)
	lo, hi := ops.SliceInDim(start, 0, size, 1, 0), ops.SliceInDim(start, 1, size+1, 1, 0)
	counts := ops.Sub(hi, lo)
	valid := ops.Lt(ops.Iota(d, []int{size}, 0), ops.BroadcastInDim(count, []int{size}, nil))
	first := ops.Select(valid, lo, at(size, 0))
	axis := p.Axis
	shape := slices.Clone(v.Shape())
	if p.Flat {
		shape = []int{size}
		v = ops.Reshape(v, []int{v.Aval().Size()})
	} else {
		shape[axis] = size
	}
	var vals *trace.Value
	indices := at(size, 0)
	switch {
	case n == 0:
		vals = ops.Full(shape, ir.IntLit(0, v.DType()))
	case p.sortsValues(v.Aval().Size() / n):
		vals = ops.Reshape(takeAlong(order, first, 0), shape)
	default:
		indices = takeAlong(order, first, 0)
		vals = takeAlong(v, indices, axis)
	}
	if p.HasFill {
		f := ops.BroadcastInDim(kit.Convert("jnp.Unique", x[4], v.DType(), v.Aval().Weak), shape, nil)
		vals = ops.Select(ops.BroadcastInDim(valid, shape, []int{axis}),
			kit.Convert("jnp.Unique", vals, v.DType(), v.Aval().Weak), f)
	}
	if !p.Positions {
		return []*trace.Value{vals, counts}
	}
	inverse := at(n, 0)
	if n > 0 {
		inverse = ops.Scatter(inverse, ops.Reshape(order, []int{n, 1}), number,
			ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
			ops.ScatterOptions{Mode: ops.PromiseInBounds, UniqueIndices: true})
	}
	if p.Flat {
		inverse = ops.Reshape(inverse, x[0].Shape())
	}
	return []*trace.Value{vals, counts, indices, inverse}
}
