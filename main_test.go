package gojax_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
)

// TestMain has four CPU devices or more, for meshes.
func TestMain(m *testing.M) {
	leak.Devices(4)
	leak.Main(m, gojax.LiveBuffers)
}
