package jnp_test

import (
	"math"
	"math/cmplx"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
)

// Roots give back the coefficients: of simple roots to nearly all digits, of multiple and zero ones, of sizes far
// apart.
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
			{[]complex128{1, -2, 1, 0}, []complex128{1, 1, 0}, 1e-7},
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
			if len(c.p) == 5 && c.p[0] != 0 && !sample.All() {
				continue // a program of its own, whose kinds the shorter ones have too
			}
			got := ToSlice[complex128](Roots(FromSlice(c.p)))
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
		p := Poly(Arange(1.0, 16))
		for i, g := range ToSlice[complex128](Roots(p)) {
			if want := float64(15 - i); math.Abs(real(g)-want) > 1e-4 || imag(g) != 0 {
				t.Errorf("root %d of Wilkinson's polynomial is %v, want %v", i, g, want)
			}
		}
		keep := RootFinding{KeepLeadingZeros: true}.Roots
		all := FromSlice([]float64{0, 1, -3, 2, 0, 1, 0, 0, 0, -16, 0, 0, 0, 0, 0, 0, 0, math.NaN(), 1, 2}, 4, 5)
		mapped := gojax.Jit(gojax.Vmap(keep))(all)
		for i := range 4 {
			one := ToSlice[complex128](keep(all.Index(i)))
			for j, g := range ToSlice[complex128](mapped.Index(i)) {
				if g != one[j] && !(cmplx.IsNaN(g) && cmplx.IsNaN(one[j])) {
					t.Errorf("row %d mapped has root %v, by itself %v", i, g, one[j])
				}
			}
		}
		if got, want := keep(all.Index(0)).String(), "[ 2. +0.j  1. +0.j  0. +0.j nan+nanj]"; got != want {
			t.Errorf("with leading zeros kept: %s, want %s", got, want)
		}
		f := func(p []Array) Array {
			z := keep(p[0])
			return Stack([]Array{Real(z), Imag(z)})
		}
		if err := grads.Check(f, []Array{FromSlice([]float64{1, -2, 4, 3})}, 1); err != nil {
			t.Error(err)
		}
	})()
}

func TestRootsErrors(t *testing.T) {
	x, m := Ones(4), Ones(2, 2)
	runErrors(t, []errorRow{
		{func() { Roots(m) }, []string{"jnp.Roots(float32[2,2])", "vector of coefficients"}},
		{func() { gojax.Jit(func(p Array) Array { return Roots(p) })(x) },
			[]string{"jnp.Roots(float32[4])", "KeepLeadingZeros"}},
	})
}
