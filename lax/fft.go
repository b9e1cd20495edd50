package lax

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// FFT is the discrete Fourier transform of x along its last one to three axes, whose lengths (of the real array, for the real kinds)
// are given, as lax.fft. complex64 or complex128; for FFTReal float32 or float64.
func FFT(x jnp.Array, t FFTType, lengths []int) jnp.Array {
	return jnp.Wrap(ops.FFT(val("lax.FFT", x), t, lengths))
}
