package sharding

import (
	"fmt"
	"os"
	"testing"

	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// TestMain has eight devices; or it is one of the processes that
// TestProcesses starts.
func TestMain(m *testing.M) {
	os.Setenv("GOJAX_PLATFORM", "cpu")
	if os.Getenv(inProcesses) == "" {
		leak.Devices(8)
		leak.Main(m, jit.LiveBuffers)
	}
	if err := distributed.Init(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	OverProcesses = true
	leak.Main(m, jit.LiveBuffers, func() int { distributed.Shutdown(); return 0 })
}
