package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type dynamicSlice struct{ Sizes []int }

func (dynamicSlice) Name() string { return "dynamic_slice" }

// DynamicSlice is the part of x of the given sizes that begins at starts, one integer scalar an axis. Negative starts
// count from the end; then each is limited so that the part lies within x.
func DynamicSlice(x *Value, starts []*Value, sizes []int) *Value {
	return dynamicSliceAt(x, startsOf("dynamic_slice", x, starts), sizes)
}

// DynamicSliceInDim is DynamicSlice along one axis, which may be negative, taking all of the others.
func DynamicSliceInDim(x, start *Value, size, axis int) *Value {
	a := axisOf("dynamic_slice_in_dim", x, axis)
	sizes := slices.Clone(x.Shape())
	sizes[a] = size
	return dynamicSliceAt(x, startsAt(x, wrapStart(start, x.Shape()[a]), a), sizes)
}

// DynamicIndexInDim is x at position i of one axis, which stays, of size 1, if keep. i and axis may be negative; i is
// limited to the axis.
func DynamicIndexInDim(x, i *Value, axis int, keep bool) *Value {
	y := DynamicSliceInDim(x, i, 1, axis)
	if keep {
		return y
	}
	return Squeeze(y, []int{axis})
}

// dynamicSliceAt is DynamicSlice of starts of one dtype that are not negative.
func dynamicSliceAt(x *Value, starts []*Value, sizes []int) *Value {
	return one(dynamicSlice{own(sizes)}, append([]*Value{x}, starts...)...)
}

func (o dynamicSlice) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 {
		return nil, wantOperands(in, 1)
	}
	a := in[0]
	if err := checkStarts(in[1:], len(a.Shape)); err != nil {
		return nil, err
	}
	if len(o.Sizes) != len(a.Shape) {
		return nil, fmt.Errorf("the sizes %v must have one entry for each axis of shape %s", o.Sizes,
			ir.ShapeString(a.Shape))
	}
	for i, n := range o.Sizes {
		if n < 0 || n > a.Shape[i] {
			return nil, fmt.Errorf("the slice's size %d is not within the size %d of axis %d", n, a.Shape[i], i)
		}
	}
	return []ir.Aval{a.With(o.Sizes)}, nil
}

func (o dynamicSlice) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "stablehlo.dynamic_slice", x, "slice_sizes = "+i64s(o.Sizes))
}

// Batch slices all examples at once if they begin at one place, else gathers.
func (o dynamicSlice) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	if !anyMapped(d[1:]) {
		b := d[0]
		starts := slices.Insert(slices.Clone(x[1:]), b, zeroStart(x[1:]))
		return []*Value{dynamicSliceAt(x[0], starts, inserted(o.Sizes, b, c.AxisSize()))}, []int{b}
	}
	r := len(o.Sizes)
	indices := stackStarts(c, x[1:], d[1:])
	opt := GatherOptions{Mode: Clip}
	if d[0] == trace.NotMapped {
		dn := GatherDims{OffsetDims: arange(1, r+1), StartIndexMap: arange(0, r)}
		return []*Value{Gather(x[0], indices, dn, o.Sizes, opt)}, []int{0}
	}
	dn := GatherDims{
		OffsetDims:               arange(1, r+1),
		StartIndexMap:            shifted(arange(0, r), d[0]),
		OperandBatchingDims:      []int{d[0]},
		StartIndicesBatchingDims: []int{0},
	}
	return []*Value{Gather(x[0], indices, dn, inserted(o.Sizes, d[0], 1), opt)}, []int{0}
}

func (dynamicSlice) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, []*Value{nil}
	}
	return y, c.Self(append([]*Value{t[0]}, x[1:]...)...)
}

func (dynamicSlice) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, len(x))
	if ct[0] != nil && x[0].X == nil {
		out[0] = dynamicUpdateSliceAt(Zeros(x[0].Aval), ct[0], values(x[1:]))
	}
	return out
}

type dynamicUpdateSlice struct{}

func (dynamicUpdateSlice) Name() string { return "dynamic_update_slice" }

// DynamicUpdateSlice is x with update, of the same dtype and rank, written over the part that begins at starts, read as
// DynamicSlice reads them.
func DynamicUpdateSlice(x, update *Value, starts []*Value) *Value {
	return dynamicUpdateSliceAt(x, update, startsOf("dynamic_update_slice", x, starts))
}

// DynamicUpdateSliceInDim writes update over the part of x that begins at start along one axis, which may be negative.
func DynamicUpdateSliceInDim(x, update, start *Value, axis int) *Value {
	a := axisOf("dynamic_update_slice_in_dim", x, axis)
	return dynamicUpdateSliceAt(x, update, startsAt(x, wrapStart(start, x.Shape()[a]), a))
}

// DynamicUpdateIndexInDim writes update, which may lack the axis, over position i of one axis of x.
func DynamicUpdateIndexInDim(x, update, i *Value, axis int) *Value {
	a := axisOf("dynamic_update_index_in_dim", x, axis)
	if update.Rank() == x.Rank()-1 {
		update = ExpandDims(update, []int{a})
	}
	return DynamicUpdateSliceInDim(x, update, i, a)
}

func dynamicUpdateSliceAt(x, update *Value, starts []*Value) *Value {
	return one(dynamicUpdateSlice{}, append([]*Value{x, update}, starts...)...)
}

func (dynamicUpdateSlice) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) < 2 {
		return nil, wantOperands(in, 2)
	}
	a, u := in[0], in[1]
	if u.DType != a.DType {
		return nil,
			fmt.Errorf("the update is %v and the operand %v; convert it first with lax.ConvertElementType", u.DType,
				a.DType)
	}
	if len(u.Shape) != len(a.Shape) {
		return nil, fmt.Errorf("the update of shape %s must have as many axes as the operand of shape %s",
			ir.ShapeString(u.Shape), ir.ShapeString(a.Shape))
	}
	for i, n := range u.Shape {
		if n > a.Shape[i] {
			return nil, fmt.Errorf("the update of shape %s does not fit into the operand of shape %s",
				ir.ShapeString(u.Shape), ir.ShapeString(a.Shape))
		}
	}
	if err := checkStarts(in[2:], len(a.Shape)); err != nil {
		return nil, err
	}
	a.Weak = a.Weak && u.Weak
	return []ir.Aval{a}, nil
}

// updateApart is the size from which on a vector is updated apart from what is computed before and after: it is more
// than what is in memory behind a part.
const updateApart = 64 << 10

// Lower keeps, on CPUs, the update of a part of a long vector out of the loops before and after it, which would look
// for the part at every place (see looksUp), and what an update is computed of out of the loop that writes it, where
// that would be read too late.
func (dynamicUpdateSlice) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	apart := func(x trace.Operand) trace.Operand {
		return e.Op("stablehlo.optimization_barrier", []trace.Operand{x}, "", x.Aval)[0]
	}
	alone := x[0].Aval.Rank() == 1 && x[0].Aval.Bytes() >= updateApart && e.Platform() == "cpu" && !e.InLoop() &&
		x[1].Aval.Size() < x[0].Aval.Size()
	switch op, of := e.Maker(x[1]); op.(type) {
	case full:
		alone = false // one number is for all places
	case broadcastInDim:
		alone = alone && of[0].Aval.Size() > 1
	}
	x = slices.Clone(x)
	if e.Platform() == "cpu" && readsElsewhere(e, x) {
		x[1] = apart(x[1])
	}
	if op, _ := e.Maker(x[0]); alone && op != nil {
		x[0] = apart(x[0])
	}
	y := hlo(e, "stablehlo.dynamic_update_slice", x, "")
	if alone {
		y[0] = apart(y[0])
	}
	return y
}

// Batch updates all examples at once if they begin at one place, else scatters.
func (o dynamicUpdateSlice) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, b := alignBatch(c, x[:2], d[:2])
	if !anyMapped(d[2:]) {
		starts := slices.Insert(slices.Clone(x[2:]), b, zeroStart(x[2:]))
		return []*Value{dynamicUpdateSliceAt(y[0], y[1], starts)}, []int{b}
	}
	r := y[0].Rank() - 1
	dn := ScatterDims{
		UpdateWindowDims:           arange(1, r+1),
		ScatterDimsToOperandDims:   shifted(arange(0, r), b),
		OperandBatchingDims:        []int{b},
		ScatterIndicesBatchingDims: []int{0},
	}
	opt := ScatterOptions{Mode: Clip, IndicesAreSorted: true, UniqueIndices: true}
	return []*Value{Scatter(y[0], stackStarts(c, x[2:], d[2:]), moveTo(y[1], b, 0), dn, opt)}, []int{b}
}

func (dynamicUpdateSlice) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if !anyTangent(t[:2]) {
		return y, []*Value{nil}
	}
	return y, c.Self(append([]*Value{materialize(t[0], x[0]), materialize(t[1], x[1])}, x[2:]...)...)
}

func (dynamicUpdateSlice) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	out := make([]*Value, len(x))
	if ct[0] == nil {
		return out
	}
	if x[0].X == nil {
		out[0] = dynamicUpdateSliceAt(ct[0], Zeros(x[1].Aval), values(x[2:]))
	}
	if x[1].X == nil {
		out[1] = dynamicSliceAt(ct[0], values(x[2:]), x[1].Aval.Shape)
	}
	return out
}

// startsAt is start for one axis of x, and 0 for the others.
func startsAt(x, start *Value, axis int) []*Value {
	out := make([]*Value, x.Rank())
	for i := range out {
		out[i] = ScalarLit(ir.IntLit(0, start.DType()))
	}
	out[axis] = start
	return out
}

// startsOf wraps negative starts and brings them to one dtype: that of those which are not literals where they agree,
// else int32 (int64 if one is).
func startsOf(op string, x *Value, starts []*Value) []*Value {
	if len(starts) != x.Rank() {
		trace.Fail(op, []ir.Aval{x.Aval()}, "needs one start for each of %d axes, not %d", x.Rank(), len(starts))
	}
	out := make([]*Value, len(starts))
	d, mixed := ir.Invalid, false
	for i, s := range starts {
		if !s.DType().IsInteger() || s.Rank() != 0 {
			trace.Fail(op, trace.Avals(append([]*Value{x}, starts...)), "start %d must be an integer scalar, not %v", i,
				s.Aval())
		}
		out[i] = wrapStart(s, x.Shape()[i])
		if _, lit := out[i].Lit(); lit {
			continue
		}
		switch e := out[i].DType(); {
		case d == ir.Invalid:
			d = e
		case d != e:
			mixed = true
		}
	}
	switch {
	case mixed:
		d = ir.Int32
		for _, s := range out {
			if s.DType().Bits() == 64 {
				d = ir.Int64
			}
		}
	case d == ir.Invalid && len(out) > 0:
		d = out[0].DType()
	}
	for i, s := range out {
		out[i] = Convert(s, d)
	}
	return out
}

// wrapStart adds the size of the axis to a negative start. Narrow integers are widened, since they might not hold the
// size.
func wrapStart(s *Value, size int) *Value {
	d := s.DType()
	if !d.IsInteger() || s.Rank() != 0 {
		return s // refused by Infer
	}
	if d.Bits() < 32 {
		d = ir.Int32
	}
	if l, ok := s.Lit(); ok {
		l = l.Convert(d)
		if d.IsSigned() && l.Int() < 0 {
			l = ir.IntLit(l.Int()+int64(size), d)
		}
		return ScalarLit(l)
	}
	s = Convert(s, d)
	if d.IsUnsigned() {
		return s
	}
	return trace.Whole("lax.wrap_start", size, []*Value{s}, func(x []*Value) []*Value {
		return []*Value{Select(Lt(x[0], ZerosLike(x[0])), Add(x[0], ScalarLit(ir.IntLit(int64(size), d))), x[0])}
	})[0]
}

// checkStarts refuses starts that are not one integer scalar of one dtype for each axis.
func checkStarts(starts []ir.Aval, rank int) error {
	if len(starts) != rank {
		return fmt.Errorf("needs one start for each of %d axes, not %d", rank, len(starts))
	}
	for i, s := range starts {
		if !s.DType.IsInteger() || len(s.Shape) != 0 {
			return fmt.Errorf("start %d must be an integer scalar, not %v", i, s)
		}
		if s.DType != starts[0].DType {
			return fmt.Errorf("the starts' dtypes %v and %v differ; convert first with lax.ConvertElementType",
				starts[0].DType,
				s.DType)
		}
	}
	return nil
}

func anyMapped(d []int) bool {
	return slices.ContainsFunc(d, func(b int) bool { return b != trace.NotMapped })
}

// zeroStart is a start of 0 of the same dtype as the others.
func zeroStart(starts []*Value) *Value {
	d := ir.Int32
	if len(starts) > 0 {
		d = starts[0].DType()
	}
	return ScalarLit(ir.IntLit(0, d))
}

// stackStarts joins the starts of every example to indices [axis size, number of starts].
func stackStarts(c trace.BatchCtx, starts []*Value, d []int) *Value {
	cols := make([]*Value, len(starts))
	for i, s := range starts {
		cols[i] = Reshape(bdimAt(c, s, d[i], 0), []int{c.AxisSize(), 1})
	}
	return Concatenate(cols, 1)
}

// values are the operands of an equation being transposed that are not linear.
func values(x []trace.Linear) []*Value {
	v := make([]*Value, len(x))
	for i := range x {
		v[i] = x[i].X
	}
	return v
}
