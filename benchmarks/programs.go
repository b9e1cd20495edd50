package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
)

// chain is a program of about n elementwise equations.
func chain(n int) func(x jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array {
		y := x
		for range n / 3 {
			y = jnp.Sin(y).Mul(x).Add(y)
		}
		return y
	}
}

// traceAndLower is microseconds an equation, from the Go function to StableHLO text.
func traceAndLower() (float64, error) {
	const n = 1500
	x := small()
	eqns := gojax.MakeProgram(chain(n))(x).NumEqns()
	return perCall(func(calls int) {
		for range calls {
			if len(gojax.Lower(chain(n))(x).Text()) == 0 {
				panic("no text")
			}
		}
	}) / float64(eqns), nil
}

// cached is how many times as fast a program comes from the disk cache as from the compiler.
func cached() (float64, error) {
	return fromEmpty(compileOverLoad)
}

// fromEmpty is f with an empty cache folder. The plugin is there already.
func fromEmpty[T any](f func() (T, error)) (none T, err error) {
	dir, err := os.MkdirTemp("", "gojax-benchmark")
	if err != nil {
		return none, err
	}
	defer os.RemoveAll(dir)
	if _, err := gojax.DefaultDevice().Client().Plugin().Hash(); err != nil {
		return none, err
	}
	old, set := os.LookupEnv("GOJAX_CACHE_DIR")
	defer func() {
		os.Unsetenv("GOJAX_CACHE_DIR")
		if set {
			os.Setenv("GOJAX_CACHE_DIR", old)
		}
	}()
	os.Setenv("GOJAX_CACHE_DIR", dir)
	return f()
}

func compileOverLoad() (float64, error) {
	client := gojax.DefaultDevice().Client()
	text := []byte(gojax.Lower(chain(60))(small()).Text())
	get := func(want pjrt.Source) (time.Duration, error) {
		start := time.Now()
		_, how, err := client.CompileCached(func() []byte { return text }, func() []byte { return text },
			pjrt.CompileOptions{})
		if err == nil && how != want {
			err = fmt.Errorf("the program came by %v, want %v", how, want)
		}
		return time.Since(start), err
	}
	compiled, err := get(pjrt.Compiled)
	if err != nil {
		return 0, err
	}
	loaded := time.Hour
	for range 5 {
		d, err := get(pjrt.CacheHit)
		if err != nil {
			return 0, err
		}
		loaded = min(loaded, d)
	}
	return compiled.Seconds() / loaded.Seconds(), nil
}

// recompilations is how many programs un-jitted Vmap compiles over a closure whose Go float changes at every call.
func recompilations() (float64, error) {
	x := jnp.Ones(4, 8)
	call := func(rate float64) float64 {
		return gojax.Vmap(func(v jnp.Array) jnp.Array { return v.Mul(rate).Sum() })(x).Index(0).Item()
	}
	call(0.5)
	before := gojax.Compilations()
	for i := range 100 {
		rate := 1 + float64(i)/8
		if got := call(rate); got != 8*rate {
			return 0, fmt.Errorf("with %v it gives %v", rate, got)
		}
	}
	return float64(gojax.Compilations() - before), nil
}

// firstResult is the seconds from the start of a small program to its end, having printed a result, caches warm.
func firstResult() (float64, error) {
	if _, err := spawn("first"); err != nil { // warms the cache
		return 0, err
	}
	var failed error
	s := median(7, func() float64 {
		start := time.Now()
		out, err := spawn("first")
		if err == nil && len(out.stdout) == 0 {
			err = errors.New("nothing was printed")
		}
		failed = errors.Join(failed, err)
		return time.Since(start).Seconds()
	})
	return s, failed
}

// resident is the largest resident memory, in GB, of a program that drops a 100 MB result a thousand times.
func resident() (float64, error) {
	out, err := spawn("memory")
	return float64(out.maxRSS) / 1e9, err
}
