package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleScan() {
	// A running mean: the carry is how many numbers there were, and their sum.
	type sums struct{ N, Sum jnp.Array }
	step := func(c sums, x jnp.Array) (sums, jnp.Array) {
		c = sums{c.N.Add(1), c.Sum.Add(x)}
		return c, c.Sum.Div(c.N)
	}
	last, means := lax.Scan(step, sums{jnp.Zeros(), jnp.Zeros()}, jnp.FromSlice([]float32{1, 3, 8}, 3))
	fmt.Println(last.Sum, means)
	// Output: 12.0 [1. 2. 4.]
}

func ExampleScanN() {
	// Euler's steps along y' = -y.
	_, path := lax.ScanN(3, func(y jnp.Array) (jnp.Array, jnp.Array) {
		y = y.Sub(y.Mul(0.5))
		return y, y
	}, jnp.Ones())
	fmt.Println(path)
	// Output: [0.5   0.25  0.125]
}

func ExampleFold() {
	// Horner's rule: x^2 + 2x + 3 at 10.
	horner := func(sum, c jnp.Array) jnp.Array { return sum.Mul(10).Add(c) }
	fmt.Println(lax.Fold(horner, jnp.Zeros(), jnp.FromSlice([]float32{1, 2, 3})))
	// Output: 123.0
}

func ExampleMap() {
	rows := jnp.Arange(6.0).Reshape(3, 2)
	fmt.Println(lax.Map(func(row jnp.Array) jnp.Array { return jnp.Sum(row) }, rows, lax.MapOptions{BatchSize: 2}))
	// Output: [1. 5. 9.]
}

func ExampleAssociativeScan() {
	x := jnp.FromSlice([]float32{3, 1, 4, 1, 5}, 5)
	fmt.Println(lax.AssociativeScan(lax.Max, x),
		lax.AssociativeScan(lax.Max, x, lax.AssociativeScanOptions{Reverse: true}))
	// Output: [3. 3. 4. 4. 5.] [5. 5. 5. 5. 5.]
}
