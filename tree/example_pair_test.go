package tree_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tree"
)

func ExamplePairOf() {
	// The golden ratio, by Fibonacci's numbers.
	c := lax.Repeat(20, func(c tree.Pair[jnp.Array, jnp.Array]) tree.Pair[jnp.Array, jnp.Array] {
		return tree.PairOf(c.B, c.A.Add(c.B))
	}, tree.PairOf(jnp.AsArray(1.0), jnp.AsArray(1.0)))
	fmt.Println(c.B.Div(c.A))
	// Output: 1.618034
}

func ExamplePair_Unpack() {
	x, n := tree.PairOf(jnp.Ones(2), 3).Unpack()
	fmt.Println(x, n)
	// Output: [1. 1.] 3
}

func ExampleTripleOf() {
	// The mean and the variance of numbers that come one by one (Welford's algorithm).
	type sums = tree.Triple[jnp.Array, jnp.Array, jnp.Array]
	welford := func(c sums, x jnp.Array) sums {
		n, mean, m2 := c.Unpack()
		n = n.Add(1)
		d := x.Sub(mean)
		mean = mean.Add(d.Div(n))
		return tree.TripleOf(n, mean, m2.Add(d.Mul(x.Sub(mean))))
	}
	zero := jnp.Zeros()
	c := lax.Fold(welford, tree.TripleOf(zero, zero, zero), jnp.FromSlice([]float32{1, 2, 3, 6}))
	fmt.Println(c.B, c.C.Div(c.A))
	// Output: 3.0 3.5
}

func ExampleTriple_Unpack() {
	a, b, c := tree.TripleOf(1, "b", jnp.Zeros()).Unpack()
	fmt.Println(a, b, c)
	// Output: 1 b 0.0
}
