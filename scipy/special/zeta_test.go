package special_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

func TestBernoulli(t *testing.T) {
	b := jnp.ToSlice[float64](special.Bernoulli(60))
	for n, want := range map[int]float64{0: 1, 1: -0.5, 2: 1. / 6, 3: 0, 4: -1. / 30, 10: 5. / 66,
		20: -529.12424242424242424,
		30: 601580873.90064236838, 60: -2.1399949257225333666e34} {
		if math.Abs(b[n]-want) > 1e-14*math.Abs(want) {
			t.Errorf("Bernoulli's number %d is %v, want %v", n, b[n], want)
		}
	}
}
