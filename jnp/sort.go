package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Sorting holds the keyword arguments of Sort and ArgSort.
type Sorting struct {
	// Descending puts the largest first (NaN before all). Equal elements keep their order all the same in ArgSort.
	Descending bool
	// Unstable lets equal elements change places, which may be faster.
	Unstable bool
	// DType of the positions that ArgSort returns, an integer type; unset, the default integer.
	DType DType
}

type sortParams struct {
	Axis                 int
	Descending, Unstable bool
	DType                ir.DType
}

// Sort is x with elements in ascending order along the axis (the last if none is given), NaN last, -0 and 0 equal;
// complex numbers by real, then imaginary part. NumPy's sort.
//
// Options: Sorting (Descending, Unstable).
func Sort(x Array, axis ...int) Array { return Sorting{}.Sort(x, axis...) }

// Sort is jnp.Sort with options.
func (s Sorting) Sort(x Array, axis ...int) Array { return s.sort("jnp.Sort", x, axis) }

func (s Sorting) sort(op string, x Array, axis []int) Array {
	v := x.val(op)
	p := sortParams{Axis: kit.OneAxis(op, axis, -1, v.Rank(), v.Aval()), Descending: s.Descending, Unstable: s.Unstable}
	if s.DType != ir.Invalid {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the field DType of Sorting is for ArgSort; leave it out")
	}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value {
		y := ops.Sort([]*trace.Value{v}, p.Axis, !p.Unstable, 1)[0]
		if p.Descending {
			y = ops.Rev(y, []int{p.Axis})
		}
		return y
	})
}

// ArgSort is the positions along the axis (the last if none is given) that would sort x, in the default integer type;
// equal elements in their order. NumPy's argsort with kind="stable".
//
// Options: Sorting (Descending, Unstable, DType).
func ArgSort(x Array, axis ...int) Array { return Sorting{}.ArgSort(x, axis...) }

// ArgSort is jnp.ArgSort with options.
func (s Sorting) ArgSort(x Array, axis ...int) Array { return s.argSort("jnp.ArgSort", x, axis) }

func (s Sorting) argSort(op string, x Array, axis []int) Array {
	v := x.val(op)
	p := sortParams{kit.OneAxis(op, axis, -1, v.Rank(), v.Aval()), s.Descending, s.Unstable, kit.DefaultInt(v)}
	if s.DType != ir.Invalid {
		if p.DType = kit.AskedDType(op, s.DType, v.Aval()); !p.DType.IsInteger() {
			trace.Fail(op, []ir.Aval{v.Aval()}, "positions cannot be %v; DType must be an integer type", s.DType)
		}
	}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value {
		// Reversed before and after, equal elements end up in their order.
		turn := p.Descending && !p.Unstable
		if turn {
			v = ops.Rev(v, []int{p.Axis})
		}
		i := ops.ArgSort([]*trace.Value{v}, p.Axis, !p.Unstable)
		if turn {
			i = ops.Sub(ops.FullLike(i, float64(v.Shape()[p.Axis]-1)), i)
		}
		if p.Descending {
			i = ops.Rev(i, []int{p.Axis})
		}
		return ops.Convert(i, p.DType)
	})
}

// LexSort is the positions that would sort by several keys of one shape, the last key first, along the axis (the last
// if none is given). NumPy's lexsort.
func LexSort(keys []Array, axis ...int) Array {
	const op = "jnp.LexSort"
	vs := nonempty(op, keys)
	for i, v := range vs {
		if !slices.Equal(v.Shape(), vs[0].Shape()) {
			trace.Fail(op, trace.Avals(vs), "key %d has shape %s and the first one %s; keys must have one shape", i,
				ir.ShapeString(v.Shape()), ir.ShapeString(vs[0].Shape()))
		}
	}
	if vs[0].Rank() == 0 {
		return Wrap(ops.ScalarLit(ir.IntLit(0, kit.DefaultInt(vs...))))
	}
	a := kit.OneAxis(op, axis, -1, vs[0].Rank(), vs[0].Aval())
	return whole(op, struct{ Axis int }{a}, vs, func(vs []*trace.Value) *trace.Value {
		vs = slices.Clone(vs)
		slices.Reverse(vs)
		return ops.Convert(ops.ArgSort(vs, a, true), kit.DefaultInt(vs...))
	})
}

// Partition is x with the element that belongs at position kth of the sorted axis (the last if none is given) there,
// smaller ones before it and larger ones after, either in no particular order. NumPy's partition. NaN belong behind all
// numbers.
func Partition(x Array, kth int, axis ...int) Array {
	const op = "jnp.Partition"
	if a, k, ok := partitions(op, x, kth, axis); ok {
		return whole1(op, [2]int{a, k}, x.v, func(v *trace.Value) *trace.Value {
			y, _ := alongLast(v, a, k)
			return y
		})
	}
	return Sorting{}.sort(op, x, axis)
}

// ArgPartition is the positions that would make Partition of x. NumPy's argpartition.
func ArgPartition(x Array, kth int, axis ...int) Array {
	const op = "jnp.ArgPartition"
	if a, k, ok := partitions(op, x, kth, axis); ok {
		return whole1(op, [2]int{a, k}, x.v, func(v *trace.Value) *trace.Value {
			_, i := alongLast(v, a, k)
			return ops.Convert(i, kit.DefaultInt(v))
		})
	}
	return Sorting{}.argSort(op, x, axis)
}

// partitions checks kth, and gives it and the axis counted from 0, and whether vectors are so long that it takes less
// to partition than to sort them. Complex numbers are sorted.
func partitions(op string, x Array, kth int, axis []int) (a, k int, long bool) {
	const short = 64
	v := x.val(op)
	a = kit.OneAxis(op, axis, -1, v.Rank(), v.Aval())
	n := v.Shape()[a]
	if kth < -n || kth >= n {
		trace.Fail(op, []ir.Aval{v.Aval()}, "position %d is out of range for an axis of %d elements", kth, n)
	}
	if kth < 0 {
		kth += n
	}
	return a, kth, n > short && n <= math.MaxInt32 && !v.DType().IsComplex() && v.DType() != ir.Bool
}

// alongLast is ops.Partition along an axis.
func alongLast(v *trace.Value, axis, k int) (values, positions *trace.Value) {
	last := v.Rank() - 1
	perm := kit.UpTo(v.Rank())
	perm[axis], perm[last] = last, axis // its own inverse
	values, positions = ops.Partition(ops.Transpose(v, perm), k)
	return ops.Transpose(values, perm), ops.Transpose(positions, perm)
}

// SortComplex is x sorted along its last axis, as complex numbers. NumPy's sort_complex.
func SortComplex(x Array) Array {
	const op = "jnp.SortComplex"
	v := x.val(op)
	a := kit.OneAxis(op, nil, -1, v.Rank(), v.Aval())
	return whole1(op, nil, v, func(v *trace.Value) *trace.Value {
		y := ops.Sort([]*trace.Value{v}, a, true, 1)[0]
		if d := y.DType(); !d.IsComplex() {
			y = ops.Convert(y, kit.Inexact(d).Complex())
		}
		return kit.Strong(y)
	})
}

// Search holds the keyword arguments of SearchSorted and Digitize.
type Search struct {
	// Right finds the last place to insert at, after equal elements, instead of the first; of Digitize, the upper edge
	// of a bin belongs to it instead of the lower one.
	Right bool
	// Sorter, of SearchSorted, is the positions that sort the first operand (ArgSort), where it is not sorted.
	Sorter Array
}

// SearchSorted is, for each element of v, the first place in sorted (of one axis, ascending) at which inserting it
// would keep the order of Sort: int32, of v's shape. NaN count as largest. NumPy's searchsorted.
//
// Options: Search (Right, Sorter).
func SearchSorted[V Operand](sorted Array, v V) Array { return Search{}.SearchSorted(sorted, v) }

// SearchSorted is jnp.SearchSorted with options.
func (s Search) SearchSorted(sorted Array, v any) Array {
	const op = "jnp.SearchSorted"
	a := sorted.val(op)
	q := liftBeside(op, v, a)
	in := []*trace.Value{a, q}
	if a.Rank() != 1 {
		trace.Fail(op, trace.Avals(in), "the sorted array must have one axis, not %d", a.Rank())
	}
	if o := s.Sorter.v; o != nil {
		if o.Rank() != 1 || o.Shape()[0] != a.Shape()[0] || !o.DType().IsInteger() {
			trace.Fail(op, trace.Avals(in), "Sorter must be integers, one for each of the %d sorted elements, not %v",
				a.Shape()[0], o.Aval())
		}
		in = append(in, o)
	}
	return whole(op, struct{ Right bool }{s.Right}, in, func(x []*trace.Value) *trace.Value {
		a, q := promoteBoth(op, x[0], x[1])
		if len(x) > 2 {
			a = takeAlong(a, x[2], 0)
		}
		return search(a, q, s.Right)
	})
}

// search is ops.SearchSorted for all dtypes.
func search(a, q *trace.Value, right bool) *trace.Value {
	if a.DType() == q.DType() && !a.DType().IsComplex() {
		return ops.SearchSorted(a, q, right)
	}
	return ops.Bisect(a, q, right, before)
}

// takeIn is a[i] of a 1-d array, for valid positions i.
func takeIn(a, i *trace.Value) *trace.Value {
	return ops.Gather(a, ops.Reshape(i, append(slices.Clone(i.Shape()), 1)),
		ops.GatherDims{CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}, []int{1},
		ops.GatherOptions{Mode: ops.PromiseInBounds})
}

// before is x < y in the order of Sort, in which NaN come last.
func before(x, y *trace.Value) *trace.Value {
	if x.DType().IsComplex() {
		a, b := ops.Real(x), ops.Real(y)
		equal := ops.Not(ops.Or(before(a, b), before(b, a)))
		return ops.Or(before(a, b), ops.And(equal, before(ops.Imag(x), ops.Imag(y))))
	}
	if !x.DType().IsFloat() {
		return comparedAs("jnp.SearchSorted", ops.Lt, x, y)
	}
	return ops.Lt(ops.OrderKey(x), ops.OrderKey(y))
}

// Digitize is the bin that each element of x falls in: bins (of one axis) ascend or descend, and bin i reaches from
// bins[i-1] to bins[i], its lower edge included: int32, of x's shape. NumPy's digitize.
//
// Options: Search (Right).
func Digitize[X Operand](x X, bins Array) Array { return Search{}.Digitize(x, bins) }

// Digitize is jnp.Digitize with the option Right: the upper edge of a bin belongs to it, not the lower one.
func (s Search) Digitize(x any, bins Array) Array {
	const op = "jnp.Digitize"
	v, b := liftBeside(op, x, bins.val(op)), bins.v
	in := []*trace.Value{v, b}
	if b.Rank() != 1 || v.DType().IsComplex() || b.DType().IsComplex() {
		trace.Fail(op, trace.Avals(in), "bins must be real and of one axis")
	}
	if s.Sorter.v != nil {
		trace.Fail(op, trace.Avals(in), "the field Sorter of Search is for SearchSorted; leave it out")
	}
	return whole(op, struct{ Right bool }{s.Right}, in, func(in []*trace.Value) *trace.Value {
		v, b := promoteBoth(op, in[0], in[1])
		n := b.Shape()[0]
		if n < 2 {
			return search(b, v, !s.Right)
		}
		first, last := ops.Reshape(ops.SliceInDim(b, 0, 1, 1, 0), []int{}),
			ops.Reshape(ops.SliceInDim(b, n-1, n, 1, 0), []int{})
		falls := before(last, first)
		up := search(ops.Select(kit.BroadcastTo(falls, b.Shape()), ops.Rev(b, []int{0}), b), v, !s.Right)
		down := ops.Sub(ops.Full(v.Shape(), ir.IntLit(int64(n), ir.Int32)), up)
		return ops.Select(kit.BroadcastTo(falls, v.Shape()), down, up)
	})
}

// Sort is jnp.Sort.
func (x Array) Sort(axis ...int) Array { return Sort(x, axis...) }

// ArgSort is jnp.ArgSort.
func (x Array) ArgSort(axis ...int) Array { return ArgSort(x, axis...) }
