package main

import (
	"context"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tasks"
)

// draw is what a task of the cluster gets: a stream of its own, and how many numbers to draw from it.
type draw struct {
	Key random.KeyArray
	N   int
}

// largestOfTwo is a task: every process that runs this program knows it by its name, on this machine and on others.
var largestOfTwo = tasks.Func("largest of two", func(_ context.Context, d draw) (float64, error) {
	return meanOfLargest(d), nil
})

// meanOfLargest estimates the mean of the largest of two normals, which is 1/sqrt(pi).
func meanOfLargest(d draw) float64 {
	f := gojax.Jit(func(k random.KeyArray) jnp.Array { return jnp.Max(random.Normal(k, 2, d.N), 0).Mean() })
	return f(d.Key).Item()
}

func cluster(p *page) {
	const n = 20
	inputs := make([]draw, n)
	for i, key := range random.Keys(random.Key(9), n) {
		inputs[i] = draw{key, p.size(1_000_000, 100_000)}
	}
	here := make([]float64, n)
	start := time.Now()
	for i, d := range inputs {
		here[i] = meanOfLargest(d)
	}
	p.row("in this process", time.Since(start))

	start = time.Now()
	pool, err := tasks.Start() // workers are this program again, one a core; under srun they are the other ranks
	if err != nil {
		p.broken = append(p.broken, err)
		return
	}
	defer pool.Close()
	p.row("workers start", time.Since(start))
	start = time.Now()
	there, err := largestOfTwo.Map(pool, inputs) // load-balanced, and in order
	if err != nil {
		p.broken = append(p.broken, err)
		return
	}
	p.row("the same on worker processes, which compile it first", time.Since(start))
	p.endTable()
	total, same := 0.0, true
	for i := range n {
		total += there[i]
		same = same && there[i] == here[i]
	}
	p.say("%d tasks give %.5f, and 1/sqrt(pi) is 0.56419; the same numbers in both places: %v", n, total/n, same)
	p.say("on a cluster it is srun -n 64 ./tutorial -only cluster; examples/cluster has more, and docs/TASKS.md all")
	p.keep("cluster mean", total/n)
	p.keep("cluster same", b2f(same))
}
