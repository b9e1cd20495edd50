package random_test

import (
	"math/cmplx"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

// The numbers are drawn in the common dtype of n and p, as JAX does, and converted to the one asked for.
func TestMultinomialDTypes(t *testing.T) {
	k := random.Key(3)
	p := jnp.FromSlice([]float32{0.2, 0.5, 0.3, 0})
	for _, d := range []jnp.DType{jnp.Int32, jnp.Uint8, jnp.Float16} {
		got := random.Dist{DType: d}.Multinomial(k, 20, p)
		if got.DType() != d || !slices.Equal(jnp.ToSlice[float32](got.AsType(jnp.Float32)), []float32{4, 12, 4, 0}) {
			t.Errorf("%v: %v of %v", d, got, got.DType())
		}
	}
	half := random.Multinomial(k, 20, p.AsType(jnp.Float16))
	if got := jnp.ToSlice[float32](half); !slices.Equal(got, []float32{6, 6, 8, 0}) {
		t.Errorf("of float16: %v", got)
	}
}

// TestMultinomial holds the counts to those that JAX draws of the same key.
func TestMultinomial(t *testing.T) {
	k := random.Key(3)
	for _, c := range []struct {
		n, p  any
		shape []int
		want  []float32
	}{
		{20, []float32{0.2, 0.5, 0.3, 0}, nil, []float32{4, 12, 4, 0}},
		{[]float32{20, 3, 1000}, []float32{0.2, 0.5, 0.3}, []int{2, 3, 3},
			[]float32{4, 12, 4, 1, 1, 1, 222, 493, 285, 4, 7, 9, 0, 1, 2, 187, 509, 304}},
		{5, []float32{}, nil, nil},
	} {
		if got := jnp.ToSlice[float32](random.Dist{}.Multinomial(k, c.n, c.p, c.shape...)); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.n, got, c.want)
		}
	}
	for name, f := range map[string]func(){
		"n's shape":     func() { random.Dist{}.Multinomial(k, []float32{1, 2}, []float32{0.5, 0.5}) },
		"a scalar p":    func() { random.Dist{}.Multinomial(k, 1, 0.5) },
		"p's shape":     func() { random.Dist{}.Multinomial(k, 1, []float32{0.5, 0.5}, 2, 3) },
		"complex DType": func() { random.Dist{DType: jnp.Complex64}.Multinomial(k, 1, []float32{1}) },
	} {
		if trace.Try(f) == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestOrthogonal(t *testing.T) {
	k := random.Key(3)
	for _, d := range []jnp.DType{jnp.Float32, jnp.Complex64} {
		shapes := [][]int{{3, 3}, {2, 4, 5}, {4, 2, 2, 2}, {1, 1}, {0, 2}}
		if d == jnp.Complex64 && !sample.All() {
			shapes = shapes[1:2]
		}
		drawn, products := gojax.Jit(func(k random.KeyArray) (drawn, products []jnp.Array) {
			for _, c := range shapes {
				x := random.Dist{DType: d}.Orthogonal(k, c[0], c[1], c[2:]...)
				drawn = append(drawn, x)
				if c[0] < c[1] {
					x = x.MT()
				}
				products = append(products, jnp.MatMul(x.MT().Conj(), x))
			}
			return drawn, products
		})(k)
		for i, c := range shapes {
			if want := append(slices.Clone(c[2:]), c[:2]...); !slices.Equal(drawn[i].Shape(), want) {
				t.Errorf("shape %v, want %v", drawn[i].Shape(), want)
			}
			n := min(c[0], c[1])
			for j, v := range jnp.ToSlice[complex128](products[i].AsType(jnp.Complex64)) {
				one := complex(0, 0)
				if n > 0 && j/n%n == j%n {
					one = 1
				}
				if cmplx.Abs(v-one) > 1e-5 {
					t.Errorf("%v %v: not orthonormal: %v", d, c, products[i])
				}
			}
		}
	}
	want := jnp.AsArray(
		[][]float32{{-0.5271795, 0.75919205, -0.38171905}, {0.7183465, 0.15819141, -0.6774613},
			{-0.45393848, -0.6313502, -0.62875813}})
	if got := random.Orthogonal(k, 3, 3); jnp.AllClose(got, want).Item() != 1 {
		t.Errorf("%v, want JAX's %v", got, want)
	}
	if trace.Try(func() { random.Orthogonal(k, -1, 2) }) == nil {
		t.Error("a negative size: no error")
	}
	if random.Clone(k).String() != k.String() {
		t.Error("Clone changes the key")
	}
}
