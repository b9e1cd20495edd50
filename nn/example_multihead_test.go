package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

// Self-attention of five positions, each looking back only.
func ExampleMultiHeadAttention() {
	x := random.Normal(random.Key(1), 2, 5, 8)
	p := nn.NewMultiHead(random.Key(0), 8, 4)
	all := nn.MultiHeadAttention(p, x, x, x)
	back := nn.Attention{Causal: true}.MultiHeadAttention(p, x, x, x)
	fmt.Println(all.Shape(), jnp.AllClose(all.Index(jnp.All, 4), back.Index(jnp.All, 4)))
	// Output: [2 5 8] True
}
