package random_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

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
