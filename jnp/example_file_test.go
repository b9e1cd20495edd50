package jnp_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gojax/gojax/jnp"
)

func ExampleSaveFile() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x.npy")
	if err := jnp.SaveFile(path, jnp.Arange(6).Reshape(2, 3)); err != nil {
		fmt.Println(err)
	}
	fmt.Println(jnp.LoadFile(path))
	// Output:
	// [[0 1 2]
	//  [3 4 5]] <nil>
}

func ExampleSaveArrays() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "weights.safetensors")
	if err := jnp.SaveArrays(path, map[string]jnp.Array{"w": jnp.Ones(2), "steps": jnp.AsArray(7)}); err != nil {
		fmt.Println(err)
	}
	arrays, err := jnp.LoadArrays(path)
	fmt.Println(arrays["w"], arrays["steps"], err)
	// Output: [1. 1.] 7 <nil>
}
