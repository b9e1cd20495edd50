package pjrt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// negates checks that x negates 8 numbers.
func negates(c *Client, x *Executable) error {
	in := [8]float32{1, 2, 3, 4, 5, 6, 7, 8}
	a, err := c.FromHost(unsafe.Pointer(&in), ir.Float32, []int{8}, nil)
	if err != nil {
		return err
	}
	defer a.Delete()
	out := make([]*Buffer, 1)
	if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
		return err
	}
	defer out[0].Delete()
	var got [8]float32
	if err := out[0].ToHost(unsafe.Pointer(&got), 32); err != nil {
		return err
	}
	if got != [8]float32{-1, -2, -3, -4, -5, -6, -7, -8} {
		return fmt.Errorf("got %v", got)
	}
	return nil
}

func program(s string) func() []byte { return func() []byte { return []byte(s) } }

func entries(t *testing.T) []string {
	t.Helper()
	dir, _ := programDir()
	list, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestCache(t *testing.T) {
	c := client(t)
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	t.Setenv("GOJAX_CACHE", "")
	texts := 0
	get := func(key string, want Source) {
		t.Helper()
		x, how, err := c.CompileCached(program(key), func() []byte { texts++; return []byte(negProgram) },
			CompileOptions{})
		if err != nil || how != want {
			t.Fatalf("%v, want %v: %v", how, want, err)
		}
		if err := negates(c, x); err != nil {
			t.Error(err)
		}
	}
	get("a", Compiled)
	get("a", CacheHit)
	get("b", Compiled)
	if texts != 2 || len(entries(t)) != 2 {
		t.Errorf("the text was asked for %d times, %d entries", texts, len(entries(t)))
	}
	// Damage of every kind is noticed, and repaired.
	path := entries(t)[0]
	whole, _ := os.ReadFile(path)
	_, key := programDir()
	payload, err := readEntry(path, key)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"cut":   whole[:len(whole)/2],
		"empty": nil,
		"a bit": flip(whole, len(whole)-9),
		"head":  flip(whole, 20),
		"foreign": []byte(
			"something else that is long enough to be an entry of the cache, had it the form of one"),
		"whole, but no program": entryOf(path, key, []byte("nonsense")),
		"another's":             entryOf("another", key, payload),
		"another user's":        entryOf(path, flip(key, 3), payload),
		"without a key":         entryOf(path, nil, payload),
	} {
		for _, p := range entries(t) {
			if err := os.WriteFile(p, bad, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(name, func(t *testing.T) {
			get("a", Compiled)
			get("a", CacheHit)
		})
	}
	// Off.
	t.Setenv("GOJAX_CACHE", "off")
	get("a", CacheOff)
	// A refused program is the caller's error, and not the next one's.
	t.Setenv("GOJAX_CACHE", "")
	_, _, err = c.CompileCached(program("c"), program("nonsense"), CompileOptions{})
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("got %v", err)
	}
	get("c", Compiled)
}

func flip(b []byte, i int) []byte {
	b = append([]byte(nil), b...)
	b[i] ^= 0x10
	return b
}

// entryOf is the file of the entry at path that holds payload, sealed with key.
func entryOf(path string, key, payload []byte) []byte {
	dir, _ := os.MkdirTemp("", "entry")
	defer os.RemoveAll(dir)
	path = filepath.Join(dir, filepath.Base(path))
	_ = writeEntry(path, key, payload)
	b, _ := os.ReadFile(path)
	return b
}

// What the compiled code depends on is in the key.
func TestCacheKey(t *testing.T) {
	c := client(t)
	k := c.cacheKey([]byte("a"), CompileOptions{})
	if k != c.cacheKey([]byte("a"), CompileOptions{}) || k == c.cacheKey([]byte("b"), CompileOptions{}) ||
		k == c.cacheKey([]byte("a"), CompileOptions{Effort: LeastEffort}) {
		t.Error("the key is not the program's")
	}
	many, devs := mesh(t, 0, 1)
	keys := map[string]bool{}
	for _, on := range [][]*Device{nil, devs[:1], devs[1:], devs, {devs[1], devs[0]}} {
		keys[many.cacheKey([]byte("a"), CompileOptions{Devices: on})] = true
	}
	if len(keys) != 5 {
		t.Error("the key is not that of the devices of the partitions")
	}
	env := c.environment()
	h, _ := c.Plugin().Hash()
	for _, want := range []string{h, c.Plugin().Version, c.Devices()[0].Kind(), "XLA_FLAGS=", "PJRT_NPROC=",
		runtime.GOARCH} {
		if !strings.Contains(env, want) {
			t.Errorf("the key does not depend on %q", want)
		}
	}
}

// Goroutines that ask for the same program at the same time share one compilation; each may delete its own.
func TestOneCompilation(t *testing.T) {
	c := client(t)
	for _, mode := range []string{"", "off"} {
		t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
		t.Setenv("GOJAX_CACHE", mode)
		var compiled atomic.Int32
		start := make(chan bool)
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				<-start
				x, how, err := c.CompileCached(program(negProgram), func() []byte {
					compiled.Add(1)
					time.Sleep(50 * time.Millisecond) // so that the others come meanwhile
					return []byte(negProgram)
				}, CompileOptions{})
				if err != nil {
					t.Error(how, err)
					return
				}
				if err := negates(c, x); err != nil {
					t.Error(err)
				}
				if i%2 == 0 {
					x.Delete()
				}
			})
		}
		close(start)
		wg.Wait()
		if n := compiled.Load(); n != 1 {
			t.Errorf("%d compilations (GOJAX_CACHE=%q)", n, mode)
		}
	}
	// A panic while the text is made does not leave the others waiting.
	func() {
		defer func() { _ = recover() }()
		_, _, _ = c.CompileCached(program("p"), func() []byte { panic("x") }, CompileOptions{})
	}()
	if _, _, err := c.CompileCached(program("p"), program(negProgram), CompileOptions{}); err != nil {
		t.Error(err)
	}
}

// The least recently used entries go first.
func TestCacheLimit(t *testing.T) {
	dir := t.TempDir()
	for i := range 10 {
		p := filepath.Join(dir, fmt.Sprint(i%3), fmt.Sprint(i))
		if err := writeAtomically(p, make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(time.Duration(i-20) * time.Hour)
		if err := os.Chtimes(p, when, when); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(dir, ".tmp-1")
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	long := time.Now().Add(-2 * time.Hour)
	_ = os.Chtimes(old, long, long)
	touch(filepath.Join(dir, "0", "0")) // used just now
	trim(dir, 350)
	var left []string
	_ = filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if !d.IsDir() {
			left = append(left, d.Name())
		}
		return nil
	})
	if fmt.Sprint(left) != "[0 9 8]" {
		t.Errorf("left: %v", left)
	}
	t.Setenv("GOJAX_CACHE_MAX_BYTES", "12345")
	if cacheLimit() != 12345 {
		t.Error("the limit is not taken from the environment")
	}
	t.Setenv("GOJAX_CACHE_MAX_BYTES", "much")
	if cacheLimit() != 2<<30 {
		t.Error("a bad limit is taken")
	}
}

func init() {
	children["cache"] = func() error {
		if os.Getenv("GOJAX_TEST_MODE") == "full" { // no file may grow beyond 100 bytes: what a full disk looks like
			signal.Ignore(syscall.SIGXFSZ)
			if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 100, Max: 100}); err != nil {
				return err
			}
		}
		c, err := Default()
		if err != nil {
			return err
		}
		for range 2 {
			x, how, err := c.CompileCached(program(negProgram), program(negProgram), CompileOptions{})
			if err != nil {
				return err
			}
			if how != CacheOff {
				return fmt.Errorf("%v", how)
			}
			if err := negates(c, x); err != nil {
				return err
			}
		}
		return nil
	}
}

// A cache folder that is full, read-only or no folder costs the compilation's time, one line, and nothing else.
func TestCacheTrouble(t *testing.T) {
	good := client(t).Plugin().Path
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ro := "/sys"
	if os.Geteuid() != 0 {
		ro = filepath.Join(t.TempDir(), "ro")
		if err := os.Mkdir(ro, 0o555); err != nil {
			t.Fatal(err)
		}
	}
	full := t.TempDir()
	for _, k := range [][3]string{{"no folder", file, ""}, {"read-only", ro, ""}, {"full", full, "full"}} {
		t.Run(k[0], func(t *testing.T) {
			out, ok := child(t, "cache", "GOJAX_CACHE_DIR="+k[1], "GOJAX_TEST_MODE="+k[2], "GOJAX_CACHE=",
				"GOJAX_PLATFORM=", "GOJAX_PJRT_PLUGIN="+good)
			if !ok || strings.Count(out, "gojax: the cache of compiled programs") != 1 {
				t.Errorf("got %q", out)
			}
		})
	}
	if left := folderBytes(full); left > 100 {
		t.Errorf("%d bytes of broken files are left", left)
	}
}

// An entry is whole or refused, whatever the file holds.
func FuzzCacheEntry(f *testing.F) {
	const name = "0123"
	f.Add(entryOf(name, nil, []byte("payload")))
	f.Add(entryOf(name, nil, nil))
	f.Add(entryOf("4567", nil, []byte("payload")))
	f.Add(entryMagic)
	f.Add([]byte{})
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		payload, err := readEntry(path, nil)
		if err == nil && !bytes.Equal(data, entryOf(name, nil, payload)) {
			t.Errorf("%q is taken for the entry of %q", data, payload)
		}
		if err != nil && !errors.Is(err, errDamaged) {
			t.Error(err)
		}
	})
}
