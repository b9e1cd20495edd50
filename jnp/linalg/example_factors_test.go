package linalg_test

import (
	"fmt"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// A normal density needs its covariance factored once, for the quadratic form and for the determinant.
func ExampleCholeskyOf() {
	logDensity := func(x, cov jnp.Array) jnp.Array {
		c := linalg.CholeskyOf(cov)
		return x.Dot(c.Solve(x)).Add(c.LogDet()).Add(1.8378771 * float64(x.Size())).Mul(-0.5)
	}
	cov := jnp.FromSlice([]float32{2, 1, 1, 2}, 2, 2)
	fmt.Printf("%.4f\n", gojax.Jit(logDensity)(jnp.FromSlice([]float32{1, 0}), cov))
	fmt.Printf("%.4f\n", linalg.CholeskyOf(cov).Inv())
	// Output:
	// -2.7205
	// [[ 0.6667 -0.3333]
	//  [-0.3333  0.6667]]
}

func ExampleLUOf() {
	f := linalg.LUOf(jnp.FromSlice([]float32{0, 2, 1, 1}, 2, 2))
	sign, log := f.SLogDet()
	fmt.Println(f.Solve(jnp.FromSlice([]float32{4, 3})), f.Det(), sign, log)
	fmt.Println(f.Inv())
	// Output:
	// [1. 2.] -2.0 -1.0 0.6931472
	// [[-0.5  1. ]
	//  [ 0.5  0. ]]
}

// The line through three points.
func ExampleQROf() {
	a := jnp.FromSlice([]float32{1, 0, 1, 1, 1, 2}, 3, 2)
	fmt.Printf("%.4f\n", linalg.QROf(a).Solve(jnp.FromSlice([]float32{1, 3, 5})))
	// Output: [1.0000 2.0000]
}

func ExampleEighOf() {
	f := linalg.EighOf(jnp.FromSlice([]float32{2, 1, 1, 2}, 2, 2))
	fmt.Printf("%.4f\n", f.Apply(jnp.Exp))
	fmt.Printf("%.4f\n", f.Sqrt())
	fmt.Printf("%.4f\n", f.Inv())
	fmt.Printf("%.4f\n", f.Solve(jnp.FromSlice([]float32{3, 3})))
	// Output:
	// [[11.4019  8.6836]
	//  [ 8.6836 11.4019]]
	// [[1.3660 0.3660]
	//  [0.3660 1.3660]]
	// [[ 0.6667 -0.3333]
	//  [-0.3333  0.6667]]
	// [1.0000 1.0000]
}

func ExampleSVDOf() {
	f := linalg.SVDOf(jnp.FromSlice([]float32{3, 0, 0, 4, 0, 0}, 3, 2))
	fmt.Println(f.S, f.Rank())
	fmt.Printf("%.4f\n", f.PInv())
	fmt.Printf("%.4f\n", f.Solve(jnp.FromSlice([]float32{3, 4, 0})))
	// Output:
	// [4. 3.] 2
	// [[0.3333 0.0000 0.0000]
	//  [0.0000 0.2500 0.0000]]
	// [1.0000 1.0000]
}
