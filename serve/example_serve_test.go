package serve_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
)

// doubled is a program for 1 or 8 rows, in a file.
func doubled() *export.Exported {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "double.gojax")
	double := func(x jnp.Array) jnp.Array { return x.Mul(2) }
	o := export.Saving{Buckets: [][]any{{jnp.Zeros(8, 3)}}, Platforms: []string{"cpu"}}
	if err := o.Save(path, double, jnp.Zeros(1, 3)); err != nil {
		panic(err)
	}
	e, err := export.Load(path)
	if err != nil {
		panic(err)
	}
	return e
}

// call calls the program double at an address.
func call(url, body string) string {
	r, err := http.Post(url+"/v1/models/double/call", "application/json", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%d %s", r.StatusCode, b)
}

// A server is a handler: it can be part of a server of one's own.
func ExampleNew() {
	s, err := serve.New(map[string]*export.Exported{"double": doubled()}, serve.Options{})
	if err != nil {
		panic(err)
	}
	defer s.Close()
	if err := s.Wait(); err != nil {
		panic(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/v1/", s)
	h := httptest.NewServer(mux)
	defer h.Close()
	fmt.Print(call(h.URL, `{"args": [[[1, 2, 3], [4, 5, 6]]]}`))
	fmt.Print(call(h.URL, `{"args": [[[1, 2]]]}`))
	// Output:
	// 200 {"result":[[2,4,6],[8,10,12]]}
	// 422 {"error":"args[0] is float32[1,2], and the program takes float32[n,3] there"}
}

// Serve answers until its context is done, as by a signal.
func ExampleServer_Serve() {
	s, err := serve.New(map[string]*export.Exported{"double": doubled()}, serve.Options{})
	if err != nil {
		panic(err)
	}
	if err := s.Wait(); err != nil {
		panic(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, stop := context.WithCancel(context.Background()) // or signal.NotifyContext
	done := make(chan error)
	go func() { done <- s.Serve(ctx, l) }()
	fmt.Print(call("http://"+l.Addr().String(), `{"args": [[[1, 2, 3]]]}`))
	stop()
	fmt.Println(<-done)
	// Output:
	// 200 {"result":[[2,4,6]]}
	// <nil>
}
