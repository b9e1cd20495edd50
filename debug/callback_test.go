package debug_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// A function with effects and results is called once for each call, in order, used or not.
func TestIOCallback(t *testing.T) {
	var seen []float64
	next := func(x jnp.Array) jnp.Array {
		seen = append(seen, x.Item())
		return x.Mul(10).Add(len(seen))
	}
	f := func(x jnp.Array) jnp.Array { return gojax.IOCallback(next, x, x) }
	for _, c := range []struct {
		name, want, seen string
		got              func() jnp.Array
	}{
		{"at once", "21.0", "[2]", func() jnp.Array { return f(jnp.AsArray(float32(2))) }},
		{"jitted, in a loop", "2123.0", "[2 21 212]", func() jnp.Array {
			return gojax.Jit(func(x jnp.Array) jnp.Array {
				return lax.ForiLoop(0, 3, func(_, c jnp.Array) jnp.Array { return f(c) }, x)
			})(jnp.AsArray(float32(2)))
		}},
		{"not used", "2.0", "[2]", func() jnp.Array {
			return gojax.Jit(func(x jnp.Array) jnp.Array { f(x); return x })(jnp.AsArray(float32(2)))
		}},
		{"mapped", "[ 1. 12. 23.]", "[0 1 2]", func() jnp.Array { return gojax.Vmap(f)(iota(3)) }},
	} {
		seen = nil
		got := c.got().String()
		if got != c.want || fmt.Sprint(seen) != c.seen {
			t.Errorf("%s: %s after %v, want %s after %s", c.name, got, seen, c.want, c.seen)
		}
	}
	err := gojax.Try(func() { gojax.Grad(f)(jnp.AsArray(float32(1))) })
	if err == nil || !strings.Contains(err.Error(), "gojax.CustomJVP") {
		t.Errorf("a derivative: %v", err)
	}
}

func TestPureCallback(t *testing.T) {
	n := 0
	g := func(x jnp.Array) jnp.Array { // through Go numbers and back, by gojax itself too
		n++
		s := jnp.ToSlice[float32](x)
		for i := range s {
			s[i] *= s[i]
		}
		return jnp.Add(jnp.FromSlice(s, x.Shape()...), gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sum(x) })(x))
	}
	f := func(x jnp.Array) jnp.Array { return gojax.PureCallback(g, x, x.Mul(2)).Add(1) }
	want := "[ 7. 11. 23.]"
	for name, h := range map[string]func(jnp.Array) jnp.Array{"at once": f, "jitted": gojax.Jit(f),
		"in a loop": func(x jnp.Array) jnp.Array {
			return lax.ForiLoop(0, 1, func(_, c jnp.Array) jnp.Array { return f(c) }, x)
		}} {
		if got := h(iota(3)).String(); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	got := gojax.Vmap(f)(jnp.Reshape(iota(6), 2, 3)).String()
	if want := "[[  7.  11.  23.]\n [ 61.  89. 125.]]"; got != want {
		t.Errorf("vmap: got %s, want %s", got, want)
	}
	n = 0
	gojax.Jit(func(x jnp.Array) jnp.Array { f(x); return x })(iota(3)).BlockUntilReady()
	if n != 0 {
		t.Errorf("a callback whose result is not used was called %d times", n)
	}
	// Trees, statics, dtypes and empty arrays go both ways.
	type in struct {
		X map[string]jnp.Array
		N int
	}
	type out struct{ A, B, C []jnp.Array }
	h := func(p in) out {
		a, b := p.X["a"], p.X["b"]
		return out{[]jnp.Array{a.AsType(jnp.Int32).Mul(p.N), a.AsType(jnp.Float16)}, []jnp.Array{jnp.LogicalNot(b)},
			[]jnp.Array{jnp.Zeros(0, 2), a.AsType(jnp.Complex64)}}
	}
	p := in{map[string]jnp.Array{"a": iota(3), "b": jnp.Less(iota(2), 1)}, 5}
	wantTree := fmt.Sprintf("%v", h(p))
	through := func(p in) out { return gojax.PureCallback(h, h(p), p) }
	if got := fmt.Sprintf("%v", gojax.Jit(through)(p)); got != wantTree {
		t.Errorf("got %s, want %s", got, wantTree)
	}
	if got := fmt.Sprintf("%v", through(p)); got != wantTree {
		t.Errorf("at once: got %s, want %s", got, wantTree)
	}
	x64 := gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{1.0 / 3}, 1)
		y := gojax.Jit(func(x jnp.Array) jnp.Array {
			return gojax.PureCallback(func(x jnp.Array) jnp.Array { return jnp.FromSlice(jnp.ToSlice[float64](x), 1) },
				x, x)
		})(x)
		if got := jnp.ToSlice[float64](y)[0]; got != 1.0/3 {
			t.Errorf("got %v", got)
		}
	})
	x64()
}

func TestCallbackFails(t *testing.T) {
	bang := errors.New("bang")
	for name, f := range map[string]func(jnp.Array){
		"an error": func(jnp.Array) { panic(bang) },
		"text":     func(jnp.Array) { panic("bang") },
		"Goexit":   func(jnp.Array) { runtime.Goexit() },
		"nil":      func(jnp.Array) { var p *int; *p = 1 },
		"an index": func(x jnp.Array) { _ = make([]int, 2)[x.NDim()+4] },
		"gojax":    func(x jnp.Array) { jnp.Add(x, vec(1, 2)) },
		"zero":     func(x jnp.Array) { jnp.Array{}.Add(x) },
	} {
		x := iota(3)
		g := gojax.Jit(func(x jnp.Array) jnp.Array { debug.Callback(f, x); return x.Add(1) })
		err := gojax.Try(func() { g(x).BlockUntilReady() })
		if err == nil || !strings.Contains(err.Error(), "the Go function") ||
			!strings.Contains(err.Error(), "callback_test.go") {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(name, "n error") && !strings.Contains(err.Error(), "bang") {
			t.Errorf("%s: %v", name, err)
		}
		debug.Wait()
		if x.Add(1).String() != "[1. 2. 3.]" {
			t.Error("broken afterwards")
		}
		err = gojax.Try(func() {
			gojax.Jit(func(x jnp.Array) jnp.Array {
				return gojax.PureCallback(func(x jnp.Array) jnp.Array { f(x); return x }, x, x)
			})(x).BlockUntilReady()
		})
		if err == nil {
			t.Errorf("%s in a pure callback: no error", name)
		}
	}
	// Other types than were promised.
	for _, g := range []func(jnp.Array) jnp.Array{
		func(x jnp.Array) jnp.Array { return jnp.Sum(x) },
		func(x jnp.Array) jnp.Array { return x.AsType(jnp.Int32) },
		func(x jnp.Array) jnp.Array { return jnp.Array{} },
	} {
		f := func(x jnp.Array) jnp.Array { return gojax.PureCallback(g, x, x) }
		for _, h := range []func(jnp.Array) jnp.Array{f, gojax.Jit(f)} {
			err := gojax.Try(func() { h(iota(3)).BlockUntilReady() })
			if err == nil || !strings.Contains(err.Error(), "was told") {
				t.Errorf("%v", err)
			}
		}
	}
}

// A closure made anew at every call does not make a new program, and what it captured goes away.
func TestFreshClosures(t *testing.T) {
	var sum float32
	call := func(i int) {
		big := make([]byte, 1<<20)
		f := func(x jnp.Array) jnp.Array {
			debug.Callback(func(x jnp.Array) { sum += float32(x.Item()) + float32(len(big)-1<<20) + float32(i) }, x)
			return x
		}
		gojax.Vmap(f)(iota(2)).BlockUntilReady()
	}
	call(0)
	debug.Wait()
	allow := gojax.ForbidCompiles()
	defer allow()
	sum = 0
	for i := range 200 {
		call(i)
	}
	debug.Wait()
	if want := float32(200 + 200*199); sum != want {
		t.Errorf("sum is %v, want %v", sum, want)
	}
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 100<<20 {
		t.Errorf("%d MB are still in use", m.HeapAlloc>>20)
	}
}

// Under differentiation the values are seen, once each, and on the way back too where a rule prints there.
func TestUnderGrad(t *testing.T) {
	f := func(x jnp.Array) jnp.Array {
		y := jnp.Sin(x)
		debug.Print("sin %.2f", y)
		z := y.Mul(y)
		debug.Print("square %.2f", z)
		return z
	}
	want := lines("sin 0.84", "square 0.71")
	one := jnp.Full(nil, float32(1))
	for name, g := range map[string]func(jnp.Array) jnp.Array{
		"grad": gojax.Grad(f), "jitted": gojax.Jit(gojax.Grad(f)), "of a jitted function": gojax.Grad(gojax.Jit(f)),
		"second":  gojax.Grad(gojax.Grad(f)),
		"jacfwd":  gojax.JacFwd(f),
		"checked": func(x jnp.Array) jnp.Array { _, d := gojax.JVP(f, x, x); return d },
	} {
		if got := printed(t, func() { g(one).BlockUntilReady() }); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	rows := lines("sin 0.00", "sin 0.84", "square 0.00", "square 0.71")
	if got := printed(t, func() { gojax.Vmap(gojax.Grad(f))(iota(2)) }); got != rows {
		t.Errorf("vmap of grad: %q, want %q", got, rows)
	}
	loop := func(x jnp.Array) jnp.Array {
		c, _ := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
			debug.Print("%v", c)
			c = c.Mul(c)
			return c,
				lax.Cond(jnp.Less(x, 1), func() jnp.Array { debug.Print("first"); return x },
					func() jnp.Array { return c })
		}, x, iota(3))
		return c
	}
	two := jnp.Full(nil, float32(2))
	want = lines("2.0", "first", "4.0", "16.0")
	for name, g := range map[string]func(jnp.Array) jnp.Array{"scan": gojax.Grad(loop),
		"jitted scan": gojax.Jit(gojax.Grad(loop))} {
		if got := printed(t, func() { g(two).BlockUntilReady() }); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	pure := func(x jnp.Array) jnp.Array {
		return gojax.PureCallback(func(x jnp.Array) jnp.Array { return x.Mul(x) }, x, x)
	}
	if err := gojax.Try(func() { gojax.Grad(pure)(one) }); err == nil || !strings.Contains(err.Error(), "CustomJVP") {
		t.Errorf("%v", err)
	}
	cut := gojax.Grad(func(x jnp.Array) jnp.Array { return pure(gojax.StopGradient(x)).Mul(x) })
	if got := cut(jnp.Full(nil, float32(3))).Item(); got != 9 {
		t.Errorf("got %v", got)
	}
	looks := gojax.Grad(func(x jnp.Array) jnp.Array { // what a callback returned can be looked at, without Jit
		if y := pure(gojax.StopGradient(x)); y.Item() > 5 {
			return x.Mul(y)
		}
		return x
	})
	if got := looks(jnp.Full(nil, float32(3))).Item(); got != 9 {
		t.Errorf("got %v", got)
	}
	ruled := gojax.CustomJVP(pure, func(x, dx jnp.Array) (jnp.Array, jnp.Array) { return pure(x), x.Mul(dx).Mul(2) })
	if got := gojax.Jit(gojax.Grad(ruled))(jnp.Full(nil, float32(3))).Item(); got != 6 {
		t.Errorf("got %v", got)
	}
}

// A callback may run programs that call back in turn.
func TestNested(t *testing.T) {
	var f func(depth int, x jnp.Array) jnp.Array
	f = func(depth int, x jnp.Array) jnp.Array {
		y := jnp.Sin(x)
		if depth > 0 {
			y = gojax.PureCallback(func(y jnp.Array) jnp.Array {
				return gojax.Jit(func(y jnp.Array) jnp.Array { return f(depth-1, y) })(y)
			}, y, y)
		}
		return jnp.Cos(y)
	}
	if name, _ := gojax.DefaultDevice().Client().Plugin().Pinned(); strings.HasPrefix(name, "fastatomstruct") {
		// It runs a program on the thread that starts it only where XLA takes it for small, whatever it is told,
		// and else one after the other.
		t.Skip("nested programs of " + name + " wait for each other")
	}
	for _, n := range []int{8, 100000} {
		x := iota(n)
		want := x
		for range 5 {
			want = jnp.Sin(want)
		}
		for range 5 {
			want = jnp.Cos(want)
		}
		done := make(chan jnp.Array, 4)
		for range 4 {
			go func() { done <- gojax.Jit(func(x jnp.Array) jnp.Array { return f(4, x) })(x) }()
		}
		for range 4 {
			select {
			case got := <-done:
				if d := jnp.Max(jnp.Abs(jnp.Sub(got, want))).Item(); !(d < 1e-5) {
					t.Errorf("off by %v", d)
				}
			case <-time.After(5 * time.Minute):
				t.Fatalf("%d elements: deadlock", n)
			}
		}
	}
}

// Donated arguments are gone after the call, as those of other programs are, and arrays deleted during a call do no
// harm.
func TestDonated(t *testing.T) {
	x := iota(100)
	f := gojax.Jit(func(x jnp.Array) jnp.Array { debug.Callback(func(jnp.Array) {}, x); return x.Add(1) },
		gojax.DonateArgs(0))
	if got := f(x).At(0).Get().Item(); got != 1 || !x.IsDeleted() {
		t.Errorf("got %v; deleted: %v", got, x.IsDeleted())
	}
	if err := gojax.Try(func() { f(x) }); err == nil || !strings.Contains(err.Error(), "donated") &&
		!strings.Contains(err.Error(), "deleted") {
		t.Errorf("%v", err)
	}
	y := iota(1000)
	h := gojax.Jit(func(a jnp.Array) jnp.Array {
		s := gojax.PureCallback(func(s jnp.Array) jnp.Array { y.Delete(); return s }, jnp.Sum(a), jnp.Sum(a))
		return jnp.Add(a, s)
	})
	if got := h(y).At(1).Get().Item(); got != 499501 {
		t.Errorf("got %v", got)
	}
}

// Callbacks that use gojax, from many goroutines at once, in programs that XLA runs on the calling thread and in larger
// ones that it runs on its own.
func TestManyGoroutines(t *testing.T) {
	for _, n := range []int{8, 200000} {
		work := gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sum(jnp.Sin(x)) })
		f := gojax.Jit(func(x jnp.Array) jnp.Array {
			y := jnp.Sin(x).Mul(2)
			s := gojax.PureCallback(func(x jnp.Array) jnp.Array { return work(jnp.Cos(x)).BlockUntilReady() },
				jnp.Sum(y), y)
			return jnp.Add(y, s)
		})
		want := f(iota(n)).At(1).Get().Item()
		done := make(chan bool)
		go func() {
			var wg sync.WaitGroup
			for range 16 {
				wg.Go(func() {
					for range 5 {
						x := iota(n).Add(0)
						if got := f(x).At(1).Get().Item(); got != want {
							t.Errorf("got %v, want %v", got, want)
						}
					}
				})
			}
			wg.Wait()
			close(done)
		}()
		select {
		case <-done:
		case <-time.After(5 * time.Minute):
			t.Fatalf("%d elements: deadlock", n)
		}
	}
}

func TestLowered(t *testing.T) {
	f := func(x jnp.Array) jnp.Array { debug.Print("%v", x); return x }
	text := gojax.Lower(f)(iota(2)).Text()
	if !strings.Contains(text, "gojax_call_go") {
		t.Errorf("no call in\n%s", text)
	}
	p := gojax.MakeProgram(f)(iota(2))
	if !p.Effects() || !reflect.DeepEqual(p.DCE(), p) {
		t.Errorf("the call is lost: %v", p)
	}
}

// A callback runs where its program's arrays are.
func TestSecondDevice(t *testing.T) {
	if os.Getenv("GOJAX_TEST_CHILD") == "" {
		cmd := exec.Command(os.Args[0], "-test.run=TestSecondDevice", "-test.v")
		cmd.Env = append(os.Environ(), "GOJAX_TEST_CHILD=1", "GOJAX_NUM_CPU_DEVICES=2")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	ds, err := gojax.Devices()
	if err != nil || len(ds) != 2 {
		t.Fatal(ds, err)
	}
	f := func(x jnp.Array) jnp.Array {
		debug.Print("%v", x)
		return gojax.PureCallback(func(x jnp.Array) jnp.Array { return x.Mul(2) }, x, x).Add(1)
	}
	alone := func() jnp.Array { debug.Print("alone"); return f(jnp.Ones(2)) }
	for i, d := range ds {
		x := gojax.DevicePut(iota(3), d)
		for name, y := range map[string]jnp.Array{"jit": gojax.Jit(f)(x), "vmap": gojax.Vmap(f)(x),
			"grad": gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(gojax.StopGradient(x)).Mul(x)) })(x)} {
			if y.String() != "[1. 3. 5.]" || y.Device() != d {
				t.Errorf("%s on %d: %v on %v", name, i, y, y.Device())
			}
		}
		if y := gojax.Jit(alone, gojax.OnDevice(d))(); y.String() != "[3. 3.]" || y.Device() != d {
			t.Errorf("alone on %d: %v on %v", i, y, y.Device())
		}
	}
}
