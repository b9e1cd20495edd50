package expr

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }
