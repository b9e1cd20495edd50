package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// scatteredProductOfOthers has for each update of s, a scatter of products, what it is multiplied by at its place in
// the result: the element of x there, and the other updates of that place. Nothing is divided by, so zeros are updates
// as others are. Updates that are left out have 0.
func (s scatter) scatteredProductOfOthers(x, idx, up *Value) *Value {
	d := up.DType()
	if d == ir.Float16 || d == ir.BFloat16 { // partial products may exceed the range of the whole
		return Convert(s.scatteredProductOfOthers(Convert(x, ir.Float32), idx, Convert(up, ir.Float32)), d)
	}
	n := up.Aval().Size()
	if n == 0 || x.Aval().Size() == 0 {
		return ZerosLike(up)
	}
	id := ir.Int32
	if max(n, x.Aval().Size()) >= math.MaxInt32 {
		id = ir.Int64
	}
	count := func(n int) *Value { return Iota(id, []int{n}, 0) }
	// The places of x are numbered from 1, and the updates sorted by their place: 0 is none.
	number := Add(count(x.Aval().Size()), Full([]int{x.Aval().Size()}, ir.IntLit(1, id)))
	read := s.gather(x.Rank(), up.Shape(), id)
	at := one(read, Reshape(number, x.Shape()), idx)
	sorted := Sort([]*Value{Reshape(at, []int{n}), count(n)}, 0, true, 1)
	places, order := sorted[0], sorted[1]
	back := Sort([]*Value{order, count(n)}, 0, true, 1)[1]
	v := elementsAt(Reshape(up, []int{n}), order)
	others := Mul(productBefore(v, places), Rev(productBefore(Rev(v, []int{0}), Rev(places, []int{0})), []int{0}))
	others = Reshape(elementsAt(others, back), up.Shape())
	y := Mul(one(s.gather(x.Rank(), up.Shape(), up.DType()), x, idx), others)
	return Select(Eq(at, ZerosLike(at)), ZerosLike(y), y)
}

// productBefore is at each place of the vector v the product of the elements before it that have the same number in
// runs, where equal numbers lie together.
func productBefore(v, runs *Value) *Value {
	n := v.Shape()[0]
	shifted := func(x *Value) *Value {
		return Pad(x, trace.FromLit(ir.IntLit(0, x.DType())), []int{1}, []int{-1}, []int{0})
	}
	first := Or(Ne(runs, shifted(runs)), Eq(Iota(ir.Int32, []int{n}, 0), Full([]int{n}, ir.IntLit(0, ir.Int32))))
	y := AssociativeScan([]*Value{first, Select(first, Full([]int{n}, ir.IntLit(1, v.DType())), shifted(v))}, 0, false,
		func(a, b []*Value) []*Value { return []*Value{Or(a[0], b[0]), Select(b[0], b[1], Mul(a[1], b[1]))} })
	return y[1]
}

// elementsAt is the elements of the vector v at the positions i, which are in bounds and all different.
func elementsAt(v, i *Value) *Value {
	d := GatherDims{CollapsedSliceDims: []int{0}, StartIndexMap: []int{0}}
	return Gather(v, ExpandDims(i, []int{1}), d, []int{1}, GatherOptions{Mode: PromiseInBounds, UniqueIndices: true})
}
