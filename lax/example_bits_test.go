package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleBitwiseAnd() {
	x, y := jnp.FromSlice([]uint8{0b1100, 255}, 2), jnp.FromSlice([]uint8{0b1010, 1}, 2)
	fmt.Println(lax.BitwiseAnd(x, y), lax.BitwiseOr(x, y), lax.BitwiseXor(x, y), lax.BitwiseNot(x))
	// Output: [8 1] [ 14 255] [  6 254] [243   0]
}

func ExampleShiftLeft() {
	x := jnp.FromSlice([]int8{-8, 5}, 2)
	fmt.Println(lax.ShiftLeft(x, 2), lax.ShiftRightArithmetic(x, 1), lax.ShiftRightLogical(x, 1))
	// Output: [-32  20] [-4  2] [124   2]
}

func ExamplePopulationCount() {
	x := jnp.FromSlice([]uint8{7, 128, 0}, 3)
	fmt.Println(lax.PopulationCount(x), lax.CLZ(x))
	// Output: [3 1 0] [5 0 8]
}
