package kernels

/*
#include "call.h"
*/
import "C"

import (
	"fmt"
	"iter"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

// A kernel is a Go function that computes on slices and does not use gojax. It needs no thread of XLA's, so it runs on
// the one that asks for it, which saves two changes of threads, some 20 µs.

var calls = sync.Pool{New: func() any { return new(goCall) }}

// gojaxRunKernel runs the kernel that frame asks for and returns nil, or why it failed, in C's memory.
//
//export gojaxRunKernel
func gojaxRunKernel(frame *C.gk_frame) *C.char {
	c := calls.Get().(*goCall)
	err := c.read(frame)
	if err == nil {
		if err = onCoroutine(c.run); err == nil {
			calls.Put(c) // after an error the function may still hold it
		}
	}
	if err != nil && c.kernel != "" {
		err = fmt.Errorf("kernel %s: %w", c.kernel, err)
	}
	return message(err)
}

func (c *goCall) run() error {
	for _, a := range c.out { // as the memory that Go gives is
		clear(a.Data)
	}
	rows, f := c.rows, c.f.Func
	if n := len(rows) - 1; n >= 0 && rows.Len() > 0 && c.f.Batch != nil {
		level := rows[n]
		rows, f = rows[:n], func(in, out []ir.HostArray) error { return c.f.Batch(level, in, out) }
	}
	if len(rows) == 0 {
		return f(c.in, c.out)
	}
	return inParallel(rows, c.in, c.out, f)
}

// onCoroutine calls f on this thread, but on a goroutine of its own. Below the caller's are C's frames, which must be
// returned to: if f ends its goroutine (as testing.T.Fatal does), that one stays behind for ever instead.
func onCoroutine(f func() error) error {
	err := errGoexit
	next, _ := iter.Pull(func(yield func(struct{}) bool) {
		returned := false
		defer func() {
			if r := recover(); r != nil {
				err = hostfunc.Panicked(r)
			} else if !returned {
				yield(struct{}{})
			}
		}()
		growStack()
		err = f()
		returned = true
	})
	next()
	return err
}

// growStack has the goroutine's stack grow to 8 kB at once, while there is little to copy. It saves a third of a call.
//
//go:noinline
func growStack() {
	var room [4 << 10]byte
	runtime.KeepAlive(&room)
}

// worth is how much work is worth waking another thread.
const worth = 50 * time.Microsecond

// inParallel calls f for every row: on this goroutine, and on others too once that has taken a while. The rows that are
// left then are handed out a few at a time, so that long ones are no reason to wait.
func inParallel(rows ir.Rows, in, out []ir.HostArray, f hostfunc.Func) error {
	w := &rowWork{rows: rows, in: in, out: out, f: f, to: rows.Len()}
	began, took, done := time.Now(), time.Duration(0), 0
	for ; done < w.to && took < worth; took = time.Since(began) {
		to := min(max(1, 2*done), w.to)
		if err := w.do(done, to); err != nil {
			return err
		}
		done = to
	}
	if done == w.to {
		return nil
	}
	w.share = max(1, int(int64(done)*int64(worth)/int64(took)))
	w.next.Store(int64(done))
	var wg sync.WaitGroup
	for range min(pjrt.Threads(), (w.to-done+w.share-1)/w.share) - 1 {
		wg.Go(w.help)
	}
	w.help()
	wg.Wait()
	if err := w.err.Load(); err != nil {
		return *err
	}
	return nil
}

// rowWork is rows that several goroutines do.
type rowWork struct {
	rows      ir.Rows
	in, out   []ir.HostArray
	f         hostfunc.Func
	to, share int // all, and what one goroutine takes at a time
	next      atomic.Int64
	err       atomic.Pointer[error] // the first
}

func (w *rowWork) do(from, to int) error {
	x, y := make([]ir.HostArray, len(w.in)), make([]ir.HostArray, len(w.out))
	for k := from; k < to; k++ {
		w.rows.Row(k, w.in, w.out, x, y)
		if err := w.f(x, y); err != nil {
			return err
		}
	}
	return nil
}

// help does rows until there are none, or one has failed.
func (w *rowWork) help() {
	err := errGoexit
	defer func() {
		if r := recover(); r != nil {
			err = hostfunc.Panicked(r)
		}
		if err != nil {
			w.err.CompareAndSwap(nil, &err)
		}
	}()
	for w.err.Load() == nil {
		from := int(w.next.Add(int64(w.share))) - w.share
		if from >= w.to {
			break
		}
		if e := w.do(from, min(from+w.share, w.to)); e != nil {
			err = e
			return
		}
	}
	err = nil
}
