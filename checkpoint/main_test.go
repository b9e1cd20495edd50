package checkpoint_test

import (
	"os"
	"testing"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// childEnv names, in a process that a test started, what that is to do.
const childEnv = "GOJAX_TEST_CHILD"

func TestMain(m *testing.M) {
	if f := children[os.Getenv(childEnv)]; f != nil {
		f(os.Getenv(childEnv + "_DIR"))
		os.Exit(0)
	}
	leak.Main(m, jit.LiveBuffers)
}
