package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Index() {
	x := jnp.Arange(12).Reshape(3, 4)
	fmt.Println(x.Index(1))                        // x[1]
	fmt.Println(x.Index(-1, 0))                    // x[-1, 0]
	fmt.Println(x.Index(jnp.All, 2))               // x[:, 2]
	fmt.Println(x.Index(jnp.S(nil, nil, -2)))      // x[::-2]
	fmt.Println(x.Index([]int{2, 0}, jnp.S(1, 3))) // x[[2, 0], 1:3]
	fmt.Println(x.Index(x.Gt(8)))                  // x[x > 8]
	fmt.Println(x.Index(jnp.Ellipsis, jnp.NewAxis).Shape())
	// Output:
	// [4 5 6 7]
	// 8
	// [ 2  6 10]
	// [[ 8  9 10 11]
	//  [ 0  1  2  3]]
	// [[ 9 10]
	//  [ 1  2]]
	// [ 9 10 11]
	// [3 4 1]
}

func ExampleDS() {
	x := jnp.Arange(10.0)
	window := gojax.Jit(func(i jnp.Array) jnp.Array { return x.Index(jnp.DS(i, 3)).Sum() })
	fmt.Println(window(jnp.AsArray(2)), window(jnp.AsArray(5)))
	// Output: 9.0 18.0
}
