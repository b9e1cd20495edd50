package gojax

import (
	"context"
	"io"

	"github.com/gojax/gojax/backend/pjrt"
)

// PluginInfo is a plugin that was found: its path, how it was found, its SHA-256, and whether it is a known one.
type PluginInfo = pjrt.PluginInfo

// InstallPlugin downloads the plugin of a platform ("cpu" or "cuda"), checks its hash, unpacks it into the cache folder
// and returns its path. It comes from the package index that pip or uv is configured for, and by python3's pip where
// none is. (On arm64, Linux or macOS, the go command runs go-xla's installer.) Where the index has it no more, the next
// known one is taken; the name of a package in place of the platform asks for that one. Progress is shown on w where
// that is a terminal. The CPU plugin is installed by itself at first use; this is for those who want it before, or want
// CUDA's.
func InstallPlugin(ctx context.Context, platform string, w io.Writer) (path string, err error) {
	return pjrt.Install(ctx, platform, w)
}

// FindPlugin looks for a platform's plugin where Devices would (GOJAX_PJRT_PLUGIN, the cache folder, python3's
// site-packages), and installs nothing.
func FindPlugin(platform string) (PluginInfo, error) { return pjrt.FindPlugin(platform) }

// CacheDir is the folder of plugins and compiled programs: GOJAX_CACHE_DIR, or gojax in the user's cache folder. It
// need not exist yet.
func CacheDir() (string, error) { return pjrt.CacheDir() }
