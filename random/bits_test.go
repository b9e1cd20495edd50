package random_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// Numbers are counted in 64 bits: the last of 2^33+7 are JAX's. The compiler makes only those four, of which it is
// asked.
func TestCounterBeyond32Bits(t *testing.T) {
	f := func(k random.KeyArray) jnp.Array { return random.Bits(k, 1<<33+7).Index(jnp.S(-4, nil)) }
	c, err := gojax.Lower(f)(random.Key(42)).Compile()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := c.MemoryAnalysis(); err != nil || m.Temp > 1<<20 {
		t.Skipf("this plugin would take %d bytes (%v)", m.Temp, err)
	}
	if got := jnp.ToSlice[uint32](gojax.Jit(f)(random.Key(42))); !slices.Equal(got,
		[]uint32{2267379515, 3539172907, 1402242632, 1236450194}) {
		t.Error(got)
	}
}

// Two draws of one shape that are broadcast differently in one expression: fused, they kept XLA's compiler busy for
// minutes.
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
	case <-time.After(10 * time.Minute):
		t.Fatal("still compiling after ten minutes")
	}
}
