package trace

import (
	"errors"
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

func TestUserName(t *testing.T) {
	for op, want := range map[string]bool{
		"jnp.Add": true, "gojax.Jit(main.step)": true, "stats.Norm.PDF": true, "linalg.Norm": true,
		"": false, "add": false, "Add": false, "At.Set": false, "jnp.": false, "jnp.add": false, "jnp.A.b": false, "jnp.A.B.C": false,
		"the body of lax.Scan": false, "2.Add": false,
	} {
		if got := userName(op); got != want {
			t.Errorf("%q: %v", op, got)
		}
	}
}
