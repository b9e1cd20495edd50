package kit_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) {
	kit.SetNarrowing(kit.NarrowSilent)
	leak.Main(m, jit.LiveBuffers)
}

// refused checks that f fails with an error that has the words want.
func refused(t *testing.T, f func(), want ...string) {
	t.Helper()
	err := trace.Try(f)
	if err == nil {
		t.Errorf("no error; want %q", want)
		return
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%v\n\twant %q in it", err, w)
		}
	}
}
