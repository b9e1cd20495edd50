package ndimage_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/ndimage"
)

// A picture read between its pixels.
func ExampleMapCoordinates() {
	x := jnp.Arange(6.0).Reshape(2, 3)
	rows, columns := jnp.FromSlice([]float32{0, 0.5, 1, 3}), jnp.FromSlice([]float32{0.25, 1, 1.5, 0})
	fmt.Println(ndimage.MapCoordinates(x, []jnp.Array{rows, columns}, 1))
	o := ndimage.Interpolation{Mode: ndimage.Nearest}
	fmt.Println(o.MapCoordinates(x, []jnp.Array{rows, columns}, 0))
	// Output:
	// [0.25 2.5  4.5  0.  ]
	// [0. 4. 5. 3.]
}
