package initializers_test

import (
	"fmt"

	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
)

func ExampleVarianceScaling() {
	w := initializers.VarianceScaling(1, initializers.FanOut, initializers.FromNormal)(random.Key(0), 2, 3)
	fmt.Println(w.Round(4))
	// Output:
	// [[ 0.9368  1.1693 -0.2503]
	//  [-0.0454  0.1017 -0.5612]]
}

func ExampleOptions_VarianceScaling() {
	// Two matrices, one for each element of a batch.
	o := initializers.Options{BatchAxis: []int{0}}
	w := o.VarianceScaling(1, initializers.FanGeoAvg, initializers.FromUniform)(random.Key(0), 2, 1, 2)
	fmt.Println(w.Round(4))
	// Output:
	// [[[ 1.304   1.3941]]
	//
	//  [[-0.4885 -0.0913]]]
}

func ExampleGlorotNormal() {
	fmt.Println(initializers.GlorotUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(initializers.GlorotNormal()(random.Key(0), 2, 3).Round(4))
	// Weights with the outputs first.
	o := initializers.Options{InAxis: []int{1}, OutAxis: []int{0}}
	fmt.Println(o.GlorotUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(o.GlorotNormal()(random.Key(0), 2, 3).Round(4))
	// Output:
	// [[ 0.9808  1.0485 -0.3674]
	//  [-0.0686  0.1531 -0.7328]]
	// [[ 1.0468  1.2329 -0.2967]
	//  [-0.0539  0.1208 -0.6562]]
	// [[ 0.9808  1.0485 -0.3674]
	//  [-0.0686  0.1531 -0.7328]]
	// [[ 1.0468  1.2329 -0.2967]
	//  [-0.0539  0.1208 -0.6562]]
}

func ExampleLecunNormal() {
	fmt.Println(initializers.LecunUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(initializers.LecunNormal()(random.Key(0), 2, 3).Round(4))
	// Weights with the outputs first.
	o := initializers.Options{InAxis: []int{1}, OutAxis: []int{0}}
	fmt.Println(o.LecunUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(o.LecunNormal()(random.Key(0), 2, 3).Round(4))
	// Output:
	// [[ 1.0966  1.1723 -0.4108]
	//  [-0.0767  0.1712 -0.8193]]
	// [[ 1.1704  1.3784 -0.3317]
	//  [-0.0603  0.1351 -0.7336]]
	// [[ 0.8953  0.9572 -0.3354]
	//  [-0.0627  0.1398 -0.669 ]]
	// [[ 0.9556  1.1255 -0.2709]
	//  [-0.0492  0.1103 -0.599 ]]
}

func ExampleHeNormal() {
	fmt.Println(initializers.HeUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(initializers.HeNormal()(random.Key(0), 2, 3).Round(4))
	// Weights with the outputs first.
	o := initializers.Options{InAxis: []int{1}, OutAxis: []int{0}}
	fmt.Println(o.HeUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(o.HeNormal()(random.Key(0), 2, 3).Round(4))
	// Output:
	// [[ 1.5508  1.6578 -0.581 ]
	//  [-0.1085  0.2421 -1.1587]]
	// [[ 1.6552  1.9494 -0.4691]
	//  [-0.0853  0.191  -1.0375]]
	// [[ 1.2662  1.3536 -0.4744]
	//  [-0.0886  0.1977 -0.9461]]
	// [[ 1.3515  1.5917 -0.3831]
	//  [-0.0696  0.1559 -0.8471]]
}

func ExampleXavierNormal() {
	fmt.Println(initializers.XavierUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(initializers.XavierNormal()(random.Key(0), 2, 3).Round(4))
	o := initializers.Options{BatchAxis: []int{0}} // five layers
	fmt.Println(o.XavierUniform()(random.Key(0), 5, 2, 3).Shape(), o.XavierNormal()(random.Key(0), 5, 2, 3).Shape())
	// Output:
	// [[ 0.9808  1.0485 -0.3674]
	//  [-0.0686  0.1531 -0.7328]]
	// [[ 1.0468  1.2329 -0.2967]
	//  [-0.0539  0.1208 -0.6562]]
	// [5 2 3] [5 2 3]
}

func ExampleKaimingNormal() {
	fmt.Println(initializers.KaimingUniform()(random.Key(0), 2, 3).Round(4))
	fmt.Println(initializers.KaimingNormal()(random.Key(0), 2, 3).Round(4))
	o := initializers.Options{BatchAxis: []int{0}} // five layers
	fmt.Println(o.KaimingUniform()(random.Key(0), 5, 2, 3).Shape(), o.KaimingNormal()(random.Key(0), 5, 2, 3).Shape())
	// Output:
	// [[ 1.5508  1.6578 -0.581 ]
	//  [-0.1085  0.2421 -1.1587]]
	// [[ 1.6552  1.9494 -0.4691]
	//  [-0.0853  0.191  -1.0375]]
	// [5 2 3] [5 2 3]
}
