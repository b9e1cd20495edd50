package gojax

import (
	"context"
	"io"

	"github.com/gojax/gojax/backend/pjrt"
)

// PluginInfo is a plugin that was found: its path, how it was found, and its SHA-256.
type PluginInfo = pjrt.PluginInfo

// InstallPlugin downloads the plugin of a platform ("cpu" or "cuda") with python3's pip, checks its hash, unpacks it
// into the cache folder and returns its path. (On arm64, Linux or macOS, the go command runs go-xla's installer in the
// place of pip.) Progress is shown on w where that is a terminal. The CPU plugin is installed by itself at first use;
// this is for those who want it before, or want CUDA's.
func InstallPlugin(ctx context.Context, platform string, w io.Writer) (path string, err error) {
	return pjrt.Install(ctx, platform, w)
}

// FindPlugin looks for a platform's plugin where Devices would (GOJAX_PJRT_PLUGIN, the cache folder, python3's
// site-packages), and installs nothing.
func FindPlugin(platform string) (PluginInfo, error) { return pjrt.FindPlugin(platform) }

// CacheDir is the folder of plugins and compiled programs: GOJAX_CACHE_DIR, or gojax in the user's cache folder. It
// need not exist yet.
func CacheDir() (string, error) { return pjrt.CacheDir() }
