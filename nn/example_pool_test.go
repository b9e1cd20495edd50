package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

func ExampleMaxPool() {
	x := jnp.Arange(16.0).Reshape(4, 4, 1) // rows, columns, one feature
	fmt.Println(nn.MaxPool(x, 3, 3).Reshape(2, 2))
	fmt.Println(nn.Pooling{Strides: []int{2, 2}}.MaxPool(x, 2, 2).Reshape(2, 2))
	// Output:
	// [[10. 11.]
	//  [14. 15.]]
	// [[ 5.  7.]
	//  [13. 15.]]
}

func ExampleMinPool() {
	x := jnp.FromSlice([]int32{3, 1, 2, 5}, 4, 1)
	fmt.Println(nn.MinPool(x, 2).Ravel(), nn.Pooling{Strides: []int{2}}.MinPool(x, 2).Ravel())
	// Output: [1 1 2] [1 2]
}

func ExampleSumPool() {
	x := jnp.FromSlice([]int32{3, 1, 2, 5}, 4, 1)
	fmt.Println(nn.SumPool(x, 2).Ravel(), nn.Pooling{Dilation: []int{2}}.SumPool(x, 2).Ravel())
	// Output: [4 3 7] [5 6]
}

func ExampleAvgPool() {
	x := jnp.FromSlice([]float32{3, 1, 2, 5}, 4, 1)
	fmt.Println(nn.AvgPool(x, 2).Ravel())
	o := nn.Pooling{Padding: lax.PadSame(), ExcludePadding: true}
	fmt.Println(o.AvgPool(x, 2).Ravel())
	// Output:
	// [2.  1.5 3.5]
	// [2.  1.5 3.5 5. ]
}
