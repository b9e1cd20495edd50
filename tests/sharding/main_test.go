package sharding

import (
	"os"
	"testing"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain has eight devices, which the client counts when it is opened.
func TestMain(m *testing.M) {
	os.Setenv("GOJAX_PLATFORM", "cpu")
	os.Setenv("GOJAX_NUM_CPU_DEVICES", "8")
	leak.Main(m, jit.LiveBuffers)
}
