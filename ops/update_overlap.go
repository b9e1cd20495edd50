package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// readsElsewhere reports whether the update of x[0], which is x[1] at x[2:], may be computed of other elements of x[0]
// than it is written over. XLA takes what computes an update into the loop that writes it where both are in place. It
// does not see that they are one array where one of them is seen in another shape, [1,n] for [n], as the elements of a
// scan are: then the loop reads what it has written.
func readsElsewhere(e trace.Emitter, x []trace.Operand) bool {
	const most = 64 // operations that are looked at: to keep an update apart costs little
	type node struct {
		v     trace.Operand
		place bool // what is computed of its elements is written to their places
	}
	written, first := oneMemory(e, x[0])
	op, _ := e.Maker(first)
	from := op == nil && !e.Input(first) // the caller of this program may have made the update's operands of it
	todo := []node{{x[1], true}}
	for n := 0; len(todo) > 0; n++ {
		at := todo[0]
		todo = todo[1:]
		if n == most || slices.Contains(written, at.v.ID) {
			return true
		}
		op, in := e.Maker(at.v)
		place := at.place
		switch op.(type) {
		case nil:
			if from && at.v.Aval.Size() > 1 && !e.Input(at.v) {
				return true
			}
		case slice, dynamicSlice:
			if place && overwritten(e, op, in, x) && slices.Contains(written, in[0].ID) {
				continue
			}
			place = false
		case trace.PerElement, selectOp, convert, reshape, squeeze:
		default:
			place = false
		}
		for _, v := range in {
			todo = append(todo, node{v, place})
		}
	}
	return false
}

// oneMemory are x and what it is made of that may be in the same memory, as far as to the first one.
func oneMemory(e trace.Emitter, x trace.Operand) (ids []int, first trace.Operand) {
	for {
		ids = append(ids, x.ID)
		op, in := e.Maker(x)
		switch op.(type) {
		case reshape, squeeze, transpose, broadcastInDim, dynamicUpdateSlice, optimizationBarrier:
		default:
			return ids, x
		}
		if in[0].Aval.Size() != x.Aval.Size() {
			return ids, x
		}
		x = in[0]
	}
}

// overwritten reports whether op, a slice with these operands, is of the place that the update is written to.
func overwritten(e trace.Emitter, op ir.Op, in, x []trace.Operand) bool {
	starts := x[2:]
	switch o := op.(type) {
	case slice:
		if len(o.Start) != len(starts) {
			return false
		}
		for i, s := range starts {
			n := o.Limit[i] - o.Start[i]
			if o.Strides[i] != 1 || n != x[1].Aval.Shape[i] ||
				s.ID != e.Const(ir.IntLit(int64(o.Start[i]), s.Aval.DType), nil).ID {
				return false
			}
		}
		return true
	case dynamicSlice:
		return slices.Equal(o.Sizes, x[1].Aval.Shape) &&
			slices.EqualFunc(in[1:], starts, func(a, b trace.Operand) bool { return a.ID == b.ID })
	}
	return false
}
