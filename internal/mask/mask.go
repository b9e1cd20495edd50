// Package mask is the algebra of masks: a []bool marks some elements of a list of the same length. Transforms speak in
// masks: which operands of an equation are mapped, which tangents are not zero, which outputs are known.
//
// No function changes its arguments. A mask of one list may be made of parts of a longer one, as slices.
package mask

import "slices"

// Of marks the elements of x that have a property.
func Of[T any](x []T, has func(T) bool) []bool {
	m := make([]bool, len(x))
	for i, v := range x {
		m[i] = has(v)
	}
	return m
}

// NonNil marks the pointers that are not nil.
func NonNil[T any](x []*T) []bool {
	return Of(x, func(p *T) bool { return p != nil })
}

// Full marks all of n elements.
func Full(n int) []bool { return slices.Repeat([]bool{true}, n) }

// Not marks what m does not.
func Not(m []bool) []bool { return Of(m, func(b bool) bool { return !b }) }

// Or marks what a or b does.
func Or(a, b []bool) []bool {
	y := slices.Clone(a)
	for i, v := range b {
		y[i] = y[i] || v
	}
	return y
}

// And marks what both a and b do.
func And(a, b []bool) []bool {
	y := slices.Clone(a)
	for i, v := range b {
		y[i] = y[i] && v
	}
	return y
}

// Any reports whether m marks something.
func Any(m []bool) bool { return slices.Contains(m, true) }

// All reports whether m marks everything.
func All(m []bool) bool { return !slices.Contains(m, false) }

// Count is how many elements m marks.
func Count(m []bool) (n int) {
	for _, b := range m {
		if b {
			n++
		}
	}
	return n
}

// Pick is the elements of x that are marked: of a, b, c and the mask 101, a and c.
func Pick[T any](x []T, m []bool) []T {
	y := make([]T, 0, len(x))
	for i, v := range x {
		if m[i] {
			y = append(y, v)
		}
	}
	return y
}

// Place is the inverse of Pick: the elements of x at the marked places of a list as long as m, zero values elsewhere.
// Of a, c and the mask 101 it is a, 0, c. Elements of x for which there is no place are left out.
func Place[T any](x []T, m []bool) []T {
	y := make([]T, len(m))
	for i, b := range m {
		if b {
			y[i], x = x[0], x[1:]
		}
	}
	return y
}

// Merge has the elements of x at the marked places and those of y at the others: of a, c and b and the mask 101 it is
// a, b, c.
func Merge[T any](x, y []T, m []bool) []T {
	z := make([]T, len(m))
	for i, b := range m {
		if b {
			z[i], x = x[0], x[1:]
		} else {
			z[i], y = y[0], y[1:]
		}
	}
	return z
}

// Compact is the pointers of x that are not nil.
func Compact[T any](x []*T) []*T { return Pick(x, NonNil(x)) }

// Fixpoint applies step to m, and to what it returns, until that is what it was given, and returns it. step must keep
// what is marked, so that this ends: after as many rounds, at most, as there are elements, and one. The last call of
// step is the one with the result.
//
// So the carry of a loop is analysed. A carry that enters as a constant may be mapped, differentiated or unknown at the
// end of the first step, and then it is from the start:
//
//	carry = mask.Fixpoint(carry, func(carry []bool) (next []bool) {
//		body, next = c.Program(o.Body, slices.Concat(consts, carry), carry)
//		return next
//	})
func Fixpoint(m []bool, step func(m []bool) (next []bool)) []bool {
	for {
		next := step(m)
		if slices.Equal(next, m) {
			return m
		}
		m = next
	}
}
