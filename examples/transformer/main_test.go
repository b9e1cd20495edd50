package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// Both are float32, and 250 steps of Adam add up rounding; the letters and the size are the same.
func TestTransformer(t *testing.T) { showtest.Port(t, "transformer", run, 1e-3) }
