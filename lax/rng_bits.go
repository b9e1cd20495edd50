package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// RngBitGenerator is an array of random bits, of an unsigned dtype, and the key that follows key, as lax.rng_bit_generator: XLA's own
// generator, whose numbers are the same for the same key but not on every platform. key is uint32[4], or uint64[2]. Package
// random has generators that are the same everywhere.
func RngBitGenerator(key jnp.Array, shape []int, d jnp.DType, algorithm RandomAlgorithm) (next, numbers jnp.Array) {
	return wrap2(ops.RngBitGenerator(val("lax.RngBitGenerator", key), shape, d, algorithm))
}

// RngUniform is an array of numbers uniform in [lo, hi), scalars of one dtype, which is the result's: of floats, or of
// integers, as lax.rng_uniform. Each execution gives others: there is no key. It exists for programs that were written for
// it; use package random.
func RngUniform(lo, hi jnp.Array, shape []int) jnp.Array {
	return jnp.Wrap(ops.RngUniform(val("lax.RngUniform", lo), val("lax.RngUniform", hi), shape))
}
