package jit

import (
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
)

func TestMain(m *testing.M) {
	CheckWhole = true
	leak.Main(m, LiveBuffers)
}

type val = trace.Value

// settled waits until the collector has freed what tests dropped.
func settled(t *testing.T, want int) {
	t.Helper()
	for range 100 {
		runtime.GC()
		if LiveBuffers() <= want {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d live buffers, want %d", LiveBuffers(), want)
}

// compiles counts the compilations of f and returns their reasons.
func compiles(f func()) (reasons []string) {
	var mu sync.Mutex
	stop := OnCompile(func(e CompileEvent) {
		mu.Lock()
		reasons = append(reasons, e.Reason)
		mu.Unlock()
	})
	defer stop()
	f()
	return reasons
}

func wantError(t *testing.T, f func(), parts ...string) {
	t.Helper()
	err := trace.Try(f)
	if err == nil {
		t.Errorf("no error, want %q", parts)
		return
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q lacks %q", err, p)
		}
	}
}

func lit(x float64) *val { return trace.FromLit(ir.FloatLit(x, ir.Float32).AsWeak()) }

func TestBindCompilesOncePerType(t *testing.T) {
	x, y := vec(1, 2, 3), vec(4, 5, 6)
	n := len(compiles(func() {
		for range 3 {
			if got := host(ops.Sub(x, y)); !slices.Equal(got, []float32{-3, -3, -3}) {
				t.Errorf("1 2 3 - 4 5 6 = %v", got)
			}
		}
	}))
	if n > 1 {
		t.Errorf("%d compilations of one operation", n)
	}
	// Scalars are inputs: no new program for a new number, and NaN and -0 keep their bits.
	s := lit(2)
	ops.Mul(s, s)
	if r := compiles(func() {
		for i := range 20 {
			if got := host(ops.Mul(lit(float64(i)+0.5), lit(2))); got[0] != float32(2*i+1) {
				t.Errorf("%d.5 * 2 = %v", i, got)
			}
		}
	}); len(r) != 0 {
		t.Errorf("a new scalar compiled again: %q", r)
	}
	if got := host(ops.Mul(lit(math.Copysign(0, -1)), lit(2))); !math.Signbit(float64(got[0])) {
		t.Error("-0 lost its sign on the way to the device")
	}
}

func TestBindErrorsHaveTheLine(t *testing.T) {
	wantError(t, func() { ops.Add(vec(1, 2), vec(1, 2, 3)) }, "jit_test.go:", "add(float32[2], float32[3])")
}

func TestScalarCacheReplaces(t *testing.T) {
	before := LiveBuffers()
	for i := range 5000 { // many more than the cache has places
		y := ops.Neg(lit(float64(i)))
		if got := host(y); got[0] != -float32(i) {
			t.Fatalf("-%d = %v", i, got)
		}
		Delete(y)
	}
	settled(t, before)
}

func TestRunLiftsFloats(t *testing.T) {
	x := vec(1, 2, 3)
	step := func(rate float64) *val {
		p, caps := trace.Trace("step", []ir.Aval{x.Aval()}, func(a []*val) []*val {
			return []*val{ops.Mul(a[0], ops.Full([]int{3}, ir.FloatLit(rate, ir.Float32)))}
		})
		return trace.TheRuntime().Run(p, append([]*val{x}, caps...))[0]
	}
	step(0.5)
	if r := compiles(func() {
		for i := range 10 {
			if got := host(step(float64(i))); got[2] != float32(3*i) {
				t.Errorf("3 * %d = %v", i, got[2])
			}
		}
	}); len(r) != 0 {
		t.Errorf("a changing float compiled again: %q", r)
	}
}

func TestWhole(t *testing.T) {
	type params struct{ Axes []int }
	table := vec(10, 20, 30)
	defer Delete(table) // the executable that was found keeps it
	traced := 0
	total := func(x *val, axes ...int) *val {
		return trace.Whole("test.total", params{axes}, []*val{x}, func(x []*val) []*val {
			traced++
			return []*val{ops.ReduceSum(ops.Add(x[0], table), axes)}
		})[0]
	}
	for range 3 {
		if got := host(total(vec(1, 2, 3), 0)); got[0] != 66 {
			t.Errorf("total is %v", got)
		}
	}
	if got := host(total(vec(1, 2, 3))); !slices.Equal(got, []float32{11, 22, 33}) {
		t.Errorf("another parameter found the program of the first: %v", got)
	}
	if traced != 4 {
		t.Errorf("traced %d times under CheckWhole, want at every call", traced)
	}
	// What is not among the parameters is caught.
	secret := 1.0
	hidden := func() {
		trace.Whole("test.hidden", nil, []*val{vec(1)}, func(x []*val) []*val {
			return []*val{ops.Mul(x[0], ops.Full([]int{1}, ir.FloatLit(secret, ir.Float32)))}
		})
	}
	hidden()
	secret = 2
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "test.hidden") {
			t.Errorf("a hidden parameter was not caught: %v", r)
		}
	}()
	hidden()
}

func TestCompileOnceAmongGoroutines(t *testing.T) {
	f := &Func{Name: "once"}
	x := vec(1, 2, 3, 4, 5)
	body := func(x *val) *val { return ops.Cos(ops.Sin(ops.Cos(x))) }
	var wg sync.WaitGroup
	want := host(call1(&Func{Name: "reference"}, x, func(x *val) *val { return ops.Cos(ops.Sin(ops.Add(ops.Cos(x), ops.Zeros(x.Aval())))) }))
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

// A hook that panics ends its goroutine's call, and nobody else's.
func TestPanicInHookFreesTheKey(t *testing.T) {
	stop := OnCompile(func(e CompileEvent) {
		if e.Name == "hooked" {
			panic("hook")
		}
	})
	f := &Func{Name: "hooked"}
	x := vec(3, 2, 1)
	body := func(x *val) *val { return ops.Exp(ops.Tan(x)) }
	func() {
		defer func() {
			if recover() != "hook" {
				t.Error("the hook's panic was swallowed")
			}
		}()
		call1(f, x, body)
	}()
	stop()
	done := make(chan bool)
	go func() { call1(f, x, body); close(done) }()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		t.Fatal("the key stayed taken")
	}
}

func TestReasons(t *testing.T) {
	f := &Func{Name: "reasons"}
	body := func(x *val) *val { return ops.Sinh(ops.Cosh(x)) }
	r := compiles(func() {
		call1(f, vec(1, 2, 3, 4), body)
		call1(f, vec(1, 2, 3), body)
		call1(f, vec(1, 2, 3, 4), body)
		trace.WithX64(true, func() { call1(f, vec(1, 2, 3, 4), body) })
	})
	want := []string{"first call", "args[0]: float32[3] was float32[4]"}
	// With x64 on the program is the same: traced again, not compiled again.
	if !slices.Equal(r, want) {
		t.Errorf("reasons %q, want %q", r, want)
	}
	if n := len(*f.entries.Load()); n != 3 {
		t.Errorf("%d entries, want 3: x64 is part of the key", n)
	}
}

func TestNestedCallsAndCaptures(t *testing.T) {
	outside := vec(10, 20, 30)
	inner := &Func{Name: "inner"}
	traces := 0
	in := func(x *val) *val {
		return call1(inner, x, func(x *val) *val { traces++; return ops.Add(x, outside) })
	}
	outer := &Func{Name: "outer"}
	y := call1(outer, vec(1, 2, 3), func(x *val) *val { return ops.Mul(in(x), in(x)) })
	if got := host(y); !slices.Equal(got, []float32{121, 484, 1089}) {
		t.Errorf("nested: %v", got)
	}
	if traces != 1 {
		t.Errorf("the inner function was traced %d times", traces)
	}
	p := outer.last.Load().Program()
	if s := p.String(); strings.Count(s, "= call") != 1 { // the second is the same computation
		t.Errorf("want one call in\n%v", p)
	}
	if got := host(in(vec(1, 1, 1))); !slices.Equal(got, []float32{11, 21, 31}) {
		t.Errorf("the inner function on its own: %v", got)
	}

	// What captures a traced value belongs to one trace only.
	for i := range 2 {
		k := &Func{Name: "closure"}
		z := call1(&Func{Name: "outer2"}, vec(float32(i), 2, 3), func(x *val) *val {
			return call1(k, outside, func(o *val) *val { return ops.Sub(o, x) })
		})
		if got := host(z); got[0] != 10-float32(i) {
			t.Errorf("captured traced value: %v", got)
		}
		if k.entries.Load() != nil {
			t.Error("a trace that captured a traced value was kept")
		}
	}
}

func TestDonation(t *testing.T) {
	f := &Func{Name: "step", Donate: []int{0}}
	body := func(x *val) *val { return ops.Add(x, x) }
	x := vec(1, 2, 3)
	y := call1(f, x, body)
	if got := host(y); !slices.Equal(got, []float32{2, 4, 6}) {
		t.Fatalf("donated: %v", got)
	}
	wantError(t, func() { call1(f, x, body) }, "step(float32[3])", "args[0]", "donated", "bench_test.go:")
	wantError(t, func() { ops.Neg(x) }, "neg", "donated", "jit_test.go:")
	wantError(t, func() { host(x) }, "donated", "bench_test.go:")

	// Twice in one call, captured and given away: refused before anything happens.
	g := &Func{Name: "two", Donate: []int{0}}
	two := func(a, b *val) *val {
		in := []*val{a, b}
		en := g.Find(in, nil)
		if en == nil {
			en = g.Make(in, nil, nil, func(x []*val) ([]*val, any) { return []*val{ops.Add(x[0], x[1])}, nil })
		}
		return en.Call(in)[0]
	}
	wantError(t, func() { two(y, y) }, "args[0]", "same array is argument array 1")
	h := &Func{Name: "capturing", Donate: []int{0}}
	wantError(t, func() { call1(h, y, func(x *val) *val { return ops.Add(x, y) }) }, "captures the same array")
	if got := host(y); got[2] != 6 {
		t.Errorf("a refused donation took the array: %v", got)
	}
	if got := host(two(y, vec(1, 1, 1))); got[2] != 7 {
		t.Errorf("donated first of two: %v", got)
	}

	// A donated scalar must not take the shared copy with it.
	s := &Func{Name: "scalar", Donate: []int{0}}
	for range 2 {
		if got := host(call1(s, lit(1.25), body)); got[0] != 2.5 {
			t.Errorf("donated scalar: %v", got)
		}
	}
	// Inside a trace nothing is given away.
	w := vec(5, 5, 5)
	z := call1(&Func{Name: "around"}, w, func(x *val) *val { return ops.Mul(call1(f, x, body), x) })
	if got := host(z); got[0] != 50 || w.Buffer().Deleted() {
		t.Errorf("donation inside a trace: %v", got)
	}
}

func TestDeletedArrays(t *testing.T) {
	x := vec(1, 2)
	Delete(x)
	Delete(x)
	wantError(t, func() { ops.Neg(x) }, "neg(float32[2])", "deleted", "jit_test.go:")
	wantError(t, func() { Wait(x) }, "deleted", "jit_test.go:")
	z := vec(4, 5)
	f := &Func{Name: "kept"}
	body := func(x *val) *val { return ops.Add(x, z) }
	call1(f, vec(1, 1), body)
	Delete(z)
	wantError(t, func() { call1(f, vec(1, 1), body) }, "kept", "deleted")
}

func TestTracedValuesHaveNoData(t *testing.T) {
	f := &Func{Name: "looks"}
	wantError(t, func() { call1(f, vec(1, 2), func(x *val) *val { host(x); return x }) },
		"ToHost(float32[2])", "no value while", "bench_test.go:")
	wantError(t, func() { call1(f, vec(1, 2), func(x *val) *val { Wait(x); return x }) }, "BlockUntilReady", "jit_test.go:")
	wantError(t, func() { host(nil2()) }, "never set")
}

func nil2() *val { return new(val) }

func TestLiveBuffersReturn(t *testing.T) {
	f := &Func{Name: "busy"}
	g := &Func{Name: "two results"}
	x := vec(1, 2, 3)
	body := func(x *val) *val { return ops.Neg(ops.Abs(x)) }
	pairOf := func(x *val) {
		in := []*val{x}
		en := g.Find(in, nil)
		if en == nil {
			en = g.Make(in, nil, nil, func(x []*val) ([]*val, any) { return []*val{ops.Neg(x[0]), ops.Abs(x[0])}, nil })
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

func TestBigResultsRememberTheirLine(t *testing.T) {
	x := ops.Zeros(ir.Aval{Shape: []int{1 << 20}, DType: ir.Float32})
	y := ops.Neg(x)
	if s := y.Src().String(); !strings.HasPrefix(s, "jit_test.go:") {
		t.Errorf("a 4 MB result was launched at %s", s)
	}
	bad := trace.Concrete(y.Aval(), brokenBuffer{y.Buffer()}, y.Src())
	if err := bad.Buffer().Ready(); err == nil {
		t.Fatal("the test's own buffer does not fail")
	}
	err := trace.Try(func() { failed(bad, "BlockUntilReady", errors.New("boom")) })
	if err == nil || !strings.Contains(err.Error(), y.Src().String()) || !strings.Contains(err.Error(), "launched here failed: boom") {
		t.Errorf("a failed execution says %v", err)
	}
}

type brokenBuffer struct{ trace.Buffer }

func (brokenBuffer) Ready() error { return errors.New("boom") }

func TestTooLarge(t *testing.T) {
	wantError(t, func() { ops.Neg(ops.Zeros(ir.Aval{Shape: []int{1 << 24, 1 << 24}, DType: ir.Float32})) }, "memory", "jit_test.go:")
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

func TestManyEntries(t *testing.T) {
	defer func(n int) { maxEntries = n }(maxEntries)
	maxEntries = 16
	f := &Func{Name: "shapes"}
	for i := range 40 {
		x := vec(make([]float32, i)...)
		if got := host(call1(f, x, ops.Neg)); len(got) != i {
			t.Fatalf("call with %d elements: %v", i, got)
		}
		if n := len(*f.entries.Load()); n > maxEntries {
			t.Fatalf("%d entries", n)
		}
	}
	if f.Find([]*val{vec(make([]float32, 39)...)}, nil) == nil || f.Find([]*val{vec(1)}, nil) != nil {
		t.Error("the wrong entries were dropped")
	}
	// What was dropped is traced again, and found by its structure.
	if r := compiles(func() { call1(f, vec(1), ops.Neg) }); len(r) != 0 {
		t.Errorf("compiled again: %q", r)
	}
}

func TestDevices(t *testing.T) {
	ds, err := Devices()
	if err != nil {
		t.Fatal(err)
	}
	x := vec(1, 2)
	if DeviceOf(x) != ds[0] || DefaultDevice() != ds[0] || DeviceOf(lit(1)) != ds[0] {
		t.Errorf("x is on %v, the default is %v", DeviceOf(x), DefaultDevice())
	}
	if DevicePut(x, ds[0]) != x {
		t.Error("an array was copied to where it is")
	}
	if y := DevicePut(lit(2), nil); y.Buffer() == nil || host(y)[0] != 2 {
		t.Error("a scalar is not put on the device")
	}
}
