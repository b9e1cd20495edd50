package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"golang.org/x/sys/unix"
)

// contender does a row's work in one way: gojax's own ways first.
type contender struct {
	name  string
	start func() (started, error)                                // the first call
	round func(seconds float64, warm bool) (milliseconds, error) // calls for that long, after one that does not count
}

// started is what a first call gave.
type started struct {
	numbers [][]float64 // the results; nil: none to compare
	first   float64     // milliseconds, what compiling takes included
}

// milliseconds are those of a call in a round.
type milliseconds struct{ Typical, Least float64 }

// errAbsent is the error of who has no way to do a row's work.
var errAbsent = errors.New("no function for it")

// calls times f for a round. The typical call is the median; where what a call leaves behind is cleared away after
// others, by the collector, it is the mean.
func calls(f func(), seconds float64, warm, leaves bool) milliseconds {
	if warm {
		f()
	}
	var all []float64
	begin := time.Now()
	for last := begin; len(all) == 0 || last.Sub(begin).Seconds() < seconds; {
		f()
		now := time.Now()
		all = append(all, now.Sub(last).Seconds()*1e3)
		last = now
	}
	mean := time.Since(begin).Seconds() * 1e3 / float64(len(all))
	settle()
	ms := milliseconds{middle(all), slices.Min(all)}
	if leaves {
		ms.Typical = mean
	}
	return ms
}

// settle waits until the process is idle. The threads of OpenBLAS spin for a while after a call, at the cost of whose
// turn is next, and of the first tenth of a second after that too.
func settle() {
	used := func() time.Duration {
		var t unix.Timespec
		must(unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t))
		return time.Duration(t.Nano())
	}
	for i := range 100 {
		before := used()
		time.Sleep(3 * time.Millisecond)
		if used()-before < time.Millisecond {
			if i > 0 {
				time.Sleep(100 * time.Millisecond)
			}
			return
		}
	}
}

// caught is f with the panics of a row as errors.
func caught(f func() (started, error)) func() (started, error) {
	return func() (s started, err error) {
		if failed := gojax.Try(func() { s, err = f() }); failed != nil {
			return s, failed
		}
		return s, err
	}
}

// columns of gojax's.
const (
	oursJitted, oursEager, oursDropped = "gojax", "gojax eager", "gojax dropped"
	yardstick                          = "yardstick"
)

// own are the contenders of this process: gojax's ways, the row's rivals, and its yardstick.
func own(r row, in []any, against map[string]bool, warm bool) []contender {
	var jitted call
	round := func(f *call, deletes, leaves bool) func(float64, bool) (milliseconds, error) {
		return func(seconds float64, warm bool) (ms milliseconds, err error) {
			err = gojax.Try(func() {
				ms = calls(func() {
					y := gojax.BlockUntilReady((*f)(in))
					for i := range y {
						if deletes {
							y[i].Delete()
						}
					}
				}, seconds, warm, leaves)
			})
			return ms, err
		}
	}
	all := []contender{
		{oursJitted, caught(func() (started, error) {
			jitted = r.body.jit()
			return firstCall(in, jitted, warm)
		}), round(&jitted, true, false)},
		{oursDropped, func() (started, error) { return started{}, nil }, round(&jitted, false, true)},
	}
	if eager := r.body.eager; r.alsoEager {
		all = append(all, contender{oursEager, caught(func() (started, error) {
			start := time.Now()
			y := gojax.BlockUntilReady(eager(in))
			return started{first: time.Since(start).Seconds() * 1e3, numbers: arrays(y)}, nil
		}), round(&eager, true, true)})
	}
	for name, rival := range r.rivals {
		if against[name] || name == goLoop {
			all = append(all, rivalling(name, rival, in))
		}
	}
	if r.ideal != nil {
		var f func()
		all = append(all, contender{yardstick, func() (s started, err error) { f, err = r.ideal(); return s, err },
			func(seconds float64, warm bool) (milliseconds, error) { return calls(f, seconds, warm, false), nil }})
	}
	return all
}

const goLoop = "go loop"

func rivalling(name string, rival rival, in []any) contender {
	var f func() any
	return contender{name, caught(func() (started, error) {
		f = rival(in)
		start := time.Now()
		y := f()
		return started{first: time.Since(start).Seconds() * 1e3, numbers: rivalNumbers(y)}, nil
	}), func(seconds float64, warm bool) (milliseconds, error) {
		return calls(func() { f() }, seconds, warm, true), nil
	}}
}

// firstCall is the milliseconds of a first call, tracing and compiling included, and the results. The disk cache is
// empty, or warm: another process may have left the program there.
func firstCall(in []any, f call, warm bool) (s started, err error) {
	timed := func() (s started, err error) {
		start := time.Now()
		y := gojax.BlockUntilReady(f(in))
		s = started{first: time.Since(start).Seconds() * 1e3, numbers: arrays(y)}
		for _, a := range y {
			a.Delete()
		}
		return s, nil
	}
	if warm {
		return timed()
	}
	return fromEmpty(timed)
}

func arrays(y []jnp.Array) [][]float64 {
	out := make([][]float64, len(y))
	for i, a := range y {
		out[i] = numbers(a, sample(a.Size()))
	}
	return out
}

// check says how a contender's results differ from gojax's.
func check(r row, in []any, name string, got, want [][]float64) error {
	if got == nil {
		return nil
	}
	same := name == oursEager || name == "jax" || name == "jax eager"
	if r.view != nil {
		got, want = r.view(in, got, same), r.view(in, want, same)
	} else if len(got) == 1 && len(want) > 1 { // a rival's are one list
		joined := []float64{}
		for _, w := range want {
			joined = append(joined, w...)
		}
		want = [][]float64{joined}
	}
	if err := agree(got, want, r.err); err != nil {
		return fmt.Errorf("the results differ: %w", err)
	}
	return nil
}
