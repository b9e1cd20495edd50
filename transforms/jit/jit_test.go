package jit_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/transforms/jit"
)

// The tests of Jit are written with lax, so that they say what Jit does whatever jnp does.

type arr = jnp.Array

func vec(x ...float32) arr {
	return jnp.Wrap(
		jit.FromHost(unsafe.Pointer(unsafe.SliceData(x)), ir.Aval{Shape: []int{len(x)}, DType: ir.Float32}, nil))
}

func host(a arr) []float32 {
	v := a.TraceValue()
	b := make([]byte, max(v.Aval().Bytes(), 4))
	jit.ToHost(v, b[:v.Aval().Bytes()])
	return unsafe.Slice((*float32)(unsafe.Pointer(&b[0])), v.Aval().Bytes()/4)
}

func add(a, b arr) arr { return jnp.Wrap(ops.Add(a.TraceValue(), b.TraceValue())) }
func mul(a, b arr) arr { return jnp.Wrap(ops.Mul(a.TraceValue(), b.TraceValue())) }
func neg(a arr) arr    { return jnp.Wrap(ops.Neg(a.TraceValue())) }

func want(t *testing.T, a arr, x ...float32) {
	t.Helper()
	if got := host(a); !slices.Equal(got, x) {
		t.Errorf("got %v, want %v", got, x)
	}
}

// reasons lists why f compiled.
func reasons(f func()) (r []string) {
	var mu sync.Mutex
	defer gojax.OnCompile(func(e gojax.CompileEvent) {
		mu.Lock()
		r = append(r, e.Reason)
		mu.Unlock()
	})()
	f()
	return r
}

type layer struct {
	W, B arr
	Relu bool
}

type params struct {
	Layers []layer
	Scale  *arr
	Extra  map[string]arr
	Note   string
}

type unary func(arr) arr

func TestJitSignatures(t *testing.T) {
	x, y, z, w := vec(1, 2), vec(3, 4), vec(5, 6), vec(7, 8)
	for range 2 { // traced, then found
		want(t, gojax.Jit(neg)(x), -1, -2)
	}
	f1 := gojax.Jit(func(a arr) (arr, arr) { return neg(a), add(a, a) })
	f2 := gojax.Jit(func(a, b arr) (arr, arr) { return mul(a, b), add(a, b) })
	f3 := gojax.Jit(func(a, b, c arr) (arr, arr) { return mul(a, b), add(b, c) })
	f4 := gojax.Jit(func(a, b, c, d arr) (arr, arr) { return mul(a, d), add(b, c) })
	g2 := gojax.Jit(add)
	g3 := gojax.Jit(func(a, b, c arr) arr { return add(a, mul(b, c)) })
	g4 := gojax.Jit(func(a, b, c, d arr) arr { return add(mul(a, b), mul(c, d)) })
	variadic := gojax.Jit(func(scale arr, rest ...arr) arr {
		sum := scale
		for _, r := range rest {
			sum = add(sum, r)
		}
		return sum
	})
	named := gojax.Jit(unary(neg))
	three := gojax.Jit(func(a [3]arr) (arr, []arr, map[string]arr) {
		return a[0], []arr{a[1]}, map[string]arr{"c": a[2]}
	})
	none := gojax.Jit(func() arr { return jnp.Wrap(ops.Iota(ir.Float32, []int{3}, 0)) })
	generic := gojax.Jit(func(x any) any { return []any{neg(x.(layer).W), "kept"} })
	for range 3 {
		a, b := f1(x)
		want(t, a, -1, -2)
		want(t, b, 2, 4)
		a, b = f2(x, y)
		want(t, a, 3, 8)
		want(t, b, 4, 6)
		a, b = f3(x, y, z)
		want(t, a, 3, 8)
		want(t, b, 8, 10)
		a, b = f4(x, y, z, w)
		want(t, a, 7, 16)
		want(t, b, 8, 10)
		want(t, g2(x, y), 4, 6)
		want(t, g3(x, y, z), 16, 26)
		want(t, g4(x, y, z, w), 38, 56)
		want(t, variadic(x), 1, 2)
		want(t, variadic(x, y, z), 9, 12)
		want(t, named(y), -3, -4)
		c, d, e := three([3]arr{x, y, z})
		want(t, c, 1, 2)
		want(t, d[0], 3, 4)
		want(t, e["c"], 5, 6)
		want(t, none(), 0, 1, 2)
		r := generic(layer{W: x}).([]any)
		want(t, r[0].(arr), -1, -2)
		if r[1] != "kept" {
			t.Errorf("a static result came back as %v", r[1])
		}
	}
}

func TestJitTreesAndStatics(t *testing.T) {
	traces := 0
	f := gojax.Jit(func(p params, x arr, n int) params {
		traces++
		for range n {
			for i, l := range p.Layers {
				x = add(mul(x, l.W), l.B)
				if l.Relu {
					x = jnp.Wrap(ops.Max(x.TraceValue(), ops.ZerosLike(x.TraceValue())))
				}
				p.Layers[i].W = x // the function may change its own copy
			}
		}
		if p.Scale != nil {
			*p.Scale = neg(*p.Scale)
		}
		return p
	}, gojax.Named("forward"))
	s := vec(9, 9)
	p := params{Layers: []layer{{W: vec(2, -2), B: vec(1, 1)}, {W: vec(1, 1), B: vec(0, 0), Relu: true}}, Scale: &s,
		Extra: map[string]arr{"k": vec(4)}, Note: "v1"}
	r := reasons(func() {
		for range 3 {
			q := f(p, vec(1, 1), 1)
			want(t, q.Layers[0].W, 3, -1)
			want(t, q.Layers[1].W, 3, 0)
			want(t, *q.Scale, -9, -9)
			want(t, q.Extra["k"], 4)
			if q.Note != "v1" || !q.Layers[1].Relu || q.Scale == p.Scale {
				t.Errorf("the result's structure is wrong: %+v", q)
			}
		}
	})
	want(t, p.Layers[0].W, 2, -2)
	if traces != 1 || !slices.Equal(r, []string{"first call"}) {
		t.Errorf("%d traces, compilations %q", traces, r)
	}
	for _, c := range []struct {
		change func() params
		n      int
		why    string
	}{
		{func() params { return p }, 2, "args[2]: 2 was 1"},
		{func() params { q := p; q.Note = "v2"; return q }, 2, `args[0].Note: "v2" was "v1"`},
		{func() params { q := p; q.Scale = nil; return q }, 2,
			`args[0].Scale: nil was set; args[0].Note: "v1" was "v2"`},
		{func() params { q := p; q.Scale = nil; q.Extra = map[string]arr{"k": vec(4, 5)}; return q }, 2,
			`args[0].Extra["k"]: float32[2] was float32[1]`},
	} {
		// One of these is the same program under another static value: traced again, found by its structure.
		before := traces
		r := reasons(func() { f(c.change(), vec(1, 1), c.n) })
		if traces != before+1 {
			t.Errorf("%s: traced %d times", c.why, traces-before)
		}
		if !strings.Contains(c.why, "Note: \"v2\"") && !slices.Equal(r, []string{c.why}) {
			t.Errorf("reason %q, want %q", r, c.why)
		}
	}
	// Static floats are told apart by their bits.
	g := gojax.Jit(func(x arr, k float64) arr {
		return mul(x, jnp.Wrap(ops.FullLike(x.TraceValue(), k)))
	})
	want(t, g(vec(1, 2), 0.5), 0.5, 1)
	want(t, g(vec(1, 2), 3), 3, 6)
}

func TestJitNested(t *testing.T) {
	inner := gojax.Jit(func(l layer, x arr) (arr, layer) { return mul(l.W, x), layer{W: neg(l.W), B: l.B, Relu: true} })
	outer := gojax.Jit(func(l layer, x arr) (arr, layer) {
		y, m := inner(l, x)
		if !m.Relu {
			t.Error("a static result of an inner call is lost")
		}
		z, m := inner(m, y)
		return z, m
	})
	y, m := outer(layer{W: vec(2, 3), B: vec(0)}, vec(1, 1))
	want(t, y, -4, -9)
	want(t, m.W, 2, 3)
	want(t, m.B, 0)
	x, l := vec(1, 1), layer{W: vec(2, 3), B: vec(0)}
	p := gojax.MakeProgram(func(l layer, x arr) (arr, layer) {
		y, m := inner(l, x)
		return inner(m, y)
	})(l, x)
	if err := p.Verify(); err != nil || strings.Count(p.String(), "= call") != 2 {
		t.Errorf("want two calls (%v) in\n%v", err, p)
	}
}

func TestJitRefuses(t *testing.T) {
	type hidden struct {
		X arr
		n int
	}
	x := vec(1, 2)
	fails.With(t, func() { gojax.Jit(3) }, "jit_test.go:", "want a function")
	fails.With(t, func() { gojax.Jit[func(arr) arr](nil) }, "want a function")
	fails.With(t, func() { gojax.Jit(func(arr) {}) }, "returns nothing")
	fails.With(t, func() { gojax.Jit(func(x arr) int { return 1 }) }, "jit_test.go:", "results[0] is int",
		"not an array")
	fails.With(t, func() { gojax.Jit(func(x arr) (arr, error) { return x, nil }) }, "results[1] is error")
	fails.With(t, func() { gojax.Jit(func(h hidden) arr { _ = h.n; return h.X }) }, "args[0]: field n", "unexported")
	fails.With(t, func() { gojax.Jit(func(f func()) arr { return x }) }, "args[0]: type func()")
	fails.With(t, func() { gojax.Jit(func(x arr) any { return "text" })(x) }, "jit_test.go:", "results[0]",
		"not an array")
	fails.With(t, func() { gojax.Jit(func(x arr) arr { return arr{} })(x) }, "results[0]", "never set")
	fails.With(t, func() { gojax.Jit(neg)(arr{}) }, "jit_test.go:", "args[0]", "never set")
	fails.With(t, func() { gojax.Jit(func(x any) arr { return vec(1) })([]any{make(chan int)}) },
		"args[0][0]: type chan int")
	fails.With(t, func() { gojax.Jit(neg, gojax.DonateArgs(1)) }, "DonateArgs(1)", "1 arguments")
	fails.With(t, func() { gojax.Jit(func(x arr) arr { return add(x, vec(1, 2, 3)) })(x) }, "jit_test.go:",
		"ops.Add(float32[2], float32[3])")

	var leak arr
	gojax.Jit(func(x arr) arr { leak = neg(x); return x })(x)
	fails.With(t, func() { neg(leak) }, "jit_test.go:", "after its trace", "made at jit_test.go:")
	// The user's own panic passes, and leaves nothing open.
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("the user's panic was swallowed")
			}
		}()
		gojax.Jit(func(x arr) arr { panic("mine") })(x)
	}()
	want(t, neg(x), -1, -2)
}

func TestJitDonatesTrees(t *testing.T) {
	step := gojax.Jit(func(x arr, p layer) (arr, layer) {
		return x, layer{W: add(p.W, x), B: mul(p.B, x)}
	}, gojax.DonateArgs(1), gojax.Named("step"))
	x := vec(1, 2)
	p := layer{W: vec(10, 20), B: vec(3, 4)}
	_, q := step(x, p)
	want(t, q.W, 11, 22)
	want(t, q.B, 3, 8)
	want(t, x, 1, 2)
	fails.With(t, func() { step(x, p) }, "jit_test.go:", "step", "args[1].W", "donated")
	fails.With(t, func() { host(p.B) }, "donated")
	fails.With(t, func() { step(x, layer{W: q.W, B: q.W}) }, "args[1]", "same array")
	fails.With(t, func() { step(q.B, q) }, "args[1].B", "args[0] is the same array")
	want(t, q.B, 3, 8)
}

// Goroutines that a traced function starts record into its trace, jitted functions that they call included.
func TestJitGoroutinesInsideATrace(t *testing.T) {
	outside := vec(100, 100)
	square := gojax.Jit(func(x arr) arr { return add(mul(x, x), outside) })
	f := gojax.Jit(func(x arr) arr {
		parts := make([]arr, 4)
		var wg sync.WaitGroup
		for i := range parts {
			wg.Go(func() { parts[i] = square(add(x, x)) })
		}
		wg.Wait()
		sum := parts[0]
		for _, p := range parts[1:] {
			sum = add(sum, p)
		}
		return sum
	})
	for range 2 {
		want(t, f(vec(1, 2)), 416, 464)
	}
	want(t, square(vec(1, 2)), 101, 104)
}

// A jitted function may call itself with other static values.
func TestJitRecursion(t *testing.T) {
	var power func(x arr, n int) arr
	power = gojax.Jit(func(x arr, n int) arr {
		if n == 1 {
			return x
		}
		return mul(x, power(x, n-1))
	})
	want(t, power(vec(2, 3), 5), 32, 243)
	want(t, power(vec(2, 3), 4), 16, 81)
}

// One jitted function, called from goroutines with several types and statics at once while its entries are being made.
func TestJitFirstCallsAtOnce(t *testing.T) {
	type out struct {
		X arr
		N int
	}
	f := gojax.Jit(func(x arr, n int) out {
		for range n {
			x = add(x, x)
		}
		return out{x, n}
	})
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			n, size := i%4, 1+i/4%2
			o := f(vec(make([]float32, size)...), n)
			if o.N != n || len(host(o.X)) != size {
				t.Errorf("size %d, n %d: got size %d, n %d", size, n, len(host(o.X)), o.N)
			}
		})
	}
	wg.Wait()
	defer gojax.ForbidCompiles()()
	want(t, f(vec(1, 2), 3).X, 8, 16)
}

// 8 goroutines, 10000 calls each, of one function with arrays and one with trees: right results, and nothing is left.
func TestJitConcurrently(t *testing.T) {
	calls := 10000
	if testing.Short() {
		calls = 500
	}
	type pt struct{ X, Y arr }
	f := gojax.Jit(func(x arr) arr { return add(x, x) })
	g := gojax.Jit(func(p pt, k int) pt {
		for range k {
			p.X = add(p.X, p.Y)
		}
		return p
	})
	one := vec(1)
	before := leak.Steady(gojax.LiveBuffers)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			x := vec(float32(w), 1)
			for i := range calls {
				y := f(x)
				if i%50 == 0 {
					want(t, y, float32(2*w), 2)
					k := w % 3
					p := g(pt{x, x}, k)
					want(t, p.X, float32(w*(k+1)), float32(k+1))
				}
			}
		})
	}
	wg.Wait()
	if n := leak.Settle(gojax.LiveBuffers, before); n > before {
		t.Errorf("%d live buffers, %d before", n, before)
	}
	want(t, one, 1)
}

func TestJitX64(t *testing.T) {
	f := gojax.Jit(func(x arr) arr { return neg(x) }, gojax.Named("sixtyfour"))
	on := gojax.WithX64(true, func(x arr) (arr, bool) { return f(x), gojax.X64Enabled() })
	off := gojax.WithX64(false, func() {
		if gojax.X64Enabled() {
			t.Error("WithX64(false) is not off")
		}
	})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			y, x64 := on(vec(1))
			want(t, y, -1)
			if !x64 {
				t.Error("WithX64(true) is not on")
			}
			off()
		})
	}
	wg.Wait()
	if gojax.X64Enabled() {
		t.Error("WithX64 leaked")
	}
	gojax.EnableX64(true)
	if !gojax.X64Enabled() {
		t.Error("EnableX64 has no effect")
	}
	gojax.EnableX64(false)
}

// The setting may come from outside.
func TestEnableX64ByEnvironment(t *testing.T) {
	if s := os.Getenv("GOJAX_TEST_X64"); s != "" {
		if gojax.X64Enabled() != (s == "on") {
			t.Errorf("64-bit types are on: %v", gojax.X64Enabled())
		}
		return
	}
	for s, v := range map[string]string{"on": "1", "off": "false"} {
		c := exec.Command(os.Args[0], "-test.run=^TestEnableX64ByEnvironment$")
		c.Env = append(os.Environ(), "GOJAX_TEST_X64="+s, "GOJAX_ENABLE_X64="+v)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("GOJAX_ENABLE_X64=%s: %v\n%s", v, err, out)
		}
	}
}

func TestForbidAndEvents(t *testing.T) {
	f := gojax.Jit(func(x arr) arr { return neg(mul(x, mul(x, x))) }, gojax.Named("cube"))
	var got gojax.CompileEvent
	stop := gojax.OnCompile(func(e gojax.CompileEvent) { got = e })
	f(vec(1, 2, 3, 4, 5))
	stop()
	if got.Name != "cube" || got.Equations != 3 || got.Duration <= 0 || got.Device == "" ||
		!strings.HasPrefix(got.Src.String(), "jit_test.go:") {
		t.Errorf("event %+v: %v", got, got)
	}
	allow := gojax.ForbidCompiles()
	f(vec(5, 4, 3, 2, 1))
	fails.With(t, func() { f(vec(1)) }, "jit_test.go:", "cube", "args[0]: float32[1] was float32[5]", "ForbidCompiles")
	allow()
	want(t, f(vec(2)), -8)
}

func TestDevicePutAndWait(t *testing.T) {
	d := gojax.DefaultDevice()
	p := gojax.BlockUntilReady(gojax.DevicePut(layer{W: vec(1), B: vec(2), Relu: true}, d))
	want(t, p.B, 2)
	if ds, err := gojax.Devices(); err != nil || ds[0] != d || !p.Relu {
		t.Errorf("devices %v, %v; tree %+v", ds, err, p)
	}
	if gojax.LiveBytes() <= 0 {
		t.Error("no live bytes beside live arrays")
	}
	fails.With(t, func() { gojax.Jit(func(x arr) arr { return gojax.BlockUntilReady(x) })(vec(1)) },
		"BlockUntilReady(float32[1])", "traced")
}

// The default device may change while other goroutines make arrays: each is on one of the devices, and computes there.
func TestSetDefaultDevice(t *testing.T) {
	// several devices have to be asked for before the plugin is opened
	if os.Getenv("GOJAX_TEST_DEFAULT_DEVICE") == "" {
		c := exec.Command(os.Args[0], "-test.run=^TestSetDefaultDevice$", "-test.v")
		c.Env = append(os.Environ(), "GOJAX_TEST_DEFAULT_DEVICE=1", "GOJAX_PLATFORM=cpu", "GOJAX_NUM_CPU_DEVICES=2")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	ds, err := gojax.Devices()
	if err != nil || len(ds) != 2 {
		t.Fatalf("devices %v, %v", ds, err)
	}
	for _, d := range []*gojax.Device{ds[1], ds[0], ds[1]} {
		gojax.SetDefaultDevice(d)
		if x := jnp.Zeros(2); x.Device() != d || gojax.DefaultDevice() != d ||
			gojax.Jit(func() arr { return jnp.Ones(3) })().Device() != d {
			t.Errorf("an array is on %v, the default is %v, want %v", x.Device(), gojax.DefaultDevice(), d)
		}
	}
	f := gojax.Jit(func(a, b arr) arr { return a.Add(b).Add(jnp.Arange(3.0)) })
	done := make(chan bool)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 50 {
				x := jnp.Full([]int{3}, float32(i))
				if y := f(x, x.Mul(2)); y.Device() != x.Device() || y.Index(2).Item() != float64(3*i+2) {
					t.Errorf("%v on %v, made of an array on %v", y, y.Device(), x.Device())
				}
			}
		})
	}
	go func() {
		defer close(done)
		for i := range 400 {
			gojax.SetDefaultDevice(ds[i%2])
		}
		gojax.SetDefaultDevice(nil)
	}()
	wg.Wait()
	<-done
	if gojax.DefaultDevice() != ds[0] {
		t.Errorf("back at %v, want the first", gojax.DefaultDevice())
	}
}
