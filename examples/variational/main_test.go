package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// Both are float32, and 1000 steps of Adam add up rounding.
func TestVariational(t *testing.T) { showtest.Port(t, "variational", run, 1e-4) }
