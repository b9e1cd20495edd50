package jnp_test

import (
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// JAX 0.10.2's figures.
func TestPolyFit(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0, 0.5, 1, 1.5, 2, 2.5})
		y := jnp.FromSlice([]float64{1, 0.5, 2, 2.25, 7, 9})
		w := jnp.FromSlice([]float64{1, 2, 1, 0.5, 1, 1})
		two := jnp.Stack([]jnp.Array{y, jnp.Flip(y)}, 1)
		d := jnp.PolyFitFull(x, y, 2)
		weighted, cov2 := jnp.Fit{Weights: w}.PolyFitCov(x, two, 1)
		_, cov := jnp.PolyFitCov(x, y, 1)
		_, unscaled := jnp.Fit{Weights: w, Unscaled: true}.PolyFitCov(x, y, 1)
		for _, c := range []struct {
			name  string
			got   jnp.Array
			shape []int
			want  []float64
		}{
			{"coefficients", jnp.PolyFit(x, y, 2), []int{3}, []float64{1.82142857143, -1.13928571429, 0.875}},
			{"weighted", weighted, []int{2, 2}, []float64{3.73175965665, -3.5643776824, -0.948497854077, 8.40236051502}},
			{"rcond", jnp.Fit{RCond: 0.1}.PolyFit(x, y, 3), []int{4}, []float64{0.235125622782, 0.501633631779, 0.861419944193, 0.282767219045}},
			{"full", d.Coefficients, []int{3}, []float64{1.82142857143, -1.13928571429, 0.875}},
			{"residuals", d.Residuals, []int{1}, []float64{2.72678571429}},
			{"rank", d.Rank, []int{}, []float64{3}},
			{"singular values", d.SingularValues, []int{3}, []float64{1.63695745605, 0.552766559975, 0.12173502887}},
			{"rcond used", d.RCond, []int{}, []float64{1.33226762955e-15}},
			{"covariance", cov, []int{2, 2}, []float64{0.598163265306, -0.747704081633, -0.747704081633, 1.37079081633}},
			{"covariance of two", cov2, []int{2, 2, 2}, []float64{0.338234955516, 0.509157011549, -0.322860639356, -0.486013511024,
				-0.322860639356, -0.486013511024, 0.52528913546, 0.790736267936}},
			{"unscaled", unscaled, []int{2, 2}, []float64{0.188841201717, -0.18025751073, -0.18025751073, 0.293276108727}},
		} {
			if !slices.Equal(c.got.Shape(), c.shape) {
				t.Errorf("%s has shape %v, want %v", c.name, c.got.Shape(), c.shape)
				continue
			}
			for i, v := range jnp.ToSlice[float64](c.got.AsType(jnp.Float64)) {
				if math.Abs(v-c.want[i]) > 1e-10*(1+math.Abs(c.want[i])) || math.Abs(v) > 2*math.Abs(c.want[i]) {
					t.Errorf("%s: element %d is %v, want %v", c.name, i, v, c.want[i])
				}
			}
		}
	})()
}

// Roots give back the coefficients: of simple roots to nearly all digits, of multiple and zero ones, of sizes far apart.
func TestRoots(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, c := range []struct {
			p    []complex128
			want []complex128
			tol  float64
		}{
			{[]complex128{1, -6, 11, -6}, []complex128{3, 2, 1}, 1e-13},
			{[]complex128{0, 0, 2, 0, 2}, []complex128{1i, -1i}, 1e-15},
			{[]complex128{1, 0, 0, 0, -16}, []complex128{2, 2i, -2i, -2}, 1e-14},
			{[]complex128{1, -2, 1, 0, 0}, []complex128{1, 1, 0, 0}, 1e-7},
			{[]complex128{1, -3, 3, -1}, []complex128{1, 1, 1}, 1e-4},
			{[]complex128{1, -1000001, 1000000}, []complex128{1e6, 1}, 1e-14},
			{[]complex128{1e-12, 1, 1e-12}, []complex128{-1e12, -1e-12}, 1e-14},
			{[]complex128{1e300, 0, -1e300}, []complex128{1, -1}, 1e-14},
			{[]complex128{1i, 1, 2i}, []complex128{2i, -1i}, 1e-14},
			{[]complex128{5}, nil, 0},
			{[]complex128{0, 0}, nil, 0},
			{nil, nil, 0},
		} {
			got := jnp.ToSlice[complex128](jnp.Roots(jnp.FromSlice(c.p)))
			if len(got) != len(c.want) {
				t.Errorf("the roots of %v are %v, want %v", c.p, got, c.want)
				continue
			}
			used := make([]bool, len(got))
			for _, w := range c.want { // in any order
				found := false
				for i, g := range got {
					if !used[i] && cmplx.Abs(g-w) <= c.tol*(cmplx.Abs(w)) {
						used[i], found = true, true
						break
					}
				}
				if !found {
					t.Errorf("the roots of %v are %v, want %v", c.p, got, c.want)
				}
			}
		}
		// Wilkinson's polynomial: to what its coefficients, rounded to float64, still tell.
		p := jnp.Poly(jnp.Arange(1.0, 16))
		for i, g := range jnp.ToSlice[complex128](jnp.Roots(p)) {
			if want := float64(15 - i); math.Abs(real(g)-want) > 1e-4 || imag(g) != 0 {
				t.Errorf("root %d of Wilkinson's polynomial is %v, want %v", i, g, want)
			}
		}
		keep := jnp.RootFinding{KeepLeadingZeros: true}.Roots
		all := jnp.FromSlice([]float64{0, 1, -3, 2, 0, 1, 0, 0, 0, -16, 0, 0, 0, 0, 0, 0, 0, math.NaN(), 1, 2}, 4, 5)
		mapped := gojax.Jit(gojax.Vmap(keep))(all)
		for i := range 4 {
			one := jnp.ToSlice[complex128](keep(all.Index(i)))
			for j, g := range jnp.ToSlice[complex128](mapped.Index(i)) {
				if g != one[j] && !(cmplx.IsNaN(g) && cmplx.IsNaN(one[j])) {
					t.Errorf("row %d mapped has root %v, by itself %v", i, g, one[j])
				}
			}
		}
		if got, want := keep(all.Index(0)).String(), "[ 2. +0.j  1. +0.j  0. +0.j nan+nanj]"; got != want {
			t.Errorf("with leading zeros kept: %s, want %s", got, want)
		}
		f := func(p jnp.Array) jnp.Array {
			z := keep(p)
			return jnp.Stack([]jnp.Array{jnp.Real(z), jnp.Imag(z)})
		}
		if err := gojax.CheckGrads(f, jnp.FromSlice([]float64{1, -2, 4, 3}), 1); err != nil {
			t.Error(err)
		}
	})()
}

func TestPolyErrors(t *testing.T) {
	x, m := jnp.Ones(4), jnp.Ones(2, 2)
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { jnp.PolyFit(x, jnp.Ones(3), 1) }, []string{"jnp.PolyFit(float32[4], float32[3])", "as many"}},
		{func() { jnp.PolyFit(x, x, -1) }, []string{"degree is -1"}},
		{func() { jnp.PolyFit(m, x, 1) }, []string{"x must be a vector"}},
		{func() { jnp.PolyFit(x, jnp.Ones(4, 1, 1), 1) }, []string{"one or two axes, not 3"}},
		{func() { jnp.Fit{Weights: m}.PolyFit(x, x, 1) }, []string{"weights must be a vector of 4"}},
		{func() { jnp.Fit{RCond: x}.PolyFit(x, x, 1) }, []string{"RCond is one number"}},
		{func() { jnp.PolyFitCov(x, x, 3) }, []string{"jnp.PolyFitCov", "4 points"}},
		{func() { jnp.Roots(m) }, []string{"jnp.Roots(float32[2,2])", "vector of coefficients"}},
		{func() { gojax.Jit(func(p jnp.Array) jnp.Array { return jnp.Roots(p) })(x) }, []string{"jnp.Roots(float32[4])", "KeepLeadingZeros"}},
		{func() { jnp.Vander(m) }, []string{"jnp.Vander(float32[2,2])", "vector"}},
		{func() { jnp.Vander(x, -1) }, []string{"-1", "negative"}},
		{func() { jnp.Vander(x, 1, 2) }, []string{"one number of columns"}},
		{func() { jnp.Poly(m) }, []string{"jnp.Poly(float32[2,2])", "eigenvalues"}},
		{func() { jnp.PolyAdd(x, jnp.Ones(0)) }, []string{"jnp.PolyAdd(float32[4], float32[0])", "at least one coefficient"}},
		{func() { jnp.Polynomials{K: x}.PolyInt(x, 2) }, []string{"jnp.PolyInt(float32[4], float32[4])", "vector of 2"}},
	} {
		err := gojax.Try(c.f)
		if err == nil {
			t.Errorf("no error; want %q", c.want)
			continue
		}
		for _, w := range append(c.want, "polyfit_test.go:") {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\n\twant %q in it", err, w)
			}
		}
	}
}
