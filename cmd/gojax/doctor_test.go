package main

import (
	"errors"
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
	for _, want := range []string{gojax.Version, "sha256  ", "pinned", "a tiny program is right", "platforms work",
		"cache  "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// What is odd about the settings and the cache folder is told, and nothing of the working folder is run.
func TestDoctorOnSettings(t *testing.T) {
	here, cache := t.TempDir(), t.TempDir()
	if err := errors.Join(os.WriteFile(filepath.Join(here, "pip.py"), []byte("open('ran', 'w')"), 0o644),
		os.Chmod(cache, 0o777)); err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	for k, v := range map[string]string{"GOJAX_PLATFROM": "cpu", "GOJAX_CACHE_DIR": cache, "PIP_INDEX_URL": "",
		"PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.DevNull, "UV_INDEX_URL": "", "UV_DEFAULT_INDEX": ""} {
		t.Setenv(k, v)
	}
	out, _, _ := gojaxRun(t, "doctor")
	for _, want := range []string{"GOJAX_PLATFROM is no setting", "which is not used", "chmod go-w " + cache,
		"GOJAX_CACHE_TRUST=1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if _, err := os.Stat("ran"); err == nil {
		t.Error("pip.py was run")
	}
	t.Setenv("PIP_INDEX_URL", "https://me:secret@index.example/simple")
	if out, _, _ := gojaxRun(t, "doctor"); !strings.Contains(out, "index     https://index.example/simple\n") {
		t.Errorf("got %s", out)
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
	if err == nil || !strings.Contains(err.Error(), "unset GOJAX_PJRT_PLUGIN="+fake) ||
		strings.Contains(err.Error()+out, "gojax install") || !strings.Contains(out, "not pinned") {
		t.Errorf("%v\n%s", err, out)
	}
}
