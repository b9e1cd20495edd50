package ops

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// searchSorted finds places in sorted vectors.
type searchSorted struct{ Right bool }

func (searchSorted) Name() string { return "search_sorted" }

// SearchSorted is, for each element of q, how many elements of a sorted vector are less, with right how many are no
// greater, in the order of Sort: int32, of q's shape. The vectors lie along the last axis of a, whose other axes are
// the first ones of q: a [n] and q of any shape, or a [b, n] and q [b, ...]. Both are of one dtype, not complex. It is
// jnp.searchsorted, for which JAX has no primitive.
func SearchSorted(a, q *Value, right bool) *Value { return one(searchSorted{right}, a, q) }

func (searchSorted) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	a, q := in[0], in[1]
	if err := wantKind(a, kOrdered); err != nil {
		return nil, err
	}
	if a.Rank() == 0 || a.DType != q.DType || q.Rank() < a.Rank()-1 ||
		!slices.Equal(a.Shape[:a.Rank()-1], q.Shape[:a.Rank()-1]) {
		return nil, fmt.Errorf("takes sorted vectors and, for each, elements of their dtype: not %v and %v", a, q)
	}
	return []ir.Aval{{Shape: q.Shape, DType: ir.Int32}}, nil
}

func (o searchSorted) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	shape, out := x[0].Aval.Shape, e.Out()
	if out[0].Size() > 0 && hasKernel(e, searchKernel, 2*shape[len(shape)-1]+2) {
		return callKernel(e, searchKernel, x, "right = "+flag(o.Right), out...)
	}
	return lowerFun(e, x, func(v []*Value) []*Value {
		return []*Value{Bisect(v[0], v[1], o.Right, func(x, y *Value) *Value {
			if x.DType().IsFloat() {
				x, y = OrderKey(x), OrderKey(y)
			}
			return Lt(x, y)
		})}
	})
}

// Bisect is SearchSorted in the order that before says, of any dtypes. The place grows by ever smaller powers of two as
// long as the element before it belongs before that of q. It is a loop: were the steps written one after another, XLA
// would fuse into each one all those before it again.
func Bisect(a, q *Value, right bool, before func(x, y *Value) *Value) *Value {
	last := a.Rank() - 1
	n, batch := a.Shape()[last], a.Shape()[:last]
	flat := append(own(batch), ir.SizeOf(q.Shape()[last:]))
	number := func(i int) *Value { return Full(flat, ir.IntLit(int64(i), ir.Int32)) }
	steps := bits.Len(uint(n)) // of 2^(steps-1), ..., 2, 1
	if steps == 0 || ir.SizeOf(flat) == 0 {
		return Full(q.Shape(), ir.IntLit(0, ir.Int32))
	}
	wanted := Reshape(q, flat)
	place := ForiN("jnp.SearchSorted", steps, []*Value{number(0)}, func(i *Value, c []*Value) []*Value {
		step := ShiftRightLogical(trace.FromLit(ir.IntLit(1<<(steps-1), ir.Int32)), Convert(i, ir.Int32))
		next := Add(c[0], BroadcastInDim(step, flat, nil))
		element := takeAlong(a, Sub(Min(next, number(n)), number(1)), last)
		var grow *Value
		if right {
			grow = Not(before(wanted, element))
		} else {
			grow = before(element, wanted)
		}
		return []*Value{Select(And(grow, Le(next, number(n))), next, c[0])}
	})[0]
	return Reshape(place, q.Shape())
}

// Batch: vectors that all elements are looked for in are not copied.
func (o searchSorted) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if d[0] != trace.NotMapped {
		return []*Value{one(o, front(c, x, d)...)}, []int{0}
	}
	at := max(d[1], x[0].Rank()-1)
	return []*Value{one(o, x[0], moveTo(x[1], d[1], at))}, []int{at}
}

// JVP: a place does not vary.
func (searchSorted) JVP(c trace.JVPCtx, x, _ []*Value) ([]*Value, []*Value) { return jvpZero(c, x) }
