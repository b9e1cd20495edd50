package serve

import (
	"bytes"
	"container/list"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// lane is the queue before programs that differ in the length of their batch alone, and those who take from it.
type lane struct {
	m       *model
	in, out []spec
	sizes   []int  // the lengths of a batch that there are programs for, ascending; none: it is no batch
	why     string // there is none
	wait    time.Duration
	room    int

	mu      sync.Mutex
	jobs    list.List // of *job
	arrived chan struct{}
	gather  sync.Mutex // of who makes the next batch
}

// job is a request in a lane.
type job struct {
	in   []*array
	rows int
	at   time.Time
	out  []*array
	err  error
	done chan struct{}
	gone atomic.Bool // nobody waits for it
}

func newLane(m *model, in, out []spec, o *Options) *lane {
	return &lane{m: m, in: in, out: out, wait: o.BatchWait, room: o.Queue, arrived: make(chan struct{}, 1)}
}

// most is how many rows a batch has at most.
func (l *lane) most() int {
	if len(l.sizes) == 0 {
		return 1
	}
	return l.sizes[len(l.sizes)-1]
}

// do runs the program on arrays that fit.
func (l *lane) do(ctx context.Context, stop <-chan struct{}, in []*array, rows int) (out []*array, err error) {
	j := &job{in: in, rows: rows, at: time.Now(), done: make(chan struct{})}
	l.mu.Lock()
	if l.jobs.Len() >= l.room {
		l.mu.Unlock()
		return nil, errBusy
	}
	place := l.jobs.PushBack(j)
	l.mu.Unlock()
	select {
	case l.arrived <- struct{}{}:
	default:
	}
	select {
	case <-j.done:
		return j.out, j.err
	case <-ctx.Done():
		err = ctx.Err()
	case <-stop:
		err = errShut
	}
	j.gone.Store(true)
	l.mu.Lock()
	l.jobs.Remove(place) // which does nothing where the job was taken
	l.mu.Unlock()
	return nil, err
}

func (l *lane) depth() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.jobs.Len()
}

// take takes the oldest job, if it can be in a batch with first, in the given rows.
func (l *lane) take(first *job, rows int) (j *job, empty bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.jobs.Front()
	if e == nil {
		return nil, true
	}
	j = e.Value.(*job)
	if first != nil && (j.rows > rows || !l.sameRest(first, j)) {
		return nil, false
	}
	l.jobs.Remove(e)
	return j, false
}

// sameRest reports whether the arrays of two jobs that have no axis of the batch are equal.
func (l *lane) sameRest(a, b *job) bool {
	for i, s := range l.in {
		if !s.batched() && !bytes.Equal(a.in[i].data, b.in[i].data) {
			return false
		}
	}
	return true
}

// batch waits for jobs and takes as many as fit into one run; none when stop is closed.
func (l *lane) batch(stop <-chan struct{}) []*job {
	l.gather.Lock()
	defer l.gather.Unlock()
	var first *job
	for first == nil {
		if first, _ = l.take(nil, 0); first == nil {
			select {
			case <-l.arrived:
			case <-stop:
				return nil
			}
		}
	}
	jobs, rows := []*job{first}, first.rows
	var deadline <-chan time.Time
	for rows < l.most() {
		j, empty := l.take(first, l.most()-rows)
		if j != nil {
			jobs, rows = append(jobs, j), rows+j.rows
			continue
		}
		left := l.wait - time.Since(first.at)
		if !empty || left <= 0 {
			break
		}
		if deadline == nil {
			t := time.NewTimer(left)
			defer t.Stop()
			deadline = t.C
		}
		select {
		case <-l.arrived:
			continue
		case <-deadline:
		case <-stop:
		}
		break
	}
	return jobs
}

// work runs batches until stop is closed.
func (l *lane) work(s *Server, stop <-chan struct{}) {
	for {
		jobs := l.batch(stop)
		if jobs == nil {
			return
		}
		if jobs = slices.DeleteFunc(jobs, func(j *job) bool { return j.gone.Load() }); len(jobs) == 0 {
			continue
		}
		err := l.run(s, jobs)
		for _, j := range jobs {
			if j.err = err; err != nil && len(jobs) > 1 { // which may be that of one of them
				j.err = l.run(s, []*job{j})
			}
			close(j.done)
		}
	}
}

// run runs the program on the arrays of jobs, and sets their results.
func (l *lane) run(s *Server, jobs []*job) (err error) {
	rows := 0
	for _, j := range jobs {
		rows += j.rows
	}
	s.metrics.ran(l, len(jobs), rows)
	size := rows
	if i, _ := slices.BinarySearch(l.sizes, rows); i < len(l.sizes) {
		size = l.sizes[i]
	}
	in := make([]*array, len(l.in))
	for i, t := range l.in {
		in[i] = l.stack(jobs, i, t.with(size).Bytes(), size)
	}
	out, err := l.call(s, in)
	if err != nil {
		return err
	}
	at := 0
	for _, j := range jobs {
		j.out = make([]*array, len(out))
		for i, a := range out {
			if !l.out[i].batched() {
				j.out[i] = a
				continue
			}
			row := len(a.data) / size
			shape := slices.Clone(a.shape)
			shape[0] = j.rows
			j.out[i] = &array{a.dtype, shape, a.data[at*row : (at+j.rows)*row]}
		}
		at += j.rows
	}
	return nil
}

// stack is input i of jobs, of so many bytes. Rows that are left are the first one again: zeros are no rows that a
// program must be able to compute.
func (l *lane) stack(jobs []*job, i, n, size int) *array {
	t := l.in[i]
	b := kit.AlignedBytes(n)
	at := 0
	for _, j := range jobs {
		at += copy(b[at:], j.in[i].data)
		if !t.batched() {
			break
		}
	}
	if t.batched() {
		for row := n / size; at < n && row > 0; {
			at += copy(b[at:], b[:row])
		}
	}
	return &array{t.dtype, t.with(size).Shape, b}
}

// call runs the program on arrays that are aligned.
func (l *lane) call(s *Server, in []*array) (out []*array, err error) {
	const op = "serve.Server"
	defer func() {
		if p := recover(); p != nil {
			s.panicked(p, debug.Stack())
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	err = trace.Try(func() {
		var x []jnp.Array
		defer func() { // at once, so that memory does not wait for Go's collector
			for _, a := range x {
				a.Delete()
			}
		}()
		for i, a := range in {
			x = append(x, jnp.Wrap(trace.TheRuntime().FromHost(a.data, l.in[i].with(firstLength(a.shape)))))
		}
		y := l.m.program.CallFlat(x...)
		x = append(x, y...)
		for _, a := range y {
			t := a.TraceValue().Aval()
			b := &array{t.DType, t.Shape, kit.AlignedBytes(t.Bytes())}
			kit.CopyOut(op, a.TraceValue(), b.data)
			out = append(out, b)
		}
	})
	return out, err
}

func firstLength(shape []int) int {
	if len(shape) == 0 {
		return 0
	}
	return shape[0]
}
