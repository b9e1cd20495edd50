package initializers_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
)

func ExampleOrthogonal() {
	w := initializers.Orthogonal()(random.Key(0), 4, 2)
	fmt.Println(w.T().MatMul(w).Round(4).Abs())
	// Output:
	// [[1. 0.]
	//  [0. 1.]]
}

func ExampleOptions_Orthogonal() {
	first := 0
	w := initializers.Options{ColumnAxis: &first}.Orthogonal(2)(random.Key(0), 2, 4)
	fmt.Println(w.MatMul(w.T()).Round(4).Abs())
	// Output:
	// [[4. 0.]
	//  [0. 4.]]
}

func ExampleDeltaOrthogonal() {
	w := initializers.DeltaOrthogonal()(random.Key(0), 3, 1, 2)
	fmt.Println(w.Round(4))
	// Output:
	// [[[0.     0.    ]]
	//
	//  [[0.6253 0.7804]]
	//
	//  [[0.     0.    ]]]
}

func ExampleOptions_DeltaOrthogonal() {
	w := initializers.Options{DType: jnp.Float16}.DeltaOrthogonal(2)(random.Key(0), 1, 1, 1)
	fmt.Println(w.Abs())
	// Output: [[[2.]]]
}
