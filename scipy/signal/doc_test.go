package signal_test

import (
	"bufio"
	"fmt"
	"math"
	"math/cmplx"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/scipy/signal"
)

func vector(v ...float32) jnp.Array { return jnp.FromSlice(v) }

// The operands of testdata/figures.py.
func x7() jnp.Array  { return vector(1, -2, 3, 0.5, 4, 2, -1.5) }
func x3() jnp.Array  { return vector(2, -1, 0.5) }
func x4() jnp.Array  { return vector(1, 0.5, -2, 3) }
func m34() jnp.Array { return jnp.Arange(12.0).Reshape(3, 4).Sub(5) }
func k22() jnp.Array { return jnp.FromSlice([]float32{1, 2, -1, 0.5}, 2, 2) }
func z4() jnp.Array  { return jnp.FromSlice([]complex64{1 + 1i, 2 - 1i, -1, 3i}) }
func w3() jnp.Array  { return jnp.FromSlice([]complex64{1i, 2 - 1i, 1}) }

func series() (y, y2 jnp.Array) {
	cents := func(v float64) float64 { return math.RoundToEven(v*100) / 100 }
	a, b := make([]float64, 40), make([]float64, 40)
	for t := range a {
		a[t] = cents(4*math.Sin(float64(t)*0.7) + float64(t)/8)
		if t%5 == 0 {
			a[t]++
		}
		b[t] = cents(math.Cos(float64(t*t) * 0.03))
	}
	return jnp.FromSlice(a), jnp.FromSlice(b)
}

func one(x jnp.Array) []jnp.Array            { return []jnp.Array{x} }
func two(x, y jnp.Array) []jnp.Array         { return []jnp.Array{x, y} }
func three(x, y, z jnp.Array) []jnp.Array    { return []jnp.Array{x, y, z} }
func beginning(x jnp.Array, n int) jnp.Array { return x.Index(jnp.S(0, n)) }

// convolutions are the cases with a mode.
func convolutions(all map[string]func() []jnp.Array) {
	for mode, name := range []string{"full", "same", "valid"} {
		o := Convolution{Mode: Mode(mode)}
		add := func(what string, f func(x, y jnp.Array) jnp.Array, x, y jnp.Array) {
			all[what+" "+name] = func() []jnp.Array { return one(f(x, y)) }
			if !strings.Contains(what, "2") {
				all[what+" swapped "+name] = func() []jnp.Array { return one(f(y, x)) }
			}
		}
		add("convolve", o.Convolve, x7(), x3())
		add("correlate", o.Correlate, x7(), x4())
		add("correlate complex", o.Correlate, z4(), w3())
		add("convolve 2", o.Convolve, m34(), k22())
		for boundary, b := range map[Boundary]string{Zeros: "fill", Wrap: "wrap", Symmetric: "symm"} {
			o := Convolution2D{Mode: Mode(mode), Boundary: boundary}
			if boundary == Zeros {
				o.FillValue = 1.5
			}
			all["convolve2d "+name+" "+b] = func() []jnp.Array { return one(o.Convolve2D(m34(), k22())) }
			all["correlate2d "+name+" "+b] = func() []jnp.Array { return one(o.Correlate2D(m34(), k22())) }
		}
		all["fftconvolve axes "+name] = func() []jnp.Array {
			return one(o.FFTConvolve(m34(), k22().Index(jnp.S(0, 1)), 1))
		}
		all["oaconvolve "+name] = func() []jnp.Array {
			return one(beginning(o.OAConvolve(jnp.Tile(x7(), 20), x3()), 5))
		}
	}
}

func spectra(all map[string]func() []jnp.Array) {
	y, y2 := series()
	y11 := beginning(y, 11)
	both := jnp.Stack([]jnp.Array{y, y2}, 1)
	add := func(name string, f func() []jnp.Array) { all[name] = f }
	add("detrend", func() []jnp.Array { return one(Detrend(x7())) })
	add("detrend constant", func() []jnp.Array { return one(Detrending{Trend: ConstantTrend}.Detrend(m34(), 0)) })
	add("detrend bp", func() []jnp.Array { return one(Detrending{Breakpoints: []int{3}}.Detrend(x7())) })
	add("welch", func() []jnp.Array { return two(Welch(y)) })
	add("welch 16", func() []jnp.Array {
		return two(Spectral{SampleRate: 10, SegmentLength: 16, Window: Hamming, Scaling: Spectrum}.Welch(y))
	})
	add("welch median", func() []jnp.Array {
		return two(Spectral{SegmentLength: 8, Median: true, Trend: LinearTrend, Overlap: new(3), FFTLength: 9}.Welch(y))
	})
	add("welch two", func() []jnp.Array {
		return two(Spectral{SegmentLength: 8, TwoSided: true, Trend: NoTrend, Overlap: new(0)}.Welch(y))
	})
	add("welch axis", func() []jnp.Array { return two(Spectral{SegmentLength: 8, SampleRate: 2}.Welch(both, 0)) })
	add("csd", func() []jnp.Array { return two(Spectral{SegmentLength: 16}.CSD(y, y2)) })
	add("csd median", func() []jnp.Array {
		return two(Spectral{SegmentLength: 8, Median: true}.CSD(y, beginning(y2, 30)))
	})
	add("welch array", func() []jnp.Array { return two(Spectral{Weights: vector(1, 2, 3, 2)}.Welch(y)) })
	add("stft", func() []jnp.Array { return three(Spectral{SegmentLength: 4}.STFT(y11)) })
	add("stft odd", func() []jnp.Array {
		return three(Spectral{SegmentLength: 5, Overlap: new(4), Boundary: Odd, SampleRate: 100,
			Trend: ConstantTrend}.STFT(y11))
	})
	add("stft none", func() []jnp.Array {
		return three(Spectral{SegmentLength: 4, Overlap: new(1), Boundary: NoBoundary, Unpadded: true,
			Window: Boxcar}.STFT(y11))
	})
	add("stft even", func() []jnp.Array {
		return three(Spectral{SegmentLength: 4, Boundary: Even, FFTLength: 6, TwoSided: true}.STFT(y11))
	})
	add("stft const", func() []jnp.Array {
		return three(Spectral{SegmentLength: 4, Boundary: Constant}.STFT(beginning(both, 9), 0))
	})
	for name, w := range map[string]Window{"boxcar": Boxcar, "bartlett": Bartlett, "triang": Triangular, "hann": Hann,
		"hamming": Hamming, "blackman": Blackman, "blackmanharris": BlackmanHarris, "nuttall": Nuttall,
		"flattop": FlatTop, "cosine": Cosine, "bohman": Bohman, "parzen": Parzen, `("tukey", 0.3)`: Tukey(0.3),
		`("kaiser", 5)`: Kaiser(5), `("gaussian", 2)`: Gaussian(2)} {
		all["window "+name] = func() []jnp.Array { return two(GetWindow(w, 7), GetWindow(w, 6)) }
	}
}

// SciPy's figures are in testdata.
func TestSciPy(t *testing.T) {
	all := map[string]func() []jnp.Array{}
	convolutions(all)
	spectra(all)
	file, err := os.Open("testdata/scipy.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	seen := 0
	for lines := bufio.NewScanner(file); lines.Scan(); seen++ {
		name, wants, _ := strings.Cut(lines.Text(), " | ")
		f := all[strings.ReplaceAll(name, "'", `"`)]
		if f == nil {
			t.Errorf("%s: is not tried", name)
			continue
		}
		got := f()
		for i, want := range strings.Split(wants, "|") {
			if err := check(got[i], want); err != nil {
				t.Errorf("%s: result %d: %v", name, i, err)
			}
		}
	}
	if seen < len(all) {
		t.Errorf("testdata has figures of %d of %d cases", seen, len(all))
	}
}

// check compares x with a type and elements, relative to the largest.
func check(x jnp.Array, want string) error {
	typ, list, _ := strings.Cut(want, " ")
	if got := x.TraceValue().Aval().String(); got != typ {
		return fmt.Errorf("type %s, want %s", got, typ)
	}
	got := jnp.ToSlice[complex64](x.AsType(jnp.Complex64))
	largest, off := 1e-3, 0.0
	for i, s := range strings.Split(list, ",") {
		w, err := strconv.ParseComplex(s, 128)
		if err != nil {
			return err
		}
		largest, off = max(largest, cmplx.Abs(w)), max(off, cmplx.Abs(w-complex128(got[i])))
	}
	if !(off <= 2e-6*largest) {
		return fmt.Errorf("off by %g: %v\nwant %s", off, x, list)
	}
	return nil
}
