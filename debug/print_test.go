package debug_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

func TestPrint(t *testing.T) {
	type pair struct{ A, B jnp.Array }
	tree := func(x jnp.Array) {
		debug.Print("%v|%s", pair{x, jnp.Sum(x)}, "text")
	}
	for _, c := range []struct {
		name string
		f    func(x jnp.Array)
		want string
	}{
		{"array", func(x jnp.Array) { debug.Print("x = %v", x) }, "x = [0. 1. 2.]\n"},
		{"numbers", func(x jnp.Array) { debug.Print("%.2f %d", jnp.Sum(x), 7) }, "3.00 7\n"},
		{"elements", func(x jnp.Array) { debug.Print("%.1f", x) }, "[0.0 1.0 2.0]\n"},
		{"ints", func(x jnp.Array) { debug.Print("%04d %t", x.AsType(jnp.Int32), jnp.All(jnp.Less(x, 5))) },
			"[0000 0001 0002] true\n"},
		{"width", func(x jnp.Array) { debug.Print("%8.3v|%-4v|", x.At(2).Get(), 1) }, "     2.0|1   |\n"},
		{"tree", tree, "{[0. 1. 2.] 3.0}|text\n"},
		{"newline", func(x jnp.Array) { debug.Print("x = %v\n", x) }, "x = [0. 1. 2.]\n"},
		{"nothing", func(jnp.Array) { debug.Print("here") }, "here\n"},
		{"in order", func(x jnp.Array) {
			for i := range 20 {
				debug.Print("%d %v", i, jnp.Sum(jnp.Mul(x, i)).AsType(jnp.Int32))
			}
		}, func() (s string) {
			for i := range 20 {
				s += fmt.Sprintf("%d %d\n", i, 3*i)
			}
			return s
		}()},
	} {
		if got := printed(t, func() { c.f(iota(3)) }); got != c.want {
			t.Errorf("%s, at once: %q, want %q", c.name, got, c.want)
		}
		f := gojax.Jit(func(x jnp.Array) jnp.Array { c.f(x); return x.Add(1) })
		for range 2 { // the second time from what was compiled
			if got := printed(t, func() { f(iota(3)) }); got != c.want {
				t.Errorf("%s, jitted: %q, want %q", c.name, got, c.want)
			}
		}
	}
}

// A program of effects alone, without a result, runs.
func TestPrintAlone(t *testing.T) {
	f := gojax.Jit(func(x jnp.Array) []jnp.Array { debug.Print("%v", jnp.Sum(x)); return nil })
	if got := printed(t, func() { f(iota(4)) }); got != "6.0\n" {
		t.Errorf("got %q", got)
	}
}

func lines(a ...any) string {
	s := ""
	for _, x := range a {
		s += fmt.Sprintln(x)
	}
	return s
}

// Effects keep their order through calls, branches, loops and scans, and out of them again.
func TestOrder(t *testing.T) {
	inner := gojax.Jit(func(x jnp.Array) jnp.Array { debug.Print("inner %v", x); return x.Add(1) })
	for _, c := range []struct {
		name string
		f    func(x jnp.Array) jnp.Array
		want string
	}{
		{"call", func(x jnp.Array) jnp.Array {
			debug.Print("a")
			y := inner(x)
			debug.Print("b")
			y = inner(y)
			debug.Print("c")
			return y
		}, lines("a", "inner 2.0", "b", "inner 3.0", "c")},
		{"cond", func(x jnp.Array) jnp.Array {
			debug.Print("before")
			for _, k := range []int{1, 5} {
				x = lax.Cond(jnp.Less(x, k), func() jnp.Array { debug.Print("less than %d", k); return x },
					func() jnp.Array { debug.Print("not less than %d", k); return x.Mul(2) })
			}
			debug.Print("after %v", x)
			return x
		}, lines("before", "not less than 1", "less than 5", "after 4.0")},
		{"switch", func(x jnp.Array) jnp.Array {
			return lax.Switch(x.AsType(jnp.Int32),
				func() jnp.Array { debug.Print("zero"); return x },
				func() jnp.Array { debug.Print("one"); return x },
				func() jnp.Array { debug.Print("two"); return x })
		}, "two\n"},
		{"while", func(x jnp.Array) jnp.Array {
			debug.Print("start")
			x = lax.WhileLoop(func(c jnp.Array) jnp.Array { return jnp.Less(c, 5) },
				func(c jnp.Array) jnp.Array { debug.Print("at %v", c); return inner(c) }, x)
			debug.Print("end %v", x)
			return x
		}, lines("start", "at 2.0", "inner 2.0", "at 3.0", "inner 3.0", "at 4.0", "inner 4.0", "end 5.0")},
		{"while's condition", func(x jnp.Array) jnp.Array {
			k := x.Mul(2)
			x = lax.WhileLoop(func(c jnp.Array) jnp.Array { debug.Print("%v < %v?", c, k); return jnp.Less(c, k) },
				func(c jnp.Array) jnp.Array { debug.Print("yes"); return c.Add(x) }, x)
			debug.Print("no")
			return x
		}, lines("2.0 < 4.0?", "yes", "4.0 < 4.0?", "no")},
		{"scan", func(x jnp.Array) jnp.Array {
			c, ys := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
				debug.Print("%v %v", c, x)
				return c.Add(x), c.Mul(x)
			}, x, iota(3))
			debug.Print("sum %v", ys)
			return c
		}, lines("2.0 0.0", "2.0 1.0", "3.0 2.0", "sum [0. 2. 6.]")},
		{"loop in a branch in a loop", func(x jnp.Array) jnp.Array {
			return lax.ForiLoop(0, 3, func(i jnp.Array, c jnp.Array) jnp.Array {
				debug.Print("i %d", i)
				return lax.Cond(jnp.Equal(i, 1), func() jnp.Array {
					return lax.ForiLoop(0, 2,
						func(j, c jnp.Array) jnp.Array { debug.Print("j %d", j); return c.Add(1) }, c)
				}, func() jnp.Array { return c })
			}, x)
		}, lines("i 0", "i 1", "j 0", "j 1", "i 2")},
	} {
		f := gojax.Jit(c.f)
		for range 3 {
			if got := printed(t, func() { f(jnp.Full(nil, float32(2))) }); got != c.want {
				t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
			}
		}
	}
}

func TestUnderVmap(t *testing.T) {
	f := func(x jnp.Array) jnp.Array { debug.Print("%v", x); return x }
	want := lines("0.0", "1.0", "2.0")
	if got := printed(t, func() { gojax.Vmap(f)(iota(3)) }); got != want {
		t.Errorf("got %q", got)
	}
	if got := printed(t, func() { gojax.Jit(gojax.Vmap(f))(iota(3)) }); got != want {
		t.Errorf("jitted: got %q", got)
	}
	two := func(x, y jnp.Array) jnp.Array { debug.Print("%v %v", x, y); return x.Add(y) }
	outer := gojax.Vmap(gojax.Vmap(two, gojax.InAxes(0, gojax.None)), gojax.InAxes(gojax.None, 0))
	want = lines("0.0 0.0", "1.0 0.0", "0.0 1.0", "1.0 1.0")
	if got := printed(t, func() { outer(iota(2), iota(2)) }); got != want {
		t.Errorf("nested: got %q, want %q", got, want)
	}
	rows := jnp.Reshape(iota(6), 2, 3)
	want = lines("[0. 3.]", "[1. 4.]", "[2. 5.]")
	if got := printed(t, func() { gojax.Vmap(f, gojax.InAxes(1))(rows) }); got != want {
		t.Errorf("columns: got %q, want %q", got, want)
	}
	if got := printed(t, func() { gojax.Vmap(f)(jnp.Zeros(0)) }); got != "" {
		t.Errorf("no rows: got %q", got)
	}
}
