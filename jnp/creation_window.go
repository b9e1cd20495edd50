package jnp

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// window is the m numbers f(0), f(1), ..., f(m-1) in the default float type; one number or none is 1.
func window(op string, m int, f func(n float64) float64) Array {
	trace.CheckHost(op, []int{m}, ir.Float64)
	v := make([]float64, m)
	for n := range v {
		if v[n] = 1; m > 1 {
			v[n] = f(float64(n))
		}
	}
	return Wrap(kit.Floats(v))
}

// cosines is a window that is a sum of cosines of whole multiples of 2πn/(m-1), with coefficients c.
func cosines(op string, m int, c ...float64) Array {
	return window(op, m, func(n float64) float64 {
		y := 0.0
		for k, a := range c {
			y += a * math.Cos(2*math.Pi*float64(k)*n/float64(m-1))
		}
		return y
	})
}

// Bartlett is the triangular window of m numbers, 0 at both ends (NumPy bartlett).
func Bartlett(m int) Array {
	return window("jnp.Bartlett", m, func(n float64) float64 { return 1 - math.Abs(2*n/float64(m-1)-1) })
}

// Hanning is the Hann window of m numbers: a raised cosine, 0 at both ends (NumPy hanning).
func Hanning(m int) Array { return cosines("jnp.Hanning", m, 0.5, -0.5) }

// Hamming is the Hamming window of m numbers: a raised cosine, 0.08 at both ends (NumPy hamming).
func Hamming(m int) Array { return cosines("jnp.Hamming", m, 0.54, -0.46) }

// Blackman is the Blackman window of m numbers, a sum of three cosines, 0 at both ends (NumPy blackman).
func Blackman(m int) Array { return cosines("jnp.Blackman", m, 0.42, -0.5, 0.08) }
