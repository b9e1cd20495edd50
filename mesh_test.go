package gojax_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

// A donated array need not lie as the result of its type does.
func TestDonateOverMesh(t *testing.T) {
	m := gojax.NewMesh([]int{2, 2}, []string{"x", "y"})
	rows := gojax.NamedSharding(m, gojax.P("x", "y"))
	f := func(x, y jnp.Array) (jnp.Array, jnp.Array) { return x.Add(y), y.Mul(2) }
	n := jnp.Arange(64.0).Reshape(8, 8)
	for _, opts := range [][]gojax.JitOption{
		nil,
		{gojax.OutShardings(gojax.NamedSharding(m, gojax.P("y")), nil)},
		{gojax.OutShardings(rows, rows)},
		{gojax.InShardings(gojax.NamedSharding(m, gojax.P("y")), rows), gojax.OutShardings(nil, rows)},
	} {
		x, y := n.Copy(), gojax.DevicePut(n, rows)
		a, b := gojax.Jit(f, append(opts, gojax.DonateArgs(0, 1))...)(x, y)
		if !jnp.ArrayEqual(a, n.Mul(2)).Bool() || !jnp.ArrayEqual(b, n.Mul(2)).Bool() {
			t.Errorf("%d options: %v and %v", len(opts), a, b)
		}
		if !x.IsDeleted() || !y.IsDeleted() {
			t.Errorf("%d options: a donated array is not deleted", len(opts))
		}
	}
	x := gojax.DevicePut(n, rows)
	y := gojax.DevicePut(x, rows) // the same blocks
	g := gojax.Jit(f, gojax.DonateArgs(0))
	fails.With(t, func() { g(x, y) }, "args[0]", "args[1] is the same array")
	fails.With(t, func() { g(x, x) }, "args[0]", "args[1] is the same array")
}

// Each way that arguments lie is compiled once, and the event says why.
func TestCompileReasonOverMesh(t *testing.T) {
	m := gojax.NewMesh([]int{4}, []string{"x"})
	var reasons []string
	stop := gojax.OnCompile(func(e gojax.CompileEvent) {
		if e.Name == "shifted" {
			reasons = append(reasons, e.Reason)
		}
	})
	defer stop()
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return x.Add(3.25) }, gojax.Named("shifted"))
	x := jnp.Zeros(4, 4)
	for range 2 {
		f(gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P("x"))))
		f(gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P(nil, "x"))))
	}
	if len(reasons) != 2 || reasons[0] != "first call" || !strings.Contains(reasons[1], "lie so over Mesh(x: 4)") {
		t.Errorf("compiled for %q", reasons)
	}
}
