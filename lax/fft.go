package lax

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// FFTType is a kind of discrete Fourier transform: FFTForward, FFTInverse, FFTReal or FFTRealInverse (jax.lax.FftType).
type FFTType = ops.FFTType

// The kinds of transforms.
const (
	FFTForward     = ops.FFTForward     // complex to complex (FFT in JAX)
	FFTInverse     = ops.FFTInverse     // back, divided by the length (IFFT)
	FFTReal        = ops.FFTReal        // real to complex: of the last axis only the half that is not redundant (RFFT)
	FFTRealInverse = ops.FFTRealInverse // that half back to real (IRFFT)
)

// FFT is the discrete Fourier transform of x along its last one to three axes, whose lengths are given: for the real
// kinds, those of the real array (jax.lax.fft). x is complex64 or complex128; for FFTReal float32 or float64. Package
// jnp/fft takes any axes.
func FFT(x jnp.Array, kind FFTType, lengths ...int) jnp.Array {
	return jnp.Wrap(ops.FFT(kit.Value("lax.FFT", x), kind, lengths))
}
