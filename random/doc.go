// Package random makes random numbers as jax.random does, bit for bit: keys instead of hidden state, and JAX's default
// generator, Threefry-2x32 in its partitionable form.
//
//	key := random.Key(42)
//	key, sub := random.Pair(key)
//	x := random.Normal(sub, 1000, 3)
//
// A key is used once: functions of the same key give the same numbers, and two functions given one key are not
// independent. Split, Pair and FoldIn make further keys, each a stream of its own, so that parallel tasks with a key
// each give the same numbers whatever the number of workers and the order they run in: docs/RANDOM.md is a guide. With
// GOJAX_DEBUG_KEY_REUSE=1 a key that is used twice is an error: see debug.KeyReuse.
//
// A sampler takes the key, its parameters (Go numbers, or Arrays of shapes that broadcast together), and the shape as
// further ints. Without a shape, samplers without parameters give a scalar, those with parameters an array of the
// parameters' common shape. Where NumPy takes a location and a scale first, here is arithmetic: random.Normal(key,
// 10).Mul(scale).Add(loc).
//
// Operands are as in package jnp: parameters are jnp.Operands, those that must have axes (the mean and covariance of
// MultivariateNormal) jnp.Arrays; methods and fields take any, Go slices too.
//
// Keyword arguments are fields of a struct that has the sampler as a method; the last line of a sampler's comment names
// it:
//
//	y := random.Dist{DType: jnp.Float64, Min: -1, Max: 1}.Uniform(key, 10)
//
// These are the structs, each with its samplers and, behind each field, JAX's keyword:
//
//	Choosing  Permutation, Choice, Categorical
//	          Axis (axis), Independent (independent), WithoutReplacement (replace=False), P (p), Range (mode)
//	Dist      all others
//	          DType (dtype), Min (minval) and Max (maxval) of Uniform, Range (mode) of Gumbel and Bernoulli,
//	          Factor (method) of
//	          MultivariateNormal
//
// One key is needed; Vmap maps a sampler over an array of keys. Run eagerly each sampler is one compiled program, and
// new keys and parameters do not compile again.
package random
