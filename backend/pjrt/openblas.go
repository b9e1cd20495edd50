package pjrt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// openBLAS names OpenBLAS where a platform is asked for.
const openBLAS = "openblas"

// ErrOff is the kind of the error where the user does without OpenBLAS.
var ErrOff = errors.New("switched off")

// namedBy is the variable that names a platform's library.
func namedBy(platform string) string {
	if platform == openBLAS {
		return "GOJAX_OPENBLAS"
	}
	return "GOJAX_PJRT_PLUGIN"
}

// FindOpenBLAS looks for OpenBLAS, without installing anything: GOJAX_OPENBLAS, then the cache folder, then the package
// scipy-openblas32 in python3's site-packages. GOJAX_OPENBLAS=0 does without it, which is ErrOff. The error of a
// library that is damaged is ErrCorrupt, of none ErrNoPlugin.
func FindOpenBLAS() (PluginInfo, error) {
	if env := strings.TrimSpace(os.Getenv("GOJAX_OPENBLAS")); env != "" {
		if isNo(env) {
			return PluginInfo{}, fail(ErrOff, "GOJAX_OPENBLAS=%s: OpenBLAS is switched off", env)
		}
		path, err := filepath.Abs(env)
		if err == nil {
			err = checkLibrary(path)
		}
		if err != nil {
			return PluginInfo{}, fail(errors.Join(ErrNoPlugin, err), "GOJAX_OPENBLAS=%s: %v", env, pathless(err))
		}
		return PluginInfo{Path: path, Found: "GOJAX_OPENBLAS"}, nil
	}
	info, err := findLibrary(openBLAS)
	if err == nil && info.Path == "" {
		err = fail(ErrNoPlugin, "OpenBLAS is not found: not named by GOJAX_OPENBLAS, not in the cache folder, not in "+
			"python3's site-packages.\n%s", wayOut(openBLAS))
	}
	return info, err
}

// OpenBLAS is FindOpenBLAS, and the install where nothing is found. An install that fails is not tried again for a
// day: linear algebra goes without, and somebody without a network does not wait in each process.
func OpenBLAS() (PluginInfo, error) {
	info, err := FindOpenBLAS()
	if !errors.Is(err, ErrNoPlugin) || os.Getenv("GOJAX_OPENBLAS") != "" || len(distributions(openBLAS)) == 0 {
		return info, err
	}
	dir, derr := CacheDir()
	if derr != nil {
		return info, err
	}
	tried := filepath.Join(dir, "openblas.failed")
	if st, serr := os.Stat(tried); serr == nil && time.Since(st.ModTime()) < 24*time.Hour {
		return info, err
	}
	path, ierr := Install(context.Background(), openBLAS, os.Stderr)
	if ierr != nil {
		if merr := os.WriteFile(tried, nil, 0o600); merr != nil {
			ierr = fmt.Errorf("%w (and %v)", ierr, merr)
		}
		return info, fail(errors.Join(ErrNoPlugin, ierr), "OpenBLAS is not found, and installing it failed: %v", ierr)
	}
	os.Remove(tried)
	return PluginInfo{Path: path, Found: "cache folder"}, nil
}
