package jit

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

func TestCompileOnceAmongGoroutines(t *testing.T) {
	f := &Func{Name: "once"}
	x := vec(1, 2, 3, 4, 5)
	body := func(x *val) *val { return ops.Cos(ops.Sin(ops.Cos(x))) }
	var wg sync.WaitGroup
	want := host(
		call1(&Func{Name: "reference"}, x,
			func(x *val) *val { return ops.Cos(ops.Sin(ops.Add(ops.Cos(x), ops.Zeros(x.Aval())))) }))
	r := compiles(func() {
		for range 8 {
			wg.Go(func() {
				if got := host(call1(f, x, body)); !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
				}
			})
		}
		wg.Wait()
	})
	if len(r) != 1 {
		t.Errorf("%d compilations of one program by 8 goroutines", len(r))
	}
}

// A compilation that fails is an error for all who wait, and poisons nothing.
func TestFailureIsNotKept(t *testing.T) {
	f := &Func{Name: "later"}
	x := vec(1, 2)
	body := func(x *val) *val { return ops.Tan(ops.Tan(x)) }
	allow := ForbidCompiles()
	var failures atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if err := trace.Try(func() { call1(f, x, body) }); err != nil {
				failures.Add(1)
				if !strings.Contains(err.Error(), "forbidden") || !strings.Contains(err.Error(), "first call") {
					t.Errorf("error is %v", err)
				}
			}
		})
	}
	wg.Wait()
	allow()
	allow() // once is enough: a second call must not allow what another forbade
	if failures.Load() != 8 {
		t.Errorf("%d of 8 calls failed while compilations were forbidden", failures.Load())
	}
	call1(f, x, body)
	defer ForbidCompiles()()
	call1(f, x, body) // known now
}

func TestLiveBuffersReturn(t *testing.T) {
	f := &Func{Name: "busy"}
	g := &Func{Name: "two results"}
	x := vec(1, 2, 3)
	body := func(x *val) *val { return ops.Neg(ops.Abs(x)) }
	pairOf := func(x *val) {
		in := []*val{x}
		en := g.Find(in, nil)
		if en == nil {
			en = g.Make(in, nil, nil,
				func(x []*val) ([]*val, trace.Trees) { return []*val{ops.Neg(x[0]), ops.Abs(x[0])}, nil })
		}
		en.Call(in)
	}
	call1(f, x, body)
	pairOf(x)
	settled(t, 1000)
	before := LiveBuffers()
	calls := 10000
	if testing.Short() {
		calls = 1000
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range calls {
				y := call1(f, x, body)
				if i%100 == 0 {
					if got := host(y); !slices.Equal(got, []float32{-1, -2, -3}) {
						t.Errorf("got %v", got)
					}
				}
				if i%3 == 0 {
					Delete(y)
				}
				if i%10 == 0 {
					pairOf(x)
				}
			}
		})
	}
	wg.Wait()
	settled(t, before)
	runtime.KeepAlive(x)
}

func TestManySlots(t *testing.T) {
	defer func(n int) { maxSlots = n }(maxSlots)
	maxSlots = 512
	s := &space{flights: map[string]*flight{}}
	s.m.Store(&map[string]*slot{})
	old := s.store("old", &slot{})
	for i := range maxSlots + 10 {
		s.store(fmt.Sprint(i), &slot{})
		if i%100 == 0 && s.find([]byte("old")) != old {
			t.Fatal("a slot in use was dropped")
		}
	}
	if n := len(*s.m.Load()); n > maxSlots || n < maxSlots/4 {
		t.Errorf("%d slots are kept of %d", n, maxSlots)
	}
	if s.find([]byte(fmt.Sprint(maxSlots+9))) == nil || s.find([]byte("0")) != nil {
		t.Error("the wrong slots were dropped")
	}
}

type brokenBuffer struct{ trace.Buffer }

func (brokenBuffer) Ready() error { return errors.New("boom") }
