package jnp

import (
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Insert is x with values put in before positions along the axis, or in the flattened array if no axis is given. at is
// an int, a []int, a Slice or an Array of integers of one axis at most; positions are those in x, may count from the
// end, and ones out of bounds are those of the ends. At one position all of values are put in; else there is one of
// values for each position, or one for all. values are converted to x's dtype. NumPy's insert.
func Insert(x Array, at, values any, axis ...int) Array {
	const op = "jnp.Insert"
	v, a := alongOne(op, x, axis)
	n := v.Shape()[a]
	if s, ok := at.(Slice); ok {
		at = s.positions(op, n)
	}
	i := kit.LiftAlone(op, at)
	if l, ok := at.([]int); ok && len(l) == 0 {
		i = ops.Iota(ir.Int32, []int{0}, 0)
	}
	if i.Rank() > 1 || !i.DType().IsInteger() {
		trace.Fail(op, []ir.Aval{x.v.Aval(), i.Aval()},
			"positions are an integer, a slice or a vector of integers, not %v", i.Aval())
	}
	p := &insertion{op: op, Axis: a, One: i.Rank() == 0}
	y := kit.LiftAlone(op, values)
	p.fit(x.v.Aval(), v.Shape(), i.Aval(), y.Aval())
	return whole(op, p, []*trace.Value{v, i, y}, p.build)
}

// insertion is a call of Insert: what its program depends on besides the types of its inputs.
type insertion struct {
	op     string
	Axis   int
	One    bool  // one position, at which all of the values are put in
	Count  int   // how many elements are put in along the axis
	Values []int // the shape of the values, with as many axes as the array
}

// fit checks the values y against positions i in an array of the given shape; x is the user's array.
func (p *insertion) fit(x ir.Aval, shape []int, i, y ir.Aval) {
	fail := func(format string, args ...any) { trace.Fail(p.op, []ir.Aval{x, i, y}, format, args...) }
	// Values get as many axes as x, new ones in front; those for one position lie along the axis whole.
	rank := len(shape)
	p.Values = slices.Concat(slices.Repeat([]int{1}, max(0, rank-y.Rank())), y.Shape)
	if len(p.Values) > rank {
		fail("values have %d axes and the array %d", len(p.Values), rank)
	}
	lengths := slices.Clone(p.Values)
	if p.Count = p.Values[p.Axis]; p.One { // the first axis of values lies along the axis
		p.Count = p.Values[0]
		lengths = slices.Insert(lengths[1:], p.Axis, p.Values[0])
	}
	if k := i.Size(); k != 1 {
		if p.Count != 1 && p.Count != k {
			fail("%d values do not go with %d positions", p.Count, k)
		}
		p.Count = k
	}
	for d, k := range lengths {
		if d != p.Axis && k != 1 && k != shape[d] {
			fail("values have length %d along axis %d, and the array %d", k, d, shape[d])
		}
	}
}

// build puts the values in[2] into in[0] at the positions in[1].
func (p *insertion) build(in []*trace.Value) *trace.Value {
	v, n := in[0], in[0].Shape()[p.Axis]
	y := Wrap(ops.Reshape(ops.Convert(in[2], v.DType()), p.Values))
	if p.One {
		y = MoveAxis(y, 0, p.Axis)
	}
	at := p.positions(in[1], n)
	// What is put in ends up behind what is put in before it: the k-th in order moves on by k.
	d := at.DType()
	order := Wrap(at).ArgSort()
	place := Wrap(at).At(order).Add(Wrap(ops.Iota(d, []int{p.Count}, 0)))
	// An element of x moves on by as many as are put in at or before its position.
	i := ops.Iota(d, []int{n}, 0)
	before := search(takeAlong(at, order.v, 0), i, true)
	kept := Wrap(ops.Add(i, ops.Convert(before, d)))
	shape := slices.Clone(v.Shape())
	shape[p.Axis] = n + p.Count
	out := Wrap(ops.Full(shape, ir.IntLit(0, v.DType())))
	where := func(i Array) []any { return append(slices.Repeat([]any{S(nil, nil)}, p.Axis), i) }
	out = out.At(where(place)...).UniqueIndices().Set(y)
	return out.At(where(kept)...).UniqueIndices().Set(Wrap(v)).v
}

// positions is one position in an axis of n elements for each element that is put in, counted from the front and held
// within it.
func (p *insertion) positions(i *trace.Value, n int) *trace.Value {
	i = positionType(i)
	if i.Aval().Size() == 1 {
		i = ops.BroadcastInDim(ops.Reshape(i, []int{}), []int{p.Count}, nil)
	}
	return fromFront(i, n)
}

// positionType is integers i in a signed type that holds the length of an axis.
func positionType(i *trace.Value) *trace.Value {
	if d := i.DType(); d.Bits() < 32 || d.IsUnsigned() {
		return ops.Convert(i, ir.Int32)
	}
	return i
}

// fromFront is positions i, a vector, in an axis of n elements: negative ones counted from the end, all held within 0
// to n.
func fromFront(i *trace.Value, n int) *trace.Value {
	number := func(k int) *trace.Value { return ops.Full(i.Shape(), ir.IntLit(int64(k), i.DType())) }
	i = ops.Select(ops.Lt(i, number(0)), ops.Add(i, number(n)), i)
	return ops.Clamp(number(0), i, number(n))
}

// alongOne is x and the one axis given, or x flattened and 0.
func alongOne(op string, x Array, axis []int) (*trace.Value, int) {
	v := x.val(op)
	a, flat := kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	if flat {
		v = ops.Reshape(v, []int{v.Aval().Size()})
	}
	return v, a
}

// positions lists what the slice selects of an axis of length n, in its order.
func (s Slice) positions(op string, n int) []int {
	start, size, step, rev := s.resolve(n)
	trace.CheckHost(op, []int{size}, ir.Int64)
	out := make([]int, size)
	for k := range out {
		out[k] = start + k*step
	}
	if rev {
		slices.Reverse(out)
	}
	return out
}

// Deletion holds the keyword arguments of Delete.
type Deletion struct {
	// UniqueIndices promises that an Array of integers names no element twice. It may then be traced.
	UniqueIndices bool
}

// Delete is x without the elements at positions along the axis, or in the flattened array if no axis is given. which is
// an int, a []int, a Slice, an Array of integers, or bools, one for each element, which are true for those to leave
// out. How many are left depends on which, so that an Array must not be traced (see Deletion). NumPy's delete.
//
// Options: Deletion (UniqueIndices).
func Delete(x Array, which any, axis ...int) Array { return Deletion{}.Delete(x, which, axis...) }

// Delete is jnp.Delete with the option UniqueIndices.
func (o Deletion) Delete(x Array, which any, axis ...int) Array {
	const op = "jnp.Delete"
	v, a := alongOne(op, x, axis)
	n := v.Shape()[a]
	avals := []ir.Aval{x.v.Aval()}
	var gone []int
	switch w := which.(type) {
	case int:
		gone = []int{w}
	case []int:
		gone = w
	case Slice:
		gone = w.positions(op, n)
	default:
		i := kit.LiftAlone(op, which)
		avals = append(avals, i.Aval())
		switch {
		case i.DType() == ir.Bool:
			if i.Rank() != 1 || i.Shape()[0] != n {
				trace.Fail(op, avals, "bools must be one for each of the %d elements along the axis, not of shape %s",
					n, ir.ShapeString(i.Shape()))
			}
			for k, b := range hostBytes(op, concreteMask(op, i, avals)) {
				if b != 0 {
					gone = append(gone, k)
				}
			}
		case !i.DType().IsInteger():
			trace.Fail(op, avals, "elements to delete are given by integers or bools, not by %v", i.DType())
		case o.UniqueIndices:
			return deleteUnique(op, v, i, a)
		default:
			known, b := i.Eval()
			if b != nil {
				trace.Fail(op, avals,
					"how many elements are left depends on positions that are traced (%s at %v); if none is named "+
						"twice, use jnp.Deletion{UniqueIndices: true}", b.What(), b.Src())
			}
			trace.Suspended(func() { gone = hostPositions(known) })
		}
	}
	trace.CheckHost(op, []int{n}, ir.Complex128) // their numbers, and which are left
	out := make([]bool, n)
	for _, k := range gone {
		out[normPosition(op, k, n, avals)] = true
	}
	left := make([]int, 0, n)
	for k, b := range out {
		if !b {
			left = append(left, k)
		}
	}
	if len(left) == 0 || n == 0 {
		shape := slices.Clone(v.Shape())
		shape[a] = 0
		return Wrap(ops.Full(shape, ir.Lit{DType: v.DType(), Weak: v.Aval().Weak}))
	}
	return whole(op, struct{ Axis int }{a}, []*trace.Value{v, hostInts(left)}, func(in []*trace.Value) *trace.Value {
		return takeAlong(in[0], in[1], a)
	})
}

// normPosition is position k of n counted from the start.
func normPosition(op string, k, n int, avals []ir.Aval) int {
	if k < -n || k >= n {
		trace.Fail(op, avals, "position %d is out of bounds for an axis of %d elements", k, n)
	}
	if k < 0 {
		k += n
	}
	return k
}

// deleteUnique is v without the elements along axis a at the positions at, no two of which are one. Once sorted, the
// k-th of them less k is how many are left before it.
func deleteUnique(op string, v, at *trace.Value, a int) Array {
	n, k := v.Shape()[a], at.Aval().Size()
	if k > n {
		trace.Fail(op, []ir.Aval{v.Aval(), at.Aval()}, "%d different positions cannot be left out of %d", k, n)
	}
	return whole(op, struct{ UniqueAxis int }{a}, []*trace.Value{v, at}, func(in []*trace.Value) *trace.Value {
		v, i := in[0], fromFront(positionType(ops.Reshape(in[1], []int{k})), n)
		d := i.DType()
		i = ops.Sub(ops.Sort([]*trace.Value{i}, 0, true, 1)[0], ops.Iota(d, []int{k}, 0))
		left := ops.Iota(d, []int{n - k}, 0)
		both := []int{k, n - k}
		before := ops.Ge(ops.BroadcastInDim(left, both, []int{1}), ops.BroadcastInDim(i, both, []int{0}))
		left = ops.Add(left, ops.ReduceSum(ops.Convert(before, d), []int{0}))
		shape := slices.Clone(v.Shape())
		if shape[a] = n - k; n == k {
			return ops.Full(shape, ir.Lit{DType: v.DType()})
		}
		return takeAlong(v, left, a)
	})
}

// Resize is the elements of x, flattened, over and over until they fill the shape, or as many of them as it holds.
// NumPy's resize (the function). Of an empty x it is zeros.
func Resize(x Array, shape ...int) Array {
	const op = "jnp.Resize"
	v := x.val(op)
	to := trace.CheckShape(op, shape, v.DType())
	return whole1(op, struct{ To []int }{to}, v, func(v *trace.Value) *trace.Value {
		n, size := v.Aval().Size(), ir.SizeOf(to)
		if n == 0 || size == 0 {
			return ops.Full(to, ir.Lit{DType: v.DType(), Weak: v.Aval().Weak})
		}
		v = tile(ops.Reshape(v, []int{n}), []int{(size + n - 1) / n})
		return ops.Reshape(ops.SliceInDim(v, 0, size, 1, 0), to)
	})
}

// Trimming holds the keyword arguments of TrimZeros.
type Trimming struct {
	// KeepFront and KeepBack leave the zeros at the beginning or at the end where they are.
	KeepFront, KeepBack bool
}

// TrimZeros is x without the zeros at its beginning and end; along each of several axes (all if none are given),
// without the outer subarrays that hold zeros alone. NumPy's trim_zeros. The shape of the result depends on the
// elements, so x must be concrete.
//
// Options: Trimming (KeepFront, KeepBack).
func TrimZeros(x Array, axes ...int) Array { return Trimming{}.TrimZeros(x, axes...) }

// TrimZeros is jnp.TrimZeros with options.
func (o Trimming) TrimZeros(x Array, axes ...int) Array {
	const op = "jnp.TrimZeros"
	v := x.val(op)
	avals := []ir.Aval{v.Aval()}
	at := kit.AxesOrAll(op, axes, v)
	known, b := v.Eval()
	if b != nil {
		trace.Fail(op, avals, "the shape of the result depends on the elements of a traced array (%s at %v)", b.What(),
			b.Src())
	}
	if v.Rank() == 0 || o.KeepFront && o.KeepBack {
		return x
	}
	shape := v.Shape()
	idx := slices.Repeat([]any{S(nil, nil)}, len(shape))
	var bytes []byte
	trace.Suspended(func() { bytes = hostBytes(op, truth(op, known)) })
	for _, a := range at {
		first, last := -1, -1
		inner := ir.SizeOf(shape[a+1:])
		for k, b := range bytes {
			if b == 0 {
				continue
			}
			i := k / inner % shape[a]
			if first < 0 || i < first {
				first = i
			}
			last = max(last, i)
		}
		switch {
		case first < 0:
			first, last = 0, -1
		case o.KeepFront:
			first = 0
		case o.KeepBack:
			last = shape[a] - 1
		}
		idx[a] = S(first, last+1)
	}
	return x.Index(idx...)
}
