package kit_test

import (
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	kit.SetNarrowing(kit.NarrowSilent)
	leak.Main(m, jit.LiveBuffers)
}
