package pjrt

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The hash is read from the file once, and again when the file changes.
func TestFileHash(t *testing.T) {
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	path := filepath.Join(t.TempDir(), "x")
	for _, text := range []string{"one", "three"} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		want, _ := readHash(path)
		for range 2 {
			hashes.Clear() // as a new process would
			if got, err := fileHash(path); err != nil || got != want {
				t.Errorf("%s: got %s, want %s, %v", text, got, want, err)
			}
		}
		if _, err := os.Stat(hashMemo(path)); err != nil {
			t.Error(err)
		}
	}
	// What is written down is believed without reading the file.
	s, _ := stamp(path)
	fake := strings.Repeat("a", 64)
	if err := os.WriteFile(hashMemo(path), []byte(fake+" "+s), 0o644); err != nil {
		t.Fatal(err)
	}
	hashes.Clear()
	if got, _ := fileHash(path); got != fake {
		t.Error("the file was read again")
	}
	hashes.Clear()
}
