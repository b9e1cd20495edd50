package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// binCount counts elements by what they are.
type binCount struct {
	Bins  int
	DType ir.DType
}

func (binCount) Name() string { return "bincount" }

// BinCount is how often each number from 0 to n-1 occurs along the last axis of integers x: [..., n], of dtype d, an
// integer of 32 or 64 bits. Negative elements count as 0, those from n on not at all. It is jnp.bincount, for which JAX
// has no primitive.
func BinCount(x *Value, n int, d ir.DType) *Value { return one(binCount{n, d}, x) }

func (o binCount) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	x := in[0]
	if err := wantKind(x, kInt); err != nil {
		return nil, err
	}
	if x.Rank() == 0 || o.Bins < 0 || !o.DType.IsInteger() || o.DType.Bits() < 32 {
		return nil, fmt.Errorf("counts the elements of vectors in integers of 32 or 64 bits, not those of %v in %d "+
			"of %v", x, o.Bins, o.DType)
	}
	shape := own(x.Shape)
	shape[len(shape)-1] = o.Bins
	return []ir.Aval{{Shape: shape, DType: o.DType}}, nil
}

func (o binCount) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	t, out := x[0].Aval, e.Out()[0]
	last := t.Rank() - 1
	if out.Size() == 0 || t.Size() == 0 {
		return []trace.Operand{e.Const(ir.IntLit(0, o.DType), out.Shape)}
	}
	at := lowerFun(e, x, func(v []*Value) []*Value { return []*Value{signedIndices(v[0], nil)} })
	if e.Mesh() == nil && hasKernel(e, countKernel, t.Shape[last]) {
		return callKernel(e, countKernel, at, "", out)
	}
	return lowerFun(e, at, func(v []*Value) []*Value {
		d := ScatterDims{InsertedWindowDims: []int{last}, ScatterDimsToOperandDims: []int{last},
			OperandBatchingDims: arange(0, last), ScatterIndicesBatchingDims: arange(0, last)}
		i := Max(v[0], ZerosLike(v[0]))
		return []*Value{ScatterAdd(Zeros(out), Reshape(i, append(own(t.Shape), 1)),
			Full(t.Shape, ir.IntLit(1, o.DType)), d, ScatterOptions{})}
	})
}

// Batch: each vector has a row of counts.
func (o binCount) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{one(o, front(c, x, d)...)}, []int{0}
}

// JVP: a count does not vary.
func (binCount) JVP(c trace.JVPCtx, x, _ []*Value) ([]*Value, []*Value) { return jvpZero(c, x) }

// sumsByKernel writes a scatter-add of numbers to a short vector by a kernel, which uses all cores; nil for others.
// With fewer updates, or more places, it is no faster than XLA's loop.
func (s scatter) sumsByKernel(e trace.Emitter, x, idx, updates trace.Operand) []trace.Operand {
	const few, each = 1 << 15, 16
	n, d := updates.Aval.Size(), s.Dims
	if s.Kind != scatterAdd || x.Aval.Rank() != 1 || len(d.InsertedWindowDims) != 1 ||
		len(d.ScatterDimsToOperandDims) != 1 || n < few || n < each*x.Aval.Size() {
		return nil
	}
	switch x.Aval.DType {
	case ir.Float32, ir.Float64, ir.Int32, ir.Int64, ir.Uint32, ir.Uint64:
	default:
		return nil
	}
	if e.Mesh() != nil || !hasKernel(e, scatterKernel, n) {
		return nil
	}
	return callKernel(e, scatterKernel, []trace.Operand{x, idx, updates}, "", x.Aval)
}
