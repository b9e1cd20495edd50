package main

import (
	"fmt"
	"math"
	"runtime"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// newNetwork are the parameters of the network of gradRows.
func newNetwork() (p []jnp.Array) {
	for i, x := range network(normal(64))[:2*tanhLayers] {
		p = append(p, x(random.Key(i)).(jnp.Array))
	}
	return gojax.BlockUntilReady(p)
}

// traced is microseconds an equation to make the program of f.
func traced(f any, make func() interface{ NumEqns() int }) (float64, error) {
	n := make().NumEqns()
	if n == 0 {
		return 0, fmt.Errorf("the program of %T is empty", f)
	}
	return perCall(func(calls int) {
		for range calls {
			make()
		}
	}) / float64(n), nil
}

func traceGrad() (float64, error) {
	p, x := newNetwork(), jnp.Ones(64)
	g := gojax.Grad2(networkLoss)
	return traced(g, func() interface{ NumEqns() int } { return gojax.MakeProgram(g)(p, x) })
}

func traceVmapGrad() (float64, error) {
	p, x := newNetwork(), jnp.Ones(32, 64)
	g := gojax.Vmap(gojax.Grad2(networkLoss), gojax.InAxes(nil, 0))
	return traced(g, func() interface{ NumEqns() int } { return gojax.MakeProgram(g)(p, x) })
}

// unjittedGrad is milliseconds for the network's gradient at one example, found again at each call.
func unjittedGrad() (float64, error) {
	g, p, x := gojax.Grad2(networkLoss), newNetwork(), jnp.Ones(64)
	return perCall(func(n int) {
		for range n {
			gojax.BlockUntilReady(g(p, x))
		}
	}) / 1e3, nil
}

// scanCompile is how many times as long a scan of 1e5 steps takes to compile as one of 10, forward and in reverse; the
// disk cache has neither.
func scanCompile() (float64, error) {
	worst := 0.0
	for k, f := range []func(c, xs jnp.Array) jnp.Array{sineScan,
		func(c, xs jnp.Array) jnp.Array { return gojax.Grad2(sineScan)(c, xs) }} {
		compile := func(n, salt int) float64 {
			start := time.Now()
			// The salt makes another program of it, so that nothing has it yet.
			g := gojax.Lower(func(c, xs jnp.Array) jnp.Array {
				return f(c, xs).Mul(float64(time.Now().UnixNano()%1e9) + float64(salt))
			})
			_, err := g(jnp.Zeros(), jnp.Zeros(n)).Compile()
			if err != nil {
				panic(err)
			}
			return time.Since(start).Seconds()
		}
		compile(3, k)
		few, many := math.Inf(1), math.Inf(1)
		for i := range 5 {
			few, many = min(few, compile(10, i)), min(many, compile(100_000, i))
		}
		worst = max(worst, many/few)
	}
	return worst, nil
}

// scanMemory is the megabytes of temporaries of the gradient through a scan.
func scanMemory() (float64, error) {
	c, err := gojax.Lower(gojax.Grad2(residual))(jnp.Zeros(32, 32), jnp.Zeros(10_000, 32)).Compile()
	if err != nil {
		return 0, err
	}
	m, err := c.MemoryAnalysis()
	runtime.KeepAlive(c)
	return float64(m.Temp) / 1e6, err
}
