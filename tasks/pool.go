package tasks

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/schollz/progressbar/v3"
)

// Options are settings of a pool, and of calls by Pool.With.
type Options struct {
	// Workers is how many processes of this program are started here: 0 means one a core (none under srun, whose ranks
	// are the workers), -1 none.
	Workers int
	// InProcess has goroutines for workers, as many as Workers says, and neither processes nor NATS: to debug, and for
	// functions that leave the cores to others.
	InProcess bool
	// Retries is how often a task is begun again whose worker has died: 0 means 3, -1 never. A task that returns an
	// error or panics is not repeated.
	Retries int
	// Timeout is how long a task may take, without end if 0.
	Timeout time.Duration
	// Chunk is how many inputs go to a worker together, one if 0: for tasks of less than a millisecond.
	Chunk int
	// Progress has Map and Unordered draw a bar on standard error.
	Progress bool
	// MaxBytes is the most that the inputs, or the results, of a chunk, or the value of Put, may have when encoded: 0
	// means 1 GiB.
	MaxBytes int64

	// Address is where the pool's own server listens, "host:port". Without, it is a free port of 127.0.0.1, which only
	// this machine reaches; ":4222" is all networks.
	Address string
	// Token is the password of the pool's own server. Without, it is drawn, and Pool.URL tells it.
	Token string
	// ServerConfig is a configuration file of nats-server for the pool's own server: TLS, limits, clusters.
	ServerConfig string
	// Connect are options of the connections of this process and of workers, which NATS' client has: nats.RootCAs,
	// nats.ClientCert, nats.UserCredentials.
	Connect []nats.Option
}

func (o Options) tries() int {
	switch {
	case o.Retries == 0:
		return 4
	case o.Retries < 0:
		return 1
	}
	return o.Retries + 1
}

// over are o with what calls set in a place of their own.
func (o Options) over(pool Options) Options {
	pick := func(x, y int) int {
		if x != 0 {
			return x
		}
		return y
	}
	pool.Retries, pool.Chunk = pick(o.Retries, pool.Retries), pick(o.Chunk, pool.Chunk)
	if o.Timeout != 0 {
		pool.Timeout = max(o.Timeout, 0)
	}
	if o.MaxBytes != 0 {
		pool.MaxBytes = o.MaxBytes
	}
	pool.Progress = pool.Progress || o.Progress
	return pool
}

func (o Options) check() error {
	for _, f := range []struct {
		name  string
		value int64
		least int64
	}{{"Workers", int64(o.Workers), -1}, {"Retries", int64(o.Retries), -1}, {"Chunk", int64(o.Chunk), 0},
		{"Timeout", int64(o.Timeout), 0}, {"MaxBytes", o.MaxBytes, 0}} {
		if f.value < f.least {
			return fmt.Errorf("tasks: %w: %s is %d, and at least %d is meant", ErrOptions, f.name, f.value, f.least)
		}
	}
	if o.Address != "" {
		if _, _, err := net.SplitHostPort(o.Address); err != nil {
			return fmt.Errorf("tasks: %w: Address: %w (\"127.0.0.1:4222\" is one)", ErrOptions, err)
		}
	}
	return nil
}

// Pool are the workers that tasks are given to.
type Pool struct {
	*shared
	ctx  context.Context
	opts Options
}

// shared is what a pool has in common with those that With and WithContext make of it.
type shared struct {
	engine
	open   context.Context
	id     string
	ids    atomic.Uint64
	room   room
	ledger *ledger
	close  sync.Once
	stop   context.CancelCauseFunc
	pages  pages
}

// engine brings jobs to workers.
type engine interface {
	submit(ctx context.Context, j *job) error // j.done follows, unless there is an error
	cancel(run uint64)                        // j.done follows for its jobs, which no worker begins any more
	put(ctx context.Context, name string, encode func() ([]byte, error)) error
	drop(ctx context.Context, name string) error // what was put
	inProcess() bool
	url() string
	serverPID() int
	end()
}

// outstanding is how many messages of a pool are at the server or on their way.
const outstanding = 4096

// room counts what may be submitted yet.
type room chan struct{}

func (r room) take(ctx context.Context) bool {
	select {
	case r <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (r room) give() { <-r }

// Start makes a pool. Workers are this program again, one a core: in a worker process, Start does not return, so it
// should stand at the beginning of main, before anything is computed or printed. Between them is a NATS server, a
// process too, that listens on 127.0.0.1 and asks for a token, unless the options say otherwise.
//
// Under srun with several tasks, rank 0 is the one in which Start returns, and the others are its workers. With
// GOJAX_TASKS=nats://user:token@host:port the server is one that runs already, with JetStream; and where the program's
// first argument is "worker" too, or GOJAX_TASKS_ROLE is, the process becomes a worker of the pool that is there, at
// any time.
//
// A pool whose process ends takes its workers and its server with it, however it ends. It is ipyparallel's
// Cluster().start_and_connect(), Dask's Client() and ray.init().
//
// Options: Options, all fields.
func Start(options ...Options) (*Pool, error) {
	o, err := one(options)
	if err != nil {
		return nil, err
	}
	where, err := situation()
	if err != nil {
		return nil, err
	}
	if where.worker {
		exit(where.work(o))
	}
	if o.Workers == 0 && !where.ranked() {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	ctx, stop := context.WithCancelCause(context.Background())
	p := &Pool{ctx: ctx, opts: o, shared: &shared{open: ctx, stop: stop, id: nonce(), room: make(room, outstanding),
		ledger: newLedger()}}
	if o.InProcess {
		p.engine = newGoroutines(ctx, max(o.Workers, 1), p.ledger)
		return p, nil
	}
	h, err := newHub(p, where)
	if err != nil {
		stop(err)
		return nil, err
	}
	p.engine = h
	return p, nil
}

// Work makes this process a worker for good if it was started as one, and returns at once in all others. Start does so
// too: Work is for programs that do much before it, and for TestMain.
//
// Options: Options (Connect).
func Work(options ...Options) {
	o, err := one(options)
	if err != nil {
		exit(err)
	}
	where, err := situation()
	if err != nil {
		exit(err)
	}
	if where.worker {
		exit(where.work(o))
	}
}

// one are the options of a call, with defaults.
func one(options []Options) (Options, error) {
	var o Options
	switch len(options) {
	case 0:
	case 1:
		o = options[0]
	default:
		return o, fmt.Errorf("tasks: %w: one Options is meant, not %d", ErrOptions, len(options))
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = 1 << 30
	}
	return o, o.check()
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// With is p with other settings for calls: those fields of Chunk, MaxBytes, Progress, Retries and Timeout that are set.
// Closing it closes p.
func (p *Pool) With(o Options) *Pool {
	if err := o.check(); err != nil {
		panic(caller() + ": " + err.Error())
	}
	return &Pool{shared: p.shared, ctx: p.ctx, opts: o.over(p.opts)}
}

// WithContext is p for calls that end with ctx: what workers have of them is cancelled, the rest is not begun, and what
// is waited for gives ctx's error.
func (p *Pool) WithContext(ctx context.Context) *Pool {
	return &Pool{shared: p.shared, ctx: ctx, opts: p.opts}
}

// URL is the server's, with the token: what GOJAX_TASKS is set to on other machines. It is empty for a pool of
// goroutines.
func (p *Pool) URL() string { return p.url() }

// Close ends the pool: what has not been done fails with ErrClosed, and when Close returns, neither processes nor
// files nor ports of the pool are left. It may be called again.
func (p *Pool) Close() error {
	p.shared.fail(ErrClosed)
	p.shared.close.Do(func() {
		p.pages.close()
		p.end()
	})
	return nil
}

// fail ends all calls with an error.
func (s *shared) fail(err error) { s.stop(err) }

func (s *shared) nextID() uint64 { return s.ids.Add(1) }

// bar is what call c draws its progress by.
func (c *call) bar(name string, n int) *progressbar.ProgressBar {
	if !c.opts.Progress {
		return progressbar.DefaultSilent(int64(n))
	}
	return progressbar.NewOptions(n, progressbar.OptionSetDescription(name),
		progressbar.OptionSetWriter(os.Stderr), progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetPredictTime(true),
		progressbar.OptionOnCompletion(func() { fmt.Fprintln(os.Stderr) }))
}
