package shard_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

var (
	p     = gojax.P
	tuple = func(x ...any) []any { return x }
)

func grid() *gojax.Mesh { return gojax.NewMesh([]int{4, 2}, []string{"x", "y"}) }

// What goes in and comes out: trees, plain values, variadic arguments, keys, nothing.
func TestArguments(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	type params struct {
		W, B A
		N    int
	}
	type specs struct{ W, B gojax.Spec }
	for name, c := range map[string]struct {
		f    func() any
		want string
	}{
		"struct and static": {func() any {
			f := gojax.ShardMap(func(p params, by float64) (params, int) {
				return params{p.W.Mul(by), p.B.Add(p.N), p.N + 1}, p.W.Len()
			}, m, gojax.Specs{map[string]any{"W": p("x"), "B": p()}, nil}, tuple(specs{p("x"), p()}, nil))
			out, n := f(params{x, jnp.AsArray(1.0), 4}, 0.5)
			return tuple(out.W, out.B, out.N, n)
		}, "[[0.  0.5 1.  1.5 2.  2.5 3.  3.5] 5.0 5 2]"},
		"variadic": {func() any {
			f := gojax.ShardMap(func(by A, x ...A) []A { return []A{lax.PSum(x[0], "x"), x[1].Mul(by)} }, m,
				tuple(p(), p("x"), p("y")), tuple(tuple(p(), p("y"))))
			return f(jnp.AsArray(2.0), x, jnp.Ones(2))
		}, "[[12. 16.] [2. 2.]]"},
		"variadic, one spec": {func() any {
			f := gojax.ShardMap(func(x ...A) A { return x[0].Add(x[1]) }, m, tuple(p("x")), p("x"))
			return f(x, x)
		}, "[ 0.  2.  4.  6.  8. 10. 12. 14.]"},
		"nothing": {func() any {
			f := gojax.ShardMap(func() A { return lax.AxisIndex("y", "x").Reshape(1) }, m, tuple(),
				p([]string{"x", "y"}))
			return f()
		}, "[0 4 1 5 2 6 3 7]"},
		"empty": {func() any {
			return gojax.ShardMap(func(x A) A { return lax.PSum(x, "y") }, m, p("x"), p("x"))(jnp.Zeros(0, 3)).Shape()
		}, "[0 3]"},
		"keys": {func() any {
			keys := random.Split(random.Key(0), 8)
			f := gojax.ShardMap(func(k random.KeyArray) (random.KeyArray, A) {
				return k, jnp.AsArray(k.Shape()[0]).Reshape(1)
			}, m, p("x"), p("x"))
			out, n := f(keys)
			return tuple(jnp.All(out.Data().Eq(keys.Data())), n)
		}, "[True [2 2 2 2]]"},
		"captures": {func() any {
			b := jnp.AsArray(10.0)
			return gojax.Jit(func(x, c A) A {
				d := c.Mul(2)
				return gojax.ShardMap(func(x A) A { return x.Add(b).Mul(d) }, m, p("x"), p("x"))(x)
			})(x, jnp.AsArray(0.5))
		}, "[10. 11. 12. 13. 14. 15. 16. 17.]"},
		"odd names": {func() any { // XLA ends the process where it does not like one
			x := jnp.Ones(2)
			for _, n := range []string{`a\"b`, "ä", "\n", "1 %d"} {
				m := gojax.NewMesh([]int{2, 2}, []string{n, n + n})
				x = gojax.ShardMap(func(x A) A { return lax.PSum(x, n, n+n) }, m, p(n), p(n+n))(x)
			}
			return x
		}, "[256. 256.]"},
		"within": {func() any {
			inner := gojax.ShardMap(func(x A) A { return lax.PSum(x, "y") }, m, p("y"), p(), gojax.ManualAxes("y"))
			return gojax.ShardMap(inner, m, p("x"), p("x"), gojax.ManualAxes("x"))(x)
		}, "[ 1.  5.  9. 13.]"},
		"on another device": {func() any {
			d, err := gojax.Devices()
			if err != nil {
				t.Fatal(err)
			}
			m := gojax.NewMesh([]int{2}, []string{"x"}, d[3], d[1])
			return gojax.ShardMap(same, m, p("x"), p("x"))(gojax.DevicePut(x, d[7])).Shards()[0].Device
		}, "cpu:3"},
	} {
		if got := fmt.Sprint(c.f()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// Under transformations: what one device computes with the whole arrays.
func TestTransformed(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	f := gojax.ShardMap(func(x A) A { return x.Mul(x).Add(lax.PSum(x.Sum(), "x")) }, m, p("x"), p("x"))
	g := func(x A) A { return x.Mul(x).Add(x.Sum()) }
	for name, change := range map[string]func(f func(A) A) A{
		"eager": func(f func(A) A) A { return f(x) },
		"Jit":   func(f func(A) A) A { return gojax.Jit(f)(x) },
		"Grad": func(f func(A) A) A {
			return gojax.Grad(func(x A) A { return f(x).Mul(jnp.Arange(8.0)).Sum() })(x)
		},
		"Vmap": func(f func(A) A) A { return gojax.Vmap(f)(jnp.Stack([]A{x, x.Mul(2)})) },
		"ScanN": func(f func(A) A) A {
			y, _ := lax.ScanN(2, func(c A) (A, struct{}) { return f(c).Mul(0.125), struct{}{} }, x)
			return y
		},
		"Checkpoint": func(f func(A) A) A { return gojax.Grad(gojax.Checkpoint(func(x A) A { return f(x).Sum() }))(x) },
	} {
		if got, want := change(f).String(), change(g).String(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// A program is found again by its structure: a Go number may change.
func TestProgramIsFoundAgain(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	var sum float64
	run := func(by float64) {
		f := gojax.ShardMap(func(x A) A { return lax.PSum(x.Mul(by), "x") }, m, p("x"), p())
		sum += f(x).Sum().Float()
	}
	run(1)
	n := gojax.Compilations()
	run(2)
	run(3)
	if n = gojax.Compilations() - n; n != 0 || sum != 6*28 {
		t.Errorf("%d compilations, sum %v", n, sum)
	}
}

// What is found when the program has run is told of ShardMap, at the user's line.
func TestNaNs(t *testing.T) {
	defer debug.NaNs(debug.NaNs(true))
	f := gojax.ShardMap(func(x A) A { return jnp.Log(x.Sub(3)) }, grid(), p("x"), p("x"))
	fails.With(t, func() { f(jnp.Arange(8.0)) }, "shard_test.go:", "gojax.ShardMap", "NaN at [0]")
}

func TestMistakes(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	sum := func(x A) A { return x.Sum() }
	call := func(in, out any, opts ...gojax.ShardMapOption) func() {
		return func() { gojax.ShardMap(same, m, in, out, opts...)(x) }
	}
	for _, c := range []struct {
		f    func()
		want []string
	}{
		{func() { gojax.ShardMap(same, nil, p("x"), p("x")) }, []string{"mesh is nil", "NewMesh"}},
		{func() { gojax.ShardMap[any](3, m, p("x"), p("x")) }, []string{"want a function, not int"}},
		{func() { gojax.ShardMap(same, m, p("x"), p("x"), nil) }, []string{"option 0 is nil"}},
		{call(nil, p("x")), []string{"in is <nil>", "gojax.Specs"}},
		{call("x", p("x")), []string{"in is string", `gojax.P("x")`}},
		{call(tuple(p(), p()), p("x")), []string{"in has 2 entries for 1 arguments"}},
		{call(p(), tuple()), []string{"out has 0 entries for 1 results"}},
		{call(tuple(nil), p("x")), []string{"in does not fit", "nothing is said about args[0]"}},
		{call(tuple(tuple(p())), p("x")), []string{"args[0] is an array", "given as a []interface {}"}},
		{call(p("z"), p("x")), []string{"float32[8]", "args[0]", `"z"`, "Mesh(x: 4, y: 2)"}},
		{call(p([]string{"x", "x"}), p("x")), []string{"args[0]", `"x" twice`}},
		{call(p("x", "y"), p("x")), []string{"args[0]", "2 entries for an array of 1 dimensions"}},
		{call(p("x"), p("x", "y")), []string{"results[0]", "2 entries for an array of 1 dimensions"}},
		{call(p("x"), p("z")), []string{"results[0]", `"z"`}},
		{call(p(gojax.Unconstrained), p("x")), []string{"args[0]", "WithShardingConstraint"}},
		{call(p("y"), p("x"), gojax.ManualAxes("x")), []string{"args[0]", `"y"`, "ManualAxes", `["x"]`}},
		{call(p("x"), p("y"), gojax.ManualAxes("x")), []string{"results[0]", `"y"`, "ManualAxes"}},
		{call(p("x"), p("x"), gojax.ManualAxes("z")), []string{"ManualAxes", `"z"`, "Mesh(x: 4, y: 2)"}},
		{call(p("x"), p("x"), gojax.ManualAxes("x", "x")), []string{"ManualAxes", `"x" twice`}},
		{func() { gojax.ManualAxes() }, []string{"gojax.ManualAxes", "names no axis"}},
		{func() { gojax.ShardMap(same, m, p("x"), p("x"))(jnp.Ones(6)) },
			[]string{"float32[6]", "args[0]", "into 4 parts", "pad it to 8"}},
		{func() { gojax.ShardMap(sum, m, p("x"), p("x"))(x) }, []string{"results[0]", "a scalar's is P()"}},
		{func() { gojax.ShardMap(same, m, p("x"), p("x"))(A{}) }, []string{"args[0]", "never set"}},
		{func() { gojax.ShardMap(func(A) A { return A{} }, m, p("x"), p())(x) }, []string{"results[0]", "never set"}},
		{func() { gojax.ShardMap(func(A) int { return 3 }, m, p("x"), p())(x) }, []string{"returns no array"}},
		{func() { gojax.ShardMap(func(x A) A { return lax.PSum(x, "z") }, m, p("x"), p("x"))(x) },
			[]string{"lax.PSum", `"z"`, "ShardMap"}},
		{func() { gojax.ShardMap(gojax.ShardMap(same, m, p("x"), p("x")), m, p("x"), p("x"))(x) },
			[]string{`"x" is open here already`, "ManualAxes"}},
		{func() {
			keys := random.Split(random.Key(0), 8)
			gojax.ShardMap(func(k random.KeyArray) A { return k.Data() }, m, p("x", nil), p("x"))(keys)
		}, []string{"args[0]", "2 entries for an array of 1 dimensions"}},
	} {
		fails.With(t, c.f, append(c.want, "shard_test.go:")...)
	}
}

// Where the compiler cuts arrays, a Go function is called once, with whole arrays; under ShardMap it is called for each
// device, with its blocks. Its results are used beside what devices compute together.
func TestGoFunctions(t *testing.T) {
	m := grid()
	x := gojax.DevicePut(jnp.Arange(16.0).Reshape(8, 2), gojax.NamedSharding(m, p("x", "y")))
	var mu sync.Mutex
	var seen []string
	saw := func(shape []int) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, fmt.Sprint(shape))
	}
	double := gojax.NewKernel("double", func(in []gojax.Aval) ([]gojax.Aval, error) { return in, nil },
		func(in, out []gojax.HostArray) error {
			saw(in[0].Shape)
			y := gojax.Elements[float32](out[0])
			for i, v := range gojax.Elements[float32](in[0]) {
				y[i] = 2 * v
			}
			return nil
		})
	twice := func(x A) A { saw(x.Shape()); return x.Mul(2) }
	for name, f := range map[string]func(x A) A{
		"kernel":        func(x A) A { return double.Call(x)[0] },
		"pure_callback": func(x A) A { return gojax.PureCallback(twice, x, x) },
		"io_callback":   func(x A) A { return gojax.IOCallback(twice, x, x) },
		"debug": func(x A) A {
			debug.Callback(func(x A) { twice(x) }, x)
			return x.Mul(2)
		},
	} {
		g := func(x A) A { return f(x.Add(1)).Sub(jnp.Sum(x)) }
		blocks := gojax.ShardMap(func(x A) A {
			return f(x.Add(1)).Sub(lax.PSum(jnp.Sum(x), "x", "y"))
		}, m, p("x", "y"), p("x", "y"))
		mapped := gojax.Vmap(f)
		want := x.Add(1).Mul(2).Sub(jnp.Sum(x))
		for _, c := range []struct {
			name string
			f    func(x A) A
			want A
			n    int
			each []int
		}{
			{"jitted", gojax.Jit(g), want, 1, []int{8, 2}},
			{"blocks", blocks, want, 8, []int{2, 1}},
			{"jitted blocks", gojax.Jit(blocks), want, 8, []int{2, 1}},
			{"result", gojax.Jit(f), x.Mul(2), 1, []int{8, 2}},
			{"mapped", gojax.Jit(mapped), x.Mul(2), 8, []int{2}},
		} {
			for range 2 {
				seen = nil
				if y := c.f(x); !jnp.ArrayEqual(y, c.want).Bool() {
					t.Errorf("%s, %s: %v, want %v", name, c.name, y, c.want)
				}
				debug.Wait()
				if slices.Sort(seen); !slices.Equal(seen, slices.Repeat([]string{fmt.Sprint(c.each)}, c.n)) {
					t.Errorf("%s, %s: called with %v, want %d times %v", name, c.name, seen, c.n, c.each)
				}
			}
		}
	}
}

// What one device's call does wrong is an error at once, though the others wait for it, and nothing is broken after it.
func TestGoFunctionsFail(t *testing.T) {
	m, x := grid(), jnp.Arange(8.0)
	third := errors.New("no third block")
	f := gojax.ShardMap(func(x A) A {
		y := gojax.PureCallback(func(x A) A {
			if x.Index(0).Item() == 4 {
				panic(third)
			}
			return x.Add(1)
		}, x, x)
		return lax.PSum(y, "x", "y")
	}, m, p("x"), p())
	for range 3 {
		fails.With(t, func() { f(x) }, "no third block", "shard_test.go")
		if y := f(x.Add(10)); y.Index(0).Item() != 2*(11+13+15+17) {
			t.Errorf("afterwards it is %v", y)
		}
	}
	over := gojax.DevicePut(x, gojax.NamedSharding(m, p("x")))
	fails.With(t, func() {
		gojax.Jit(func(x A) A { return gojax.PureCallback(func(x A) A { return over.Add(1) }, x, x) })(over)
	}, "another over a mesh")
}

// Programs over a mesh of one device are as any other, on all plugins.
func TestOneDevice(t *testing.T) {
	m := gojax.NewMesh([]int{1, 1}, []string{"x", "y"})
	x := gojax.DevicePut(jnp.Arange(6.0).Reshape(2, 3), gojax.NamedSharding(m, p("x", "y")))
	f := gojax.ShardMap(func(x A) A {
		y := lax.PSum(lax.AllGather(x.Mul(2), "x", 0, lax.CollectiveOptions{Tiled: true}), "x", "y")
		return gojax.PureCallback(func(x A) A { return x.Add(1) }, y, y).Add(lax.AxisIndex("y"))
	}, m, p("x", "y"), p("x", "y"))
	part := gojax.ShardMap(func(x A) A { return lax.PSum(x, "x").Mul(2) }, m, p("x"), p("x"), gojax.ManualAxes("x"))
	one := jnp.Arange(6.0).Reshape(2, 3)
	for name, y := range map[string]A{"eager": f(x), "jitted": gojax.Jit(f)(x), "from one": f(one),
		"some axes": part(x).Add(1), "donated": gojax.Jit(f, gojax.DonateArgs(0))(x.Copy())} {
		if !jnp.ArrayEqual(y, one.Mul(2).Add(1)).Bool() {
			t.Errorf("%s: %v", name, y)
		}
		if s, ok := y.Sharding(); !ok || s.Mesh.Size() != 1 {
			t.Errorf("%s: it lies as %v", name, s)
		}
	}
	z := gojax.Jit(func(x A) A { return lax.WithShardingConstraint(x.Add(1), gojax.NamedSharding(m, p("x"))) })(x)
	if !jnp.ArrayEqual(z, x.Add(1)).Bool() {
		t.Errorf("constrained it is %v", z)
	}
}

// Programs that call Go functions, which compute in turn, run among others over the same devices.
func TestGoFunctionsAtOnce(t *testing.T) {
	m := grid()
	x := gojax.DevicePut(jnp.Arange(8.0), gojax.NamedSharding(m, p("x")))
	sum := gojax.Jit(gojax.ShardMap(func(x A) A { return lax.PSum(x, "x", "y") }, m, p("x"), p()))
	calling := gojax.Jit(gojax.ShardMap(func(x A) A {
		y := gojax.PureCallback(func(x A) A { return jnp.Sin(x).Mul(0).Add(x) }, x, x)
		return lax.PSum(y, "x", "y")
	}, m, p("x"), p()))
	var wg sync.WaitGroup
	for g := range 6 {
		f := []func(x A) A{sum, calling}[g%2]
		wg.Go(func() {
			for range 20 {
				if y := f(x); y.Index(1).Item() != 32 {
					t.Errorf("goroutine %d: %v", g, y)
				}
			}
		})
	}
	wg.Wait()
}
