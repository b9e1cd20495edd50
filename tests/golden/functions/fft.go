package functions

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
)

func (c *Call) fft() fft.Options {
	var o fft.Options
	if n, ok := c.kw("n").(int); ok {
		o.N = n
		if n < 1 {
			o.N = -1
		}
	}
	o.Shape = c.Ints(c.kw("s"))
	switch c.kw("norm") {
	case "ortho":
		o.Norm = fft.Ortho
	case "forward":
		o.Norm = fft.Forward
	case "bogus":
		o.Norm = 99
	}
	return o
}

func transformOf(f func(o fft.Options, x jnp.Array, axes ...int) jnp.Array) func(c *Call) any {
	return func(c *Call) any { return f(c.fft(), c.A(0), c.Axes()...) }
}

func freq(f func(n int, d ...float64) jnp.Array) func(c *Call) any {
	return func(c *Call) any { return f(c.Args[0].(int), c.floats("d")...) }
}

var fftTable = Table{
	"jnp.fft.fft": transformOf(fft.Options.FFT), "jnp.fft.ifft": transformOf(fft.Options.IFFT),
	"jnp.fft.rfft":  transformOf(fft.Options.RFFT),
	"jnp.fft.irfft": transformOf(fft.Options.IRFFT), "jnp.fft.hfft": transformOf(fft.Options.HFFT),
	"jnp.fft.ihfft": transformOf(fft.Options.IHFFT),
	"jnp.fft.fft2":  transformOf(fft.Options.FFT2), "jnp.fft.ifft2": transformOf(fft.Options.IFFT2),
	"jnp.fft.rfft2": transformOf(fft.Options.RFFT2), "jnp.fft.irfft2": transformOf(fft.Options.IRFFT2),
	"jnp.fft.fftn": transformOf(fft.Options.FFTN), "jnp.fft.ifftn": transformOf(fft.Options.IFFTN),
	"jnp.fft.rfftn": transformOf(fft.Options.RFFTN), "jnp.fft.irfftn": transformOf(fft.Options.IRFFTN),
	"jnp.fft.fftfreq": freq(fft.FFTFreq), "jnp.fft.rfftfreq": freq(fft.RFFTFreq),
	"jnp.fft.fftshift":  func(c *Call) any { return fft.FFTShift(c.A(0), c.Axes()...) },
	"jnp.fft.ifftshift": func(c *Call) any { return fft.IFFTShift(c.A(0), c.Axes()...) },
	"lax.fft": func(c *Call) any {
		kinds := map[string]lax.FFTType{"FFT": lax.FFTForward, "IFFT": lax.FFTInverse, "RFFT": lax.FFTReal,
			"IRFFT": lax.FFTRealInverse}
		return lax.FFT(c.A(0), kinds[c.Args[1].(string)], c.Ints(c.Args[2])...)
	},
}
