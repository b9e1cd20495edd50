package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// lowerFun writes what f computes of x, with the operations of this package, in place of one StableHLO operation: for
// operations that are short programs of others once lowered, but keep rules of their own until then.
func lowerFun(e trace.Emitter, x []trace.Operand, f func(x []*Value) []*Value) []trace.Operand {
	in := make([]ir.Aval, len(x))
	for i, o := range x {
		in[i] = o.Aval
		in[i].Weak = false
	}
	p, _ := trace.Trace("a lowering", in, f)
	p.Walk(func(q *ir.Eqn) { q.Src = 0 }) // they report the line of the operation being lowered, not of who compiles it
	return e.Inline(p, x)
}

// oneOption is the options of a function that takes one value of them or none.
func oneOption[T any](op string, options []T, in ...*Value) (o T) {
	if len(options) > 1 {
		trace.Fail(op, trace.Avals(in), "takes one %T, not %d", o, len(options))
	}
	for _, o = range options {
	}
	return o
}

// own is a copy of x that is never nil, so that the parameters of equal operations have equal keys.
func own(x []int) []int { return append([]int{}, x...) }

// sizesAt are the sizes of shape at the given axes.
func sizesAt(shape, axes []int) []int {
	out := make([]int, len(axes))
	for i, a := range axes {
		out[i] = shape[a]
	}
	return out
}

// rest are the axes of an array of the given rank that are in none of the lists.
func rest(rank int, lists ...[]int) []int {
	used := make([]bool, rank)
	for _, l := range lists {
		for _, a := range l {
			used[a] = true
		}
	}
	var out []int
	for a, u := range used {
		if !u {
			out = append(out, a)
		}
	}
	return out
}
