package collective_test

import (
	"testing"

	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	leak.Devices(8)
	leak.Main(m, jit.LiveBuffers)
}
