package pjrt

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/tests/clib"
)

// pinned makes a distribution whose wheel holds a small library, and a python3 in PATH whose pip "downloads" it.
func pinned(t *testing.T) (d distribution, wheel string) {
	t.Helper()
	dir := t.TempDir()
	lib, err := os.ReadFile(clib.Library(t, "int x;"))
	if err != nil {
		t.Fatal(err)
	}
	libFile := filepath.Join(dir, "lib")
	wheel = filepath.Join(dir, "plug-1-py3-none-any.whl")
	writeWheel(t, wheel, map[string]string{"plug/lib.so": string(lib), "plug-1.dist-info/RECORD": "x"})
	if err := os.WriteFile(libFile, lib, 0o644); err != nil {
		t.Fatal(err)
	}
	d = distribution{name: "plug", version: "1", platform: "cpu", file: filepath.Base(wheel), library: "plug/lib.so"}
	if d.wheel, err = readHash(wheel); err != nil {
		t.Fatal(err)
	}
	if d.hash, err = readHash(libFile); err != nil {
		t.Fatal(err)
	}
	fakePython(t, fmt.Sprintf("while [ \"$1\" != -d ]; do shift; done; mkdir -p \"$2\"; cp %s \"$2\"", wheel))
	return d, wheel
}

func writeWheel(t *testing.T, path string, files map[string]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// fakePython puts a shell script in the place of python3.
func fakePython(t *testing.T, script string) { t.Helper(); fakeProgram(t, "python3", script) }

// fakeProgram puts a shell script in the place of a program.
func fakeProgram(t *testing.T, name, script string) {
	t.Helper()
	noIndex(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/usr/bin:/bin")
}

func TestInstall(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("GOJAX_CACHE_DIR", cache)
	d, wheel := pinned(t)
	var progress strings.Builder
	path, err := d.install(context.Background(), cache, &progress)
	if err != nil {
		t.Fatal(err)
	}
	if path != filepath.Join(cache, "plugins", "plug-1", "plug", "lib.so") ||
		!strings.Contains(progress.String(), "plug 1") {
		t.Errorf("%s, said %q", path, progress.String())
	}
	// A second time there is nothing to do, and no python3 is needed for it.
	if err := os.Rename(wheel, wheel+".away"); err != nil {
		t.Fatal(err)
	}
	if again, err := d.install(context.Background(), cache, nil); err != nil || again != path {
		t.Errorf("again: %v", err)
	}
	// Once the file is damaged, that is found out, and the install repairs it.
	b, _ := os.ReadFile(path)
	b[len(b)/2] ^= 1
	if err := os.WriteFile(path, b, 0o755); err != nil {
		t.Fatal(err)
	}
	wantErr(t, d.verify(path), ErrCorrupt, "damaged", d.hash, "install cpu")
	if _, err := d.install(context.Background(), cache, nil); err == nil {
		t.Error("the wheel is not there")
	}
	if err := os.Rename(wheel+".away", wheel); err != nil {
		t.Fatal(err)
	}
	if _, err := d.install(context.Background(), cache, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.verify(path); err != nil {
		t.Error(err)
	}
	// Nothing but the folder and the lock is left.
	entries, _ := os.ReadDir(filepath.Join(cache, "plugins"))
	for _, e := range entries {
		if n := e.Name(); n != "plug-1" && n != ".lock" {
			t.Errorf("%s was left behind", n)
		}
	}
}

// Where no wheel is made for a machine, go-xla's installer brings the plugin: what it is asked for, what it leaves,
// what it says.
func TestInstallByProgram(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("GOJAX_CACHE_DIR", cache)
	i := slices.IndexFunc(allDistributions,
		func(d distribution) bool { return d.goos == "darwin" && d.goarch == "arm64" })
	d := allDistributions[i]
	fakeProgram(t, "go",
		fmt.Sprintf(
			`[ "$*" = "run %s -plugin cpu -version v0.104.0 -path $8 -cache=false -verbosity 0" ] || { echo "asked for $*"; exit 1; }
umask 0; mkdir -p "$8" && echo plugin > "$8/pjrt_c_api_cpu_v0.104.0_plugin.so" && ln -s pjrt_c_api_cpu_v0.104.0_plugin.so "$8/pjrt_c_api_cpu_plugin.so"`, goXLA))
	var progress strings.Builder
	path, err := d.install(context.Background(), cache, &progress)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "plugin\n" || path != d.installed(cache) {
		t.Errorf("%s holds %q (%v)", path, b, err)
	}
	if !strings.Contains(progress.String(), "with go run "+goXLA) {
		t.Errorf("said %q", progress.String())
	}
	fakeProgram(t, "go", "echo no network; exit 1")
	if again, err := d.install(context.Background(), cache, nil); err != nil || again != path {
		t.Errorf("again: %v", err)
	}
	empty := t.TempDir()
	_, err = d.install(context.Background(), empty, nil)
	wantErr(t, err, ErrNoPlugin, "no network", "go run "+goXLA, "GOJAX_PJRT_PLUGIN")
	fakeProgram(t, "go", "exit 0")
	_, err = d.install(context.Background(), empty, nil)
	wantErr(t, err, nil, "does not have the plugin")
	t.Setenv("PATH", empty)
	_, err = d.install(context.Background(), empty, nil)
	wantErr(t, err, ErrNoPlugin, "no go command", "GOJAX_PJRT_PLUGIN")
}

func TestInstallErrors(t *testing.T) {
	d, wheel := pinned(t)
	cache := t.TempDir()
	t.Setenv("GOJAX_CACHE_DIR", cache)
	notAFolder := filepath.Join(cache, "file")
	if err := os.WriteFile(notAFolder, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Run("wrong wheel", func(t *testing.T) {
		bad := d
		bad.wheel = strings.Repeat("0", 64)
		_, err := bad.install(context.Background(), cache, nil)
		wantErr(t, err, ErrCorrupt, "SHA-256", d.wheel)
	})
	t.Run("wrong library", func(t *testing.T) {
		bad := d
		bad.hash = strings.Repeat("0", 64)
		_, err := bad.install(context.Background(), cache, nil)
		wantErr(t, err, ErrCorrupt, "SHA-256")
	})
	t.Run("a name that leads out", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "evil.whl")
		writeWheel(t, out, map[string]string{"../../evil": "x"})
		if err := unpackWheel(out, t.TempDir()); err == nil {
			t.Error("no error")
		}
	})
	t.Run("a cache that is a file", func(t *testing.T) {
		_, err := d.install(context.Background(), filepath.Join(notAFolder, "x"), nil)
		wantErr(t, err, nil, "cache folder", "GOJAX_CACHE_DIR")
	})
	t.Run("a cache that is read-only", func(t *testing.T) {
		ro := "/sys" // not even root can write there
		if os.Geteuid() != 0 {
			ro = filepath.Join(t.TempDir(), "ro")
			if err := os.Mkdir(ro, 0o555); err != nil {
				t.Fatal(err)
			}
		} else if runtime.GOOS != "linux" {
			t.Skip("root may write anywhere")
		}
		_, err := d.install(context.Background(), ro, nil)
		wantErr(t, err, nil, "cache folder", "GOJAX_CACHE_DIR")
	})
	t.Run("no wheel for this machine", func(t *testing.T) {
		fakePython(t, "echo 'ERROR: No matching distribution found for plug==1' >&2; exit 1")
		_, err := d.install(context.Background(), cache, nil)
		wantErr(t, err, ErrNoPlugin, "No matching distribution", "GOJAX_PJRT_PLUGIN")
	})
	t.Run("no pip", func(t *testing.T) {
		fakePython(t, "echo '/usr/bin/python3: No module named pip' >&2; exit 1")
		_, err := d.install(context.Background(), cache, nil)
		wantErr(t, err, ErrNoPlugin, "No module named pip", "ensurepip", "GOJAX_PJRT_PLUGIN")
	})
	t.Run("no python3", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		_, err := d.install(context.Background(), cache, nil)
		wantErr(t, err, ErrNoPlugin, "python3", "GOJAX_PJRT_PLUGIN")
	})
	t.Run("cancelled", func(t *testing.T) {
		fakePython(t, "exec sleep 60")
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := d.install(ctx, cache, nil)
		wantErr(t, err, nil, "cancel")
	})
	if _, err := os.Stat(wheel); err != nil {
		t.Error("the wheel of another is gone")
	}
	if left, _ := filepath.Glob(filepath.Join(cache, "plugins", ".tmp-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	_, err := Install(context.Background(), "tpu", nil)
	wantErr(t, err, ErrPlatformName)
}
