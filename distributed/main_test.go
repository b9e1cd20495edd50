package distributed_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// part is the environment variable that has the test's program be one of the processes of a job, and do that part.
const part = "GOJAX_TEST_PART"

func TestMain(m *testing.M) {
	name := os.Getenv(part)
	if name == "" {
		leak.Main(m, jit.LiveBuffers)
	}
	f := parts[name]
	if f == nil {
		fmt.Println("no part is called", name)
		os.Exit(3)
	}
	f()
}
