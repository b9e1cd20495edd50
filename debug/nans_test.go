package debug_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// line is "nans_test.go:12", offset lines below the caller.
func line(offset int) string {
	_, file, n, _ := runtime.Caller(1)
	return fmt.Sprintf("%s:%d", file[strings.LastIndexByte(file, '/')+1:], n+offset)
}

func TestNaNs(t *testing.T) {
	defer debug.NaNs(debug.NaNs(true))
	type result = func(jnp.Array) jnp.Array
	f := func(x jnp.Array) jnp.Array {
		y := jnp.Mul(x, 2).Sub(1)
		return jnp.Sum(jnp.Log(y)) // here
	}
	here := line(-2)
	loop := func(x jnp.Array) jnp.Array {
		return lax.WhileLoop(func(c jnp.Array) jnp.Array { return jnp.Less(-10, jnp.Min(c)) },
			func(c jnp.Array) jnp.Array {
				r := jnp.Sqrt(c) // and here
				return r.Sub(4)
			}, x)
	}
	inLoop := line(-4)
	scan := func(x jnp.Array) jnp.Array {
		_, y := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
			return c.Add(x), jnp.Log(jnp.Sub(2.5, c.Add(x)))
		}, jnp.Sum(x).Mul(0), x)
		return y
	}
	inScan := line(-4)
	branch := func(x jnp.Array) jnp.Array {
		ratio := func() jnp.Array { return jnp.Div(x.Sub(2), x.Sub(2)) }
		return lax.Cond(jnp.Less(0, jnp.Sum(x)), ratio, func() jnp.Array { return x })
	}
	inBranch := line(-3)
	back := func(x jnp.Array) jnp.Array {
		return jnp.Sum(jnp.Sqrt(x.Sub(1))) // its derivative at 1 is infinite, and times zero a NaN
	}
	times := func(x jnp.Array) jnp.Array {
		return jnp.Sum(jnp.Sqrt(jnp.Square(x.Sub(1))))
	}
	backward := line(-2)
	for _, c := range []struct {
		name    string
		f       result
		op, src string
	}{
		{"jit", gojax.Jit(f), "jnp.Log", here},
		{"at once", f, "jnp.Log", here},
		{"vmap", gojax.Vmap(func(x jnp.Array) jnp.Array { return f(x) }), "jnp.Log", here},
		{"jit of jit", gojax.Jit(func(x jnp.Array) jnp.Array { return gojax.Jit(f)(x.Add(0)).Mul(2) }), "jnp.Log",
			here},
		{"donated", gojax.Jit(f, gojax.DonateArgs(0)), "jnp.Log", here},
		{"while", gojax.Jit(loop), "jnp.Sqrt", inLoop},
		{"scan", gojax.Jit(scan), "jnp.Log", inScan},
		{"cond", gojax.Jit(branch), "jnp.Div", inBranch},
		{"grad", gojax.Grad(times), "jnp.Square", backward},
		{"jitted grad", gojax.Jit(gojax.Grad(times)), "jnp.Square", backward},
	} {
		x := vec(1, 2, 0)
		err := gojax.Try(func() { c.f(x) })
		var e *gojax.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), "has a NaN") || e.Op != c.op ||
			e.Src.String() != c.src {
			t.Errorf("%s: %v, want %s at %s", c.name, err, c.op, c.src)
		}
	}
	// No NaN, no error; the first infinite derivative alone is none either.
	if got := f(vec(1, 2, 3)).Item(); got < 2.7 || got > 2.71 {
		t.Errorf("got %v", got)
	}
	if err := gojax.Try(func() { gojax.Grad(back)(vec(1, 2, 3)) }); err != nil {
		t.Error(err)
	}
	// Results keep their values, and effects happen once.
	g := gojax.Jit(func(x jnp.Array) jnp.Array { debug.Print("once"); return jnp.Log(x) })
	out := printed(t, func() {
		if err := gojax.Try(func() { g(vec(-1)) }); err == nil || !strings.Contains(err.Error(), "jnp.Log") {
			t.Errorf("%v", err)
		}
	})
	if out != "once\n" {
		t.Errorf("printed %q", out)
	}
	debug.NaNs(false)
	printed(t, func() {
		if err := gojax.Try(func() { g(vec(-1)) }); err != nil {
			t.Error(err)
		}
	})
}

// The environment variable switches the search on from outside.
func TestNaNsByEnvironment(t *testing.T) {
	if os.Getenv("GOJAX_TEST_CHILD") != "" {
		fmt.Println(gojax.Try(func() { jnp.Log(vec(-1)) }))
		return
	}
	for value, want := range map[string]string{"1": "has a NaN", "0": "<nil>", "perhaps": "neither true nor false"} {
		cmd := exec.Command(os.Args[0], "-test.run=TestNaNsByEnvironment", "-test.v")
		cmd.Env = append(os.Environ(), "GOJAX_TEST_CHILD=1", "GOJAX_DEBUG_NANS="+value)
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("%s: %v\n%s", value, err, out)
		}
	}
}
