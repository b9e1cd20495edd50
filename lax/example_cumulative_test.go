package lax_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func ExampleCumSum() {
	x := jnp.FromSlice([]int32{2, 1, 3}, 3)
	fmt.Println(lax.CumSum(x, 0), lax.CumSum(x, 0, lax.CumulativeOptions{Reverse: true}))
	fmt.Println(lax.CumProd(x, 0), lax.CumMax(x, 0), lax.CumMin(x, 0))
	// Output:
	// [2 3 6] [6 4 3]
	// [2 2 6] [2 2 3] [2 1 1]
}

func ExampleCumLogSumExp() {
	fmt.Println(lax.CumLogSumExp(jnp.FromSlice([]float32{1000, 1000}, 2), 0))
	// Output: [1000.     1000.6932]
}
