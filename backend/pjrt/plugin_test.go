package pjrt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/tests/clib"
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
	pipe, sparse := filepath.Join(dir, "pipe.so"), file("sparse.so", nil)
	if err := errors.Join(syscall.Mkfifo(pipe, 0o644), os.Truncate(sparse, 200<<30)); err != nil {
		t.Fatal(err)
	}
	const oldSource = `#include <stddef.h>
struct { size_t size; void* ext; size_t vsize; void* vext; int major, minor; void* fn[200]; } api = {sizeof api, 0, 24, 0, %d, %d};
void* GetPjrtApi(void) { return &api; }`
	for _, k := range []struct {
		name, plugin, platform string
		parts                  []string
	}{
		{"missing", filepath.Join(dir, "nothing.so"), "",
			[]string{"nothing.so", "not a file", "GOJAX_PJRT_PLUGIN", "unset it"}},
		{"a folder", dir, "", []string{"not a file"}},
		{"a pipe", pipe, "", []string{"not a file", "unset it"}},
		{"a device", "/dev/zero", "", []string{"not a file"}},
		{"of 200 GB", sparse, "cpu", []string{"cannot be read", "214.7 GB", "unset it"}},
		{"cut in half", cut, "cpu", []string{"damaged", "cut.so"}},
		{"its head only", head, "cpu", []string{"damaged", "head.so"}},
		{"a text", text, "cpu", []string{"damaged", "text.so"}},
		{"empty", empty, "cpu", []string{"damaged", "empty.so"}},
		{"a library but no plugin", clib.Library(t, "int x;"), "cpu",
			[]string{"not a PJRT plugin", "GetPjrtApi"}},
		{"no table", clib.Library(t, "void* GetPjrtApi(void) { return 0; }"), "cpu", []string{"not a PJRT plugin"}},
		{"a library that needs another",
			clib.Library(t, "void nowhere(void); void* GetPjrtApi(void) { nowhere(); return 0; }"), "cpu",
			[]string{"cannot be loaded", "nowhere"}},
		{"too old", clib.Library(t, fmt.Sprintf(oldSource, 0, 40)), "cpu",
			[]string{"PJRT API 0.40", "older"}},
		{"too new", clib.Library(t, fmt.Sprintf(oldSource, 1, 0)), "cpu", []string{"PJRT API 1.0", "another kind"}},
		{"of the wrong platform", good, "cuda", []string{`platform "cpu"`, "cuda was asked for", "unset it"}},
		{"a wrong GOJAX_PLATFORM", good, "gpx", []string{`"gpx" is not a platform`, "cpu or cuda", "GOJAX_PLATFORM"}},
		{"a wrong second GOJAX_PLATFORM", filepath.Join(dir, "nothing.so"), "cpu,tpu",
			[]string{`"tpu" is not a platform`}},
	} {
		t.Run(k.name, func(t *testing.T) {
			out, ok := child(t, "open", "GOJAX_PJRT_PLUGIN="+k.plugin, "GOJAX_PLATFORM="+k.platform)
			if ok {
				t.Fatalf("no error: %s", out)
			}
			if strings.Contains(out, "cmd/gojax install") {
				t.Errorf("an install, which cannot help while the variable is set, is advised:\n%s", out)
			}
			for _, p := range k.parts {
				if !strings.Contains(out, p) {
					t.Errorf("the error does not say %q:\n%s", p, out)
				}
			}
		})
	}
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
	dir, _ := CacheDir()
	for i, d := range distributions("cpu") {
		if _, err := os.Stat(d.installed(dir)); err == nil && i > 0 {
			return d.installed(dir)
		}
	}
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
		t.Skip("no second plugin here (gojax install fastatomstruct-xla-cpu, or GOJAX_TEST_SECOND_PLUGIN)")
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
