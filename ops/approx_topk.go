package ops

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// approxTopK finds the K greatest (Least: least) elements along Axis. Recall and InputSize are what hardware with an
// approximate search works by; here they only count for the number of results of Loose.
type approxTopK struct {
	K, Axis   int
	Least     bool
	Recall    float64
	InputSize int // -1: the axis's own
	Loose     bool
}

func (approxTopK) Name() string { return "approx_top_k" }

// ApproxOptions are the options of ApproxMaxK and ApproxMinK.
type ApproxOptions struct {
	// Recall is the share of the true results, in (0, 1], that the approximation is to find; 0 is 0.95.
	Recall float64
	// InputSize is the size that Recall is reckoned for where x is a part of something larger; 0: that of the axis.
	InputSize int
	// Loose gives all the candidates, of which there are at least k, without narrowing them down
	// (aggregate_to_topk=False).
	Loose bool
}

// ApproxMaxK is the k greatest elements of x along axis, greatest first, and their positions as int32, as
// lax.approx_max_k. float dtypes. CPUs and GPUs have no approximate search: as in JAX the result is that of a sort. NaN
// counts as greater than every number; the order of equal elements is not specified.
func ApproxMaxK(x *Value, k, axis int, options ...ApproxOptions) (values, indices *Value) {
	return bindApprox(x, k, axis, false, options)
}

// ApproxMinK is ApproxMaxK of the least elements, least first, as lax.approx_min_k.
func ApproxMinK(x *Value, k, axis int, options ...ApproxOptions) (values, indices *Value) {
	return bindApprox(x, k, axis, true, options)
}

// bindApprox binds the search for the greatest or least elements along axis.
func bindApprox(x *Value, k, axis int, least bool, options []ApproxOptions) (values, indices *Value) {
	o := oneOption("approx_top_k", options, x)
	if o.Recall == 0 {
		o.Recall = 0.95
	}
	if o.InputSize == 0 {
		o.InputSize = -1
	}
	y := trace.Bind(approxTopK{K: k, Axis: axis, Least: least, Recall: o.Recall, InputSize: o.InputSize,
		Loose: o.Loose}, x)
	return y[0], y[1]
}

func (o approxTopK) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	x := in[0]
	if err := wantKind(x, kFloat); err != nil {
		return nil, err
	}
	if x.Rank() == 0 {
		return nil, fmt.Errorf("takes an array of at least one axis")
	}
	if err := checkAxes("axis", []int{o.Axis}, x.Rank()); err != nil {
		return nil, err
	}
	if n := x.Shape[o.Axis]; o.K < 1 || o.K > n {
		return nil, fmt.Errorf("k is %d; axis %d of %s has %d elements, and k must be 1 to that", o.K, o.Axis,
			ir.ShapeString(x.Shape), n)
	}
	if !(o.Recall > 0 && o.Recall <= 1) {
		return nil, fmt.Errorf("the recall must be in (0, 1], not %v", o.Recall)
	}
	shape := own(x.Shape)
	shape[o.Axis] = o.results(shape)
	return []ir.Aval{x.With(shape), {Shape: shape, DType: ir.Int32}}, nil
}

// results is the number of results along the axis: k, or, of Loose, that of XLA's partial reduction, which leaves the
// best of every bin of a power of two of elements: so many bins that k independent elements fall into different ones as
// often as the recall says, and a multiple of the tiles that the hardware reads.
func (o approxTopK) results(shape []int) int {
	n := shape[o.Axis]
	tile := 128
	if len(shape) == 1 {
		tile = 1024
	}
	switch {
	case !o.Loose:
		return o.K
	case n <= tile:
		return n
	case o.K == 1:
		return tile
	}
	whole := n
	if o.InputSize > 0 {
		whole = o.InputSize
	}
	if o.Recall == 1 {
		return n
	}
	bins := max(int((1-float64(o.K))/math.Log(o.Recall)), tile)
	log2 := bits.Len(uint(whole/bins)) - 1
	if log2 <= 0 {
		return n
	}
	log2 = min(log2, bits.Len(uint(max(n/tile-1, 0))))
	ceil := func(a, b int) int { return (a + b - 1) / b }
	return ceil(ceil(n, tile), 1<<log2) * tile
}

// Lower sorts by the one comparison, as XLA does where it has no partial reduction. The bins for a larger InputSize may
// hold more results than there are elements to sort: then JAX's slice fails, too.
func (o approxTopK) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	in, out := x[0].Aval, e.Out()
	if k, n := out[0].Shape[o.Axis], in.Shape[o.Axis]; k > n {
		trace.Fail(o.Name(), []ir.Aval{in}, "for an InputSize of %d there are %d candidates, and axis %d has %d "+
			"elements; give a smaller InputSize, or none", o.InputSize, k, o.Axis, n)
	}
	if out[0].Size() == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, out[0].DType), out[0].Shape),
			e.Const(ir.IntLit(0, ir.Int32), out[1].Shape)}
	}
	at := lowerFun(e, nil, func([]*Value) []*Value { return []*Value{Iota(ir.Int32, in.Shape, o.Axis)} })
	dir := "GT"
	if o.Least {
		dir = "LT"
	}
	s, i := ir.Scalar(in.DType), ir.Scalar(ir.Int32)
	before := e.Region([]ir.Aval{s, s, i, i}, func(a []trace.Operand) []trace.Operand {
		k := lowerFun(e, a[:2], func(v []*Value) []*Value { return mapEach(v, OrderKey) })
		return []trace.Operand{writer{e}.cmp(dir, k[0], k[1])}
	})
	y := e.OpRegions("stablehlo.sort", []trace.Operand{x[0], at[0]},
		fmt.Sprintf("dimension = %s, is_stable = false", i64(o.Axis)), []trace.Region{before}, in, in.As(ir.Int32))
	return lowerFun(e, y, func(v []*Value) []*Value {
		return mapEach(v, func(v *Value) *Value { return SliceInDim(v, 0, out[0].Shape[o.Axis], 1, o.Axis) })
	})
}

func (o approxTopK) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	h := o
	if d[0] <= o.Axis {
		h.Axis++
	}
	return trace.Bind(h, x...), []int{d[0], d[0]}
}

// JVP takes the tangents from where the elements are.
func (o approxTopK) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, 2)
	}
	return y, []*Value{takeAlong(t[0], y[1], o.Axis), nil}
}
