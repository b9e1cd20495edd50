package jnp_test

import (
	"fmt"
	"image"
	"image/color"

	"github.com/gojax/gojax/jnp"
)

func ExampleFromImage() {
	m := image.NewGray(image.Rect(0, 0, 2, 1)) // or what image.Decode gives
	m.SetGray(1, 0, color.Gray{Y: 51})
	x := jnp.FromImage(m)
	fmt.Println(x.Shape(), x.Squeeze(2), jnp.Pixels{DType: jnp.Float32, Channels: 3}.FromImage(m).Index(0, 1))
	// Output: [1 2 1] [[ 0 51]] [0.2 0.2 0.2]
}

func ExampleToImage() {
	m := jnp.ToImage(jnp.FromSlice([]float32{1, 0.5, 0}, 1, 1, 3)) // which png.Encode writes
	fmt.Println(m.Bounds(), m.At(0, 0))
	// Output: (0,0)-(1,1) {255 128 0 255}
}
