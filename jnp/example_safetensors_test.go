package jnp_test

import (
	"bytes"
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleSaveSafetensors() {
	var file bytes.Buffer
	if err := jnp.SaveSafetensors(&file, map[string]jnp.Array{"w": jnp.Ones(2)}); err != nil {
		fmt.Println(err)
	}
	arrays, err := jnp.LoadSafetensors(bytes.NewReader(file.Bytes()), int64(file.Len()))
	fmt.Println(arrays["w"], err)
	// Output: [1. 1.] <nil>
}
