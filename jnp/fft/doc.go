// Package fft holds discrete Fourier transforms, as numpy.fft and jax.numpy.fft do.
//
// Five functions are used most:
//
//	y := fft.FFT(x)               // along the last axis; IFFT is its inverse
//	y = fft.RFFT(x)               // of real elements: half as many; IRFFT is its inverse
//	y = fft.FFT2(image)           // along the last two axes; FFTN along several
//	f := fft.FFTFreq(len, 1/rate) // the frequency that each element of FFT is of
//	y = fft.FFTShift(y)           // with frequency 0 in the middle
//
// Axes are trailing arguments. Other keyword arguments are fields of Options, which has the transforms as methods:
//
//	fft.Options{Norm: fft.Ortho}.FFT(x)
//
//	Options  FFT, IFFT, RFFT, IRFFT, HFFT, IHFFT of one axis; FFTN, FFT2 and their relatives of several
//	         N (n) for one axis, Shape (s) for several, Norm (norm)
package fft
