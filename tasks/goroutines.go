package tasks

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// goroutines are workers without processes. They get inputs as they are, not copies.
type goroutines struct {
	ctx    context.Context
	ledger *ledger
	wg     sync.WaitGroup
	wake   *sync.Cond
	mu     sync.Mutex
	queue  []*job
	ended  bool
	runs   map[uint64]*running // by call
}

// running is a call that goroutines work for.
type running struct {
	ctx  context.Context
	stop context.CancelFunc
	jobs int
}

func newGoroutines(ctx context.Context, n int, l *ledger) *goroutines {
	g := &goroutines{ctx: ctx, ledger: l, runs: map[uint64]*running{}}
	g.wake = sync.NewCond(&g.mu)
	for i := range n {
		name := fmt.Sprintf("goroutine-%d", i+1)
		l.meet(hello{Name: name})
		g.wg.Go(func() { g.work(name) })
	}
	return g
}

func (g *goroutines) work(name string) {
	for {
		g.mu.Lock()
		for len(g.queue) == 0 && !g.ended {
			g.wake.Wait()
		}
		if g.ended {
			g.mu.Unlock()
			return
		}
		j := g.queue[0]
		g.queue = g.queue[1:]
		r := g.runs[j.Run]
		g.mu.Unlock()
		start := time.Now()
		g.ledger.beat(beat{Name: name, Func: j.Func, ID: j.ID, Since: start})
		a := <-apart(func() *reply { return j.run(r.ctx, &j.request, func(int, context.Context) {}) })
		a.Worker, a.Took = name, time.Since(start)
		g.ledger.beat(beat{Name: name})
		g.finish(j, a)
	}
}

// finish hands an answer over, and forgets the call with its last job.
func (g *goroutines) finish(j *job, a *reply) {
	g.mu.Lock()
	r := g.runs[j.Run]
	if r.jobs--; r.jobs == 0 {
		r.stop()
		delete(g.runs, j.Run)
	}
	g.mu.Unlock()
	g.ledger.finish(j, a)
	j.done(a)
}

func (g *goroutines) submit(ctx context.Context, j *job) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	r := g.runs[j.Run]
	if r == nil {
		r = &running{}
		r.ctx, r.stop = context.WithCancel(g.ctx)
		g.runs[j.Run] = r
	}
	r.jobs++
	g.queue = append(g.queue, j)
	g.ledger.submit(j)
	g.wake.Signal()
	return nil
}

func (g *goroutines) cancel(run uint64) {
	g.mu.Lock()
	if r := g.runs[run]; r != nil {
		r.stop()
	}
	var kept, out []*job
	for _, j := range g.queue {
		if j.Run == run {
			out = append(out, j)
		} else {
			kept = append(kept, j)
		}
	}
	g.queue = kept
	g.mu.Unlock()
	for _, j := range out {
		g.finish(j, &reply{err: context.Canceled})
	}
}

func (g *goroutines) put(context.Context, string, func() ([]byte, error)) error { return nil }

func (g *goroutines) drop(context.Context, string) error { return nil }

func (g *goroutines) inProcess() bool { return true }

func (g *goroutines) url() string { return "" }

func (g *goroutines) serverPID() int { return 0 }

func (g *goroutines) end() {
	g.mu.Lock()
	g.ended = true
	g.wake.Broadcast()
	g.mu.Unlock()
	g.wg.Wait()
}
