package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleTrilIndicesFrom() {
	rows, cols := jnp.TrilIndicesFrom(jnp.Ones(2, 3))
	fmt.Println(rows, cols)
	// Output:
	// [0 1 1] [0 0 1]
}

func ExampleTriuIndicesFrom() {
	rows, cols := jnp.TriuIndicesFrom(jnp.Ones(2, 3), 1)
	fmt.Println(rows, cols)
	// Output:
	// [0 0 1] [1 2 2]
}

func ExampleDiagIndices() {
	i := jnp.DiagIndices(2)
	fmt.Println(jnp.Zeros(2, 2).At(i[0], i[1]).Set(7))
	// Output:
	// [[7. 0.]
	//  [0. 7.]]
}

func ExampleDiagIndicesFrom() {
	x := jnp.Arange(4).Reshape(2, 2)
	i := jnp.DiagIndicesFrom(x)
	fmt.Println(x.At(i[0], i[1]).Get())
	// Output:
	// [0 3]
}

func ExampleMaskIndices() {
	rows, cols := jnp.MaskIndices(3, jnp.Triu, 1)
	fmt.Println(rows, cols)
	// Output:
	// [0 0 1] [1 2 2]
}

func ExampleSized_MaskIndices() {
	rows, cols := jnp.Sized{Size: 4, FillValue: -1}.MaskIndices(3, jnp.Triu, 1)
	fmt.Println(rows, cols)
	// Output:
	// [ 0  0  1 -1] [ 1  2  2 -1]
}
