package nn_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

// A large mean takes no digits, numbers whose squares have no room are standardized like others, and what JAX takes for
// the variance is there by option.
func TestStandardize(t *testing.T) {
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	root := math.Sqrt(1.5)
	none := nn.Normalization{Epsilon: 0}
	plain := nn.Standardize
	for _, c := range []struct {
		name string
		f    func(x jnp.Array, axes ...int) jnp.Array
		x    []float64
		d    []jnp.DType
		want []float64
	}{
		{"large mean", plain, []float64{10000, 10001, 10002}, []jnp.DType{jnp.Float32, jnp.Float64},
			[]float64{-1.22473568, 0, 1.22473568}},
		{"large", plain, []float64{1e20, 2e20, 3e20}, []jnp.DType{jnp.BFloat16, jnp.Float32, jnp.Float64},
			[]float64{-root, 0, root}},
		{"larger", plain, []float64{1e200, 2e200, 3e200}, []jnp.DType{jnp.Float64}, []float64{-root, 0, root}},
		{"largest", plain, []float64{3e38, 1e38, 2e38}, []jnp.DType{jnp.BFloat16}, []float64{root, -root, 0}},
		{"of 16 bits", plain, []float64{60000, -60000, 0}, []jnp.DType{jnp.Float16}, []float64{root, -root, 0}},
		{"small", none.Standardize, []float64{1e-20, 2e-20, 3e-20}, []jnp.DType{jnp.BFloat16, jnp.Float32},
			[]float64{-root, 0, root}},
		{"small", plain, []float64{1e-20, 2e-20, 3e-20}, []jnp.DType{jnp.Float32, jnp.Float64},
			[]float64{-3.1622777e-18, 0, 3.1622777e-18}},
		{"a known mean", nn.Normalization{Mean: jnp.AsArray(10001.0)}.Standardize, []float64{10000, 10001, 10002},
			[]jnp.DType{jnp.Float32, jnp.Float64}, []float64{-1.22473568, 0, 1.22473568}},
		{"fast", nn.Normalization{Fast: true}.Standardize, []float64{10000, 10001, 10002}, []jnp.DType{jnp.Float32},
			[]float64{-316.22777, 0, 316.22777}},
		{"equal", plain, []float64{7, 7, 7}, []jnp.DType{jnp.Float16, jnp.BFloat16, jnp.Float32, jnp.Float64},
			[]float64{0, 0, 0}},
	} {
		for _, d := range c.d {
			x := jnp.FromSlice(c.x).AsType(d)
			one := func(x jnp.Array) jnp.Array { return c.f(x) }
			for how, f := range map[string]func(x jnp.Array) jnp.Array{"eager": one, "jitted": gojax.Jit(one)} {
				y := f(x)
				most := max(c.want[0], -c.want[0])
				off := jnp.Max(y.AsType(jnp.Float64).Sub(jnp.FromSlice(c.want)).Abs()).Item()
				if y.DType() != d || !(off <= max(4*jnp.FInfo(d).Eps, 1e-7)*most) {
					t.Errorf("%s, %s: %v of %v is %v, want %v", c.name, how, d, x, y, c.want)
				}
			}
			if c.name == "small" && d != jnp.Float64 {
				continue // 1/epsilon has no room in its square
			}
			if g := jnp.Max(gojax.JacRev(one)(x).Abs()); jnp.IsFinite(g).Item() != 1 {
				t.Errorf("%s: a derivative of %v is %v", c.name, x, g)
			}
		}
	}
}

// A NaN among many numbers makes all results of its row NaN, and of others none.
func TestNaNAmongMany(t *testing.T) {
	const rows, n = 8, 1000
	x := jnp.Arange(0.0, rows*n).Reshape(rows, n).AsType(jnp.Float32).Mul(0.01).At(3, 700).Set(jnp.NaN)
	x = x.At(5).Set(math.Inf(-1)).At(5, 10).Set(jnp.NaN)
	for name, f := range map[string]func(x jnp.Array) jnp.Array{
		"Softmax":    func(x jnp.Array) jnp.Array { return nn.Softmax(x, -1) },
		"LogSoftmax": func(x jnp.Array) jnp.Array { return nn.LogSoftmax(x, -1) },
		"LogSumExp":  func(x jnp.Array) jnp.Array { return jnp.ExpandDims(nn.LogSumExp(x, -1), 1) },
	} {
		nan := jnp.IsNaN(f(x))
		if got := jnp.FlatNonzero(jnp.All(nan, 1)).String(); got != "[3 5]" {
			t.Errorf("%s: all results are NaN in rows %s", name, got)
		}
		if got := jnp.FlatNonzero(jnp.Any(nan, 1)).String(); got != "[3 5]" {
			t.Errorf("%s: some results are NaN in rows %s", name, got)
		}
	}
}
