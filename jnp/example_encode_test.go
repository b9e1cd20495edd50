package jnp_test

import (
	"encoding/json"
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleArray_MarshalJSON() {
	weights := map[string]jnp.Array{"w": jnp.FromSlice([]float32{0.5, -1}), "b": jnp.Zeros()}
	text, _ := json.Marshal(weights)
	fmt.Println(string(text))
	var again map[string]jnp.Array
	fmt.Println(json.Unmarshal(text, &again), again["w"])
	// Output:
	// {"b":{"dtype":"float32","shape":[],"data":[0]},"w":{"dtype":"float32","shape":[2],"data":[0.5,-1]}}
	// <nil> [ 0.5 -1. ]
}

func ExampleArray_Format() {
	loss := jnp.FromSlice([]float32{1, 2, 4}).Mean()
	fmt.Printf("%.3f %8.2e\n", loss, loss)
	fmt.Printf("%.1f\n", jnp.FromSlice([]float32{1, -20.25}))
	// Output:
	// 2.333 2.33e+00
	// [  1.0 -20.2]
}
