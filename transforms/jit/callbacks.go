package jit

import (
	"sync"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Programs that call Go functions which may use gojax have a hidden last result, the token that has been through their
// effects. They run on a client of their own and are waited for, so their functions, which handles among their inputs
// and captures keep, are there as long as they run. Those that call kernels alone are another matter: see runKernels.

// Sequenced is p as it is compiled: where it calls Go functions, those are made callable, and its effects ordered by a
// token, which is its one more result. tokens counts those.
func Sequenced(p *ir.Program, platform string) (q *ir.Program, tokens int) {
	calls := p.CallsHost()
	if calls == ir.NoHostCalls {
		return p, 0
	}
	if platform == "cpu" { // elsewhere the operation says that it cannot be run
		trace.Must(kernels.RegisterGoCall(platform), "", p.InTypes())
	}
	if calls == ir.KernelCalls {
		return p, 0
	}
	return p.Sequence(), 1
}

// runInline runs e, which calls Go functions, and waits for its end: what fails is this call's error.
func (e *exe) runInline(d *pjrt.Device, in, out []*pjrt.Buffer) error {
	if err := waited(func() error { return e.x.ExecuteInline(d, in, out, trace.InHostFunc()) }); err != nil {
		return err
	}
	e.giveUp(in)
	return nil
}

// waited runs a program that may call Go functions, and that WaitCallbacks waits for.
func waited(run func() error) error {
	running.Lock()
	running.n++
	running.Unlock()
	defer func() {
		running.Lock()
		if running.n--; running.n == 0 {
			running.idle.Broadcast()
		}
		running.Unlock()
	}()
	return run()
}

// giveUp deletes the donated inputs of a program that runs on another client, which cannot take their memory over.
func (e *exe) giveUp(in []*pjrt.Buffer) {
	for i, g := range e.donate {
		if g {
			in[i].Delete()
		}
	}
}

// running counts the programs that call Go functions.
var running = struct {
	*sync.Mutex
	n    int
	idle *sync.Cond
}{Mutex: runningMu, idle: sync.NewCond(runningMu)}

var runningMu = new(sync.Mutex)

// WaitCallbacks returns when no program that calls Go functions is running. In such a function it panics.
func WaitCallbacks() {
	if trace.InHostFunc() {
		trace.Fail("debug.Wait", nil, "a Go function that a program calls cannot wait for the end of that program")
	}
	running.Lock()
	defer running.Unlock()
	for running.n > 0 {
		running.idle.Wait()
	}
}
