// Package faults tries what could kill the process, hang it or run strangers' code: sizes and depths that nobody means,
// files that lie, callbacks without end, folders of other people. What is asked is an error with its reason, or a right
// result. Trials run in processes of their own, under limits, so that they are safe to run anywhere.
package faults

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/leak"
)

// childEnv names, in a process that child started, the test that it is to run.
const childEnv = "GOJAX_TEST_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(m.Run())
	}
	leak.Main(m, gojax.LiveBuffers)
}

// limits are what a child may use, and how it is started. Zero values are the defaults.
type limits struct {
	time   time.Duration // on the clock; 2 minutes
	memory uint64        // writable memory, in bytes; 3 GiB. Less asks for a real limit: see limited
	env    []string      // added to this process's
	dir    string        // the working folder; this process's
	stdin  *os.File      // nil is the null device
	exit   int           // the exit status that is wanted
}

// child runs f in a process of its own, which is this test binary once more, and returns there; here it gives what
// that process printed. The test fails where it crashes, hangs or reports an error. A test calls child once, and what
// f says by Error is its failure:
//
//	out := child(t, limits{}, func(t *testing.T) { ... })
func child(t *testing.T, l limits, f func(t *testing.T)) (out string) {
	t.Helper()
	if !limited && l.memory != 0 && l.memory < 3<<30 {
		t.Skip("nothing limits memory here")
	}
	if os.Getenv(childEnv) == t.Name() {
		limitMemory(t, cmp.Or(l.memory, 3<<30))
		f(t)
		t.SkipNow() // what comes after is for the parent
	}
	var run strings.Builder
	for i, part := range strings.Split(t.Name(), "/") {
		if i > 0 {
			run.WriteByte('/')
		}
		run.WriteString("^" + regexp.QuoteMeta(part) + "$")
	}
	ctx, cancel := context.WithTimeout(t.Context(), cmp.Or(l.time, 2*time.Minute))
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], "-test.run="+run.String(), "-test.timeout=0")
	// The race detector waits a second at the end of each process, if it is not told otherwise. A child that is killed
	// leaves its temporary folders.
	c.Env = append(append(os.Environ(), l.env...), childEnv+"="+t.Name(), "GORACE=atexit_sleep_ms=0",
		"TMPDIR="+t.TempDir())
	c.Dir, c.WaitDelay = l.dir, time.Second
	if l.stdin != nil {
		c.Stdin = l.stdin
	}
	var b bytes.Buffer
	c.Stdout, c.Stderr = &b, &b
	err := c.Run()
	out = b.String()
	status := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		status = exit.ExitCode()
	} else if err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	switch {
	case ctx.Err() != nil:
		t.Fatalf("it hangs\n%s", clip(out))
	case status != l.exit:
		t.Fatalf("it ends with %v, want exit status %d\n%s", err, l.exit, clip(out))
	}
	return out
}

// clip is the beginning and the end of what a child printed.
func clip(s string) string {
	const most = 6000
	if len(s) <= 2*most {
		return s
	}
	return s[:most] + "\n...\n" + s[len(s)-most:]
}
