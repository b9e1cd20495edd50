package vmap_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

type array = jnp.Array

// lambert is w with w exp(w) = a, by Newton's method: a loop of as many steps as each element wants.
func lambert(a array) array {
	type state struct{ W, Step array }
	s := lax.WhileLoop(
		func(s state) array { return jnp.Max(jnp.Abs(s.Step)).Gt(1e-5) },
		func(s state) state {
			e := jnp.Exp(s.W)
			d := s.W.Mul(e).Sub(a).Div(e.Mul(s.W.Add(1)))
			return state{s.W.Sub(d), d}
		}, state{jnp.OnesLike(a), jnp.OnesLike(a)})
	return s.W
}

// pendulum is where a damped pendulum is after 40 steps of Heun's method.
func pendulum(y array) array {
	f := func(y array) array {
		return jnp.Stack([]array{y.Index(1), jnp.Sin(y.Index(0)).Neg().Sub(y.Index(1).Mul(0.1))}, 0)
	}
	return lax.ForiLoop(0, 40, func(_ array, y array) array {
		k := f(y)
		return y.Add(k.Add(f(y.Add(k.Mul(0.1)))).Mul(0.05))
	}, y)
}

// chain is where a Metropolis chain with a normal distribution is after 30 steps.
func chain(k random.KeyArray) array {
	type state struct {
		X   array
		Key random.KeyArray
	}
	s := lax.ForiLoop(0, 30, func(_ array, s state) state {
		next, k := random.Pair(s.Key)
		move, accept := random.Pair(k)
		y := s.X.Add(random.Normal(move))
		ok := jnp.Log(random.Uniform(accept)).Lt(s.X.Mul(s.X).Sub(y.Mul(y)).Mul(0.5))
		return state{jnp.Where(ok, y, s.X), next}
	}, state{jnp.Zeros(), k})
	return s.X
}

// summary has results of several types, one of which does not depend on the element.
func summary(x array) map[string]array {
	i := jnp.ArgSort(x)
	return map[string]array{"order": i, "positive": x.Gt(0), "complex": jnp.Add(x, 2i), "half": x.AsType(jnp.BFloat16),
		"fixed": jnp.Arange(3)}
}

// bits are the types and elements of all arrays of a tree.
func bits(t *testing.T, x any) (s string) {
	t.Helper()
	_, leaves := trace.Flatten(x)
	for _, v := range leaves {
		b := make([]byte, v.Aval().Bytes())
		jit.ToHost(v, b)
		s += fmt.Sprintf("%v %x\n", v.Aval(), sha256.Sum256(b))
	}
	return s
}

// coresCase is a function that is mapped with and without OverCores.
type coresCase struct {
	name    string
	f       any
	args    []any
	options []gojax.VmapOption
}

func coresCases() (cases []coresCase) {
	normal := func(shape ...int) array { return random.Normal(random.Key(uint64(len(shape))), shape...) }
	axes := func(in, out []any) []gojax.VmapOption {
		return []gojax.VmapOption{gojax.InAxes(in...), gojax.OutAxes(out...)}
	}
	for _, n := range []int{0, 1, 2, 3, 7, 8, 65} {
		cases = append(cases, coresCase{"lambert", lambert, []any{jnp.Exp(normal(n))}, nil})
	}
	for _, a := range [][2]any{{0, 1}, {1, 0}, {-1, -1}} {
		x := normal(5, 2)
		if a[0] != 0 {
			x = x.T()
		}
		cases = append(cases, coresCase{fmt.Sprint("pendulum, axes ", a), pendulum, []any{x},
			axes([]any{a[0]}, []any{a[1]})})
	}
	fixed := func(x, shared array) (array, array) {
		return lambert(jnp.Abs(x.Add(shared))), lambert(shared)
	}
	return append(cases,
		coresCase{"chain", chain, []any{random.Split(random.Key(3), 33)}, nil},
		coresCase{"summary", summary, []any{normal(9, 6)}, nil},
		coresCase{"rows of many numbers", func(x array) array { return jnp.Sort(x) }, []any{normal(6, 9000)}, nil},
		coresCase{"columns of many numbers", func(x array) array { return jnp.Sort(x) }, []any{normal(9000, 5)},
			axes([]any{1}, []any{1})},
		coresCase{"solve", func(a, b array) array { return linalg.Solve(a, b) },
			[]any{normal(7, 12, 12), normal(7, 12)}, nil},
		coresCase{"shared", fixed, []any{normal(6, 3), jnp.Ones(3)}, axes([]any{0, nil}, []any{0, nil})},
		coresCase{"nothing mapped", func(x array) array { return lambert(x) }, []any{jnp.Ones()},
			append(axes([]any{nil}, []any{0}), gojax.AxisSize(4))},
		coresCase{"across the axis", func(x array) array { return x.Sub(lax.PMean(x, "i")) }, []any{normal(8)},
			[]gojax.VmapOption{gojax.AxisName("i")}},
		coresCase{"a named axis", func(x array) array { return lambert(jnp.Abs(x)) }, []any{normal(8)},
			[]gojax.VmapOption{gojax.AxisName("i")}})
}

// call is f(args...) of a function of any type, the results in a list.
func callAny(f any, args []any) (out []any) {
	in := make([]reflect.Value, len(args))
	for i, a := range args {
		in[i] = reflect.ValueOf(a)
	}
	for _, v := range reflect.ValueOf(f).Call(in) {
		out = append(out, v.Interface())
	}
	return out
}

// mapAny maps the functions of coresCases, which Go's generics want by their types.
func mapAny(f any, jitted bool, o ...gojax.VmapOption) any {
	switch f := f.(type) {
	case func(array) array:
		return mapOne(f, jitted, o)
	case func(random.KeyArray) array:
		return mapOne(f, jitted, o)
	case func(array) map[string]array:
		return mapOne(f, jitted, o)
	case func(_, _ array) array:
		return mapOne(f, jitted, o)
	case func(_, _ array) (array, array):
		return mapOne(f, jitted, o)
	}
	panic(fmt.Sprintf("a function of type %T", f))
}

func mapOne[F any](f F, jitted bool, o []gojax.VmapOption) any {
	f = gojax.Vmap(f, o...)
	if jitted {
		f = gojax.Jit(f)
	}
	return f
}

// The numbers of a map over all cores are those of one core, to the bit.
func TestOverCores(t *testing.T) {
	for _, c := range coresCases() {
		for _, jitted := range []bool{false, true} {
			want := bits(t, callAny(mapAny(c.f, jitted, c.options...), c.args))
			f := mapAny(c.f, jitted, append(c.options, gojax.OverCores())...)
			for range 2 {
				if got := bits(t, callAny(f, c.args)); got != want {
					t.Errorf("%s, jitted %v: over all cores\n%s, on one\n%s", c.name, jitted, got, want)
				}
			}
		}
	}
}

// TestAnyNumberOfCores computes the cases in processes that have 1, 2 and 8 threads: the numbers are the same.
func TestAnyNumberOfCores(t *testing.T) {
	const child = "GOJAX_TEST_CORES_CHILD"
	if os.Getenv(child) != "" {
		for _, c := range coresCases() {
			out := bits(t, callAny(mapAny(c.f, false, append(c.options, gojax.OverCores())...), c.args))
			fmt.Printf("BITS %s %s", c.name, out)
		}
		xs := jnp.LinSpace(0, 9, 200)
		fmt.Print("BITS map ", bits(t, lax.Map(lambert, xs, lax.MapOptions{BatchSize: 3})))
		return
	}
	var first []byte
	for _, n := range []int{1, 2, 8} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestAnyNumberOfCores$", "-test.count=1")
		cmd.Env = append(os.Environ(), child+"=1", fmt.Sprint("GOJAX_NUM_THREADS=", n), "PJRT_NPROC=", "NPROC=")
		out, err := cmd.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("BITS map")) {
			t.Fatalf("%v\n%s", err, out)
		}
		out = out[:bytes.Index(out, []byte("PASS"))]
		if first == nil {
			first = out
		} else if !bytes.Equal(out, first) {
			t.Errorf("%d threads give\n%s1 gives\n%s", n, out, first)
		}
	}
}

// What is before and after a map over all cores in a jitted function, and what it is in.
func TestOverCoresInside(t *testing.T) {
	x := jnp.LinSpace(0, 5, 24)
	over := func(o ...gojax.VmapOption) func(array) array { return gojax.Vmap(lambert, o...) }
	type fun = func(array) array
	for name, f := range map[string]func(m fun) fun{
		"before and after":   func(m fun) fun { return func(x array) array { return m(m(x.Mul(2)).Add(1)).Sum() } },
		"only before":        func(m fun) fun { return func(x array) array { return m(x.Add(1)) } },
		"of what it makes":   func(m fun) fun { return func(array) array { return m(jnp.Arange(9.0)) } },
		"in a loop":          loopOf,
		"in a jitted one":    func(m fun) fun { return gojax.Jit(m) },
		"in another Vmap":    func(m fun) fun { return rows(gojax.Vmap(m)) },
		"twice over":         func(m fun) fun { return rows(gojax.Vmap(m, gojax.OverCores())) },
		"with a Go function": func(m fun) fun { return func(x array) array { return twiceInGo(m(x)) } },
	} {
		want := bits(t, gojax.Jit(f(over()))(x))
		if got := bits(t, gojax.Jit(f(over(gojax.OverCores())))(x)); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	// An argument that is returned as it is, a number, and one result twice are arrays of their own.
	many := gojax.Jit(func(x array) []array {
		y := over(gojax.OverCores())(x)
		return []array{y, x, y, jnp.AsArray(3.0)}
	})(x)
	for i, y := range many {
		y.Delete()
		for _, z := range append([]array{x}, many[i+1:]...) {
			z.BlockUntilReady()
		}
	}
	// In a Go function that a program calls.
	inGo := gojax.Jit(func(x array) array { return gojax.PureCallback(over(gojax.OverCores()), x, x) })
	if got, want := bits(t, inGo(x)), bits(t, over()(x)); got != want {
		t.Errorf("in a Go function: %s, want %s", got, want)
	}
	grad := func(o ...gojax.VmapOption) func(array) array {
		return gojax.Grad(func(x array) array { return gojax.Vmap(pendulum, o...)(x).Sum() })
	}
	y := random.Normal(random.Key(1), 6, 2)
	if got, want := grad(gojax.OverCores())(y), grad()(y); jnp.AllClose(got, want).Item() != 1 {
		t.Errorf("gradient %v, want %v", got, want)
	}
}

func loopOf(m func(array) array) func(array) array {
	return func(x array) array {
		return lax.ForiLoop(0, 3, func(_ array, x array) array { return m(x).Add(1) }, x)
	}
}

func rows(m func(array) array) func(array) array {
	return func(x array) array { return m(x.Reshape(4, -1)) }
}

func twiceInGo(x array) array {
	return gojax.PureCallback(func(x array) array { return x.Add(x) }, x, x)
}

// A donated argument is gone, a deleted one is an error at the caller's line, and a number that changes compiles
// nothing.
func TestOverCoresArguments(t *testing.T) {
	f := gojax.Jit(gojax.Vmap(lambert, gojax.OverCores()), gojax.DonateArgs(0))
	x := jnp.LinSpace(0, 5, 10)
	want := bits(t, gojax.Vmap(lambert)(x))
	if got := bits(t, f(x)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	fails.With(t, func() { f(x) }, "cores_test.go", "args[0]", "deleted")
	fails.With(t, func() { gojax.Vmap(lambert, gojax.OverCores())(x) }, "cores_test.go", "gojax.Vmap", "deleted")
	compiled := 0
	defer gojax.OnCompile(func(gojax.CompileEvent) { compiled++ })()
	x = jnp.LinSpace(0, 5, 10)
	before := 0
	for i := range 3 {
		gojax.Vmap(func(x array) array { return lambert(x.Add(float64(i))) }, gojax.OverCores())(x)
		if i == 0 {
			before = compiled
		}
	}
	if compiled != before {
		t.Errorf("%d more compilations for other numbers", compiled-before)
	}
}

// A function that is compiled by hand is one program, whose memory is known, and is called as ever.
func TestOverCoresCompiledByHand(t *testing.T) {
	x := jnp.LinSpace(0, 5, 10)
	f := gojax.Vmap(lambert, gojax.OverCores())
	l := gojax.Lower(f)(x)
	if !strings.Contains(l.Text(), "stablehlo.while") {
		t.Errorf("the program is\n%s", l.Text())
	}
	c, err := l.Compile()
	if err != nil {
		t.Fatal(err)
	}
	if got, want := bits(t, c.Call(x)), bits(t, f(x)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Many goroutines at once take turns on the cores.
func TestOverCoresGoroutines(t *testing.T) {
	x := jnp.LinSpace(0, 5, 500)
	want := bits(t, gojax.Vmap(lambert)(x))
	jitted := gojax.Jit(gojax.Vmap(lambert, gojax.OverCores()))
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			f := jitted
			if i%4 == 0 {
				f = gojax.Vmap(lambert, gojax.OverCores())
			}
			for range 20 {
				y := f(x)
				if got := bits(t, y); got != want {
					t.Errorf("%s, want %s", got, want)
				}
				y.Delete()
			}
		})
	}
	wg.Wait()
}

// The cores share the batches of a map.
func TestMapOverCores(t *testing.T) {
	x := jnp.LinSpace(0, 5, 300)
	want := gojax.Vmap(lambert)(x)
	for _, batch := range []int{1, 7, 100, 299, 300, 1000} {
		for _, reverse := range []bool{false, true} {
			o := lax.MapOptions{BatchSize: batch, Reverse: reverse}
			f := func(x array) array { return lax.Map(lambert, x, o) }
			for _, f := range []func(array) array{f, gojax.Jit(f)} {
				if got := f(x); jnp.AllClose(got, want).Item() != 1 {
					t.Errorf("%+v: %v, want %v", o, got, want)
				}
			}
		}
	}
}
