package pjrt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestConfigured(t *testing.T) {
	for name, k := range map[string]struct {
		env   map[string]string
		conf  string
		pages string // of the project Some_Plug
		whole bool
	}{
		"nothing":  {pages: "[]"},
		"pip":      {map[string]string{"PIP_INDEX_URL": "https://a/s/"}, "", "[https://a/s/some-plug/]", true},
		"uv":       {map[string]string{"UV_DEFAULT_INDEX": "https://a/s"}, "", "[https://a/s/some-plug/]", true},
		"uv, once": {map[string]string{"UV_INDEX_URL": "https://a"}, "", "[https://a/some-plug/]", true},
		"uv, more": {map[string]string{"UV_INDEX": "x=https://a https://b", "UV_EXTRA_INDEX_URL": "https://b"}, "",
			"[https://a/some-plug/ https://b/some-plug/]", false},
		"more": {map[string]string{"PIP_INDEX_URL": "https://a", "PIP_EXTRA_INDEX_URL": "https://b https://a"}, "",
			"[https://a/some-plug/ https://b/some-plug/]", true},
		"files": {map[string]string{"PIP_FIND_LINKS": "/nowhere https://f/links.html"}, "",
			"[file:///nowhere https://f/links.html]", false},
		"no index": {map[string]string{"PIP_INDEX_URL": "https://a", "PIP_NO_INDEX": "yes"}, "", "[]", true},
		"nonsense": {map[string]string{"PIP_INDEX_URL": "ftp://a"}, "", "[]", true},
		"a file of settings": {nil, `# a comment
[global]
timeout = 60
index_url: https://a/simple
extra-index-url =
    https://b
    # the last
    https://c
[list]
index-url = https://d
`, "[https://a/simple/some-plug/ https://b/some-plug/ https://c/some-plug/]", true},
		"one for downloads": {nil, "[download]\nindex-url=https://x\n[global]\nindex-url=https://a\n",
			"[https://x/some-plug/]", true},
		"the environment first": {map[string]string{"PIP_INDEX_URL": "https://e"}, "[global]\nindex-url=https://a\n",
			"[https://e/some-plug/]", true},
		"a broken one": {nil, "index-url = https://a\n  x\n[global\n= b\n\x00\n[global]\nno value\n", "[]", false},
	} {
		unconfigured(t)
		if k.conf != "" {
			path := filepath.Join(t.TempDir(), "pip.conf")
			if err := os.WriteFile(path, []byte(k.conf), 0o600); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PIP_CONFIG_FILE", path)
		}
		for _, v := range []string{"UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL",
			"PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS"} {
			t.Setenv(v, k.env[v])
		}
		s := configured()
		if got := fmt.Sprint(s.pages("Some_Plug")); got != k.pages || s.whole != k.whole {
			t.Errorf("%s: %s, %v; want %s, %v", name, got, s.whole, k.pages, k.whole)
		}
	}
}

// The user's own file of settings is read, and none of the working folder.
func TestPipFiles(t *testing.T) {
	unconfigured(t)
	home, here := t.TempDir(), t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("VIRTUAL_ENV", "")
	t.Setenv("PIP_CONFIG_FILE", "")
	t.Chdir(here)
	config, _ := os.UserConfigDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(config, "pip"), 0o755),
		os.WriteFile(filepath.Join(config, "pip", "pip.conf"), []byte("[global]\nproxy = p\n"), 0o644),
		os.WriteFile(filepath.Join(here, "pip.conf"), []byte("[global]\nproxy = evil\ncert = evil\n"), 0o644),
	); err != nil {
		t.Fatal(err)
	}
	if s := configured(); s.proxy != "p" || s.cert == "evil" {
		t.Errorf("%+v", s)
	}
}
