package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleConvGeneralDilated() {
	x := jnp.FromSlice([]float32{1, 2, 3, 4}, 1, 1, 4) // batch, feature, position
	w := jnp.FromSlice([]float32{1, -1}, 1, 1, 2)      // output feature, input feature, position
	fmt.Println(lax.ConvGeneralDilated(x, w, nil, lax.PadValid()))
	// Output: [[[-1. -1. -1.]]]
}

func ExampleConvLayout() {
	images, kernel := jnp.Zeros(8, 32, 32, 3), jnp.Zeros(3, 3, 3, 16)
	layout := lax.ConvOptions{Dims: lax.ConvLayout("NHWC", "HWIO", "NHWC")}
	fmt.Println(lax.ConvGeneralDilated(images, kernel, []int{2, 2}, lax.PadSame(), layout).Shape())
	fmt.Println(lax.ConvShape(images.Shape(), kernel.Shape(), []int{2, 2}, lax.PadSame(), layout))
	// Output:
	// [8 16 16 16]
	// [8 16 16 16]
}

func ExampleConvTranspose() {
	x := jnp.FromSlice([]float32{1, 2}, 1, 2, 1) // batch, position, feature
	w := jnp.FromSlice([]float32{1, 1}, 2, 1, 1) // position, input feature, output feature
	fmt.Println(lax.ConvTranspose(x, w, []int{2}, lax.PadSame()).Reshape(4))
	// Output: [1. 1. 2. 2.]
}

func ExampleConvTransposeShape() {
	fmt.Println(lax.ConvTransposeShape([]int{8, 16, 16, 4}, []int{3, 3, 4, 3}, []int{2, 2}, lax.PadSame()))
	// Output: [8 32 32 3]
}

func ExampleConvGeneralDilatedPatches() {
	x := jnp.Arange(4.).Reshape(1, 1, 4) // batch, feature, place
	fmt.Println(lax.ConvGeneralDilatedPatches(x, []int{2}, nil, lax.PadValid()))
	// Output:
	// [[[0. 1. 2.]
	//   [1. 2. 3.]]]
}

func ExampleConvGeneralDilatedLocal() {
	x := jnp.Arange(4.).Reshape(1, 1, 4)
	w := jnp.FromSlice([]float32{1, 10, 100, 1, 10, 100}, 1, 2, 3) // a kernel of two numbers for each of three places
	fmt.Println(lax.ConvGeneralDilatedLocal(x, w, []int{2}, nil, lax.PadValid()))
	// Output: [[[  1.  30. 500.]]]
}
