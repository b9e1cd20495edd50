package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleBartlett() {
	fmt.Println(jnp.Bartlett(5))
	// Output:
	// [0.  0.5 1.  0.5 0. ]
}

func ExampleHanning() {
	fmt.Println(jnp.Hanning(5).Round(3))
	// Output:
	// [0.  0.5 1.  0.5 0. ]
}

func ExampleHamming() {
	fmt.Println(jnp.Hamming(5))
	// Output:
	// [0.08 0.54 1.   0.54 0.08]
}

func ExampleBlackman() {
	fmt.Println(jnp.Blackman(5).Round(2).Abs())
	// Output:
	// [0.   0.34 1.   0.34 0.  ]
}
