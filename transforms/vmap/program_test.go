package vmap_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/vmap"
)

type mute struct{}

func (mute) Name() string { return "mute" }

func (mute) Infer(in []ir.Aval) ([]ir.Aval, error) { return in, nil }

func (mute) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand { return x }

func TestNoRule(t *testing.T) {
	f := func(x A) A { return A{trace.Bind(mute{}, x.v)[0]} }
	err := trace.Try(func() { mapped(f, in(0))(arange(2)) })
	if err == nil || !strings.Contains(err.Error(), "mute(float32[2]): this operation has no batching rule") {
		t.Errorf("got %v", err)
	}
	// Where nothing mapped reaches it, none is needed.
	z := arange(3)
	expect(t, "an operation on shared operands",
		mapped(func(x A) A { return A{ops.Add(x.v, trace.Bind(mute{}, z.v)[0])} }, in(0))(arange(1, 3)).v, "[1,3]0 2 4")
}

// TestNothingMoves maps a standardization of columns: the matrix and what is made of it stay as they lie. Only a mean
// that is spread over its column may be turned, which costs nothing once compiled (BenchmarkColumns).
func TestNothingMoves(t *testing.T) {
	shape := []int{4}
	mean := func(v *trace.Value) *trace.Value {
		return ops.Div(ops.ReduceSum(v, []int{0}), lit(4))
	}
	p, _ := trace.Trace("standardize", []ir.Aval{{Shape: shape, DType: ir.Float32}},
		func(x []*trace.Value) []*trace.Value {
			c := ops.Sub(x[0], ops.BroadcastInDim(mean(x[0]), shape, nil))
			sd := ops.Sqrt(mean(ops.Mul(c, c)))
			return []*trace.Value{ops.Div(c, ops.BroadcastInDim(sd, shape, nil))}
		})
	q, at := vmap.Program(p, 5, []int{1}, []int{1}, "standardize")
	if err := q.Verify(); err != nil {
		t.Fatal(err)
	}
	by := map[ir.Value]string{}
	for _, e := range q.Eqns {
		if e.Op.Name() == "transpose" && by[e.In[0]] != "broadcast_in_dim" || at[0] != 1 {
			t.Errorf("mapped to\n%s\nfrom\n%s", q.Format(false), p.Format(false))
		}
		by[e.Out[0]] = e.Op.Name()
	}
}
