package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// figureRows are figures that are no work on arrays: what calls, traces, compilations and processes cost.
func figureRows() []row {
	var all []row
	for _, d := range dispatchRows {
		all = append(all, row{name: d.name, unit: "µs", goal: d.goal, key: d.jax,
			figure:  func() (float64, error) { return perCall(d.setup()), nil },
			inQuick: d.name == "dispatch: a jitted call, result deleted"})
	}
	all = append(append(all,
		row{name: "trace and lower, an equation", unit: "µs", goal: 3, key: "trace an equation", figure: traceAndLower},
		row{name: "trace Grad of a 20-layer tanh network, an equation", unit: "µs", goal: 6, key: "trace grad",
			figure: traceGrad},
		row{name: "trace Vmap(Grad) of it, an equation", unit: "µs", goal: 12, key: "trace vmap grad",
			figure: traceVmapGrad},
		row{name: "un-jitted Grad of it, again", unit: "ms", goal: 1.5, key: "un-jitted grad", figure: unjittedGrad},
		row{name: "un-jitted Vmap, a Go float changing 100 times: compilations", goal: 0.5, figure: recompilations},
	), compileRows()...)
	return group("figures", append(all,
		row{name: "compile of a Scan: 1e5 steps over 10", unit: "times", goal: 1.3, figure: scanCompile},
		row{name: "disk cache: compile over load", unit: "times", goal: 10, atMin: true, figure: cached},
		row{name: "start of a small program to its result, caches warm", unit: "s", goal: 0.15, key: "first result",
			figure: firstResult},
		row{name: "exp(x) + 3 sin(x), 25e6: jitted over hand-written StableHLO", unit: "times", goal: 1.05,
			figure: fusedRatio},
		row{name: "jit(vmap(standardize)), 5000x5000 columns: over hand-written StableHLO", unit: "times", goal: 1.05,
			figure: standardizeRatio},
		row{name: "un-jitted Vmap(standardize) again: over jitted", unit: "times", goal: 1.3, figure: unjittedRatio},
		row{name: "memory of the gradient through a Scan of 1e4 steps of 32", unit: "MB", over: 1, key: "scan memory",
			figure: scanMemory},
		row{name: "all-reduce of 16 float32 between 2 processes", unit: "µs", goal: 5, figure: allReduce},
		row{name: "1000 dropped results of 100 MB: resident memory", unit: "GB", goal: 3, figure: resident},
		row{name: "a loop that drops results of 100 MB: over one that deletes them", unit: "times", goal: 1.3,
			figure: droppedRatio},
		row{name: "8 goroutines, 10 000 jitted calls each: wrong results", goal: 0.5, figure: goroutines},
	)...)
}

// compileRows are the times that factorisations take to compile, from an empty cache.
func compileRows() []row {
	var all []row
	for _, c := range []struct {
		name string
		f    func(x jnp.Array) []jnp.Array
		n    int
	}{
		{"Cholesky", func(x jnp.Array) []jnp.Array { return []jnp.Array{linalg.Cholesky(x)} }, 2000},
		{"qr", func(x jnp.Array) []jnp.Array { return pair(linalg.QR(x)) }, 500},
		{"svd", func(x jnp.Array) []jnp.Array { return triple(linalg.SVD(x)) }, 300},
	} {
		all = append(all, row{name: fmt.Sprintf("compile of %s, float32, n = %d", c.name, c.n), unit: "ms", goal: 50,
			figure: func() (float64, error) { return compile(gojax.Lower(c.f)(jnp.Zeros(c.n, c.n)).Text()) }})
	}
	return all
}

// compile is how many milliseconds a program takes to compile that no cache has.
func compile(text string) (float64, error) {
	client := gojax.DefaultDevice().Client()
	least := time.Hour
	for range 5 {
		d, err := fromEmpty(func() (time.Duration, error) {
			start := time.Now()
			module := func() []byte { return []byte(text) }
			_, how, err := client.CompileCached(module, module, pjrt.CompileOptions{})
			if err == nil && how != pjrt.Compiled {
				err = errors.New("the program was not compiled")
			}
			return time.Since(start), err
		})
		if err != nil {
			return 0, err
		}
		least = min(least, d)
	}
	return least.Seconds() * 1e3, nil
}
