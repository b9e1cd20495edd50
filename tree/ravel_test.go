package tree_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tree"
)

func TestRavel(t *testing.T) {
	p := numbers{W: jnp.Arange(6.0).Reshape(2, 3), B: []A{jnp.AsArray(float32(6)), jnp.Zeros(0, 2)},
		M: map[string]A{"m": vec(7, 8)}, N: "n"}
	flat, unravel := tree.Ravel(p)
	if got := fmt.Sprint(flat); got != "[0. 1. 2. 3. 4. 5. 6. 7. 8.]" {
		t.Errorf("Ravel: %s", got)
	}
	q := unravel(flat)
	if tree.Structure(q) != tree.Structure(p) || tree.AllClose(p, q).Item() != 1 || q.B[1].Shape()[1] != 2 {
		t.Errorf("and back: %v", q)
	}
	// Arrays of one dtype: the vector may have another.
	if q := unravel(flat.AsType(jnp.Int32)); q.W.DType() != jnp.Int32 || q.B[0].DType() != jnp.Int32 {
		t.Errorf("of integers: %v", q)
	}
	fails.With(t, func() { unravel(vec(1, 2)) }, "want a vector of the 9 elements", "float32[2]")
	fails.With(t, func() { unravel(flat.Reshape(3, 3)) }, "want a vector")
	// Of several dtypes: promoted, and each restored.
	mixed := []A{jnp.FromSlice([]int32{1, 2}), vec(0.5).AsType(jnp.Float16), jnp.AsArray(true),
		jnp.AsArray(complex64(1i))}
	flat, back := tree.Ravel(mixed)
	if flat.DType() != jnp.Complex64 {
		t.Errorf("the common dtype is %v", flat.DType())
	}
	for i, x := range back(flat) {
		if y := mixed[i]; x.DType() != y.DType() || jnp.ArrayEqual(x, y).Item() != 1 {
			t.Errorf("%v comes back as %v", y, x)
		}
	}
	fails.With(t, func() { back(jnp.Zeros(5)) }, "raveled to complex64", "AsType")
	none, nothing := tree.Ravel(layer{Act: "x"})
	if none.Size() != 0 || none.DType() != jnp.Float32 || nothing(none).Act != "x" {
		t.Errorf("of no arrays: %v", none)
	}
	// Newton's method on a tree, as one program, for several starts.
	newton := gojax.Jit(gojax.Vmap(func(p layer) layer {
		flat, unravel := tree.Ravel(p)
		f := func(x A) A { return tree.SquaredNorm(tree.Sub(unravel(x), layer{W: vec(1, 2), B: vec(3)})) }
		return unravel(flat.Sub(gojax.Grad(f)(flat).Div(2)))
	}))
	if got := fmt.Sprint(tree.Leaves(newton(layer{W: jnp.Ones(2, 2), B: jnp.Ones(2, 1)}))); got !=
		"[[[1. 2.]\n [1. 2.]] [[3.]\n [3.]]]" {
		t.Errorf("Newton's steps: %s", got)
	}
}
