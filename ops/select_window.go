package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// What the derivative of an extremum over windows needs. Both operations choose in every window of the second operand
// its greatest (Less: its least) element, the first of equal ones. selectAndGatherAdd has the first operand's element
// at that place, for each window; selectAndScatterAdd, its transpose, adds the first operand's element of each window
// to that place.

type selectAndGatherAdd struct {
	Less   bool
	Window windowing
}

func (o selectAndGatherAdd) Name() string { return "select_and_gather_add" }

// SelectAndGatherAdd is for each window of x the element of t, an array of x's shape and dtype, at the place of the
// window's greatest element (least: its least), the first of equal ones: lax._select_and_gather_add. Reals only.
func SelectAndGatherAdd(t, x *Value, least bool, window, strides []int, padding WindowPadding,
	options ...WindowOptions) *Value {
	w := newWindowing("select_and_gather_add", []ir.Aval{t.Aval(), x.Aval()}, x.Shape(), window, strides, padding,
		options)
	return one(selectAndGatherAdd{least, w}, t, x)
}

func (o selectAndGatherAdd) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := inferSelect(in, o.Window, kReal); err != nil {
		return nil, err
	}
	if err := sameTypes(in); err != nil {
		return nil, err
	}
	return []ir.Aval{in[0].With(o.Window.out(in[1].Shape))}, nil
}

func (o selectAndGatherAdd) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	m, dir := extremumOf(o.Less)
	zero := ir.FloatLit(0, out.DType)
	switch {
	case out.Size() == 0 || x[0].Aval.Size() == 0 || ir.SizeOf(o.Window.Sizes) == 0:
		return []trace.Operand{e.Const(zero, out.Shape)}
	case out.Rank() == 0:
		return x[:1]
	}
	s := ir.Scalar(out.DType)
	body := e.Region([]ir.Aval{s, s, s, s}, func(a []trace.Operand) []trace.Operand {
		w := writer{e}
		first := w.cmp(dir, a[0], a[2])
		return []trace.Operand{w.sel(first, a[0], a[2]), w.sel(first, a[1], a[3])}
	})
	fill := []trace.Operand{e.Const(m.identity(out.DType), nil), e.Const(zero, nil)}
	w, in := o.Window.spread(e, []trace.Operand{x[1], x[0]}, fill)
	y := e.OpRegions("stablehlo.reduce_window", slices.Concat(in, fill), w.attrs(true), []trace.Region{body}, out, out)
	return y[1:]
}

func (o selectAndGatherAdd) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, dim := alignBatch(c, x, d)
	return []*Value{one(selectAndGatherAdd{o.Less, o.Window.batched(dim)}, y...)}, []int{dim}
}

// JVP: both are linear in the first operand, and the choice that the second makes does not vary.
func (o selectAndGatherAdd) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return c.Self(g, x[1])[0] })
}

func (o selectAndGatherAdd) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil || x[0].X != nil {
		return make([]*Value, 2)
	}
	return []*Value{one(selectAndScatterAdd(o), ct[0], x[1].X), nil}
}

type selectAndScatterAdd struct {
	Less   bool
	Window windowing
}

func (o selectAndScatterAdd) Name() string { return "select_and_scatter_add" }

// SelectAndScatterAdd adds each element of source, one for each window of x and of its dtype, to zeros of x's shape, at
// the place of the window's greatest element (least: its least), the first of equal ones: lax._select_and_scatter_add,
// what goes backward through max pooling. Reals, and bool, whose sum is the logical or.
func SelectAndScatterAdd(source, x *Value, least bool, window, strides []int, padding WindowPadding) *Value {
	w := newWindowing("select_and_scatter_add", []ir.Aval{source.Aval(), x.Aval()}, x.Shape(), window, strides, padding,
		nil)
	return one(selectAndScatterAdd{least, w}, source, x)
}

func (o selectAndScatterAdd) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := inferSelect(in, o.Window, kOrdered); err != nil {
		return nil, err
	}
	if o.Window.dilated() {
		return nil, fmt.Errorf("takes no dilations")
	}
	if want := o.Window.out(in[1].Shape); !slices.Equal(in[0].Shape, want) {
		return nil, fmt.Errorf("the windows of an array of shape %s are %s, and the first operand is %s",
			ir.ShapeString(in[1].Shape), ir.ShapeString(want), ir.ShapeString(in[0].Shape))
	}
	return []ir.Aval{in[0].With(in[1].Shape)}, nil
}

func (o selectAndScatterAdd) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	_, dir := extremumOf(o.Less)
	zero := e.Const(ir.FloatLit(0, out.DType), nil)
	switch {
	case out.Size() == 0 || x[0].Aval.Size() == 0 || ir.SizeOf(o.Window.Sizes) == 0:
		return []trace.Operand{e.Const(ir.FloatLit(0, out.DType), out.Shape)}
	case out.Rank() == 0:
		return x[:1]
	}
	s := ir.Scalar(out.DType)
	pick := e.Region([]ir.Aval{s, s}, func(a []trace.Operand) []trace.Operand {
		return []trace.Operand{writer{e}.cmp(dir, a[0], a[1])}
	})
	plus := monoidAdd
	if out.DType == ir.Bool {
		plus = monoidOr
	}
	sum := e.Region([]ir.Aval{s, s}, func(a []trace.Operand) []trace.Operand {
		return []trace.Operand{plus.write(e, a[0], a[1])}
	})
	return e.OpRegions("stablehlo.select_and_scatter", []trace.Operand{x[1], x[0], zero}, o.Window.attrs(false),
		[]trace.Region{pick, sum}, out)
}

func (o selectAndScatterAdd) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	y, dim := alignBatch(c, x, d)
	return []*Value{one(selectAndScatterAdd{o.Less, o.Window.batched(dim)}, y...)}, []int{dim}
}

func (o selectAndScatterAdd) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, _ *Value) *Value { return c.Self(g, x[1])[0] })
}

func (o selectAndScatterAdd) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	if ct[0] == nil || x[0].X != nil {
		return make([]*Value, 2)
	}
	return []*Value{one(selectAndGatherAdd(o), ct[0], x[1].X), nil}
}

// inferSelect checks what the operands of the two operations have in common.
func inferSelect(in []ir.Aval, w windowing, allow kinds) error {
	if err := wantOperands(in, 2); err != nil {
		return err
	}
	if in[0].DType != in[1].DType {
		return fmt.Errorf("the operands' dtypes %v and %v differ; convert one with lax.ConvertElementType", in[0].DType,
			in[1].DType)
	}
	return firstError(wantKind(in[1], allow), w.check(in[1].Shape))
}

// dilated reports whether the window or the array is spread apart.
func (w windowing) dilated() bool {
	return !allEqual(w.BaseDilation, 1) || !allEqual(w.WindowDilation, 1)
}

// extremumOf is what chooses the elements: a monoid, and the comparison by which the first of equal elements is chosen.
func extremumOf(less bool) (m monoid, dir string) {
	if less {
		return monoidMin, "LE"
	}
	return monoidMax, "GE"
}
