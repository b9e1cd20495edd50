package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleConvolve() {
	x := jnp.FromSlice([]float32{1, 2, 3})
	w := jnp.FromSlice([]float32{1, 1})
	fmt.Println(jnp.Convolve(x, w))
	fmt.Println(jnp.Convolution{Mode: jnp.ConvolveSame}.Convolve(x, w))
	// Output:
	// [1. 3. 5. 3.]
	// [1. 3. 5.]
}

func ExampleCorrelate() {
	x := jnp.FromSlice([]float32{1, 2, 3})
	fmt.Println(jnp.Correlate(x, jnp.FromSlice([]float32{0, 1})))
	// Output: [2. 3.]
}

func ExampleInterp() {
	xp := jnp.FromSlice([]float32{0, 1, 3})
	fp := jnp.FromSlice([]float32{0, 10, 20})
	fmt.Println(jnp.Interp(jnp.FromSlice([]float32{-1, 0.5, 2, 9}), xp, fp))
	fmt.Println(jnp.Interpolation{Right: jnp.Extrapolate}.Interp(4.0, xp, fp))
	// Output:
	// [ 0.  5. 15. 20.]
	// 25.0
}

func ExamplePolyVal() {
	p := jnp.FromSlice([]float32{1, -2, 3}) // x² - 2x + 3
	fmt.Println(jnp.PolyVal(p, jnp.FromSlice([]float32{0, 1, 2})))
	// Output: [3. 2. 3.]
}

func ExamplePolyAdd() {
	fmt.Println(jnp.PolyAdd(jnp.FromSlice([]float32{1, 2, 3}), jnp.FromSlice([]float32{1, 1})))
	// Output: [1. 3. 4.]
}

func ExamplePolySub() {
	fmt.Println(jnp.PolySub(jnp.FromSlice([]float32{1, 2, 3}), jnp.FromSlice([]float32{1, 1})))
	// Output: [1. 1. 2.]
}

func ExamplePolyMul() {
	fmt.Println(jnp.PolyMul(jnp.FromSlice([]float32{1, 2}), jnp.FromSlice([]float32{1, -2})))
	// Output: [ 1.  0. -4.]
}

func ExamplePolyDiv() {
	q, r := jnp.PolyDiv(jnp.FromSlice([]float32{1, 0, -3}), jnp.FromSlice([]float32{1, -2}))
	fmt.Println(q, r)
	// Output: [1. 2.] [0. 0. 1.]
}

func ExamplePolyDer() {
	p := jnp.FromSlice([]float32{1, 2, 3, 4})
	fmt.Println(jnp.PolyDer(p), jnp.PolyDer(p, 2))
	// Output: [3. 4. 3.] [6. 4.]
}

func ExamplePolyInt() {
	fmt.Println(jnp.PolyInt(jnp.FromSlice([]float32{3, 4, 3})))
	// Output: [1. 2. 3. 0.]
}

func ExamplePoly() {
	fmt.Println(jnp.Poly(jnp.FromSlice([]float32{1, 2})))
	// Output: [ 1. -3.  2.]
}
