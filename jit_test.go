package gojax_test

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/transforms/jit"
)

// The tests of Jit are written with lax, so that they say what Jit does whatever jnp does.

type arr = jnp.Array

func vec(x ...float32) arr {
	return jnp.Wrap(jit.FromHost(unsafe.Pointer(unsafe.SliceData(x)), ir.Aval{Shape: []int{len(x)}, DType: ir.Float32}, nil))
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

func wantError(t *testing.T, f func(), parts ...string) {
	t.Helper()
	err := gojax.Try(f)
	var e *gojax.Error
	if !errors.As(err, &e) {
		t.Errorf("error is %v, want %q", err, parts)
		return
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("error %q lacks %q", err, p)
		}
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
		{func() params { q := p; q.Scale = nil; return q }, 2, `args[0].Scale: nil was set; args[0].Note: "v1" was "v2"`},
		{func() params { q := p; q.Scale = nil; q.Extra = map[string]arr{"k": vec(4, 5)}; return q }, 2, `args[0].Extra["k"]: float32[2] was float32[1]`},
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
	wantError(t, func() { gojax.Jit(3) }, "jit_test.go:", "want a function")
	wantError(t, func() { gojax.Jit[func(arr) arr](nil) }, "want a function")
	wantError(t, func() { gojax.Jit(func(arr) {}) }, "returns nothing")
	wantError(t, func() { gojax.Jit(func(x arr) int { return 1 }) }, "jit_test.go:", "result 0 is int", "not an array")
	wantError(t, func() { gojax.Jit(func(x arr) (arr, error) { return x, nil }) }, "result 1 is error")
	wantError(t, func() { gojax.Jit(func(h hidden) arr { return h.X }) }, "args[0]: field n", "unexported")
	wantError(t, func() { gojax.Jit(func(f func()) arr { return x }) }, "args[0]: type func()")
	wantError(t, func() { gojax.Jit(func(x arr) any { return "text" })(x) }, "jit_test.go:", "result 0", "not an array")
	wantError(t, func() { gojax.Jit(func(x arr) arr { return arr{} })(x) }, "result 0", "never set")
	wantError(t, func() { gojax.Jit(neg)(arr{}) }, "jit_test.go:", "args[0]", "never set")
	wantError(t, func() { gojax.Jit(func(x any) arr { return vec(1) })([]any{make(chan int)}) }, "args[0][0]: type chan int")
	wantError(t, func() { gojax.Jit(neg, gojax.DonateArgs(1)) }, "DonateArgs(1)", "1 arguments")
	wantError(t, func() { gojax.Jit(func(x arr) arr { return add(x, vec(1, 2, 3)) })(x) }, "jit_test.go:", "add(float32[2], float32[3])")

	var leak arr
	gojax.Jit(func(x arr) arr { leak = neg(x); return x })(x)
	wantError(t, func() { neg(leak) }, "jit_test.go:", "after its trace", "made at jit_test.go:")
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
	wantError(t, func() { step(x, p) }, "jit_test.go:", "step", "args[1].W", "donated")
	wantError(t, func() { host(p.B) }, "donated")
	wantError(t, func() { step(x, layer{W: q.W, B: q.W}) }, "args[1]", "same array")
	wantError(t, func() { step(q.B, q) }, "args[1].B", "same array is argument array 0")
	want(t, q.B, 3, 8)
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

func TestLower(t *testing.T) {
	outside := vec(5, 5)
	f := func(l layer, x arr, n int, more ...arr) arr {
		for range n {
			x = add(mul(l.W, x), outside)
		}
		for _, m := range more {
			x = add(x, m)
		}
		return x
	}
	before := gojax.Compilations()
	l := gojax.Lower(f, gojax.Named("affine"))(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 2, vec(100, 100))
	p := l.Program()
	if err := p.Verify(); err != nil || len(p.In) != 5 || p.NumEqns() != 5 {
		t.Errorf("%v, or not 5 inputs and 5 equations in\n%v", err, p)
	}
	if s := l.Text(); !strings.Contains(s, "@affine") || !strings.Contains(s, "stablehlo.multiply") || !strings.Contains(s, `"jit_test.go":`) {
		t.Errorf("text:\n%s", s)
	}
	if gojax.Compilations() != before {
		t.Error("lowering compiled something")
	}
	c, err := l.Compile()
	if err != nil {
		t.Fatal(err)
	}
	defer gojax.ForbidCompiles()()
	want(t, c.Call(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 2, vec(100, 100)), 111, 119)
	wantError(t, func() { c.Call(layer{W: vec(1, 2), B: vec(0)}, vec(1, 1), 3, vec(100, 100)) }, "args[2]: 3 was 2", "lower it again")
	wantError(t, func() { c.Call(layer{W: vec(1, 2, 3), B: vec(0)}, vec(1, 1), 2, vec(100, 100)) }, "args[0].W: float32[3] was float32[2]")
	if m, err := c.MemoryAnalysis(); err != nil || m.Output != 8 {
		t.Errorf("memory %+v, %v", m, err)
	}
	if cost, err := c.CostAnalysis(); err == nil && len(cost) == 0 || err != nil && !strings.Contains(err.Error(), "not implemented") {
		t.Errorf("cost %v, %v", cost, err) // this CPU plugin has none
	}
	if s, err := c.Text(); err == nil && !strings.Contains(s, "multiply") {
		t.Errorf("compiled text %q", s)
	}
	wantError(t, func() { gojax.Lower(f)(layer{}) }, "jit_test.go:", "1 arguments")
	wantError(t, func() { gojax.Lower(f)(layer{}, 3.5, 1) }, "args[1] is float64", "takes jnp.Array")
}

func TestForbidAndEvents(t *testing.T) {
	f := gojax.Jit(func(x arr) arr { return neg(mul(x, mul(x, x))) }, gojax.Named("cube"))
	var got gojax.CompileEvent
	stop := gojax.OnCompile(func(e gojax.CompileEvent) { got = e })
	f(vec(1, 2, 3, 4, 5))
	stop()
	if got.Name != "cube" || got.Equations != 3 || got.Duration <= 0 || got.Device == "" || !strings.HasPrefix(got.Src.String(), "jit_test.go:") {
		t.Errorf("event %+v: %v", got, got)
	}
	allow := gojax.ForbidCompiles()
	f(vec(5, 4, 3, 2, 1))
	wantError(t, func() { f(vec(1)) }, "jit_test.go:", "cube", "args[0]: float32[1] was float32[5]", "ForbidCompiles")
	allow()
	want(t, f(vec(2)), -8)
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
	settle := func(limit int) int {
		n := 0
		for range 100 {
			runtime.GC()
			if n = gojax.LiveBuffers(); n <= limit {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		return n
	}
	before := settle(0)
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
	if n := settle(before); n > before {
		t.Errorf("%d live buffers, %d before", n, before)
	}
	want(t, one, 1)
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
	wantError(t, func() { gojax.Jit(func(x arr) arr { return gojax.BlockUntilReady(x) })(vec(1)) }, "BlockUntilReady(float32[1])", "traced")
}
