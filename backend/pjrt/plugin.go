package pjrt

/*
#include <stdlib.h>
#include "shim.h"
*/
import "C"

import (
	"context"
	"debug/elf"
	"debug/macho"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"time"
	"unsafe"
)

// minMinor is the oldest PJRT C API (0.x) whose structs are the ones of capi.h.
const minMinor = 72

// PluginInfo is a plugin that was found.
type PluginInfo struct {
	Path  string
	Found string // how: "GOJAX_PJRT_PLUGIN", "cache folder", "site-packages"
	// From here on known only once it is loaded.
	Major, Minor int    // of the PJRT C API
	Version      string // the platform's own version text
}

// Hash is the SHA-256 of the plugin's file, in hexadecimal. It is kept in the cache folder beside the file's size,
// times and inode, so that 200 MB are read only when the file has changed.
func (p PluginInfo) Hash() (string, error) { return fileHash(p.Path) }

// String is the path, the API version and how the plugin was found.
func (p PluginInfo) String() string {
	s := p.Path + " (" + p.Found
	if p.Minor > 0 {
		s += fmt.Sprintf(", PJRT API %d.%d", p.Major, p.Minor)
	}
	return s + ")"
}

// Pinned is the package that the plugin is from, with its version, where its hash is one that gojax knows. Other
// plugins are taken as they are.
func (p PluginInfo) Pinned() (name string, ok bool) {
	h, err := p.Hash()
	for _, d := range allDistributions {
		if err == nil && d.hash != "" && d.hash == h {
			return d.name + " " + d.version, true
		}
	}
	return "", false
}

// wayOut says what to do about a plugin that is missing or of no use.
func wayOut(platform string) string {
	if platform == openBLAS {
		return "Run\n    go run github.com/gojax/gojax/cmd/gojax install openblas\nor set GOJAX_OPENBLAS to the path " +
			"of the library, or to 0 to do without it."
	}
	if _, ok := pluginEnv(platform); ok {
		return fmt.Sprintf(
			"GOJAX_PJRT_PLUGIN=%s asks for it: have that name a PJRT plugin for %s, or unset it, and gojax looks for "+
				"its own.", os.Getenv("GOJAX_PJRT_PLUGIN"), platform)
	}
	return fmt.Sprintf(
		"Run\n    go run github.com/gojax/gojax/cmd/gojax install %s\nor set GOJAX_PJRT_PLUGIN to the path of a PJRT "+
			"plugin for %s.", platform, platform)
}

// unreadable is the error of a plugin that is there and cannot be read.
func unreadable(path, platform string, err error) error {
	kind := ErrUnreadable
	if errors.Is(err, fs.ErrNotExist) {
		kind = ErrNoPlugin
	}
	return &kinded{errors.Join(kind, err), fmt.Sprintf("pjrt: the plugin %s cannot be read: %v.\n%s", path,
		pathless(err), wayOut(platform))}
}

// pathless is an error without the path that the text around it has already.
func pathless(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// CacheDir is the folder for plugins, compiled programs and hashes: GOJAX_CACHE_DIR, or gojax in the user's cache
// folder. It need not exist yet.
func CacheDir() (string, error) {
	if d := os.Getenv("GOJAX_CACHE_DIR"); d != "" {
		if strings.HasPrefix(d, "~") {
			return "", fmt.Errorf("pjrt: GOJAX_CACHE_DIR=%q: the ~ is a shell's, which has not replaced it; write the "+
				"whole path", d)
		}
		return filepath.Abs(d)
	}
	d, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("pjrt: no cache folder: %w (set GOJAX_CACHE_DIR)", err)
	}
	return filepath.Join(d, "gojax"), nil
}

// pluginEnv reads GOJAX_PJRT_PLUGIN: a path, or platform=path pairs separated by commas.
func pluginEnv(platform string) (string, bool) {
	env := os.Getenv("GOJAX_PJRT_PLUGIN")
	if path, ok := plainPluginEnv(); ok {
		return path, true
	}
	for part := range strings.SplitSeq(env, ",") {
		if k, v, ok := strings.Cut(part, "="); ok {
			if p, err := platformName(k); err == nil && p == platform {
				return strings.TrimSpace(v), true
			}
		}
	}
	return "", false
}

// plainPluginEnv is GOJAX_PJRT_PLUGIN where it is a path alone.
func plainPluginEnv() (string, bool) {
	env := os.Getenv("GOJAX_PJRT_PLUGIN")
	if env == "" {
		return "", false
	}
	if k, _, ok := strings.Cut(env, "="); ok {
		if _, err := platformName(k); err == nil {
			return "", false
		}
	}
	return env, true
}

// isCUDAName tells the platform of a plugin from its file's name: only a guess, which opening it then checks.
func isCUDAName(path string) bool {
	n := strings.ToLower(filepath.Base(path))
	return strings.Contains(n, "cuda") || strings.Contains(n, "gpu")
}

// FindPlugin looks for a platform's plugin without installing anything: GOJAX_PJRT_PLUGIN, then the cache folder, then
// python3's site-packages. The error of a plugin that is damaged is ErrCorrupt, of none ErrNoPlugin.
func FindPlugin(platform string) (PluginInfo, error) {
	platform, err := platformName(platform)
	if err != nil {
		return PluginInfo{}, err
	}
	if path, ok := pluginEnv(platform); ok {
		abs, err := filepath.Abs(path)
		if err != nil {
			return PluginInfo{}, err
		}
		if st, err := os.Stat(abs); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return PluginInfo{}, unreadable(abs, platform, err)
		} else if err != nil || !st.Mode().IsRegular() {
			return PluginInfo{}, fail(ErrNoPlugin, "%q is not a file.\n%s", path, wayOut(platform))
		}
		return PluginInfo{Path: abs, Found: "GOJAX_PJRT_PLUGIN"}, nil
	}
	if info, err := findLibrary(platform); info.Path != "" || err != nil {
		return info, err
	}
	return PluginInfo{},
		fail(ErrNoPlugin,
			"no PJRT plugin for %s found: not named by GOJAX_PJRT_PLUGIN, not in the cache folder, not in python3's "+
				"site-packages.\n%s", platform, wayOut(platform))
}

// findLibrary looks for a platform's library in the cache folder and python3's site-packages.
func findLibrary(platform string) (PluginInfo, error) {
	if dir, err := CacheDir(); err == nil {
		for _, d := range distributions(platform) {
			path := d.installed(dir)
			if _, err := os.Stat(path); err != nil {
				continue
			}
			if err := safe(dir, path); err != nil {
				return PluginInfo{}, err
			}
			if err := d.verify(path); err != nil {
				return PluginInfo{}, err
			}
			return PluginInfo{Path: path, Found: "cache folder"}, nil
		}
	}
	for _, dir := range sitePackages() {
		for _, lib := range siteLibraries[platform] {
			path := filepath.Join(dir, filepath.FromSlash(lib))
			if st, err := os.Stat(path); err == nil && st.Mode().IsRegular() {
				return PluginInfo{Path: path, Found: "site-packages"}, nil
			}
		}
	}
	return PluginInfo{}, nil
}

// findOrInstall is FindPlugin, and for the CPU the install where nothing is found.
func findOrInstall(platform string) (PluginInfo, error) {
	info, err := FindPlugin(platform)
	if err == nil || !errors.Is(err, ErrNoPlugin) || platform != "cpu" {
		return info, err
	}
	if _, ok := pluginEnv(platform); ok { // the user said which one: nothing else will do
		return info, err
	}
	path, ierr := Install(context.Background(), platform, os.Stderr)
	if ierr != nil {
		return info, &kinded{errors.Join(ErrNoPlugin, ierr),
			fmt.Sprintf("pjrt: no PJRT plugin for %s found, and installing it failed: %v", platform, ierr)}
	}
	return PluginInfo{Path: path, Found: "cache folder"}, nil
}

// searchSign is what the outcome of opening a platform depends on: the environment, and the plugins in the cache.
func searchSign(platform string) string {
	var b strings.Builder
	for _, k := range []string{"GOJAX_PJRT_PLUGIN", "GOJAX_CACHE_DIR", "GOJAX_NUM_CPU_DEVICES", "HOME",
		"XDG_CACHE_HOME", "PATH", "VIRTUAL_ENV", "PIP_INDEX_URL", "GOJAX_CACHE_TRUST", "CUDA_VISIBLE_DEVICES",
		"LD_LIBRARY_PATH"} {
		fmt.Fprintf(&b, "%s=%q\n", k, os.Getenv(k))
	}
	var paths []string
	if p, ok := pluginEnv(platform); ok {
		paths = append(paths, p)
	}
	if dir, err := CacheDir(); err == nil {
		for _, d := range distributions(platform) {
			paths = append(paths, d.installed(dir))
		}
	}
	for _, p := range paths {
		if st, err := os.Stat(p); err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", p, st.Size(), st.ModTime().UnixNano())
		}
	}
	return b.String()
}

var siteOnce = struct {
	sync.Mutex
	env  string
	dirs []string
}{}

// sitePackages asks python3 for its package folders. It takes some 20 ms, so the answer is kept as long as PATH is
// the same.
func sitePackages() []string {
	siteOnce.Lock()
	defer siteOnce.Unlock()
	env := os.Getenv("PATH") + "\x00" + os.Getenv("VIRTUAL_ENV") + "\x00" + os.Getenv("PYTHONPATH") + "\x00" +
		os.Getenv("HOME")
	if siteOnce.env == env {
		return siteOnce.dirs
	}
	siteOnce.env, siteOnce.dirs = env, nil
	py, err := exec.LookPath("python3")
	if err != nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	// Isolated, so that nothing is run of what lies in the working folder; the user's own folder is then left out, and
	// asked for, as are those of PYTHONPATH.
	cmd := exec.CommandContext(ctx, py, "-I", "-c", `import site, sys
if sys.prefix == sys.base_prefix: print(site.getusersitepackages())
for p in sys.path: print(p)`)
	cmd.Dir, cmd.Env = "/", withoutPython(os.Environ())
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	for p := range strings.Lines(strings.ReplaceAll(os.Getenv("PYTHONPATH"), ":", "\n") + "\n" + string(out)) {
		p = strings.TrimRight(p, "\r\n")
		if b := filepath.Base(p); filepath.IsAbs(p) && (b == "site-packages" || b == "dist-packages") {
			siteOnce.dirs = append(siteOnce.dirs, p)
		}
	}
	return siteOnce.dirs
}

// checkLibrary looks at a library's headers before it is mapped: a truncated one would end the process with SIGBUS,
// one for another processor gives an error that says little.
func checkLibrary(path string) error {
	opened, st, err := openLibrary(path)
	if err != nil {
		return err
	}
	opened.Close()
	if runtime.GOOS == "darwin" {
		f, err := macho.Open(path)
		if err != nil {
			var fat *macho.FatFile
			if fat, err = macho.OpenFat(path); err != nil {
				return fail(ErrCorrupt, "%s is damaged or not a library: %v", path, err)
			}
			return fat.Close()
		}
		defer f.Close()
		for _, l := range f.Loads {
			if s, ok := l.(*macho.Segment); ok && s.Offset+s.Filesz > uint64(st.Size()) {
				return fail(ErrCorrupt, "%s is cut short: %d bytes of %d", path, st.Size(), s.Offset+s.Filesz)
			}
		}
		return nil
	}
	f, err := elf.Open(path)
	if err != nil {
		return fail(ErrCorrupt, "%s is damaged or not a library: %v", path, err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_LOAD && p.Off+p.Filesz > uint64(st.Size()) {
			return fail(ErrCorrupt, "%s is cut short: %d bytes of %d", path, st.Size(), p.Off+p.Filesz)
		}
	}
	want := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[runtime.GOARCH]
	if want != 0 && f.Machine != want {
		return fail(ErrNotPlugin, "%s is for processor %v, and this program runs on %s", path, f.Machine,
			runtime.GOARCH)
	}
	return nil
}

// loadPlugin loads the library at info.Path, checks its API version, which it notes in info, and initializes it.
func loadPlugin(info *PluginInfo, platform string) (C.gx_ref, error) {
	if err := checkLibrary(info.Path); errors.As(err, new(*kinded)) {
		return 0, fmt.Errorf("%w\n%s", err, wayOut(platform))
	} else if err != nil {
		return 0, unreadable(info.Path, platform, err)
	}
	if platform == "cuda" {
		preloadNVIDIA(info.Path)
	}
	const errLen = 1024
	errText := (*C.char)(C.calloc(1, errLen))
	defer C.free(unsafe.Pointer(errText))
	path := C.CString(info.Path)
	defer C.free(unsafe.Pointer(path))
	lib := C.gx_dlopen(path, errText, errLen)
	if lib == nil {
		return 0, fail(ErrNotPlugin, "%s cannot be loaded: %s.\n%s", info.Path, C.GoString(errText), wayOut(platform))
	}
	api := C.gx_get_api(lib, errText, errLen)
	if api == 0 {
		return 0,
			fail(ErrNotPlugin, "%s is not a PJRT plugin: %s.\n%s", info.Path, C.GoString(errText), wayOut(platform))
	}
	var size C.size_t
	var major, minor C.int
	C.gx_api_version(api, &size, &major, &minor)
	info.Major, info.Minor = int(major), int(minor)
	if major != 0 || minor < minMinor || size < C.gx_needed_size() {
		word := "older than"
		if major > 0 {
			word = "of another kind than"
		}
		return 0,
			fail(ErrTooOld,
				"the plugin %s has PJRT API %d.%d (table of %d bytes), which is %s what gojax can use: 0.%d and "+
					"later minor versions, %d bytes.\n%s",
				info.Path, major, minor, int(size), word, minMinor, int(C.gx_needed_size()), wayOut(platform))
	}
	if platform == "cpu" {
		startPool(lib)
	}
	if err := take(api, "initialize the plugin", C.gx_initialize(api)); err != nil {
		return 0, fmt.Errorf("%w (%s)", err, info.Path)
	}
	return api, nil
}

// nvidiaLibraries are those the CUDA plugin opens by name, in an order in which each finds what it needs. The plugin's
// rpath points at them when it lies in site-packages beside the nvidia folder; loading them first makes it work from
// any place, and picks pip's copies before the system's.
var nvidiaLibraries = []string{
	"libcudart.so.*", "libnvrtc.so.*", "libnvJitLink.so.*", "libcublasLt.so.*", "libcublas.so.*", "libnccl.so.*",
	"libcupti.so.*", "libcusparse.so.*", "libcusolver.so.*", "libcufft.so.*", "libnvshmem_host.so.*", "libcudnn.so.*",
}

// nvidiaRoots are the folders that may have a folder nvidia: the one the plugin was unpacked into, or site-packages.
func nvidiaRoots(plugin string) []string {
	roots := []string{filepath.Join(filepath.Dir(plugin), "..", "..")}
	if found, _ := filepath.Glob(filepath.Join(roots[0], "nvidia", "*")); len(found) == 0 {
		roots = append(roots, sitePackages()...)
	}
	return roots
}

// cudaDataDir is the folder in which XLA finds ptxas and libdevice, "" where pip has not brought one and XLA is to
// look in the usual places.
func cudaDataDir(plugin string) string {
	for _, root := range nvidiaRoots(plugin) {
		for _, name := range []string{"cu13", "cuda_nvcc"} {
			dir := filepath.Join(root, "nvidia", name)
			if _, err := os.Stat(filepath.Join(dir, "nvvm", "libdevice")); err == nil {
				return dir
			}
		}
	}
	return ""
}

// nvidiaFiles lists NVIDIA's libraries as pip lays them out, those of the plugin's CUDA version, in loading order.
func nvidiaFiles(plugin string) []string {
	roots := nvidiaRoots(plugin)
	// CUDA 13's packages share one folder, CUDA 12's have one each; cuDNN, NCCL and NVSHMEM have their own in both.
	is13 := func(s string) bool { return strings.Contains(filepath.ToSlash(s), "/nvidia/cu13/") }
	shared := func(s string) bool {
		s = filepath.ToSlash(s)
		return strings.Contains(s, "/nvidia/cudnn/") || strings.Contains(s, "/nvidia/nccl/") ||
			strings.Contains(s, "/nvidia/nvshmem/")
	}
	cuda12 := strings.Contains(plugin, "cuda12")
	var files []string
	for _, pattern := range nvidiaLibraries {
		for _, root := range roots {
			found, _ := filepath.Glob(filepath.Join(root, "nvidia", "*", "lib", pattern))
			found = filter(found, func(s string) bool { return shared(s) || is13(s) != cuda12 })
			if len(found) > 0 {
				sort.Strings(found)
				files = append(files, found...)
				break
			}
		}
	}
	return files
}

// preloadNVIDIA loads NVIDIA's libraries. What is not there, or does not load, is left to the plugin and the system's
// loader, whose error then says more.
func preloadNVIDIA(plugin string) {
	const errLen = 512
	errText := (*C.char)(C.calloc(1, errLen))
	defer C.free(unsafe.Pointer(errText))
	for _, f := range nvidiaFiles(plugin) {
		c := C.CString(f)
		C.gx_preload(c, errText, errLen)
		C.free(unsafe.Pointer(c))
	}
}

func filter(in []string, keep func(string) bool) []string {
	var out []string
	for _, s := range in {
		if keep(s) {
			out = append(out, s)
		}
	}
	return out
}
