package ops

// AssociativeScan combines, along one axis of arrays of one size there, all elements up to each (reverse: from each to
// the end). combine must be associative; it is applied to whole arrays, O(log n) times, to O(n) elements in all: pairs
// are combined, the half as long array is scanned, and the elements between are made from it.
func AssociativeScan(x []*Value, axis int, reverse bool, combine func(a, b []*Value) []*Value) []*Value {
	if reverse {
		rev := func(v []*Value) []*Value {
			return mapEach(v, func(v *Value) *Value { return Rev(v, []int{axis}) })
		}
		return rev(AssociativeScan(rev(x), axis, false, combine))
	}
	n := x[0].Shape()[axis]
	if n < 2 {
		return x
	}
	part := func(v []*Value, start, limit, stride int) []*Value {
		return mapEach(v, func(v *Value) *Value { return SliceInDim(v, start, limit, stride, axis) })
	}
	odd := AssociativeScan(combine(part(x, 0, n-1, 2), part(x, 1, n, 2)), axis, false, combine)
	last := n / 2 // of the scanned pairs, those that an even element follows
	if n%2 == 0 {
		last--
	}
	even := part(x, 0, 1, 1)
	if last > 0 {
		after := combine(part(odd, 0, last, 1), part(x, 2, n, 2))
		for i := range even {
			even[i] = Concatenate([]*Value{even[i], after[i]}, axis)
		}
	}
	out := make([]*Value, len(x))
	for i := range x {
		out[i] = interleave(even[i], odd[i], axis)
	}
	return out
}

// interleave has a at the even and b at the odd places along axis; a is as long as b or one longer.
func interleave(a, b *Value, axis int) *Value {
	shape := own(b.Shape())
	m := shape[axis]
	flat := own(shape)
	flat[axis] = 2 * m
	head := SliceInDim(a, 0, m, 1, axis)
	y := Reshape(Concatenate([]*Value{ExpandDims(head, []int{axis + 1}), ExpandDims(b, []int{axis + 1})}, axis+1), flat)
	if a.Shape()[axis] > m {
		y = Concatenate([]*Value{y, SliceInDim(a, m, m+1, 1, axis)}, axis)
	}
	return y
}
