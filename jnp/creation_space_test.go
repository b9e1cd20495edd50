package jnp_test

import (
	"math"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestCreationSpaceErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { LinSpace(0, 1, -1) }, []string{"jnp.LinSpace", "negative"}},
	})
}

func TestSpacings(t *testing.T) {
	x, step := Space{}.LinSpaceStep(0, 2, 5)
	if step.Item() != 0.5 || x.Size() != 5 {
		t.Errorf("step is %v", step)
	}
	if _, step = (Space{}).LinSpaceStep(0, 2, 1); !math.IsNaN(step.Item()) {
		t.Errorf("step of one number is %v", step)
	}
	for i, got := range ToSlice[float32](GeomSpace(1, 1000, 4)) {
		if want := math.Pow(10, float64(i)); !sameFloat(float64(got), want, 1e-6) {
			t.Errorf("GeomSpace %d is %v, want %v", i, got, want)
		}
	}
	// Both ends are met whatever the rounding.
	y := ToSlice[float32](LinSpace(float32(0.1), float32(0.7), 77))
	if y[0] != 0.1 || y[76] != 0.7 {
		t.Errorf("ends are %v and %v", y[0], y[76])
	}
}
