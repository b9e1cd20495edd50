package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// In float64 nothing is between the two but rounding.
func TestKalman(t *testing.T) { showtest.Port(t, "kalman", run, 1e-8) }
