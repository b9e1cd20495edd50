package tasks

import (
	"errors"
	"testing"
	"time"
)

// Every worker is given tasks however quickly it is done with them: a worker that does not ask is idle.
func TestEveryWorkerAsks(t *testing.T) {
	p := start(t)
	const n = 6000
	if _, err := square.Map(p, Range(n)); err != nil {
		t.Fatal(err)
	}
	for _, w := range p.Stats().Workers {
		if w.Done < n/20 {
			t.Errorf("%s has done %d of %d tasks", w.Name, w.Done, n)
		}
	}
}

// A server that does not answer again ends what waits for it.
func TestServerIsGone(t *testing.T) {
	defer func(d time.Duration) { absence = d }(absence)
	absence = 3 * time.Second
	s := otherServer(t)
	t.Setenv(envServer, s.ClientURL())
	p := start(t, Options{Workers: 1})
	f := sleep.Go(p, time.Hour)
	s.Shutdown()
	if _, err := f.Wait(); !errors.Is(err, ErrServer) {
		t.Error(err)
	}
}
