package trace

import (
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax/ir"
)

// HostFunc is a Go function as a compiled program calls it: it reads in and fills out.
type HostFunc func(in, out []ir.HostArray) error

// handles are the Go functions that programs may call, by the numbers that stand for them.
var handles = struct {
	sync.RWMutex
	m map[int64]HostFunc
}{m: map[int64]HostFunc{}}

var handleIDs atomic.Int64

// handle is the data of a handle's Value: it lives as long as something can still call the function.
type handle struct{ id int64 }

func (*handle) Ready() error  { return nil }
func (*handle) Delete()       {}
func (*handle) Deleted() bool { return false }

// Handle is a number, an int64 scalar, that stands for f as long as the Value is reachable. It is an operand of the operations
// that call f: programs capture it as they do arrays, so the text of a program does not depend on which function it
// calls, and a closure made anew at every call does not make a new program.
func Handle(f HostFunc) *Value {
	h := &handle{handleIDs.Add(1)}
	handles.Lock()
	handles.m[h.id] = f
	handles.Unlock()
	runtime.AddCleanup(h, dropHandle, h.id)
	l := ir.IntLit(h.id, ir.Int64)
	return &Value{aval: l.Aval(), v: l, buf: h}
}

func dropHandle(id int64) {
	handles.Lock()
	delete(handles.m, id)
	handles.Unlock()
}

// HostFuncOf is the function that id stands for, nil if there is none any more.
func HostFuncOf(id int64) HostFunc {
	handles.RLock()
	defer handles.RUnlock()
	return handles.m[id]
}

// isHandle reports whether a stands for a Go function.
func (a *Value) isHandle() bool {
	_, ok := a.buf.(*handle)
	return ok
}
