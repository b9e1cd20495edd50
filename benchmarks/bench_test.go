package main

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// BenchmarkCalls are the rows of single calls.
func BenchmarkCalls(b *testing.B) {
	for _, r := range dispatchRows {
		b.Run(r.name, func(b *testing.B) {
			f := r.setup()
			f(1)
			b.ReportAllocs()
			b.ResetTimer()
			f(b.N)
		})
	}
}

// TestRows runs the rows that check themselves, and sees that no row is without a name or a way to be run.
func TestRows(t *testing.T) {
	for _, r := range rows() {
		known := func(w *work) bool { return jitted[w.kind] != nil || draws[w.kind] != nil }
		if r.name == "" || (r.run == nil) == (r.work == nil) || r.work != nil && !known(r.work) {
			t.Errorf("row %+v is incomplete", r)
		}
	}
	for name, f := range map[string]func() (float64, error){"recompilations": recompilations,
		"goroutines": goroutines} {
		if v, err := f(); err != nil || v != 0 {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
	if v, err := cached(); err != nil || v <= 1 {
		t.Errorf("a program from the disk cache comes %v times as fast as compiled, %v", v, err)
	}
}

// The hand-written StableHLO computes what the Go functions do: else their ratio says nothing.
func TestHandWrittenProgramsAgree(t *testing.T) {
	for _, c := range []struct {
		name, text string
		f          func(jnp.Array) jnp.Array
		shape      []int
	}{{"expSin", expSinText, expSin, []int{1000}}, {"standardize", standardizeText, columns(), []int{50, 50}}} {
		x := random.Normal(random.Key(1), c.shape...)
		want := jnp.ToSlice[float32](c.f(x))
		got := jnp.ToSlice[float32](byHand(x, c.text))
		for i := range want {
			if d := want[i] - got[i]; d > 1e-5 || d < -1e-5 {
				t.Fatalf("%s: element %d is %v, by hand %v", c.name, i, want[i], got[i])
			}
		}
	}
}
