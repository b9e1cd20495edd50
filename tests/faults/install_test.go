package faults

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
)

// use computes something and prints it, or why it cannot.
func use(*testing.T) {
	err := gojax.Try(func() { fmt.Println("result", jnp.FromSlice([]float32{1, 2}).Add(2).Sum().Item()) })
	if err != nil {
		fmt.Println("error", err)
	}
}

const result = "result 7\n"

// fresh is the environment of somebody who has nothing but python3: no plugin, no index, an empty home.
func fresh(home string, env ...string) []string {
	return append([]string{"HOME=" + home, "XDG_CACHE_HOME=", "XDG_CONFIG_HOME=", "GOJAX_CACHE_DIR=", "GOJAX_CACHE=",
		"GOJAX_PLATFORM=cpu", "GOJAX_PJRT_PLUGIN=", "GOJAX_CACHE_TRUST=", "PIP_CONFIG_FILE=" + os.DevNull,
		"PIP_INDEX_URL=", "PIP_EXTRA_INDEX_URL=", "PIP_FIND_LINKS=", "PIP_NO_INDEX=", "UV_INDEX_URL=", "UV_INDEX=",
		"UV_DEFAULT_INDEX=", "UV_FIND_LINKS=", "UV_EXTRA_INDEX_URL=", "HTTP_PROXY=", "http_proxy="}, env...)
}

// safe is a folder that only this user can write to; the test is skipped where there are none for tests.
func safe(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	before := os.Getenv("GOJAX_CACHE_DIR")
	defer os.Setenv("GOJAX_CACHE_DIR", before)
	os.Setenv("GOJAX_CACHE_DIR", dir)
	if err := pjrt.CheckCacheDir(); err != nil {
		t.Skip("the folder for temporary files is not safe here: ", err)
	}
	return dir
}

// cpuPlugin is the path of the plugin that this process uses; its children are told.
func cpuPlugin(t *testing.T) string {
	t.Helper()
	if os.Getenv(childEnv) != "" {
		return ""
	}
	info, err := gojax.FindPlugin("cpu")
	if err != nil {
		t.Skip(err)
	}
	return info.Path
}

// Nothing that lies in the working folder is run when a plugin is looked for and installed at first use: no module of
// Python's, no program. (The real python3 is asked; without an index it finds nothing.)
func TestWorkingFolderAtFirstUse(t *testing.T) {
	here := t.TempDir()
	for _, name := range []string{"pip.py", "site.py", "sitecustomize.py",
		"usercustomize.py", "encodings.py", "json.py", "runpy.py", "random.py", "start.py"} {
		path := filepath.Join(here, name)
		text := "open(" + fmt.Sprintf("%q", filepath.Join(here, "ran")) + ", 'a').write(__file__)\n"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"python3", "go"} {
		text := "#!/bin/sh\necho " + name + " >> " + filepath.Join(here, "ran") + "\nexit 1\n"
		if err := os.WriteFile(filepath.Join(here, name), []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(here, "pip.conf"), []byte("[global]\nindex-url = http://127.0.0.1:9/\n"),
		0o644); err != nil {
		t.Fatal(err)
	}
	for name, env := range map[string][]string{
		"as it is":         nil,
		"PYTHONPATH":       {"PYTHONPATH=:."},
		"PYTHONPATH, here": {"PYTHONPATH=" + here},
		"PYTHONSTARTUP":    {"PYTHONSTARTUP=" + filepath.Join(here, "start.py"), "PYTHONUSERBASE=" + here},
		"PATH":             {"PATH=.:" + os.Getenv("PATH")},
		"PATH, empty":      {"PATH=:" + os.Getenv("PATH")},
	} {
		t.Run(name, func(t *testing.T) {
			out := child(t, limits{dir: here, env: fresh(t.TempDir(), append(env, "PIP_NO_INDEX=1")...)}, use)
			if ran, err := os.ReadFile(filepath.Join(here, "ran")); err == nil {
				t.Errorf("what lies in the working folder was run: %s\n%s", ran, out)
			}
			if !strings.Contains(out, result) && !strings.Contains(out, "GOJAX_PJRT_PLUGIN") {
				t.Errorf("no way out is named: %s", out)
			}
		})
	}
}

// An index that has neither of the known plugins is an error that names both; that the second is tried is said once. A
// proxy that the environment names is asked in its place.
func TestIndexWithoutPlugins(t *testing.T) {
	names := pjrt.Packages()
	if len(names) < 2 {
		t.Skip("one plugin is known for this machine")
	}
	s := httptest.NewServer(http.NotFoundHandler())
	defer s.Close()
	for name, k := range map[string]struct {
		env  []string
		says string
	}{
		"index": {[]string{"PIP_INDEX_URL=" + strings.Replace(s.URL, "://", "://me:secret@", 1)},
			"is not on http://127.0.0.1:"},
		"proxy": {[]string{"PIP_INDEX_URL=http://me:secret@index.invalid/simple", "HTTP_PROXY=" + s.URL},
			"is not on http://index.invalid/simple"},
	} {
		t.Run(name, func(t *testing.T) {
			out := child(t, limits{env: fresh(t.TempDir(), append(k.env, "PATH=")...)}, use)
			for _, want := range []string{names[0] + " ", names[1] + " ", k.says, "PIP_INDEX_URL"} {
				if !strings.Contains(out, want) {
					t.Errorf("it does not say %q: %s", want, out)
				}
			}
			if strings.Count(out, "taken in its place") != 1 || strings.Contains(out, "secret") {
				t.Error(out)
			}
		})
	}
}

// Installs that are killed leave what the next one sweeps away.
func TestKilledInstalls(t *testing.T) {
	home := t.TempDir()
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer s.Close()
	plugins := filepath.Join(home, "cache", "plugins")
	left := func() []string {
		list, _ := filepath.Glob(filepath.Join(plugins, ".tmp-*"))
		return list
	}
	env := func(index string) []string {
		return fresh(home, "GOJAX_CACHE_DIR="+filepath.Join(home, "cache"), "PIP_INDEX_URL="+index, "PATH=")
	}
	for i := range 3 {
		t.Run(fmt.Sprint("kill", i), func(t *testing.T) {
			child(t, limits{env: env(s.URL), exit: -1}, func(t *testing.T) {
				go func() {
					dir, _ := gojax.CacheDir()
					for {
						if list, _ := filepath.Glob(filepath.Join(dir, "plugins", ".tmp-*", "wheels")); len(list) > 0 {
							_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
						}
						time.Sleep(10 * time.Millisecond)
					}
				}()
				use(t)
				time.Sleep(time.Minute)
			})
			if n := len(left()); n != 1 {
				t.Errorf("%d folders are left, want the last one's alone", n)
			}
		})
	}
	nothing := httptest.NewServer(http.NotFoundHandler())
	defer nothing.Close()
	t.Run("then", func(t *testing.T) {
		out := child(t, limits{env: env(nothing.URL)}, use)
		if list := left(); len(list) > 0 || !strings.Contains(out, "error") {
			t.Errorf("left: %v\n%s", list, out)
		}
	})
}

// Settings that make no sense are said, in one line, with what comes of them, or stop the program with a sentence.
func TestSettings(t *testing.T) {
	plugin := cpuPlugin(t)
	odd := t.TempDir()
	pipe, sparse, secret := filepath.Join(odd, "pipe"), filepath.Join(odd, "sparse"), filepath.Join(odd, "secret")
	if err := errors.Join(syscall.Mkfifo(pipe, 0o666), os.WriteFile(sparse, nil, 0o644), os.Truncate(sparse, 200<<30),
		os.WriteFile(secret, []byte("x"), 0)); err != nil {
		t.Fatal(err)
	}
	names := strings.NewReplacer("PIPE", pipe, "FOLDER", odd, "SPARSE", sparse, "SECRET", secret)
	unprivileged := func(t *testing.T) {
		_ = syscall.Setuid(65534) // root may read everything
		use(t)
		os.Exit(0) // this user cannot clean up
	}
	for _, k := range []struct {
		env   string
		works bool
		parts []string
	}{
		{"GOJAX_PLATFORM=gpx", false, []string{`"gpx" is not a platform`, "cpu or cuda"}},
		{"GOJAX_PLATFORM=,", false, []string{"is not a platform", "GOJAX_PLATFORM"}},
		{"GOJAX_NUM_THREADS=40000", true, []string{"GOJAX_NUM_THREADS=40000", "taken for"}},
		{"GOJAX_NUM_THREADS=9223372036854775808", true, []string{"taken for"}},
		{"GOJAX_NUM_THREADS=-1", true, []string{`GOJAX_NUM_THREADS="-1"`, "positive"}},
		{"GOJAX_NUM_CPU_DEVICES=1000000", true, []string{`GOJAX_NUM_CPU_DEVICES="1000000"`, "1024"}},
		{"GOJAX_NUM_CPU_DEVICES=0", true, []string{`GOJAX_NUM_CPU_DEVICES="0"`, "one device"}},
		{"GOJAX_ENABLE_X64=maybe", true, []string{`GOJAX_ENABLE_X64="maybe"`, "neither true nor false"}},
		{"GOJAX_DEBUG_NANS=maybe", true, []string{`GOJAX_DEBUG_NANS="maybe"`, "neither true nor false"}},
		{"GOJAX_CACHE=maybe", true, []string{`GOJAX_CACHE="maybe"`, "neither true nor false", "stays on"}},
		{"GOJAX_CACHE_TRUST=maybe", true, []string{`GOJAX_CACHE_TRUST="maybe"`, "neither true nor false"}},
		{"GOJAX_CACHE_MAX_BYTES=2GB", true, []string{`GOJAX_CACHE_MAX_BYTES="2GB"`, "2 GiB are used"}},
		{"GOJAX_CACHE_DIR=~/cache", true, []string{`GOJAX_CACHE_DIR="~/cache"`, "the whole path"}},
		{"GOJAX_CACHE_DIR=PIPE", true, []string{"the cache of compiled programs", "not a directory"}},
		{"GOJAX_PJRT_PLUGIN=PIPE", false, []string{"not a file", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=FOLDER", false, []string{"not a file", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=/dev/zero", false, []string{"not a file", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=SPARSE", false, []string{"cannot be read", "214.7 GB", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=SECRET", false, []string{"cannot be read", "permission denied", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=nowhere.so", false, []string{"not a file", "unset it"}},
		{"GOJAX_PJRT_PLUGIN=cpu=", false, []string{"not a file", "unset it"}},
	} {
		t.Run(k.env, func(t *testing.T) {
			home, f := t.TempDir(), use
			if strings.HasSuffix(k.env, "SECRET") {
				f = unprivileged
			}
			setting := names.Replace(k.env)
			env := fresh(home, "GOJAX_PJRT_PLUGIN="+plugin, "GOJAX_CACHE_DIR="+filepath.Join(home, "cache"), setting)
			out := child(t, limits{env: env, time: 30 * time.Second}, f)
			if strings.Contains(out, result) != k.works {
				t.Errorf("works: %v, want %v\n%s", !k.works, k.works, out)
			}
			for _, p := range k.parts {
				if strings.Count(out, p) != 1 && !strings.HasPrefix(p, "GOJAX_PLATFORM") {
					t.Errorf("it does not say once %q: %s", p, out)
				}
			}
			if strings.Contains(out, "gojax install") {
				t.Errorf("an install is advised: %s", out)
			}
		})
	}
}
