// Package linalg tests every factorisation, and what is solved with them, in one table: the parts make the whole again,
// in every dtype, batch and under Vmap; derivatives follow differences; what is singular, defective, empty or not a
// number ends. .ci/run runs it with OpenBLAS and without.
package linalg

import (
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// some is a matrix of any kind, or several, whose symmetric part is positive definite.
func some(d jnp.DType, shape ...int) A {
	n := shape[len(shape)-1]
	z := make([]complex128, size(shape))
	for i := range z {
		re, im := math.Sin(float64(i*i)+0.7*float64(i)), 0.0
		if d.IsComplex() {
			im = math.Cos(float64(5*i*i + i))
		}
		if z[i] = complex(re, im) / 2; i/max(n, 1)%max(n, 1) == i%max(n, 1) {
			z[i] += complex(2+float64(i%5)/2, 0)
		}
	}
	return of(d, z, shape...)
}

func size(shape []int) int {
	n := 1
	for _, s := range shape {
		n *= s
	}
	return n
}

func of(d jnp.DType, z []complex128, shape ...int) A {
	if d.IsComplex() {
		return jnp.FromSlice(z, shape...).AsType(d)
	}
	x := make([]float64, len(z))
	for i, v := range z {
		x[i] = real(v)
	}
	return jnp.FromSlice(x, shape...).AsType(d)
}

var dtypes = []jnp.DType{jnp.Float16, jnp.BFloat16, jnp.Float32, jnp.Float64, jnp.Complex64, jnp.Complex128}

// tolerance is what rounding may do, relative to the largest element.
func tolerance(d jnp.DType) float64 { return 60 * jnp.FInfo(d).Eps }

// far are pairs of which one differs, by more than rounding does, and those whose types do.
func far(pairs []pair, d jnp.DType) error {
	for i, p := range pairs {
		if a, b := p.Got.TraceValue().Aval(), p.Want.TraceValue().Aval(); !a.SameType(b) {
			return fmt.Errorf("pair %d is of types %v and %v", i, a, b)
		}
		got, want := elements(p.Got), elements(p.Want)
		largest := 1e-300
		for _, z := range want {
			largest = max(largest, cmplx.Abs(z))
		}
		for j := range got {
			if !(cmplx.Abs(got[j]-want[j]) <= tolerance(d)*max(largest, 1)) {
				return fmt.Errorf("pair %d, element %d: %v, want %v", i, j, got[j], want[j])
			}
		}
	}
	return nil
}

func elements(x A) []complex128 {
	if x.DType().IsComplex() {
		return jnp.ToSlice[complex128](x)
	}
	var z []complex128
	for _, v := range jnp.ToSlice[float64](x) {
		z = append(z, complex(v, 0))
	}
	return z
}

// each has every row that takes such matrices computed on x, all in one program, and f judge.
func each(x A, f func(r row, y []pair)) {
	var chosen []row
	for _, r := range rows {
		if !(r.real && x.DType().IsComplex() || r.flat && x.NDim() > 2) {
			chosen = append(chosen, r)
		}
	}
	y := gojax.Jit(func(x A) [][]pair {
		var out [][]pair
		for _, r := range chosen {
			out = append(out, r.is(r.of(x)))
		}
		return out
	})(x)
	for i, r := range chosen {
		f(r, y[i])
	}
}

func TestWholes(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, d := range dtypes {
			for i, shape := range [][]int{{2, 3, 3}, {4, 4}, {1, 1}, {0, 0}, {2, 0, 0}, {0, 2, 2}} {
				if i > 0 && d != jnp.Float32 && d != jnp.Complex128 && !sample.All() {
					continue
				}
				each(some(d, shape...), func(r row, y []pair) {
					if err := far(y, d); err != nil {
						t.Errorf("%s of %v%v: %v", r.name, d, shape, err)
					}
				})
			}
		}
		// Mapped over an axis that is not the first.
		x := some(jnp.Complex64, 3, 2, 3)
		mapped := func(r row) func(x A) []pair { return func(x A) []pair { return r.is(r.of(x)) } }
		y := gojax.Jit(func(x A) (out [][]pair) {
			for _, r := range rows {
				v := x
				if r.real {
					v = x.Real()
				}
				out = append(out, gojax.Vmap(mapped(r), gojax.InAxes(1))(v))
			}
			return out
		})(x)
		for i, r := range rows {
			if err := far(y[i], jnp.Complex64); err != nil {
				t.Errorf("%s, mapped: %v", r.name, err)
			}
		}
	})()
}

// TestSpecial has matrices without an inverse, without as many eigenvectors as rows, and with NaN.
func TestSpecial(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, d := range []jnp.DType{jnp.Float32, jnp.Complex128} {
			jordan := of(d, []complex128{2, 1, 0, 0, 2, 1, 0, 0, 2}, 3, 3)
			ones := of(d, []complex128{1, 1, 1, 1, 1, 1, 1, 1, 1}, 3, 3)
			each(jnp.Stack([]A{ones, ones.Mul(0), jordan, jnp.Triu(ones, 1)}), func(r row, y []pair) {
				if err := far(y, d); r.any && err != nil {
					t.Errorf("%s of singular and defective matrices in %v: %v", r.name, d, err)
				}
			})
			for _, bad := range []float64{math.NaN(), math.Inf(1)} {
				each(some(d, 2, 3, 3).At(0, 1, 1).Set(bad), func(r row, y []pair) {
					for _, p := range y {
						got := elements(p.Got)
						for i, z := range got {
							// The second matrix has nothing to do with the first.
							if second := i >= len(got)/2; second && cmplx.IsNaN(z) {
								t.Errorf("%s of %v in %v: another matrix of the batch is NaN", r.name, bad, d)
								return
							}
						}
					}
				})
			}
		}
	})()
}

func TestGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		for _, r := range rows {
			if r.smooth == nil {
				continue
			}
			if err := grads.Check(r.smooth, r.of(some(jnp.Float64, 3, 3)), r.order); err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
			if r.real {
				continue
			}
			if err := grads.Check(r.smooth, r.of(some(jnp.Complex128, 2, 2)), 1); err != nil {
				t.Errorf("%s of complex numbers: %v", r.name, err)
			}
		}
	})()
}
