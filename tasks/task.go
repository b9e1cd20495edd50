package tasks

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gojax/gojax/trace"
)

// Task is a function that workers know by a name.
type Task[In, Out any] struct {
	name string
	f    func(context.Context, In) (Out, error)
}

// runner is a task of whatever types: what a worker needs.
type runner interface {
	// work decodes the inputs of a request, calls the function for each, and encodes the results.
	work(ctx context.Context, q *request, payload []byte, at func(i int, ctx context.Context)) *reply
}

var registered = struct {
	sync.Mutex
	by map[string]runner
}{by: map[string]runner{}}

// Func registers f under a name, by which workers find it: Go cannot send functions. It is called for variables of
// packages, so that every process of the program has all tasks before main begins. Inputs and results are sent by
// encoding/gob, which takes numbers, strings, structs with exported fields, slices and maps of these, and arrays, keys
// and trees of them; values of interfaces need gob.Register. f is called by one goroutine of a worker at a time. Its
// context ends when the call is cancelled or Options.Timeout is over: a function that does not return a second later
// has its process replaced. A name that is there already panics.
//
// It stands for the decorators @ray.remote and @dask.delayed; ipyparallel sends functions as they are.
func Func[In, Out any](name string, f func(context.Context, In) (Out, error)) *Task[In, Out] {
	t := &Task[In, Out]{name: name, f: f}
	registered.Lock()
	defer registered.Unlock()
	if name == "" || registered.by[name] != nil {
		panic(fmt.Sprintf("%s: tasks.Func: the name %q is empty, or another task's", caller(), name))
	}
	registered.by[name] = t
	return t
}

// find is the task of a name, or nil.
func find(name string) runner {
	registered.Lock()
	defer registered.Unlock()
	return registered.by[name]
}

// Name is what t is registered under.
func (t *Task[In, Out]) Name() string { return t.name }

// Map calls t for each of the inputs on the pool's workers and returns the results in the order of the inputs. A worker
// takes the next input when it is done with one. The first task that fails ends the others, and Map returns its
// *Error. It is ipyparallel's LoadBalancedView.map, Dask's client.gather(client.map(f, xs)), Ray's ray.get of a list.
//
// Options: Options (Chunk, Retries, Timeout, Progress), by Pool.With.
func (t *Task[In, Out]) Map(p *Pool, inputs []In) ([]Out, error) {
	out := make([]Out, len(inputs))
	for r := range t.results(p, inputs, caller()) {
		if r.Err != nil {
			return nil, r.Err
		}
		out[r.Index] = r.Value
	}
	return out, nil
}

// Result is a result of Unordered.
type Result[Out any] struct {
	Index int // which of the inputs
	Value Out
	Err   error // an *Error, with which there is no value
}

// Unordered gives the results as they come. A task that fails gives its error, and the others go on; leaving the loop
// ends them. It is as_completed of Dask and of concurrent.futures, and imap_unordered of multiprocessing.
//
// Options: Options (Chunk, Retries, Timeout, Progress), by Pool.With.
func (t *Task[In, Out]) Unordered(p *Pool, inputs []In) iter.Seq[Result[Out]] {
	return t.results(p, inputs, caller())
}

func (t *Task[In, Out]) results(p *Pool, inputs []In, line string) iter.Seq[Result[Out]] {
	return func(yield func(Result[Out]) bool) {
		c := p.newCall(line)
		defer c.end()
		chunk := max(1, c.opts.Chunk)
		results := make(chan []Result[Out], len(inputs)/chunk+1)
		go func() {
			for lo := 0; lo < len(inputs); lo += chunk {
				xs := inputs[lo:min(lo+chunk, len(inputs))]
				c.submit(t.job(c, xs, lo, func(rs []Result[Out]) { results <- rs }))
			}
		}()
		bar := c.bar(t.name, len(inputs))
		defer bar.Exit()
		missing := make([]bool, len(inputs))
		for i := range missing {
			missing[i] = true
		}
		for left := len(inputs); left > 0; {
			select {
			case rs := <-results:
				left -= len(rs)
				_ = bar.Add(len(rs))
				for _, r := range rs {
					missing[r.Index] = false
					if !yield(r) {
						return
					}
				}
			case <-c.ctx.Done():
				for i := range missing {
					if missing[i] && !yield(Result[Out]{Index: i, Err: c.error(t.name, i, context.Cause(c.ctx))}) {
						return
					}
				}
				return
			}
		}
	}
}

// Future is a result that is to come.
type Future[Out any] struct {
	done  chan struct{}
	value Out
	err   error
}

// Go has a worker call t for one input, which may be changed when Go has returned. It is Ray's f.remote(x), Dask's
// client.submit(f, x) and ipyparallel's apply_async.
//
// Options: Options (Retries, Timeout), by Pool.With.
func (t *Task[In, Out]) Go(p *Pool, input In) *Future[Out] {
	f := &Future[Out]{done: make(chan struct{})}
	c := p.newCall(caller())
	got := make(chan Result[Out], 1)
	j := t.job(c, []In{input}, 0, func(rs []Result[Out]) { got <- rs[0] })
	if j.failed == nil && !c.p.inProcess() {
		j.prepare()
	}
	go func() {
		defer close(f.done)
		defer c.end()
		c.submit(j)
		select {
		case r := <-got:
			f.value, f.err = r.Value, r.Err
		case <-c.ctx.Done():
			f.err = c.error(t.name, 0, context.Cause(c.ctx))
		}
	}()
	return f
}

// Wait waits for the result. It is ray.get and future.result().
func (f *Future[Out]) Wait() (Out, error) {
	<-f.done
	return f.value, f.err
}

// Done is closed when Wait does not wait any more: for select, as ray.wait.
func (f *Future[Out]) Done() <-chan struct{} { return f.done }

// Range is 0, 1, ..., n-1: the numbers of n tasks. It is Python's range.
func Range(n int) []int {
	xs := make([]int, max(n, 0))
	for i := range xs {
		xs[i] = i
	}
	return xs
}

// job is what one message asks for: a task and one or more inputs.
type job struct {
	request
	encode  func() ([]byte, error)
	payload []byte
	run     func(context.Context, *request, func(int, context.Context)) *reply // here, by a goroutine
	done    func(*reply)                                                       // called once
	failed  error                                                              // why it cannot be sent
	seen    bool                                                               // whether payload is there
	since   time.Time                                                          // when it was given to the server
	// since when the server has not taken it, and when it did not last
	refusing, refused time.Time
	death             string // of the worker that had it last
}

// prepare encodes the inputs.
func (j *job) prepare() {
	if !j.seen {
		j.payload, j.failed = j.encode()
		j.seen = true
	}
}

// job is the job of the inputs xs, the first of which is number lo of the call's. give gets their results.
func (t *Task[In, Out]) job(c *call, xs []In, lo int, give func([]Result[Out])) *job {
	j := &job{request: request{ID: c.p.nextID(), Run: c.run, Func: t.name, N: len(xs), Tries: c.opts.tries(),
		Timeout: c.opts.Timeout, Max: c.opts.MaxBytes, X64: c.x64}}
	j.encode = func() ([]byte, error) { return encode(xs, j.Max) }
	j.run = func(ctx context.Context, q *request, at func(int, context.Context)) (r *reply) {
		trace.WithX64(q.X64, func() { r = t.each(ctx, q, xs, at) })
		return r
	}
	j.done = func(r *reply) {
		rs := make([]Result[Out], len(xs))
		var values []Out
		var err error
		trace.WithX64(c.x64, func() { values, err = outputs[Out](r, len(xs)) })
		next := 0
		for i := range rs {
			rs[i].Index = lo + i
			f := cmp.Or(r.All, r.Failures[i])
			switch {
			case err != nil:
				rs[i].Err = &Error{Call: c.line, Task: t.name, Index: lo + i, Worker: r.Worker, Err: err}
			case f != nil:
				rs[i].Err = &Error{Call: c.line, Task: t.name, Index: lo + i, Worker: r.Worker, Where: f.Where,
					Stack: f.Stack, Err: f.err()}
			default:
				rs[i].Value = values[next]
				next++
			}
		}
		give(rs)
	}
	return j
}

// outputs are the results that r has, of n inputs.
func outputs[Out any](r *reply, n int) ([]Out, error) {
	switch {
	case r.err != nil || r.All != nil:
		return nil, r.err
	case r.values != nil:
		return r.values.([]Out), nil
	case len(r.Failures) == n:
		return nil, nil
	}
	return decode[Out](r.payload, n-len(r.Failures))
}

func (t *Task[In, Out]) work(ctx context.Context, q *request, payload []byte, at func(int, context.Context)) (
	r *reply) {
	trace.WithX64(q.X64, func() { r = t.decoded(ctx, q, payload, at) })
	return r
}

func (t *Task[In, Out]) decoded(ctx context.Context, q *request, payload []byte, at func(int, context.Context)) *reply {
	xs, err := decode[In](payload, q.N)
	if err != nil {
		return &reply{All: failed("encoding", "%v", err)}
	}
	r := t.each(ctx, q, xs, at)
	outs := r.values.([]Out)
	r.values = nil
	if len(outs) == 0 {
		return r
	}
	if r.payload, err = encode(outs, q.Max); err != nil {
		kind := "encoding"
		if errors.Is(err, ErrTooLarge) {
			kind = "too large"
		}
		_, text, _ := strings.Cut(err.Error(), ": ")
		return &reply{All: failed(kind, "the result: %s", text)}
	}
	return r
}

// each calls the function for each of xs.
func (t *Task[In, Out]) each(ctx context.Context, q *request, xs []In, at func(int, context.Context)) *reply {
	r := &reply{Failures: map[int]*failure{}}
	outs := make([]Out, 0, len(xs))
	for i, x := range xs {
		v, f := t.one(ctx, q.Timeout, x, func(ctx context.Context) { at(i, ctx) })
		if f != nil {
			r.Failures[i] = f
			continue
		}
		outs = append(outs, v)
	}
	r.values = outs
	return r
}

func (t *Task[In, Out]) one(ctx context.Context, limit time.Duration, x In, at func(context.Context)) (
	v Out, f *failure) {
	if limit > 0 {
		var stop context.CancelFunc
		ctx, stop = context.WithTimeout(ctx, limit)
		defer stop()
	}
	at(ctx)
	returned := false
	defer func() {
		if !returned {
			f = panicked(recover()) // or runtime.Goexit goes on
		}
	}()
	v, err := t.f(ctx, x)
	returned = true
	switch {
	case err == nil:
		return v, nil
	case errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil:
		return v, failed("timeout", "%v", limit)
	}
	return v, failed("", "%s", err)
}

// call is one Map, Unordered or Go.
type call struct {
	p     *Pool
	ctx   context.Context // ends with the user's, with the pool, and with the call
	stop  context.CancelCauseFunc
	apart func() bool
	opts  Options
	run   uint64
	line  string
	x64   bool // the setting of the goroutine that called
	mu    sync.Mutex
	count int // jobs that have no reply yet
}

func (p *Pool) newCall(line string) *call {
	c := &call{p: p, opts: p.opts, run: p.nextID(), line: line, x64: trace.X64()}
	c.ctx, c.stop = context.WithCancelCause(p.ctx)
	c.apart = context.AfterFunc(p.open, func() { c.stop(context.Cause(p.open)) })
	return c
}

// submit gives the job to the pool's workers, when these have room for it.
func (c *call) submit(j *job) {
	if !c.p.room.take(c.ctx) {
		return
	}
	give := j.done
	j.done = func(r *reply) {
		c.p.room.give()
		c.mu.Lock()
		c.count--
		c.mu.Unlock()
		give(r)
	}
	c.mu.Lock()
	c.count++
	c.mu.Unlock()
	if j.failed == nil && !c.p.inProcess() {
		j.prepare()
	}
	err := j.failed
	if err == nil {
		err = c.p.submit(c.ctx, j)
	}
	if err != nil {
		j.done(&reply{err: err})
	}
}

// end takes back what has not been done.
func (c *call) end() {
	c.apart()
	c.stop(nil)
	c.mu.Lock()
	left := c.count
	c.mu.Unlock()
	if left > 0 {
		c.p.cancel(c.run)
	}
}

func (c *call) error(task string, i int, err error) error {
	return &Error{Call: c.line, Task: task, Index: i, Err: err}
}

// panicked says what v is, and from which line it came.
func panicked(v any) *failure {
	f := failed("panic", "%v", v)
	stack := make([]byte, 16<<10)
	f.Stack = string(stack[:runtime.Stack(stack, false)])
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	library := "" // the folder of the standard library, which the runtime's frames tell
	for more := true; more; {
		var fr runtime.Frame
		fr, more = frames.Next()
		if fr.Function == "runtime.gopanic" {
			library = strings.TrimSuffix(filepath.Dir(fr.File), "runtime")
		} else if library != "" && !strings.HasPrefix(fr.File, library) && strings.Contains(fr.File, "/") {
			f.Where = fmt.Sprintf("%s:%d", filepath.Base(fr.File), fr.Line)
			break
		}
	}
	if begins := strings.SplitN(f.Text, ": ", 2)[0]; strings.Contains(begins, ".go:") {
		f.Where = "" // gojax's errors tell the user's line themselves
	}
	return f
}

// caller is the line outside of this package that called it.
func caller() string {
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for more := true; more; {
		var f runtime.Frame
		f, more = frames.Next()
		inside := strings.HasPrefix(f.Function, "github.com/gojax/gojax/tasks.") &&
			!strings.HasSuffix(f.File, "_test.go")
		if !inside && f.File != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return filepath.Base(f.File) + ":" + strconv.Itoa(f.Line)
		}
	}
	return ""
}
