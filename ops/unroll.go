package ops

import "github.com/gojax/gojax/ir"

// How many steps of a scan a round of its loop writes out where the user does not say. XLA makes one function of a
// small loop on a CPU. Where a step takes a few operations on scalars, most of its time goes to counting, and to taking
// the carry to memory and back, which is done once in a round. Operations on arrays gain less, and where XLA computes
// an element again for each of the steps that read it, they lose.
//
// A loop that is no one function starts each of its operations by itself, at some 50 ns. JAX's loops are one up to 1024
// bytes in a step. Those that take elements of arrays and stack others have operations enough for sixteen times that
// (steps of recurrent networks and their gradients, in float32 of 4 to 32 numbers: 2 to 4 times as fast; equal from 48
// on); those that do not gain nothing from there on, as their loops over elements become plainer ones.

const (
	mostScalars, mostArrays = 8, 4 // steps in a round
	smallArray              = 16   // elements
	longRound               = 64   // operations, where one that is not plain counts as several
	notPlain                = 8
)

// plain reports whether op takes one instruction or so for each number.
func plain(op ir.Op) bool {
	switch op.(type) {
	case add, sub, mul, neg, square, abs, maxOp, minOp, selectOp, compare, andOp, orOp, xorOp, notOp, convert,
		dotGeneral:
		return true
	}
	return moves(op)
}

// moves reports whether op brings numbers elsewhere as they are, or repeats them.
func moves(op ir.Op) bool {
	switch op.(type) {
	case reshape, squeeze, broadcastInDim, transpose, slice, concatenate, splitOp, full:
		return true
	}
	return false
}

// unroll is how many steps a round of the loop writes out.
func (o scan) unroll(platform string) int {
	if o.Unroll > 0 || platform != "cpu" {
		return max(o.Unroll, 1)
	}
	work, most := 0, mostScalars
	small := func(t ir.Aval) bool {
		n := ir.SizeOf(t.Shape)
		if n != 1 {
			most = mostArrays
		}
		return n <= smallArray
	}
	for _, t := range o.Body.InTypes() {
		if !small(t) {
			return 1
		}
	}
	for i := range o.Body.Eqns {
		e := &o.Body.Eqns[i]
		if _, ok := e.Op.(ir.Nested); ok {
			return 1
		}
		is := plain(e.Op)
		for _, v := range e.Out {
			if !small(v.Ty) || !is && most == mostArrays {
				return 1
			}
		}
		if work++; !is {
			work += notPlain - 1
		}
	}
	return max(1, min(most, longRound/max(work, 1)))
}

// smallLoop is below how many bytes in a round the loop had better be one function; arrays are those that it goes
// through or stacks.
func (o scan) smallLoop(arrays int) int {
	const alone, withArrays = 1 << 10, 1 << 14
	if arrays > 0 {
		return withArrays
	}
	if o.Unroll == 1 {
		return 0
	}
	return alone * o.Unroll
}
