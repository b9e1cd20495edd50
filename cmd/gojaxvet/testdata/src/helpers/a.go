// Package helpers has functions that other packages give keys and arrays.
package helpers

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func Noise(n int, key random.KeyArray) jnp.Array { return random.Normal(key, n) }

func Scaled[T any](x T, key random.KeyArray) jnp.Array { return Noise(1, key) }

func Maybe(key random.KeyArray, train bool) jnp.Array {
	if train {
		return random.Normal(key)
	}
	return jnp.Zeros()
}

func Size(x jnp.Array) float64 { return x.Item() }

func Norm(by string, x jnp.Array) float64 { return Size(x) }
