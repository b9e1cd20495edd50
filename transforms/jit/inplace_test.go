package jit_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

func TestRequireInPlace(t *testing.T) {
	opts := []gojax.JitOption{gojax.DonateArgs(0), gojax.RequireInPlace()}
	n := 1000
	for name, f := range map[string]func(x jnp.Array) jnp.Array{
		"elements": func(x jnp.Array) jnp.Array { return x.Mul(2).Add(1) },
		"update":   func(x jnp.Array) jnp.Array { return x.At(3).Set(7) },
		"loop": func(x jnp.Array) jnp.Array {
			return lax.ForiLoop(0, 10, func(i jnp.Array, x jnp.Array) jnp.Array { return x.At(i).Set(1) }, x)
		},
	} {
		if err := gojax.Try(func() { gojax.Jit(f, opts...)(jnp.Zeros(n)) }); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, c := range []struct {
		f    func(x jnp.Array) (jnp.Array, jnp.Array)
		want []string
	}{
		{func(x jnp.Array) (jnp.Array, jnp.Array) { return x.Sum(), x.Sum() },
			[]string{"args[0]", "becomes no result"}},
		{func(x jnp.Array) (jnp.Array, jnp.Array) {
			y := x.At(3).Set(7)
			return y, y.Add(x).Sum()
		}, []string{"args[0] is copied for the operation"}},
		{func(x jnp.Array) (jnp.Array, jnp.Array) {
			return x.Reshape(40, 25).T().Reshape(n), jnp.Zeros()
		}, []string{"args[0] is copied for the operation"}},
	} {
		fails.With(t, func() { gojax.Jit(c.f, opts...)(jnp.Zeros(n)) }, append(c.want, "RequireInPlace")...)
	}
	fails.With(t, func() { gojax.Jit(jnp.Sin, gojax.RequireInPlace()) }, "add DonateArgs")
}
