package tasks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// at is what a worker is at.
type at struct {
	request
	since  time.Time
	msg    *nats.Msg
	cancel context.CancelFunc
	input  int             // which of the request's
	ctx    context.Context // of that input
	over   time.Time       // when ctx was seen to be done
}

// workerProcess is a process that does tasks, one at a time.
type workerProcess struct {
	names
	name    string
	nc      *nats.Conn
	js      jetstream.JetStream
	environ []string
	config  config
	note    *os.File // of what it is at, which is read by the pool's process when this one is dead
	back    chan struct{}
	stuck   chan *failure

	mu        sync.Mutex
	now       *at
	cancelled map[uint64]bool // calls
	heard     time.Time       // when the pool last said anything
}

// lookFor is the name of a pool at the server, when there is one.
func lookFor(ctx context.Context, url string, o Options) (string, error) {
	for said := false; ; {
		nc, err := connect(url, "gojax worker", o.Connect)
		if err == nil {
			var m *nats.Msg
			m, err = nc.RequestWithContext(ctx, anyPool, nil)
			nc.Close()
			if err == nil {
				return string(m.Data), nil
			}
			err = fmt.Errorf("tasks: no pool is at %s: %w", hidden(url), err)
		}
		if errors.Is(err, ErrToken) || errors.Is(err, ErrTLS) {
			return "", err // it stays one
		}
		if !said {
			fmt.Fprintf(os.Stderr, "tasks: waiting for a pool, at most %v: %v\n", arrival, err)
			said = true
		}
		select {
		case <-ctx.Done():
			return "", err
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// serveTasks does the tasks of a pool until it ends. Where beside, the pool's process has started this one and ends it.
func serveTasks(o Options, c config, name string, beside bool) (err error) {
	host, _ := os.Hostname()
	w := &workerProcess{names: names{c.Pool}, name: name, config: c, environ: os.Environ(),
		back: make(chan struct{}, 1), stuck: make(chan *failure, 1), cancelled: map[uint64]bool{}, heard: time.Now()}
	if beside {
		w.note = os.NewFile(parent+1, "note")
	}
	for _, v := range []string{envRole, envConfig, envName, envServer} {
		os.Unsetenv(v) // a program that a task starts is none of ours
	}
	for { // the server may just be started again
		w.nc, err = connect(c.URL, "gojax worker "+name, o.Connect)
		if !errors.Is(err, ErrServer) || time.Since(w.heard) > silence {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	if w.js, err = jetstream.New(w.nc, jetstream.WithDefaultTimeout(answer)); err != nil {
		return err
	}
	w.nc.SetReconnectHandler(func(*nats.Conn) { signal(w.back) })
	data.connect(w)
	if _, err = w.nc.Subscribe(w.subject("orders"), w.order); err != nil {
		return err
	}
	if err := w.join(hello{Name: name, Host: host, PID: os.Getpid(), Build: c.Build}); err != nil {
		return err
	}
	go w.watch(beside)
	return w.take()
}

func (w *workerProcess) join(h hello) error {
	text, _ := json.Marshal(h)
	m, err := w.nc.Request(w.subject("join"), text, answer)
	for err != nil && time.Since(w.heard) < silence { // server and pool may not have found each other again
		time.Sleep(100 * time.Millisecond)
		m, err = w.nc.Request(w.subject("join"), text, answer)
	}
	if err != nil {
		return fmt.Errorf("tasks: the pool does not answer: %w", err)
	}
	var a welcome
	if err := json.Unmarshal(m.Data, &a); err != nil {
		return err
	}
	if a.Refused != "" {
		return fmt.Errorf("tasks: %w: %s", ErrBuild, a.Refused)
	}
	return nil
}

// patience is how long the server keeps a worker's request for a task.
const patience = 2 * time.Second

// take does tasks until the connection is closed. No task is asked for before the last one is done: another worker may
// be free earlier. It asks in NATS' words, as jetstream's iterators now and then forget to, for 30 seconds, if answers
// come at once.
func (w *workerProcess) take() error {
	messages := make(chan *nats.Msg, 8)
	inbox := w.nc.NewInbox()
	if _, err := w.nc.ChanSubscribe(inbox, messages); err != nil {
		return err
	}
	next := "$JS.API.CONSUMER.MSG.NEXT." + w.stream() + "." + workers
	request, _ := json.Marshal(map[string]any{"batch": 1, "expires": patience})
	for !w.nc.IsClosed() {
		if len(messages) == 0 { // else an answer was late
			_ = w.nc.PublishRequest(next, inbox, request)
		}
		select {
		case m := <-messages:
			switch m.Header.Get("Status") {
			case "":
				w.do(m)
			case "408": // there was none for so long
			default:
				time.Sleep(50 * time.Millisecond) // the server is being started again
			}
		case <-w.back: // with the connection, the request is gone
		case <-time.After(patience + time.Second):
		}
	}
	return nats.ErrConnectionClosed
}

// signal wakes who waits for c.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (w *workerProcess) do(m *nats.Msg) {
	a := &at{since: time.Now(), msg: m}
	payload, err := unframe(m.Data, &a.request)
	if err != nil {
		_ = m.Term()
		return
	}
	meta, err := m.Metadata()
	if err != nil {
		return
	}
	if int(meta.NumDelivered) > a.Tries {
		w.answer(a, &reply{All: failed("lost", "it was begun %d times", a.Tries)}, meta.NumDelivered)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a.cancel = cancel
	w.mu.Lock()
	if w.cancelled[a.Run] {
		w.mu.Unlock()
		_ = m.Term()
		return
	}
	w.now = a
	w.mu.Unlock()
	if w.note != nil {
		_, _ = w.note.WriteAt(frame(beat{ID: a.ID, Ack: m.Reply}, nil), 0)
	}
	var r *reply
	select {
	case r = <-apart(func() *reply { return w.work(ctx, a, payload) }):
	case f := <-w.stuck:
		r = &reply{All: f}
		defer w.again()
	}
	w.mu.Lock()
	w.now = nil
	w.mu.Unlock()
	w.answer(a, r, meta.NumDelivered)
}

// apart runs f on a goroutine of its own, which the user's function may end by runtime.Goexit.
func apart(f func() *reply) <-chan *reply {
	done := make(chan *reply, 1)
	go func() {
		r := &reply{All: failed("panic", "it called runtime.Goexit")}
		defer func() { done <- r }()
		r = f()
	}()
	return done
}

func (w *workerProcess) work(ctx context.Context, a *at, payload []byte) *reply {
	t := find(a.Func)
	if t == nil {
		return &reply{All: failed("unregistered", "%q; call tasks.Func for a variable of a package, so that it is "+
			"there before main", a.Func)}
	}
	if a.Object != "" {
		var err error
		if payload, err = data.get(ctx, a.Object); err != nil {
			return &reply{All: failed("", "its input cannot be read: %v", err)}
		}
	}
	return t.work(ctx, &a.request, payload, func(i int, ctx context.Context) {
		w.mu.Lock()
		a.input, a.ctx, a.over = i, ctx, time.Time{}
		w.mu.Unlock()
	})
}

// answer sends a result. The pool tells NATS that the task is done when it has it.
func (w *workerProcess) answer(a *at, r *reply, try uint64) {
	r.ID, r.Worker, r.Ack, r.Took = a.ID, w.name, a.msg.Reply, time.Since(a.since)
	b := frame(r, r.payload)
	if len(b) > carried(w.nc) {
		name := fmt.Sprintf("out-%d-%s-%d", a.ID, w.name, try)
		short := &reply{ID: r.ID, Worker: r.Worker, Ack: r.Ack, Took: r.Took, Object: name}
		if err := data.put(context.Background(), name, b); err != nil {
			short.Object = ""
			short.All = failed("", "the server did not take its result of %d bytes: %v", len(b), err)
		}
		b = frame(short, nil)
	}
	_ = w.nc.Publish(w.subject("results"), b) // should it be lost, the task is given out again
}

func (w *workerProcess) order(m *nats.Msg) {
	var o order
	if json.Unmarshal(m.Data, &o) != nil {
		return
	}
	if o.End {
		os.Exit(0)
	}
	if o.Drop != "" {
		data.drop(o.Drop)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.heard = time.Now()
	if o.Cancel == 0 {
		return
	}
	if len(w.cancelled) > 1<<12 { // whose tasks are long gone
		clear(w.cancelled)
	}
	w.cancelled[o.Cancel] = true
	if w.now != nil && w.now.Run == o.Cancel {
		w.now.cancel()
	}
}

// watch says twice a second what the worker is at, tells NATS that a long task goes on, and finds those that do not
// end.
func (w *workerProcess) watch(beside bool) {
	const pause = 500 * time.Millisecond
	renewed := time.Now()
	for range time.Tick(pause) {
		b := beat{Name: w.name}
		w.mu.Lock()
		silent := time.Since(w.heard)
		if a := w.now; a != nil {
			b.Func, b.ID, b.Since, b.Ack = a.Func, a.ID, a.since, a.msg.Reply
			if time.Since(a.since) > ackWait/4 && time.Since(renewed) > ackWait/4 {
				_ = a.msg.InProgress()
				renewed = time.Now()
			}
			w.ending(a)
		}
		w.mu.Unlock()
		text, _ := json.Marshal(b)
		_ = w.nc.Publish(w.subject("beats"), text)
		if !beside && silent > silence {
			fmt.Fprintf(os.Stderr, "tasks: %s: nothing was heard of the pool for %v\n", w.name,
				silent.Round(time.Second))
			if w.nc.IsConnected() {
				erase(w.js, w.names)
			}
			os.Exit(1)
		}
	}
}

// ending looks whether a function goes on although its context is over.
func (w *workerProcess) ending(a *at) {
	switch {
	case a.ctx == nil || a.ctx.Err() == nil:
	case a.over.IsZero():
		a.over = time.Now()
	case time.Since(a.over) > time.Second:
		f := failed("timeout", "%v, and the function did not end with its context", a.Timeout)
		if a.N > 1 {
			f.Text += fmt.Sprintf("; the rest of its chunk of %d inputs is lost with it", a.N)
		}
		select {
		case w.stuck <- f:
		default:
		}
	}
}

// again begins this process anew, since a goroutine cannot be ended.
func (w *workerProcess) again() {
	_ = w.nc.FlushTimeout(answer)
	w.nc.Close()
	path, err := program()
	if err == nil {
		text, _ := json.Marshal(w.config)
		err = syscall.Exec(path, os.Args, append(w.environ, envConfig+"="+string(text)))
	}
	exit(err)
}
