package trace

import (
	"fmt"
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
func (r *ran) FromHost([]byte, ir.Aval) *Value { panic("not used") }
func (r *ran) ToHost(*Value, []byte)           { panic("not used") }

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

// mustFail runs f and returns its *Error, whose line must be in this file.
func mustFail(t *testing.T, want string, f func()) *Error {
	t.Helper()
	err := Try(f)
	if err == nil {
		t.Fatalf("no error; want one with %q", want)
	}
	if !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "trace_test.go:") {
		t.Fatalf("error %q; want %q at a line of trace_test.go", err, want)
	}
	return err.(*Error)
}

func TestEverythingIsStagedInsideATrace(t *testing.T) {
	r := withRuntime(t)
	outside := concrete()
	p, caps := Trace("f", f32s(1), func(x []*Value) []*Value {
		c := Bind(sum{}, outside, outside)[0] // of concrete operands alone
		k := Bind(sum{})[0]                   // of no operands
		return Bind(sum{}, x[0], c, k, FromLit(ir.FloatLit(2, ir.Float32)))
	})
	if r.count() != 0 {
		t.Errorf("%d operations were run while tracing", r.count())
	}
	if err := p.Verify(); err != nil {
		t.Fatal(err)
	}
	if len(p.Eqns) != 3 || len(caps) != 1 || caps[0] != outside || len(p.In) != 2 {
		t.Errorf("recorded\n%v\nwith %d captures", p, len(caps))
	}
	if src := p.Eqns[0].Src.String(); !strings.HasPrefix(src, "trace_test.go:") {
		t.Errorf("the equation's line is %s", src)
	}
	Bind(sum{}, outside)
	if r.count() != 1 {
		t.Error("outside a trace nothing was run")
	}
}

func TestNestedTracesCapture(t *testing.T) {
	withRuntime(t)
	outside := concrete()
	var inner *ir.Program
	var innerCaps []*Value
	p, caps := Trace("outer", f32s(1), func(x []*Value) []*Value {
		inner, innerCaps = Trace("inner", f32s(1), func(y []*Value) []*Value {
			return Bind(sum{}, y[0], x[0], outside)
		})
		return Bind(sum{Tag: "call"}, append([]*Value{x[0]}, innerCaps...)...)
	})
	if len(innerCaps) != 2 || innerCaps[1] != outside || len(caps) != 1 || caps[0] != outside {
		t.Errorf("captures: inner %v, outer %v", innerCaps, caps)
	}
	for _, q := range []*ir.Program{p, inner} {
		if err := q.Verify(); err != nil {
			t.Error(err)
		}
	}
}

func TestGoroutinesInsideATrace(t *testing.T) {
	r := withRuntime(t)
	p, _ := Trace("f", f32s(1), func(x []*Value) []*Value {
		out := make([]*Value, 64)
		var wg sync.WaitGroup
		for i := range out {
			wg.Go(func() {
				if Current() != nil {
					t.Error("a goroutine of its own has this goroutine's trace")
				}
				out[i] = Bind(sum{}, x[0], x[0])[0]
			})
		}
		wg.Wait()
		return out
	})
	if err := p.Verify(); err != nil || len(p.Eqns) != 64 || r.count() != 0 {
		t.Errorf("%v, %d equations, %d run", err, len(p.Eqns), r.count())
	}
}

// Goroutines that trace at the same time must not see each other's traces, even as goroutines come and go.
func TestTracesOfGoroutinesAreTheirOwn(t *testing.T) {
	withRuntime(t)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			for range 20 {
				p, _ := Trace("f", f32s(1), func(x []*Value) []*Value {
					y := x[0]
					for range i%5 + 1 {
						runtime.Gosched()
						y = Bind(sum{}, y, y)[0]
					}
					return []*Value{y}
				})
				if len(p.Eqns) != i%5+1 {
					t.Errorf("%d equations, want %d", len(p.Eqns), i%5+1)
				}
			}
		})
	}
	wg.Wait()
}

func TestErrors(t *testing.T) {
	withRuntime(t)
	var kept *Value
	Trace("Jit of f", f32s(1), func(x []*Value) []*Value {
		kept = Bind(sum{}, x[0])[0]
		return x
	})
	e := mustFail(t, "used after its trace, Jit of f at trace_test.go:", func() { Bind(sum{}, kept) })
	if !strings.Contains(e.Error(), "made at trace_test.go:") {
		t.Errorf("the message does not say where the value was made: %v", e)
	}
	mustFail(t, "used after its trace", func() {
		Trace("g", nil, func([]*Value) []*Value { return []*Value{kept} })
	})
	mustFail(t, "never set", func() { Bind(sum{}, &Value{}) })
	mustFail(t, "never set", func() { Bind(sum{}, nil) })
	mustFail(t, "never set", func() { Trace("g", nil, func([]*Value) []*Value { return []*Value{{}} }) })
	e = mustFail(t, "differ; convert one", func() {
		Trace("g", f32s(1), func(x []*Value) []*Value { return Bind(sum{}, x[0], FromLit(ir.IntLit(1, ir.Int32))) })
	})
	if e.Op != "sum" || len(e.In) != 2 || !strings.Contains(e.Error(), "sum(float32[], int32[])") {
		t.Errorf("the message does not name the operation and types: %v", e)
	}
	if Current() != nil {
		t.Error("a trace that failed is still open")
	}
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("Try swallowed a panic that is not its own")
			}
		}()
		_ = Try(func() { panic("mine") })
	}()
}

func TestReplayKeepsLines(t *testing.T) {
	withRuntime(t)
	p, _ := Trace("f", f32s(2), func(x []*Value) []*Value {
		y := Bind(sum{Tag: "a"}, x...)
		return Bind(sum{Tag: "b"}, y[0], FromLit(ir.FloatLit(1, ir.Float32)))
	})
	q, _ := Trace("g", f32s(2), func(x []*Value) []*Value { return Inline(p, x) })
	if p.Key() != q.Key() {
		t.Errorf("replayed\n%v\nas\n%v", p, q)
	}
	for i := range p.Eqns {
		if p.Eqns[i].Src != q.Eqns[i].Src {
			t.Errorf("equation %d moved from %v to %v", i, p.Eqns[i].Src, q.Eqns[i].Src)
		}
	}
	// An error in a rule reports the line of the equation it was about.
	bad := &ir.Program{In: p.In, Out: p.Out, Eqns: p.Eqns}
	err := Try(func() {
		Trace("h", f32s(2), func(x []*Value) []*Value {
			return Replay(bad, x, func(e *ir.Eqn, x []*Value) []*Value {
				Fail("rule", nil, "no rule for %s", e.Op.Name())
				return nil
			})
		})
	})
	if e, ok := err.(*Error); !ok || e.Src != p.Eqns[0].Src {
		t.Errorf("error %v, want it at %v", err, p.Eqns[0].Src)
	}
}

func TestX64IsTheTracesOwn(t *testing.T) {
	withRuntime(t)
	if X64() {
		t.Fatal("x64 is on by default")
	}
	WithX64(true, func() {
		Trace("f", f32s(1), func(x []*Value) []*Value {
			SetX64(false)
			WithX64(false, func() { // inside a trace its setting stays
				if !X64() {
					t.Error("the setting changed inside a trace")
				}
			})
			done := make(chan bool)
			go func() { done <- X64(x[0]) && !X64() }()
			if !<-done {
				t.Error("a goroutine inside the trace must go by its operands")
			}
			return x
		})
		other := make(chan bool)
		go func() { other <- X64() }()
		if <-other {
			t.Error("WithX64 reaches another goroutine")
		}
	})
	if X64() {
		t.Error("the setting outlived WithX64")
	}
}

func TestSuspended(t *testing.T) {
	r := withRuntime(t)
	c := concrete()
	Trace("f", f32s(1), func(x []*Value) []*Value {
		Suspended(func() { Bind(sum{}, c) })
		return Bind(sum{}, x[0])
	})
	if r.count() != 1 {
		t.Errorf("%d operations were run, want 1", r.count())
	}
}

func BenchmarkCurrentInsideATrace(b *testing.B) {
	Trace("f", nil, func([]*Value) []*Value {
		for b.Loop() {
			Current()
		}
		return nil
	})
}

func BenchmarkTraceEquation(b *testing.B) {
	Trace("f", f32s(1), func(x []*Value) []*Value {
		for b.Loop() {
			Bind(sum{}, x[0], x[0])
		}
		return nil
	})
}
