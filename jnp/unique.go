package jnp

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Uniqueness holds the keyword arguments of Unique and its relatives.
type Uniqueness struct {
	// Size is the number of values to return, which must be given where x is traced (how many there are depends on its
	// elements): more are cut, fewer filled up with Fill.
	Size int
	// Fill is the value for missing ones where Size is more than there are; unset, the smallest.
	Fill any
	// DistinctNaN takes each NaN as a value of its own; by default all are one.
	DistinctNaN bool
}

// Unique is the different elements of x in ascending order, or the different subarrays along the axis where one is given. NumPy's unique.
func Unique(x Array, axis ...int) Array { return Uniqueness{}.Unique(x, axis...) }

// Unique is jnp.Unique with options.
func (o Uniqueness) Unique(x Array, axis ...int) Array {
	values, _, _, _ := o.run("jnp.Unique", x, axis)
	return values
}

// UniqueAll is the values of Unique, the position of the first of each, for each element which of them it is (in x's shape where
// there is no axis), and how many there are of each.
func UniqueAll(x Array, axis ...int) (values, indices, inverse, counts Array) {
	return Uniqueness{}.UniqueAll(x, axis...)
}

// UniqueAll is jnp.UniqueAll with options.
func (o Uniqueness) UniqueAll(x Array, axis ...int) (values, indices, inverse, counts Array) {
	return o.run("jnp.UniqueAll", x, axis)
}

// UniqueCounts is the values of Unique and how many there are of each.
func UniqueCounts(x Array, axis ...int) (values, counts Array) {
	values, _, _, counts = Uniqueness{}.run("jnp.UniqueCounts", x, axis)
	return values, counts
}

// UniqueInverse is the values of Unique and, for each element of x, which of them it is.
func UniqueInverse(x Array, axis ...int) (values, inverse Array) {
	values, _, inverse, _ = Uniqueness{}.run("jnp.UniqueInverse", x, axis)
	return values, inverse
}

type uniqueParams struct {
	Flat, DistinctNaN, HasFill bool
	Axis, Size                 int
}

func (o Uniqueness) run(op string, x Array, axis []int) (vals, indices, inverse, counts Array) {
	v := x.val(op)
	p := uniqueParams{Flat: len(axis) == 0, DistinctNaN: o.DistinctNaN, Size: o.Size}
	if !p.Flat {
		p.Axis = lastAxis(op, v, axis)
	}
	if o.Size < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Size is %d; it must be positive, or 0 for as many as there are", o.Size)
	}
	if o.Size == 0 && trace.AnyTraced(v) {
		trace.Fail(op, []ir.Aval{v.Aval()}, "how many values there are depends on a traced array; give the number: jnp.Uniqueness{Size: n}")
	}
	shape := v.Shape()
	n := v.Aval().Size()
	if !p.Flat {
		n = shape[p.Axis]
	}
	if n == 0 && o.Size > 0 && o.Fill == nil {
		trace.Fail(op, []ir.Aval{v.Aval()}, "there are no elements, so Size needs Fill")
	}
	// First everything that does not depend on how many values there are.
	sorted := trace.Whole(op+".sort", uniqueParams{Flat: p.Flat, DistinctNaN: p.DistinctNaN, Axis: p.Axis}, []*trace.Value{v},
		func(x []*trace.Value) []*trace.Value { return p.sort(x[0]) })
	if p.Size == 0 && n > 0 {
		p.Size = Wrap(sorted[3]).itemInt()
	}
	in := append([]*trace.Value{v}, sorted...)
	if o.Fill != nil {
		p.HasFill = true
		f := liftAs(o.Fill, v.Aval(), op)
		if f.Rank() != 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "Fill must be a scalar, not of shape %s", ir.ShapeString(f.Shape()))
		}
		in = append(in, f)
	}
	out := trace.Whole(op, p, in, p.pick)
	return Wrap(out[0]), Wrap(out[1]), Wrap(out[2]), Wrap(out[3])
}

// itemInt is the one element of an integer array.
func (x Array) itemInt() int { return ToSlice[int](x)[0] }

// rows is v as a matrix whose rows are compared.
func (p uniqueParams) rows(v *trace.Value) *trace.Value {
	if p.Flat {
		return reshape(v, []int{v.Aval().Size(), 1})
	}
	rest, kept := without(v.Shape(), []int{p.Axis})
	v = transpose(v, append([]int{p.Axis}, kept...))
	return reshape(v, []int{v.Shape()[0], ir.SizeOf(rest)})
}

// sort gives the order of v's rows, where a new value starts in that order, the number of the value there, and how many
// values there are.
func (p uniqueParams) sort(v *trace.Value) []*trace.Value {
	r := p.rows(v)
	d := ir.Int64.Canonical(trace.X64(v))
	n, m := r.Shape()[0], r.Shape()[1]
	perm := lax.Iota(d, []int{n}, 0)
	if n == 0 {
		return []*trace.Value{perm, full([]int{0}, ir.BoolLit(false)), perm, lax.ScalarLit(ir.IntLit(0, d))}
	}
	starts := full([]int{n}, ir.BoolLit(false))
	if m > 0 {
		keys := make([]*trace.Value, m, m+1)
		for j := range keys {
			keys[j] = reshape(lax.SliceInDim(r, j, j+1, 1, 1), []int{n})
		}
		keys = lax.Sort(append(keys, perm), 0, true, m)
		perm = keys[m]
		for _, k := range keys[:m] {
			a, b := lax.SliceInDim(k, 1, n, 1, 0), lax.SliceInDim(k, 0, n-1, 1, 0)
			ne := lax.Ne(a, b)
			if k.DType().IsInexact() && !p.DistinctNaN {
				ne = lax.And(ne, lax.Not(lax.And(isNaN(a), isNaN(b))))
			}
			starts = lax.Or(starts, lax.Concatenate([]*trace.Value{full([]int{1}, ir.BoolLit(false)), ne}, 0))
		}
	}
	starts = lax.Or(starts, lax.Eq(lax.Iota(d, []int{n}, 0), full([]int{n}, ir.IntLit(0, d))))
	number := lax.Sub(lax.CumSum(lax.Convert(starts, d), 0, false), full([]int{n}, ir.IntLit(1, d)))
	count := lax.ReduceSum(lax.Convert(starts, d), []int{0})
	return []*trace.Value{perm, starts, number, count}
}

// pick makes the results of size p.Size. x are the operand, what sort gives, and Fill if there is one.
func (p uniqueParams) pick(x []*trace.Value) []*trace.Value {
	v, perm, number, count := x[0], x[1], x[3], x[4]
	d := perm.DType()
	n, size := perm.Shape()[0], p.Size
	at := func(n int, k int64) *trace.Value { return full([]int{n}, ir.IntLit(k, d)) }
	// start[k] is the first position, in the sorted order, of value k; n where there are fewer values.
	start := at(size+1, int64(n))
	if n > 0 {
		start = lax.ScatterMin(start, reshape(number, []int{n, 1}), lax.Iota(d, []int{n}, 0),
			lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}, lax.ScatterOptions{Mode: lax.Fill, IndicesAreSorted: true})
	}
	lo, hi := lax.SliceInDim(start, 0, size, 1, 0), lax.SliceInDim(start, 1, size+1, 1, 0)
	counts := lax.Sub(hi, lo)
	valid := lax.Lt(lax.Iota(d, []int{size}, 0), lax.BroadcastInDim(count, []int{size}, nil))
	first := lax.Select(valid, lo, at(size, 0))
	axis := p.Axis
	if p.Flat {
		v = reshape(v, []int{v.Aval().Size()})
	}
	shape := slices.Clone(v.Shape())
	shape[axis] = size
	var vals *trace.Value
	indices := at(size, 0)
	if n > 0 {
		indices = takeAlong(perm, first, 0)
		vals = takeAlong(v, indices, axis)
	} else {
		vals = full(shape, ir.IntLit(0, v.DType()))
	}
	if p.HasFill {
		f := lax.BroadcastInDim(convert("jnp.Unique", x[5], v.DType(), v.Aval().Weak), shape, nil)
		vals = lax.Select(lax.BroadcastInDim(valid, shape, []int{axis}), convert("jnp.Unique", vals, v.DType(), v.Aval().Weak), f)
	}
	inverse := at(n, 0)
	if n > 0 {
		inverse = lax.Scatter(inverse, reshape(perm, []int{n, 1}), number,
			lax.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}}, lax.ScatterOptions{Mode: lax.PromiseInBounds, UniqueIndices: true})
	}
	if p.Flat {
		inverse = reshape(inverse, x[0].Shape())
	}
	return []*trace.Value{vals, indices, inverse, counts}
}

// Union1D is the different elements of both arrays together, in ascending order. NumPy's union1d.
func Union1D(x, y Array) Array { return Uniqueness{}.Union1D(x, y) }

// Union1D is jnp.Union1D with options.
func (o Uniqueness) Union1D(x, y Array) Array {
	return o.Unique(Concatenate([]Array{Ravel(x), Ravel(y)}))
}

// IsIn reports for each element of x whether it is among those of values. NumPy's isin. NaN are not found.
func IsIn(x, values Array) Array {
	const op = "jnp.IsIn"
	in := []*trace.Value{x.val(op), values.val(op)}
	return whole(op, nil, in, func(in []*trace.Value) *trace.Value {
		in = promoteValues(op, in...)
		v, w := in[0], in[1]
		n := w.Aval().Size()
		if n == 0 {
			return full(v.Shape(), ir.BoolLit(false))
		}
		w = reshape(w, []int{n})
		if n > 32 && !v.DType().IsComplex() { // sorted, each is found by bisection
			w = lax.Sort([]*trace.Value{w}, 0, false, 1)[0]
			i := lax.Min(search(w, v, false), full(v.Shape(), ir.IntLit(int64(n-1), ir.Int32)))
			return lax.Eq(takeIn(w, i), v)
		}
		shape := append(slices.Clone(v.Shape()), n)
		eq := lax.Eq(lax.BroadcastInDim(v, shape, upTo(v.Rank())), lax.BroadcastInDim(w, shape, []int{v.Rank()}))
		return lax.ReduceOr(eq, []int{v.Rank()})
	})
}
