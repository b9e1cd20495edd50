package faults

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/special"
)

// counts are calls that take a number of elements, parts or steps. From 1<<40 on, all of those in refused must be
// refused; the others may make something of it. None may end the process or hang.
var refused = map[string]func(x arr, n int){
	"fft.FFTFreq":         func(_ arr, n int) { fft.FFTFreq(n) },
	"fft.RFFTFreq":        func(_ arr, n int) { fft.RFFTFreq(n) },
	"fft.FFT":             func(x arr, n int) { fft.Options{N: n}.FFT(x) },
	"jnp.Hanning":         func(_ arr, n int) { jnp.Hanning(n) },
	"jnp.Hamming":         func(_ arr, n int) { jnp.Hamming(n) },
	"jnp.Blackman":        func(_ arr, n int) { jnp.Blackman(n) },
	"jnp.Bartlett":        func(_ arr, n int) { jnp.Bartlett(n) },
	"jnp.Kaiser":          func(_ arr, n int) { jnp.Kaiser(n, 8.6) },
	"jnp.ArraySplit":      func(x arr, n int) { jnp.ArraySplit(x, n) },
	"jnp.Split":           func(x arr, n int) { jnp.Split(x, n) },
	"jnp.TrilIndices":     func(_ arr, n int) { jnp.TrilIndices(n) },
	"jnp.TriuIndices":     func(_ arr, n int) { jnp.TriuIndices(1, n) },
	"jnp.DiagIndices":     func(_ arr, n int) { jnp.DiagIndices(2, n) },
	"jnp.Eye":             func(_ arr, n int) { jnp.Eye(n) },
	"jnp.Tri":             func(_ arr, n int) { jnp.Tri(n) },
	"jnp.LinSpace":        func(_ arr, n int) { jnp.LinSpace(0, 1, n) },
	"jnp.Arange":          func(_ arr, n int) { jnp.Arange(n) },
	"jnp.Repeat":          func(x arr, n int) { jnp.Repeat(x, n) },
	"jnp.Tile":            func(x arr, n int) { jnp.Tile(x, n) },
	"jnp.Pad":             func(x arr, n int) { jnp.Pad(x, [2]int{0, n}) },
	"jnp.Vander":          func(x arr, n int) { jnp.Vander(x, n) },
	"jnp.PolyInt":         func(x arr, n int) { jnp.PolyInt(x, n) },
	"jnp.AsArray":         func(_ arr, n int) { jnp.Creation{NDMin: n}.AsArray(1) },
	"jnp.Histogram":       func(x arr, n int) { jnp.Histograms{Bins: n}.Histogram(x) },
	"jnp.BinCount":        func(_ arr, n int) { jnp.Counting{Length: n}.BinCount(jnp.Arange(3)) },
	"jnp.Nonzero":         func(x arr, n int) { jnp.Sized{Size: n}.Nonzero(x) },
	"jnp.Repetition":      func(x arr, n int) { jnp.Repetition{Total: n}.Repeat(x, 1) },
	"jnp.SegmentSum":      func(x arr, n int) { jnp.SegmentSum(x, []int{0, 1, 2}, n) },
	"jnp.Unstack":         func(_ arr, n int) { jnp.Unstack(jnp.Zeros(n, 0)) },
	"jnp.Delete":          func(_ arr, n int) { jnp.Delete(jnp.Zeros(n, 0), 1, 0) },
	"lax.BroadcastToRank": func(x arr, n int) { lax.BroadcastToRank(x, n) },
	"lax.Iota":            func(_ arr, n int) { lax.Iota(jnp.Float32, []int{n}, 0) },
	"lax.Scan": func(x arr, n int) {
		lax.Scan(func(c, _ arr) (arr, arr) { return c, c }, x, arr{}, lax.ScanOptions{Length: n})
	},
	"random.Normal":      func(_ arr, n int) { random.Normal(random.Key(0), n) },
	"random.Split":       func(_ arr, n int) { random.Split(random.Key(0), n) },
	"random.Permutation": func(_ arr, n int) { random.Permutation(random.Key(0), n) },
	"MultiGammaLn":       func(x arr, n int) { special.MultiGammaLn(x, n) },
}

var counted = map[string]func(x arr, n int){
	"jnp.Diff":             func(x arr, n int) { jnp.Differences{N: n}.Diff(x) },
	"jnp.PolyDer":          func(x arr, n int) { jnp.PolyDer(x, n) },
	"jnp.Roll":             func(x arr, n int) { jnp.Roll(x, n) },
	"jnp.Rot90":            func(x arr, n int) { jnp.Rot90(x.Reshape(1, 3), n) },
	"jnp.Tril":             func(x arr, n int) { jnp.Tril(x.Reshape(1, 3), n) },
	"jnp.Diag":             func(x arr, n int) { jnp.Diag(x, n) },
	"jnp.Round":            func(x arr, n int) { jnp.Round(x, n) },
	"jnp.Unique":           func(x arr, n int) { jnp.Uniqueness{Size: n}.Unique(x) },
	"jnp.Index":            func(x arr, n int) { x.Index(jnp.S(n, -n, max(n, 1))) },
	"jnp.Take":             func(x arr, n int) { x.Take(n) },
	"jnp.Insert":           func(x arr, n int) { jnp.Insert(x, n, 1) },
	"jnp.Delete, position": func(x arr, n int) { jnp.Delete(x, n) },
	"linalg.MatrixPower":   func(x arr, n int) { linalg.MatrixPower(jnp.Eye(2), n) },
	"lax.ForiLoop, unused": func(x arr, n int) {
		gojax.MakeProgram(func(x arr) arr { return lax.ForiLoop(0, n, func(_, c arr) arr { return c }, x) })(x)
	},
	"lax.Scan, unrolled": func(x arr, n int) {
		lax.Scan(func(c, x arr) (arr, arr) { return c, x }, x, jnp.Zeros(5), lax.ScanOptions{Unroll: n})
	},
	"lax.TopK":            func(x arr, n int) { lax.TopK(x, n) },
	"lax.IntegerPow":      func(x arr, n int) { lax.IntegerPow(x, n) },
	"lax.ReducePrecision": func(x arr, n int) { lax.ReducePrecision(x, n, n) },
	"special.BesselJn":    func(x arr, n int) { special.BesselJn(x, n) },
	"special.Bernoulli":   func(_ arr, n int) { special.Bernoulli(n) },
	"special.Lpmn":        func(x arr, n int) { special.LpmnValues(n, n, x, false) },
	"String": func(x arr, n int) {
		defer jnp.SetPrintOptions(jnp.GetPrintOptions())
		jnp.SetPrintOptions(jnp.PrintOptions{Precision: n, EdgeItems: n, LineWidth: n, Threshold: n})
		_ = x.Div(3).String()
	},
	"random.Choice": func(_ arr, n int) { random.Choice(random.Key(0), n, 2) },
	"random.FoldIn": func(_ arr, n int) { random.FoldIn(random.Key(0), n) },
	"Reshape":       func(x arr, n int) { x.Reshape(-1, n) },
	"Vmap axis":     func(x arr, n int) { gojax.Vmap(func(x arr) arr { return x }, gojax.InAxes(n))(x) },
	"Vmap axis size": func(x arr, n int) {
		gojax.Vmap(func(x arr) arr { return x.Add(1) }, gojax.InAxes(nil), gojax.AxisSize(n))(x)
	},
}

func TestCounts(t *testing.T) {
	child(t, limits{}, func(t *testing.T) {
		x := jnp.Ones(3)
		for _, n := range []int{1 << 40, 1 << 50, 1<<62 + 1, math.MaxInt} {
			for name, f := range refused {
				refuses(t, fmt.Sprintf("%s of %d", name, n), func() { f(x, n) })
			}
		}
		for _, n := range []int{1 << 40, math.MaxInt, -1, math.MinInt} {
			for name, f := range counted {
				survives(t, fmt.Sprintf("%s of %d", name, n), func() { f(x, n) })
			}
		}
		for _, n := range []int{-1, -1 << 40, math.MinInt} {
			for name, f := range refused {
				survives(t, fmt.Sprintf("%s of %d", name, n), func() { f(x, n) })
			}
		}
	})
}

// survives runs f, which may fail with an *Error and in no other way.
func survives(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panics with %v", name, r)
		}
	}()
	if err := gojax.Try(f); err != nil && !errors.As(err, new(*gojax.Error)) {
		t.Errorf("%s: %v", name, err)
	}
}
