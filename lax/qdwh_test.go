package lax_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func TestQDWH(t *testing.T) {
	z := jnp.FromSlice([]complex64{4, 1i, -2i, 3, 1, 1 + 1i}, 3, 2)
	for i, x := range []A{matrix([]float32{4, 2, 1}, []float32{0, 5, 3}, []float32{1, 1, 6}), z, numbers(-2, 1.5, 3, 2),
		matrix([]float32{1, 1}, []float32{1, 1.001}), numbers(3, 1, 1, 1), numbers(0, 1, 3, 0)} {
		u, h, k, ok := lax.QDWH(x)
		n := x.Shape()[1]
		adjoint := jnp.Conj(jnp.MatrixTranspose(u))
		far := func(x, y A) float64 { return jnp.Max(jnp.Append(jnp.Abs(x.Sub(y)), 0.0)).Item() }
		if d := far(u.MatMul(h), x); d > 2e-5 {
			t.Errorf("case %d: u·h is off by %g", i, d)
		}
		if d := far(adjoint.MatMul(u), jnp.Eye(n)); d > 2e-6 {
			t.Errorf("case %d: the columns of u are not orthonormal: %v", i, u)
		}
		if d := far(h, jnp.Conj(h.T())); d != 0 || ok.Item() != 1 || k.Item() > 9 || k.DType() != jnp.Int32 {
			t.Errorf("case %d: h is %v, after %v steps, %v", i, h, k, ok)
		}
	}
	both := jnp.Stack([]A{z, z.Mul(2i)}, 1)
	f := func(x A) A { u, _, _, _ := lax.QDWH(x); return u }
	y := gojax.Vmap(f, gojax.InAxes(1))(both)
	same(t, "QDWH, mapped", []A{y.Index(1)}, []A{f(z.Mul(2i))}, 1e-5)
	if _, _, k, ok := lax.QDWH(z, lax.QDWHOptions{MaxIterations: 2, Eps: 1e-7}); k.Item() != 2 || ok.Item() != 0 {
		t.Errorf("two steps are %v and %v", k, ok)
	}
	wide := func() { lax.QDWH(lax.Transpose(z, 1, 0)) }
	checkMistakes(t, mistake{"lax.QDWH", wide, []string{"no fewer rows", "[2,3]"}})
}

func ExampleQDWH() {
	u, h, _, _ := lax.QDWH(jnp.FromSlice([]float32{0, 2, 3, 0}, 2, 2))
	fmt.Println(jnp.Round(jnp.Abs(u), 3))
	fmt.Println(jnp.Round(jnp.Abs(h), 3))
	// Output:
	// [[0. 1.]
	//  [1. 0.]]
	// [[3. 0.]
	//  [0. 2.]]
}
