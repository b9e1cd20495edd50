package nn_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
)

func ExampleRelu6() {
	fmt.Println(nn.Relu6(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0. 0. 0. 1. 4.]
}

func ExampleSigmoid() {
	fmt.Println(nn.Sigmoid(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0.018  0.2689 0.5    0.7311 0.982 ]
}

func ExampleLogSigmoid() {
	fmt.Println(nn.LogSigmoid(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-4.0182 -1.3133 -0.6931 -0.3133 -0.0181]
}

func ExampleSoftplus() {
	fmt.Println(nn.Softplus(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0.0181 0.3133 0.6931 1.3133 4.0182]
}

func ExampleSoftSign() {
	fmt.Println(nn.SoftSign(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-0.8 -0.5  0.   0.5  0.8]
}

func ExampleSilu() {
	fmt.Println(nn.Silu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-0.0719 -0.2689  0.      0.7311  3.9281]
}

func ExampleSwish() {
	fmt.Println(nn.Swish(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-0.0719 -0.2689  0.      0.7311  3.9281]
}

func ExampleSelu() {
	fmt.Println(nn.Selu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-1.7259 -1.1113  0.      1.0507  4.2028]
}

func ExampleGelu() {
	fmt.Println(nn.Gelu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output:
	// [-1.0000e-04 -1.5880e-01  0.0000e+00  8.4120e-01  3.9999e+00]
}

func ExampleGeluExact() {
	fmt.Println(nn.GeluExact(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output:
	// [-1.0000e-04 -1.5870e-01  0.0000e+00  8.4130e-01  3.9999e+00]
}

func ExampleHardTanh() {
	fmt.Println(nn.HardTanh(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-1. -1.  0.  1.  1.]
}

func ExampleHardSigmoid() {
	fmt.Println(nn.HardSigmoid(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0.     0.3333 0.5    0.6667 1.    ]
}

func ExampleHardSilu() {
	fmt.Println(nn.HardSilu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [ 0.     -0.3333  0.      0.6667  4.    ]
}

func ExampleHardSwish() {
	fmt.Println(nn.HardSwish(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [ 0.     -0.3333  0.      0.6667  4.    ]
}

func ExampleMish() {
	fmt.Println(nn.Mish(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-0.0726 -0.3034  0.      0.8651  3.9974]
}

func ExampleSparsePlus() {
	fmt.Println(nn.SparsePlus(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0.   0.   0.25 1.   4.  ]
}

func ExampleSparseSigmoid() {
	fmt.Println(nn.SparseSigmoid(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [0.  0.  0.5 1.  1. ]
}

func ExampleTanh() {
	fmt.Println(nn.Tanh(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	// Output: [-0.9993 -0.7616  0.      0.7616  0.9993]
}

func ExampleElu() {
	fmt.Println(nn.Elu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	fmt.Println(nn.Elu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4}), 0.5).Round(4))
	// Output:
	// [-0.9817 -0.6321  0.      1.      4.    ]
	// [-0.4908 -0.3161  0.      1.      4.    ]
}

func ExampleCelu() {
	fmt.Println(nn.Celu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	fmt.Println(nn.Celu(jnp.FromSlice([]float32{-4, -1, 0, 1, 4}), 0.5).Round(4))
	// Output:
	// [-0.9817 -0.6321  0.      1.      4.    ]
	// [-0.4998 -0.4323  0.      1.      4.    ]
}

func ExampleLeakyRelu() {
	slopes := jnp.FromSlice([]float32{0.1, 0.2, 0.3})
	fmt.Println(nn.LeakyRelu(jnp.FromSlice([]float32{-10, -10, 10})))
	fmt.Println(nn.LeakyRelu(jnp.FromSlice([]float32{-10, -10, 10}), slopes))
	// Output:
	// [-0.09999999 -0.09999999 10.        ]
	// [-1. -2. 10.]
}

func ExampleSquarePlus() {
	fmt.Println(nn.SquarePlus(jnp.FromSlice([]float32{-4, -1, 0, 1, 4})).Round(4))
	fmt.Println(nn.SquarePlus(jnp.FromSlice([]float32{-4, -1, 0, 1, 4}), 1).Round(4))
	// Output:
	// [0.2361 0.618  1.     1.618  4.2361]
	// [0.0616 0.2071 0.5    1.2071 4.0616]
}

func ExampleIdentity() {
	fmt.Println(nn.Identity(jnp.FromSlice([]float32{1, 2})))
	// Output: [1. 2.]
}

func ExampleLog1mExp() {
	fmt.Println(nn.Log1mExp(jnp.FromSlice([]float32{1e-10, 1, 50})))
	// Output: [-2.3025850e+01 -4.5867515e-01 -1.9287499e-22]
}

func ExampleRelu() {
	x := jnp.FromSlice([]float32{-2, 0, 3})
	fmt.Println(nn.Relu(x), nn.LeakyRelu(x, 0.5))
	// Output: [0. 0. 3.] [-1.  0.  3.]
}

func ExampleGlu() {
	fmt.Println(nn.Glu(jnp.FromSlice([]float32{3, 4, 0, 0})))
	// Output: [1.5 2. ]
}
