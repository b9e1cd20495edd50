package special_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func ExampleExpit() {
	fmt.Println(special.Expit(jnp.FromSlice([]float64{-1, 0, 100})).Round(5))
	// Output: [0.26894 0.5     1.     ]
}

func ExampleLogit() {
	fmt.Println(special.Logit(jnp.FromSlice([]float64{0, 0.25, 0.5, 1})).Round(5))
	// Output: [    -inf -1.09861  0.           inf]
}

func ExampleEntr() {
	fmt.Println(special.Entr(jnp.FromSlice([]float64{0.5, 0, -1})).Round(5))
	// Output: [0.34657 0.         -inf]
}

func ExampleXLog1pY() {
	fmt.Println(special.XLog1pY(jnp.FromSlice([]float64{0, 2}), jnp.FromSlice([]float64{-1, 1e-20})))
	// Output: [0.e+00 2.e-20]
}

func ExampleRelEntr() {
	fmt.Println(special.RelEntr(jnp.FromSlice([]float64{0.5, 0, 1}), jnp.FromSlice([]float64{0.25, 1, 0})).Round(5))
	// Output: [0.34657 0.          inf]
}

func ExampleKLDiv() {
	p, q := jnp.FromSlice([]float64{0.5, 0.5}), jnp.FromSlice([]float64{0.9, 0.1})
	fmt.Println(special.KLDiv(p, q).Sum().Round(5))
	// Output: 0.51083
}

func ExampleBoxCox() {
	fmt.Println(special.BoxCox(4.0, jnp.FromSlice([]float64{0, 0.5, 1})).Round(5))
	// Output: [1.38629 2.      3.     ]
}

func ExampleBoxCox1p() {
	fmt.Println(special.BoxCox1p(1e-20, jnp.FromSlice([]float64{0, 0.5, 1})))
	// Output: [1.e-20 1.e-20 1.e-20]
}

func ExampleLogSumExp() {
	x := jnp.FromSlice([]float64{1000, 1000})
	fmt.Println(special.LogSumExp(x)) // exp(1000) is beyond floats
	// Output: 1000.6931471805599
}

func ExampleSoftmax() {
	x := jnp.FromSlice([]float64{0, 0, 0, 0}, 2, 2)
	fmt.Println(special.Softmax(x)) // over all axes
	fmt.Println(special.Softmax(x, 1))
	// Output:
	// [[0.25 0.25]
	//  [0.25 0.25]]
	// [[0.5 0.5]
	//  [0.5 0.5]]
}

func ExampleLogSoftmax() {
	fmt.Println(special.LogSoftmax(jnp.FromSlice([]float64{0, 0, 0, 0})).Round(5))
	// Output: [-1.38629 -1.38629 -1.38629 -1.38629]
}

func ExampleXLogY() {
	fmt.Println(special.XLogY(0, 0.0))
	// Output: 0.0
}
