package signal_test

import (
	"fmt"
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/signal"
)

// A tone of 50 Hz, sampled 400 times a second.
func ExampleWelch() {
	x := jnp.Sin(jnp.Arange(2048).Mul(2 * math.Pi * 50 / 400))
	o := signal.Spectral{SampleRate: 400, SegmentLength: 128, Scaling: signal.Spectrum}
	f, p := o.Welch(x)
	peak := jnp.ArgMax(p)
	fmt.Println(jnp.Take(f, peak), jnp.Take(p, peak).Round(3)) // the power of a sine of amplitude 1
	_, density := signal.Welch(x)
	fmt.Println(density.Shape())
	// Output:
	// 50.0 0.5
	// [129]
}

// The phase between two signals of one frequency.
func ExampleCSD() {
	t := jnp.Arange(1024).Mul(2 * math.Pi / 8)
	x, y := jnp.Sin(t), jnp.Sin(t.Sub(math.Pi/4))
	f, p := signal.CSD(x, y)
	at := jnp.ArgMax(p.Abs())
	fmt.Println(jnp.Take(f, at), jnp.Angle(jnp.Take(p, at)).Round(2))
	_, segments := signal.Spectral{SegmentLength: 64}.CSD(x, y)
	fmt.Println(segments.Shape())
	// Output:
	// 0.125 -0.79
	// [33]
}

// A signal is taken apart, and put together again.
func ExampleSTFT() {
	x := jnp.FromSlice([]float32{1, 2, 3, 2, 1, 0, 1, 2})
	o := signal.Spectral{SegmentLength: 4}
	f, t, z := o.STFT(x)
	fmt.Println(f, t, z.Shape())
	_, back := o.ISTFT(z)
	fmt.Println(back.Round(3))
	_, _, z = signal.STFT(x)
	_, back = signal.ISTFT(z)
	fmt.Println(back.Round(3))
	// Output:
	// [0.   0.25 0.5 ] [0. 2. 4. 6. 8.] [3 5]
	// [1. 2. 3. 2. 1. 0. 1. 2.]
	// [1. 2. 3. 2. 1. 0. 1. 2.]
}
