package ops_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExamplePSumScatter() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(3, 3))) // element i has the sum of all parts i
	// Output: [ 9 12 15]
}

func ExamplePSumScatter_tiled() {
	f := func(x jnp.Array) jnp.Array { return lax.PSumScatter(x, "i", 0, lax.CollectiveOptions{Tiled: true}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(rowsOf(2, 4)))
	// Output:
	// [[ 4  6]
	//  [ 8 10]]
}
