package jnp

import (
	"iter"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Slice is x[start:stop:step] along the first axis, as x.Index(S(start, stop, step)) is: start and stop are Go ints, or
// nil where Python leaves them out, and negative ones count from the end (Python's slices; no function of NumPy's).
func (x Array) Slice(start, stop any, step ...int) Array { return x.Index(S(start, stop, step...)) }

// Head is the first n elements along the first axis, x[:n] in Python: all of them where there are no more than n. A
// negative n leaves out the last -n.
func (x Array) Head(n int) Array { return x.Index(S(nil, n)) }

// Tail is the last n elements along the first axis, x[-n:] in Python, but none for n = 0: all of them where there are
// no more than n. A negative n leaves out the first -n.
func (x Array) Tail(n int) Array {
	start := -max(n, -math.MaxInt)
	if n == 0 {
		start = math.MaxInt // cut to the end
	}
	return x.Index(S(start, nil))
}

// Row is x[i] in Python, which has an axis less: i is a Go int, negative ones counting from the end, or an integer
// scalar Array, which may be traced. Positions out of bounds are clipped, as in Index.
func (x Array) Row(i any) Array {
	y := x.Index(i)
	if y.NDim() != x.NDim()-1 {
		trace.Fail("jnp.Array.Row", []ir.Aval{x.v.Aval()}, "%v is not one position; x.Index takes several", i)
	}
	return y
}

// Rows is the elements along the first axis one after the other, with their positions, as Python's enumerate(x):
//
//	for i, row := range x.Rows() { ... }
//
// While a function is traced the loop is written out: lax.Scan and lax.Map make it one operation.
func (x Array) Rows() iter.Seq2[int, Array] {
	v := x.val("jnp.Array.Rows")
	if v.Rank() == 0 {
		trace.Fail("jnp.Array.Rows", []ir.Aval{v.Aval()}, "a scalar has no rows")
	}
	return func(yield func(int, Array) bool) {
		for i := range v.Shape()[0] {
			if !yield(i, x.Index(i)) {
				return
			}
		}
	}
}
