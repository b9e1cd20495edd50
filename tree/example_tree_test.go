package tree_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tree"
)

// model is a tree: its arrays are its leaves, and Act is part of its structure.
type model struct {
	Layers []dense
	Bias   map[string]jnp.Array
	Act    string
}

type dense struct{ W jnp.Array }

func newModel() model {
	return model{[]dense{{jnp.AsArray(1.0)}, {jnp.AsArray(2.0)}}, map[string]jnp.Array{"out": jnp.AsArray(3.0)}, "relu"}
}

func ExampleMap() {
	fmt.Println(tree.Map(func(x jnp.Array) jnp.Array { return x.Mul(10) }, newModel()))
	// Output: {[{10.0} {20.0}] map[out:30.0] relu}
}

func ExampleMap2() {
	p := newModel()
	fmt.Println(tree.Map2(func(a, b jnp.Array) jnp.Array { return jnp.Maximum(a.Mul(b), 3) }, p, p))
	// Output: {[{3.0} {4.0}] map[out:9.0] relu}
}

func ExampleMap3() {
	p := newModel()
	momentum := func(x, v, g jnp.Array) jnp.Array { return x.Sub(v.Mul(0.5)).Sub(g) }
	fmt.Println(tree.Map3(momentum, p, p, tree.ZerosLike(p)))
	// Output: {[{0.5} {1.0}] map[out:1.5] relu}
}

func ExampleMapWithPath() {
	frozen := func(path string, x jnp.Array) jnp.Array {
		if path == ".Layers[0].W" {
			return x
		}
		return x.Sub(0.5)
	}
	fmt.Println(tree.MapWithPath(frozen, newModel()))
	// Output: {[{1.0} {1.5}] map[out:2.5] relu}
}

func ExampleLeaves() {
	fmt.Println(tree.Leaves(newModel()))
	// Output: [1.0 2.0 3.0]
}

func ExampleLeavesWithPath() {
	for path, x := range tree.LeavesWithPath(newModel()) {
		fmt.Println(path, x)
	}
	// Output:
	// .Layers[0].W 1.0
	// .Layers[1].W 2.0
	// .Bias["out"] 3.0
}

func ExampleReduce() {
	longest := func(n int, x jnp.Array) int { return max(n, x.Size()) }
	fmt.Println(tree.Reduce(longest, []jnp.Array{jnp.Zeros(3), jnp.Zeros(2, 2)}, 0))
	// Output: 4
}

func ExampleReduceAssociative() {
	join := func(a, b jnp.Array) jnp.Array { return jnp.Concatenate([]jnp.Array{a, b}) }
	fmt.Println(tree.ReduceAssociative(join, []jnp.Array{jnp.Ones(1), jnp.Zeros(2), jnp.Ones(1)}, jnp.Zeros(0)))
	// Output: [1. 0. 0. 1.]
}
