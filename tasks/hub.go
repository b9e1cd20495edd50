package tasks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	// ackWait is after how long NATS gives a task to another worker if its own has not said that it goes on.
	ackWait = 5 * time.Second
	// silence is after how long without a word a worker, or a pool, is taken for dead by the other.
	silence = 15 * time.Second
	// arrival is how long a pool waits for its first worker, and a worker for its pool.
	arrival = 60 * time.Second
	// answer is how long NATS may take for an answer.
	answer = 5 * time.Second
)

// absence is after how long without a server a pool fails: its workers of other machines are gone by then.
var absence = 2 * silence

// hub is the pool's side of NATS. Tasks are messages of a stream from which a consumer hands each to one worker.
// Results come as plain messages, and only then the hub tells NATS that the task is done: what is lost on the way, with
// a worker or with the server, is given out again. What comes twice is known by its number and counts once.
type hub struct {
	*shared
	names
	opts     Options
	cancelAt context.CancelFunc
	life     context.Context // until end
	server   *serverProcess  // nil where it is another's
	address  string
	nc       *nats.Conn
	js       jetstream.JetStream
	created  time.Time // when the stream was
	objects  objects
	local    *locals
	forget   func() // what srun's ranks read
	back     chan struct{}

	mu   sync.Mutex
	jobs map[uint64]*job
	met  chan struct{} // closed when the first worker has come
	once sync.Once
	wg   sync.WaitGroup
}

// names are what a pool is called at the server.
type names struct{ pool string }

func (n names) stream() string           { return "gojax-tasks-" + n.pool }
func (n names) bucket() string           { return "gojax-data-" + n.pool }
func (n names) subject(s string) string  { return "gojax.tasks." + n.pool + "." + s }
func (n names) queue(run uint64) string  { return n.subject("q." + strconv.FormatUint(run, 10)) }
func (n names) object(id uint64) string  { return "in-" + strconv.FormatUint(id, 10) }
func (n names) message(id uint64) string { return n.pool + "-" + strconv.FormatUint(id, 10) }

// workers is the name of the stream's one consumer.
const workers = "workers"

// anyPool is where workers ask that do not know their pool yet.
const anyPool = "gojax.tasks.pools"

// order is what a hub tells all workers.
type order struct {
	Cancel uint64 `json:",omitempty"` // a call
	End    bool   `json:",omitempty"` // the pool is closed
	Drop   string `json:",omitempty"` // a value that was put
}

// welcome answers a worker's hello.
type welcome struct {
	Refused string `json:",omitempty"`
}

func newHub(p *Pool, at situated) (*hub, error) {
	h := &hub{shared: p.shared, names: names{p.shared.id}, opts: p.opts, jobs: map[uint64]*job{},
		met: make(chan struct{}), forget: func() {}, back: make(chan struct{}, 1)}
	h.life, h.cancelAt = context.WithCancel(context.Background())
	h.local = startLocals(h, max(p.opts.Workers, 0)) // they start while the server does
	err := h.open(at)
	if err != nil {
		h.end()
		return nil, err
	}
	h.wg.Go(h.watch)
	h.wg.Go(h.guard)
	return h, nil
}

func (h *hub) open(at situated) (err error) {
	h.address = at.url
	if h.address == "" {
		if h.server, err = startServer(h.opts, at, h.shared.fail); err != nil {
			return err
		}
		h.address = h.server.url
	}
	if h.nc, err = connect(h.address, "gojax pool "+h.pool, h.opts.Connect); err != nil {
		return err
	}
	h.js, err = jetstream.New(h.nc, jetstream.WithDefaultTimeout(answer),
		jetstream.WithPublishAsyncMaxPending(2*outstanding), jetstream.WithPublishAsyncTimeout(answer),
		jetstream.WithPublishAsyncErrHandler(h.unpublished))
	if err != nil {
		return err
	}
	if err := h.make(); err != nil {
		return fmt.Errorf("tasks: %w: %w", ErrServer, err)
	}
	h.objects = h.at(h.nc, h.js)
	for subject, f := range map[string]nats.MsgHandler{h.subject("results"): h.result, h.subject("beats"): h.beat,
		h.subject("join"): h.join, anyPool: h.found} {
		sub, err := h.nc.Subscribe(subject, f)
		if err != nil {
			return err
		}
		if err := sub.SetPendingLimits(-1, -1); err != nil { // what is dropped would have to be computed again
			return err
		}
	}
	h.nc.SetReconnectHandler(func(*nats.Conn) { signal(h.back) })
	if err := h.nc.Flush(); err != nil {
		return err
	}
	h.local.begin(config{URL: h.address, Pool: h.pool, Build: h.pool})
	if at.publish != nil {
		h.forget, err = at.publish(h.url(), h.pool)
	}
	return err
}

// make makes the stream of tasks and its consumer, if they are not there.
func (h *hub) make() error {
	ctx, stop := context.WithTimeout(h.life, answer)
	defer stop()
	s, err := h.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{Name: h.stream(),
		Subjects: []string{h.subject("q.*")}, Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage,
		Duplicates: time.Minute, MaxMsgSize: -1})
	if err != nil {
		return err
	}
	_, err = h.js.CreateOrUpdateConsumer(ctx, h.stream(), jetstream.ConsumerConfig{Durable: workers,
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxDeliver: -1, MaxAckPending: 1 << 16,
		MaxWaiting: 1 << 14})
	if now := s.CachedInfo().Created; err == nil && !now.Equal(h.created) {
		h.created = now
		h.mu.Lock()
		for _, j := range h.jobs { // which were at another one
			go h.publish(j)
		}
		h.mu.Unlock()
	}
	return err
}

func (h *hub) inProcess() bool { return false }

func (h *hub) url() string {
	if h.server == nil {
		return h.address
	}
	return h.server.public
}

func (h *hub) serverPID() int {
	if h.server == nil {
		return 0
	}
	return h.server.now.Load().cmd.Process.Pid
}

func (h *hub) submit(ctx context.Context, j *job) error {
	if len(j.payload) > carried(h.nc) {
		j.Object = h.object(j.ID)
		if err := h.put(ctx, j.Object, func() ([]byte, error) { return j.payload, nil }); err != nil {
			return err
		}
		j.payload = nil
	}
	h.mu.Lock()
	if err := context.Cause(ctx); err != nil {
		h.mu.Unlock()
		return err
	}
	j.since = time.Now()
	h.jobs[j.ID] = j
	h.mu.Unlock()
	h.ledger.submit(j)
	h.publish(j)
	return nil
}

// publish gives the job to the server, for as long as that takes.
func (h *hub) publish(j *job) {
	m := nats.NewMsg(h.queue(j.Run))
	m.Header.Set(jetstream.MsgIDHeader, h.message(j.ID))
	m.Data = frame(&j.request, j.payload)
	if _, err := h.js.PublishMsgAsync(m); err != nil {
		h.later(j.ID)
	}
}

// unpublished is called for a message that the server has not confirmed.
func (h *hub) unpublished(_ jetstream.JetStream, m *nats.Msg, err error) {
	var q request
	if _, bad := unframe(m.Data, &q); bad == nil {
		var refused *jetstream.APIError
		if h.refused(q.ID) || errors.As(err, &refused) && refused.Code == 400 { // bad request: it stays one
			h.finish(q.ID, &reply{err: fmt.Errorf("tasks: %w: the task is not taken: %w", ErrServer, err)})
			return
		}
		h.later(q.ID)
	}
}

// refused notes that a job was not taken, and reports whether it has not been for long: with a full disk, JetStream
// says nothing, for good.
func (h *hub) refused(id uint64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	j := h.jobs[id]
	if j == nil {
		return false
	}
	now := time.Now()
	if now.Sub(j.refused) > 3*answer { // it was taken in between
		j.refusing = now
	}
	j.refused = now
	return now.Sub(j.refusing) > absence
}

func (h *hub) later(id uint64) {
	time.AfterFunc(200*time.Millisecond, func() {
		h.mu.Lock()
		j := h.jobs[id]
		h.mu.Unlock()
		if j != nil && h.life.Err() == nil {
			h.publish(j)
		}
	})
}

// guard gives the server again what it has lost: when it has come back, and now and then, since the workers of a pool
// that was stopped for long take its tasks away.
func (h *hub) guard() {
	tick := time.NewTicker(answer)
	defer tick.Stop()
	for {
		select {
		case <-h.life.Done():
			return
		case <-tick.C:
		case <-h.back:
			if h.make() != nil {
				time.Sleep(200 * time.Millisecond)
				signal(h.back)
				continue
			}
		}
		h.compare()
	}
}

// compare has what is not at the server any more published again. What was just published may be on its way.
func (h *hub) compare() {
	var old []*job
	h.mu.Lock()
	for _, j := range h.jobs {
		if time.Since(j.since) > 2*answer {
			old = append(old, j)
		}
	}
	h.mu.Unlock()
	if len(old) == 0 || !h.nc.IsConnected() {
		return
	}
	ctx, stop := context.WithTimeout(h.life, answer)
	defer stop()
	s, err := h.js.Stream(ctx, h.stream())
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		signal(h.back)
	}
	if err != nil || int(s.CachedInfo().State.Msgs) >= len(old) {
		return
	}
	for _, j := range old {
		h.publish(j)
	}
}

// result takes what a worker sends.
func (h *hub) result(m *nats.Msg) {
	r := &reply{}
	payload, err := unframe(m.Data, r)
	if err != nil {
		fmt.Fprintln(os.Stderr, "tasks: a result that cannot be read:", err)
		return
	}
	if r.Object == "" {
		r.payload = payload
		h.take(r)
		return
	}
	go func() { // so that the others need not wait for it
		name, ack := r.Object, r.Ack
		data, err := h.objects.get(h.life, name)
		if err == nil {
			r.payload, err = unframe(data, r)
		}
		_ = h.objects.remove(h.life, name)
		if err != nil && h.life.Err() == nil { // it is asked for again
			fmt.Fprintf(os.Stderr, "tasks: a result cannot be read, and is computed again: %v\n", err)
			_ = h.nc.Publish(ack, []byte("-NAK"))
			return
		}
		h.take(r)
	}()
}

func (h *hub) take(r *reply) {
	_ = h.nc.Publish(r.Ack, []byte("+ACK")) // should it be lost, the result comes again
	h.finish(r.ID, r)
}

func (h *hub) finish(id uint64, r *reply) {
	h.mu.Lock()
	j := h.jobs[id]
	delete(h.jobs, id)
	h.mu.Unlock()
	if j == nil {
		if r.Worker != "" {
			h.ledger.again(1)
		}
		return
	}
	if r.All != nil && r.All.Kind == "lost" && j.death != "" {
		r.All.Text += "; the last time, " + j.death
	}
	h.ledger.finish(j, r)
	if j.Object != "" {
		go h.objects.remove(h.life, j.Object)
	}
	j.done(r)
}

func (h *hub) cancel(run uint64) {
	h.mu.Lock()
	var ids []uint64
	for id, j := range h.jobs {
		if j.Run == run {
			ids = append(ids, id)
		}
	}
	h.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	for _, id := range ids {
		h.finish(id, &reply{err: context.Canceled})
	}
	h.tell(order{Cancel: run})
	h.wg.Go(func() {
		ctx, stop := context.WithTimeout(h.life, answer)
		defer stop()
		if s, err := h.js.Stream(ctx, h.stream()); err == nil {
			_ = s.Purge(ctx, jetstream.WithPurgeSubject(h.queue(run)))
		}
	})
}

func (h *hub) tell(o order) {
	text, _ := json.Marshal(o)
	_ = h.nc.Publish(h.subject("orders"), text)
}

func (h *hub) put(ctx context.Context, name string, encode func() ([]byte, error)) error {
	data, err := encode()
	if err != nil {
		return err
	}
	if err := h.objects.put(ctx, name, data); err != nil {
		return fmt.Errorf("tasks: the server did not take %d bytes: %w", len(data), err)
	}
	return nil
}

func (h *hub) drop(ctx context.Context, name string) error {
	h.tell(order{Drop: name})
	if err := h.objects.remove(ctx, name); err != nil {
		return fmt.Errorf("tasks: the server does not forget it: %w", err)
	}
	return nil
}

// join answers a worker that has come, if it is of the same build.
func (h *hub) join(m *nats.Msg) {
	var w hello
	if json.Unmarshal(m.Data, &w) != nil {
		return
	}
	var a welcome
	if w.Build != h.pool { // h's own workers say the pool's name
		mine, err := build()
		if err != nil || mine != w.Build {
			a.Refused = fmt.Sprintf("the pool runs build %.12s, and worker %s is build %.12s", mine, w.Name, w.Build)
		}
	}
	text, _ := json.Marshal(a)
	_ = m.Respond(text)
	if a.Refused != "" {
		fmt.Fprintf(os.Stderr, "tasks: a worker is refused: %s\n", a.Refused)
		return
	}
	h.ledger.meet(w)
	h.once.Do(func() { close(h.met) })
}

// found tells a worker that looks for pools of this one.
func (h *hub) found(m *nats.Msg) { _ = m.Respond([]byte(h.pool)) }

func (h *hub) beat(m *nats.Msg) {
	var b beat
	if json.Unmarshal(m.Data, &b) != nil {
		return
	}
	if b.Func != "" {
		h.mu.Lock()
		open := h.jobs[b.ID] != nil
		h.mu.Unlock()
		if !open { // done while the message was on its way
			b = beat{Name: b.Name}
		}
	}
	h.ledger.beat(b)
}

// lost notes that a worker is dead, and has what it was at given to another one at once.
func (h *hub) lost(name, why string, at beat) {
	said := h.ledger.lost(name)
	if at.Ack == "" {
		at = said
	}
	if at.Ack == "" {
		return
	}
	h.mu.Lock()
	if j := h.jobs[at.ID]; j != nil {
		j.death = name + ": " + why
	}
	h.mu.Unlock()
	_ = h.nc.Publish(at.Ack, []byte("-NAK"))
}

// watch tells workers that the pool lives, and looks whether they do.
func (h *hub) watch() {
	first := time.After(arrival)
	if h.local.n == 0 {
		first = nil
	}
	met := h.met
	connected := time.Now()
	for tick := time.NewTicker(time.Second); ; {
		select {
		case <-h.life.Done():
			tick.Stop()
			return
		case <-met:
			met, first = nil, nil
		case <-first:
			h.shared.fail(fmt.Errorf("tasks: %w: none has come within %v; does main reach tasks.Start in them too?",
				ErrWorkers, arrival))
			first = nil
		case <-tick.C:
			h.tell(order{})
			if h.nc.IsConnected() {
				connected = time.Now()
				for _, name := range h.ledger.silent(silence) {
					h.lost(name, "nothing was heard of it", beat{})
				}
			} else if time.Since(connected) > absence {
				h.shared.fail(fmt.Errorf("tasks: %w at %s, for %v now", ErrServer, hidden(h.address), absence))
			}
		}
	}
}

// end takes everything down that newHub has made.
func (h *hub) end() {
	h.forget()
	if h.nc != nil && h.nc.IsConnected() {
		h.tell(order{End: true})
		if h.server == nil && h.js != nil {
			erase(h.js, h.names)
		}
		_ = h.nc.FlushTimeout(time.Second)
	}
	h.cancelAt()
	h.local.end()
	h.wg.Wait()
	if h.nc != nil {
		h.nc.Close()
	}
	if h.server != nil {
		h.server.end()
	}
}

// erase removes a pool from a server that outlives it.
func erase(js jetstream.JetStream, n names) {
	ctx, stop := context.WithTimeout(context.Background(), answer)
	defer stop()
	_ = js.DeleteStream(ctx, n.stream())
	_ = js.DeleteObjectStore(ctx, n.bucket())
}

// connect connects to a server, which may be gone for some time later on.
func connect(url, name string, more []nats.Option) (*nats.Conn, error) {
	nc, err := nats.Connect(url, append([]nats.Option{nats.Name(name), nats.Timeout(answer), nats.MaxReconnects(-1),
		nats.ReconnectWait(100 * time.Millisecond), nats.ReconnectJitter(50*time.Millisecond, 100*time.Millisecond),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})}, more...)...)
	var op *net.OpError
	switch {
	case err == nil:
		return nc, nil
	case errors.Is(err, nats.ErrTLS), errors.Is(err, nats.ErrSecureConnWanted), errors.Is(err, fs.ErrNotExist),
		errors.As(err, &op) && op.Op == "remote error": // an alert of TLS
		return nil, fmt.Errorf("tasks: %w with %s: %w (Options.Connect has nats.RootCAs and nats.ClientCert)", ErrTLS,
			hidden(url), err)
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired):
		return nil, fmt.Errorf("tasks: %w: %s", ErrToken, hidden(url))
	}
	return nil, fmt.Errorf("tasks: %w at %s: %w", ErrServer, hidden(url), err)
}
