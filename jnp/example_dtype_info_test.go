package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleFInfo() {
	f := jnp.FInfo(jnp.Float32)
	fmt.Println(f)
	fmt.Println(f.Eps, f.Tiny, f.Precision, jnp.FInfo(jnp.Complex64).DType)
	// Output:
	// finfo(resolution=1e-06, min=-3.4028235e+38, max=3.4028235e+38, dtype=float32)
	// 1.1920928955078125e-07 1.1754943508222875e-38 6 float32
}

func ExampleIInfo() {
	i := jnp.IInfo(jnp.Int16)
	fmt.Println(i, i.Bits)
	// Output: iinfo(min=-32768, max=32767, dtype=int16) 16
}
