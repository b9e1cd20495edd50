package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// MapOver stacks what f makes of each of the n elements of x, along their leading axes. With batch > 0, f is applied to
// so many at a time, as under Vmap.
func MapOver(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	if batch > 0 {
		return mapBatched(op, f, x, n, batch, o)
	}
	none := flatDef(0)
	_, ys := ScanOver(op, "f", none, 0, nil, x, n, o, func(_, x []*Value) (*trace.Def, []*Value, []*Value) {
		return none, nil, f(x)
	})
	return ys
}

// mapBatched is MapOver with f applied to batch elements at a time, and to the rest together.
func mapBatched(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	p, captured := trace.Trace("the function of "+op, elementTypes(x), f)
	p, captured = LiftNumbers(p, captured)
	in := slices.Concat(make([]int, len(x)), repeated(trace.NotMapped, len(captured)))
	mappedOver := func(size int) *ir.Program {
		q, _ := trace.Vmap(p, size, in, make([]int, len(p.Out)), op)
		return q
	}
	together := func(size int, x []*Value) []*Value {
		return Call("map", mappedOver(size), slices.Concat(x, captured))
	}
	b := min(batch, max(n, 1))
	blocks := n / b
	if blocks == 0 || blocks*b == n && blocks == 1 {
		return together(n, x)
	}
	rows := func(from, to int) []*Value {
		return mapEach(x, func(v *Value) *Value { return SliceInDim(v, from, to, 1, 0) })
	}
	xs := mapEach(rows(0, blocks*b), func(v *Value) *Value {
		return Reshape(v, append([]int{blocks, b}, v.Shape()[1:]...))
	})
	_, ys := bindScan(mappedOver(b), nil, xs, captured, blocks, o)
	ys = mapEach(ys, func(v *Value) *Value { return Reshape(v, append([]int{blocks * b}, v.Shape()[2:]...)) })
	if blocks*b < n {
		for i, v := range together(n-blocks*b, rows(blocks*b, n)) {
			ys[i] = Concatenate([]*Value{ys[i], v}, 0)
		}
	}
	return ys
}
