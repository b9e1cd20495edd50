package trace

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax/ir"
)

// sum is an operation of any number of equal operands.
type sum struct{ Tag string }

func (sum) Name() string { return "sum" }
func (sum) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if len(in) == 0 {
		return []ir.Aval{ir.Scalar(ir.Float32)}, nil
	}
	for _, a := range in[1:] {
		if !a.SameType(in[0]) {
			return nil, fmt.Errorf("operands %v and %v differ; convert one", in[0], a)
		}
	}
	return in[:1], nil
}

// ran is a runtime that counts what is run at once.
type ran struct {
	mu sync.Mutex
	n  int
}

type fakeBuffer struct{}

func (fakeBuffer) Ready() error  { return nil }
func (fakeBuffer) Delete()       {}
func (fakeBuffer) Deleted() bool { return false }

func (r *ran) count() int { r.mu.Lock(); defer r.mu.Unlock(); return r.n }
func (r *ran) Bind(op ir.Op, in []*Value) []*Value {
	r.mu.Lock()
	r.n++
	r.mu.Unlock()
	t, err := op.Infer(Avals(in))
	Must(err, op.Name(), Avals(in))
	return []*Value{Concrete(t[0], fakeBuffer{}, 0)}
}
func (r *ran) Run(*ir.Program, []*Value) []*Value              { panic("not used") }
func (r *ran) RunNamed(string, *ir.Program, []*Value) []*Value { panic("not used") }
func (r *ran) Whole(_ string, _ any, in []*Value, build func([]*Value) []*Value) []*Value {
	return build(in)
}
func (r *ran) CallKernel(string, *Value, []ir.Aval, []*Value) []*Value { panic("not used") }
func (r *ran) FromHost([]byte, ir.Aval) *Value                         { panic("not used") }
func (r *ran) CheckHost(int64, string) error                           { panic("not used") }
func (r *ran) ToHost(*Value, []byte)                                   { panic("not used") }

func withRuntime(t *testing.T) *ran {
	before := hooks
	r := &ran{}
	SetHooks(Hooks{Runtime: r})
	t.Cleanup(func() {
		SetHooks(before)
		if n := open.Load(); n != 0 {
			t.Errorf("%d traces were left open", n)
		}
	})
	return r
}

func concrete() *Value { return Concrete(ir.Scalar(ir.Float32), fakeBuffer{}, 0) }

func f32s(n int) []ir.Aval {
	t := make([]ir.Aval, n)
	for i := range t {
		t[i] = ir.Scalar(ir.Float32)
	}
	return t
}

// mustFail runs f and returns its *Error, whose line must be in the caller's file.
func mustFail(t *testing.T, want string, f func()) *Error {
	t.Helper()
	err := Try(f)
	if err == nil {
		t.Fatalf("no error; want one with %q", want)
	}
	_, file, _, _ := runtime.Caller(1)
	if file = filepath.Base(file); !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), file+":") {
		t.Fatalf("error %q; want %q at a line of %s", err, want, file)
	}
	return err.(*Error)
}
