package checkpoint_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleSave() {
	type Params struct {
		W, B jnp.Array
		Key  random.KeyArray
		Rate float64
	}
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "params.safetensors")
	if err := checkpoint.Save(path, Params{jnp.Ones(2, 2), jnp.Zeros(2), random.Key(1), 1e-3}); err != nil {
		fmt.Println(err)
	}
	arrays, err := jnp.LoadArrays(path) // as any program reads them
	fmt.Println(arrays[".W"].Shape(), arrays[".Key"], err)
	// Output: [2 2] [0 1] <nil>
}

func ExampleLoad() {
	type Params struct {
		W    []jnp.Array
		Rate float64
	}
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "params.safetensors")
	if err := checkpoint.Save(path, Params{[]jnp.Array{jnp.Ones(2), jnp.Zeros(1)}, 1e-3}); err != nil {
		fmt.Println(err)
	}
	var p Params // takes all that is in the file
	fmt.Println(checkpoint.Load(path, &p), p.W, p.Rate)
	p.W[1] = jnp.Zeros(5) // and this no longer fits
	err := checkpoint.Load(path, &p)
	fmt.Println(err != nil, p.W[1])
	// Output:
	// <nil> [[1. 1.] [0.]] 0.001
	// true [0. 0. 0. 0. 0.]
}

func ExampleList() {
	type Layer struct{ W, B jnp.Array }
	type State struct {
		Layers []Layer
		Key    random.KeyArray
		Step   int
	}
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "state.safetensors")
	if err := checkpoint.Save(path, State{[]Layer{{W: jnp.Ones(2, 3)}}, random.Key(1), 7}); err != nil {
		fmt.Println(err)
	}
	entries, err := checkpoint.List(path)
	for _, e := range entries {
		fmt.Println(e)
	}
	fmt.Println(entries[1].Shape, err)
	// Output:
	// .Key key<threefry2x32>[]
	// .Layers[0].W float32[2,3]
	// .Step int 7
	// [2 3] <nil>
}
