package serve_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/serve"
)

// listening is a server of e on a free port, and how to end it.
func listening(t *testing.T, e *export.Exported, o serve.Options) (s *serve.Server, address string, end func() error) {
	t.Helper()
	s = served(t, e, o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	var over bool
	end = func() error {
		cancel()
		if over {
			return nil
		}
		over = true
		return <-done
	}
	t.Cleanup(func() { _ = end() })
	return s, l.Addr().String(), end
}

// When it is told to stop, a server answers the calls that it has, and takes no others.
func TestStop(t *testing.T) {
	s, address, end := listening(t, plus(t), serve.Options{BatchWait: 300 * time.Millisecond})
	url := "http://" + address
	if r, err := http.Get(url + "/readyz"); err != nil || r.StatusCode != 200 {
		t.Fatal(r, err)
	}
	got := make(chan string, 1)
	go func() {
		r, err := http.Post(url+"/v1/models/f/call", jsonKind, strings.NewReader(`{"args":[[[1,2,3]]]}`))
		if err != nil {
			got <- err.Error()
			return
		}
		defer r.Body.Close()
		b, _ := io.ReadAll(r.Body)
		got <- string(b)
	}()
	eventually(t, "no call is in flight", func() bool { return metric(t, s, "gojax_serve_in_flight") == "1" })
	if err := end(); err != nil {
		t.Error(err)
	}
	if text := <-got; text != `{"result":[[2,3,4]]}`+"\n" {
		t.Error(text)
	}
	if w := post(s, jsonKind, []byte(`{"args":[[[1,2,3]]]}`)); w.Code != 503 {
		t.Error(w.Code, w.Body)
	}
	if a, b := get(s, "/healthz").Code, get(s, "/readyz").Code; a != 200 || b != 503 {
		t.Error(a, b)
	}
	s.Close() // again
}

// Calls that take longer than the server may take to stop are cut off.
func TestStopInTime(t *testing.T) {
	s, address, end := listening(t, plus(t), serve.Options{BatchWait: time.Hour, Timeout: time.Hour,
		DrainTimeout: 50 * time.Millisecond})
	go func() {
		r, err := http.Post("http://"+address+"/v1/models/f/call", jsonKind, strings.NewReader(`{"args":[[[1,2,3]]]}`))
		if err == nil {
			r.Body.Close()
		}
	}()
	eventually(t, "no call is in flight", func() bool { return metric(t, s, "gojax_serve_in_flight") == "1" })
	if err := end(); err == nil || !strings.Contains(err.Error(), "cut off after 50ms") {
		t.Error(err)
	}
}

// Clients that are slow, or gone in the midst of a call, lose their connections; others are answered.
func TestSlowClients(t *testing.T) {
	s, address, _ := listening(t, plus(t), serve.Options{ReadTimeout: 100 * time.Millisecond, MaxBody: 1000,
		MaxHeader: 4096})
	const head = "POST /v1/models/f/call HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	const cut = "\x00" // here the client says that it sends no more
	for _, c := range []struct{ name, text, want string }{
		{"headers", "POST /v1/models/f/call HTTP/1.1\r\nHost: ", ""},
		{"body", head + "Content-Length: 20\r\n\r\n{\"args\"", "408"},
		{"cut body", head + "Content-Length: 20\r\n\r\n{\"args\"" + cut, "400"},
		{"long body", head + "Content-Length: 2000\r\n\r\n", "413"},
		{"chunks", head + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + strings.Repeat(" ", 2000) + "\r\n0\r\n\r\n",
			"413"},
		{"bad chunks", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400"},
		{"long headers", head + "X: " + strings.Repeat("x", 20000) + "\r\n\r\n", "431"},
	} {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		text, ends := strings.CutSuffix(c.text, cut)
		fmt.Fprint(conn, text)
		if ends {
			_ = conn.(*net.TCPConn).CloseWrite()
		}
		_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
		r, err := http.ReadResponse(bufio.NewReader(conn), nil)
		got := ""
		if err == nil {
			got = r.Status[:3]
		} else if e, ok := err.(net.Error); ok && e.Timeout() {
			t.Errorf("%s: the server waits", c.name)
		}
		if got != c.want {
			t.Errorf("%s: %q %v, want %q", c.name, got, err, c.want)
		}
		conn.Close()
	}
	for range 20 { // gone
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, head+"Content-Length: 20\r\n\r\n{\"args\":")
		_ = conn.(*net.TCPConn).SetLinger(0) // as of a process that was killed
		conn.Close()
	}
	r, err := http.Post("http://"+address+"/v1/models/f/call", jsonKind, strings.NewReader(`{"args":[[[1,2,3]]]}`))
	if err != nil || r.StatusCode != 200 {
		t.Fatal(r, err)
	}
	r.Body.Close()
	eventually(t, "calls stay in flight", func() bool { return metric(t, s, "gojax_serve_in_flight") == "0" })
}

// Calls that wait while the server gets ready, or closes, are told to come again.
func TestNotReady(t *testing.T) {
	o := serve.Options{BatchWait: time.Hour, Timeout: time.Hour}
	s, err := serve.New(map[string]*export.Exported{"f": plus(t)}, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	done := begin(t, context.Background(), s)
	eventually(t, "no call is in flight", func() bool { return metric(t, s, "gojax_serve_in_flight") == "1" })
	s.Close()
	if w := <-done; w.Code != 503 || w.Header().Get("Retry-After") != "1" {
		t.Error(w.Code, w.Body)
	}
}

func TestBadServers(t *testing.T) {
	e := plus(t)
	for _, c := range []struct {
		models map[string]*export.Exported
		o      serve.Options
		want   string
	}{
		{nil, serve.Options{}, "no program"},
		{map[string]*export.Exported{"a/b": e}, serve.Options{}, `"a/b" cannot be served`},
		{map[string]*export.Exported{"": e}, serve.Options{}, `"" cannot be served`},
		{map[string]*export.Exported{"a": nil}, serve.Options{}, `"a" cannot be served`},
		{map[string]*export.Exported{"a": e}, serve.Options{Queue: -1}, "Queue is negative"},
	} {
		if _, err := serve.New(c.models, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	s := served(t, e, serve.Options{})
	if err := s.ListenAndServe(context.Background(), "nowhere:x"); err == nil {
		t.Error("it listens nowhere")
	}
}

func TestPages(t *testing.T) {
	s := served(t, plus(t), serve.Options{})
	for _, c := range []struct {
		method, path string
		code         int
		want         string
	}{
		{"GET", "/v1/models", 200, `"type": "float32[n,3]"`},
		{"GET", "/v1/models/f", 200, `"path": "args[0]"`},
		{"GET", "/v1/models/g", 404, "no such model"},
		{"POST", "/v1/models/g/call", 404, "no such model"},
		{"GET", "/v1/models/f/call", 405, `{"error":"the method is GET, and this page takes POST"}`},
		{"DELETE", "/v1/models/f", 405, `takes GET, HEAD"}`},
		{"GET", "/", 404, `{"error":"there is no such page`},
		{"POST", "/v1/models/f/call/", 404, `{"error":"there is no such page`},
		{"GET", "//nothing", 307, ""},
		{"GET", "/healthz", 200, "ok"},
		{"GET", "/metrics", 200, `gojax_serve_requests_total{code="404",model=""} 1`},
	} {
		r, err := http.NewRequest(c.method, c.path, bytes.NewReader(nil))
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.code || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
		}
		if got := w.Header().Get("Content-Type"); w.Code >= 400 && got != jsonKind {
			t.Errorf("%s %s: %d is told as %s", c.method, c.path, w.Code, got)
		}
	}
}
