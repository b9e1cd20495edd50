package jnp_test

import (
	"bytes"
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSave() {
	var file bytes.Buffer
	if err := jnp.Save(&file, jnp.Arange(6).Reshape(2, 3)); err != nil {
		fmt.Println(err)
	}
	x, err := jnp.Load(&file)
	fmt.Println(x, err)
	// Output:
	// [[0 1 2]
	//  [3 4 5]] <nil>
}

func ExampleSaveZ() {
	var file bytes.Buffer
	if err := jnp.SaveZ(&file, map[string]jnp.Array{"weights": jnp.Ones(2), "steps": jnp.AsArray(7)}); err != nil {
		fmt.Println(err)
	}
	arrays, err := jnp.LoadZ(bytes.NewReader(file.Bytes()), int64(file.Len()))
	fmt.Println(arrays["weights"], arrays["steps"], err)
	// Output: [1. 1.] 7 <nil>
}
