package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/gojax/gojax/trace"
)

// statusError is an error with the status that tells of it.
type statusError struct {
	code int
	err  error
}

func (e *statusError) Error() string { return e.err.Error() }
func (e *statusError) Unwrap() error { return e.err }

// status is an error that is told with a code.
func status(code int, err error) error { return &statusError{code, err} }

// statusf is status of a message.
func statusf(code int, format string, args ...any) error {
	return status(code, fmt.Errorf(format, args...))
}

var (
	errBusy    = status(http.StatusServiceUnavailable, errors.New("there are as many calls as are taken: come again"))
	errShut    = status(http.StatusServiceUnavailable, errors.New("the server does not take calls now: come again"))
	errNoModel = statusf(http.StatusNotFound, "there is no such model; GET /v1/models lists them")
	errPanic   = errors.New("the program panicked")
)

func (s *Server) routes() {
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("POST /v1/models/{name}/call", s.call)
	s.mux.HandleFunc("GET /v1/models", s.list)
	s.mux.HandleFunc("GET /v1/models/{name}", s.describe)
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok") })
	s.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if s.ready.Load() {
			plain(w, http.StatusOK, "ready")
		} else {
			plain(w, http.StatusServiceUnavailable, "not ready")
		}
	})
	s.mux.Handle("GET /metrics", s.metrics.handler())
}

func plain(w http.ResponseWriter, code int, text string) {
	send(w, code, "text/plain; charset=utf-8", []byte(text+"\n"))
}

// send answers with a body.
func send(w http.ResponseWriter, code int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(code)
	_, _ = w.Write(body) // a reader that is gone needs no error
}

// ServeHTTP answers a request. (net/http's Handler)
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, page := s.mux.Handler(r); page == "" {
		w = refusal{w, r.Method}
	}
	s.mux.ServeHTTP(w, r)
}

// refusal makes the ServeMux's own answers, which are text, errors as others are.
type refusal struct {
	http.ResponseWriter
	method string
}

func (w refusal) WriteHeader(code int) {
	switch code {
	case http.StatusNotFound:
		refuse(w.ResponseWriter, statusf(code, "there is no such page; GET /v1/models lists what can be called"))
	case http.StatusMethodNotAllowed:
		refuse(w.ResponseWriter, statusf(code, "the method is %.20s, and this page takes %s", w.method,
			w.Header().Get("Allow")))
	default: // sends the client elsewhere
		w.ResponseWriter.WriteHeader(code)
	}
}

// Write drops the text.
func (w refusal) Write(b []byte) (int, error) { return len(b), nil }

// refuse answers with an error.
func refuse(w http.ResponseWriter, err error) {
	code, body := errorBody(err)
	send(w, code, jsonKind, body)
}

// call answers a call of a program.
func (s *Server) call(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	m := s.models[r.PathValue("name")]
	label := ""
	if m != nil {
		label = m.name
	}
	body, kind, err := s.answer(w, r, m)
	code := http.StatusOK
	if err != nil {
		code, body = errorBody(err)
		kind = jsonKind
	}
	s.metrics.answered(label, code, start)
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	if code == http.StatusServiceUnavailable {
		h.Set("Retry-After", "1")
	}
	// What a server of the user's own cannot set is no error: it has timeouts of its own.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(s.o.WriteTimeout))
	send(w, code, kind, body)
}

// errorBody is what tells of an error.
func errorBody(err error) (code int, body []byte) {
	var e *statusError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		code, err = http.StatusRequestEntityTooLarge, fmt.Errorf("the body has more than %d bytes", large.Limit)
	case errors.As(err, &e):
		code = e.code
	case errors.Is(err, context.DeadlineExceeded):
		code, err = http.StatusGatewayTimeout, errors.New("the call took longer than the server lets it")
	case errors.Is(err, context.Canceled):
		code = 499 // as nginx has it: nobody is there to read it
	default:
		code = http.StatusInternalServerError
	}
	body, _ = json.Marshal(map[string]string{"error": err.Error()})
	return code, append(body, '\n')
}

// answer runs a call.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, m *model) (body []byte, kind string, err error) {
	defer func() {
		if p := recover(); p != nil {
			s.panicked(p, debug.Stack())
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	if m == nil {
		return nil, "", errNoModel
	}
	if !s.ready.Load() {
		return nil, "", errShut
	}
	defer s.inFlight.Add(-1)
	if s.inFlight.Add(1) > int64(s.o.Queue) {
		return nil, "", errBusy
	}
	in, err := kindOf(r.Header)
	if err != nil {
		return nil, "", err
	}
	out, err := accepted(r.Header.Values("Accept"), in, len(m.results))
	if err != nil {
		return nil, "", err
	}
	text, err := s.read(w, r)
	if err != nil {
		return nil, "", err
	}
	arrays, numbered, err := m.decode(in, text)
	if err != nil {
		return nil, "", err
	}
	l, rows, err := m.match(arrays)
	if err != nil {
		return nil, "", status(http.StatusUnprocessableEntity, err)
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.o.Timeout)
	defer cancel()
	results, err := l.do(ctx, s.stop, arrays, rows)
	if err != nil {
		return nil, "", err
	}
	body, err = m.encode(out, results, numbered)
	return body, out, err
}

// read reads the body, in the time that it has. Memory is taken as bytes come.
func (s *Server) read(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Now().Add(s.o.ReadTimeout))
	if r.ContentLength > s.o.MaxBody {
		return nil, &http.MaxBytesError{Limit: s.o.MaxBody}
	}
	var b bytes.Buffer
	b.Grow(int(min(max(r.ContentLength, 512)+bytes.MinRead, 1<<16)))
	if _, err := b.ReadFrom(http.MaxBytesReader(w, r.Body, s.o.MaxBody)); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, err
		}
		code := http.StatusBadRequest
		if errors.Is(err, os.ErrDeadlineExceeded) {
			code = http.StatusRequestTimeout
		}
		return nil, statusf(code, "the body did not come whole: %w", err)
	}
	_ = c.SetReadDeadline(time.Time{}) // or the wait for the result would look like a client that is gone
	return b.Bytes(), nil
}

// panicked notes a panic.
func (s *Server) panicked(p any, stack []byte) {
	s.metrics.panics.Inc()
	s.o.Log.Error("serve: a call panicked", slog.Any("panic", p), slog.String("stack", string(stack)))
}

// list tells of the models.
func (s *Server) list(w http.ResponseWriter, _ *http.Request) {
	all := []description{}
	for _, n := range slices.Sorted(maps.Keys(s.models)) {
		all = append(all, s.description(s.models[n]))
	}
	writeJSON(w, http.StatusOK, map[string]any{"models": all})
}

func (s *Server) describe(w http.ResponseWriter, r *http.Request) {
	m := s.models[r.PathValue("name")]
	if m == nil {
		refuse(w, errNoModel)
		return
	}
	writeJSON(w, http.StatusOK, s.description(m))
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	b, err := json.MarshalIndent(v, "", "  ")
	trace.Must(err, "serve.Server", nil)
	send(w, code, jsonKind, append(b, '\n'))
}

// description is what the server tells of a model.
type description struct {
	Name     string    `json:"name"`
	Ready    bool      `json:"ready"`
	Programs []program `json:"programs,omitempty"`
}

type program struct {
	Inputs  []typed `json:"inputs"`
	Results []typed `json:"results"`
	Batch   []int   `json:"batch,omitempty"`    // the numbers n of rows that it is compiled for
	NoBatch string  `json:"no_batch,omitempty"` // why calls do not share a run
}

type typed struct {
	Path string `json:"path"`
	Type string `json:"type"`
}

func (s *Server) description(m *model) description {
	d := description{Name: m.name, Ready: s.ready.Load()}
	select {
	case <-s.prepared:
	default:
		return d // the lanes are not settled
	}
	types := func(paths []string, t []spec) []typed {
		out := make([]typed, len(t))
		for i := range t {
			out[i] = typed{paths[i], t[i].String()}
		}
		return out
	}
	for _, l := range m.lanes {
		d.Programs = append(d.Programs, program{types(m.paths, l.in), types(m.results, l.out), l.sizes, l.why})
	}
	return d
}
