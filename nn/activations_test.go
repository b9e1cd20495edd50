package nn_test

import (
	"math"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

// Derivatives where the function itself has reached its limit, or nearly so, and where their formulas overflow.
func TestSlopesFarOut(t *testing.T) {
	type f1 = func(x jnp.Array) jnp.Array
	slope := func(f f1) f1 { return func(x jnp.Array) jnp.Array { return gojax.Grad(f)(x) } }
	forward := func(f f1) f1 {
		return func(x jnp.Array) jnp.Array {
			_, d := gojax.JVP(f, x, jnp.OnesLike(x))
			return d
		}
	}
	with := func(f func(x jnp.Array, more ...any) jnp.Array) f1 {
		return func(x jnp.Array) jnp.Array { return f(x) }
	}
	arctan2 := func(x jnp.Array) jnp.Array { return jnp.Arctan2(x, 1e200) }
	hypot := func(x jnp.Array) jnp.Array { return jnp.Hypot(x, 1e-200) }
	rows := []struct {
		name    string
		f       f1
		x, want float64
		narrow  bool
	}{
		{"Expm1'", slope(jnp.Expm1), -40, 4.248354255291589e-18, false},
		{"Elu'", slope(with(nn.Elu)), -40, 4.248354255291589e-18, false},
		{"Celu'", slope(with(nn.Celu)), -40, 4.248354255291589e-18, false},
		{"Selu'", slope(nn.Selu), -40, 7.469028815914e-18, false},
		{"Sigmoid'", slope(nn.Sigmoid), 37.43, 5.550825086253716e-17, false},
		{"Sigmoid'", slope(nn.Sigmoid), 17, 4.1399373760034e-8, true},
		{"Tanh'", slope(jnp.Tanh), 19, 1.25565e-16, false},
		{"Tanh'", slope(jnp.Tanh), 30, 3.5026e-26, false},
		{"Softplus''", slope(slope(nn.Softplus)), 18, 1.52299793e-8, true},
		{"Arcsinh'", slope(jnp.Arcsinh), 1e200, 1e-200, false},
		{"Arccosh'", slope(jnp.Arccosh), 1e200, 1e-200, false},
		{"Arctan2'", slope(arctan2), 1e200, 5e-201, false},
		{"Hypot'", slope(hypot), 1e-200, math.Sqrt(0.5), false},
		{"Sinc'", slope(jnp.Sinc), 1e-9, -math.Pi * math.Pi / 3 * 1e-9, false},
		{"SoftSign'", slope(nn.SoftSign), 1e9, 1e-18, false},
		{"Power''", slope(slope(func(x jnp.Array) jnp.Array { return jnp.Power(x, 1.0) })), 0, 0, false},
		{"Power'", slope(func(x jnp.Array) jnp.Array { return jnp.Power(x, 0.0) }), 0, 0, false},
		{"Exp2", jnp.Exp2, 1024, math.Inf(1), false},
		{"forward Expm1'", forward(jnp.Expm1), -40, 4.248354255291589e-18, false},
		{"forward Tanh'", forward(jnp.Tanh), 30, 3.5026e-26, false},
		{"forward Power'", forward(func(x jnp.Array) jnp.Array { return jnp.Power(x, 0.0) }), 0, 0, false},
	}
	for _, c := range rows {
		gojax.WithX64(!c.narrow, func() {
			for how, f := range map[string]f1{"eager": c.f, "jitted": gojax.Jit(c.f)} {
				got := f(jnp.AsArray(c.x)).Item()
				if math.Abs(got-c.want) > 2e-5*math.Abs(c.want) {
					t.Errorf("%s(%v), %s, is %v, want %v", c.name, c.x, how, got, c.want)
				}
			}
		})()
	}
	hessian := gojax.Hessian(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Power(x, jnp.Arange(4.))) })
	if got := jnp.ToSlice[float32](hessian(jnp.Zeros(4)).Ravel()); !slices.Equal(got, []float32{
		0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0}) {
		t.Errorf("the Hessian of powers at 0 is %v", got)
	}
}

// In 16 bits the activations and their derivatives are those of float64, rounded, to the ends of the range.
func TestActivationsOfHalves(t *testing.T) {
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	inf := math.Inf(1)
	x := jnp.FromSlice([]float64{-inf, -6e4, -300, -45, -20, -3, -0.5, 0.5, 3, 20, 45, 300, 6e4, inf})
	for name, f := range map[string]func(x jnp.Array) jnp.Array{
		"Relu": nn.Relu, "Relu6": nn.Relu6, "Sigmoid": nn.Sigmoid, "LogSigmoid": nn.LogSigmoid,
		"Softplus": nn.Softplus, "SoftSign": nn.SoftSign, "Silu": nn.Silu, "Selu": nn.Selu, "Gelu": nn.Gelu,
		"GeluExact": nn.GeluExact, "HardTanh": nn.HardTanh, "HardSigmoid": nn.HardSigmoid, "HardSilu": nn.HardSilu,
		"Mish": nn.Mish, "SparsePlus": nn.SparsePlus, "Tanh": nn.Tanh,
		"Elu":        func(x jnp.Array) jnp.Array { return nn.Elu(x) },
		"SquarePlus": func(x jnp.Array) jnp.Array { return nn.SquarePlus(x) },
	} {
		all := gojax.Jit(func(x jnp.Array) []jnp.Array {
			slope := gojax.Grad(f)
			return []jnp.Array{f(x), gojax.Vmap(slope)(x), gojax.Vmap(gojax.Grad(slope))(x)}
		})
		want := all(x)
		for _, d := range []jnp.DType{jnp.Float16, jnp.BFloat16} {
			for k, y := range all(x.AsType(d)) {
				w := want[k].AsType(d).AsType(jnp.Float64)
				y = y.AsType(jnp.Float64)
				eps := 4 * jnp.FInfo(d).Eps
				near := y.Eq(w).Or(y.Sub(w).Abs().Le(w.Abs().Mul(eps).Add(jnp.FInfo(d).Tiny)))
				if jnp.All(near).Item() != 1 {
					t.Errorf("%s of %v, derivative %d: %v, want %v", name, d, k, y, w)
				}
			}
		}
	}
}

// Log1mExp of a number so small that arithmetic takes it for 0.
func TestLog1mExpOfSubnormal(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, c := range []struct {
			x    jnp.Array
			want float64
		}{
			{jnp.AsArray(float32(1e-40)), -92.103440361957439}, {jnp.AsArray(1e-310), -713.80138282814206},
			{jnp.AsArray(1e-30), -69.077552789821371},
		} {
			y := nn.Log1mExp(c.x).AsType(jnp.Float64).Item()
			slope := gojax.Grad(nn.Log1mExp)(c.x)
			if !(math.Abs(y/c.want-1) < 1e-6) || !(slope.AsType(jnp.Float64).Item() > 1e29) {
				t.Errorf("Log1mExp(%v) is %v, want %v; its derivative is %v", c.x, y, c.want, slope)
			}
		}
	})()
}
