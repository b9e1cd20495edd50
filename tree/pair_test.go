package tree_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tree"
)

func TestPairs(t *testing.T) {
	type pair = tree.Pair[A, A]
	fibonacci := func(c pair) pair {
		a, b := c.Unpack()
		return tree.PairOf(b, a.Add(b))
	}
	tenth := gojax.Jit(func(a, b A) A { return lax.Repeat(10, fibonacci, tree.PairOf(a, b)).A })
	if y := tenth(jnp.AsArray(0), jnp.AsArray(1)); y.Item() != 55 {
		t.Errorf("Fibonacci's tenth number is %v", y)
	}
	a, b, c := tree.TripleOf(1, "b", vec(3)).Unpack()
	if a != 1 || b != "b" || c.Item() != 3 {
		t.Errorf("a triple is %v, %v, %v", a, b, c)
	}
}
