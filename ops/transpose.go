package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

type transpose struct{ Perm []int }

func (transpose) Name() string { return "transpose" }

// Transpose is x with its axis perm[i] at position i. x itself is returned where nothing moves.
func Transpose(x *Value, perm []int) *Value {
	if x.Rank() == len(perm) && slices.Equal(perm, arange(0, len(perm))) {
		return x
	}
	return one(transpose{own(perm)}, x)
}

func (o transpose) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	a := in[0]
	if len(o.Perm) != len(a.Shape) {
		return nil, fmt.Errorf("the permutation %v has %d axes, shape %s has %d", o.Perm, len(o.Perm),
			ir.ShapeString(a.Shape), len(a.Shape))
	}
	if err := checkAxes("permuted axis", o.Perm, len(a.Shape)); err != nil {
		return nil, err
	}
	shape := make([]int, len(o.Perm))
	for i, p := range o.Perm {
		shape[i] = a.Shape[p]
	}
	return []ir.Aval{a.With(shape)}, nil
}

func (o transpose) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	if y := streamCopied(e, func() view { return o.view(x[0]) }); y != nil {
		return y
	}
	if y := o.apart(e, x[0]); y != nil {
		return y
	}
	return hlo(e, "stablehlo.transpose", x, "permutation = "+i64s(o.Perm))
}

// apart calls the kernel to copy a large array transposed, where XLA would read it so in the loop of what uses it, a
// line of memory for each number; nil for others. Products, convolutions and reductions take arrays as they lie.
func (o transpose) apart(e trace.Emitter, x trace.Operand) []trace.Operand {
	if e.Out()[0].Bytes() < streamBytes || e.Mesh() != nil || e.InLoop() {
		return nil
	}
	switch op, _ := e.Maker(x); op.(type) {
	case broadcastInDim, full, iotaOp: // is not in memory
		return nil
	}
	read := slices.ContainsFunc(e.Users(), func(op ir.Op) bool {
		_, reversed := op.(rev)
		return op == nil || reversed || perElement(op)
	})
	if !read {
		return nil
	}
	return streamViews(e, streamCopy, []view{o.view(x)}, streamBytes)
}

// Batch leaves the mapped axis at its position.
func (o transpose) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return []*Value{Transpose(x[0], slices.Insert(shifted(o.Perm, d[0]), d[0], d[0]))}, d
}

func (transpose) JVP(c trace.JVPCtx, x, t []*Value) (y, yt []*Value) { return jvpLinear(c, x, t) }

func (o transpose) Transpose(_ trace.TransposeCtx, ct []*Value, _ []trace.Linear) []*Value {
	return transpose1(ct, func(ct *Value) *Value { return Transpose(ct, inversePerm(o.Perm)) })
}

// inversePerm is the permutation that undoes perm.
func inversePerm(perm []int) []int {
	inv := make([]int, len(perm))
	for i, p := range perm {
		inv[p] = i
	}
	return inv
}
