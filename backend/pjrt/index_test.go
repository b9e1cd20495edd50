package pjrt

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// unconfigured takes all settings of package indexes away, and any python3.
func unconfigured(t *testing.T) {
	t.Helper()
	noIndex(t)
	t.Setenv("PATH", t.TempDir())
}

// noIndex takes all settings of package indexes away.
func noIndex(t *testing.T) {
	t.Helper()
	for _, kv := range os.Environ() {
		if k, _, _ := strings.Cut(kv, "="); strings.HasPrefix(k, "PIP_") || strings.HasPrefix(k, "UV_") {
			t.Setenv(k, "")
		}
	}
	t.Setenv("PIP_CONFIG_FILE", os.DevNull)
}

// hurry shortens what is waited for.
func hurry(t *testing.T, silence time.Duration) {
	p, a := patience, tryAgain
	patience, tryAgain = silence, time.Millisecond
	t.Cleanup(func() { patience, tryAgain = p, a })
}

// index serves pages by path; it counts the requests, and checks a password where there is one.
type index struct {
	*httptest.Server
	mu       sync.Mutex
	pages    map[string]http.HandlerFunc
	requests map[string]int
	password string
}

func newIndex(t *testing.T) *index {
	t.Helper()
	x := &index{pages: map[string]http.HandlerFunc{}, requests: map[string]int{}}
	x.Server = httptest.NewServer(x)
	t.Cleanup(x.Close)
	return x
}

func (x *index) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	x.requests[r.URL.Path]++
	x.mu.Unlock()
	if _, p, _ := r.BasicAuth(); p != x.password {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if f := x.pages[r.URL.Path]; f != nil {
		f(w, r)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

func (x *index) count(path string) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.requests[path]
}

func text(kind, s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = io.WriteString(w, s)
	}
}

func file(path string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, path) }
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

// Every form in which an index may say where the wheel is.
func TestIndex(t *testing.T) {
	d, wheel := pinned(t)
	unconfigured(t)
	const page, at = "/simple/plug/", "/files/plug-1-py3-none-any.whl"
	asJSON := func(url, hash string) http.HandlerFunc {
		b, _ := json.Marshal(map[string]any{"files": []any{
			map[string]any{"url": "../../files/plug-0.whl", "hashes": map[string]string{"sha256": "00"}},
			map[string]any{"url": url, "hashes": map[string]string{"sha256": hash}},
		}})
		return text("application/vnd.pypi.simple.v1+json", string(b))
	}
	html := func(s string) http.HandlerFunc {
		return text("text/html; charset=utf-8", "<!DOCTYPE html><html><body><a href='plug-0.whl'>plug-0.whl</a>\n"+s)
	}
	for name, pages := range map[string]map[string]http.HandlerFunc{
		"json":         {page: asJSON("../.."+at, d.wheel)},
		"no hash":      {page: asJSON(at, "")},
		"html":         {page: html(`<a href="../../files/plug-1-py3-none-any.whl#sha256=` + d.wheel + `">x</a>`)},
		"single quote": {page: html(`<A class=x data-requires-python=">=3.9" HREF='` + at + `'>x</A>`)},
		"bare":         {page: html(`<a href=` + at + ` rel=internal>x</a>`)},
		"escaped": {page: html(`<a href="/files/plug%2D1-py3-none-any.whl?a=1&amp;b=2#sha256=` + d.wheel +
			`">x</a>`)},
		"gzip": {page: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.WriteString(z, `<a href="`+at+`">x</a>`)
			z.Close()
		}},
		"base": {page: html(`<base href="/files/"><a href="plug-1-py3-none-any.whl">x</a>`)},
		"redirects": {page: redirect("/other/plug/"), "/other/plug/": html(`<a href="w/plug-1-py3-none-any.whl">x</a>`),
			"/other/plug/w/plug-1-py3-none-any.whl": redirect(at)},
	} {
		t.Run(name, func(t *testing.T) {
			x := newIndex(t)
			x.pages = pages
			x.pages[at] = file(wheel)
			t.Setenv("PIP_INDEX_URL", x.URL+"/simple")
			cache := t.TempDir()
			var said strings.Builder
			if path, err := d.install(context.Background(), cache, &said); err != nil || d.verify(path) != nil {
				t.Error(err)
			}
			if want := "from " + x.URL + "/simple\n"; !strings.HasSuffix(said.String(), want) {
				t.Errorf("said %q, want %q", said.String(), want)
			}
		})
	}
	t.Run("a folder", func(t *testing.T) {
		t.Setenv("PIP_FIND_LINKS", filepath.Dir(wheel))
		t.Setenv("PIP_NO_INDEX", "1")
		if _, err := d.install(context.Background(), t.TempDir(), nil); err != nil {
			t.Error(err)
		}
	})
}

// Each thing that can go wrong on the way ends, with a reason, and without the password.
func TestIndexErrors(t *testing.T) {
	d, wheel := pinned(t)
	unconfigured(t)
	hurry(t, 300*time.Millisecond)
	const page, at = "/simple/plug/", "/files/plug-1-py3-none-any.whl"
	whole, _ := os.ReadFile(wheel)
	link := text("text/html", `<a href="`+at+`">x</a>`)
	stop := make(chan struct{})
	t.Cleanup(func() { close(stop) })
	for name, k := range map[string]struct {
		page, file http.HandlerFunc
		kind       error
		parts      []string
		requests   int // for the file
	}{
		"no project":      {nil, nil, errGone, []string{"plug 1 is not on", "/simple", "GOJAX_PJRT_PLUGIN"}, 0},
		"no file":         {text("text/html", "<a href=plug-2.whl>"), nil, errGone, []string{"plug 1 is not on"}, 0},
		"link to nothing": {link, nil, errGone, []string{"plug 1 is not on"}, 1},
		"wrong hash on the page": {text("text/html", `<a href="`+at+`#sha256=abc">x</a>`), file(wheel), ErrCorrupt,
			[]string{"SHA-256 abc instead", d.wheel}, 0},
		"wrong file": {link, text("x/y", "something else"), ErrCorrupt, []string{"SHA-256", d.wheel}, 1},
		"cut short": {link, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
			_, _ = w.Write(whole[:len(whole)/2])
		}, nil, []string{"unexpected EOF"}, 3},
		"endless": {link, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = w.Write(make([]byte, 1<<20))
			}
		}, nil, []string{"larger than what was asked for"}, 1},
		"stalled": {link, func(w http.ResponseWriter, r *http.Request) {
			_, _ = w.Write(whole[:10])
			w.(http.Flusher).Flush()
			select {
			case <-stop:
			case <-r.Context().Done():
			}
		}, nil, []string{"too slow", "less than 65.5 kB came in 300ms"}, 1},
		"dripping": {link, func(w http.ResponseWriter, r *http.Request) {
			for i := 0; r.Context().Err() == nil; i++ {
				_, _ = w.Write(whole[i%9 : i%9+1])
				w.(http.Flusher).Flush()
				time.Sleep(10 * time.Millisecond)
			}
		}, nil, []string{"too slow"}, 1},
		"down": {link, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, nil,
			[]string{"answers 503 Service Unavailable"}, 3},
		"forbidden": {link, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, ErrNoPlugin,
			[]string{"answers 403", "no python3"}, 1},
		"round and round":  {link, redirect(at), nil, []string{"more than 10 redirects"}, 11},
		"to another world": {link, redirect("file:///etc/passwd"), nil, []string{"a redirect from http to file"}, 1},
		"not json": {text("application/vnd.pypi.simple.v1+json", "<html>"), nil, nil,
			[]string{"cannot be read"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			x := newIndex(t)
			x.password = "secret"
			x.pages[page], x.pages[at] = k.page, k.file
			if k.page == nil {
				delete(x.pages, page)
			}
			t.Setenv("PIP_INDEX_URL", strings.Replace(x.URL, "://", "://hidden:secret@", 1)+"/simple")
			small := d
			small.bytes = 0
			cache := t.TempDir()
			var said strings.Builder
			_, err := small.install(context.Background(), cache, &said)
			wantErr(t, err, k.kind, k.parts...)
			if !errors.Is(err, ErrNoPlugin) && !errors.Is(err, ErrCorrupt) {
				t.Errorf("%v is of no kind", err)
			}
			if all := err.Error() + said.String(); strings.Contains(all, "secret") || strings.Contains(all, "hidden") {
				t.Errorf("the password is told: %s", all)
			}
			if n := x.count(at); n != k.requests {
				t.Errorf("%d requests for the file, want %d", n, k.requests)
			}
			if left, _ := filepath.Glob(filepath.Join(cache, "plugins", ".tmp-*")); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		x := newIndex(t)
		x.Close()
		t.Setenv("PIP_INDEX_URL", x.URL)
		_, err := d.install(context.Background(), t.TempDir(), nil)
		wantErr(t, err, ErrNoPlugin, "refused")
		if errors.Is(err, errGone) {
			t.Error("that is not to be gone")
		}
	})
	t.Run("given up", func(t *testing.T) {
		x := newIndex(t)
		ctx, cancel := context.WithCancel(context.Background())
		x.pages[page] = func(w http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }
		t.Setenv("PIP_INDEX_URL", x.URL+"/simple")
		_, err := d.install(ctx, t.TempDir(), nil)
		wantErr(t, err, context.Canceled)
	})
}

// A password goes to the index, and to files on its own host, and nowhere else.
func TestIndexPassword(t *testing.T) {
	d, wheel := pinned(t)
	unconfigured(t)
	other := newIndex(t) // has no password, and says 401 to who sends one
	other.pages["/plug-1-py3-none-any.whl"] = file(wheel)
	elsewhere := strings.Replace(other.URL, "127.0.0.1", "localhost", 1) + "/plug-1-py3-none-any.whl"
	for name, pages := range map[string]map[string]http.HandlerFunc{
		"a link": {"/plug/": text("text/html", `<a href="`+elsewhere+`">x</a>`)},
		"a redirect": {"/plug/": text("text/html", `<a href="w/plug-1-py3-none-any.whl">x</a>`),
			"/plug/w/plug-1-py3-none-any.whl": redirect(elsewhere)},
	} {
		x := newIndex(t)
		x.password, x.pages = "secret", pages
		t.Setenv("PIP_INDEX_URL", strings.Replace(x.URL, "://", "://me:secret@", 1))
		if _, err := d.install(context.Background(), t.TempDir(), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An index whose certificate is signed by the file that pip's settings name.
func TestIndexCertificate(t *testing.T) {
	d, wheel := pinned(t)
	unconfigured(t)
	x := newIndex(t)
	x.pages = map[string]http.HandlerFunc{"/plug/": text("text/html", `<a href=plug-1-py3-none-any.whl>x</a>`),
		"/plug/plug-1-py3-none-any.whl": file(wheel)}
	s := httptest.NewTLSServer(x)
	defer s.Close()
	t.Setenv("PIP_INDEX_URL", s.URL)
	_, err := d.install(context.Background(), t.TempDir(), nil)
	wantErr(t, err, ErrNoPlugin, "certificate", "no python3")
	cert := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}),
		0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PIP_CERT", cert)
	if _, err := d.install(context.Background(), t.TempDir(), nil); err != nil {
		t.Error(err)
	}
}

// A proxy, by pip's settings, is asked for everything. (That of the environment is Go's own matter, and read once.)
func TestIndexProxy(t *testing.T) {
	d, wheel := pinned(t)
	unconfigured(t)
	x := newIndex(t)
	x.pages = map[string]http.HandlerFunc{"/simple/plug/": text("text/html", `<a href=plug-1-py3-none-any.whl>x</a>`),
		"/simple/plug/plug-1-py3-none-any.whl": file(wheel)}
	t.Setenv("PIP_INDEX_URL", "http://index.invalid/simple")
	t.Setenv("PIP_PROXY", strings.TrimPrefix(x.URL, "http://"))
	if _, err := d.install(context.Background(), t.TempDir(), nil); err != nil {
		t.Error(err)
	}
	w, err := newWeb(sources{})
	if err != nil || w.client.Transport.(*http.Transport).Proxy == nil {
		t.Error("the environment's proxy is not asked for", err)
	}
}

// Where the index does not have the first distribution any more, the second is taken, and that is said once.
func TestIndexWithoutTheFirst(t *testing.T) {
	second, wheel := pinned(t)
	first := second
	first.name, first.file = "gone", "gone-1-py3-none-any.whl"
	list := []distribution{first, second}
	fake := os.Getenv("PATH")
	unconfigured(t)
	x := newIndex(t)
	x.pages = map[string]http.HandlerFunc{"/plug/": text("text/html", `<a href=plug-1-py3-none-any.whl>x</a>`),
		"/plug/plug-1-py3-none-any.whl": file(wheel)}
	install := func(parts ...string) {
		t.Helper()
		cache := t.TempDir()
		t.Setenv("GOJAX_CACHE_DIR", cache)
		var said strings.Builder
		path, err := installFirst(context.Background(), list, cache, &said)
		if err != nil || path != second.installed(cache) {
			t.Errorf("%s, %v", path, err)
		}
		for _, p := range parts {
			if strings.Count(said.String(), p) != 1 {
				t.Errorf("said %q, and not once %q", said.String(), p)
			}
		}
	}
	t.Setenv("PIP_INDEX_URL", x.URL)
	install("gone 1 is not on the package index any more: plug 1 is taken in its place\n")

	// The same by pip.
	t.Setenv("PIP_INDEX_URL", "")
	t.Setenv("PATH", fake)
	fakePython(t, fmt.Sprintf(`case "$*" in
*gone==1) echo "ERROR: No matching distribution found for gone==1"; exit 1;;
esac
while [ "$1" != -d ]; do shift; done; mkdir -p "$2"; cp %s "$2"`, wheel))
	install("gone 1 is not on the package index any more: plug 1 is taken in its place\n")

	// No network is not to be gone, and neither is a file that is not the one.
	for _, script := range []string{
		`echo "WARNING: Retrying (Retry(total=4))"; echo "ERROR: No matching distribution found for x"; exit 1`,
		`while [ "$1" != -d ]; do shift; done; mkdir -p "$2"; echo x > "$2/gone-1-py3-none-any.whl"`,
	} {
		fakePython(t, script)
		if path, err := installFirst(context.Background(), list, t.TempDir(), nil); err == nil {
			t.Errorf("%s was installed", path)
		}
	}
	if len(distributions("cpu")) > 1 {
		t.Setenv("PIP_INDEX_URL", x.URL)
		_, err := Install(context.Background(), distributions("cpu")[1].name, nil)
		wantErr(t, err, errGone, distributions("cpu")[1].name)
	}
}

func TestShownAddresses(t *testing.T) {
	for in, want := range map[string]string{
		"https://token@host/simple?key=1": "https://host/simple",
		"http://a:b@host:80/x":            "http://host:80/x",
	} {
		if u, err := url.Parse(in); err != nil || shown(u) != want {
			t.Errorf("%s is shown as %s", in, shown(u))
		}
	}
	if _, err := address("https://me:pa ss@host", ""); err == nil || strings.Contains(err.Error(), "pa ss") {
		t.Error(err)
	}
	if s := withoutSecrets("Looking in https://me:pass@host/simple, http://t@h"); strings.Contains(s, "pass") ||
		s != "Looking in https://***@host/simple, http://***@h" {
		t.Error(s)
	}
}
