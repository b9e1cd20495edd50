package ops_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleAllToAll() {
	// Each element has a part for each one of them: together, the two axes change places.
	f := func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(3, 3)))
	// Output:
	// [[0 3 6]
	//  [1 4 7]
	//  [2 5 8]]
}

func ExampleAllToAll_tiled() {
	f := func(x jnp.Array) jnp.Array { return lax.AllToAll(x, "i", 0, 0, lax.CollectiveOptions{Tiled: true}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 4)))
	// Output:
	// [[0 1 4 5]
	//  [2 3 6 7]]
}

func ExamplePSwapAxes() {
	f := func(x jnp.Array) jnp.Array { return lax.PSwapAxes(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 2)))
	// Output:
	// [[0 2]
	//  [1 3]]
}
