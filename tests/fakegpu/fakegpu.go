// Package fakegpu makes a PJRT plugin for GPUs that are not there, for tests of what is done before anything is
// computed.
package fakegpu

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Build compiles the plugin and returns its path, whose name tells that it is for CUDA. The test is skipped without a
// C compiler of its own.
func Build(t testing.TB) string {
	t.Helper()
	_, self, _, _ := runtime.Caller(0)
	here := filepath.Dir(self)
	cc := os.Getenv("CC")
	if cc == "" {
		cc = "cc"
	}
	lib := filepath.Join(t.TempDir(), "cuda.so")
	headers := filepath.Join(here, "..", "..", "backend", "pjrt")
	out, err := exec.Command(cc, "-shared", "-fPIC", "-pthread", "-I", headers, "-o", lib,
		filepath.Join(here, "testdata", "plugin.c")).CombinedOutput()
	if err != nil {
		t.Skipf("no plugin can be compiled: %v: %s", err, out)
	}
	return lib
}
