package linalg_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/trace"
)

// A norm of numbers c times as large is c times as large, and has the same derivatives, up to the ends of the range.
func TestNormsOfAnyScale(t *testing.T) {
	type result struct{ Value, Grad, Forward jnp.Array }
	orders := []float64{2, 3, 1.5, 0.5, -1, 1, math.Inf(1), math.Inf(-1)}
	all := func(x jnp.Array) map[string]result {
		out := map[string]result{}
		add := func(name string, f func(x jnp.Array) jnp.Array) {
			sum := func(x jnp.Array) jnp.Array { return f(x).Sum() }
			out[name] = result{f(x), gojax.Grad(sum)(x), gojax.JacFwd(sum)(x)}
		}
		add("Norm", func(x jnp.Array) jnp.Array { return linalg.Norm(x) })
		for _, p := range orders {
			o := linalg.Norms{Order: linalg.Ord(p), KeepDims: true}
			add(fmt.Sprint("order ", p), func(x jnp.Array) jnp.Array { return o.Norm(x, 1) })
			add(fmt.Sprint("order ", p, " of all"), func(x jnp.Array) jnp.Array { return o.VectorNorm(x) })
		}
		for _, o := range []linalg.Order{linalg.Ord(1), linalg.Ord(-1), linalg.Ord(2), linalg.Ord(-2), linalg.Frobenius,
			linalg.Nuclear} {
			add(fmt.Sprint("matrix order ", o), linalg.Norms{Order: o}.MatrixNorm)
		}
		return out
	}
	trace.WithX64(true, func() {
		jitted := gojax.Jit(all)
		x := jnp.FromSlice([]float64{3, -4, 0.5, 12, 5, 1}, 2, 3)
		want := jitted(x)
		for _, c := range []struct {
			d         jnp.DType
			scales    []float64
			tolerance float64
		}{
			{jnp.Float64, []float64{1e-290, 1e-200, 1e-20, 1e25, 1e200, 1e306}, 1e-13},
			{jnp.Float32, []float64{1e-35, 1e-20, 1e25, 1.8e36}, 2e-6},
			{jnp.Float16, []float64{1e-3, 100}, 2e-3},
			{jnp.BFloat16, []float64{1e-35, 1e-20, 1e20, 1e36}, 1.6e-2},
		} {
			for _, scale := range c.scales {
				scaled := x.Mul(scale).AsType(c.d)
				if c.d.Bits() == 16 { // which rounds the elements
					want = jitted(scaled.AsType(jnp.Float64).Div(scale))
				}
				for name, got := range jitted(scaled) {
					w := want[name]
					for _, p := range []struct {
						what      string
						got, want jnp.Array
					}{
						{"value", got.Value.AsType(jnp.Float64).Div(scale), w.Value},
						{"gradient", got.Grad.AsType(jnp.Float64), w.Grad},
						{"forward derivative", got.Forward.AsType(jnp.Float64), w.Forward},
					} {
						limit := c.tolerance * p.want.Abs().Max().Item()
						if off := jnp.Max(p.got.Sub(p.want).Abs()).Item(); !(off <= limit) {
							t.Errorf("%s at scale %g of %v: %s %v, want %v", name, scale, c.d, p.what, p.got, p.want)
						}
					}
				}
			}
		}
	})
}

// At 0, where norms have a corner, derivatives are 0.
func TestNormsAtZero(t *testing.T) {
	for _, p := range []float64{2, 3, 1.5, 0.5, -1} { // of 1 and +Inf it is that of |x|, as in JAX
		f := func(x jnp.Array) jnp.Array { return linalg.Norms{Order: linalg.Ord(p)}.VectorNorm(x) }
		x := jnp.Zeros(3)
		if y, dx := gojax.ValueAndGrad(f)(x); y.Item() != 0 || jnp.Any(dx.Ne(0)).Item() != 0 {
			t.Errorf("order %v of zeros: %v, derivative %v", p, y, dx)
		}
	}
	z := jnp.FromSlice([]complex64{3e25 + 4e25i, 12e25i})
	if y := linalg.Norm(z).Item(); math.Abs(y/13e25-1) > 1e-6 {
		t.Errorf("of complex numbers: %v, want 13e25", y)
	}
	if y := linalg.Norm(jnp.FromSlice([]float32{float32(math.Inf(-1)), 1})).Item(); !math.IsInf(y, 1) {
		t.Errorf("of an infinite vector: %v", y)
	}
	if y := linalg.Norm(jnp.Zeros(0)).Item(); y != 0 {
		t.Errorf("of nothing: %v", y)
	}
}
