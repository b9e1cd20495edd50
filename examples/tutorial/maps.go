package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// standardize takes a vector to mean 0 and standard deviation 1.
func standardize(v jnp.Array) jnp.Array { return v.Sub(v.Mean()).Div(v.Std()) }

func vmapColumns(p *page) {
	n := p.size(10000, 1000)
	x := random.Normal(random.Key(4), n, n).Mul(2).Add(5).BlockUntilReady()
	columns := []gojax.VmapOption{gojax.InAxes(1), gojax.OutAxes(1)}
	mapped := gojax.Vmap(standardize, columns...)
	jitted := gojax.Jit(gojax.Vmap(standardize, columns...))
	z, _, tMapped := again(func() jnp.Array { return mapped(x) })
	w, _, tJitted := again(func() jnp.Array { return jitted(x) })
	// Eagerly, one column after another; a few tell the time of all.
	few := min(n, 50)
	bar := show.Bar(few, "columns one by one")
	start := time.Now()
	for j := range few {
		standardize(x.Index(jnp.All, j)).BlockUntilReady()
		_ = bar.Add(1)
	}
	tLoop := time.Since(start) * time.Duration(n) / time.Duration(few)
	p.row("a loop over the columns (estimated)", tLoop)
	p.row("Vmap", tMapped)
	p.row("Jit(Vmap)", tJitted)
	p.endTable()
	p.say("%d columns of %d; column 1 begins\n%v", n, n, z.Index(jnp.S(nil, 3), 1))
	p.keep("vmap z[0,1]", z.At(0, 1).Get().Item())
	p.keep("vmap largest column mean", jnp.Abs(jnp.Mean(w, 0)).Max().Item())
	p.keep("vmap largest column std error", jnp.Abs(jnp.Std(w, 0).Sub(1)).Max().Item())
}

// correlation is Pearson's, of two vectors.
func correlation(x, y jnp.Array) jnp.Array {
	x, y = x.Sub(x.Mean()), y.Sub(y.Mean())
	return x.Mul(y).Sum().Div(jnp.Sqrt(x.Mul(x).Sum().Mul(y.Mul(y).Sum())))
}

func vmapTwo(p *page) {
	n := p.size(5000, 1000)
	kx, ky := random.Pair(random.Key(5))
	x := random.Normal(kx, n, 200)
	y := x.Mul(0.6).Add(random.Normal(ky, n, 200).Mul(0.8)).BlockUntilReady()
	mapped := gojax.Vmap(correlation, gojax.InAxes(1, 1))
	jitted := gojax.Jit(gojax.Vmap(correlation, gojax.InAxes(1, 1)))
	r, _, tMapped := again(func() jnp.Array { return mapped(x, y) })
	s, _, tJitted := again(func() jnp.Array { return jitted(x, y) })
	start := time.Now()
	for j := range 200 {
		correlation(x.Index(jnp.All, j), y.Index(jnp.All, j)).BlockUntilReady()
	}
	p.row("eager, column by column", time.Since(start))
	p.row("Vmap(f, InAxes(1, 1))", tMapped)
	p.row("Jit(Vmap(f, InAxes(1, 1)))", tJitted)
	p.endTable()
	p.say("correlations of 200 pairs of columns: mean %.4f (0.6 was put in)", r.Mean().Item())
	p.keep("vmap2 mean", s.Mean().Item())
	p.keep("vmap2 first", s.Index(0).Item())
	p.keep("vmap2 last", s.Index(-1).Item())
}

// forEach calls f(0..n-1) on the given number of goroutines, each taking the next task when it is done with one.
func forEach(workers, n int, f func(i int)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

func streams(p *page) {
	const tasks = 40
	n := p.size(1_000_000, 100_000)
	keys := random.Split(random.Key(6), tasks)
	estimate := gojax.Jit(func(k random.KeyArray) jnp.Array { // the mean of the largest of two normals: 1/sqrt(pi)
		x := random.Normal(k, 2, n)
		return jnp.Max(x, 0).Mean()
	})
	run := func(workers int) []float64 {
		means := make([]float64, tasks)
		forEach(workers, tasks, func(i int) { means[i] = estimate(keys.Index(i)).Item() })
		return means
	}
	run(1) // compiled now
	p.row("goroutines", "time", "estimate of 1/sqrt(pi) = 0.56419")
	var first []float64
	same := true
	for _, workers := range []int{1, 2, 4, 8} {
		start := time.Now()
		means := run(workers)
		took := time.Since(start)
		total := 0.0
		for _, m := range means {
			total += m
		}
		p.row(workers, took, total/tasks)
		if first == nil {
			first = means
			p.keep("streams mean", total/tasks)
			p.keep("streams task 7", means[7])
		}
		for i := range means {
			same = same && means[i] == first[i]
		}
	}
	p.endTable()
	p.say("each task has a key of its own, split from one: the numbers are the same at any number of goroutines: %v",
		same)
	p.keep("streams same", b2f(same))
}

func parallelMap(p *page) {
	const tasks = 64
	steps := p.size(4000, 1000)
	// Task i takes work that grows with i: the fair share of tasks is not a fair share of work.
	f := gojax.Jit(func(x, n jnp.Array) jnp.Array { return powerIteration(x, n) })
	work := func(i int) jnp.Array { return jnp.AsArray(int32(steps * i / tasks)) }
	x := random.Normal(random.Key(7), 64, 64).Div(8)
	f(x, work(0)).BlockUntilReady() // compiled now
	results := make([]float64, tasks)
	start := time.Now()
	for i := range tasks {
		results[i] = f(x, work(i)).Item()
	}
	serial := time.Since(start)

	workers := runtime.NumCPU()
	bar := show.Bar(tasks, "parallel map")
	start = time.Now()
	same := atomic.Bool{}
	same.Store(true)
	forEach(workers, tasks, func(i int) {
		if f(x, work(i)).Item() != results[i] {
			same.Store(false)
		}
		_ = bar.Add(1)
	})
	goroutines := time.Since(start)

	// The cores share the batches of a Map, here of one task, each taking the next one when it is done.
	all := jnp.FloorDivide(jnp.Arange(tasks).Mul(steps), tasks)
	mapped := gojax.Jit(func(n jnp.Array) jnp.Array {
		return lax.Map(func(n jnp.Array) jnp.Array { return powerIteration(x, n) }, n, lax.MapOptions{BatchSize: 1})
	})
	last, _, parallel := again(func() jnp.Array { return mapped(all) })
	for i, v := range jnp.ToSlice[float32](last) {
		if float64(v) != results[i] {
			same.Store(false)
		}
	}
	p.row("one after another", serial)
	p.row("goroutines, on one device", goroutines)
	p.row("lax.Map, the cores each taking the next task", parallel)
	p.endTable()
	p.say("%d cores, %d tasks of unequal length, %.2f times as fast; the same results: %v", workers, tasks,
		float64(serial)/float64(parallel), same.Load())
	p.keep("parmap last", results[tasks-1])
	p.keep("parmap same", b2f(same.Load()))
}
