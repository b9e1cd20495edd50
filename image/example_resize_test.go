package image_test

import (
	"fmt"

	"github.com/gojax/gojax/image"
	"github.com/gojax/gojax/jnp"
)

func ExampleResize() {
	x := jnp.Arange(8.0)
	fmt.Println(image.Resize(x, []int{4}, image.Linear).Round(4))
	fmt.Println(image.Resampling{NoAntialias: true}.Resize(x, []int{4}, image.Linear))
	fmt.Println(image.Resize(jnp.Arange(4).Reshape(2, 2), []int{2, 4}, image.Nearest))
	// Output:
	// [0.7143 2.5    4.5    6.2857]
	// [0.5 2.5 4.5 6.5]
	// [[0 0 1 1]
	//  [2 2 3 3]]
}

// A line, twice as wide and moved by one element.
func ExampleScaleAndTranslate() {
	x := jnp.Arange(1.0, 5.0)
	fmt.Println(image.ScaleAndTranslate(x, []int{8}, []int{0}, []float32{2}, []float32{1}, image.Linear))
	o := image.Resampling{NoAntialias: true}
	fmt.Println(o.ScaleAndTranslate(x, []int{4}, []int{0}, []float32{1}, []float32{0.5}, image.Linear))
	// Output:
	// [0.   1.   1.25 1.75 2.25 2.75 3.25 3.75]
	// [1.  1.5 2.5 3.5]
}

func ExampleResizeMethod_String() {
	fmt.Println(image.Cubic, image.CubicPyTorch)
	// Output: cubic cubic-pytorch
}
