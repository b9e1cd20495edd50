package signal

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Window gives the m numbers of a window that is the same from both ends: SciPy's scipy.signal.windows. The functions
// below are windows, or make them of a parameter; any other function may be one.
type Window func(m int) []float64

// GetWindow is the m numbers of a window as spectra need it, periodic: the m+1 of w but for the last (SciPy
// signal.get_window).
func GetWindow(w Window, m int) jnp.Array {
	const op = "signal.GetWindow"
	if m < 0 {
		trace.Fail(op, nil, "the length of a window cannot be negative: %d", m)
	}
	trace.CheckHost(op, []int{m}, ir.Float64)
	return jnp.Wrap(kit.Floats(periodic(op, w, m)))
}

// periodic is w's m+1 numbers but for the last.
func periodic(op string, w Window, m int) []float64 {
	if m < 2 {
		return w(m)
	}
	v := w(m + 1)
	if len(v) != m+1 {
		trace.Fail(op, nil, "the window of %d numbers has %d", m+1, len(v))
	}
	return v[:m]
}

// shape makes a window of f(t), for t from -1 at the first number to 1 at the last. A single number is 1.
func shape(m int, f func(t float64) float64) []float64 {
	v := make([]float64, m)
	for i := range v {
		if v[i] = 1; m > 1 {
			v[i] = f(float64(2*i)/float64(m-1) - 1)
		}
	}
	return v
}

// cosines makes a window of the sum of c[k]·cos(πkt).
func cosines(m int, c ...float64) []float64 {
	return shape(m, func(t float64) float64 {
		y := 0.0
		for k, c := range c {
			y += c * math.Cos(math.Pi*float64(k)*t)
		}
		return y
	})
}

// Boxcar is the window of ones (SciPy windows.boxcar).
func Boxcar(m int) []float64 { return shape(m, func(float64) float64 { return 1 }) }

// Bartlett is the triangular window that is 0 at the ends (SciPy windows.bartlett).
func Bartlett(m int) []float64 {
	return shape(m, func(t float64) float64 { return 1 - math.Abs(t) })
}

// Triangular is the triangular window that is not 0 at the ends (SciPy windows.triang).
func Triangular(m int) []float64 {
	width := float64(m + m%2)
	return shape(m, func(t float64) float64 { return 1 - math.Abs(t)*float64(m-1)/width })
}

// Hann is a raised cosine, 0 at the ends (SciPy windows.hann).
func Hann(m int) []float64 { return cosines(m, 0.5, 0.5) }

// Hamming is a raised cosine, 0.08 at the ends (SciPy windows.hamming).
func Hamming(m int) []float64 { return cosines(m, 0.54, 0.46) }

// Blackman is a sum of three cosines (SciPy windows.blackman).
func Blackman(m int) []float64 { return cosines(m, 0.42, 0.5, 0.08) }

// BlackmanHarris is a sum of four cosines, with the least side lobes (SciPy windows.blackmanharris).
func BlackmanHarris(m int) []float64 { return cosines(m, 0.35875, 0.48829, 0.14128, 0.01168) }

// Nuttall is a sum of four cosines, Blackman and Harris' after Nuttall (SciPy windows.nuttall).
func Nuttall(m int) []float64 { return cosines(m, 0.3635819, 0.4891775, 0.1365995, 0.0106411) }

// FlatTop is a sum of five cosines whose spectrum is flat at its peak (SciPy windows.flattop).
func FlatTop(m int) []float64 {
	return cosines(m, 0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368)
}

// Cosine is half a period of a cosine (SciPy windows.cosine).
func Cosine(m int) []float64 {
	return shape(m, func(t float64) float64 { return math.Cos(math.Pi / 2 * t * float64(m-1) / float64(m)) })
}

// Bohman is the convolution of half a period of a cosine with itself, 0 at the ends (SciPy windows.bohman).
func Bohman(m int) []float64 {
	return shape(m, func(t float64) float64 {
		if t = math.Abs(t); t == 1 {
			return 0
		}
		return (1-t)*math.Cos(math.Pi*t) + math.Sin(math.Pi*t)/math.Pi
	})
}

// Parzen is a cubic spline, the convolution of four boxes (SciPy windows.parzen).
func Parzen(m int) []float64 {
	return shape(m, func(t float64) float64 {
		if t = math.Abs(t) * float64(m-1) / float64(m); t <= 0.5*float64(m-1)/float64(m) {
			return 1 - 6*t*t + 6*t*t*t
		}
		return 2 * (1 - t) * (1 - t) * (1 - t)
	})
}

// Tukey is the window of ones that falls to 0 at both ends as a cosine, over a share alpha of its length (SciPy
// windows.tukey).
func Tukey(alpha float64) Window {
	return func(m int) []float64 {
		return shape(m, func(t float64) float64 {
			if t = math.Abs(t); alpha <= 0 || t <= 1-alpha {
				return 1
			}
			a := min(alpha, 1)
			return 0.5 * (1 + math.Cos(math.Pi*(t-1+a)/a))
		})
	}
}

// Kaiser is the window of the Bessel function I0, of shape beta: 0 is Boxcar, 14 is narrow (SciPy windows.kaiser).
func Kaiser(beta float64) Window {
	return func(m int) []float64 {
		return shape(m, func(t float64) float64 { return besselI0(beta*math.Sqrt(1-t*t)) / besselI0(beta) })
	}
}

// besselI0 is the modified Bessel function of order 0, by its series.
func besselI0(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > 1e-17*sum; k++ {
		term *= (x / (2 * k)) * (x / (2 * k))
		sum += term
	}
	return sum
}

// Gaussian is the bell curve of a standard deviation, in numbers of the window (SciPy windows.gaussian).
func Gaussian(std float64) Window {
	return func(m int) []float64 {
		return shape(m, func(t float64) float64 {
			z := t * float64(m-1) / (2 * std)
			return math.Exp(-z * z / 2)
		})
	}
}
