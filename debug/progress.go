package debug

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/gojax/gojax/internal/callback"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// Progress, called in the body of a loop of n rounds (lax.Scan, lax.ForiLoop), tells how far the compiled loop is: a
// line each time that another number of every rounds is done, and at the end, with the time taken and left. On a
// terminal it is a bar that is drawn over. It goes to where SetOutput says, and else to standard error.
//
//	lax.ForiLoop(0, n, func(i jnp.Array, c jnp.Array) jnp.Array {
//		debug.Progress(n, 100, i)
//		return step(c)
//	}, c)
//
// i, if given, is the number of the round, an integer scalar from 0 to n-1: then the program calls Go only where there
// is something to tell, which costs next to nothing. Without i it counts, and calls Go in every round. JAX has no
// counterpart; jax_tqdm is a package that has.
func Progress(n, every int, i ...jnp.Array) {
	const op = "debug.Progress"
	if n < 0 || every < 1 {
		trace.Fail(op, nil, "%d rounds, told every %d: the first is at least 0, the second at least 1", n, every)
	}
	p := &progress{n: n, every: every}
	switch len(i) {
	case 0:
		callback.Debug(op, func(struct{}) { p.count() }, struct{}{})
	case 1:
		if v := i[0].TraceValue(); v == nil {
			trace.FailUnset(op, "i")
		} else if t := v.Aval(); t.Rank() != 0 || !t.DType.IsInteger() {
			trace.Fail(op, []ir.Aval{t}, "i is the number of the round, an integer scalar")
		}
		done := i[0].Add(1)
		tell := jnp.LogicalOr(jnp.LogicalOr(i[0].Eq(0), done.Eq(n)), jnp.Mod(done, every).Eq(0))
		lax.Cond(tell, func() struct{} {
			callback.Debug(op, func(done jnp.Array) { p.tell(done.Int()) }, done)
			return struct{}{}
		}, func() struct{} { return struct{}{} })
	default:
		trace.Fail(op, nil, "there are %d numbers of the round; give one", len(i))
	}
}

// progress is a loop that is under way.
type progress struct {
	n, every int

	mu    sync.Mutex
	done  int // where it counts
	start time.Time
}

// count is a round that is done. After n of them the loop begins anew.
func (p *progress) count() {
	p.mu.Lock()
	if p.done++; p.done > p.n {
		p.done = 1
	}
	done := p.done
	p.mu.Unlock()
	if done == 1 || done == p.n || done%p.every == 0 {
		p.tell(done)
	}
}

// tell writes that so many rounds are done. The first only begins the time, unless it is to be told.
func (p *progress) tell(done int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if done <= 1 || p.start.IsZero() {
		p.start = now
	}
	if done != p.n && done%p.every != 0 {
		return
	}
	output.Lock()
	defer output.Unlock()
	w, bar := output.w, false
	if w == nil {
		w, bar = os.Stderr, isTerminal(os.Stderr)
	}
	_, _ = io.WriteString(w, p.line(done, now.Sub(p.start), bar))
}

// line is what is written. A bar is drawn over what stands there.
func (p *progress) line(done int, took time.Duration, bar bool) string {
	share := float64(done) / float64(max(p.n, 1))
	s := fmt.Sprintf("%d/%d (%.0f%%), %.1f s", done, p.n, 100*share, took.Seconds())
	// The time began when the first round was done.
	if rounds := float64(done - 1); rounds > 0 && took > 0 {
		s += fmt.Sprintf(", %.4g rounds/s", rounds/took.Seconds())
		if left := p.n - done; left > 0 {
			s += fmt.Sprintf(", %.1f s left", took.Seconds()/rounds*float64(left))
		}
	}
	if !bar {
		return s + "\n"
	}
	const wide = 30
	full := min(int(share*wide), wide)
	s = "\r" + strings.Repeat("█", full) + strings.Repeat("░", wide-full) + " " + s + "\x1b[K"
	if done == p.n {
		s += "\n"
	}
	return s
}

// isTerminal tells whether someone looks at f.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
