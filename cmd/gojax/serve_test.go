package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindServer(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	t.Setenv("PATH", other)
	var said bytes.Buffer
	find := func() (string, error) { return findServer(context.Background(), dir, "", &said) }
	if _, err := find(); err == nil || !strings.Contains(err.Error(), "go install "+serverPackage) {
		t.Error(err)
	}
	for _, d := range []string{other, dir} { // beside comes before PATH
		path := filepath.Join(d, serverName)
		if err := os.WriteFile(path, nil, 0o700); err != nil {
			t.Fatal(err)
		}
		if got, err := find(); err != nil || got != path {
			t.Error(got, err)
		}
	}
}

// A clone has the server's source, from which it is built.
func TestBuildServer(t *testing.T) {
	root := clone()
	if root == "" {
		t.Skip("the tests were compiled without the places of their sources")
	}
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	path, err := findServer(context.Background(), t.TempDir(), root, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(path, "-h").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "usage: gojax serve") {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := exec.Command(path).CombinedOutput(); err == nil || !strings.Contains(string(out), "batch-wait") {
		t.Errorf("%v: %s", err, out)
	}
}
