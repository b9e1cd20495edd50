package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Slice() {
	x := jnp.Arange(6)
	fmt.Println(x.Slice(1, -1), x.Slice(nil, nil, 2))
	fmt.Println(x.Slice(1, nil).Sub(x.Slice(nil, -1))) // differences
	fmt.Println(x.Head(2), x.Tail(2), x.Head(-4), x.Tail(-4))
	// Output:
	// [1 2 3 4] [0 2 4]
	// [1 1 1 1 1]
	// [0 1] [4 5] [0 1] [4 5]
}

func ExampleArray_Rows() {
	x := jnp.Arange(6).Reshape(3, 2)
	for i, row := range x.Rows() {
		fmt.Print(i, row, " ")
	}
	fmt.Println(x.Row(-1))
	// Output: 0 [0 1] 1 [2 3] 2 [4 5] [4 5]
}
