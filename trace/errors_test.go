package trace

import (
	"errors"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestNewError(t *testing.T) {
	cause := errors.New("it is wrong")
	for _, c := range []struct {
		op, want string
	}{
		{"jnp.Add", "jnp.Add: it is wrong"},
		{"stats.Norm.PDF", "stats.Norm.PDF: it is wrong"},
		{"gojax.Jit(step)", "gojax.Jit(step): it is wrong"},
		{"gojax.Vmap((*Model).Step)", "gojax.Vmap((*Model).Step): it is wrong"},
		{"top_k", "top_k: it is wrong"}, // nothing tells the function here
	} {
		if got := NewError(c.op, nil, 0, cause); got.Error() != c.want || !errors.Is(got, cause) {
			t.Errorf("%s: %v", c.op, got)
		}
	}
	e := NewError("gojax.Jit(step)", []ir.Aval{ir.Scalar(ir.Float32), ir.Scalar(ir.Int32)}, 0, cause)
	if e.Op != "gojax.Jit" || e.Func != "step" || e.Error() != "gojax.Jit(step)(float32[], int32[]): it is wrong" {
		t.Errorf("%q of %q: %v", e.Op, e.Func, e)
	}
}

func TestErrors(t *testing.T) {
	withRuntime(t)
	var kept *Value
	Trace("Jit of f", f32s(1), func(x []*Value) []*Value {
		kept = Bind(sum{}, x[0])[0]
		return x
	})
	e := mustFail(t, "used after its trace, Jit of f at errors_test.go:", func() { Bind(sum{}, kept) })
	if !strings.Contains(e.Error(), "made at errors_test.go:") {
		t.Errorf("the message does not say where the value was made: %v", e)
	}
	mustFail(t, "used after its trace", func() {
		Trace("g", nil, func([]*Value) []*Value { return []*Value{kept} })
	})
	mustFail(t, "never set", func() { Bind(sum{}, &Value{}) })
	mustFail(t, "never set", func() { Bind(sum{}, nil) })
	mustFail(t, "never set", func() { Trace("g", nil, func([]*Value) []*Value { return []*Value{{}} }) })
	e = mustFail(t, "differ; convert one", func() {
		Trace("g", f32s(1), func(x []*Value) []*Value { return Bind(sum{}, x[0], FromLit(ir.IntLit(1, ir.Int32))) })
	})
	if e.Op != "sum" || len(e.In) != 2 || !strings.Contains(e.Error(), "sum(float32[], int32[])") {
		t.Errorf("the message does not name the operation and types: %v", e)
	}
	if Current() != nil {
		t.Error("a trace that failed is still open")
	}
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("Try swallowed a panic that is not its own")
			}
		}()
		_ = Try(func() { panic("mine") })
	}()
}
