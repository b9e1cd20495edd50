package pjrt

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// safeBase is a folder that nobody else can put anything into, as those for tests in /tmp are.
func safeBase(t *testing.T) string {
	t.Helper()
	base := t.TempDir()
	if err := safe(base, base); err != nil {
		t.Skip("the folder for temporary files is not safe here: ", err)
	}
	return base
}

func TestSafe(t *testing.T) {
	base := safeBase(t)
	at := func(names ...string) string { return filepath.Join(append([]string{base}, names...)...) }
	folder := func(mode os.FileMode, names ...string) {
		if err := errors.Join(os.MkdirAll(at(names...), 0o755), os.Chmod(at(names...), mode)); err != nil {
			t.Fatal(err)
		}
	}
	link := func(target, name string) {
		if err := os.Symlink(target, at(name)); err != nil {
			t.Fatal(err)
		}
	}
	folder(0o755, "mine", "cache")
	folder(0o777, "open")
	folder(0o755, "open", "below")
	folder(0o777|os.ModeSticky, "sticky")
	folder(0o700, "sticky", "mine")
	folder(0o775, "group")
	folder(0o757, "others")
	link("mine", "to-mine")
	link("open", "to-open")
	link("mine/../to-mine/./cache", "around")
	link("../"+filepath.Base(base)+"/open/below", "up")
	link(at("loop"), "loop")
	for path, want := range map[string]string{
		"mine/cache":     "",
		"mine/new/newer": "",
		"to-mine/cache":  "",
		"around":         "",
		"sticky/mine":    "",
		"sticky":         "it can be",
		"sticky/new":     "",
		"open":           "open is run as your code, and it can be",
		"open/below":     "open, on the way to it,",
		"open/new":       "open, on the way to it,",
		"to-open/below":  "open, on the way to it,",
		"up":             "open, on the way to it,",
		"group":          "it can be",
		"others":         "it can be",
		"others/new":     "others, on the way to it,",
		"loop":           "too many links",
	} {
		err := safe(at(path), at(path))
		if want == "" {
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
			continue
		}
		wantErr(t, err, ErrUntrusted, want)
		if want != "too many links" {
			wantErr(t, err, ErrUntrusted, "others", "chmod go-w", "GOJAX_CACHE_DIR", "GOJAX_CACHE_TRUST=1")
		}
	}
	// What is within the folder is held to the same.
	folder(0o755, "mine", "cache", "programs")
	folder(0o755, "mine", "loose")
	folder(0o777|os.ModeSticky, "mine", "loose", "programs")
	for path, want := range map[string]error{"cache": nil, "loose": ErrUntrusted} {
		if err := safe(at("mine", path), at("mine", path, "programs", "x")); !errors.Is(err, want) {
			t.Errorf("within %s: %v", path, err)
		}
	}
	t.Run("insisted on", func(t *testing.T) {
		t.Setenv("GOJAX_CACHE_TRUST", "1")
		if err := safe(at("open"), at("open")); err != nil {
			t.Error(err)
		}
	})
	if os.Geteuid() != 0 {
		return
	}
	// Only root can make what belongs to somebody else.
	folder(0o755, "foreign", "below")
	link("mine", "foreign-link")
	if err := errors.Join(os.Chown(at("foreign"), 4711, 0), os.Lchown(at("foreign-link"), 4711, 0)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"foreign", "foreign/below", "foreign/new", "foreign-link/cache"} {
		wantErr(t, safe(at(path), at(path)), ErrUntrusted, "belongs to user 4711", "GOJAX_CACHE_TRUST=1")
	}
}

// Where a group is its user's own, it may write.
func TestPrivateGroup(t *testing.T) {
	users := []byte("root:x:0:0::/root:/bin/sh\nme:x:1000:1000::/home/me:/bin/sh\nyou:x:1001:1001::/home/you:/bin/sh\n")
	groups := []byte("root:x:0:\nme:x:1000:\nus:x:50:me,you\nmine:x:51:me,root\nyou:x:1001:\n")
	for gid, want := range map[string]bool{"0": true, "1000": true, "50": false, "51": true, "1001": false,
		"99": false} {
		if onlyMember(groups, users, gid, "1000") != want {
			t.Errorf("group %s: %v", gid, !want)
		}
	}
}

// The key is a secret of 32 bytes; what is none is replaced, and where there is no folder for settings it lies in the
// cache folder.
func TestSealKey(t *testing.T) {
	home := safeBase(t)
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	cache := filepath.Join(home, "elsewhere")
	t.Setenv("GOJAX_CACHE_DIR", cache)
	config, _ := os.UserConfigDir()
	path := filepath.Join(config, "gojax", "cache.key")
	first, err := sealKey()
	if err != nil || len(first) != keySize || bytes.Equal(first, make([]byte, keySize)) {
		t.Fatalf("%x, %v", first, err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Fatal(st, err)
	}
	if again, err := sealKey(); err != nil || !bytes.Equal(again, first) {
		t.Error("another key", err)
	}
	for name, spoil := range map[string]func() error{
		"readable by others": func() error { return os.Chmod(path, 0o644) },
		"too short":          func() error { return os.WriteFile(path, nil, 0o600) },
		"a link": func() error {
			return errors.Join(os.Rename(path, path+"2"), os.Symlink(path+"2", path))
		},
		"a pipe":   func() error { return errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o600)) },
		"a folder": func() error { return errors.Join(os.Remove(path), os.MkdirAll(filepath.Join(path, "x"), 0o755)) },
	} {
		before, _ := sealKey()
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		after, err := sealKey()
		if err != nil || bytes.Equal(after, before) || len(after) != keySize {
			t.Errorf("%s: %v", name, err)
		}
		if again, _ := sealKey(); !bytes.Equal(again, after) {
			t.Errorf("%s: the new key does not stay", name)
		}
	}
	left, _ := filepath.Glob(filepath.Join(config, "gojax", ".key-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	t.Setenv("HOME", "")
	if key, err := sealKey(); err != nil || len(key) != keySize {
		t.Error(err)
	} else if _, err := os.Stat(filepath.Join(cache, "cache.key")); err != nil {
		t.Error(err)
	}
}

// A cache folder that others can write to costs the cache of programs, and a plugin in it is not loaded; insisted on,
// both work.
func TestUnsafeCache(t *testing.T) {
	c := client(t)
	base := safeBase(t)
	if err := os.Chmod(base, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOJAX_CACHE_DIR", base)
	t.Setenv("GOJAX_CACHE", "")
	t.Setenv("GOJAX_PJRT_PLUGIN", "")
	get := func(want Source) {
		t.Helper()
		_, how, err := c.CompileCached(program("unsafe"), program(negProgram), CompileOptions{})
		if err != nil || how != want {
			t.Errorf("%v, want %v: %v", how, want, err)
		}
	}
	get(CacheOff)
	if list := distributions("cpu"); len(list) > 0 {
		path := list[0].installed(base)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, nil, 0o755)); err != nil {
			t.Fatal(err)
		}
		_, err := FindPlugin("cpu")
		wantErr(t, err, ErrUntrusted, "chmod go-w "+base)
		_, err = Install(t.Context(), "cpu", nil)
		wantErr(t, err, ErrUntrusted)
		if err := errors.Join(os.Chmod(base, 0o755), os.Chmod(path, 0o666)); err != nil {
			t.Fatal(err)
		}
		_, err = FindPlugin("cpu")
		wantErr(t, err, ErrUntrusted, "chmod go-w "+path)
		_ = os.Chmod(base, 0o777)
	}
	if memo, _ := hashMemo("/x"); memo != "" {
		t.Error("hashes are remembered there")
	}
	if list := entries(t); len(list) > 0 {
		t.Errorf("written: %v", list)
	}
	t.Setenv("GOJAX_CACHE_TRUST", "1")
	get(Compiled)
	get(CacheHit)
}

// What lies in the place of an entry and is none does not stop or fill the process: it is compiled anew.
func TestOddEntries(t *testing.T) {
	c := client(t)
	t.Setenv("GOJAX_CACHE_DIR", safeBase(t))
	t.Setenv("GOJAX_CACHE", "")
	get := func() Source {
		t.Helper()
		_, how, err := c.CompileCached(program("odd"), program(negProgram), CompileOptions{})
		if err != nil {
			t.Error(err)
		}
		return how
	}
	get()
	path := entries(t)[0]
	whole, _ := os.ReadFile(path)
	for name, put := range map[string]func() error{
		"pipe":   func() error { return syscall.Mkfifo(path, 0o600) },
		"device": func() error { return os.Symlink("/dev/zero", path) },
		"folder": func() error { return os.Mkdir(path, 0o700) },
		"200 GB": func() error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 200<<30)) },
		"200 GB with a head": func() error {
			return errors.Join(os.WriteFile(path, whole, 0o600), os.Truncate(path, 200<<30))
		},
		"1 GB of another length": func() error {
			return errors.Join(os.WriteFile(path, whole, 0o600), os.Truncate(path, 1<<30))
		},
		"a link to itself": func() error { return os.Symlink(path, path) },
	} {
		if err := errors.Join(os.RemoveAll(path), put()); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if how := get(); how != Compiled {
			t.Errorf("%s: %v", name, how)
		}
		if how := get(); how != CacheHit {
			t.Errorf("%s: then %v", name, how)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
	}
	// The eviction clears such things away, and no entry for them.
	odd := filepath.Join(filepath.Dir(path), "odd")
	if err := errors.Join(os.WriteFile(odd, nil, 0o600), os.Truncate(odd, 200<<30)); err != nil {
		t.Fatal(err)
	}
	dir, _ := programDir()
	trim(dir, 1<<20)
	if list := entries(t); strings.Join(list, " ") != path {
		t.Errorf("left: %v", list)
	}
}

// What killed installs left is swept away by the next one, and nothing else.
func TestSweep(t *testing.T) {
	for _, alone := range []bool{true, false} {
		root := t.TempDir()
		old := time.Now().Add(-48 * time.Hour)
		for _, name := range []string{".tmp-1", ".tmp-2", "plug-1", "plug-1.old"} {
			if err := os.MkdirAll(filepath.Join(root, name, "out"), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chtimes(filepath.Join(root, ".tmp-2"), old, old); err != nil {
			t.Fatal(err)
		}
		sweep(root, alone)
		var left []string
		entries, _ := os.ReadDir(root)
		for _, e := range entries {
			left = append(left, e.Name())
		}
		want := map[bool]string{true: "plug-1", false: ".tmp-1 plug-1 plug-1.old"}[alone]
		if strings.Join(left, " ") != want {
			t.Errorf("left %v, want %s", left, want)
		}
	}
}
