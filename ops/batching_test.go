package ops_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Mapped axes stay where they are, where nothing forces them to move.
func TestBatchKeepsAxes(t *testing.T) {
	for _, r := range structuralRows {
		if len(r.in) != 1 || len(r.in[0].shape) == 0 {
			continue
		}
		p := program(t, r.f, avals(r.in))
		if len(p.Eqns) != 1 {
			continue
		}
		last := len(r.in[0].shape)
		batched, _ := trace.Trace("vmap", []ir.Aval{{Shape: append(shape(r.in[0].shape...), 4), DType: ir.Float64}},
			func(x []*trace.Value) []*trace.Value {
				op := p.Eqns[0].Op
				y, _ := op.(trace.Batcher).Batch(batchCtx{op: op, n: 4}, x, []int{last})
				return y
			})
		moves := 0
		for _, e := range batched.Eqns {
			if e.Op.Name() == "transpose" {
				moves++
			}
		}
		want := 0
		if p.Eqns[0].Op.Name() == "transpose" {
			want = 1
		}
		if moves != want {
			t.Errorf("%s: %d transposes, want %d:\n%v", r.name, moves, want, batched)
		}
	}
}

type batchCtx struct {
	trace.BatchCtx
	op ir.Op
	n  int
}

func (c batchCtx) AxisSize() int                         { return c.n }
func (c batchCtx) IsLast() bool                          { return false }
func (c batchCtx) Self(x ...*trace.Value) []*trace.Value { return trace.Bind(c.op, x...) }
