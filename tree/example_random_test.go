package tree_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tree"
)

func ExampleSplitKey() {
	for _, key := range tree.SplitKey(random.Key(0), p()) {
		fmt.Println(key)
	}
	// Output:
	// KeyArray([1797259609 2579123966])
	// KeyArray([ 928981903 3453687069])
}

func ExampleMapWithKey() {
	noisy := func(key random.KeyArray, x jnp.Array) jnp.Array {
		return x.Add(random.Normal(key, x.Shape()...).Mul(0.01))
	}
	fmt.Println(tree.MapWithKey(noisy, random.Key(0), p()))
	// Output: {3.01004 -4.0244246}
}

func ExampleRandomLike() {
	fmt.Println(tree.RandomLike(random.Key(0), p()), tree.RandomLike(random.Key(0), p(), random.Dist.Uniform))
	// Output: {1.0040143 -2.4424558} {0.8423141 0.0072938204}
}
