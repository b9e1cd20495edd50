package pjrt

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestNewest(t *testing.T) {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("the names are of linux/amd64")
	}
	const here = "-py3-none-manylinux_2_27_x86_64.whl"
	for _, k := range []struct{ requirement, want, names string }{
		{"a-b>=13.0.2,<14", "a_b-13.10.0" + here, "a_b-12.9" + here + " a_b-13.0.2" + here + " a_b-13.10.0" + here +
			" a_b-13.9" + here + " a_b-14" + here + " a_b-14.0.1" + here},
		{"a-b>=13.0,<14", "a_b-13" + here, "a_b-13" + here + " a_b-12.99" + here},
		{"a-b>=1,<2", "A.B-1.5-2-py2.py3-none-any.whl", "A.B-1.5-2-py2.py3-none-any.whl a_b-1.6-cp311-cp311-any.whl"},
		{"a-b>=1,<2", "", "a_b-1.5-py3-none-manylinux_2_27_aarch64.whl a_b-1.5-py3-none-win_amd64.whl " +
			"a_b-1.5.tar.gz a_b-1.6rc1" + here + " a_c-1.5" + here + " a_b-1.7" + here + "?yanked a_b-1.8" +
			here + "?bare a_b-1.9.whl"},
		{"a-b>=1,<2", "a_b-1.5-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
			"a_b-1.5-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"},
	} {
		var links []link
		for _, name := range strings.Fields(k.names) {
			u, err := url.Parse("https://h/x/" + name)
			if err != nil {
				t.Fatal(err)
			}
			l := link{url: u, hash: "0", yanked: u.RawQuery == "yanked"}
			if u.RawQuery == "bare" {
				l.hash = ""
			}
			links = append(links, l)
		}
		got, ok := wantedOf([]string{k.requirement})[0].pick(links)
		if ok != (k.want != "") || ok && got.name() != k.want {
			t.Errorf("%s: %v, want %s", k.requirement, got.url, k.want)
		}
	}
	for _, d := range allDistributions { // all of them can be read
		for i, w := range wantedOf(d.extra) {
			u, _ := url.Parse("https://h/" + strings.ReplaceAll(w.project, "-", "_") + "-" +
				strings.Split(strings.Split(d.extra[i], ">=")[1], ",")[0] + here)
			if _, ok := w.pick([]link{{url: u, hash: "0"}}); !ok || !strings.Contains(d.extra[i], ",<") {
				t.Errorf("%s does not take its own least version", d.extra[i])
			}
		}
	}
}

// What a distribution requires comes from the index as well, and lies beside the plugin.
func TestInstallExtras(t *testing.T) {
	d, wheel := pinned(t)
	d.extra = []string{"lib-x>=1,<2"}
	unconfigured(t)
	extra := filepath.Join(t.TempDir(), "lib_x-1.5-py3-none-any.whl")
	writeWheel(t, extra, map[string]string{"nvidia/x/lib/libx.so.1": "x"})
	hash, err := readHash(extra)
	if err != nil {
		t.Fatal(err)
	}
	x := newIndex(t)
	x.pages = map[string]http.HandlerFunc{
		"/plug/":                            text("text/html", `<a href=plug-1-py3-none-any.whl>x</a>`),
		"/plug/plug-1-py3-none-any.whl":     file(wheel),
		"/lib-x/lib_x-1.5-py3-none-any.whl": file(extra),
		"/lib-x/lib_x-1.6-py3-none-any.whl": file(extra),
		"/lib-x/": text("text/html", fmt.Sprintf(`<a href="lib_x-1.5-py3-none-any.whl#sha256=%s">x</a>
<a data-yanked="broken" href="lib_x-1.6-py3-none-any.whl#sha256=%s">x</a>`, hash, hash)),
	}
	t.Setenv("PIP_INDEX_URL", x.URL)
	var said strings.Builder
	cache := t.TempDir()
	if _, err := d.install(context.Background(), cache, &said); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(d.folder(cache), "nvidia/x/lib/libx.so.1")); err != nil {
		t.Error(err)
	}
	if x.count("/lib-x/lib_x-1.6-py3-none-any.whl") > 0 || !strings.Contains(said.String(), "NVIDIA's libraries") {
		t.Error(said.String())
	}
	d.extra = []string{"lib-x>=2,<3"}
	_, err = d.install(context.Background(), t.TempDir(), nil)
	wantErr(t, err, errGone, "lib-x>=2,<3 is not on "+x.URL)
}
