// Package fft holds discrete Fourier transforms, as numpy.fft and jax.numpy.fft do.
//
// Axes are trailing arguments. Other keyword arguments are fields of Options, which has the transforms as methods:
//
//	fft.Options{Norm: fft.Ortho}.FFT(x)
//
//	Options  FFT, IFFT, RFFT, IRFFT, HFFT, IHFFT of one axis; FFTN, FFT2 and their relatives of several
//	         N (n) for one axis, Shape (s) for several, Norm (norm)
package fft
