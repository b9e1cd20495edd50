package main

import (
	"testing"

	"github.com/gojax/gojax/examples/internal/showtest"
)

// The posterior is log-concave and the trajectories are short: rounding fades, and decides no draw.
func TestHMC(t *testing.T) { showtest.Port(t, "hmc", run, 1e-7) }
