package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// NumPy's values, where points are infinite or positions are.
func TestInterpOfInfinities(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	at := []float64{-inf, -1, 0, 0.5, 1, 2, 3, inf, nan}
	trace.WithX64(true, func() {
		interp := gojax.Jit(Interp[Array])
		for _, c := range []struct{ xp, fp, want []float64 }{
			{[]float64{0, 1, 2}, []float64{0, 1, inf}, []float64{0, 0, 0, 0.5, 1, inf, inf, inf, nan}},
			{[]float64{0, 1, 2}, []float64{-inf, 1, 2}, []float64{-inf, -inf, -inf, -inf, 1, 2, 2, 2, nan}},
			{[]float64{0, 1, 2}, []float64{-inf, inf, inf}, []float64{-inf, -inf, -inf, nan, inf, inf, inf, inf, nan}},
			{[]float64{0, 1, inf}, []float64{0, 1, 2}, []float64{0, 0, 0, 0.5, 1, 1, 1, 2, nan}},
			{[]float64{-inf, 1, 3}, []float64{0, 1, 2}, []float64{0, 1, 1, 1, 1, 1.5, 2, 2, nan}},
			{[]float64{-inf, 0, inf}, []float64{inf, 1, inf}, []float64{inf, nan, 1, nan, nan, nan, nan, inf, nan}},
			{[]float64{0, 1, 2}, []float64{-1.7e308, 1.7e308, 0},
				[]float64{-1.7e308, -1.7e308, -1.7e308, 0, 1.7e308, 0, 0, 0, nan}},
		} {
			got := ToSlice[float64](interp(FromSlice(at), FromSlice(c.xp), FromSlice(c.fp)))
			for i, w := range c.want {
				if got[i] != w && (got[i] == got[i] || w == w) {
					t.Errorf("points %v, %v at %v: %v, want %v", c.xp, c.fp, at[i], got[i], w)
				}
			}
		}
		// An infinity that is not met has no part in derivatives.
		df := gojax.Grad3(func(fp, x, xp Array) Array { return Interp(x, xp, fp).Sum() })
		x, xp := FromSlice([]float64{-inf, 0.5, inf}), FromSlice([]float64{0, 1, 2})
		for _, fp := range [][]float64{{0, 1, 3}, {0, 1, inf}} {
			if got := df(FromSlice(fp), x, xp); !ItemOf[bool](ArrayEqual(got, FromSlice([]float64{1.5, 0.5, 1}))) {
				t.Errorf("derivative by heights %v: %v, want 1.5, 0.5, 1", fp, got)
			}
		}
	})
	half := FromSlice([]float64{-60000, 60000}).AsType(Float16)
	if got := Interp(FromSlice([]float64{0}).AsType(Float16), half, half).Item(); got != 0 {
		t.Errorf("between float16 that are far apart: %v, want 0", got)
	}
}
