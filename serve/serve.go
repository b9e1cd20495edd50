package serve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"regexp"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/trace"
)

// Options are those of New. The zero value is what serves well.
type Options struct {
	// Rows are the inputs whose first axis is that of a batch, by their paths ("args[0]", which stands for all that is
	// in it): calls share a run, each with some of its rows. None given: those whose first length differs between
	// variants of the program (export.Saving.Buckets) that are the same otherwise. All results must have that axis too.
	// Other inputs must be equal in all calls of a run.
	Rows []string
	// NoBatching runs every call by itself, with arrays of just the shapes that the program has.
	NoBatching bool
	// BatchWait is how long a call waits for others to share a run with; 0: a millisecond. A negative one does not
	// wait: calls share a run with those that came while others ran.
	BatchWait time.Duration
	// Parallel is how many runs there are at a time of each model; 0: as many as Go uses processors.
	Parallel int
	// Queue is how many calls are read, wait or run at a time; 0: 1024. More are told to come again (503).
	Queue int
	// MaxBody is how many bytes a body may have; 0: 16 MiB. MaxHeader is that of the headers; 0: 16 KiB.
	MaxBody   int64
	MaxHeader int
	// ReadTimeout is how long the headers may take, and again the body, WriteTimeout the answer, IdleTimeout the next
	// call on a connection, and Timeout a call from its body on; 0: 10 s, 10 s, 2 min, 30 s.
	ReadTimeout, WriteTimeout, IdleTimeout, Timeout time.Duration
	// DrainTimeout is how long calls may take to end once the server is told to; 0: 15 s.
	DrainTimeout time.Duration
	// Log gets what panicked; nil: slog.Default.
	Log *slog.Logger
}

func (o *Options) defaults() error {
	for name, n := range map[string]int64{"Parallel": int64(o.Parallel), "Queue": int64(o.Queue), "MaxBody": o.MaxBody,
		"MaxHeader": int64(o.MaxHeader), "ReadTimeout": int64(o.ReadTimeout), "WriteTimeout": int64(o.WriteTimeout),
		"IdleTimeout": int64(o.IdleTimeout), "Timeout": int64(o.Timeout), "DrainTimeout": int64(o.DrainTimeout)} {
		if n < 0 {
			return fmt.Errorf("%s is negative", name)
		}
	}
	o.BatchWait = cmp.Or(o.BatchWait, time.Millisecond)
	o.Parallel = cmp.Or(o.Parallel, runtime.GOMAXPROCS(0))
	o.Queue = cmp.Or(o.Queue, 1024)
	o.MaxBody = cmp.Or(o.MaxBody, 16<<20)
	o.MaxHeader = cmp.Or(o.MaxHeader, 16<<10)
	o.ReadTimeout = cmp.Or(o.ReadTimeout, 10*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 10*time.Second)
	o.IdleTimeout = cmp.Or(o.IdleTimeout, 2*time.Minute)
	o.Timeout = cmp.Or(o.Timeout, 30*time.Second)
	o.DrainTimeout = cmp.Or(o.DrainTimeout, 15*time.Second)
	o.Log = cmp.Or(o.Log, slog.Default())
	return nil
}

// Server is an http.Handler that runs programs. New makes it.
type Server struct {
	o       Options
	models  map[string]*model
	mux     *http.ServeMux
	metrics *metrics

	prepared chan struct{} // closed when the programs are compiled, or cannot be
	err      error         // why not
	ready    atomic.Bool
	inFlight atomic.Int64
	stop     chan struct{}
	stopOnce sync.Once
	workers  sync.WaitGroup
}

// name is what models may be called: it stands in addresses.
var name = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// New is a server of programs by name. They are compiled behind; Wait waits for it, and calls before are told to come
// again. Names are letters, digits, dots, hyphens and underscores. A program that was lowered for another platform than
// the default device's is an error, as are Rows that a program does not have.
//
// The server answers
//
//	POST /v1/models/NAME/call   a call, as JSON, .npy or .npz; the result is JSON unless Accept asks for another
//	GET  /v1/models             what there is, and /v1/models/NAME: its types
//	GET  /healthz, /readyz      200 while it lives, and while it takes calls
//	GET  /metrics               Prometheus's metrics
//
// Options: Options (Rows, NoBatching, BatchWait, Parallel, Queue, MaxBody, MaxHeader, ReadTimeout, WriteTimeout,
// IdleTimeout, Timeout, DrainTimeout, Log).
func New(models map[string]*export.Exported, o Options) (*Server, error) {
	if err := o.defaults(); err != nil {
		return nil, fmt.Errorf("serve.New: Options: %w", err)
	}
	if len(models) == 0 {
		return nil, errors.New("serve.New: there is no program to serve")
	}
	s := &Server{o: o, models: map[string]*model{}, prepared: make(chan struct{}), stop: make(chan struct{})}
	for _, n := range slices.Sorted(maps.Keys(models)) {
		if !name.MatchString(n) || models[n] == nil {
			return nil, fmt.Errorf("serve.New: a program of the name %q cannot be served", n)
		}
		var m *model
		var variants []export.Variant
		var err error
		if failed := trace.Try(func() { m, variants, err = newModel(n, models[n]) }); failed != nil {
			err = failed
		}
		if err == nil {
			err = m.plan(variants, &s.o)
		}
		if err != nil {
			return nil, fmt.Errorf("serve.New: %w", err)
		}
		s.models[n] = m
	}
	s.metrics = newMetrics(s)
	s.routes()
	go s.prepare()
	return s, nil
}

// prepare compiles, and begins to work.
func (s *Server) prepare() {
	defer close(s.prepared)
	for _, n := range slices.Sorted(maps.Keys(s.models)) {
		m := s.models[n]
		if err := m.program.Compile(nil); err != nil {
			s.err = fmt.Errorf("serve: %s: %w", n, err)
			return
		}
		var lanes []*lane
		for _, l := range m.lanes {
			err := l.probe(s)
			switch {
			case errors.Is(err, errMixes):
				lanes = append(lanes, l.apart(err, &s.o)...)
			case err != nil:
				s.err = fmt.Errorf("serve: %s: %w", n, err)
				return
			default:
				lanes = append(lanes, l)
			}
		}
		m.lanes = lanes
	}
	for _, m := range s.models {
		for _, l := range m.lanes {
			for range s.o.Parallel {
				s.workers.Go(func() { l.work(s, s.stop) })
			}
		}
	}
	select {
	case <-s.stop:
	default:
		s.ready.Store(true)
	}
}

// apart is a lane for each length of l's batch, which is none.
func (l *lane) apart(why error, o *Options) (all []*lane) {
	fixed := func(types []spec, n int) []spec {
		out := make([]spec, len(types))
		for i, t := range types {
			out[i] = spec{t.dtype, t.with(n).Shape}
		}
		return out
	}
	for _, n := range l.sizes {
		a := newLane(l.m, fixed(l.in, n), fixed(l.out, n), o)
		a.why = why.Error()
		all = append(all, a)
	}
	return all
}

// Wait waits until the programs are compiled, and says why they could not be.
func (s *Server) Wait() error {
	<-s.prepared
	return s.err
}

// Close refuses further calls, ends those that wait, and returns when nothing runs any more. ListenAndServe and Serve
// do so by themselves; who gave the server to an http.Server of their own calls its Shutdown first.
func (s *Server) Close() {
	s.ready.Store(false)
	s.stopOnce.Do(func() { close(s.stop) })
	<-s.prepared
	s.workers.Wait()
}

// depth is how many calls wait.
func (s *Server) depth() (n int) {
	select {
	case <-s.prepared:
	default:
		return 0
	}
	for _, m := range s.models {
		for _, l := range m.lanes {
			n += l.depth()
		}
	}
	return n
}

// ListenAndServe is Serve on a TCP address, such as "127.0.0.1:8080".
func (s *Server) ListenAndServe(ctx context.Context, address string) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return s.Serve(ctx, l)
}

// Serve answers on l until ctx is done: then it takes no further calls, ends those that it has, within DrainTimeout,
// and closes. It is an error if that did not suffice, or if a program cannot be compiled. Clients that are slow to send
// or to read lose their connections.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{Handler: s, ReadHeaderTimeout: s.o.ReadTimeout, IdleTimeout: s.o.IdleTimeout,
		MaxHeaderBytes: s.o.MaxHeader, ErrorLog: slog.NewLogLogger(s.o.Log.Handler(), slog.LevelDebug)}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	var err error
	prepared := s.prepared
	for waiting := true; waiting && err == nil; {
		select {
		case err = <-ended:
		case <-prepared:
			prepared, err = nil, s.err
		case <-ctx.Done():
			waiting = false
		}
	}
	s.ready.Store(false)
	drain, cancel := context.WithTimeout(context.Background(), s.o.DrainTimeout)
	defer cancel()
	failed := h.Shutdown(drain)
	if failed != nil {
		_ = h.Close()
		failed = fmt.Errorf("serve: calls were cut off after %v: %w", s.o.DrainTimeout, failed)
	}
	s.Close()
	return errors.Join(err, failed)
}
