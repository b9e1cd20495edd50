package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestFFT(t *testing.T) {
	x, z := numbers(-1, 0.5, 2, 4), jnp.FromSlice([]complex64{1, 2i, -3, 4, 1i, 6}, 2, 3)
	row := func(name string, kind lax.FFTType, in A, lengths ...int) form {
		return of1(name, func(x A) A { return lax.FFT(x, kind, lengths...) },
			func(x V) V { return ops.FFT(x, kind, lengths) }, in)
	}
	checkForms(t, row("forward", lax.FFTForward, z, 3), row("inverse", lax.FFTInverse, z, 2, 3),
		row("real", lax.FFTReal, x, 4), row("real inverse", lax.FFTRealInverse, z, 4))
	checkMistakes(t,
		mistake{"lax.FFT", func() { lax.FFT(x, lax.FFTForward, 4) }, []string{"float32"}},
		mistake{"lax.FFT", func() { lax.FFT(z, lax.FFTForward) }, []string{"lengths"}},
		mistake{"lax.FFT", func() { lax.FFT(z, 9, 3) }, []string{"FFTType(9)"}},
		mistake{"lax.FFT", func() { lax.FFT(A{}, lax.FFTForward, 4) }, []string{"never set"}})
}
