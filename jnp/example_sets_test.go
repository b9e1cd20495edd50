package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleIntersect1D() {
	x, y := jnp.FromSlice([]int32{3, 1, 2, 3}), jnp.FromSlice([]int32{3, 4, 1})
	fmt.Println(jnp.Intersect1D(x, y))
	fmt.Println(jnp.Uniqueness{Size: 3, FillValue: -1}.Intersect1D(x, y)) // may be traced
	// Output:
	// [1 3]
	// [ 1  3 -1]
}

func ExampleIntersect1DReturned() {
	x, y := jnp.FromSlice([]int32{3, 1, 2, 3}), jnp.FromSlice([]int32{3, 4, 1})
	values, inX, inY := jnp.Intersect1DReturned(x, y)
	fmt.Println(values, inX, inY)
	// Output: [1 3] [1 0] [2 0]
}

func ExampleSetDiff1D() {
	x, y := jnp.FromSlice([]int32{3, 1, 2, 3}), jnp.FromSlice([]int32{1, 4})
	fmt.Println(jnp.SetDiff1D(x, y))
	// Output: [2 3]
}

func ExampleSetXor1D() {
	x, y := jnp.FromSlice([]int32{3, 1, 2, 3}), jnp.FromSlice([]int32{1, 4})
	fmt.Println(jnp.SetXor1D(x, y))
	// Output: [2 3 4]
}

func ExampleMembership_IsIn() {
	x := jnp.Arange(4)
	fmt.Println(jnp.Membership{Invert: true}.IsIn(x, jnp.FromSlice([]int32{1, 3})))
	// Output: [ True False  True False]
}

func ExampleUniqueness_Intersect1D() {
	x, y := jnp.AsArray([]int32{1, 2, 3, 2}), jnp.AsArray([]int32{3, 4, 2})
	o := jnp.Uniqueness{Size: 3, FillValue: -1}
	fmt.Println(o.Intersect1D(x, y), o.SetDiff1D(x, y), o.SetXor1D(x, y))
	fmt.Println(o.Intersect1DReturned(x, y))
	// Output:
	// [ 2  3 -1] [ 1 -1 -1] [ 1  4 -1]
	// [ 2  3 -1] [1 2 4] [2 0 3]
}

func ExampleUnion1D() {
	x, y := jnp.AsArray([]int32{1, 2, 3, 2}), jnp.AsArray([]int32{2, 3, 4})
	fmt.Println(jnp.Union1D(x, y), jnp.Uniqueness{Size: 6, FillValue: 0}.Union1D(x, y))
	// Output: [1 2 3 4] [1 2 3 4 0 0]
}

func ExampleIsIn() {
	x, y := jnp.AsArray([]int32{1, 2, 3, 2}), jnp.AsArray([]int32{2, 3, 4})
	fmt.Println(jnp.IsIn(x, y), jnp.Membership{Invert: true}.IsIn(x, y))
	// Output: [False  True  True  True] [ True False False False]
}
