package debug_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
)

// BenchmarkCallback is a jitted call that calls a Go function with eight numbers.
func BenchmarkCallback(b *testing.B) {
	n := 0
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		debug.Callback(func(jnp.Array) { n++ }, x)
		return x.Add(1)
	})
	x := iota(8)
	f(x)
	for b.Loop() {
		f(x)
	}
}

// BenchmarkPureCallback is the same for a result.
func BenchmarkPureCallback(b *testing.B) {
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		return gojax.PureCallback(func(x jnp.Array) jnp.Array { return x }, x, x)
	})
	x := iota(8)
	f(x)
	for b.Loop() {
		f(x)
	}
}
