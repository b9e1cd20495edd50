package trace

import (
	"runtime"

	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

// HostFunc is a Go function as a compiled program calls it: it reads in and fills out.
type HostFunc = hostfunc.Func

// handle is the data of a handle's Value: it lives as long as something can still call the function.
type handle struct {
	id int64
	_  *byte // small objects without pointers share blocks, and a cleanup waits until the whole block is unreachable
}

func (*handle) Ready() error  { return nil }
func (*handle) Delete()       {}
func (*handle) Deleted() bool { return false }

// Handle is a number, an int64 scalar, that stands for f as long as the Value is reachable. It is an operand of the
// operations that call f: programs capture it as they do arrays, so the text of a program does not depend on which
// function it calls, and a closure made anew at every call does not make a new program.
func Handle(f HostFunc) *Value {
	return newHandle(hostfunc.Entry{Func: func(in, out []ir.HostArray) error {
		defer pushFrame(&frame{host: true, x64: x64Default.Load()})()
		return f(in, out)
	}})
}

// BatchFunc is a HostFunc over an axis.
type BatchFunc = hostfunc.BatchFunc

// KernelHandle is Handle for a function that computes on slices and does not use gojax: where it runs programs, that is
// an error (see InKernel). batch may be nil.
func KernelHandle(name string, f HostFunc, batch BatchFunc) *Value {
	e := hostfunc.Entry{Func: func(in, out []ir.HostArray) error {
		defer pushFrame(&frame{kernel: name})()
		return f(in, out)
	}}
	if batch != nil {
		e.Batch = func(l ir.Level, in, out []ir.HostArray) error {
			defer pushFrame(&frame{kernel: name})()
			return batch(l, in, out)
		}
	}
	return newHandle(e)
}

func newHandle(e hostfunc.Entry) *Value {
	h := &handle{id: hostfunc.Register(e)}
	runtime.AddCleanup(h, hostfunc.Drop, h.id)
	l := ir.IntLit(h.id, ir.Int64)
	return &Value{aval: l.Aval(), v: l, buf: h}
}

// isHandle reports whether a stands for a Go function.
func (a *Value) isHandle() bool {
	_, ok := a.buf.(*handle)
	return ok
}

// HostFuncOf is the function that the handle a stands for.
func HostFuncOf(a *Value) HostFunc {
	f := hostfunc.Of(a.buf.(*handle).id).Func
	runtime.KeepAlive(a)
	return f
}

// InKernel is the name of the kernel that this goroutine runs, "" if it runs none.
func InKernel() string {
	if f := currentFrame(); f != nil {
		return f.kernel
	}
	return ""
}

// InHostFunc reports whether a program that has called a Go function waits for this goroutine. Where goroutines cannot
// be told apart, it does not.
func InHostFunc() bool {
	for f := currentFrame(); f != nil; f = f.before {
		if f.host {
			return true
		}
	}
	return false
}
