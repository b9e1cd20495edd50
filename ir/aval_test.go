package ir

import (
	"math"
	"testing"
)

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		shape []int
		size  int
	}{{nil, 1}, {[]int{3, 4}, 12}, {[]int{0, math.MaxInt}, -1}, {[]int{math.MaxInt, 2}, -1},
		{[]int{1 << 40, 1 << 40, 0}, -1}, {[]int{0, 1 << 62}, 0}} {
		if got := SizeOf(c.shape); got != c.size {
			t.Errorf("SizeOf(%v) = %d, want %d", c.shape, got, c.size)
		}
	}
	if b := (Aval{Shape: []int{1 << 61}, DType: Float64}).Bytes(); b != -1 {
		t.Errorf("2^61 float64 take %d bytes", b)
	}
}
