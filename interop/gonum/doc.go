// Package gonum takes matrices and vectors of gonum (gonum.org/v1/gonum/mat) to arrays, and arrays back to them. Data
// are copied, so neither side sees what the other does later.
//
//	x := gonum.FromMatrix(a)              // any mat.Matrix: dense, symmetric, banded, a view, a transposed one
//	v := gonum.FromVector(b)               // any mat.Vector
//	d := gonum.ToDense(x)                  // ToSymDense and ToTriDense give the other kinds
//	l := gonum.ToTriDense(linalg.Cholesky(x), mat.Lower)
//
// gonum computes in float64 and complex128. While 64-bit types are off, as they are by default, arrays have half as
// many bits, which is said once on stderr (jnp.SetNarrowing); gojax.EnableX64 keeps them. On the way back every element
// is widened exactly, and int64 and uint64, which float64 cannot hold, are refused.
//
// A matrix of gonum has two axes, and a vector one; a batch of matrices is refused, as is a shape that gonum cannot
// have, of which one length alone is 0. Symmetric and triangular matrices are refused where the array is not one. The
// functions work on values, so not on what is traced, under Jit or Vmap.
package gonum
