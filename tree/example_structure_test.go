package tree_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tree"
)

func ExampleStructure() {
	d := tree.Structure(newModel())
	fmt.Println(d)
	fmt.Println(d == tree.Structure(tree.ZerosLike(newModel())))
	// Output:
	// tree_test.model{Layers: [tree_test.dense{W: *}, tree_test.dense{W: *}], Bias: {"out": *}, Act: "relu"}
	// true
}

func ExampleUnflatten() {
	d := tree.Structure(newModel())
	fmt.Println(tree.Unflatten(d, []jnp.Array{jnp.Zeros(1), jnp.Zeros(2), jnp.Zeros(3)}))
	// Output: {[{[0.]} {[0. 0.]}] map[out:[0. 0. 0.]] relu}
}

func ExampleDef_Unflatten() {
	x := tree.Leaves(newModel())
	fmt.Println(tree.Structure(newModel()).Unflatten([]jnp.Array{x[2], x[1], x[0]}))
	// Output: {[{3.0} {2.0}] map[out:1.0] relu}
}

func ExampleDef_Paths() {
	fmt.Println(tree.Structure(newModel()).Paths())
	// Output: [.Layers[0].W .Layers[1].W .Bias["out"]]
}

func ExampleDef_NumLeaves() {
	fmt.Println(tree.Structure(newModel()).NumLeaves())
	// Output: 3
}

func ExampleTranspose() {
	type lines struct{ Slope, Offset []jnp.Array }
	list := []line{p(), p(), p()}
	outer := tree.Structure(make([]jnp.Array, len(list)))
	fmt.Println(tree.Transpose[lines](outer, list))
	// Output: {[3.0 3.0 3.0] [-4.0 -4.0 -4.0]}
}
