package main

import (
	"math"
	"testing"
)

func TestAgree(t *testing.T) {
	want := [][]float64{{1, 2, 3}, {0, 1000}}
	if err := agree([][]float64{{1, 2, 3.0001}, {0.1, 1000}}, want, 1e-3); err != nil {
		t.Errorf("close results differ: %v", err)
	}
	for name, got := range map[string][][]float64{
		"an element": {{1, 2.1, 3}, {0, 1000}},
		"NaN":        {{1, math.NaN(), 3}, {0, 1000}},
		"a shape":    {{1, 2}, {0, 1000}},
		"a result":   {{1, 2, 3}},
	} {
		if agree(got, want, 1e-3) == nil {
			t.Errorf("%s that differs passes", name)
		}
	}
	if n := sample(1000); n != 1 {
		t.Errorf("of 1000 elements every %d-th is compared", n)
	}
	if n := sample(25 * million); 25*million/n > most {
		t.Errorf("of 25e6 elements every %d-th is compared, more than %d", n, most)
	}
}

func TestMoments(t *testing.T) {
	got := moments(nil, [][]float64{{1, 3, 1, 3}}, false)
	if err := agree(got, [][]float64{{2, 1}}, 1e-12); err != nil {
		t.Error(err)
	}
}
