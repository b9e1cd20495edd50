package jit

import (
	"testing"

	"github.com/gojax/gojax/ops"
)

func TestScalarCacheReplaces(t *testing.T) {
	before := LiveBuffers()
	for i := range 5000 { // many more than the cache has places
		y := ops.Neg(lit(float64(i)))
		if got := host(y); got[0] != -float32(i) {
			t.Fatalf("-%d = %v", i, got)
		}
		Delete(y)
	}
	settled(t, before)
}
