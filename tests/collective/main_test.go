package collective_test

import (
	"os"
	"testing"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	os.Setenv("GOJAX_NUM_CPU_DEVICES", "8") // read when the first array is made
	leak.Main(m, jit.LiveBuffers)
}
