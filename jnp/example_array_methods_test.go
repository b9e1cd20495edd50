package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Choose() {
	a, b := jnp.Asarray([]int32{1, 2, 3}), jnp.Asarray([]int32{10, 20, 30})
	fmt.Println(jnp.Asarray([]int32{0, 1, 0}).Choose(a, b), a.Compress(jnp.Asarray([]bool{true, false, true})), a.Repeat(2))
	// Output: [ 1 20  3] [1 3] [1 1 2 2 3 3]
}

func ExampleArray_Diagonal() {
	x := jnp.Asarray([][]float32{{1, 0}, {5, 3}})
	fmt.Println(x.Diagonal(), x.Trace(), x.Ptp(1), x.Nonzero())
	// Output: [1. 3.] 4.0 [1. 2.] [[0 1 1] [0 0 1]]
}

func ExampleArray_SearchSorted() {
	x := jnp.Asarray([]float32{1, 2, 4})
	fmt.Println(x.SearchSorted(3), jnp.Asarray([]float32{4, 1, 2}).ArgPartition(0))
	// Output: 2 [1 2 0]
}
