// Package jnp is NumPy's array programming on compiled devices: the arrays, functions and conventions of jax.numpy in Go.
//
// An Array is immutable and lives on a device. Arithmetic is methods and functions (x.Add(y), jnp.Mul(2, x)); operands are
// promoted and broadcast as in JAX. Axes are trailing arguments (jnp.Sum(x, 0); none means all); keyword arguments are fields of a
// struct that is the receiver (jnp.Reduction{KeepDims: true}.Sum(x, 0)). Mistakes panic with a *trace.Error, which gojax.Try
// turns into an error.
package jnp
