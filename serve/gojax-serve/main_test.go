package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// lines hands on what is printed, a line at a time.
type lines chan string

func (l lines) Write(b []byte) (int, error) {
	l <- strings.TrimSpace(string(b))
	return len(b), nil
}

func TestServe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plus.gojax")
	if err := export.Save(path, func(x jnp.Array) jnp.Array { return x.Add(1) }, jnp.Zeros(2)); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	out, done := make(lines, 10), make(chan error, 1)
	go func() {
		args := []string{path, "-addr", "127.0.0.1:0", "other=" + path, "-pprof", "127.0.0.1:0"}
		done <- run(ctx, args, out, io.Discard)
	}()
	url, found := strings.CutPrefix(<-out, "listening on ")
	if text := <-out; !found || text != "ready" {
		t.Fatal(url, text)
	}
	for _, name := range []string{"plus", "other"} {
		r, err := http.Post(url+"/v1/models/"+name+"/call", "application/json", strings.NewReader(`{"args":[[1,2]]}`))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || string(b) != `{"result":[2,3]}`+"\n" {
			t.Error(string(b), err)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestBadCommandLines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plus.gojax")
	if err := export.Save(path, func(x jnp.Array) jnp.Array { return x.Add(1) }, jnp.Zeros(2)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "usage"}, {[]string{"-x"}, "usage"}, {[]string{path, path}, "two programs are called plus"},
		{[]string{"none.gojax"}, "none.gojax"}, {[]string{path, "-addr", "x:y:z"}, "x:y:z"},
		{[]string{path, "-rows", "args[7]"}, "no input args[7]"}, {[]string{path, "-queue", "-1"}, "Queue"},
		{[]string{path, "-addr", "127.0.0.1:0", "-pprof", "x:y:z"}, "x:y:z"},
	} {
		var said strings.Builder
		err := run(context.Background(), c.args, io.Discard, &said)
		if err == nil || !strings.Contains(err.Error()+said.String(), c.want) {
			t.Errorf("%q: %v, want %s", c.args, err, c.want)
		}
	}
	err := run(context.Background(), []string{"-h"}, io.Discard, io.Discard)
	if err == nil || errors.Is(err, errUsage) {
		t.Error(err)
	}
}

// Programs whose shapes have variables are served for the sizes of the command line, or refused before any is served.
func TestSizes(t *testing.T) {
	symbolic := filepath.Join("..", "..", "export", "testdata", "symbolic.jax_export") // of float32[b,3]
	for _, c := range []struct {
		size, want string
	}{
		{"", "-size must say"}, {"n=3", "-size must say"}, {"b=0", ""}, {"b", "usage"}, {"b=-1", "usage"},
		{"b=x", "usage"}, {"=3", "usage"}, {"n=2,b=8", "float32[8,3]"},
	} {
		args := []string{symbolic}
		if c.size != "" {
			args = append(args, "-size", c.size)
		}
		var said strings.Builder
		s, err := parse(args, &said)
		var got string
		if err == nil {
			var e *export.Exported
			if e, err = s.load(s.files[0]); err == nil {
				got = e.Variants()[0].Inputs[0].Type.String()
			}
		}
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%q: %s %v, want %s", c.size, got, err, c.want)
		}
	}
}

// What a program that serves needs where it runs is a C library, the plugin and OpenBLAS.
func TestNeedsNoMore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "product.gojax")
	product := func(x jnp.Array) jnp.Array { return x.MatMul(x) }
	if err := export.Save(path, product, jnp.Zeros(64, 64)); err != nil {
		t.Fatal(err)
	}
	e, err := export.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	e.Call(jnp.Zeros(64, 64)).(jnp.Array).BlockUntilReady()
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Skip(err)
	}
	found := false
	for line := range strings.Lines(string(maps)) {
		at := strings.IndexByte(line, '/')
		if at < 0 || !strings.Contains(line, ".so") {
			continue
		}
		name := filepath.Base(strings.TrimSpace(line[at:]))
		found = found || strings.Contains(name, "pjrt")
		if !needed.MatchString(name) {
			t.Errorf("it needs %s", line[at:])
		}
	}
	if !found {
		t.Error("no plugin is loaded: does the test look in the right place?")
	}
}

// needed are the C library, as glibc and musl divide it, and those of C++ and Fortran that the plugin and OpenBLAS are
// linked to.
var needed = regexp.MustCompile(`^(ld-.*|lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+|gfortran|quadmath|resolv)[.-].*` +
	`|.*pjrt.*|.*openblas.*)$`)
