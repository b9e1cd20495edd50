package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets this test binary be the process that doctor examines a platform in.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == doctorOne {
		if err := examine(os.Args[2:], os.Stdout); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func gojaxRun(t *testing.T, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, diagnostics strings.Builder
	err = run(context.Background(), args, &out, &diagnostics)
	return out.String(), diagnostics.String(), err
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "usage: gojax"},
		{[]string{"frobnicate"}, `no command "frobnicate"`},
		{[]string{"install", "tpu"}, `["cpu" "cuda"], got ["tpu"]`},
		{[]string{"install", "cpu", "cuda"}, `got ["cpu" "cuda"]`},
		{[]string{"-nosuch"}, "usage: gojax"},
	} {
		_, diagnostics, err := gojaxRun(t, c.args...)
		if !errors.Is(err, errUsage) || !strings.Contains(diagnostics, c.want) {
			t.Errorf("%q: %v, %q; want a usage error with %q", c.args, err, diagnostics, c.want)
		}
	}
	if _, diagnostics, err := gojaxRun(t, "-h"); err != nil || !strings.Contains(diagnostics, "doctor") {
		t.Errorf("-h: %v, %q", err, diagnostics)
	}
}

func TestDevices(t *testing.T) {
	out, _, err := gojaxRun(t, "devices")
	if err != nil || !strings.Contains(out, "cpu:0") && !strings.Contains(out, "cuda:0") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestDoctor(t *testing.T) {
	out, _, err := gojaxRun(t, "doctor")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"sha256  ", "a tiny program is right", "platforms work", "cache  "} {
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
