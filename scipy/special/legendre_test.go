package special_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// The slope of Lpmn's second result is its derivative.
func TestLpmnSlopes(t *testing.T) {
	x, h := 0.3, 1e-6
	p, dp := special.Lpmn(5, 5, jnp.FromSlice([]float64{x - h, x, x + h}))
	v, d := jnp.ToSlice[float64](p), jnp.ToSlice[float64](dp)
	for i := 0; i < len(v); i += 3 {
		if slope := (v[i+2] - v[i]) / (2 * h); slope-d[i+1] > 1e-5 || d[i+1]-slope > 1e-5 {
			t.Errorf("the derivative of [%d, %d] is %v, want %v", i/18, i/3%6, d[i+1], slope)
		}
	}
}
