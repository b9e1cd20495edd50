package pjrt

import (
	"runtime"
	"testing"
)

func TestMemoryMaps(t *testing.T) {
	used, most := MemoryMaps()
	if runtime.GOOS == "linux" && (used < 5 || most < used) {
		t.Errorf("%d of %d", used, most)
	}
}
