package jnp_test

import (
	"fmt"

	"github.com/gojax/gojax/jnp"
)

func ExampleIsSubDType() {
	fmt.Println(jnp.IsSubDType(jnp.BFloat16, jnp.Floating), jnp.IsSubDType(jnp.Bool, jnp.Numeric),
		jnp.IsSubDType(jnp.Int8, jnp.Int8))
	fmt.Println(jnp.IsDType(jnp.Uint8, jnp.SignedInteger, jnp.Inexact), jnp.IsDType(jnp.Uint8, jnp.Integral))
	// Output:
	// true false true
	// false true
}

func ExampleCasting_CanCast() {
	fmt.Println(jnp.CastSafe.CanCast(jnp.Int32, jnp.Float32), jnp.CastSameKind.CanCast(jnp.Int32, jnp.Float32),
		jnp.CastSameKind.CanCast(jnp.Float32, jnp.Int32))
	// Output: false true false
}
