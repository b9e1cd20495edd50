package deriv_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

func TestVJPKeepsWhatItNeeds(t *testing.T) {
	x := vec(1, 2, 3)
	y, pull := gojax.VJP(func(x jnp.Array) jnp.Array { return jnp.Exp(x).Mul(2.0) }, x)
	e := []float64{2 * math.E, 2 * math.Exp(2), 2 * math.Exp(3)}
	near(t, "value", y, e...)
	for range 2 { // it may be called again
		near(t, "pullback", pull(vec(1, 1, 1)), e...)
	}
	near(t, "mapped pullback", gojax.Vmap(pull)(jnp.Eye(3)), e[0], 0, 0, 0, e[1], 0, 0, 0, e[2])
	near(t, "jitted pullback", gojax.Jit(pull)(vec(1, 0, 1)), e[0], 0, e[2])
	near(t, "differentiated pullback",
		gojax.Grad(func(c jnp.Array) jnp.Array { return jnp.Sum(pull(c)) })(vec(1, 2, 3)), e...)
	_, push := gojax.Linearize(func(x jnp.Array) jnp.Array { return jnp.Exp(x).Mul(2.0) }, x)
	near(t, "mapped pushforward", gojax.Vmap(push)(jnp.Eye(3)), e[0], 0, 0, 0, e[1], 0, 0, 0, e[2])
	n := gojax.Compilations()
	for range 3 {
		pull(vec(3, 2, 1))
	}
	if m := gojax.Compilations(); m != n {
		t.Errorf("a pullback called again compiled %d programs", m-n)
	}
}
