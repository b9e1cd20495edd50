package deriv_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func vec(x ...float32) jnp.Array { return jnp.FromSlice(x) }

// near compares the elements of x with want, NaN and infinities included.
func near(t *testing.T, what string, x jnp.Array, want ...float64) {
	t.Helper()
	got := jnp.ToSlice[float32](x.Reshape(-1).AsType(jnp.Float32))
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, x, want)
		return
	}
	for i, g := range got {
		g, w := float64(g), want[i]
		if g == w || math.IsNaN(g) && math.IsNaN(w) || math.Abs(g-w) <= 2e-5*(1+math.Abs(w)) {
			continue
		}
		t.Errorf("%s: element %d of %v, want %v", what, i, x, want)
		return
	}
}
func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }
