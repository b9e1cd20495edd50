package faults

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gojax/gojax"
)

// cached are the compiled programs in a cache folder.
func cached(dir string) []string {
	list, _ := filepath.Glob(filepath.Join(dir, "programs", "*", "*"))
	return list
}

// What is put in the place of compiled programs (forged, another's, moved, pipes, gigabytes of nothing) is not run,
// read to its end or waited for: the program is compiled anew.
func TestForgedPrograms(t *testing.T) {
	plugin := cpuPlugin(t)
	cache, home, other := safe(t), safe(t), safe(t)
	env := func(home string) []string {
		return fresh(home, "GOJAX_PJRT_PLUGIN="+plugin, "GOJAX_CACHE_DIR="+cache)
	}
	t.Run("filled", func(t *testing.T) {
		if out := child(t, limits{env: env(home)}, use); !strings.HasPrefix(out, result) || len(cached(cache)) < 2 {
			t.Fatalf("%d programs\n%s", len(cached(cache)), out)
		}
	})
	each := func(put func(path string, whole []byte) error) func() error {
		return func() error {
			var errs []error
			for _, path := range cached(cache) {
				whole, _ := os.ReadFile(path)
				errs = append(errs, os.Remove(path), put(path, whole))
			}
			return errors.Join(errs...)
		}
	}
	for _, k := range []struct {
		name  string
		spoil func() error
		home  string
	}{
		{"of another user", func() error { return nil }, other},
		{"exchanged", func() error {
			list := cached(cache)
			a, _ := os.ReadFile(list[0])
			b, _ := os.ReadFile(list[1])
			return errors.Join(os.WriteFile(list[0], b, 0o600), os.WriteFile(list[1], a, 0o600))
		}, home},
		{"changed", each(func(path string, whole []byte) error {
			whole[len(whole)/2] ^= 1
			return os.WriteFile(path, whole, 0o600)
		}), home},
		{"pipes", each(func(path string, _ []byte) error { return syscall.Mkfifo(path, 0o666) }), home},
		{"devices", each(func(path string, _ []byte) error { return os.Symlink("/dev/zero", path) }), home},
		{"folders", each(func(path string, _ []byte) error { return os.Mkdir(path, 0o755) }), home},
		{"200 GB", each(func(path string, whole []byte) error {
			return errors.Join(os.WriteFile(path, whole, 0o600), os.Truncate(path, 200<<30))
		}), home},
	} {
		t.Run(k.name, func(t *testing.T) {
			if os.Getenv(childEnv) == "" {
				if err := k.spoil(); err != nil {
					t.Fatal(err)
				}
			}
			out := child(t, limits{env: env(k.home), time: 30 * time.Second}, use)
			if !strings.Contains(out, result) || strings.Count(out, "the cache of compiled programs") > 1 {
				t.Error(out)
			}
		})
	}
}

// A cache folder that others can write to, or one below a folder of that kind, is not used: neither for programs nor
// for plugins. It is said what to do, once, and there is a switch for those who insist.
func TestCacheOfOthers(t *testing.T) {
	plugin := cpuPlugin(t)
	base := safe(t)
	for _, k := range []struct {
		name, cache, open string
		mode              os.FileMode
		foreign           bool
	}{
		{"writable by all", "all", "all", 0o777, false},
		{"writable by a group", "group", "group", 0o775, false},
		{"below one that is", "above/a/cache", "above", 0o777, false},
		{"another's", "foreign", "foreign", 0o755, true},
		{"below another's", "theirs/mine", "theirs", 0o755, true},
	} {
		cache, open := filepath.Join(base, k.cache), filepath.Join(base, k.open)
		if k.foreign && os.Geteuid() != 0 {
			continue // only root can give a folder away
		}
		if err := errors.Join(os.MkdirAll(cache, 0o755), os.Chmod(open, k.mode)); err != nil {
			t.Fatal(err)
		}
		if k.foreign {
			if err := os.Chown(open, 4711, 4711); err != nil {
				t.Fatal(err)
			}
		}
		says := func(t *testing.T, out string) {
			t.Helper()
			if strings.Count(out, "GOJAX_CACHE_TRUST=1") != 1 || !strings.Contains(out, open) {
				t.Errorf("it does not say once what to do: %s", out)
			}
		}
		t.Run(k.name+", programs", func(t *testing.T) {
			env := fresh(t.TempDir(), "GOJAX_PJRT_PLUGIN="+plugin, "GOJAX_CACHE_DIR="+cache)
			out := child(t, limits{env: env}, use)
			if !strings.Contains(out, result) || len(cached(cache)) > 0 {
				t.Error(out)
			}
			says(t, out)
		})
		t.Run(k.name+", insisted on", func(t *testing.T) {
			env := fresh(t.TempDir(), "GOJAX_PJRT_PLUGIN="+plugin, "GOJAX_CACHE_DIR="+cache, "GOJAX_CACHE_TRUST=1")
			out := child(t, limits{env: env}, use)
			if !strings.HasPrefix(out, result) || len(cached(cache)) == 0 {
				t.Error(out)
			}
		})
		// The right plugin in such a folder might not be the right one a moment later.
		t.Run(k.name+", plugin", func(t *testing.T) {
			if os.Getenv(childEnv) == "" {
				own, _ := gojax.CacheDir()
				rel, err := filepath.Rel(own, plugin)
				if err != nil || strings.HasPrefix(rel, "..") {
					t.Skip("the plugin is not from the cache folder")
				}
				path := filepath.Join(cache, rel)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.Symlink(plugin, path)); err != nil {
					t.Fatal(err)
				}
			}
			out := child(t, limits{env: fresh(t.TempDir(), "GOJAX_CACHE_DIR="+cache)}, use)
			if strings.Contains(out, result) || !strings.Contains(out, "is run as your code") {
				t.Error(out)
			}
			says(t, out)
		})
	}
}
