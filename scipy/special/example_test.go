package special_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

func ExampleGammaln() {
	fmt.Println(jnp.Exp(special.Gammaln(jnp.FromSlice([]float32{1, 3, 5}))).Round())
	// Output: [ 1.  2. 24.]
}

func ExampleXLogY() {
	fmt.Println(special.XLogY(0, 0.0))
	// Output: 0.0
}

func ExampleNdtr() {
	x := jnp.FromSlice([]float32{-1, 0, 1})
	fmt.Println(special.Ndtri(special.Ndtr(x)).Round(4))
	// Output: [-1.  0.  1.]
}

func TestMain(m *testing.M) {
	trace.SetX64(true)
	m.Run()
}

// Ndtri inverts Ndtr, in the tails as far as floats go.
func TestNdtri(t *testing.T) {
	p := []float64{1e-300, 1e-100, 1e-20, 1e-6, 0.019, 0.021, 0.3, 0.5, 0.9, 0.999, 1 - 1e-12}
	x := jnp.ToSlice[float64](special.Ndtri(jnp.FromSlice(p)))
	for i, q := range jnp.ToSlice[float64](special.LogNdtr(jnp.FromSlice(x), 6)) {
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
	for x, want := range map[float64]float64{-5: -15.064998393988725736, -19: -184.36612866916096735, -21: -224.46571583141447131, -40: -804.60844201375378817, 9: -1.1285884059538406478e-19} {
		if got := special.LogNdtr(x, 6).Item(); math.Abs(got/want-1) > 1e-11 {
			t.Errorf("LogNdtr(%v) is %v, want %v", x, got, want)
		}
	}
}
