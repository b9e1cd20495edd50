package jsonl

import (
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := Folder(dir, nil); err == nil || !strings.Contains(err.Error(), "no .jsonl") {
		t.Errorf("an empty folder: %v", err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("3\n\n4"))
	z.Close()
	for name, text := range map[string]string{"b.jsonl": "1\n2\n", "a.jsonl.gz": packed.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := ""
	if err := Folder(dir, func(name string, line []byte) error {
		got += name + strings.TrimSpace(string(line)) + " "
		return nil
	}); err != nil || got != "a3 a4 b1 b2 " {
		t.Errorf("read %q: %v", got, err)
	}
	bad := errors.New("bad")
	err := Folder(dir, func(name string, line []byte) error {
		if line[0] == '2' {
			return bad
		}
		return nil
	})
	if !errors.Is(err, bad) || !strings.Contains(err.Error(), "b.jsonl: line 2") {
		t.Errorf("the error of line 2: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "c.jsonl.gz"), []byte("plain"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Folder(dir, func(string, []byte) error { return nil }); err == nil ||
		!strings.Contains(err.Error(), "c.jsonl.gz") {
		t.Errorf("a file that is not compressed: %v", err)
	}
}
