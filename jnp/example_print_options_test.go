package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExamplePrintOptions() {
	x := jnp.FromSlice([]float32{1. / 3, 2e-5, 10})
	fmt.Println(x)
	o := jnp.PrintOptions{Precision: 2, Suppress: true}
	fmt.Println(o.String(x), o.Repr(x))
	fmt.Println(jnp.PrintOptions{Threshold: 5, EdgeItems: 2}.String(jnp.Arange(10)))
	// Output:
	// [3.3333334e-01 1.9999999e-05 1.0000000e+01]
	// [ 0.33  0.   10.  ] Array([ 0.33,  0.  , 10.  ], dtype=float32)
	// [0 1 ... 8 9]
}

func ExampleSetPrintOptions() {
	before := jnp.GetPrintOptions()
	jnp.SetPrintOptions(jnp.PrintOptions{Precision: 3})
	fmt.Println(jnp.FromSlice([]float32{1. / 3, 2}))
	jnp.SetPrintOptions(before)
	// Output: [0.333 2.   ]
}

func ExampleArrayRepr() {
	x := jnp.FromSlice([]float32{1, 2})
	fmt.Println(jnp.ArrayStr(x), jnp.ArrayRepr(x))
	fmt.Printf("%v %#v\n", x, x)
	// Output:
	// [1. 2.] Array([1., 2.], dtype=float32)
	// [1. 2.] Array([1., 2.], dtype=float32)
}
