package pjrt

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

func init() {
	// open opens the default client and says what came out.
	children["open"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		fmt.Println(c, c.Plugin())
		return nil
	}
	// retry fails once, sets the right environment, and then succeeds.
	children["retry"] = func() error {
		good := os.Getenv("GOJAX_TEST_PLUGIN")
		_, err := Default()
		if !errors.Is(err, ErrNoPlugin) {
			return fmt.Errorf("first: %v", err)
		}
		if _, again := Default(); again != err {
			return fmt.Errorf("the failure was not remembered: %v", again)
		}
		os.Setenv("GOJAX_PJRT_PLUGIN", good)
		c, err := Default()
		if err != nil {
			return err
		}
		if d, err := Default(); d != c || err != nil {
			return fmt.Errorf("a second client: %v", err)
		}
		return nil
	}
	children["threads"] = func() error {
		if _, err := Default(); err != nil {
			return err
		}
		fmt.Println("PJRT_NPROC=" + os.Getenv("PJRT_NPROC"))
		return nil
	}
}

// library compiles C source to a shared library.
func library(t *testing.T, source string) string {
	t.Helper()
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("no C compiler")
	}
	dir := t.TempDir()
	src, out := filepath.Join(dir, "a.c"), filepath.Join(dir, "libtest.so")
	if err := os.WriteFile(src, []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	if b, err := exec.Command(cc, "-shared", "-fPIC", "-o", out, src).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	return out
}

// Each way in which a plugin can be of no use gives an error that says which and what to do, in a process of its own.
func TestBadPlugins(t *testing.T) {
	good := client(t).Plugin().Path
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := func(name string, b []byte) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, b, 0o755); err != nil {
			t.Fatal(err)
		}
		return p
	}
	cut := file("cut.so", whole[:len(whole)/2])
	head := file("head.so", whole[:4096])
	text := file("text.so", []byte("#!/bin/sh\necho hello\n"))
	empty := file("empty.so", nil)
	whole = nil
	const oldSource = `#include <stddef.h>
struct { size_t size; void* ext; size_t vsize; void* vext; int major, minor; void* fn[200]; } api = {sizeof api, 0, 24, 0, %d, %d};
void* GetPjrtApi(void) { return &api; }`
	for _, k := range []struct {
		name, plugin, platform string
		parts                  []string
	}{
		{"missing", filepath.Join(dir, "nothing.so"), "",
			[]string{"nothing.so", "not a file", "install cpu", "GOJAX_PJRT_PLUGIN"}},
		{"a folder", dir, "", []string{"not a file"}},
		{"cut in half", cut, "cpu", []string{"damaged", "cut.so", "install cpu"}},
		{"its head only", head, "cpu", []string{"damaged", "head.so"}},
		{"a text", text, "cpu", []string{"damaged", "text.so"}},
		{"empty", empty, "cpu", []string{"damaged", "empty.so"}},
		{"a library but no plugin", library(t, "int x;"), "cpu",
			[]string{"not a PJRT plugin", "GetPjrtApi", "install cpu"}},
		{"no table", library(t, "void* GetPjrtApi(void) { return 0; }"), "cpu", []string{"not a PJRT plugin"}},
		{"a library that needs another",
			library(t, "void nowhere(void); void* GetPjrtApi(void) { nowhere(); return 0; }"), "cpu",
			[]string{"cannot be loaded", "nowhere"}},
		{"too old", library(t, fmt.Sprintf(oldSource, 0, 40)), "cpu",
			[]string{"PJRT API 0.40", "older", "install cpu"}},
		{"too new", library(t, fmt.Sprintf(oldSource, 1, 0)), "cpu", []string{"PJRT API 1.0", "another kind"}},
		{"of the wrong platform", good, "cuda", []string{`platform "cpu"`, "cuda was asked for", "install cuda"}},
		{"a wrong GOJAX_PLATFORM", good, "gpx", []string{`"gpx" is not a platform`, "cpu or cuda", "GOJAX_PLATFORM"}},
		{"a wrong second GOJAX_PLATFORM", filepath.Join(dir, "nothing.so"), "cpu,tpu",
			[]string{`"tpu" is not a platform`}},
	} {
		t.Run(k.name, func(t *testing.T) {
			out, ok := child(t, "open", "GOJAX_PJRT_PLUGIN="+k.plugin, "GOJAX_PLATFORM="+k.platform)
			if ok {
				t.Fatalf("no error: %s", out)
			}
			for _, p := range k.parts {
				if !strings.Contains(out, p) {
					t.Errorf("the error does not say %q:\n%s", p, out)
				}
			}
		})
	}
}

// pinned makes a distribution whose wheel holds a small library, and a python3 in PATH whose pip "downloads" it.
func pinned(t *testing.T) (d distribution, wheel string) {
	t.Helper()
	dir := t.TempDir()
	lib, err := os.ReadFile(library(t, "int x;"))
	if err != nil {
		t.Fatal(err)
	}
	libFile := filepath.Join(dir, "lib")
	wheel = filepath.Join(dir, "plug-1-py3-none-any.whl")
	writeWheel(t, wheel, map[string]string{"plug/lib.so": string(lib), "plug-1.dist-info/RECORD": "x"})
	if err := os.WriteFile(libFile, lib, 0o644); err != nil {
		t.Fatal(err)
	}
	d = distribution{name: "plug", version: "1", platform: "cpu", library: "plug/lib.so"}
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
	wantErr(t, d.verify(path, "cpu"), ErrCorrupt, "damaged", d.hash, "install cpu")
	if _, err := d.install(context.Background(), cache, nil); err == nil {
		t.Error("the wheel is not there")
	}
	if err := os.Rename(wheel+".away", wheel); err != nil {
		t.Fatal(err)
	}
	if _, err := d.install(context.Background(), cache, nil); err != nil {
		t.Fatal(err)
	}
	if err := d.verify(path, "cpu"); err != nil {
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
mkdir -p "$8" && echo plugin > "$8/pjrt_c_api_cpu_v0.104.0_plugin.so" && ln -s pjrt_c_api_cpu_v0.104.0_plugin.so "$8/pjrt_c_api_cpu_plugin.so"`, goXLA))
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
	wantErr(t, err, nil, "does not have its plugin")
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
		wantErr(t, err, ErrNoPlugin, "no pip", "ensurepip", "GOJAX_PJRT_PLUGIN")
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

// A process without a plugin and without pip says both ways out; one with a damaged plugin in the cache says that.
func TestNothingToFind(t *testing.T) {
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	t.Setenv("GOJAX_PJRT_PLUGIN", "")
	t.Setenv("PATH", t.TempDir())
	out, ok := child(t, "open", "GOJAX_PLATFORM=cpu")
	if ok || !strings.Contains(out, "GOJAX_PJRT_PLUGIN") || !strings.Contains(out, "python3") &&
		runtime.GOARCH == "amd64" {
		t.Errorf("got %s", out)
	}
	out, ok = child(t, "open", "GOJAX_PLATFORM=cuda")
	if ok || !strings.Contains(out, "no PJRT plugin for cuda") || !strings.Contains(out, "install cuda") {
		t.Errorf("got %s", out)
	}
	list := distributions("cpu")
	if len(list) == 0 {
		return
	}
	dir, _ := CacheDir()
	path := list[0].installed(dir)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755),
		os.WriteFile(path, []byte("not what it was"), 0o755)); err != nil {
		t.Fatal(err)
	}
	out, ok = child(t, "open", "GOJAX_PLATFORM=cpu")
	if ok || !strings.Contains(out, "damaged") || !strings.Contains(out, "install cpu") {
		t.Errorf("got %s", out)
	}
}

// secondPlugin is another build of the CPU plugin, where this machine has one.
func secondPlugin() string {
	for _, dir := range sitePackages() {
		p := filepath.Join(dir, "fastatomstruct_xla_cpu", "libpjrt_cpu.so")
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	p := os.Getenv("GOJAX_TEST_SECOND_PLUGIN")
	if _, err := os.Stat(p); err != nil {
		return ""
	}
	return p
}

func init() {
	children["second"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		a, err := c.FromHostNoCopy(nil, ir.Float32, []int{0}, nil, nil)
		if err != nil {
			return err
		}
		a.Delete()
		for range 2 { // the second time from the disk
			x, how, err := c.CompileCached(func() []byte { return []byte(negProgram) },
				func() []byte { return []byte(negProgram) }, CompileOptions{})
			if err != nil {
				return err
			}
			if err := negates(c, x); err != nil {
				return fmt.Errorf("%v: %w", how, err)
			}
		}
		fmt.Println(c.Plugin())
		return nil
	}
}

// Another build of the plugin, with an older API, works as well.
func TestSecondPlugin(t *testing.T) {
	p := secondPlugin()
	if p == "" {
		t.Skip("no second plugin here (fastatomstruct-xla-cpu in site-packages, or GOJAX_TEST_SECOND_PLUGIN)")
	}
	if out, ok := child(t, "second", "GOJAX_PJRT_PLUGIN="+p, "GOJAX_PLATFORM=cpu",
		"GOJAX_CACHE_DIR="+t.TempDir()); !ok || !strings.Contains(out, p) {
		t.Error(out)
	} else {
		t.Log(strings.TrimSpace(out))
	}
}

// NVIDIA's libraries are taken from beside the plugin, in an order in which they can be loaded, and of its version.
func TestNVIDIAFiles(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{
		"jax_plugins/xla_cuda13/xla_cuda_plugin.so", "jax_plugins/xla_cuda12/xla_cuda_plugin.so",
		"nvidia/cu13/lib/libcudart.so.13", "nvidia/cu13/lib/libcublas.so.13", "nvidia/cu13/lib/libcublasLt.so.13",
		"nvidia/cu13/lib/libcublas_static.a", "nvidia/cu13/nvvm/libdevice/libdevice.10.bc",
		"nvidia/cuda_runtime/lib/libcudart.so.12", "nvidia/cublas/lib/libcublas.so.12",
		"nvidia/cudnn/lib/libcudnn.so.9", "nvidia/nccl/lib/libnccl.so.2",
	} {
		p := filepath.Join(root, filepath.FromSlash(f))
		if err := errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for version, want := range map[string]string{
		"13": "[libcudart.so.13 libcublasLt.so.13 libcublas.so.13 libnccl.so.2 libcudnn.so.9]",
		"12": "[libcudart.so.12 libcublas.so.12 libnccl.so.2 libcudnn.so.9]",
	} {
		plugin := filepath.Join(root, "jax_plugins", "xla_cuda"+version, "xla_cuda_plugin.so")
		var names []string
		for _, f := range nvidiaFiles(plugin) {
			names = append(names, filepath.Base(f))
		}
		if fmt.Sprint(names) != want {
			t.Errorf("CUDA %s: %v, want %s", version, names, want)
		}
		if !isCUDAName(plugin) || isCUDAName("/x/pjrt_c_api_cpu_plugin.so") {
			t.Error("the file's name tells the platform")
		}
	}
	if got, want := cudaDataDir(filepath.Join(root, "jax_plugins", "xla_cuda13", "x.so")),
		filepath.Join(root, "nvidia", "cu13"); filepath.Clean(got) != want {
		t.Errorf("data folder %s, want %s", got, want)
	}
}
