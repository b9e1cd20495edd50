package nn_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

// Other layouts give the same numbers at other places.
func TestConvDims(t *testing.T) {
	x, p := figures.Grid(2, 5, 6, 3), ConvParams{figures.Grid(2, 2, 3, 4), figures.Grid(4)}
	o := Convolution{Strides: []int{2, 1}, Dims: lax.ConvLayout("NCHW", "OIHW", "NCHW")}
	q := ConvParams{jnp.Transpose(p.Kernel, 3, 2, 0, 1), p.Bias}
	want := Convolution{Strides: []int{2, 1}}.Conv(p, x)
	if y := o.Conv(q, jnp.Transpose(x, 0, 3, 1, 2)); !near(jnp.Transpose(y, 0, 2, 3, 1), want) {
		t.Errorf("features first it is %v, want %v", y, want)
	}
	one := func(x jnp.Array) jnp.Array { return Convolution{Strides: []int{2, 1}}.Conv(p, x) }
	if y := gojax.Jit(gojax.Vmap(one))(x); !near(y, want) {
		t.Errorf("mapped it is %v, want %v", y, want)
	}
}

func TestConvGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		g := func(shape ...int) jnp.Array { return figures.Grid(shape...).AsType(jnp.Float64) }
		a := []jnp.Array{g(2, 5, 2), g(3, 2, 3), g(3)}
		o := Convolution{Padding: lax.PadSame(), Strides: []int{2}}
		for i, err := range grads.CheckEach([]func(a []jnp.Array) jnp.Array{
			func(a []jnp.Array) jnp.Array { return o.Conv(ConvParams{a[1], a[2]}, a[0]) },
			func(a []jnp.Array) jnp.Array { return o.ConvTranspose(ConvParams{a[1], a[2]}, a[0]) },
		}, a, 1) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
	})()
}

func TestConvErrors(t *testing.T) {
	x, p := figures.Grid(2, 5, 3), ConvParams{figures.Grid(2, 3, 4), figures.Grid(3)}
	for want, f := range map[string]func(){
		"nn.Conv(float32[3], float32[2,3,4]): takes an array [..., space..., in]": func() { Conv(p, figures.Grid(3)) },
		"Bias must be of shape [4]":               func() { Conv(p, x) },
		"nn.Conv":                                 func() { Conv(p, figures.Grid(2, 5, 2)) },
		"TransposeKernel is for ConvTranspose":    func() { Convolution{TransposeKernel: true}.Conv(p, x) },
		"takes no InputDilation and no Groups":    func() { Convolution{Groups: 3}.ConvTranspose(p, x) },
		"takes an array [..., space..., features": func() { MaxPool(x, 2, 2, 2) },
		"for each of the 1 axes of the window":    func() { Pooling{Strides: []int{1, 1}}.MaxPool(x, 2) },
		"must be 1 at least":                      func() { AvgPool(x, 0) },
	} {
		fails.With(t, f, want)
	}
}
