package tree_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tree"
)

func ExampleRavel() {
	flat, unravel := tree.Ravel(line{jnp.AsArray(3.0), jnp.FromSlice([]float32{1, 2})})
	loss := func(x jnp.Array) jnp.Array { l := unravel(x); return l.Slope.Mul(l.Offset).Sum() }
	fmt.Println(flat, gojax.Hessian(loss)(flat))
	fmt.Println(unravel(flat.Mul(2)))
	// Output:
	// [3. 1. 2.] [[0. 1. 1.]
	//  [1. 0. 0.]
	//  [1. 0. 0.]]
	// {6.0 [2. 4.]}
}
