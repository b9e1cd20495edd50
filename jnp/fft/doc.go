// Package fft holds discrete Fourier transforms, as numpy.fft and jax.numpy.fft do.
package fft
