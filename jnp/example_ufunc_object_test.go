package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleUFunc() {
	gcd := jnp.UFunc{F: jnp.GCD[jnp.Array, jnp.Array], Identity: 0}
	x := jnp.AsArray([]int32{12, 18, 27})
	fmt.Println(gcd.Call(x, 4), gcd.Reduce(x), gcd.Accumulate(x))
	fmt.Println(gcd.Outer(x, jnp.AsArray([]int32{8, 9})))
	// Output:
	// [4 2 1] 3 [12  6  3]
	// [[4 3]
	//  [2 9]
	//  [1 9]]
}

func ExampleUFunc_ReduceAt() {
	add := jnp.UFunc{F: jnp.Add[jnp.Array, jnp.Array], Identity: 0}
	fmt.Println(add.ReduceAt(jnp.Arange(1, 9), jnp.AsArray([]int32{0, 2, 5})))
	// Output: [ 3 12 21]
}

func ExampleUFunc_At() {
	power := jnp.UFunc{F: jnp.Power[jnp.Array, jnp.Array]}
	fmt.Println(power.At(jnp.AsArray([]float32{2, 3, 4}), 2, []int{0, 0, 1})) // the first twice
	// Output: [16.  9.  4.]
}
