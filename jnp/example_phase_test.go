package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleAngle() {
	fmt.Println(jnp.Angle(jnp.AsArray(1i)).Round(4))
	// Output:
	// 1.5708
}

func ExamplePhase_Angle() {
	z := jnp.FromSlice([]complex64{1, 1i, -1, 1 - 1i})
	fmt.Println(jnp.Phase{Deg: true}.Angle(z))
	// Output:
	// [  0.  90. 180. -45.]
}

func ExampleUnwrap() {
	x := jnp.FromSlice([]float32{0, 2, 4, -1, 1}) // an angle that keeps growing
	fmt.Println(jnp.Unwrap(x))
	// Output:
	// [0.       2.       4.       5.283185 7.283185]
}

func ExamplePhase_Unwrap() {
	clock := jnp.FromSlice([]int32{9, 11, 1, 3})
	fmt.Println(jnp.Phase{Period: 12}.Unwrap(clock))
	// Output:
	// [ 9 11 13 15]
}

func ExampleI0() {
	fmt.Println(jnp.I0(jnp.FromSlice([]float32{0, 1, 2})))
	// Output:
	// [1.0000001 1.2660658 2.2795851]
}

func ExampleKaiser() {
	fmt.Println(jnp.Kaiser(5, 3.0).Round(4))
	// Output:
	// [0.2049 0.7269 1.     0.7269 0.2049]
}
