package jnp_test

import (
	"fmt"
	"maps"

	"github.com/gojax/gojax/jnp"
)

func ExampleFromBuffer() {
	b := []byte{0, 0, 128, 63, 0, 0, 0, 64} // two little-endian numbers
	fmt.Println(jnp.Reading{DType: jnp.Float32}.FromBuffer(b))
	fmt.Println(jnp.FromBuffer(make([]byte, 16)))
	// Output:
	// [1. 2.]
	// [0. 0.]
}

func ExampleReading_FromBuffer() {
	fmt.Println(jnp.Reading{DType: jnp.Uint8, Offset: 1, Count: 3}.FromBuffer([]byte("gojax")))
	// Output:
	// [111 106  97]
}

func ExampleFromString() {
	fmt.Println(jnp.FromString("1 2.5  -3e2"))
	// Output:
	// [   1.     2.5 -300. ]
}

func ExampleReading_FromString() {
	fmt.Println(jnp.Reading{DType: jnp.Int32, Sep: ","}.FromString("1, 2, 3"))
	// Output:
	// [1 2 3]
}

func ExampleFromIter() {
	words := map[string]int32{"a": 1}
	fmt.Println(jnp.FromIter(maps.Values(words)))
	// Output:
	// [1]
}

func ExampleFromFunction() {
	fmt.Println(jnp.FromFunction(func(i ...jnp.Array) jnp.Array {
		return i[0].Mul(10).Add(i[1])
	}, 2, 3))
	// Output:
	// [[ 0.  1.  2.]
	//  [10. 11. 12.]]
}

func ExampleCreation_FromFunction() {
	fmt.Println(jnp.FromFunction(func(i ...jnp.Array) jnp.Array { return i[0].Mul(10).Add(i[1]) }, 2, 3))
	fmt.Println(jnp.Creation{DType: jnp.Float32}.FromFunction(func(i ...jnp.Array) jnp.Array { return i[0].Div(2) }, 3))
	// Output:
	// [[ 0.  1.  2.]
	//  [10. 11. 12.]]
	// [0.  0.5 1. ]
}
