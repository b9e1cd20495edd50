package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleTaking() {
	x := jnp.Asarray([]float32{10, 20, 30})
	fmt.Println(jnp.Taking{Mode: jnp.ModeWrap}.Take(x, 4), jnp.Taking{Mode: jnp.ModeClip}.Take(x, []int{1, 7}))
	fmt.Println(jnp.Taking{Mode: jnp.ModeFill, FillValue: -1}.TakeAlongAxis(x, []int{0, 9}))
	// Output:
	// 20.0 [20. 30.]
	// [10. -1.]
}

func ExamplePutAlongAxis() {
	x := jnp.Asarray([][]int32{{1, 9, 2}, {8, 3, 4}})
	largest := jnp.ArgMax(x, 1).Reshape(2, 1)
	fmt.Println(jnp.PutAlongAxis(x, largest, 0, 1))
	fmt.Println(jnp.Taking{UniqueIndices: true}.PutAlongAxis(x, largest, 0, 1))
	// Output:
	// [[1 0 2]
	//  [0 3 4]]
	// [[1 0 2]
	//  [0 3 4]]
}

func ExampleTolerance() {
	x, y := jnp.Asarray([]float32{1, 100}), jnp.Asarray([]float32{1.1, 101})
	t := jnp.Tolerance{RTol: 0, ATol: 0.2}
	fmt.Println(t.IsClose(x, y), t.AllClose(x, y), jnp.Tolerance{RTol: 0.2}.AllClose(x, y), t.ArrayEqual(x, x))
	// Output: [ True False] False True True
}
