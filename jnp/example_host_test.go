package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_Item() {
	x := jnp.AsArray([]float32{1.5, 2.5})
	fmt.Println(x.Sum().Item()+1, jnp.ItemOf[bool](x.Gt(1).All()))
	// Output: 5 true
}

func ExampleCopyTo() {
	buffer := make([]float64, 3)
	jnp.CopyTo(buffer, jnp.AsArray([]float32{1, 2, 4}))
	fmt.Println(buffer)
	// Output: [1 2 4]
}

func ExampleSetNarrowing() {
	jnp.SetNarrowing(jnp.NarrowSilent)
	defer jnp.SetNarrowing(jnp.NarrowOnce)
	fmt.Println(jnp.AsArray([]float64{0.1, 0.2}).DType())
	// Output: float32
}

func ExampleFromSlice() {
	fmt.Println(jnp.FromSlice([]float32{1, 2, 3, 4, 5, 6}, 2, -1))
	// Output:
	// [[1. 2. 3.]
	//  [4. 5. 6.]]
}

func ExampleToSlice() {
	fmt.Println(jnp.ToSlice[float32](jnp.Ones(2).Mul(3)))
	// Output:
	// [3 3]
}

func ExampleItemOf() {
	fmt.Println(jnp.ItemOf[int](jnp.Arange(5).Sum()))
	// Output:
	// 10
}

// Newton's method, until the step is small.
func ExampleArray_Bool() {
	x := jnp.AsArray(1.0)
	for steps := 1; ; steps++ {
		next := x.Add(jnp.Div(2, x)).Div(2)
		if next.Sub(x).Abs().Lt(1e-6).Bool() {
			fmt.Printf("%.5f after %d steps\n", next.Float(), steps)
			break
		}
		x = next
	}
	fmt.Println(jnp.AsArray([]float32{2.75}).Int())
	// Output:
	// 1.41421 after 5 steps
	// 2
}
