package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
)

// doctorOne is the hidden command by which doctor has one platform examined in a process of its own: a plugin that
// takes its process down must not take the doctor along, and a process uses one platform.
const doctorOne = "doctor-one"

// variables are the settings that change what gojax does, and those of XLA and of the plugins' installation that
// matter to it.
var variables = []string{
	"GOJAX_PLATFORM", "GOJAX_PJRT_PLUGIN", "GOJAX_CACHE_DIR", "GOJAX_CACHE", "GOJAX_CACHE_MAX_BYTES",
	"GOJAX_CACHE_TRUST", "GOJAX_NUM_THREADS", "GOJAX_NUM_CPU_DEVICES", "GOJAX_ENABLE_X64", "GOJAX_DEBUG_NANS",
	"GOJAX_DEBUG_KEY_REUSE", "GOJAX_LOG_COMPILES", "GOJAX_OPENBLAS", "GOJAX_POOL",
	"XLA_FLAGS", "PJRT_NPROC", "NPROC",
}

// forTests begin the names of variables that only gojax's own tests read.
var forTests = []string{"GOJAX_TEST_", "GOJAX_FUZZ", "GOJAX_GOLDEN", "GOJAX_HARNESS", "GOJAX_CHECK_WHOLE",
	"GOJAX_JAXEXPORT", "GOJAX_PYTHON"}

// tried is the system and the processor that gojax's own tests run on.
const tried = "linux/amd64"

// doctor checks every part and fails when no platform works.
func doctor(ctx context.Context, w io.Writer) error {
	system := runtime.GOOS + "/" + runtime.GOARCH
	fmt.Fprintf(w, "gojax     %s, built with %s for %s, %d processors\n",
		gojax.Version, runtime.Version(), system, runtime.NumCPU())
	if system != tried {
		fmt.Fprintf(w, "note      gojax is tested on %s alone: on %s it compiles, and nobody has tried it yet\n", tried,
			system)
	}
	for _, v := range variables {
		if value, set := os.LookupEnv(v); set {
			fmt.Fprintf(w, "set       %s=%s\n", v, value)
		}
	}
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		test := slices.ContainsFunc(forTests, func(p string) bool { return strings.HasPrefix(name, p) })
		if strings.HasPrefix(name, "GOJAX_") && !test && !slices.Contains(variables, name) {
			fmt.Fprintf(w, "note      %s is no setting of gojax, and changes nothing\n", name)
		}
	}
	cacheFolder(w)
	downloader(ctx, w)
	linearAlgebra(w)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	working := 0
	for _, p := range platforms {
		fmt.Fprintf(w, "\n%s\n", p)
		info, err := gojax.FindPlugin(p)
		if err != nil {
			fmt.Fprintf(w, "  plugin  %s\n", indent(err))
			if p == "cuda" {
				fmt.Fprintln(w, "  this is as it should be on a machine without an NVIDIA GPU")
			}
			continue
		}
		fmt.Fprintf(w, "  plugin  %s\n  found   by %s\n", info.Path, info.Found)
		if hash, err := info.Hash(); err != nil {
			fmt.Fprintf(w, "  hash    %s\n", indent(err))
		} else {
			fmt.Fprintf(w, "  sha256  %s\n", hash)
		}
		pinned(w, info)
		child := exec.CommandContext(ctx, self, doctorOne, p)
		child.Env = append(os.Environ(), "GOJAX_PLATFORM="+p)
		var diagnostics strings.Builder
		child.Stdout, child.Stderr = w, &diagnostics
		if err := child.Run(); err != nil {
			fmt.Fprintf(w, "  FAILED  %v\n", err)
			if d := strings.TrimSpace(diagnostics.String()); d != "" {
				fmt.Fprintf(w, "  %s\n", strings.ReplaceAll(d, "\n", "\n  "))
			}
			continue
		}
		working++
	}
	if working == 0 {
		if named := os.Getenv("GOJAX_PJRT_PLUGIN"); named != "" {
			return fmt.Errorf("no platform works: unset GOJAX_PJRT_PLUGIN=%s, or have it name a PJRT plugin", named)
		}
		return errors.New(
			"no platform works: install the CPU plugin with 'go run github.com/gojax/gojax/cmd/gojax install', or " +
				"set GOJAX_PJRT_PLUGIN to a PJRT plugin")
	}
	fmt.Fprintf(w, "\n%d of %d platforms work\n", working, len(platforms))
	return nil
}

// linearAlgebra says which OpenBLAS the CPU's linear algebra runs on.
func linearAlgebra(w io.Writer) {
	info, err := pjrt.FindOpenBLAS()
	switch {
	case errors.Is(err, pjrt.ErrOff):
		fmt.Fprintf(w, "openblas  switched off by GOJAX_OPENBLAS: linear algebra takes its slower ways\n")
	case err != nil:
		fmt.Fprintf(w, "openblas  %s\n", indent(err))
	default:
		fmt.Fprintf(w, "openblas  %s (%s)\n", info.Path, info.Found)
		if _, ok := info.Pinned(); !ok {
			fmt.Fprintf(w, "  note    not pinned: gojax knows no hash of this library, and runs it as it is\n")
		}
	}
}

// pinned says whether the plugin is one that gojax knows.
func pinned(w io.Writer, info gojax.PluginInfo) {
	name, ok := info.Pinned()
	if ok {
		fmt.Fprintf(w, "  pinned  it is that of %s, whose hash gojax knows\n", name)
	} else {
		fmt.Fprintf(w, "  note    not pinned: gojax knows no hash of this plugin, and runs it as it is (found by %s)\n",
			info.Found)
	}
	if strings.Contains(filepath.Base(info.Path), "cuda") {
		fmt.Fprintln(w, "  note    NVIDIA's libraries, which it loads, are not pinned: they were compared with "+
			"the hashes of the index alone")
	}
}

func indent(err error) string { return strings.ReplaceAll(err.Error(), "\n", "\n          ") }

func cacheFolder(w io.Writer) {
	dir, err := gojax.CacheDir()
	if err != nil {
		fmt.Fprintf(w, "cache     none: %v; set GOJAX_CACHE_DIR to a folder that can be written\n", err)
		return
	}
	fmt.Fprintf(w, "cache     %s", dir)
	if err := pjrt.CheckCacheDir(); err != nil {
		fmt.Fprintf(w, ", which is not used: %s\n", indent(err))
		return
	}
	if err := os.MkdirAll(dir, 0o755); err == nil {
		var probe *os.File
		if probe, err = os.CreateTemp(dir, "doctor"); err == nil {
			probe.Close()
			err = os.Remove(probe.Name())
		}
		if err != nil {
			fmt.Fprintf(w,
				", which cannot be written (%v): every program is compiled anew; set GOJAX_CACHE_DIR to another "+
					"folder\n", err)
			return
		}
	}
	files, bytes := 0, int64(0)
	_ = filepath.WalkDir(dir, func(_ string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // a file that went away while we looked
		}
		if info, err := e.Info(); err == nil {
			files, bytes = files+1, bytes+info.Size()
		}
		return nil
	})
	fmt.Fprintf(w, ", %d files, %s\n", files, mib(bytes))
}

// downloader tells whether the installer has what it needs: a package index, pip, or the go command where go-xla's
// installer does the download.
func downloader(ctx context.Context, w io.Writer) {
	name, command := "pip", []string{"python3", "-I", "-m", "pip", "--version"}
	if runtime.GOARCH == "arm64" {
		name, command = "go", []string{"go", "version"}
	} else if index := pjrt.PackageIndex(); index != "" {
		fmt.Fprintf(w, "index     %s\n", index)
		return
	}
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = "/" // python3 runs what lies in its working folder
	out, err := cmd.CombinedOutput()
	if err != nil {
		fmt.Fprintf(w,
			"%-9s %s does not run: plugins cannot be installed from here; set PIP_INDEX_URL to a package index, or "+
				"copy a plugin to this machine and set GOJAX_PJRT_PLUGIN to it\n",
			name, strings.Join(command[:len(command)-1], " "))
		return
	}
	version, _, _ := strings.Cut(strings.TrimSpace(string(out)), " from ")
	fmt.Fprintf(w, "%-9s %s\n", name, version)
}

// examine opens the platform that GOJAX_PLATFORM names, in this process, and runs a tiny program on each of its
// devices.
func examine(args []string, w io.Writer) error {
	start := time.Now()
	all, err := gojax.Devices()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  opened  in %.0f ms: %v\n", ms(start), all[0].Client().Plugin())
	f := gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(jnp.Exp(x)).Sum() })
	for _, d := range all {
		x := gojax.DevicePut(jnp.FromSlice([]float32{0, 1, 2}), d)
		start := time.Now()
		got := f(x).Item()
		first := ms(start)
		start = time.Now()
		f(x).BlockUntilReady()
		want := math.Sin(1)*math.E + math.Sin(2)*math.Exp(2)
		if math.Abs(got-want) > 1e-4 {
			return fmt.Errorf("%v computed %v, want %v", d, got, want)
		}
		fmt.Fprintf(w, "  %v   %s: a tiny program is right; first call %.1f ms, second %.3f ms\n", d, d.Kind(), first,
			ms(start))
	}
	return nil
}

func ms(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }
