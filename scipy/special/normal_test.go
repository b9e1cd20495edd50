package special_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

var logNdtr = special.TailSeries{Order: new(6)}.LogNdtr

// Ndtri inverts Ndtr, in the tails as far as floats go.
func TestNdtri(t *testing.T) {
	p := []float64{1e-300, 1e-100, 1e-20, 1e-6, 0.019, 0.021, 0.3, 0.5, 0.9, 0.999, 1 - 1e-12}
	x := jnp.ToSlice[float64](special.Ndtri(jnp.FromSlice(p)))
	for i, q := range jnp.ToSlice[float64](logNdtr(jnp.FromSlice(x))) {
		if want := math.Log(p[i]); math.Abs(q-want) > 1e-12*max(1, math.Abs(want)) {
			t.Errorf("log of Ndtr(Ndtri(%v)) is %v, want %v", p[i], q, want)
		}
	}
	ends := jnp.ToSlice[float64](special.Ndtri(jnp.FromSlice([]float64{0, 1, -0.1, 1.1})))
	if !math.IsInf(ends[0], -1) || !math.IsInf(ends[1], 1) || ends[2] == ends[2] || ends[3] == ends[3] {
		t.Errorf("Ndtri of 0, 1 and beyond is %v", ends)
	}
}

func TestLogNdtrTails(t *testing.T) {
	// From the continued fraction in 40 digits.
	for x, want := range map[float64]float64{-5: -15.064998393988725736, -19: -184.36612866916096735,
		-21: -224.46571583141447131, -40: -804.60844201375378817, 9: -1.1285884059538406478e-19} {
		if got := logNdtr(jnp.AsArray(x)).Item(); math.Abs(got/want-1) > 1e-11 {
			t.Errorf("LogNdtr(%v) is %v, want %v", x, got, want)
		}
	}
}
