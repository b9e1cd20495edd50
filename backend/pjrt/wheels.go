package pjrt

import (
	"path/filepath"
	"runtime"
	"slices"
)

// distribution is what brings a plugin: a package of the Python index, or what a program downloads. Everything pinned
// stands in this file.
type distribution struct {
	name     string // in the Python index
	version  string
	platform string // cpu or cuda; openBLAS is a library and no plugin
	goos     string // "" where any
	goarch   string
	file     string // the wheel
	wheel    string // its SHA-256
	library  string // the plugin in the wheel, and so in site-packages
	hash     string // SHA-256 of the library
	bytes    int64  // about how much is downloaded, for the progress line
	// extra are further requirements of the plugin, which are compared with the index's own hashes: NVIDIA's libraries,
	// in the ranges that the plugin's authors give. They are unpacked beside the plugin, where its rpath looks for
	// them.
	extra []string
	// program is a Go program, with its version, that downloads the plugin; "" where pip does. It is go-xla's
	// installer, and such a plugin has no hashes here: its files are those of a release, which nobody pinned.
	program string
}

// goXLA installs the CPU plugins that the project go-xla builds, for processors and systems that no wheel is made for.
const goXLA = "github.com/gomlx/go-xla/cmd/pjrt_installer@v0.2.2"

var allDistributions = []distribution{
	{
		name: "lammps-jax-pjrt-cpu", version: "0.11.2", platform: "cpu", goos: "linux", goarch: "amd64",
		file:    "lammps_jax_pjrt_cpu-0.11.2-py3-none-manylinux_2_27_x86_64.whl",
		wheel:   "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
		library: "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
		hash:    "ad1309ac822b1b24d51b7f9947c7c9fa9ef5d67f390584cbc3d1fa2428fed9c2",
		bytes:   62711338,
	},
	{ // another build of the same interface, for the day on which the first is gone
		name: "fastatomstruct-xla-cpu", version: "2026.6.23", platform: "cpu", goos: "linux", goarch: "amd64",
		file:    "fastatomstruct_xla_cpu-2026.6.23-py3-none-manylinux_2_27_x86_64.whl",
		wheel:   "88b1c430b341b4bea40a37420311c9c75db6e22b46d2ff95b6986577bee6afe9",
		library: "fastatomstruct_xla_cpu/libpjrt_cpu.so",
		hash:    "0a0fe56ca17be9efc7b942e89e534e5e0ad4a0f1e369b66d27b62184509015b9",
		bytes:   63200622,
	},
	{
		name: "scipy-openblas32", version: "0.3.34.481.3", platform: openBLAS, goos: "linux", goarch: "amd64",
		file: "scipy_openblas32-0.3.34.481.3-py3-none-" +
			"manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
		wheel:   "0595f94cd58c1f8a0d90c975621f4587337a003916b1979e834ebdf2cb5d9504",
		library: "scipy_openblas32/lib/libscipy_openblas.so",
		hash:    "b396d74f12ab4319e6713b3287104d64245c76c60e5bd9eaeb4b447eda66a561",
		bytes:   7885409,
	},
	{
		name: "jax-cuda13-pjrt", version: "0.11.2", platform: "cuda", goos: "linux", goarch: "amd64",
		file:    "jax_cuda13_pjrt-0.11.2-py3-none-manylinux_2_27_x86_64.whl",
		wheel:   "e5ff589d43064913bb74027682d89639c7ea48f9f81c2bae6fc75117e913f93e",
		library: "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
		hash:    "43d3efd6fd43d8a5d9aa67176e830d81e4ad5fc19fda4ad09cdcc4aebd9f3920",
		bytes:   134162640,
		extra: []string{
			"nvidia-cublas>=13.0.0.19,<14", "nvidia-cuda-cupti>=13.0.48,<14", "nvidia-cuda-nvcc>=13.0.48,<14",
			"nvidia-cuda-runtime>=13.0.48,<14", "nvidia-cudnn-cu13>=9.12.0.46,<10", "nvidia-cufft>=12.0.0.15,<13",
			"nvidia-cusolver>=12.0.3.29,<13", "nvidia-cusparse>=12.6.2.49,<13", "nvidia-nccl-cu13>=2.27.7,<3",
			"nvidia-nvjitlink>=13.0.39,<14", "nvidia-cuda-nvrtc>=13.0.48,<14", "nvidia-nvshmem-cu13>=3.3.20,<4",
			"nvidia-nvvm>=13,<14",
		},
	},
	{
		name: "go-xla-pjrt-cpu", version: "v0.104.0", platform: "cpu", goos: "linux", goarch: "arm64",
		library: "pjrt_c_api_cpu_plugin.so", bytes: 60 << 20, program: goXLA,
	},
	{
		name: "go-xla-pjrt-cpu", version: "v0.104.0", platform: "cpu", goos: "darwin", goarch: "arm64",
		library: "pjrt_c_api_cpu_plugin.so", bytes: 60 << 20, program: goXLA,
	},
}

// siteLibraries are where site-packages may have a plugin besides the pinned ones: that of another version of JAX.
var siteLibraries = map[string][]string{
	openBLAS: {"scipy_openblas32/lib/libscipy_openblas.so"},
	"cpu":    {"lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so", "fastatomstruct_xla_cpu/libpjrt_cpu.so"},
	"cuda":   {"jax_plugins/xla_cuda13/xla_cuda_plugin.so", "jax_plugins/xla_cuda12/xla_cuda_plugin.so"},
}

// distributions are those for a platform on this machine, the preferred one first.
func distributions(platform string) []distribution {
	var out []distribution
	for _, d := range allDistributions {
		if d.platform == platform && (d.goos == "" || d.goos == runtime.GOOS) &&
			(d.goarch == "" || d.goarch == runtime.GOARCH) {
			out = append(out, d)
		}
	}
	return out
}

// distributionsOf are those for a platform or, where what is a package's name, that one.
func distributionsOf(what string) ([]distribution, error) {
	for _, d := range installable() {
		if d.name == what {
			return []distribution{d}, nil
		}
	}
	platform := what
	if what != openBLAS {
		p, err := platformName(what)
		if err != nil {
			return nil, err
		}
		platform = p
	}
	list := distributions(platform)
	if len(list) == 0 {
		return nil, fail(ErrNoPlugin,
			"no package with a PJRT plugin for %s is known for %s/%s: set %s to the path of one",
			platform, runtime.GOOS, runtime.GOARCH, namedBy(platform))
	}
	return list, nil
}

// installable are all distributions for this machine.
func installable() []distribution {
	return slices.Concat(distributions("cpu"), distributions("cuda"), distributions(openBLAS))
}

// Packages are the names of the known packages with a plugin, or OpenBLAS, for this machine.
func Packages() []string {
	var names []string
	for _, d := range installable() {
		names = append(names, d.name)
	}
	return names
}

// what is brought, in words.
func (d distribution) what() string {
	if d.platform == openBLAS {
		return "the library"
	}
	return "the plugin"
}

// folder is where the distribution is unpacked to.
func (d distribution) folder(cache string) string {
	return filepath.Join(cache, "plugins", d.name+"-"+d.version)
}

// installed is where the plugin then lies.
func (d distribution) installed(cache string) string {
	return filepath.Join(d.folder(cache), filepath.FromSlash(d.library))
}

// verify compares the library with the pinned hash; the file is read only when it changed since it was last.
func (d distribution) verify(path string) error {
	if d.hash == "" {
		return nil
	}
	h, err := fileHash(path)
	if err != nil {
		return unreadable(path, d.platform, err)
	}
	if h != d.hash {
		return fail(ErrCorrupt, "%s %s is damaged: its SHA-256 is %s and %s %s has %s.\n%s", d.what(), path, h, d.name,
			d.version, d.hash, wayOut(d.platform))
	}
	return nil
}
