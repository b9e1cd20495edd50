package pjrt

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// quick has files count as settled at once.
func quick(t *testing.T) {
	before := settleTime
	settleTime = -time.Hour
	t.Cleanup(func() { settleTime = before })
}

// The hash is read from the file once, and again when the file changes.
func TestFileHash(t *testing.T) {
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	quick(t)
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
	}
	memo, key := hashMemo(path)
	if _, err := os.Stat(memo); err != nil {
		t.Error(err)
	}
	want, _ := readHash(path)
	st, _ := os.Stat(path)
	s, _ := stamp(path, st)
	fake := strings.Repeat("a", 64)
	for name, k := range map[string]struct {
		memo []byte
		want string
	}{
		"the user's own is believed":  {sealMemo(key, s, fake), fake},
		"of another key":              {sealMemo(flip(key, 1), s, fake), want},
		"without a key":               {sealMemo(nil, s, fake), want},
		"of another state":            {sealMemo(key, s+"0", fake), want},
		"as it was before keys":       {[]byte(fake + " " + s), want},
		"a seal moved to a fake hash": {[]byte(fake + string(sealMemo(key, s, want)[64:])), want},
		"empty":                       {nil, want},
	} {
		if err := os.WriteFile(memo, k.memo, 0o644); err != nil {
			t.Fatal(err)
		}
		hashes.Clear()
		if got, _ := fileHash(path); got != k.want {
			t.Errorf("%s: got %s, want %s", name, got, k.want)
		}
	}
	hashes.Clear()
}

// A file that was changed and given its size and times back is another file.
func TestFileHashNoticesChanges(t *testing.T) {
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	quick(t)
	path := filepath.Join(t.TempDir(), "x")
	when := time.Now().Add(-time.Hour)
	var got [2]string
	for i, text := range []string{"good", "evil"} {
		time.Sleep(30 * time.Millisecond) // the clock of the file system moves on
		if err := errors.Join(os.WriteFile(path, []byte(text), 0o644), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
		got[i], _ = fileHash(path)
	}
	if got[0] == got[1] || len(got[1]) != 64 {
		t.Errorf("both are %v", got)
	}
	// What changed within the clock's tick is not remembered at all.
	settleTime = time.Hour
	hashes.Clear()
	memo, _ := hashMemo(path)
	os.Remove(memo)
	if h, err := fileHash(path); h != got[1] || err != nil {
		t.Errorf("got %s, %v", h, err)
	}
	if _, err := os.Stat(memo); err == nil {
		t.Error("it was written down")
	}
	hashes.Range(func(k, v any) bool { t.Errorf("remembered: %v", k); return true })
}

// What is no file, or too large for a plugin, is refused at once.
func TestFileHashOfOddFiles(t *testing.T) {
	dir := t.TempDir()
	pipe, sparse := filepath.Join(dir, "pipe"), filepath.Join(dir, "sparse")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o644), os.WriteFile(sparse, nil, 0o644),
		os.Truncate(sparse, 200<<30)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{pipe: "not a file", sparse: "214.7 GB", dir: "not a file",
		"/dev/zero": "not a file"} {
		if _, err := fileHash(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}
