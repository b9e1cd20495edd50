package tasks

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// hello is what a worker says of itself when it comes.
type hello struct {
	Name, Host, Build string
	PID               int
}

// beat is what it says twice a second.
type beat struct {
	Name  string
	Func  string    `json:",omitempty"` // what it is at
	ID    uint64    `json:",omitempty"`
	Since time.Time `json:",omitzero"`
	Ack   string    `json:",omitempty"`
}

// Stats are what a pool has done so far, counted in inputs.
type Stats struct {
	Done, Failed int // results, and errors
	Waiting      int // given to the pool, and neither done nor failed; those that run included
	Again        int // results of tasks that were done already, which do not count: their first worker was slow
	Workers      []WorkerStats
	Tasks        []TaskStats
	Seconds      []int         // how many were done or failed in each of the last 60 seconds, the present one last
	Up           time.Duration // since Start
	Server       int           // the process of the pool's own server, if it has one
}

// WorkerStats are what one worker has done.
type WorkerStats struct {
	Name, Host   string
	PID          int
	Done, Failed int
	Starts       int           // more than 1 where its process was replaced
	Busy         time.Duration // the time that its tasks took
	Task         string        // what it is at, or was within the last second
	Since        time.Duration // for how long, if that has taken a while
	Gone         bool
}

// TaskStats are how often one task was done.
type TaskStats struct {
	Name         string
	Done, Failed int
	Busy         time.Duration
}

// worker is a row of the ledger.
type worker struct {
	WorkerStats
	at   beat
	last time.Time // when it said so
	did  string    // the task that it did last
	done time.Time // and when
}

const history = 60

// ledger is who did how much.
type ledger struct {
	mu      sync.Mutex
	began   time.Time
	total   Stats
	workers map[string]*worker
	tasks   map[string]*TaskStats
	seconds [history]int
	second  int64 // since began, of the entry that is counted in
}

func newLedger() *ledger {
	return &ledger{began: time.Now(), workers: map[string]*worker{}, tasks: map[string]*TaskStats{}}
}

func (l *ledger) meet(h hello) {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.workers[h.Name]
	if w == nil {
		w = &worker{}
		l.workers[h.Name] = w
	}
	w.Name, w.Host, w.PID = h.Name, h.Host, h.PID
	w.Starts++
	w.Gone, w.at, w.last = false, beat{}, time.Now()
}

func (l *ledger) beat(b beat) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.workers[b.Name]; w != nil {
		w.at, w.last, w.Gone = b, time.Now(), false
	}
}

// lost notes that a worker has died, and returns what it was at.
func (l *ledger) lost(name string) beat {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.workers[name]
	if w == nil {
		return beat{}
	}
	at := w.at
	w.Gone, w.at = true, beat{}
	return at
}

// silent are the workers that have said nothing for so long.
func (l *ledger) silent(long time.Duration) (names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, w := range l.workers {
		if !w.Gone && time.Since(w.last) > long {
			names = append(names, name)
		}
	}
	return names
}

func (l *ledger) submit(j *job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.Waiting += j.N
}

func (l *ledger) again(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.Again += n
}

// finish counts what j gave. A reply that no worker wrote is no task's failure.
func (l *ledger) finish(j *job, r *reply) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.Waiting -= j.N
	if r.Worker == "" {
		return
	}
	failures := len(r.Failures)
	if r.All != nil {
		failures = j.N
	}
	l.total.Done += j.N - failures
	l.total.Failed += failures
	t := l.tasks[j.Func]
	if t == nil {
		t = &TaskStats{Name: j.Func}
		l.tasks[j.Func] = t
	}
	t.Done += j.N - failures
	t.Failed += failures
	t.Busy += r.Took
	l.turn()
	l.seconds[l.second%history] += j.N
	if w := l.workers[r.Worker]; w != nil {
		w.Done += j.N - failures
		w.Failed += failures
		w.Busy += r.Took
		w.did, w.done = j.Func, time.Now()
		if w.at.ID == j.ID {
			w.at = beat{}
		}
	}
}

// turn empties the entries of the seconds that have begun.
func (l *ledger) turn() {
	now := int64(time.Since(l.began) / time.Second)
	for s := max(l.second+1, now-history+1); s <= now; s++ {
		l.seconds[s%history] = 0
	}
	l.second = now
}

// Stats tells what the pool has done: what the page of Dashboard shows.
func (p *Pool) Stats() Stats {
	l := p.ledger
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.total
	s.Server = p.serverPID()
	s.Up = time.Since(l.began)
	l.turn()
	for i := range history {
		s.Seconds = append(s.Seconds, l.seconds[(l.second+1+int64(i))%history])
	}
	for _, w := range l.workers {
		row := w.WorkerStats
		if w.at.Func != "" {
			row.Task, row.Since = w.at.Func, time.Since(w.at.Since)
		} else if time.Since(w.done) < time.Second && !w.Gone {
			row.Task = w.did
		}
		s.Workers = append(s.Workers, row)
	}
	for _, t := range l.tasks {
		s.Tasks = append(s.Tasks, *t)
	}
	slices.SortFunc(s.Workers, func(a, b WorkerStats) int {
		return cmp.Or(cmp.Compare(len(a.Name), len(b.Name)), cmp.Compare(a.Name, b.Name))
	})
	slices.SortFunc(s.Tasks, func(a, b TaskStats) int { return cmp.Compare(a.Name, b.Name) })
	return s
}

// knows reports whether the process was met under that name.
func (l *ledger) knows(name string, pid int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.workers[name]
	return w != nil && w.PID == pid
}
