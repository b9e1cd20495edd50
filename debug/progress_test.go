package debug_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/tests/fails"
)

var shares = regexp.MustCompile(`(?m)^(\d+/\d+) \(\d+%\), \d+\.\d s(, \S+ rounds/s)?(, \S+ s left)?$`)

// told are the lines of progress without their times.
func told(t *testing.T, text string) (lines []string) {
	t.Helper()
	for _, l := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		m := shares.FindStringSubmatch(l)
		if m == nil {
			t.Errorf("the line %q", l)
			continue
		}
		lines = append(lines, m[1])
	}
	return lines
}

func TestProgress(t *testing.T) {
	fori := func(n, every int, counted bool) func(jnp.Array) jnp.Array {
		return gojax.Jit(func(x jnp.Array) jnp.Array {
			return lax.ForiLoop(0, n, func(i jnp.Array, c jnp.Array) jnp.Array {
				if counted {
					debug.Progress(n, every)
				} else {
					debug.Progress(n, every, i)
				}
				return jnp.Sin(c)
			}, x)
		})
	}
	scan := gojax.Jit(func(x jnp.Array) jnp.Array {
		c, _ := lax.Scan(func(c, i jnp.Array) (jnp.Array, jnp.Array) {
			debug.Progress(7, 3)
			return c.Add(i), c
		}, x, jnp.Arange(7).AsType(jnp.Float32))
		return c
	})
	for name, c := range map[string]struct {
		f    func(jnp.Array) jnp.Array
		want string
	}{
		"index":     {fori(10, 4, false), "[4/10 8/10 10/10]"},
		"counted":   {fori(10, 4, true), "[4/10 8/10 10/10]"},
		"every one": {fori(3, 1, false), "[1/3 2/3 3/3]"},
		"never":     {fori(3, 100, false), "[3/3]"},
		"scan":      {scan, "[3/7 6/7 7/7]"},
		"gradient":  {gojax.Jit(gojax.Grad(scan)), "[3/7 6/7 7/7]"},
		"value mapped": {func(x jnp.Array) jnp.Array {
			return gojax.Vmap(fori(10, 4, false))(jnp.Stack([]jnp.Array{x, x}))
		}, "[4/10 8/10 10/10]"},
	} {
		for range 2 { // a loop that is run again counts anew
			text := printed(t, func() { gojax.BlockUntilReady(c.f(jnp.Ones())) })
			if got := fmt.Sprint(told(t, text)); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	}
}

func TestProgressErrors(t *testing.T) {
	for want, f := range map[string]func(){
		"the second at least 1":    func() { debug.Progress(3, 0) },
		"the first is at least 0":  func() { debug.Progress(-3, 1) },
		"an integer scalar":        func() { debug.Progress(3, 1, jnp.Ones()) },
		"there are 2 numbers":      func() { debug.Progress(3, 1, jnp.Arange(1), jnp.Arange(1)) },
		"debug.Progress(int32[2])": func() { debug.Progress(3, 1, jnp.Arange(2)) },
	} {
		fails.With(t, f, want)
	}
}

func ExampleProgress() {
	var log bytes.Buffer
	defer debug.SetOutput(debug.SetOutput(&log))
	const n = 1000
	f := gojax.Jit(func(x jnp.Array) jnp.Array {
		return lax.ForiLoop(0, n, func(i jnp.Array, c jnp.Array) jnp.Array {
			debug.Progress(n, 400, i)
			return jnp.Cos(c)
		}, x)
	})
	f(jnp.Ones())
	for line := range strings.Lines(log.String()) {
		done, _, _ := strings.Cut(line, ",")
		fmt.Println(done)
	}
	// Output:
	// 400/1000 (40%)
	// 800/1000 (80%)
	// 1000/1000 (100%)
}
