package main

import (
	"context"
	"errors"
	"os"
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
		{[]string{"install", "tpu"}, `got ["tpu"]`},
		{[]string{"install", "cpu", "cuda"}, `got ["cpu" "cuda"]`},
		{[]string{"-nosuch"}, "usage: gojax"},
		{[]string{"find"}, "usage: gojax find"},
		{[]string{"find", "-nosuch", "sum"}, "usage: gojax find"},
	} {
		_, diagnostics, err := gojaxRun(t, c.args...)
		if !errors.Is(err, errUsage) || !strings.Contains(diagnostics, c.want) {
			t.Errorf("%q: %v, %q; want a usage error with %q", c.args, err, diagnostics, c.want)
		}
	}
	for _, args := range [][]string{{"-h"}, {"find", "-h"}} {
		if _, diagnostics, err := gojaxRun(t, args...); err != nil || !strings.Contains(diagnostics, "find") {
			t.Errorf("%q: %v, %q", args, err, diagnostics)
		}
	}
}
