//go:build linux && !race

package faults

import (
	"syscall"
	"testing"
)

// limited says whether a child is held to its limit of memory; trials that need that are skipped where it is not.
const limited = true

// limitMemory bounds this process's private writable memory: what it asks for beyond fails, instead of taking the
// machine's. Address space that is only reserved, of which Go and XLA have much, is not counted.
func limitMemory(t *testing.T, bytes uint64) {
	l := syscall.Rlimit{Cur: bytes, Max: bytes}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &l); err != nil {
		t.Fatal(err)
	}
}
