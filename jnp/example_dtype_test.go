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

func ExampleIsSubDType() {
	fmt.Println(jnp.IsSubDType(jnp.BFloat16, jnp.Floating), jnp.IsSubDType(jnp.Bool, jnp.Numeric), jnp.IsSubDType(jnp.Int8, jnp.Int8))
	fmt.Println(jnp.IsDType(jnp.Uint8, jnp.SignedInteger, jnp.Inexact), jnp.IsDType(jnp.Uint8, jnp.Integral))
	// Output:
	// true false true
	// false true
}

func ExampleCasting_CanCast() {
	fmt.Println(jnp.CastSafe.CanCast(jnp.Int32, jnp.Float32), jnp.CastSameKind.CanCast(jnp.Int32, jnp.Float32), jnp.CastSameKind.CanCast(jnp.Float32, jnp.Int32))
	// Output: false true false
}
