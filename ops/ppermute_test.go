package ops_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExamplePShuffle() {
	f := func(x jnp.Array) jnp.Array { return lax.PShuffle(x, "i", []int{2, 0, 1}) }
	fmt.Println(gojax.Vmap(f, gojax.AxisName("i"))(jnp.FromSlice([]int32{10, 11, 12}, 3)))
	// Output: [12 10 11]
}
