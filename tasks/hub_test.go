package tasks

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Tasks that the server has lost are given to it again: those of a pool that was stopped, say, whose workers have
// cleared up after it.
func TestStreamIsLost(t *testing.T) {
	p := start(t, Options{Workers: 1})
	h := p.engine.(*hub)
	busy := sleep.Go(p, 200*time.Millisecond)
	var waiting []*Future[int]
	for i := range 5 {
		waiting = append(waiting, square.Go(p, i))
	}
	for p.Stats().Waiting < 6 {
		time.Sleep(time.Millisecond)
	}
	if err := h.js.DeleteStream(context.Background(), h.stream()); err != nil {
		t.Fatal(err)
	}
	h.mu.Lock()
	for _, j := range h.jobs {
		j.since = j.since.Add(-time.Minute) // it would have been noticed within seconds
	}
	h.mu.Unlock()
	h.compare()
	if _, err := busy.Wait(); err != nil {
		t.Error(err)
	}
	for i, f := range waiting {
		if v, err := f.Wait(); v != i*i || err != nil {
			t.Errorf("%d: %d, %v", i, v, err)
		}
	}
}

// A task that the server does not take for long fails: JetStream says nothing when its disk is full.
func TestServerDoesNotTakeIt(t *testing.T) {
	p := start(t, Options{Workers: -1})
	h := p.engine.(*hub)
	f := square.Go(p, 3)
	for p.Stats().Waiting == 0 {
		time.Sleep(time.Millisecond)
	}
	h.mu.Lock()
	var j *job
	for _, j = range h.jobs {
		j.refused = time.Now()
	}
	h.mu.Unlock()
	m := &nats.Msg{Data: frame(&j.request, j.payload)}
	h.unpublished(h.js, m, jetstream.ErrAsyncPublishTimeout)
	if _, err := f.Wait(); !errors.Is(err, ErrServer) {
		t.Error(err)
	}
}
