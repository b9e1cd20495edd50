package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArraySplit() {
	for _, part := range jnp.ArraySplit(jnp.Arange(5), 2) {
		fmt.Print(part, " ")
	}
	x := jnp.Zeros(2, 4, 6)
	fmt.Println(len(jnp.VSplit(x, 2)), jnp.HSplit(x, 2)[0].Shape(), jnp.DSplit(x, []int{1})[1].Shape(),
		len(jnp.Unstack(x, 1)))
	// Output: [0 1 2] [3 4] 2 [2 2 6] [2 4 5] 4
}

func ExampleSplit() {
	for _, part := range jnp.Split(jnp.Arange(6), []int{1, 4}) {
		fmt.Println(part)
	}
	// Output:
	// [0]
	// [1 2 3]
	// [4 5]
}
