package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// checkAxes says what is wrong with a list of axes of an array of the given rank: out of range (lax takes no negative
// ones) or named twice.
func checkAxes(what string, axes []int, rank int) error {
	for i, a := range axes {
		if a < 0 || a >= rank {
			return fmt.Errorf("%s %d is out of range for %d axes; lax counts axes from 0 and takes no negative ones "+
				"(jnp does)", what, a, rank)
		}
		if slices.Contains(axes[:i], a) {
			return fmt.Errorf("%s %d is named twice in %v", what, a, axes)
		}
	}
	return nil
}

// axisOf resolves an axis of x, which may be negative.
func axisOf(op string, x *Value, axis int) int {
	a := axis
	if a < 0 {
		a += x.Rank()
	}
	if a < 0 || a >= x.Rank() {
		trace.Fail(op, []ir.Aval{x.Aval()}, "axis %d is out of range for %d axes", axis, x.Rank())
	}
	return a
}

// without is shape with the axes at the given positions left out.
func without(shape, axes []int) []int {
	out := make([]int, 0, len(shape))
	for i, n := range shape {
		if !slices.Contains(axes, i) {
			out = append(out, n)
		}
	}
	return out
}

// inserted is shape with size n put at axis.
func inserted(shape []int, axis, n int) []int {
	out := make([]int, 0, len(shape)+1)
	out = append(out, shape[:axis]...)
	out = append(out, n)
	return append(out, shape[axis:]...)
}

// arange is lo, lo+1, ..., hi-1.
func arange(lo, hi int) []int {
	out := make([]int, 0, max(hi-lo, 0))
	for i := lo; i < hi; i++ {
		out = append(out, i)
	}
	return out
}

// repeated is n times v.
func repeated(v, n int) []int {
	return slices.Repeat([]int{v}, n)
}

// allEqual reports whether every element of x is v.
func allEqual(x []int, v int) bool {
	return !slices.ContainsFunc(x, func(n int) bool { return n != v })
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

// sortedAxes is a sorted copy: the order of the axes does not matter, and equal reductions get equal keys.
func sortedAxes(axes []int) []int {
	a := own(axes)
	slices.Sort(a)
	return a
}
