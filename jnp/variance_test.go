package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Means and deviations of numbers whose sums and squares have no room, with their derivatives, are those of the same
// numbers at scale 1, in every mode.
func TestSpreadOfAnyScale(t *testing.T) {
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	base := FromSlice([]float64{3, -4, 0.5, 12, 5, 1})
	odd := FromSlice([]bool{true, true, false, true, true, true})
	nan := FromSlice([]float64{0, 0, math.NaN(), 0, 0, 0})
	type f1 = func(x Array) Array
	fs := []struct {
		name string
		f    f1
	}{
		{"Std", func(x Array) Array { return Std(x) }},
		{"Std by DDof", func(x Array) Array { return Reduction{DDof: 1}.Std(x) }},
		{"Std where", func(x Array) Array { return Reduction{Where: odd}.Std(x) }},
		{"Std about x", func(x Array) Array { return Reduction{Center: x.Index(0)}.Std(x) }},
		{"Std of columns", func(x Array) Array { return Std(x.Reshape(3, 2), 0).Index(0) }},
		{"Std of complex numbers", func(x Array) Array {
			return Std(x.AsType(PromoteTypes(x.DType(), Complex64)).Mul(1i).Add(Roll(x, 1))).AsType(x.DType())
		}},
		{"NaNStd", func(x Array) Array { return NaNStd(x.Add(nan.AsType(x.DType()))) }},
		{"Mean", func(x Array) Array { return Mean(x) }},
		{"Average", func(x Array) Array { return Average(x) }},
	}
	rows := func(f f1) f1 { // beside ordinary numbers
		return func(x Array) Array {
			return gojax.Vmap(f)(Stack([]Array{base.AsType(x.DType()), x})).Index(1)
		}
	}
	for _, c := range fs {
		slope := func(x Array) Array { return gojax.Grad(c.f)(x) }
		forward := func(x Array) Array { return gojax.JacFwd(c.f)(x) }
		want0, dwant := c.f(base), slope(base)
		for how, mode := range map[string][]f1{
			"eager": {c.f, slope}, "jitted": {gojax.Jit(c.f), gojax.Jit(slope), gojax.Jit(forward)},
			"mapped": {gojax.Jit(rows(c.f)), gojax.Jit(rows(slope))},
		} {
			for d, scales := range map[DType][]float64{
				BFloat16: {1e-30, 1e-20, 1, 1e20, 2e37}, Float32: {1e-30, 1e-20, 1, 1e20, 2e36},
				Float64: {1e-290, 1e-160, 1, 1e200, 1e306},
			} {
				for _, scale := range scales {
					for i, f := range mode {
						got, want := f(base.Mul(scale).AsType(d)).AsType(Float64), dwant
						if i == 0 {
							got, want = got.Div(scale), want0
						}
						off := Max(got.Sub(want).Abs()).Item()
						if limit := 16 * FInfo(d).Eps * Max(want.Abs()).Item(); !(off <= limit) {
							t.Errorf("%s, %s, of %v at scale %g: derivative %d is %v, want %v", c.name, how, d, scale,
								min(i, 1), got, want)
						}
					}
				}
			}
		}
	}
	bend := gojax.Jit(gojax.Hessian(func(x Array) Array { return Std(x) }))
	want := bend(base)
	for _, scale := range []float64{1e-160, 1e-20, 1e20, 1e160} {
		off := Max(bend(base.Mul(scale)).Mul(scale).Sub(want).Abs()).Item()
		if !(off <= 1e-14) {
			t.Errorf("the Hessian at scale %g is off by %g", scale, off)
		}
	}
}

// Equal numbers have no variance, however large, and weights of any scale give the same average.
func TestLargeNumbersHaveRoom(t *testing.T) {
	trace.WithX64(true, func() {
		for d, large := range map[DType]float64{Float16: 60000, BFloat16: 3e38, Float32: 3e38, Float64: 1e308} {
			x := Full([]int{2}, large).AsType(d)
			for name, y := range map[string]Array{"Var": Var(x), "Std": Std(x), "NaNVar": NaNVar(x)} {
				if y.AsType(Float64).Item() != 0 {
					t.Errorf("%s of %v: %v, want 0", name, x, y)
				}
			}
			for _, scale := range []float64{large, 1, 4 / large} {
				w := Full([]int{2}, scale).AsType(d)
				weighed := func(v Array) Array { return Reduction{Weights: w}.Average(v) }
				v := FromSlice([]float64{1, 3}).AsType(d)
				y, g := weighed(v).AsType(Float64).Item(), gojax.Jit(gojax.Grad(weighed))(v).AsType(Float64)
				if y != 2 || Max(g.Sub(0.5).Abs()).Item() > 0.01 {
					t.Errorf("the average by weights %g of %v is %v, its gradient %v", scale, d, y, g)
				}
			}
		}
	})
}
