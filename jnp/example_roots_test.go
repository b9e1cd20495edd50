package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleRoots() {
	o := jnp.PrintOptions{Precision: 3, Suppress: true}
	fmt.Println(o.String(jnp.Roots(jnp.FromSlice([]float32{0, 1, -5, 6}))))
	keep := jnp.RootFinding{KeepLeadingZeros: true}
	fmt.Println(o.String(keep.Roots(jnp.FromSlice([]float32{0, 1, -5, 6}))))
	// Output:
	// [3.+0.j 2.+0.j]
	// [ 3. +0.j  2. +0.j nan+nanj]
}
