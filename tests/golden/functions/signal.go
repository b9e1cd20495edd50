package functions

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/fft"
	"github.com/gojax/gojax/scipy/ndimage"
	"github.com/gojax/gojax/scipy/signal"
)

func cosineOf(f func(o fft.Options, x jnp.Array, axes ...int) jnp.Array) func(c *Call) any {
	return func(c *Call) any {
		o, kind := c.fft(), c.integer(1, "type", 2)
		return f(fft.Options{Type: kind, N: o.N, Shape: o.Shape, Norm: o.Norm}, c.A(0), c.Axes()...)
	}
}

// convolution are the keyword arguments of SciPy's convolutions.
func (c *Call) convolution() signal.Convolution {
	o := signal.Convolution{Mode: map[string]signal.Mode{"full": signal.Full, "same": signal.Same,
		"valid": signal.Valid}[c.choice(2, "mode", "full", "same", "valid")]}
	o.Method = map[string]signal.Method{"auto": signal.Auto, "direct": signal.Direct,
		"fft": signal.FFT}[c.choice(3, "method", "auto", "direct", "fft")]
	o.Precision = c.precision(4)
	return o
}

func convolved(f func(o signal.Convolution, x, y jnp.Array) jnp.Array) func(c *Call) any {
	return func(c *Call) any { return f(c.convolution(), c.A(0), c.A(1)) }
}

func convolved2D(f func(o signal.Convolution2D, x, y jnp.Array) jnp.Array) func(c *Call) any {
	return func(c *Call) any {
		c.choice(3, "boundary", "fill")
		o := signal.Convolution2D{Mode: c.convolution().Mode, FillValue: number(c.arg(4, "fillvalue"))}
		return f(o, c.A(0), c.A(1))
	}
}

func number(x any) float64 {
	switch x := x.(type) {
	case int:
		return float64(x)
	case float64:
		return x
	}
	return 0
}

// spectral are the keyword arguments of SciPy's spectra, of which the stored cases use but few.
func (c *Call) spectral() signal.Spectral {
	o := signal.Spectral{SampleRate: number(c.kw("fs"))}
	o.SegmentLength, _ = c.kw("nperseg").(int)
	o.FFTLength, _ = c.kw("nfft").(int)
	if n, ok := c.kw("noverlap").(int); ok {
		o.Overlap = &n
	}
	switch c.kw("detrend") {
	case "constant":
		o.Trend = signal.ConstantTrend
	case "linear":
		o.Trend = signal.LinearTrend
	case false:
		o.Trend = signal.NoTrend
	}
	if c.kw("scaling") == "spectrum" {
		o.Scaling = signal.Spectrum
	}
	o.Median = c.kw("average") == "median"
	o.TwoSided = c.kw("return_onesided") == false || c.kw("input_onesided") == false
	o.Unpadded = c.kw("padded") == false
	return o
}

var signalTable = Table{
	"jsp.fft.dct": cosineOf(fft.Options.DCT), "jsp.fft.idct": cosineOf(fft.Options.IDCT),
	"jsp.fft.dctn": cosineOf(fft.Options.DCTN), "jsp.fft.idctn": cosineOf(fft.Options.IDCTN),
	"jsp.signal.convolve":  convolved(signal.Convolution.Convolve),
	"jsp.signal.correlate": convolved(signal.Convolution.Correlate),
	"jsp.signal.fftconvolve": func(c *Call) any {
		return c.convolution().FFTConvolve(c.A(0), c.A(1), c.Ints(c.kw("axes"))...)
	},
	"jsp.signal.convolve2d":  convolved2D(signal.Convolution2D.Convolve2D),
	"jsp.signal.correlate2d": convolved2D(signal.Convolution2D.Correlate2D),
	"jsp.signal.detrend": func(c *Call) any {
		kinds := map[string]signal.Trend{"linear": signal.LinearTrend, "constant": signal.ConstantTrend}
		return signal.Detrending{Trend: kinds[c.choice(2, "type", "linear", "constant")],
			Breakpoints: c.Ints(c.kw("bp"))}.Detrend(c.A(0), c.Axes()...)
	},
	"jsp.signal.welch": func(c *Call) any { f, p := c.spectral().Welch(c.A(0), c.Axes()...); return []any{f, p} },
	"jsp.signal.csd": func(c *Call) any {
		f, p := c.spectral().CSD(c.A(0), c.A(1), c.Axes()...)
		return []any{f, p}
	},
	"jsp.signal.stft": func(c *Call) any {
		f, t, z := c.spectral().STFT(c.A(0), c.Axes()...)
		return []any{f, t, z}
	},
	"jsp.signal.istft": func(c *Call) any { t, x := c.spectral().ISTFT(c.A(0)); return []any{t, x} },
	"jsp.ndimage.map_coordinates": func(c *Call) any {
		modes := map[string]ndimage.Mode{"constant": ndimage.Constant, "nearest": ndimage.Nearest, "wrap": ndimage.Wrap,
			"mirror": ndimage.Mirror, "reflect": ndimage.Reflect}
		o := ndimage.Interpolation{Mode: modes[c.choice(3, "mode", "constant", "nearest", "wrap", "mirror", "reflect")],
			FillValue: number(c.kw("cval"))}
		var at []jnp.Array
		for _, x := range c.Args[1].([]any) {
			at = append(at, asArray(x))
		}
		return o.MapCoordinates(c.A(0), at, c.integer(2, "order", 1))
	},
}
