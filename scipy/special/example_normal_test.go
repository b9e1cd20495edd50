package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleNdtr() {
	x := jnp.FromSlice([]float32{-1, 0, 1})
	fmt.Println(special.Ndtri(special.Ndtr(x)).Round(4))
	// Output: [-1.  0.  1.]
}

func ExampleLogNdtr() {
	// The logarithm of a probability that is beyond floats.
	fmt.Println(special.LogNdtr(jnp.FromSlice([]float64{0, -5, -100})).Round(3))
	// Output: [-6.930000e-01 -1.506500e+01 -5.005524e+03]
}

func ExampleNdtri() {
	fmt.Println(special.Ndtri(jnp.FromSlice([]float64{0.025, 0.5, 0.975})).Round(5))
	// Output: [-1.95996  0.       1.95996]
}

func ExampleOwensT() {
	// The probability that X > 1 and 0 < Y < X for independent normal X and Y.
	fmt.Printf("%.5f\n", special.OwensT(1.0, 1.0).Item())
	// Output: 0.06674
}

func ExampleTailSeries_LogNdtr() {
	// More terms of the series give more digits far to the left.
	fmt.Println(special.TailSeries{Order: new(10)}.LogNdtr(jnp.FromSlice([]float64{-25})))
	// Output: [-316.63940801]
}
