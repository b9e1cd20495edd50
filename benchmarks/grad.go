package main

import (
	"fmt"
	"math"
	"runtime"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// tanhLayers is the number of layers of the network that is differentiated.
const tanhLayers = 20

// network is its parameters: a matrix and a vector for each layer.
type network struct{ W, B [tanhLayers]jnp.Array }

func newNetwork() network {
	var p network
	for i := range tanhLayers {
		p.W[i] = random.Normal(random.FoldIn(random.Key(5), i), 64, 64).Div(8)
		p.B[i] = jnp.Zeros(64)
	}
	return p
}

// networkLoss is a scalar of the network's output for one example.
func networkLoss(p network, x jnp.Array) jnp.Array {
	for i := range tanhLayers {
		x = jnp.Tanh(x.MatMul(p.W[i]).Add(p.B[i]))
	}
	return x.Mul(x).Sum()
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

// gradCall is milliseconds for the network's gradient at one example, by g.
func gradCall(g func(network, jnp.Array) network, after func(network)) (float64, error) {
	p, x := newNetwork(), jnp.Ones(64)
	gojax.BlockUntilReady(p)
	return perCall(func(n int) {
		for range n {
			after(gojax.BlockUntilReady(g(p, x)))
		}
	}) / 1e3, nil
}

// drop leaves a result to the collector; discard deletes it, as JAX's reference counts do.
func drop(network) {}

func discard(p network) {
	for i := range tanhLayers {
		p.W[i].Delete()
		p.B[i].Delete()
	}
}

// gradStep is a step of gradient descent over 32 examples.
func gradStep() (float64, error) {
	step := gojax.Jit(func(p network, x jnp.Array) network {
		g := gojax.Grad2(func(p network, x jnp.Array) jnp.Array {
			return gojax.Vmap(networkLoss, gojax.InAxes(nil, 0))(p, x).Mean()
		})(p, x)
		for i := range tanhLayers {
			p.W[i], p.B[i] = p.W[i].Sub(g.W[i].Mul(0.01)), p.B[i].Sub(g.B[i].Mul(0.01))
		}
		return p
	})
	p, x := newNetwork(), random.Normal(random.Key(6), 32, 64).BlockUntilReady()
	return perCall(func(n int) {
		for range n {
			p = step(p, x)
		}
		gojax.BlockUntilReady(p)
	}) / 1e3, nil
}

// steps is a scan of as many scalar steps as xs is long.
func steps(c, xs jnp.Array) jnp.Array {
	last, _ := lax.Scan(func(c, x jnp.Array) (jnp.Array, struct{}) { return c.Mul(0.99).Add(jnp.Sin(x)), struct{}{} },
		c, xs)
	return last
}

const manySteps = 100_000

func scanTime() (float64, error) {
	f, c, xs := gojax.Jit(steps), jnp.Zeros(), jnp.LinSpace(0, 1, manySteps).BlockUntilReady()
	return perCall(func(n int) {
		for range n {
			f(c, xs).BlockUntilReady()
		}
	}) / 1e3, nil
}

// residual is what a scan is differentiated through: every step saves what the way back needs of it.
func residual(w, xs jnp.Array) jnp.Array {
	last, _ := lax.Scan(func(c, x jnp.Array) (jnp.Array, struct{}) {
		return jnp.Tanh(c.MatMul(w).Add(x)), struct{}{}
	}, jnp.Zeros(32), xs)
	return last.Sum()
}

func scanGradTime() (float64, error) {
	g := gojax.Jit(gojax.Grad2(residual))
	w, xs := random.Normal(random.Key(7), 32, 32).Div(6), jnp.Ones(1000, 32)
	return perCall(func(n int) {
		for range n {
			g(w, xs).BlockUntilReady()
		}
	}) / 1e3, nil
}

// scanCompile is how many times as long a scan of 1e5 steps takes to compile as one of 10, forward and in reverse; the
// disk cache has neither.
func scanCompile() (float64, error) {
	worst := 0.0
	for k, f := range []func(c, xs jnp.Array) jnp.Array{steps,
		func(c, xs jnp.Array) jnp.Array { return gojax.Grad2(steps)(c, xs) }} {
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
			few, many = min(few, compile(10, i)), min(many, compile(manySteps, i))
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

// gradRows are the figures of transformations.
func gradRows() []row {
	return []row{
		{name: "trace Grad of a 20-layer tanh network, an equation", unit: "µs", goal: 6, jax: "trace grad",
			run: traceGrad},
		{name: "trace Vmap(Grad) of it, an equation", unit: "µs", goal: 12, jax: "trace vmap grad", run: traceVmapGrad},
		{name: "un-jitted Grad of it, again", unit: "ms", goal: 1.5, jax: "grad",
			run: func() (float64, error) { return gradCall(gojax.Grad2(networkLoss), drop) }},
		{name: "jitted Grad of it, result deleted", unit: "ms", over: 1.1, jax: "jit grad",
			run: func() (float64, error) {
				return gradCall(gojax.Jit(gojax.Grad2(networkLoss)), discard)
			}},
		{name: "jitted Grad of it, left to the collector", unit: "ms", over: 1.1, jax: "jit grad",
			run: func() (float64, error) {
				return gradCall(gojax.Jit(gojax.Grad2(networkLoss)), drop)
			}},
		{name: "jitted gradient step of it, 32 examples", unit: "ms", over: 1.1, jax: "grad step", run: gradStep},
		{name: "Scan of 1e5 scalar steps", unit: "ms", over: 1.1, jax: "scan", run: scanTime},
		{name: "gradient through a Scan of 1000 steps of 32", unit: "ms", jax: "scan grad", run: scanGradTime},
		{name: "compile of a Scan: 1e5 steps over 10", unit: "times", goal: 1.3, run: scanCompile},
		{name: "memory of the gradient through a Scan of 1e4 steps of 32", unit: "MB", over: 1, jax: "scan memory",
			run: scanMemory},
	}
}
