package jnp_test

import (
	"math"
	"slices"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/sample"
)

// JAX 0.10.2's figures. What differs from another fit only in what it leaves out is in the examples by default.
func TestPolyFit(t *testing.T) {
	gojax.WithX64(true, func() {
		x := FromSlice([]float64{0, 0.5, 1, 1.5, 2, 2.5})
		y := FromSlice([]float64{1, 0.5, 2, 2.25, 7, 9})
		w := FromSlice([]float64{1, 2, 1, 0.5, 1, 1})
		// All in one program, for a decomposition takes long to compile. Each by itself is in the examples.
		type fits struct {
			Plain, Weighted, Cutoff, Cov, Cov2, Unscaled Array
			Full                                         FitDetails
		}
		got := gojax.Jit(func(x, y, w Array) (f fits) {
			f.Plain, f.Cov = x, x
			if sample.All() {
				f.Plain = PolyFit(x, y, 2)
				_, f.Cov = PolyFitCov(x, y, 1)
			}
			f.Full, f.Cutoff = PolyFitFull(x, y, 2), Fit{RCond: 0.1}.PolyFit(x, y, 3)
			f.Weighted, f.Cov2 = Fit{Weights: w}.PolyFitCov(x, Stack([]Array{y, Flip(y)}, 1), 1)
			_, f.Unscaled = Fit{Weights: w, Unscaled: true}.PolyFitCov(x, y, 1)
			return f
		})(x, y, w)
		d := got.Full
		for _, c := range []struct {
			name  string
			got   Array
			shape []int
			want  []float64
		}{
			{"coefficients", got.Plain, []int{3}, []float64{1.82142857143, -1.13928571429, 0.875}},
			{"weighted", got.Weighted, []int{2, 2},
				[]float64{3.73175965665, -3.5643776824, -0.948497854077, 8.40236051502}},
			{"rcond", got.Cutoff, []int{4},
				[]float64{0.235125622782, 0.501633631779, 0.861419944193, 0.282767219045}},
			{"full", d.Coefficients, []int{3}, []float64{1.82142857143, -1.13928571429, 0.875}},
			{"residuals", d.Residuals, []int{1}, []float64{2.72678571429}},
			{"rank", d.Rank, []int{}, []float64{3}},
			{"singular values", d.SingularValues, []int{3}, []float64{1.63695745605, 0.552766559975, 0.12173502887}},
			{"rcond used", d.RCond, []int{}, []float64{1.33226762955e-15}},
			{"covariance", got.Cov, []int{2, 2},
				[]float64{0.598163265306, -0.747704081633, -0.747704081633, 1.37079081633}},
			{"covariance of two", got.Cov2, []int{2, 2, 2},
				[]float64{0.338234955516, 0.509157011549, -0.322860639356, -0.486013511024,
					-0.322860639356, -0.486013511024, 0.52528913546, 0.790736267936}},
			{"unscaled", got.Unscaled, []int{2, 2},
				[]float64{0.188841201717, -0.18025751073, -0.18025751073, 0.293276108727}},
		} {
			if (c.name == "coefficients" || c.name == "covariance") && !sample.All() {
				continue
			}
			if !slices.Equal(c.got.Shape(), c.shape) {
				t.Errorf("%s has shape %v, want %v", c.name, c.got.Shape(), c.shape)
				continue
			}
			for i, v := range ToSlice[float64](c.got.AsType(Float64)) {
				if math.Abs(v-c.want[i]) > 1e-10*(1+math.Abs(c.want[i])) || math.Abs(v) > 2*math.Abs(c.want[i]) {
					t.Errorf("%s: element %d is %v, want %v", c.name, i, v, c.want[i])
				}
			}
		}
	})()
}

func TestPolyFitErrors(t *testing.T) {
	x, m := Ones(4), Ones(2, 2)
	runErrors(t, []errorRow{
		{func() { PolyFit(x, Ones(3), 1) }, []string{"jnp.PolyFit(float32[4], float32[3])", "as many"}},
		{func() { PolyFit(x, x, -1) }, []string{"degree is -1"}},
		{func() { PolyFit(m, x, 1) }, []string{"x must be a vector"}},
		{func() { PolyFit(x, Ones(4, 1, 1), 1) }, []string{"one or two axes, not 3"}},
		{func() { Fit{Weights: m}.PolyFit(x, x, 1) }, []string{"weights must be a vector of 4"}},
		{func() { Fit{RCond: x}.PolyFit(x, x, 1) }, []string{"RCond is one number"}},
		{func() { PolyFitCov(x, x, 3) }, []string{"jnp.PolyFitCov", "4 points"}},
		{func() { Vander(m) }, []string{"jnp.Vander(float32[2,2])", "vector"}},
		{func() { Vander(x, -1) }, []string{"-1", "negative"}},
		{func() { Vander(x, 1, 2) }, []string{"one number of columns"}},
	})
}
