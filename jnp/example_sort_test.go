package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSort() {
	x := jnp.AsArray([]float32{3, 1, 2, 1})
	fmt.Println(x.Sort(), x.ArgSort())
	fmt.Println(jnp.Sorting{Descending: true}.Sort(x))
	fmt.Println(jnp.SearchSorted(x.Sort(), 1.0), jnp.Search{Right: true}.SearchSorted(x.Sort(), 1.0))
	// Output:
	// [1. 1. 2. 3.] [1 3 2 0]
	// [3. 2. 1. 1.]
	// 0 2
}

func ExampleArgSort() {
	x := jnp.AsArray([]float32{3, 1, 2, 1})
	fmt.Println(jnp.ArgSort(x), jnp.Sorting{Descending: true}.ArgSort(x), jnp.Sort(x))
	// Output: [1 3 2 0] [0 2 1 3] [1. 1. 2. 3.]
}

func ExampleLexSort() {
	last, first := jnp.AsArray([]int32{2, 1, 2}), jnp.AsArray([]int32{9, 8, 7})
	fmt.Println(jnp.LexSort([]jnp.Array{first, last})) // by last, then by first
	// Output: [1 2 0]
}

func ExamplePartition() {
	x := jnp.AsArray([]float32{3, 1, 2, 5, 4})
	fmt.Println(jnp.Partition(x, 2), jnp.ArgPartition(x, 2))
	// Output: [1. 2. 3. 4. 5.] [1 2 0 4 3]
}

func ExampleSortComplex() {
	fmt.Println(jnp.SortComplex(jnp.AsArray([]complex64{2, 1 + 2i, 1 - 2i})))
	// Output: [1.-2.j 1.+2.j 2.+0.j]
}

func ExampleDigitize() {
	bins := jnp.AsArray([]float32{0, 1, 2})
	fmt.Println(jnp.Digitize(jnp.AsArray([]float32{-1, 0.5, 1, 7}), bins),
		jnp.Search{Right: true}.Digitize(jnp.AsArray([]float32{1}), bins))
	// Output: [0 1 2 3] [1]
}
