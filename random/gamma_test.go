package random_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
)

// TestTracedPower draws with powers that are arrays, and what JAX draws. By default only under Jit.
func TestTracedPower(t *testing.T) {
	k := random.Key(3)
	draw := func(p, q jnp.Array) (jnp.Array, jnp.Array) {
		return random.GeneralizedNormal(k, p, 3), random.Ball(k, 2, q, 2)
	}
	p, q := jnp.FromSlice([]float32{1, 2.5, 4}), jnp.AsArray(float32(3))
	for how, f := range map[string]func(p, q jnp.Array) (jnp.Array, jnp.Array){"eager": draw,
		"under Jit": gojax.Jit(draw)} {
		if how == "eager" && !sample.All() {
			continue
		}
		x, y := f(p, q)
		if want := jnp.FromSlice([]float32{0.06195753, -0.7752573, 0.6089163}); jnp.AllClose(x, want).Item() != 1 {
			t.Errorf("%s: GeneralizedNormal is %v, want %v", how, x, want)
		}
		if want := jnp.AsArray([][]float32{{0.8238455, 0.7434224}, {0.511516, 0.47526225}}); jnp.AllClose(y, want).
			Item() != 1 {
			t.Errorf("%s: Ball is %v, want %v", how, y, want)
		}
	}
}
