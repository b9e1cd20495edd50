package trace

import (
	"runtime"

	"github.com/gojax/gojax/internal/hostfunc"
	"github.com/gojax/gojax/ir"
)

// HostFunc is a Go function as a compiled program calls it: it reads in and fills out.
type HostFunc = hostfunc.Func

// handle is the data of a handle's Value: it lives as long as something can still call the function.
type handle struct{ id int64 }

func (*handle) Ready() error  { return nil }
func (*handle) Delete()       {}
func (*handle) Deleted() bool { return false }

// Handle is a number, an int64 scalar, that stands for f as long as the Value is reachable. It is an operand of the
// operations that call f: programs capture it as they do arrays, so the text of a program does not depend on which
// function it calls, and a closure made anew at every call does not make a new program.
func Handle(f HostFunc) *Value {
	h := &handle{hostfunc.Register(func(in, out []ir.HostArray) error {
		defer pushFrame(&frame{host: true, x64: x64Default.Load()})()
		return f(in, out)
	})}
	runtime.AddCleanup(h, hostfunc.Drop, h.id)
	l := ir.IntLit(h.id, ir.Int64)
	return &Value{aval: l.Aval(), v: l, buf: h}
}

// isHandle reports whether a stands for a Go function.
func (a *Value) isHandle() bool {
	_, ok := a.buf.(*handle)
	return ok
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
