package badinput_test

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/tests/clib"
)

func write(t *testing.T, path string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(path, data, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// plugin is the path of the plugin that this process runs on.
func plugin(t *testing.T) string {
	t.Helper()
	all, err := gojax.Devices()
	if err != nil {
		t.Fatal(err)
	}
	return all[0].Client().Plugin().Path
}

// command builds cmd/gojax.
func command(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "gojax")
	if b, err := exec.Command("go", "build", "-o", out, "github.com/gojax/gojax/cmd/gojax").
		CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	return out
}

// A plugin that is of no use stops a program, "gojax devices" and "gojax doctor" with the reason and the ways out.
func TestPlugins(t *testing.T) {
	good := plugin(t)
	gx := command(t)
	dir := t.TempDir()
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	cut := write(t, filepath.Join(dir, "cut.so"), whole[:len(whole)/2])
	whole = nil
	old := clib.Library(t, `#include <stddef.h>
struct { size_t size; void* ext; size_t vsize; void* vext; int major, minor; void* fn[200]; } api = {sizeof api, 0, 24, 0, 0, 30};
void* GetPjrtApi(void) { return &api; }`)
	for _, c := range []struct {
		name, plugin, platform string
		parts                  message
	}{
		{"missing", filepath.Join(dir, "nothing.so"), "cpu",
			says("nothing.so", "not a file", "unset it", "GOJAX_PJRT_PLUGIN")},
		{"cut", cut, "cpu", says("cut.so", "damaged", "unset it")},
		{"text", write(t, filepath.Join(dir, "text.so"), []byte("hello")), "cpu", says("text.so", "damaged")},
		{"no plugin", clib.Library(t, "int x;"), "cpu", says("not a PJRT plugin", "unset it")},
		{"too old", old, "cpu", says("PJRT API 0.30", "older", "unset it")},
		{"of the wrong platform", good, "cuda", says(`platform "cpu"`, "cuda was asked for", "unset it")},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := []string{"GOJAX_PJRT_PLUGIN=" + c.plugin, "GOJAX_PLATFORM=" + c.platform}
			out, ok := child(t, "use", env...)
			fails(t, out, ok, c.parts.parts...)
			out, ok = process(t, gx, []string{"devices"}, env)
			fails(t, out, ok, c.parts.parts...)
		})
	}
	t.Run("doctor", func(t *testing.T) {
		out, ok := process(t, gx, []string{"doctor"}, []string{"GOJAX_PJRT_PLUGIN=" + cut})
		fails(t, out, ok, "cut.so", "damaged", "unset it", "no platform works")
	})
	t.Run("doctor finds one", func(t *testing.T) {
		out, ok := process(t, gx, []string{"doctor"}, []string{"GOJAX_PJRT_PLUGIN=" + good, "GOJAX_PLATFORM="})
		if !ok || !strings.Contains(out, "a tiny program is right") {
			t.Errorf("got %s", out)
		}
	})
	for _, args := range [][]string{{"install", "tpu"}, {"install", "cpu", "cuda"}, {"nonsense"}, {"-nonsense"}, nil} {
		c := exec.Command(gx, args...)
		out, _ := c.CombinedOutput()
		if c.ProcessState.ExitCode() != 2 || len(out) == 0 {
			t.Errorf("gojax %v: status %d, %s", args, c.ProcessState.ExitCode(), out)
		}
	}
}

// A download that is not what was pinned is not installed, and nothing of it is left. pip is a script here.
func TestWrongDownload(t *testing.T) {
	bin, cache := t.TempDir(), t.TempDir()
	script := `#!/bin/sh
case "$*" in
*download*) ;;
*) exit 0 ;;
esac
while [ $# -gt 0 ]; do
	case "$1" in
	-d|--dest) dir="$2"; shift ;;
	--dest=*) dir="${1#--dest=}" ;;
	esac
	shift
done
mkdir -p "$dir"
echo garbage > "${dir:-.}/lammps_jax_pjrt_cpu-0-py3-none-any.whl"
`
	write(t, filepath.Join(bin, "python3"), []byte(script))
	env := []string{"PATH=" + bin + ":/usr/bin:/bin", "GOJAX_CACHE_DIR=" + cache, "GOJAX_PJRT_PLUGIN=",
		"GOJAX_PLATFORM=cpu", "PIP_CONFIG_FILE=" + os.DevNull, "PIP_INDEX_URL=", "PIP_FIND_LINKS=", "UV_INDEX_URL=",
		"UV_DEFAULT_INDEX="}
	out, ok := child(t, "use", env...)
	fails(t, out, ok, "SHA-256", "install")
	if left := files(t, cache); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	out, ok = process(t, command(t), []string{"install"}, env)
	fails(t, out, ok, "SHA-256")
}

// files lists the files below dir that are not locks.
func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.Contains(d.Name(), "lock") {
			list = append(list, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func init() {
	// full is use where no file may grow beyond 100 bytes: what a full disk looks like.
	children["full"] = func() {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 100, Max: 100}); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		children["use"]()
	}
}

// A cache folder that is full, cannot be written or is no folder costs one line; the program's results are the same.
func TestCacheFolder(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "file"), nil)
	full := t.TempDir()
	cases := [][3]string{{"a file", "use", file}, {"below a file", "use", filepath.Join(file, "cache")},
		{"full", "full", full}}
	if runtime.GOOS == "linux" {
		cases = append(cases, [3]string{"not writable", "use", "/proc/gojax"})
	}
	env := "GOJAX_PJRT_PLUGIN=" + plugin(t)
	for _, c := range cases {
		t.Run(c[0], func(t *testing.T) {
			out, ok := child(t, c[1], env, "GOJAX_CACHE=", "GOJAX_CACHE_DIR="+c[2])
			if !ok || !strings.HasSuffix(out, result) || strings.Count(out, "\n") != 2 ||
				!strings.Contains(out, "gojax: the cache of compiled programs") {
				t.Errorf("got %q, want one line about the cache and %q", out, result)
			}
		})
	}
	for _, f := range files(t, full) {
		if info, err := os.Stat(f); err == nil && info.Size() > 100 {
			t.Errorf("%s has %d bytes", f, info.Size())
		}
	}
}

// Damaged entries of the cache are dropped, which is said once, and made again.
func TestDamagedCache(t *testing.T) {
	dir := t.TempDir()
	env := []string{"GOJAX_PJRT_PLUGIN=" + plugin(t), "GOJAX_CACHE=", "GOJAX_CACHE_DIR=" + dir}
	run := func(what, said string) {
		t.Helper()
		if out, ok := child(t, "use", env...); !ok || !strings.HasSuffix(out, result) || !strings.Contains(out, said) ||
			said == "" && out != result {
			t.Errorf("%s: got %q, want %q and %q", what, out, said, result)
		}
	}
	run("empty", "")
	entries := files(t, filepath.Join(dir, "programs"))
	if len(entries) < 3 {
		t.Fatalf("the cache has %v", entries)
	}
	sizes := map[string]int64{}
	for _, f := range entries {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		sizes[f] = info.Size()
	}
	for what, damage := range map[string]func(b []byte) []byte{
		"cut":       func(b []byte) []byte { return b[:len(b)/2] },
		"emptied":   func(b []byte) []byte { return nil },
		"a bit":     func(b []byte) []byte { b[len(b)-20] ^= 4; return b },
		"the head":  func(b []byte) []byte { b[1] ^= 4; return b },
		"lengthy":   func(b []byte) []byte { return append(b, b...) },
		"overwrite": func(b []byte) []byte { return []byte(strings.Repeat("nonsense", len(b)/8)) },
	} {
		for _, f := range entries {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			write(t, f, damage(b))
		}
		run(what, "damaged entry")
		for _, f := range entries {
			if info, err := os.Stat(f); err != nil || info.Size() < sizes[f]/2 {
				t.Errorf("%s: the entry %s was not made again: %v", what, filepath.Base(f), err)
			}
		}
		run(what+", the second time", "")
	}
	// Swapped entries are whole, and belong to other programs.
	a, _ := os.ReadFile(entries[0])
	b, _ := os.ReadFile(entries[1])
	write(t, entries[0], b)
	write(t, entries[1], a)
	run("swapped", "damaged entry")
}
