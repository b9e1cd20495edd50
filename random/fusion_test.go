package random_test

import (
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// Two draws of one shape that are broadcast differently in one expression: fused, they kept XLA's compiler busy for minutes.
func TestTwoDrawsCompile(t *testing.T) {
	k := random.Key(11)
	p := jnp.FromSlice([]float32{0.5, 1.5, 3, 0.5, 1.5, 3}, 2, 3)
	done := make(chan jnp.Array, 1)
	go func() {
		done <- gojax.Jit(gojax.Vmap(func(p jnp.Array) jnp.Array { return random.Wald(k, p, 2, 3) }))(p)
	}()
	select {
	case got := <-done:
		if want := random.Wald(k, p.Index(0), 2, 3); jnp.AllClose(got.Index(1), want).Item() != 1 {
			t.Errorf("mapped %v, alone %v", got, want)
		}
	case <-time.After(2 * time.Minute):
		t.Fatal("still compiling after two minutes")
	}
}
