package tree_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tree"
)

func ExampleStack() {
	all := tree.Stack([]line{p(), tree.Scale(2, p())})
	at1 := gojax.Vmap(func(l line) jnp.Array { return l.Slope.Add(l.Offset) })
	fmt.Println(all, at1(all))
	// Output: {[3. 6.] [-4. -8.]} [-1. -2.]
}

func ExampleUnstack() {
	fmt.Println(tree.Unstack(line{jnp.Arange(2.0), jnp.Ones(2)}))
	// Output: [{0.0 1.0} {1.0 1.0}]
}

func ExampleIndex() {
	steps := line{jnp.Arange(5.0), jnp.Ones(5)}
	fmt.Println(tree.Index(steps, -1), tree.Index(steps, jnp.S(1, 3)))
	// Output: {4.0 1.0} {[1. 2.] [1. 1.]}
}

func ExampleWhere() {
	next := tree.Scale(2, p())
	fmt.Println(tree.Where(tree.Norm(next).Lt(100), next, p()))
	// Output: {6.0 -8.0}
}

func ExampleBroadcast() {
	rates := map[string]any{"Layers": []any{0.1, 0.01}, "Bias": 0.0}
	fmt.Println(tree.Broadcast(rates, newModel()))
	// Output: {[{0.1} {0.01}] map[out:0.0] relu}
}
