package random_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// TestFactor holds what is drawn to JAX's, but for the signs of the vectors of the decomposition, which are any.
func TestFactor(t *testing.T) {
	for factor, want := range map[random.Factor][][]float32{
		random.FactorSVD:  {{2.8924055, 1.4464726}, {0.76515031, 0.3822302}},
		random.FactorEigh: {{3.0787621, 1.5393810}, {3.9414036, 1.9707018}},
	} {
		testFactor(t, random.Dist{Factor: factor}, jnp.AsArray(want))
	}
}

func testFactor(t *testing.T, o random.Dist, want jnp.Array) {
	k := random.Key(3)
	flat := o.MultivariateNormal(k, []float32{1, 2}, [][]float32{{4, 2}, {2, 1}}, 2)
	off := jnp.Abs(flat.Sub(jnp.FromSlice([]float32{1, 2})))
	if (jnp.Tolerance{ATol: 1e-3}).AllClose(off, want).Item() != 1 {
		t.Errorf("of a covariance of rank 1: distances %v from the mean, want JAX's %v", off, want)
	}
	cov := jnp.AsArray([][][]float32{{{2, 0.5}, {0.5, 1}}, {{1, -0.3}, {-0.3, 3}}})
	const n = 1 << 16
	x := gojax.Jit(func(k random.KeyArray, cov jnp.Array) jnp.Array {
		return o.MultivariateNormal(k, []float32{0, 0}, cov, n, 2)
	})(k, cov)
	moments := jnp.Einsum("nbi,nbj->bij", x, x).Div(n)
	if got := (jnp.Tolerance{ATol: 0.06}).AllClose(moments, cov); got.Item() != 1 {
		t.Errorf("moments %v, want %v", moments, cov)
	}
}

// The dtypes are JAX's: the common one of mean and cov, and of the normal numbers where they are given another.
func TestMultivariateNormalDTypes(t *testing.T) {
	k := random.Key(3)
	for _, c := range []struct{ mean, cov, d, want jnp.DType }{
		{jnp.Float32, jnp.Float32, 0, jnp.Float32},
		{jnp.BFloat16, jnp.Float32, 0, jnp.Float32},
		{jnp.BFloat16, jnp.BFloat16, 0, jnp.BFloat16},
		{jnp.Int32, jnp.Int32, 0, jnp.Float32},
		{jnp.Float32, jnp.Float16, jnp.Float16, jnp.Float32},
		{jnp.Int32, jnp.Float32, jnp.BFloat16, jnp.Float32},
	} {
		mean, cov := jnp.FromSlice([]float32{1, -1}).AsType(c.mean), jnp.Creation{DType: c.cov}.Eye(2)
		if got := (random.Dist{DType: c.d}).MultivariateNormal(k, mean, cov).DType(); got != c.want {
			t.Errorf("of %v and %v, with DType %v: %v, want %v", c.mean, c.cov, c.d, got, c.want)
		}
	}
}
