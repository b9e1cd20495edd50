package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

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

func ExamplePolynomials() {
	a, b := jnp.FromSlice([]float32{0, 1, 2}), jnp.FromSlice([]float32{1, 3})
	o := jnp.Polynomials{TrimLeadingZeros: true}
	fmt.Println(jnp.PolyMul(a, b), o.PolyMul(a, b))
	q, r := o.PolyDiv(jnp.FromSlice([]float32{1, 5, 7}), b)
	fmt.Println(q, r)
	fmt.Println(jnp.Polynomials{K: 4}.PolyInt(b))
	// Output:
	// [0. 1. 5. 6.] [1. 5. 6.]
	// [1. 2.] [1.]
	// [0.5 3.  4. ]
}
