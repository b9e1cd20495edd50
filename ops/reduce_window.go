package ops

import (
	"fmt"
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
	return [...]string{"reduce_window_sum", "reduce_window_prod", "reduce_window_max", "reduce_window_min", "reduce_window_and", "reduce_window_or", "reduce_window_xor"}[r.Monoid]
}

// ReduceWindow combines the elements of every window of x by op, from the scalar init of x's dtype, as lax.reduce_window: window
// and strides (nil: 1) have a number for each axis. op is lax.Add, lax.Mul, lax.Max, lax.Min, lax.And, lax.Or, lax.Xor, or a
// function of two scalars that is associative and commutative and that init does not change; how often and in what order it is
// applied is not specified. Where a window hangs over the edge, only elements inside take part.
//
//	lax.ReduceWindow(x, negInf, lax.Max, []int{2, 2}, []int{2, 2}, lax.PadValid) // max pooling
func ReduceWindow(x, init *Value, op func(a, b *Value) *Value, window, strides []int, padding WindowPadding, options ...WindowOptions) *Value {
	in := []ir.Aval{x.Aval(), init.Aval()}
	w := newWindowing("reduce_window", in, x.Shape(), window, strides, padding, options)
	trace.Must(scalarOf(x.Aval(), init.Aval()), "reduce_window", in)
	m, ok := monoidOf(op, x.DType())
	if !ok {
		p := scalarBody("lax.ReduceWindow", []*Value{x}, func(a, b []*Value) []*Value { return []*Value{op(a[0], b[0])} })
		return one(reduceWindows{p, w}, x, init)
	}
	y := one(reduceWindow{m, w}, x)
	id := m.identity(x.DType())
	if l, ok := init.Lit(); ok && l.Lo == id.Lo && l.Hi == id.Hi {
		return y
	}
	return m.apply(BroadcastInDim(init, y.Shape(), nil), y)
}

// ReduceWindows is ReduceWindow of several arrays of one shape together: body combines two tuples of scalars, one from each array.
func ReduceWindows(xs, inits []*Value, body func(a, b []*Value) []*Value, window, strides []int, padding WindowPadding, options ...WindowOptions) []*Value {
	if len(xs) == 0 || len(inits) != len(xs) {
		trace.Fail("reduce_window", trace.Avals(xs), "takes as many initial values as arrays, at least one of each, not %d and %d", len(inits), len(xs))
	}
	w := newWindowing("reduce_window", trace.Avals(xs), xs[0].Shape(), window, strides, padding, options)
	p := scalarBody("lax.ReduceWindows", xs, body)
	return trace.Bind(reduceWindows{p, w}, slices.Concat(xs, inits)...)
}

func scalarOf(x, init ir.Aval) error {
	if init.Rank() != 0 || init.DType != x.DType {
		return fmt.Errorf("the initial value must be a %v scalar as the array is of that dtype, not %v", x.DType, init)
	}
	return nil
}

// monoidOf finds out whether f, on scalars of dtype d, is one of the operations with rules of their own.
func monoidOf(f func(a, b *Value) *Value, d ir.DType) (monoid, bool) {
	p, captured := trace.Trace("the operation of a reduction", []ir.Aval{ir.Scalar(d), ir.Scalar(d)}, func(x []*Value) []*Value { return []*Value{f(x[0], x[1])} })
	if len(captured) > 0 || len(p.Eqns) != 1 {
		return 0, false
	}
	e := &p.Eqns[0]
	a, b := ir.Value(p.In[0]), ir.Value(p.In[1])
	if len(e.In) != 2 || !(e.In[0] == a && e.In[1] == b || e.In[0] == b && e.In[1] == a) || len(p.Out) != 1 || p.Out[0] != ir.Value(e.Out[0]) {
		return 0, false
	}
	switch e.Op.(type) {
	case add:
		return monoidAdd, true
	case mul:
		return monoidMul, true
	case maxOp:
		return monoidMax, !d.IsComplex()
	case minOp:
		return monoidMin, !d.IsComplex()
	case andOp:
		return monoidAnd, true
	case orOp:
		return monoidOr, true
	case xorOp:
		return monoidXor, true
	}
	return 0, false
}

func (r reduceWindow) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	if err := firstError(wantKind(in[0], r.Monoid.kinds()), r.Window.check(in[0].Rank())); err != nil {
		return nil, err
	}
	return []ir.Aval{in[0].With(r.Window.out(in[0].Shape))}, nil
}

// kinds are the dtypes that windows are combined of.
func (m monoid) kinds() kinds {
	switch m {
	case monoidAdd, monoidMul:
		return kNum
	case monoidAnd, monoidOr, monoidXor:
		return kLogic
	}
	return kOrdered
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
	scalar := ir.Scalar(out.DType)
	body := e.Region([]ir.Aval{scalar, scalar}, func(a []trace.Operand) []trace.Operand {
		return []trace.Operand{r.Monoid.write(e, a[0], a[1])}
	})
	return e.OpRegions("stablehlo.reduce_window", []trace.Operand{x[0], e.Const(id, nil)}, r.Window.attrs(true), []trace.Region{body}, out)
}

func (r reduceWindow) Batch(_ trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{one(reduceWindow{r.Monoid, r.Window.batched(d[0])}, x[0])}, d
}

// JVP: sums are linear; the tangent of an extremum is that of the first element that reaches it; that of a product is the sum over
// its factors of the product of the others.
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

// Transpose of sums over windows: each cotangent goes to every element of its window, which is again a sum over windows, of the
// cotangents spread apart.
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
