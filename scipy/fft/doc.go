// Package fft holds the cosine and sine transforms of SciPy's scipy.fft, the real relatives of the discrete Fourier
// transform, which is in package jnp/fft. jax.scipy.fft has the cosine transforms of type 2 alone.
//
// There are four functions of each kind:
//
//	y := fft.DCT(x)    // the cosine transform of type 2, along the last axis; IDCT is its inverse
//	y = fft.DCTN(x)    // along all axes; IDCTN is its inverse
//	y = fft.DST(x)     // the sine transform; IDST is its inverse
//	y = fft.DSTN(x)    // along all axes; IDSTN is its inverse
//
// Of elements x[0] to x[n-1] the transforms are, for k = 0, ..., n-1, without their norms,
//
//	DCT  type 1  x[0] + (-1)ᵏ x[n-1] + 2 Σ x[i] cos(πik/(n-1)), 0 < i < n-1; n is at least 2
//	     type 2  2 Σ x[i] cos(π(2i+1)k/2n)
//	     type 3  x[0] + 2 Σ x[i] cos(πi(2k+1)/2n), 0 < i
//	     type 4  2 Σ x[i] cos(π(2i+1)(2k+1)/4n)
//	DST  type 1  2 Σ x[i] sin(π(i+1)(k+1)/(n+1))
//	     type 2  2 Σ x[i] sin(π(2i+1)(k+1)/2n)
//	     type 3  (-1)ᵏ x[n-1] + 2 Σ x[i] sin(π(i+1)(2k+1)/2n), i < n-1
//	     type 4  2 Σ x[i] sin(π(2i+1)(2k+1)/4n)
//
// A transform and its inverse divide by 2n together: by 2(n-1) for the cosine transform of type 1, and by 2(n+1) for
// the sine transform of type 1. Norm says where. With Ortho each is multiplied by the square root, and the elements at
// the ends are scaled so that the transform is an orthogonal matrix.
//
// The result of real elements is real and of their dtype, but float32 for narrower ones and the default float for
// integers. Of complex elements the real and imaginary parts are transformed.
//
// Axes are trailing arguments. Other keyword arguments are fields of Options, which has the transforms as methods:
//
//	fft.Options{Type: 3, Norm: fft.Ortho}.DCT(x)
//
//	Options  DCT, IDCT, DST, IDST of one axis; DCTN, IDCTN, DSTN, IDSTN of several
//	         Type (type), N (n) for one axis, Shape (s) for several, Norm (norm)
package fft
