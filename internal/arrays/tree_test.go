package arrays_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
)

type tree struct {
	W    jnp.Array
	More map[string]jnp.Array
	Name string
}

func example() tree {
	return tree{jnp.FromSlice([]float32{1, 2, 3, 4}, 2, 2), map[string]jnp.Array{"b": jnp.AsArray(5.0),
		"a": jnp.FromSlice([]float32{6}).AsType(jnp.Float16)}, "plain"}
}

func TestRavel(t *testing.T) {
	x, unravel := arrays.Ravel("op", "x", example())
	if x.String() != "[1. 2. 3. 4. 6. 5.]" || x.DType() != jnp.Float32 || x.Weak() {
		t.Errorf("the vector is %v, of %v", x, x.DType())
	}
	y := unravel(x.Mul(2))
	if y.W.String() != "[[2. 4.]\n [6. 8.]]" || y.More["a"].DType() != jnp.Float16 || y.Name != "plain" ||
		y.More["b"].Item() != 10 {
		t.Errorf("the tree is %v", y)
	}
	two := unravel(jnp.Stack([]jnp.Array{x, x.Neg()}))
	if s := two.W.Shape(); len(s) != 3 || s[0] != 2 || two.More["b"].Index(1).Item() != -5 {
		t.Errorf("two vectors give %v", two)
	}
	z, unravel2 := arrays.Ravel("op", "x", []jnp.Array{jnp.Ones(1), jnp.FromSlice([]complex64{1i})})
	if z.DType() != jnp.Complex64 || unravel2(z)[0].DType() != jnp.Float32 {
		t.Errorf("with complex numbers the vector is %v", z)
	}
	none, _ := arrays.Ravel("op", "x", struct{}{})
	if none.Size() != 0 {
		t.Errorf("no arrays give %v", none)
	}
	fails.With(t, func() { arrays.Ravel("op", "p", []jnp.Array{jnp.Ones(1), jnp.Arange(2)}) }, "p[1] is int32[2]")
}

func TestRun(t *testing.T) {
	outside := jnp.Ones(2)
	f := func(c float64) tree {
		return arrays.Run("op", example(), func(x tree) tree {
			x.W = x.W.Mul(c).Add(outside).Sub(1)
			return x
		})
	}
	f(2)
	before := gojax.Compilations()
	if y, n := f(3), gojax.Compilations()-before; y.W.Index(1, 1).Item() != 12 || y.Name != "plain" || n > 1 {
		t.Errorf("%v, and %d more compilations", y, n) // one of Index
	}
}

func TestClosure(t *testing.T) {
	k := jnp.FromSlice([]float32{2, 3})
	x := []jnp.Array{jnp.Ones(2)}
	f, from, n := arrays.Closure("op", x, func(x []jnp.Array) jnp.Array { return x[0].Mul(k).Add(0.25) })
	if n != 1 || len(from) != 2 || from[1].Item() != 0.25 {
		t.Fatalf("it takes %v from outside, %d arrays", from, n)
	}
	if y := f([]jnp.Array{jnp.Ones(2)}, []jnp.Array{k.Add(1), jnp.AsArray(float32(0))}); y.String() != "[3. 4.]" {
		t.Errorf("it is %v", y)
	}
}
