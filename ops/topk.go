package ops

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// topK finds the K greatest elements along the last axis.
type topK struct{ K int }

func (topK) Name() string { return "top_k" }

// TopK is the k greatest elements of x along its last axis, or the one given, which may be negative, the greatest
// first, and their positions as int32, as lax.top_k: of equal elements the first come first, and NaN counts as greater
// than every number. Reals and bool.
func TopK(x *Value, k int, axis ...int) (values, indices *Value) {
	if len(axis) > 1 {
		trace.Fail("top_k", []ir.Aval{x.Aval()}, "takes one axis, not %v", axis)
	}
	last := x.Rank() - 1
	if len(axis) == 0 || axis[0] == -1 || axis[0] == last {
		y := trace.Bind(topK{k}, x)
		return y[0], y[1]
	}
	a := axisOf("top_k", x, axis[0])
	y := trace.Bind(topK{k}, moveTo(x, a, last))
	return moveTo(y[0], last, a), moveTo(y[1], last, a)
}

func (o topK) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	x := in[0]
	if err := wantKind(x, kOrdered); err != nil {
		return nil, err
	}
	if x.Rank() == 0 {
		return nil, fmt.Errorf("takes an array of at least one axis")
	}
	last := x.Rank() - 1
	if n := x.Shape[last]; o.K < 0 || o.K > n {
		return nil, fmt.Errorf("k is %d; the last axis has %d elements, of which 0 to %d can be taken", o.K, n, n)
	}
	shape := own(x.Shape)
	shape[last] = o.K
	return []ir.Aval{x.With(shape), {Shape: shape, DType: ir.Int32}}, nil
}

func (o topK) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	if out[0].Size() == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, out[0].DType), out[0].Shape),
			e.Const(ir.IntLit(0, ir.Int32), out[1].Shape)}
	}
	if hasKernel(e, topKernel, x[0].Aval.Shape[x[0].Aval.Rank()-1]) {
		return callKernel(e, topKernel, x, "", out...)
	}
	if out[0].DType == ir.Bool {
		w := writer{e}
		y := e.Op("chlo.top_k", []trace.Operand{w.to("stablehlo.convert", x[0], ir.Uint8)}, "k = "+i64(o.K),
			out[0].As(ir.Uint8), out[1])
		return []trace.Operand{w.to("stablehlo.convert", y[0], ir.Bool), y[1]}
	}
	find := func(x []trace.Operand) []trace.Operand {
		return e.Op("chlo.top_k", x, "k = "+i64(o.K), out[0].As(x[0].Aval.DType), out[1])
	}
	if !out[0].DType.IsFloat() {
		return find(x)
	}
	// Floats are ordered by their bits there, which tell zeros and NaNs apart by their signs.
	unsigned := func() []trace.Operand {
		at := find(lowerFun(e, x, func(v []*Value) []*Value { return []*Value{unsignedSpecial(v[0])} }))[1]
		return lowerFun(e, []trace.Operand{x[0], at}, func(v []*Value) []*Value {
			return []*Value{takeAlong(v[0], v[1], v[0].Rank()-1), v[1]}
		})
	}
	if out[0].DType != ir.Float32 || e.Platform() != "cpu" {
		return unsigned()
	}
	// CPUs search in float32 so fast that another copy of x would take as long again.
	some := lowerFun(e, x, func(v []*Value) []*Value {
		b := Bitcast(v[0], ir.Uint32)
		c := func(u int64) *Value { return Full(b.Shape(), ir.IntLit(u, ir.Uint32)) }
		special := Or(Gt(b, c(signedBits(math.Inf(-1), ir.Float32))), Eq(b, c(1<<31)))
		return []*Value{ReduceOr(special, arange(0, b.Rank()))}
	})
	return e.OpRegions("stablehlo.if", some, "", []trace.Region{
		e.Region(nil, func([]trace.Operand) []trace.Operand { return unsigned() }),
		e.Region(nil, func([]trace.Operand) []trace.Operand { return find(x) }),
	}, out...)
}

// unsignedSpecial is floats in the order of floats x by their bits, where zeros are one and NaNs are one. For short
// ones these are the numbers of their keys: a subnormal bfloat16 is 0 as a float32 on CPUs.
func unsignedSpecial(x *Value) *Value {
	d := x.DType()
	if d.Bits() == 16 {
		return Convert(OrderKey(x), ir.Float32)
	}
	b := Bitcast(x, signedOf(d))
	b = Select(IsZero(x), ZerosLike(b), b)
	b = Select(Ne(x, x), Full(b.Shape(), ir.IntLit(signedBits(math.NaN(), d), b.DType())), b)
	return Bitcast(b, d)
}

func (o topK) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	at := d[0]
	if at == x[0].Rank()-1 {
		at = 0
	}
	return c.Self(moveTo(x[0], d[0], at)), []int{at, at}
}

// JVP takes the tangents from where the elements are.
func (o topK) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	if t[0] == nil {
		return y, make([]*Value, 2)
	}
	last := x[0].Rank() - 1
	return y, []*Value{takeAlong(t[0], y[1], last), nil}
}
