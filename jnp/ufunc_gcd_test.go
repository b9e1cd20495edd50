package jnp_test

import (
	"slices"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestGCD(t *testing.T) {
	x, y := FromSlice([]int8{12, -18, 0, 0, -128, 7, -128}), FromSlice([]int8{8, 12, 5, 0, 3, -7, 64})
	if got := ToSlice[int8](GCD(x, y)); !slices.Equal(got, []int8{4, 6, 5, 0, 1, 7, 64}) {
		t.Errorf("GCD is %v", got)
	}
	a, b := FromSlice([]int32{4, -6, 0, 21}), FromSlice([]int32{10, 4, 5, 6})
	if got := ToSlice[int32](LCM(a, b)); !slices.Equal(got, []int32{20, 12, 0, 42}) {
		t.Errorf("LCM is %v", got)
	}
}
