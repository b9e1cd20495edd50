package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func writing(text string) func(f *os.File) error {
	return func(f *os.File) error {
		_, err := f.WriteString(text)
		return err
	}
}

// has fails t unless the file at path has the text, and nothing is left in its folder but what is named.
func has(t *testing.T, path, text string, names ...string) {
	t.Helper()
	if b, err := os.ReadFile(path); err != nil || string(b) != text {
		t.Errorf("%s has %q, %v", path, b, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != len(names) {
		t.Errorf("left: %v, %v, want %q", left, err, names)
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := Replace(path, writing("old")); err != nil {
		t.Fatal(err)
	}
	has(t, path, "old", "a")
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := Replace(path, writing("new")); err != nil {
		t.Fatal(err)
	}
	has(t, path, "new", "a")
	if st, err := os.Stat(path); err != nil || st.Mode() != 0o640 {
		t.Errorf("its mode is %v, %v", st.Mode(), err)
	}
	bad := errors.New("bad")
	if err := Replace(path, func(f *os.File) error {
		return errors.Join(writing("half")(f), bad)
	}); !errors.Is(err, bad) {
		t.Errorf("an error of write: %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = Replace(path, func(*os.File) error { panic("worse") })
	}()
	has(t, path, "new", "a")
	link := filepath.Join(dir, "link")
	if err := os.Symlink("a", link); err != nil {
		t.Fatal(err)
	}
	if err := Replace(link, writing("by link")); err != nil {
		t.Error(err)
	}
	has(t, path, "by link", "a", "link")
	if st, err := os.Lstat(link); err != nil || st.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link is %v, %v", st.Mode(), err)
	}
	if err := Replace(os.DevNull, writing("gone")); err != nil {
		t.Errorf("a device: %v", err)
	}
	if st, err := os.Stat(os.DevNull); err != nil || st.Mode().IsRegular() {
		t.Errorf("the device is %v, %v", st.Mode(), err)
	}
	f, err := os.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := os.Stat("/proc/self/fd"); err == nil {
		if err := Replace(fmt.Sprintf("/proc/self/fd/%d", f.Fd()), writing(", added")); err != nil {
			t.Errorf("an open file: %v", err)
		}
		has(t, path, "by link, added", "a", "link")
	}
	if err := Replace(dir, writing("")); err == nil || !strings.Contains(err.Error(), "directory") {
		t.Errorf("a folder: %v", err)
	}
	if err := Replace(filepath.Join(dir, "none", "a"), writing("")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// Sweep takes what nobody writes any more, and nothing else; who writes at that time is not disturbed.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	dead := filepath.Join(dir, tmpPrefix+"dead"+tmpSuffix)
	for _, name := range []string{dead, filepath.Join(dir, "a.tmp"), filepath.Join(dir, tmpPrefix+"a")} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "a")
	if err := Replace(path, func(f *os.File) error {
		Sweep(dir)
		if _, err := os.Stat(f.Name()); err != nil {
			t.Errorf("what is being written is gone: %v", err)
		}
		return writing("kept")(f)
	}); err != nil {
		t.Error(err)
	}
	has(t, path, "kept", "a", "a.tmp", tmpPrefix+"a")
	Sweep(filepath.Join(dir, "none"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 50 {
				if err := Replace(path, writing("many")); err != nil {
					t.Error(err)
				}
				Sweep(dir)
			}
		})
	}
	wg.Wait()
	has(t, path, "many", "a", "a.tmp", tmpPrefix+"a")
}
