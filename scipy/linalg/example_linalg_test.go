package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
	numpy "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/scipy/linalg"
)

func ExampleLU() {
	a := jnp.FromSlice([]float32{1, 2, 4, 4}, 2, 2)
	p, l, u := linalg.LU(a)
	fmt.Println(p.MatMul(l).MatMul(u))
	pl, _ := linalg.LUPermuted(a)
	fmt.Println(pl)
	// Output:
	// [[1. 2.]
	//  [4. 4.]]
	// [[0.25 1.  ]
	//  [1.   0.  ]]
}

func ExampleLUSolve() {
	lu, pivots := linalg.LUFactor(jnp.FromSlice([]float32{2, 1, 4, 4}, 2, 2))
	fmt.Println(linalg.LUSolve(lu, pivots, jnp.FromSlice([]float32{4, 12})))
	fmt.Println(linalg.Equation{Transpose: true}.LUSolve(lu, pivots, jnp.FromSlice([]float32{4, 2})))
	// Output:
	// [1. 2.]
	// [2. 0.]
}

func ExampleChoFactor() {
	l := linalg.ChoFactor(jnp.FromSlice([]float32{4, 2, 2, 5}, 2, 2))
	fmt.Println(numpy.ChoSolve(l, jnp.FromSlice([]float32{8, 12})))
	// Output: [1. 2.]
}

func ExampleQRMultiply() {
	a := jnp.FromSlice([]float32{3, 1, 4, 2}, 2, 2)
	y, r := linalg.QRMultiply(a, jnp.Eye(2)) // Q itself
	z, _ := linalg.Product{Left: true}.QRMultiply(a, r)
	fmt.Println(jnp.Round(y.MatMul(r)))
	fmt.Println(jnp.Round(z))
	// Output:
	// [[3. 1.]
	//  [4. 2.]]
	// [[3. 1.]
	//  [4. 2.]]
}

func ExamplePolar() {
	a := jnp.FromSlice([]float32{0, -2, 2, 0}, 2, 2)
	_, p := linalg.Polar(a)
	_, q := linalg.Side{Left: true}.Polar(a)
	fmt.Println(jnp.Round(p).Eq(jnp.Round(q)).All(), jnp.Round(jnp.Diag(p)))
	// Output: True [2. 2.]
}

func ExampleEighTridiagonal() {
	w, _ := linalg.EighTridiagonal(jnp.FromSlice([]float32{2, 2}), jnp.FromSlice([]float32{1}))
	fmt.Println(jnp.Round(w))
	// Output: [1. 3.]
}

func ExampleExpm() {
	a := jnp.FromSlice([]float32{0, 1, 0, 0}, 2, 2)
	fmt.Println(linalg.Expm(a))
	fmt.Println(linalg.Exponential{UpperTriangular: true}.Expm(a).Index(0))
	_, d := linalg.ExpmFrechet(a, jnp.Zeros(2, 2))
	fmt.Println(d.Index(0))
	// Output:
	// [[1. 1.]
	//  [0. 1.]]
	// [1. 1.]
	// [0. 0.]
}

func ExampleHilbert() {
	fmt.Println(linalg.Hilbert(2), linalg.InvHilbert(2).Index(1))
	// Output:
	// [[1.         0.5       ]
	//  [0.5        0.33333334]] [-6. 12.]
}

func ExamplePascal() {
	fmt.Println(linalg.Pascal(3).Index(2), linalg.Triangle{Lower: true}.Pascal(3).Index(2))
	fmt.Println(linalg.InvPascal(3).Index(2), linalg.Triangle{Lower: true}.InvPascal(3).Index(2))
	// Output:
	// [1. 3. 6.] [1. 2. 1.]
	// [ 1. -2.  1.] [ 1. -2.  1.]
}

func ExampleHelmert() {
	fmt.Println(linalg.Helmert(2).Shape(), linalg.Contrasts{Full: true}.Helmert(2).Shape())
	// Output: [1 2] [2 2]
}

func ExampleHadamard() {
	fmt.Println(linalg.Hadamard(2), linalg.Signs{DType: jnp.Float32}.Hadamard(1))
	// Output:
	// [[ 1  1]
	//  [ 1 -1]] [[1.]]
}

func ExampleDFT() {
	x := jnp.Arange(4)
	fmt.Println(jnp.Abs(jnp.Round(linalg.DFT(4).Dot(x))), linalg.Fourier{Scale: "n"}.DFT(1))
	// Output: [6.       2.828427 2.       2.828427] [[1.+0.j]]
}

func ExampleBlockDiag() {
	fmt.Println(linalg.BlockDiag(jnp.Ones(1, 2), jnp.AsArray(3)))
	// Output:
	// [[1. 1. 0.]
	//  [0. 0. 3.]]
}

func ExampleToeplitz() {
	c := jnp.Arange(1, 4)
	fmt.Println(linalg.Toeplitz(c, jnp.FromSlice([]int32{0, 5})))
	fmt.Println(linalg.Hankel(c).Index(1), linalg.Circulant(c).Index(1))
	// Output:
	// [[1 5]
	//  [2 1]
	//  [3 2]]
	// [2 3 0] [2 1 3]
}

func ExampleCompanion() {
	p := jnp.FromSlice([]float32{1, -3, 2})
	fmt.Println(linalg.Companion(p), linalg.FiedlerCompanion(p).Shape())
	// Output:
	// [[ 3. -2.]
	//  [ 1.  0.]] [2 2]
}

func ExampleLeslie() {
	fmt.Println(linalg.Leslie(jnp.FromSlice([]float32{0, 2}), jnp.FromSlice([]float32{0.5})))
	fmt.Println(linalg.Fiedler(jnp.FromSlice([]int32{1, 4})))
	// Output:
	// [[0.  2. ]
	//  [0.5 0. ]]
	// [[0 3]
	//  [3 0]]
}

func ExampleConvolutionMatrix() {
	a := jnp.FromSlice([]int32{1, 2})
	fmt.Println(linalg.ConvolutionMatrix(a, 2), linalg.Convolution{Mode: "valid"}.ConvolutionMatrix(a, 2))
	// Output:
	// [[1 0]
	//  [2 1]
	//  [0 2]] [[2 1]]
}
