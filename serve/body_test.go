package serve_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
)

func TestContentTypes(t *testing.T) {
	s := served(t, plus(t), serve.Options{})
	two := served(t, saved(t, func(x jnp.Array) (jnp.Array, jnp.Array) { return x, x.Add(1) }, []any{jnp.Zeros(3)}),
		serve.Options{})
	array, archive := npy(t, jnp.Zeros(1, 3)), npz(t, map[string]jnp.Array{"arr_0": jnp.Zeros(1, 3)})
	text := []byte(`{"args": [[[0, 0, 0]]]}`)
	for _, c := range []struct {
		kind   string
		body   []byte
		accept string
		code   int
		got    string // the answer's type
	}{
		{jsonKind, text, "", 200, jsonKind},
		{"application/json; charset=utf-8", text, "*/*", 200, jsonKind},
		{jsonKind, text, npyKind, 200, npyKind},
		{jsonKind, text, npzKind, 200, npzKind},
		{npyKind, array, "", 200, npyKind},
		{npyKind, array, "text/html, application/json;q=0.5, */*;q=0.1", 200, jsonKind},
		{npyKind, array, "*/*;q=0.1, " + npzKind, 200, npzKind},
		{npyKind, array, "text/html", 406, jsonKind},
		{npyKind, array, "application/json;q=0", 406, jsonKind},
		{npzKind, archive, "", 200, npzKind},
		{"", text, "", 415, jsonKind},
		{"application/x-www-form-urlencoded", array, "", 415, jsonKind},
		{"a/b/c", array, "", 415, jsonKind},
	} {
		w := post(s, c.kind, c.body, c.accept)
		if got := w.Header().Get("Content-Type"); w.Code != c.code || got != c.got {
			t.Errorf("%s, Accept %q: %d %s, want %d %s: %s", c.kind, c.accept, w.Code, got, c.code, c.got, w.Body)
		}
	}
	text = []byte(`{"args": [[1, 2, 3]]}`)
	if w := post(two, jsonKind, text, npyKind); w.Code != 406 || !strings.Contains(message(t, w), "gives 2 arrays") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := post(two, npyKind, npy(t, jnp.Zeros(3))); w.Code != 200 || w.Header().Get("Content-Type") != npzKind {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Encodings of bodies are refused as such, before the body is read as what it is not.
func TestContentEncodings(t *testing.T) {
	s := served(t, plus(t), serve.Options{})
	codes := map[string]int{"": 200, "identity": 200, "Identity": 200, "gzip": 415, "br, gzip": 415}
	for encoding, code := range codes {
		r := httptest.NewRequest("POST", "/v1/models/f/call", strings.NewReader(`{"args": [[[0, 0, 0]]]}`))
		r.Header.Set("Content-Type", jsonKind)
		r.Header.Set("Content-Encoding", encoding)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != code || code == 415 && !strings.Contains(message(t, w), "Content-Encoding") {
			t.Errorf("%q: %d %s", encoding, w.Code, w.Body)
		}
	}
}
