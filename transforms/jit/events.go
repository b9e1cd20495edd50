package jit

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// CompileEvent tells of one program that was not found in memory.
type CompileEvent struct {
	Name string // the function or operation
	// "first call", "args[0]: float32[3] was float32[4]", "args[1]: 3 was 2", "x64: true was false"
	Reason    string
	Src       ir.Src        // the user's line that made the call
	Device    string        // what it was compiled for
	Equations int           // in the program
	FromDisk  bool          // it was loaded from the disk cache rather than compiled
	Duration  time.Duration // of lowering, and of compiling or loading
}

// String is one line: "compiled step for cpu:0 in 21ms (12 equations): args[0]: float32[3] was float32[4]".
func (e CompileEvent) String() string {
	verb := "compiled"
	if e.FromDisk {
		verb = "loaded"
	}
	at := ""
	if e.Src != 0 {
		at = " at " + e.Src.String()
	}
	return fmt.Sprintf("%s %s for %s in %v (%d equations)%s: %s", verb, e.Name, e.Device,
		e.Duration.Round(100*time.Microsecond), e.Equations, at, e.Reason)
}

var (
	compilations atomic.Int64
	forbidden    atomic.Int64

	hooksMu sync.Mutex
	hooks   []*func(CompileEvent)
)

// Compilations counts the programs that this process compiled or loaded from the disk cache.
func Compilations() int64 { return compilations.Load() }

// OnCompile calls f after each compilation, on the goroutine that waited for it, until stop is called.
func OnCompile(f func(CompileEvent)) (stop func()) {
	if f == nil {
		trace.Fail("gojax.OnCompile", nil, "the function is nil")
	}
	h := &f
	hooksMu.Lock()
	hooks = append(slices.Clone(hooks), h)
	hooksMu.Unlock()
	return func() {
		hooksMu.Lock()
		hooks = slices.DeleteFunc(slices.Clone(hooks), func(g *func(CompileEvent)) bool { return g == h })
		hooksMu.Unlock()
	}
}

// OnExecute calls f with the name of every program before it is executed, on the goroutine that executes it, until stop
// is called, which is before another call of OnExecute: for tests that count.
func OnExecute(f func(name string)) (stop func()) {
	executing.Store(&f)
	return func() { executing.CompareAndSwap(&f, nil) }
}

// ForbidCompiles makes every further compilation in this process an error until allow is called: what a server does
// after its warm-up. The error has the reason, as a CompileEvent would.
func ForbidCompiles() (allow func()) {
	forbidden.Add(1)
	var once sync.Once
	return func() { once.Do(func() { forbidden.Add(-1) }) }
}

func checkAllowed(op, reason string, src ir.Src) {
	if forbidden.Load() > 0 {
		panic(trace.NewError(op, nil, src,
			fmt.Errorf(
				"a compilation is needed (%s), and compilations are forbidden by ForbidCompiles; call it once with "+
					"such arguments before", reason)))
	}
}

func report(e CompileEvent) {
	compilations.Add(1)
	if logCompiles() {
		fmt.Fprintln(notices, "gojax:", e)
	}
	hooksMu.Lock()
	list := hooks
	hooksMu.Unlock()
	for _, h := range list {
		(*h)(e)
	}
}
