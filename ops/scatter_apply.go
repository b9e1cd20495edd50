package ops

import (
	"fmt"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// scatterApply is a scatter whose new elements a program of scalars makes of the old ones. Its third operand only says
// how large the windows are.
type scatterApply struct {
	Body *ir.Program
	To   scatter
}

func (scatterApply) Name() string              { return "scatter_apply" }
func (s scatterApply) Programs() []*ir.Program { return []*ir.Program{s.Body} }

// ScatterApply returns x with f applied to the elements of windows of it, as lax.scatter_apply: once for each window
// that an element lies in. f is a function of a scalar, and updateShape the shape that Scatter's updates would have. It
// has no derivative: where no windows overlap, Scatter f of what Gather reads.
func ScatterApply(x, indices *Value, f func(v *Value) *Value, updateShape []int, dims ScatterDims,
	o ScatterOptions) *Value {
	body := scalarBody("lax.ScatterApply", []*Value{x}, func(a, _ []*Value) []*Value { return []*Value{f(a[0])} })
	to := newScatter(scatterSet, dims, o)
	return one(scatterApply{body, to}, x, indices, Full(updateShape, ir.Lit{DType: x.DType()}))
}

func (s scatterApply) Infer(in []ir.Aval) ([]ir.Aval, error) {
	out, err := s.To.Infer(in)
	if err != nil {
		return nil, err
	}
	if len(s.Body.Out) != 1 || s.Body.Out[0].Aval().Rank() != 0 || s.Body.Out[0].Aval().DType != in[0].DType {
		return nil, fmt.Errorf("the function must make one %v scalar of a %v scalar", in[0].DType, in[0].DType)
	}
	return out, nil
}

func (s scatterApply) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return s.To.lower(e, x, func(old, update trace.Operand) trace.Operand {
		return e.Inline(s.Body, []trace.Operand{old, update})[0]
	})
}

func (s scatterApply) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	to, y, at := s.To.batched(c, x, d)
	return []*Value{one(scatterApply{s.Body, to}, y...)}, []int{at}
}
