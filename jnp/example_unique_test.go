package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleUnique() {
	x := jnp.AsArray([]int32{3, 1, 3, 2, 1})
	values, counts := jnp.UniqueCounts(x)
	fmt.Println(values, counts)
	fmt.Println(jnp.Uniqueness{Size: 4, FillValue: 0}.Unique(x)) // of a fixed size: works in Jit too
	// Output:
	// [1 2 3] [2 1 2]
	// [1 2 3 0]
}

func ExampleUniqueAll() {
	x := jnp.AsArray([]int32{3, 1, 3})
	values, indices, inverse, counts := jnp.UniqueAll(x)
	fmt.Println(values, indices, inverse, counts)
	values, indices, inverse, counts = jnp.Uniqueness{Size: 3}.UniqueAll(x)
	fmt.Println(values, indices, inverse, counts)
	// Output:
	// [1 3] [1 0] [1 0 1] [1 2]
	// [1 3 1] [1 0 1] [1 0 1] [1 2 0]
}

func ExampleUniqueCounts() {
	x := jnp.AsArray([]int32{3, 1, 3})
	fmt.Println(jnp.UniqueCounts(x))
	fmt.Println(jnp.UniqueInverse(x))
	fmt.Println(jnp.UniqueValues(x))
	o := jnp.Uniqueness{Size: 3, FillValue: -1}
	fmt.Println(o.UniqueCounts(x))
	fmt.Println(o.UniqueInverse(x))
	fmt.Println(o.UniqueValues(x))
	// Output:
	// [1 3] [1 2]
	// [1 3] [1 0 1]
	// [1 3]
	// [ 1  3 -1] [1 2 0]
	// [ 1  3 -1] [1 0 1]
	// [ 1  3 -1]
}

func ExampleUniqueReturned() {
	rows := jnp.AsArray([][]int32{{1, 2}, {0, 5}, {1, 2}})
	values, indices, inverse, counts := jnp.UniqueReturned(rows, 0)
	fmt.Println(values, indices, inverse, counts)
	fmt.Println(jnp.Unique(rows), jnp.Uniqueness{Size: 1}.Unique(rows, 0))
	values, _, _, _ = jnp.Uniqueness{Size: 3, FillValue: 7}.UniqueReturned(rows, 0)
	fmt.Println(values)
	// Output:
	// [[0 5]
	//  [1 2]] [1 0] [1 0 1] [1 2]
	// [0 1 2 5] [[0 5]]
	// [[0 5]
	//  [1 2]
	//  [7 7]]
}
