package nn_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
	"github.com/gojax/gojax/tests/grads"
)

// Statistics of float16 have room, and the result is of the common type of all that takes part.
func TestNormTypes(t *testing.T) {
	x := figures.Grid(3, 8).Mul(3000).AsType(jnp.Float16)
	want := LayerNorm(NormParams{}, x.AsType(jnp.Float32))
	for name, y := range map[string]jnp.Array{
		"layer": LayerNorm(NormParams{}, x), "group": GroupNorm(NormParams{}, x, 1),
		"RMS": RMSNorm(NormParams{}, x.Sub(x.Mean(1).Reshape(3, 1))),
	} {
		if y.DType() != jnp.Float16 || y.AsType(jnp.Float32).Sub(want).Abs().Max().Item() > 0.01 {
			t.Errorf("the %s norm is %v %v, want %v", name, y.DType(), y, want)
		}
	}
	if y := LayerNorm(NewNorm(8), x); y.DType() != jnp.Float32 {
		t.Errorf("with parameters it is %v", y.DType())
	}
	y, next := BatchNormTrain(NormParams{}, NewBatchStats(8), x)
	if y.DType() != jnp.Float16 || next.Var.DType() != jnp.Float32 || jnp.IsFinite(y).All().Item() == 0 {
		t.Errorf("of a batch it is %v, %v", y, next)
	}
}

func TestNormGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		g := func(shape ...int) jnp.Array { return figures.Grid(shape...).AsType(jnp.Float64) }
		s := BatchStats{g(4), g(4).Abs()}
		fs := []func(a []jnp.Array) jnp.Array{
			func(a []jnp.Array) jnp.Array { return LayerNorm(NormParams{a[1], a[2]}, a[0]) },
			func(a []jnp.Array) jnp.Array { return RMSNorm(NormParams{a[1], a[2]}, a[0]) },
			func(a []jnp.Array) jnp.Array { return GroupNorm(NormParams{a[1], a[2]}, a[0], 2) },
			func(a []jnp.Array) jnp.Array { y, _ := BatchNormTrain(NormParams{a[1], a[2]}, s, a[0]); return y },
			func(a []jnp.Array) jnp.Array { return BatchNorm(NormParams{a[1], a[2]}, s, a[0]) },
		}
		for i, err := range grads.CheckEach(fs, []jnp.Array{g(2, 3, 4), g(4), g(4)}, 1) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
	})()
}

func TestNormErrors(t *testing.T) {
	x, s := figures.Grid(2, 6), NewBatchStats(6)
	for want, f := range map[string]func(){
		"Scale and Bias must broadcast":    func() { LayerNorm(NewNorm(5), x) },
		"do not fall into 4 groups":        func() { GroupNorm(NewNorm(6), x, 4) },
		"axis 2 is out of range":           func() { RMSNorm(NewNorm(6), x, 2) },
		"Where must be bool":               func() { Normalization{Where: x}.RMSNorm(NewNorm(6), x) },
		"Mean and Variance are for":        func() { Normalization{Mean: x}.LayerNorm(NewNorm(6), x) },
		"must be vectors of 2":             func() { BatchNormalization{Axis: new(0)}.BatchNorm(NewNorm(6), s, x) },
		"Momentum, Where and AxisName are": func() { BatchNormalization{Momentum: 0.5}.BatchNorm(NewNorm(6), s, x) },
		"nn.BatchNorm":                     func() { BatchNorm(NewNorm(6), BatchStats{}, x) },
		"no axis named \"i\" is mapped": func() {
			BatchNormalization{AxisName: "i"}.BatchNormTrain(NewNorm(6), s, x)
		},
	} {
		fails.With(t, f, want)
	}
}
