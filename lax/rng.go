package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// RandomAlgorithm is what RNGBitGenerator makes its bits by: RNGDefault, RNGThreeFry or RNGPhilox
// (jax.lax.RandomAlgorithm).
type RandomAlgorithm = ops.RandomAlgorithm

// The generators.
const (
	RNGDefault  = ops.RNGDefault  // the platform's own choice
	RNGThreeFry = ops.RNGThreeFry // Threefry-2x32
	RNGPhilox   = ops.RNGPhilox   // Philox-4x32
)

// RNGOptions are the options of RNGBitGenerator.
type RNGOptions struct {
	DType     jnp.DType // of the bits, an unsigned type; uint32 by default
	Algorithm RandomAlgorithm
}

// RNGBitGenerator is an array of random bits, and the key that follows key (jax.lax.rng_bit_generator): the generator
// of XLA, whose numbers are the same for the same key, but not on every platform. key is uint32[4] or uint64[2].
// Package random has generators that are the same everywhere.
//
// Options: RNGOptions (DType, Algorithm).
func RNGBitGenerator(key jnp.Array, shape []int, options ...RNGOptions) (next, bits jnp.Array) {
	const op = "lax.RNGBitGenerator"
	o := oneOption(op, options)
	if o.DType == 0 {
		o.DType = jnp.Uint32
	}
	return two(ops.RNGBitGenerator(kit.Value(op, key), shape, o.DType, o.Algorithm))
}

// RNGUniform is an array of numbers uniform in [lo, hi), which are Go numbers or scalars of one dtype, of floats or of
// integers of 32 or 64 bits, which is that of the result (jax.lax.rng_uniform). Each execution gives others: there is
// no key. It exists for programs that were written for it; use package random.
func RNGUniform[L, H jnp.Operand](lo L, hi H, shape ...int) jnp.Array {
	const op = "lax.RNGUniform"
	in := operands(op, lo, hi)
	return jnp.Wrap(ops.RNGUniform(in[0].Value, in[1].Value, shape))
}
