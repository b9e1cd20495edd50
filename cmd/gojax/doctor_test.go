package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax"
)

func TestDoctor(t *testing.T) {
	out, _, err := gojaxRun(t, "doctor")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{gojax.Version, "sha256  ", "a tiny program is right", "platforms work", "cache  "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// A plugin that is not one must be reported, for each platform, and not take the doctor down.
func TestDoctorFindsNothingThatWorks(t *testing.T) {
	fake := filepath.Join(t.TempDir(), "plugin.so")
	if err := os.WriteFile(fake, []byte("\x7fELF but nothing more"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOJAX_PJRT_PLUGIN", fake)
	out, _, err := gojaxRun(t, "doctor")
	if err == nil || !strings.Contains(err.Error(), "gojax install") || !strings.Contains(out, fake) {
		t.Errorf("%v\n%s", err, out)
	}
}
