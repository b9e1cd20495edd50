package special_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// In float32 the recurrence downwards scales twice on the way from an order whose function is tiny. The reference is
// mpmath's.
func TestBesselJnTiny(t *testing.T) {
	z := jnp.AsArray(float32(1.07))
	if y := special.BesselJn(z, 28).Index(-1).Item(); !(math.Abs(float64(y)/8.0441202268926987e-38-1) < 1e-5) {
		t.Errorf("order 28 of %v is %v", z, y)
	}
	of30 := func(z jnp.Array) jnp.Array { return special.BesselJn(z, 30).Index(-1) }
	// Of the second derivative a part is subnormal.
	if y := gojax.Grad(gojax.Grad(of30))(z).Item(); !(math.Abs(float64(y)/2.00970341e-38-1) < 1e-3) {
		t.Errorf("the second derivative of order 30 at %v is %v", z, y)
	}
}
