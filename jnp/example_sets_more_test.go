package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleUniqueness_Intersect1D() {
	x, y := jnp.Asarray([]int32{1, 2, 3, 2}), jnp.Asarray([]int32{3, 4, 2})
	o := jnp.Uniqueness{Size: 3, Fill: -1}
	fmt.Println(o.Intersect1D(x, y), o.SetDiff1D(x, y), o.SetXor1D(x, y))
	fmt.Println(o.Intersect1DReturned(x, y))
	// Output:
	// [ 2  3 -1] [ 1 -1 -1] [ 1  4 -1]
	// [ 2  3 -1] [1 2 4] [2 0 3]
}

func ExampleSized_Extract() {
	x := jnp.Asarray([]int32{1, 2, 3, 4})
	fmt.Println(jnp.Sized{Size: 3, FillValue: -1}.Extract(x.Gt(2), x))
	// Output: [ 3  4 -1]
}
