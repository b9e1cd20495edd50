package signal_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	. "github.com/gojax/gojax/scipy/signal"
)

// Blocks, Fourier transforms and sums of products give the same.
func TestMethods(t *testing.T) {
	for i, c := range []struct{ x, y, axes []int }{
		{[]int{1000}, []int{7}, []int{0}},
		{[]int{5}, []int{333}, []int{0}},
		{[]int{300}, []int{300}, []int{0}},
		{[]int{1}, []int{9}, []int{0}},
		{[]int{400, 3}, []int{4, 200}, []int{0, 1}},
		{[]int{2, 300, 5}, []int{2, 11, 1}, []int{1}},
		{[]int{3, 150, 2}, []int{3, 1, 90}, []int{2, 1}},
	} {
		keys := random.Split(random.Key(i))
		x, y := random.Normal(keys.Index(0), c.x...), random.Normal(keys.Index(1), c.y...)
		for mode := Full; mode <= Same; mode++ {
			o := Convolution{Mode: mode}
			want := o.FFTConvolve(x, y, c.axes...)
			if got := o.OAConvolve(x, y, c.axes...); !near(got, want) {
				t.Errorf("%v, mode %d: in blocks it is another", c, mode)
			}
			if len(c.axes) < len(c.x) {
				continue
			}
			for method := Auto; method <= FFT; method++ {
				if got := (Convolution{Mode: mode, Method: method}).Convolve(x, y); !near(got, want) {
					t.Errorf("%v, mode %d, method %d: it is another", c, mode, method)
				}
			}
		}
	}
}

func near(x, y jnp.Array) bool {
	return fmt.Sprint(x.Shape()) == fmt.Sprint(y.Shape()) && x.DType() == y.DType() &&
		x.Sub(y).Abs().Max().Item() < 2e-6*y.Abs().Max().Item()
}

func TestTypes(t *testing.T) {
	for _, c := range []struct {
		x, y jnp.DType
		want string
	}{
		{jnp.Int32, jnp.Int8, "float32"}, {jnp.Float16, jnp.Float16, "float16"}, {jnp.BFloat16, jnp.Int32, "bfloat16"},
		{jnp.Float16, jnp.Float32, "float32"}, {jnp.Complex64, jnp.Float32, "complex64"},
		{jnp.Bool, jnp.Bool, "float32"},
	} {
		x, y := jnp.Ones(6).AsType(c.x), jnp.Ones(2).AsType(c.y)
		for _, method := range []Method{Direct, FFT} {
			z := Convolution{Method: method, Mode: Valid}.Convolve(x, y)
			if z.DType().String() != c.want || !near(z, jnp.Ones(5).Add(1).AsType(z.DType())) {
				t.Errorf("%v and %v, method %d: %v %v", c.x, c.y, method, z.DType(), z)
			}
		}
	}
}

// In a mapped and differentiated program the convolutions are what they are outside.
func TestConvolutionsTransformed(t *testing.T) {
	x, y := random.Normal(random.Key(1), 4, 200), random.Normal(random.Key(2), 5)
	for name, f := range map[string]func(x, y jnp.Array) jnp.Array{"Convolve": Convolve, "Correlate": Correlate,
		"FFTConvolve": func(x, y jnp.Array) jnp.Array { return FFTConvolve(x, y) },
		"OAConvolve":  func(x, y jnp.Array) jnp.Array { return OAConvolve(x, y) }} {
		mapped := gojax.Jit(gojax.Vmap(f, gojax.InAxes(0, nil)))(x, y)
		if !near(mapped.Index(2), f(x.Index(2), y)) {
			t.Errorf("%s: mapped it is another", name)
		}
		got := gojax.Grad(func(y jnp.Array) jnp.Array { return f(x.Index(0), y).Mul(jnp.Arange(204)).Sum() })(y)
		want := gojax.Grad(func(y jnp.Array) jnp.Array {
			z := jnp.Convolution{}.Convolve(x.Index(0), y)
			if name == "Correlate" {
				z = jnp.Convolution{}.Correlate(x.Index(0), y)
			}
			return z.Mul(jnp.Arange(204)).Sum()
		})(y)
		if !near(got, want) {
			t.Errorf("%s: the gradient is %v, want %v", name, got, want)
		}
	}
}
