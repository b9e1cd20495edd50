package serve_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// saved is f, saved for lists of arguments and loaded.
func saved(t testing.TB, f any, args ...[]any) *export.Exported {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.gojax")
	o := export.Saving{Name: "f", Platforms: []string{"cpu"}, Buckets: args[1:]}
	if err := o.Save(path, f, args[0]...); err != nil {
		t.Fatal(err)
	}
	e, err := export.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// served is a server of e as "f", ready, that is closed at the end of the test.
func served(t testing.TB, e *export.Exported, o serve.Options) *serve.Server {
	t.Helper()
	s, err := serve.New(map[string]*export.Exported{"f": e}, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	jsonKind = "application/json"
	npyKind  = "application/x-npy"
	npzKind  = "application/x-npz"
)

// post calls f.
func post(s http.Handler, kind string, body []byte, accept ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(context.Background(), "POST", "/v1/models/f/call", bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for _, a := range accept {
		r.Header.Add("Accept", a)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// get asks for a page.
func get(s http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

// message is what an answer says of an error.
func message(t testing.TB, w *httptest.ResponseRecorder) string {
	t.Helper()
	var e struct{ Error string }
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("%d: %q is no error: %v", w.Code, w.Body, err)
	}
	return e.Error
}

// npy is x as a .npy file.
func npy(t testing.TB, x jnp.Array) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jnp.Save(&b, x); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// npz is an archive of arrays.
func npz(t testing.TB, arrays map[string]jnp.Array) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jnp.SaveZ(&b, arrays); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// plus is x and 1 more in each element, for one row and for four.
func plus(t testing.TB) *export.Exported {
	return saved(t, func(x jnp.Array) jnp.Array { return x.Add(1) }, []any{jnp.Zeros(1, 3)}, []any{jnp.Zeros(4, 3)})
}
