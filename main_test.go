package gojax_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
)

// TestMain has four CPU devices or more, for meshes. The client counts them when it is opened.
func TestMain(m *testing.M) {
	if n, _ := strconv.Atoi(os.Getenv("GOJAX_NUM_CPU_DEVICES")); n < 4 {
		os.Setenv("GOJAX_NUM_CPU_DEVICES", "4")
	}
	leak.Main(m, gojax.LiveBuffers)
}
