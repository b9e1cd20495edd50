package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// The fit ends where the gradient is below 1e-4, the equations are solved to 1e-8.
func TestLotkaVolterra(t *testing.T) { showtest.Port(t, "lotkavolterra", run, 1e-5) }
