package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// Both searches end where the gradient is below 1e-6.
func TestGaussianProcess(t *testing.T) { showtest.Port(t, "gaussianprocess", run, 1e-7) }
