package main

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// The hand-written StableHLO computes what the Go functions do: else their ratio says nothing.
func TestHandWrittenProgramsAgree(t *testing.T) {
	for _, c := range []struct {
		name, text string
		f          func(jnp.Array) jnp.Array
		shape      []int
	}{{"expSin", expSinText, expSin, []int{1000}},
		{"standardize", standardizeText, columns(standardize), []int{50, 50}}} {
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
