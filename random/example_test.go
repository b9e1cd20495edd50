package random_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func ExampleNormal() {
	key := random.Key(42)
	fmt.Println(random.Normal(key, 3))
	// Output: [-0.02830462  0.46713185  0.29570296]
}

func ExampleSplit() {
	keys := random.Split(random.Key(42), 2)
	fmt.Println(keys)
	for i := range keys.Len() {
		fmt.Println(random.Uniform(keys.Index(i), 2))
	}
	// Output:
	// KeyArray([[1832780943  270669613]
	//           [  64467757 2916123636]])
	// [0.5302608  0.31336212]
	// [0.72766423 0.78786755]
}

func ExamplePair() {
	key := random.Key(0)
	for range 2 {
		var sub random.KeyArray
		key, sub = random.Pair(key)
		fmt.Println(random.RandInt(sub, 0, 10, 4))
	}
	// Output:
	// [2 2 6 5]
	// [8 9 4 8]
}

func ExampleFoldIn() {
	key := random.Key(7)
	for step := range 2 {
		fmt.Println(random.Uniform(random.FoldIn(key, step), 2))
	}
	// Output:
	// [0.8673705  0.55631435]
	// [0.6751336 0.8261764]
}

func ExampleDist() {
	key := random.Key(1)
	fmt.Println(random.Dist{DType: jnp.Float16, Min: -1, Max: 1}.Uniform(key, 3))
	// Output: [-0.5586 -0.9375  0.416 ]
}

// One stream for each row: the numbers of a row depend on its key alone.
func Example_vmap() {
	keys := random.Split(random.Key(5), 3)
	rows := gojax.Vmap(func(k random.KeyArray) jnp.Array { return random.Uniform(k, 2) })(keys)
	fmt.Println(rows)
	// Output:
	// [[0.66103244 0.8750076 ]
	//  [0.08381331 0.22921324]
	//  [0.9563421  0.75857604]]
}
