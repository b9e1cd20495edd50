package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSized() {
	x := jnp.AsArray([]float32{0, 3, 0, 4})
	fmt.Println(jnp.FlatNonzero(x), jnp.ArgWhere(x))
	o := jnp.Sized{Size: 3, FillValue: -1}
	fmt.Println(o.FlatNonzero(x), o.ArgWhere(x), o.Nonzero(x))
	// Output:
	// [1 3] [[1]
	//  [3]]
	// [ 1  3 -1] [[ 1]
	//  [ 3]
	//  [-1]] [[ 1  3 -1]]
}

func ExampleNonzero() {
	x := jnp.AsArray([]int{0, 3, 0, 5})
	fmt.Println(jnp.Nonzero(x)[0])
	fmt.Println(jnp.Sized{Size: 3, FillValue: -1}.Nonzero(x)[0])
	// Output:
	// [1 3]
	// [ 1  3 -1]
}
