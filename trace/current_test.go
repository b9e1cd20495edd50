package trace

import (
	"runtime"
	"sync"
	"testing"
)

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
