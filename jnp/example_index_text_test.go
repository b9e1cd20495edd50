package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Ix() {
	x := jnp.Arange(12).Reshape(3, 4)
	fmt.Println(x.Ix("0, 1:-1"), x.Ix("::2, -1"), x.Ix("[0, 2], 1"), x.Ix("..., None").Shape())
	row, n := jnp.AsArray(1), 3
	fmt.Println(x.Ix("row, :n", row, n))
	// Output:
	// [1 2] [ 3 11] [1 9] [3 4 1]
	// [4 5 6]
}

func ExampleArray_AtIx() {
	x := jnp.Arange(6).Reshape(2, 3)
	fmt.Println(x.AtIx(":, ::2").Set(0), x.AtIx("-1").Add(10))
	// Output:
	// [[0 1 0]
	//  [0 4 0]] [[ 0  1  2]
	//  [13 14 15]]
}
