package pjrt

import (
	"runtime"
	"strings"
	"testing"
)

func TestMachine(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc")
	}
	a, m := availableMemory(), machineMemory()
	if m < 1<<28 || a <= 0 || a > m {
		t.Errorf("%d of %d bytes", a, m)
	}
	if p := processor(); !strings.Contains(p, runtime.GOARCH+"\n") {
		t.Errorf("processor %q", p)
	}
	for n, want := range map[int64]string{12: "12 bytes", 1500: "1.5 kB", 4398046511104: "4.4 TB"} {
		if got := bytesText(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
