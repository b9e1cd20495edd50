package jnp

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Flip is x with the order of elements reversed along axes, all if none are given. NumPy's flip.
func Flip(x Array, axes ...int) Array {
	const op = "jnp.Flip"
	v := x.val(op)
	return Wrap(ops.Rev(v, kit.AxesOrAll(op, axes, v)))
}

// FlipUD is x with its rows (axis 0) in reverse order, NumPy's flipud.
func FlipUD(x Array) Array {
	const op = "jnp.FlipUD"
	v := x.val(op)
	if v.Rank() < 1 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a scalar has no rows to reverse")
	}
	return Flip(x, 0)
}

// FlipLR is x with its columns (axis 1) in reverse order, NumPy's fliplr.
func FlipLR(x Array) Array {
	const op = "jnp.FlipLR"
	v := x.val(op)
	if v.Rank() < 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "needs two axes at least; to reverse one axis use jnp.Flip")
	}
	return Flip(x, 1)
}

// Rot90 is x turned k times by 90 degrees in the plane of two axes (0 and 1 if not given), from the first towards the
// second. NumPy's rot90.
func Rot90(x Array, k int, axes ...int) Array {
	const op = "jnp.Rot90"
	v := x.val(op)
	if axes == nil {
		axes = []int{0, 1}
	}
	if v.Rank() < 2 || len(axes) != 2 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a rotation needs two axes, not %v of %d", axes, v.Rank())
	}
	at := kit.Axes(op, axes, v.Rank(), v.Aval())
	perm := kit.UpTo(v.Rank())
	perm[at[0]], perm[at[1]] = at[1], at[0]
	k = ((k % 4) + 4) % 4
	p := struct {
		K    int
		Axes []int
	}{k, at}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value {
		switch k {
		case 1:
			return ops.Transpose(ops.Rev(v, at[1:]), perm)
		case 2:
			return ops.Rev(v, at)
		case 3:
			return ops.Rev(ops.Transpose(v, perm), at[1:])
		}
		return v
	})
}

// Roll is x with elements shifted along axes, those that leave one end entering at the other. Without axes the
// flattened array is rolled. shift is an int, one for each axis, or an Array of integers (a scalar or one for each
// axis). NumPy's roll.
//
// Run eagerly, shifts are inputs of the program: another shift does not compile again.
func Roll[S int | []int | Array](x Array, shift S, axes ...int) Array {
	const op = "jnp.Roll"
	v := x.val(op)
	p := &rolling{op: op, Shape: v.Shape(), Flat: len(axes) == 0, lengths: v.Shape()}
	p.Axes = kit.Map(axes, func(a int) int { return kit.Axis(op, a, v.Rank(), v.Aval()) }) // one may come twice
	if p.Flat {
		p.lengths, p.Axes = []int{v.Aval().Size()}, []int{0}
	}
	var in []*trace.Value
	switch s := any(shift).(type) {
	case int:
		in = p.numbers([]int{s}, v.Aval())
	case []int:
		in = p.numbers(s, v.Aval())
	case Array:
		in = p.array(s.val(op), v.Aval())
	}
	return whole(op, p, append([]*trace.Value{v}, in...), p.build)
}

// rolling is a call of Roll: what its program depends on besides the types of its inputs.
type rolling struct {
	op    string
	Axes  []int
	Shape []int
	Flat  bool

	lengths []int // of the axes, of the flattened array if Flat
}

// repeatAxes lets the one axis there is go with n shifts, and n shifts that are as many as the axes or one.
func (p *rolling) repeatAxes(n int, in ...ir.Aval) {
	if len(p.Axes) == 1 && n != 1 {
		p.Axes = slices.Repeat(p.Axes, n)
	}
	if n != 1 && n != len(p.Axes) {
		trace.Fail(p.op, in, "%d shifts do not go with %d axes", n, len(p.Axes))
	}
}

// numbers is a literal for each axis, within the range of int32.
func (p *rolling) numbers(shifts []int, x ir.Aval) []*trace.Value {
	p.repeatAxes(len(shifts), x)
	in := make([]*trace.Value, len(p.Axes))
	for i, a := range p.Axes {
		s := shifts[i%len(shifts)] // one may be for all
		in[i] = trace.FromLit(ir.IntLit(int64(s%max(p.lengths[a], 1)), ir.Int32))
	}
	return in
}

// array is the shifts as one input.
func (p *rolling) array(s *trace.Value, x ir.Aval) []*trace.Value {
	if !s.DType().IsInteger() || s.Rank() > 1 {
		trace.Fail(p.op, []ir.Aval{x, s.Aval()}, "shifts must be integers: a scalar, or one for each axis")
	}
	if s.Rank() == 1 {
		p.repeatAxes(s.Shape()[0], x, s.Aval())
	}
	return []*trace.Value{s}
}

// build rolls in[0] by the shifts behind it.
func (p *rolling) build(in []*trace.Value) *trace.Value {
	v, shifts := in[0], in[1:]
	if p.Flat {
		v = ops.Reshape(v, p.lengths)
	}
	for i, a := range p.Axes {
		v = rollOne(v, shiftOf(shifts, i), a)
	}
	return ops.Reshape(v, p.Shape)
}

// shiftOf is the shift of axis number i, a scalar: shifts is one for each axis, or one array of one or of one for each.
func shiftOf(shifts []*trace.Value, i int) *trace.Value {
	if len(shifts) > 1 {
		return shifts[i]
	}
	k := shifts[0]
	if k.Rank() == 1 && k.Shape()[0] > 1 {
		k = ops.SliceInDim(k, i, i+1, 1, 0)
	}
	return ops.Reshape(k, []int{})
}

// rollOne rolls one axis by k: of a literal k, two slices; else a window of x twice over.
func rollOne(v, k *trace.Value, axis int) *trace.Value {
	n := v.Shape()[axis]
	if n == 0 {
		return v
	}
	if l, ok := k.Lit(); ok {
		i := int(((-l.Int())%int64(n) + int64(n)) % int64(n))
		if i == 0 {
			return v
		}
		return ops.Concatenate([]*trace.Value{ops.SliceInDim(v, i, n, 1, axis), ops.SliceInDim(v, 0, i, 1, axis)}, axis)
	}
	if k.DType().Bits() < 32 {
		k = ops.Convert(k, ir.Int32)
	}
	size := trace.FromLit(ir.IntLit(int64(n), k.DType()))
	k = ops.Rem(ops.ConvertWeak(k, k.DType(), false), size)
	if k.DType().IsSigned() {
		k = ops.Select(ops.Lt(k, trace.FromLit(ir.IntLit(0, k.DType()))), ops.Add(k, size), k)
	}
	starts := make([]*trace.Value, v.Rank())
	for i := range starts {
		starts[i] = trace.FromLit(ir.IntLit(0, k.DType()))
	}
	starts[axis] = ops.Sub(size, k)
	return ops.DynamicSlice(ops.Concatenate([]*trace.Value{v, v}, axis), starts, v.Shape())
}

// Tile is x repeated reps[i] times along axis i: reps are aligned with the axes at the end, and missing ones on either
// side are
// 1. NumPy's tile.
func Tile(x Array, reps ...int) Array {
	const op = "jnp.Tile"
	v := x.val(op)
	for _, r := range reps {
		if r < 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "cannot repeat %d times", r)
		}
	}
	tooMany(op, v, append(slices.Clone(reps), v.Shape()...))
	p := struct{ Reps []int }{slices.Clone(reps)}
	return whole1(op, p, v, func(v *trace.Value) *trace.Value { return tile(v, p.Reps) })
}

// tooMany refuses a result of the given lengths, taken together, that memory cannot address.
func tooMany(op string, v *trace.Value, lengths []int) {
	if (ir.Aval{Shape: lengths, DType: v.DType()}).Bytes() < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the result has more elements than memory can address")
	}
}

func tile(v *trace.Value, reps []int) *trace.Value {
	rank := max(v.Rank(), len(reps))
	r := slices.Concat(slices.Repeat([]int{1}, rank-len(reps)), reps)
	s := slices.Concat(slices.Repeat([]int{1}, rank-v.Rank()), v.Shape())
	// [a, b] becomes [1, a, 1, b], is broadcast to [ra, a, rb, b], and read as [ra a, rb b].
	var wide, dims, out []int
	for i, n := range s {
		wide = append(wide, r[i], n)
		dims = append(dims, 2*i+1)
		out = append(out, r[i]*n)
	}
	return ops.Reshape(ops.BroadcastInDim(ops.Reshape(v, s), wide, dims), out)
}

// Repetition holds the keyword arguments of Repeat.
type Repetition struct {
	// Total is the length of the result along the axis. It must be given where repeats is a traced Array: longer
	// results are cut, shorter ones filled with the last element.
	Total int
}

// Repeat is x with each element repeated along the axis, or of the flattened array if no axis is given. repeats is an
// int, one for each element, or an Array of integers. NumPy's repeat.
//
// Options: Repetition (Total).
func Repeat[R int | []int | Array](x Array, repeats R, axis ...int) Array {
	return Repetition{}.Repeat(x, repeats, axis...)
}

// Repeat is jnp.Repeat with the option Total. repeats is an int, a []int or an Array.
func (o Repetition) Repeat(x Array, repeats any, axis ...int) Array {
	const op = "jnp.Repeat"
	v := x.val(op)
	a, flat := kit.OneAxisOrFlat(op, axis, v.Rank(), v.Aval())
	n := v.Aval().Size()
	if !flat {
		n = v.Shape()[a]
	}
	line := func(v *trace.Value) *trace.Value {
		if flat {
			return ops.Reshape(v, []int{n})
		}
		return v
	}
	if r, ok := repeats.(int); ok && o.Total == 0 {
		if r < 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "cannot repeat %d times", r)
		}
		tooMany(op, v, append([]int{r}, v.Shape()...))
		p := struct {
			Times, Axis int
			Flat        bool
		}{r, a, flat}
		return whole1(op, p, v, func(v *trace.Value) *trace.Value { return repeat(line(v), r, a) })
	}
	counts, total := o.counts(op, v, repeats, n)
	p := struct {
		Total, Axis int
		Flat        bool
	}{total, a, flat}
	return whole(op, p, []*trace.Value{v, counts}, func(x []*trace.Value) *trace.Value {
		return repeatEach(line(x[0]), x[1], total, a)
	})
}

// counts are how often each of n elements is there, or one count for all, and how many elements that makes.
func (o Repetition) counts(op string, v *trace.Value, repeats any, n int) (counts *trace.Value, total int) {
	if o.Total < 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "Total is %d; it must not be negative", o.Total)
	}
	total = o.Total
	trace.CheckHost(op, []int{n}, ir.Int64)
	switch r := repeats.(type) {
	case int:
		return hostInts(slices.Repeat([]int{r}, max(n, 0))), total
	case []int:
		if sum := checkRepeats(op, v, r, n); total == 0 {
			total = sum
		}
		if len(r) == 1 {
			r = slices.Repeat(r, n)
		}
		return hostInts(r), total
	case Array:
		counts = r.val(op)
		in := []ir.Aval{v.Aval(), counts.Aval()}
		if !counts.DType().IsInteger() || counts.Rank() > 1 || counts.Rank() == 1 && counts.Shape()[0] != n &&
			counts.Shape()[0] != 1 {
			trace.Fail(op, in, "repeats must be integers, one for each of the %d elements or one for all", n)
		}
		if total == 0 {
			if counts.Traced() {
				trace.Fail(op, in,
					"the length of the result depends on traced repeats; give it: jnp.Repetition{Total: n}.Repeat(...)")
			}
			total = checkRepeats(op, v, ToSlice[int](r), n)
		}
		return counts, total
	}
	trace.Fail(op, []ir.Aval{v.Aval()}, "repeats must be an int, a []int or an Array of integers, not %T", repeats)
	return nil, 0
}

// checkRepeats is how many elements there are if each of n is repeated r times, or all as often as the one number in r
// says.
func checkRepeats(op string, v *trace.Value, r []int, n int) (sum int) {
	if len(r) != n && len(r) != 1 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "%d repeats do not go with %d elements", len(r), n)
	}
	for _, k := range r {
		if k < 0 || k > math.MaxInt32 || sum > math.MaxInt32-k { // counted in int32
			trace.Fail(op, []ir.Aval{v.Aval()}, "cannot repeat %d times after %d elements", k, sum)
		}
		sum += k
	}
	if len(r) == 1 && n != 1 {
		if n > 0 && sum > math.MaxInt32/n {
			trace.Fail(op, []ir.Aval{v.Aval()}, "cannot repeat %d elements %d times", n, sum)
		}
		sum *= n
	}
	return sum
}

// repeat is v with each element along the axis repeated r times.
func repeat(v *trace.Value, r, axis int) *trace.Value {
	s := v.Shape()
	wide := slices.Insert(slices.Clone(s), axis+1, r)
	dims := make([]int, len(s))
	for i := range dims {
		dims[i] = i
		if i > axis {
			dims[i]++
		}
	}
	out := slices.Clone(s)
	out[axis] *= r
	return ops.Reshape(ops.BroadcastInDim(v, wide, dims), out)
}

// repeatEach repeats element i along the axis counts[i] times. Position j of the result holds the element whose run
// covers j: the number of runs that end at or before j, which a sum over marks at the runs' ends counts.
func repeatEach(v, counts *trace.Value, total, axis int) *trace.Value {
	n := v.Shape()[axis]
	counts = ops.Convert(counts, ir.Int32)
	if counts.Rank() == 0 || counts.Shape()[0] != n {
		counts = kit.BroadcastTo(ops.Reshape(counts, []int{1}), []int{n})
	}
	shape := slices.Clone(v.Shape())
	shape[axis] = total
	if total == 0 || n == 0 {
		return ops.Full(shape, ir.IntLit(0, v.DType()))
	}
	ends := ops.CumSum(counts, 0, false)
	marks := ops.ScatterAdd(ops.Full([]int{total}, ir.IntLit(0, ir.Int32)), ops.Reshape(ends, []int{n, 1}),
		ops.Full([]int{n}, ir.IntLit(1, ir.Int32)),
		ops.ScatterDims{InsertedWindowDims: []int{0}, ScatterDimsToOperandDims: []int{0}},
		ops.ScatterOptions{Mode: ops.Fill, IndicesAreSorted: true})
	i := ops.CumSum(marks, 0, false)
	i = ops.Min(i, ops.Full([]int{total}, ir.IntLit(int64(n-1), ir.Int32)))
	return takeAlong(v, i, axis)
}

// takeAlong is v[..., i, ...] for a list i of valid positions along the axis.
func takeAlong(v, i *trace.Value, axis int) *trace.Value {
	sizes := slices.Clone(v.Shape())
	sizes[axis] = 1
	var offset []int
	for a := range v.Rank() {
		if a != axis {
			offset = append(offset, a)
		}
	}
	return ops.Gather(v, ops.Reshape(i, append(slices.Clone(i.Shape()), 1)),
		ops.GatherDims{OffsetDims: offset, CollapsedSliceDims: []int{axis}, StartIndexMap: []int{axis}}, sizes,
		ops.GatherOptions{Mode: ops.Clip})
}

// hostInts is an int32 array of x, which fits.
func hostInts(x []int) *trace.Value {
	v := make([]int32, len(x))
	for i, n := range x {
		v[i] = int32(n)
	}
	return FromSlice(v).v
}
