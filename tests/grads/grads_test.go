package grads

import (
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// Right derivatives pass, and wrong ones are found in either mode, of the order in which they are wrong.
func TestCheck(t *testing.T) {
	gojax.WithX64(true, func() {
		square := func(slope, second float64) func(a []jnp.Array) jnp.Array {
			d := gojax.CustomJVP(func(x jnp.Array) jnp.Array { return x.Mul(slope) },
				func(x, xt jnp.Array) (jnp.Array, jnp.Array) { return x.Mul(slope), xt.Mul(second) })
			f := gojax.CustomJVP(func(x jnp.Array) jnp.Array { return x.Mul(x) },
				func(x, xt jnp.Array) (jnp.Array, jnp.Array) { return x.Mul(x), d(x).Mul(xt) })
			return func(a []jnp.Array) jnp.Array { return f(a[0]) }
		}
		for _, c := range []struct {
			name  string
			f     func(a []jnp.Array) jnp.Array
			order int
			want  string
		}{
			{"right", square(2, 2), 2, ""},
			{"a wrong derivative, forwards", square(3, 3), 1, "JVP: "},
			{"a wrong derivative, backwards", square(3, 3), 1, "VJP: "},
			{"a wrong second derivative, unseen", square(2, 3), 1, ""},
			{"a wrong second derivative", square(2, 3), 2, "JVP of JVP: "},
			{"complex", func(a []jnp.Array) jnp.Array { return jnp.Exp(a[0].Mul(1 + 2i)) }, 2, ""},
		} {
			err := Check(c.f, []jnp.Array{jnp.FromSlice([]float64{0.5, -2})}, c.order)
			if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
			}
		}
	})()
}
