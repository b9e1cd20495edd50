package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// reduceWindow combines the elements of every window by Monoid, from its identity.
type reduceWindow struct {
	Monoid monoid
	Window windowing
}

func (r reduceWindow) Name() string {
	return [...]string{"reduce_window_sum", "reduce_window_prod", "reduce_window_max", "reduce_window_min",
		"reduce_window_and", "reduce_window_or", "reduce_window_xor"}[r.Monoid]
}

// ReduceWindow combines the elements of every window of x by op, from the scalar init of x's dtype, as
// lax.reduce_window: window and strides (nil: 1) have a number for each axis. op is Add, Mul, Max, Min, And, Or, Xor,
// or a function of two scalars that is associative and commutative and that init does not change; how often and in what
// order it is applied is not specified. Where a window hangs over the edge, only elements inside take part.
//
//	ReduceWindow(x, negInf, Max, []int{2, 2}, []int{2, 2}, PadValid) // max pooling
func ReduceWindow(x, init *Value, op func(a, b *Value) *Value, window, strides []int, padding WindowPadding,
	options ...WindowOptions) *Value {
	in := []ir.Aval{x.Aval(), init.Aval()}
	w := newWindowing("reduce_window", in, x.Shape(), window, strides, padding, options)
	trace.Must(scalarOf(x.Aval(), init.Aval()), "reduce_window", in)
	m, ok := monoidOf(op, x.DType())
	if !ok {
		body := func(a, b []*Value) []*Value { return []*Value{op(a[0], b[0])} }
		p := scalarBody("lax.ReduceWindow", []*Value{x}, body)
		return one(reduceWindows{p, w}, x, init)
	}
	y := one(reduceWindow{m, w}, x)
	id := m.identity(x.DType())
	if l, ok := init.Lit(); ok && l.Lo == id.Lo && l.Hi == id.Hi {
		return y
	}
	return m.apply(BroadcastInDim(init, y.Shape(), nil), y)
}

func (r reduceWindow) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := firstError(wantKind(in[0], r.Monoid.kinds()), r.Window.check(in[0].Shape)); err != nil {
		return nil, err
	}
	return []ir.Aval{in[0].With(r.Window.out(in[0].Shape))}, nil
}

func (r reduceWindow) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()[0]
	id := r.Monoid.identity(out.DType)
	if out.Size() == 0 || x[0].Aval.Size() == 0 || ir.SizeOf(r.Window.Sizes) == 0 {
		return []trace.Operand{e.Const(id, out.Shape)}
	}
	if len(out.Shape) == 0 {
		return x
	}
	if axes := r.Window.whole(x[0].Aval.Shape); axes != nil && r.Monoid.isExtreme() {
		return lowerFun(e, x, func(v []*Value) []*Value {
			return []*Value{Reshape(one(reduction{r.Monoid, axes}, v[0]), out.Shape)}
		})
	}
	fill := []trace.Operand{e.Const(id, nil)}
	w, in := r.Window.spread(e, x, fill)
	body := r.Monoid.region(e, out.DType, losesNaN(e, r.Monoid, in[0].Aval))
	return e.OpRegions("stablehlo.reduce_window", append(in[:1:1], fill...), w.attrs(true), []trace.Region{body}, out)
}

func (r reduceWindow) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{one(reduceWindow{r.Monoid, r.Window.batched(d[0])}, x[0])}, d
}

// JVP: sums are linear; the tangent of an extremum is that of the first element that reaches it; that of a product is
// the sum over its factors of the product of the others.
func (r reduceWindow) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	w := r.Window
	last := x[0].Rank()
	switch r.Monoid {
	case monoidAdd:
		return jvpLinear(c, x, t)
	case monoidMul:
		return jvp1(c, x, t, func(g, _ *Value) *Value {
			others := productOfOthers(w.cells(x[0], r.Monoid.identity(x[0].DType())), []int{last})
			return ReduceSum(Mul(w.cells(g, ir.FloatLit(0, g.DType())), others), []int{last})
		})
	case monoidMax, monoidMin:
		return jvp1(c, x, t, func(g, y *Value) *Value {
			less := r.Monoid == monoidMin
			if !w.dilated() {
				return one(selectAndGatherAdd{less, w}, g, x[0])
			}
			if ir.SizeOf(w.Sizes) == 0 {
				return ZerosLike(y)
			}
			at := one(argExtremum{less, last, ir.Int32}, w.cells(x[0], r.Monoid.identity(x[0].DType())))
			picked := takeAlong(w.cells(g, ir.FloatLit(0, g.DType())), ExpandDims(at, []int{last}), last)
			return Reshape(picked, y.Shape())
		})
	}
	return jvpZero(c, x)
}

// Transpose of sums over windows: each cotangent goes to every element of its window, which is again a sum over
// windows, of the cotangents spread apart.
func (r reduceWindow) Transpose(_ trace.TransposeCtx, ct []*Value, x []trace.Linear) []*Value {
	return transpose1(ct, func(g *Value) *Value {
		w, n := r.Window, x[0].Aval.Rank()
		if g.Aval().Size() == 0 || ir.SizeOf(w.Sizes) == 0 || x[0].Aval.Size() == 0 {
			return Zeros(x[0].Aval)
		}
		low, high := w.backward(x[0].Aval.Shape)
		g = Pad(g, zeroOf(g), low, high, each(w.Strides, w.Strides, func(s, _ int) int { return s - 1 }))
		back := windowing{w.Sizes, w.BaseDilation, repeated(0, n), repeated(0, n), repeated(1, n), w.WindowDilation}
		return one(reduceWindow{monoidAdd, back}, g)
	})
}

// reduceWindows combines the elements of every window of several arrays together by a program of scalars.
type reduceWindows struct {
	Body   *ir.Program
	Window windowing
}

func (reduceWindows) Name() string              { return "reduce_window" }
func (r reduceWindows) Programs() []*ir.Program { return []*ir.Program{r.Body} }

// ReduceWindows is ReduceWindow of several arrays of one shape together: body combines two tuples of scalars, one from
// each array.
func ReduceWindows(xs, inits []*Value, body func(a, b []*Value) []*Value, window, strides []int, padding WindowPadding,
	options ...WindowOptions) []*Value {
	if len(xs) == 0 || len(inits) != len(xs) {
		trace.Fail("reduce_window", trace.Avals(xs), "takes as many initial values as arrays, at least one of each, "+
			"not %d and %d", len(inits), len(xs))
	}
	w := newWindowing("reduce_window", trace.Avals(xs), xs[0].Shape(), window, strides, padding, options)
	p := scalarBody("lax.ReduceWindows", xs, body)
	return trace.Bind(reduceWindows{p, w}, slices.Concat(xs, inits)...)
}

func (r reduceWindows) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := checkReduced(r.Body, in); err != nil {
		return nil, err
	}
	if err := r.Window.check(in[0].Shape); err != nil {
		return nil, err
	}
	n := len(in) / 2
	out := make([]ir.Aval, n)
	for i, x := range in[:n] {
		out[i] = ir.Aval{Shape: r.Window.out(x.Shape), DType: x.DType, Weak: x.Weak && in[n+i].Weak}
	}
	return out, nil
}

func (r reduceWindows) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out, n := e.Out(), len(x)/2
	if out[0].Size() == 0 || x[0].Aval.Size() == 0 || ir.SizeOf(r.Window.Sizes) == 0 {
		y := make([]trace.Operand, n)
		for i := range y {
			y[i] = writer{e}.fill(x[n+i], out[i].Shape)
		}
		return y
	}
	if out[0].Rank() == 0 {
		return e.Inline(r.Body, append(slices.Clone(x[n:]), x[:n]...))
	}
	w, spread := r.Window.spread(e, x[:n], x[n:])
	body := scalarRegion(e, r.Body, spread)
	return e.OpRegions("stablehlo.reduce_window", slices.Concat(spread, x[n:]), w.attrs(true), []trace.Region{body},
		out...)
}

// Batch. As in Reduce, mapped initial values are taken one by one.
func (r reduceWindows) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := len(x) / 2
	if !allEqual(d[n:], trace.NotMapped) {
		return oneByOne(c, r, x, d)
	}
	xs, at := alignBatch(c, x[:n], d[:n])
	return trace.Bind(reduceWindows{r.Body, r.Window.batched(at)}, append(xs, x[n:]...)...), repeated(at, n)
}

// JVP is that of the same combination written out over the places of the window.
func (r reduceWindows) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvpWritten(c, x, t, func(x []*Value) []*Value {
		n, last := len(x)/2, x[0].Rank()
		cells := make([]*Value, n)
		for i, v := range x[:n] {
			cells[i] = r.Window.cells(v, ir.IntLit(0, v.DType()))
		}
		// Places outside of the array take no part: they hold the initial value.
		inside := r.Window.cells(Full(x[0].Shape(), ir.BoolLit(true)), ir.BoolLit(false))
		for i, v := range cells {
			cells[i] = Select(inside, v, BroadcastInDim(x[n+i], v.Shape(), nil))
		}
		return foldLast(r.Body, cells, x[n:], last)
	})
}

// whole are the axes of an array of this shape that the only window is all of; nil where there are others, or none.
func (w windowing) whole(shape []int) (axes []int) {
	for a, n := range w.Sizes {
		switch {
		case w.Low[a] != 0 || w.High[a] != 0 || n != shape[a] && (n != 1 || w.Strides[a] != 1):
			return nil
		case n > 1:
			axes = append(axes, a)
		}
	}
	if w.dilated() {
		return nil
	}
	return axes
}
