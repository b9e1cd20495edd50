package gojax_test

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func same(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil }

// double is 2x, of float32.
var double = gojax.NewKernel("double", same, func(in, out []gojax.HostArray) error {
	y := gojax.Elements[float32](out[0])
	for i, v := range gojax.Elements[float32](in[0]) {
		y[i] = 2 * v
	}
	return nil
})

func twice(x jnp.Array) jnp.Array { return double.Call(x)[0] }

// rowOf is a kernel whose results have other types than its operands: of a matrix and a number, that row, and its sum.
var rowOf = gojax.NewKernel("row.of",
	func(in []gojax.Aval) ([]gojax.Aval, error) {
		if len(in) != 2 || in[0].Rank() != 2 || in[1].Rank() != 0 {
			return nil, errors.New("want a matrix and a number")
		}
		return []gojax.Aval{{Shape: in[0].Shape[1:], DType: in[0].DType}, {DType: jnp.Float32}}, nil
	},
	func(in, out []gojax.HostArray) error {
		n, i := in[0].Shape[1], int(gojax.Elements[int32](in[1])[0])
		row := gojax.Elements[float32](in[0])[i*n : (i+1)*n]
		copy(gojax.Elements[float32](out[0]), row)
		for _, v := range row {
			gojax.Elements[float32](out[1])[0] += v
		}
		return nil
	})

func TestKernel(t *testing.T) {
	x := jnp.Reshape(jnp.Arange(6).AsType(jnp.Float32), 2, 3)
	plus := func(x jnp.Array) jnp.Array { return twice(x.Add(1)).Sub(1) }
	loop := func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, 1, func(_, c jnp.Array) jnp.Array {
			return lax.Cond(c.Sum().Gt(-1), func() jnp.Array { return plus(c) }, func() jnp.Array { return c })
		}, x)
	}
	for name, f := range map[string]func(jnp.Array) jnp.Array{
		"eager": plus, "Jit": gojax.Jit(plus), "Vmap": gojax.Vmap(plus), "in a loop": loop,
		"Vmap of Vmap": gojax.Vmap(gojax.Vmap(plus)), "Jit of Vmap": gojax.Jit(gojax.Vmap(plus)),
		"columns": gojax.Vmap(plus, gojax.InAxes(1), gojax.OutAxes(1)), "Vmap in a loop": gojax.Vmap(loop),
		"Checkpoint": gojax.Checkpoint(plus), "Jit, donated": func(x jnp.Array) jnp.Array {
			return gojax.Jit(plus, gojax.DonateArgs(0))(x.Add(0))
		}} {
		if got, want := f(x).String(), "[[ 1.  3.  5.]\n [ 7.  9. 11.]]"; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	row := func(x, i jnp.Array) (jnp.Array, jnp.Array) { y := rowOf.Call(x, i); return y[0], y[1] }
	for name, f := range map[string]func(x, i jnp.Array) (jnp.Array, jnp.Array){"eager": row, "Jit": gojax.Jit(row)} {
		if y, s := f(x, jnp.AsArray(1)); y.String() != "[3. 4. 5.]" || s.Item() != 12 {
			t.Errorf("%s: %v, %v", name, y, s)
		}
	}
	y, s := gojax.Vmap(row, gojax.InAxes(nil, 0))(x, jnp.FromSlice([]int32{1, 0, 1}))
	if y.String() != "[[3. 4. 5.]\n [0. 1. 2.]\n [3. 4. 5.]]" || s.String() != "[12.  3. 12.]" {
		t.Errorf("%v, %v", y, s)
	}
	// Without elements, without rows, without results.
	if y := gojax.Jit(twice)(jnp.Zeros(0, 3)); !reflect.DeepEqual(y.Shape(), []int{0, 3}) {
		t.Error(y)
	}
	if y := gojax.Vmap(twice)(jnp.Zeros(0, 3)); !reflect.DeepEqual(y.Shape(), []int{0, 3}) {
		t.Error(y)
	}
	none := gojax.NewKernel("none", func([]gojax.Aval) ([]gojax.Aval, error) { return nil, nil },
		func(_, _ []gojax.HostArray) error { return nil })
	if y := none.Call(x); len(y) != 0 {
		t.Error(y)
	}
	if y := gojax.Jit(func(x jnp.Array) jnp.Array { none.Call(x); return x })(x); y.Shape()[0] != 2 {
		t.Error(y)
	}
	// Beside a Go function of the other kind, and within one.
	mixed := gojax.Jit(func(x jnp.Array) jnp.Array { return gojax.PureCallback(gojax.Jit(twice), x, twice(x)) })
	if y := mixed(x); y.Index(1, 2).Item() != 20 {
		t.Error(y)
	}
	// A weak operand, a large one, which XLA runs on its own threads, and one that is still being computed.
	if y := twice(jnp.AsArray(1.5)); y.Item() != 3 || y.Weak() {
		t.Error(y)
	}
	big := gojax.Jit(func(x jnp.Array) jnp.Array { return twice(jnp.Sort(jnp.Sin(x))) })
	if y := big(jnp.Ones(1 << 20).Mul(2)); y.Index(77).Item() != float64(2*float32(math.Sin(2))) {
		t.Error(y.Index(77))
	}
}

// identity is a kernel of elements of one type.
func identity[T jnp.Element](t *testing.T, x ...T) {
	k := gojax.NewKernel("identity", same, func(in, out []gojax.HostArray) error {
		copy(gojax.Elements[T](out[0]), gojax.Elements[T](in[0]))
		return nil
	})
	f := func(x jnp.Array) jnp.Array { return k.Call(x)[0] }
	gojax.WithX64(true, func() {
		for _, g := range []func(jnp.Array) jnp.Array{f, gojax.Jit(f)} {
			if y := jnp.ToSlice[T](g(jnp.FromSlice(x))); !reflect.DeepEqual(y, x) {
				t.Errorf("got %v, want %v", y, x)
			}
		}
	})()
}

func TestKernelElements(t *testing.T) {
	identity(t, true, false)
	identity[int8](t, 1, -2)
	identity[int16](t, 1, -2)
	identity[int32](t, 1, -2)
	identity[int64](t, 1, -2)
	identity[int](t, 1, -2)
	identity[uint8](t, 1, 2)
	identity[uint16](t, 1, 2)
	identity[uint32](t, 1, 2)
	identity[uint64](t, 1, 2)
	identity[float32](t, 1, -2)
	identity(t, 1, math.Inf(1))
	identity[complex64](t, 1i, -2)
	identity(t, 1i, -2)
}

func TestKernelBatch(t *testing.T) {
	var sizes []int
	k := gojax.NewKernel("axpy", func(in []gojax.Aval) ([]gojax.Aval, error) { return in[:1], nil },
		func(_, _ []gojax.HostArray) error { return errors.New("called by itself") },
		gojax.KernelBatch(func(size int, mapped []bool, in, out []gojax.HostArray) error {
			sizes = append(sizes, size)
			if !reflect.DeepEqual(mapped, []bool{true, false}) || in[0].Shape[0] != size || out[0].Shape[0] != size {
				t.Errorf("%v: %v", mapped, in)
			}
			x, a, y := gojax.Elements[float32](in[0]), gojax.Elements[float32](in[1]), gojax.Elements[float32](out[0])
			for i := range x {
				y[i] = x[i] + a[0]
			}
			return nil
		}))
	one := jnp.Ones()
	f := func(x jnp.Array) jnp.Array { return k.Call(x, one)[0] }
	x := jnp.Reshape(jnp.Arange(6).AsType(jnp.Float32), 3, 2)
	for _, g := range []func(jnp.Array) jnp.Array{gojax.Vmap(f, gojax.InAxes(1), gojax.OutAxes(1)),
		gojax.Jit(gojax.Vmap(f)), gojax.Vmap(gojax.Vmap(f))} {
		if y, want := g(x).String(), "[[1. 2.]\n [3. 4.]\n [5. 6.]]"; y != want {
			t.Errorf("got %s, want %s", y, want)
		}
	}
	if !reflect.DeepEqual(sizes, []int{2, 3, 2, 2, 2}) {
		t.Errorf("sizes %v", sizes)
	}
	if y := gojax.Vmap(f)(jnp.Zeros(0, 2)); y.Shape()[0] != 0 {
		t.Error(y)
	}
	wantError(t, "by itself", "called by itself", func() { f(x) })
}

// wantError tells whether f fails with *Error that has a text and a line of this file.
func wantError(t *testing.T, name, text string, f func()) {
	t.Helper()
	err := gojax.Try(f)
	e := (*gojax.Error)(nil)
	if !errors.As(err, &e) || !strings.Contains(err.Error(), text) ||
		!strings.HasPrefix(err.Error(), "kernel_test.go:") {
		t.Errorf("%s: %v, want one with %q", name, err, text)
	}
}

// XLA's threads take subnormal numbers for 0. A kernel that runs on one does not, nor do the threads that Go starts
// meanwhile.
func TestKernelSubnormal(t *testing.T) {
	v := []float32{2e-39, 3e-45}
	x := jnp.FromSlice(v)
	for name, f := range map[string]func(jnp.Array) jnp.Array{"eager": twice, "Jit": gojax.Jit(twice),
		"Vmap": gojax.Jit(gojax.Vmap(twice))} {
		for range 20 {
			if y := jnp.ToSlice[float32](f(x)); y[0] != 2*v[0] || y[1] != 2*v[1] {
				t.Fatalf("%s: %g", name, y)
			}
		}
	}
}

func TestKernelFails(t *testing.T) {
	x, rows := jnp.Ones(3), jnp.Ones(40, 3)
	for name, c := range map[string]struct {
		run  func(in, out []gojax.HostArray) error
		want string
	}{
		"error":  {func(_, _ []gojax.HostArray) error { return errors.New("bang") }, "kernel bad: bang"},
		"panic":  {func(_, _ []gojax.HostArray) error { panic("bang") }, "kernel bad: the Go function panicked: ba"},
		"nil":    {func(_, _ []gojax.HostArray) error { var p *int; *p = 1; return nil }, "nil pointer"},
		"index":  {func(in, _ []gojax.HostArray) error { _ = in[len(in)]; return nil }, "out of range"},
		"length": {func(_, y []gojax.HostArray) error { y[0].Data = y[0].Data[:4]; return nil }, "set the slice"},
		"memory": {func(_, y []gojax.HostArray) error { y[0].Data = make([]byte, 12); return nil }, "set the slice"},
		"dtype":  {func(in, _ []gojax.HostArray) error { gojax.Elements[int](in[0]); return nil }, "are no int"},
		"gojax":  {func(_, _ []gojax.HostArray) error { x.Add(1); return nil }, "kernel bad uses gojax"},
		"itself": {func(_, _ []gojax.HostArray) error { gojax.Jit(twice)(x); return nil }, "kernel bad uses gojax"},
	} {
		k := gojax.NewKernel("bad", same, c.run)
		f := func(x jnp.Array) jnp.Array { return k.Call(x)[0] }
		wantError(t, name+" eagerly", c.want, func() { f(x) })
		wantError(t, name+" under Jit", c.want, func() { gojax.Jit(f)(x) })
		wantError(t, name+" under Vmap", c.want, func() { gojax.Vmap(f)(rows) })
		wantError(t, name+" beside others", c.want, func() {
			gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sort(f(jnp.Sin(x))) })(jnp.Ones(1 << 18))
		})
	}
	wantError(t, "types", "kernel row.of: want a matrix and a number", func() { rowOf.Call(x) })
	wantError(t, "traced types", "kernel row.of: want a matrix and a number", func() {
		gojax.Jit(func(x jnp.Array) jnp.Array { return rowOf.Call(x)[0] })(x)
	})
	for name, out := range map[string]gojax.Aval{"negative": {Shape: []int{-1}, DType: jnp.Float32}, "no dtype": {},
		"too large": {Shape: []int{1 << 60, 8}, DType: jnp.Float32}} {
		k := gojax.NewKernel("bad", func([]gojax.Aval) ([]gojax.Aval, error) { return []gojax.Aval{out}, nil },
			func(_, _ []gojax.HostArray) error { return nil })
		wantError(t, name, "kernel bad: ", func() { k.Call(x) })
	}
	wantError(t, "unset", "args[0]", func() { twice(jnp.Array{}) })
	wantError(t, "nil kernel", "gojax.NewKernel", func() { (*gojax.Kernel)(nil).Call(x) })
	wantError(t, "zero kernel", "gojax.NewKernel", func() { new(gojax.Kernel).Call(x) })
	wantError(t, "name", "make one", func() { gojax.NewKernel("a b", same, nil) })
	wantError(t, "no function", "is nil", func() { gojax.NewKernel("a", same, nil) })
	wantError(t, "no option", "option 0 is nil", func() { gojax.NewKernel("a", same, nil, nil) })
	wantError(t, "no batch", "gojax.KernelBatch: the function is nil", func() { gojax.KernelBatch(nil) })
	wantError(t, "Grad", "CustomJVP", func() {
		gojax.Grad(func(x jnp.Array) jnp.Array { return twice(x).Sum() })(x)
	})
	if y := gojax.Jit(twice)(x); y.Sum().Item() != 6 {
		t.Error("afterwards nothing works")
	}
}

// A kernel may write to the shapes that it is given, and change one that it gave: they are not those of arrays.
func TestKernelShapes(t *testing.T) {
	mine := []int{2}
	k := gojax.NewKernel("shapes", func(in []gojax.Aval) ([]gojax.Aval, error) {
		in[0].Shape[0], mine[0] = 1<<40, 2
		return []gojax.Aval{{Shape: mine, DType: jnp.Float32}}, nil
	}, func(in, out []gojax.HostArray) error {
		in[0].Shape[0], out[0].Shape[0], mine[0] = 1<<40, 1<<40, 1<<40
		return nil
	})
	f := func(x jnp.Array) jnp.Array { return k.Call(x)[0] }
	for name, f := range map[string]func(jnp.Array) jnp.Array{"eager": f, "Jit": gojax.Jit(f)} {
		x := jnp.Ones(3)
		y := f(x)
		if !reflect.DeepEqual(x.Shape(), []int{3}) || !reflect.DeepEqual(y.Shape(), []int{2}) {
			t.Errorf("%s: shapes %v and %v", name, x.Shape(), y.Shape())
		}
	}
}

// A kernel that ends its goroutine, as testing.T.Fatal does: in a program that is an error; by itself it ends the
// caller's, as any function would.
func TestKernelGoexit(t *testing.T) {
	k := gojax.NewKernel("exit", same, func(_, _ []gojax.HostArray) error { runtime.Goexit(); return nil })
	f := func(x jnp.Array) jnp.Array { return k.Call(x)[0] }
	for range 10 {
		wantError(t, "Jit", "exit: the Go function ended its goroutine", func() { gojax.Jit(f)(jnp.Ones(2)) })
		wantError(t, "Vmap", "exit: the Go function ended its goroutine", func() { gojax.Vmap(f)(jnp.Ones(9, 2)) })
	}
	ended := make(chan bool)
	go func() {
		defer func() { ended <- recover() == nil }()
		f(jnp.Ones(2))
		t.Error("went on")
	}()
	if !<-ended {
		t.Error("panicked")
	}
}

func TestKernelOnManyGoroutines(t *testing.T) {
	var busy, most atomic.Int64
	wait := gojax.NewKernel("wait", same, func(in, out []gojax.HostArray) error {
		n := busy.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		s := 0.
		for i := range 1000000 {
			s += math.Sqrt(float64(i))
		}
		busy.Add(-1)
		copy(out[0].Data, in[0].Data)
		if s < 0 {
			return fmt.Errorf("%v", s)
		}
		return nil
	})
	slow := func(x jnp.Array) jnp.Array { return wait.Call(x)[0] }
	for name, f := range map[string]func(jnp.Array) jnp.Array{"eager": twice, "jitted": gojax.Jit(twice),
		"large": gojax.Jit(func(x jnp.Array) jnp.Array {
			return jnp.Sort(twice(x.Add(jnp.Zeros(100000, 1)))).Index(0)
		})} {
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				x := jnp.Full([]int{8}, float32(i))
				for range 50 {
					if y := f(x); y.Index(7).Item() != float64(2*i) {
						t.Errorf("%s: goroutine %d got %v", name, i, y)
					}
				}
			})
		}
		wg.Wait()
	}
	locked := make(chan float64)
	go func() { // a goroutine that keeps its thread to itself
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		locked <- gojax.Jit(twice)(jnp.Ones(3)).Sum().Item()
	}()
	if y := <-locked; y != 6 {
		t.Error(y)
	}
	x := jnp.Reshape(jnp.Arange(64).AsType(jnp.Float32), 32, 2)
	if y := gojax.Vmap(slow)(x); y.Sub(x).Max().Item() != 0 || y.Sub(x).Min().Item() != 0 {
		t.Error(y)
	}
	if runtime.NumCPU() > 1 && most.Load() < 2 {
		t.Error("rows that take long are done one after the other")
	}
}

func TestKernelDerivative(t *testing.T) {
	square := gojax.NewKernel("square", same, func(in, out []gojax.HostArray) error {
		y := gojax.Elements[float32](out[0])
		for i, v := range gojax.Elements[float32](in[0]) {
			y[i] = v * v
		}
		return nil
	})
	plain := func(x jnp.Array) jnp.Array { return square.Call(x)[0] }
	forward := gojax.CustomJVP(plain, func(x, dx jnp.Array) (jnp.Array, jnp.Array) {
		return plain(x), x.Mul(dx).Mul(2)
	})
	reverse := gojax.CustomVJP(plain, func(x jnp.Array) (jnp.Array, jnp.Array) { return plain(x), x },
		func(x, ct jnp.Array) jnp.Array { return twice(x).Mul(ct) })
	x := jnp.Arange(3).AsType(jnp.Float32)
	for name, f := range map[string]func(jnp.Array) jnp.Array{"CustomJVP": forward, "CustomVJP": reverse} {
		g := gojax.Grad(func(x jnp.Array) jnp.Array { return f(x).Sum() })
		for _, g := range []func(jnp.Array) jnp.Array{g, gojax.Jit(g)} {
			if y := g(x).String(); y != "[0. 2. 4.]" {
				t.Errorf("%s: %s", name, y)
			}
		}
		if y := gojax.Vmap(g)(x.Reshape(3, 1)).Reshape(3).String(); y != "[0. 2. 4.]" {
			t.Errorf("%s mapped: %s", name, y)
		}
	}
}

// BenchmarkKernel is a kernel on eight numbers, beside an addition.
func BenchmarkKernel(b *testing.B) {
	add := func(x jnp.Array) jnp.Array { return x.Add(x) }
	x := jnp.Ones(8)
	for _, c := range []struct {
		name string
		f    func(jnp.Array) jnp.Array
	}{{"kernel", twice}, {"Add", add}, {"jitted kernel", gojax.Jit(twice)}, {"jitted Add", gojax.Jit(add)}} {
		c.f(x)
		b.Run(c.name+"/deleted", func(b *testing.B) {
			for b.Loop() {
				c.f(x).Delete()
			}
		})
		b.Run(c.name+"/collected", func(b *testing.B) {
			for b.Loop() {
				c.f(x)
			}
		})
	}
}
