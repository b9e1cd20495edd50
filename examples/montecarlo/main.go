// Command montecarlo runs three simulations of many independent tasks: a bootstrap, a permutation test and a Monte
// Carlo integral. Task i draws from the key FoldIn(key, i) and from nothing else, so that goroutines which take task
// after task, and one program made by Vmap of all tasks, get the same results, bit for bit, whatever the number of
// goroutines. It prints confidence intervals, draws the results as histograms, in a terminal and as .svg and .png
// files, and checks itself: the standard error of the bootstrap, the exact p value and the volume are known.
//
//	go run ./examples/montecarlo
//	go run ./examples/montecarlo -tasks 20000 -workers 8 -plots .
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

type options struct {
	tasks, workers int
	plots          string // the folder of the pictures; "": none
}

var defaults = options{tasks: 2000, workers: runtime.NumCPU(),
	plots: filepath.Join(os.TempDir(), "gojax-montecarlo")}

func run(out io.Writer, o options) (*show.Report, error) {
	if o.tasks < 100 || o.workers < 1 {
		return nil, fmt.Errorf("-tasks %d -workers %d: want at least 100 tasks and a worker", o.tasks, o.workers)
	}
	r := show.New(out)
	var pictures []picture
	err := gojax.Try(gojax.WithX64(true, func() {
		key := random.Key(2024)
		for i, study := range []func(*show.Report, options, random.KeyArray) picture{bootstrap, permute, integrate} {
			pictures = append(pictures, study(r, o, random.FoldIn(key, i)))
		}
	}))
	if err != nil {
		return nil, err
	}
	if o.plots != "" {
		if err := save(pictures, o.plots); err != nil {
			return nil, fmt.Errorf("the histograms: %w", err)
		}
		r.Say("\nthe histograms are in %s", o.plots)
	}
	return r, r.Err()
}

// every computes a task for each of the keys FoldIn(key, 0), FoldIn(key, 1), ..., over goroutines and as one vmapped
// program, and checks that the results are the same numbers.
func every(r *show.Report, o options, what string, key random.KeyArray,
	task func(random.KeyArray) jnp.Array) jnp.Array {
	mapped := gojax.Jit(gojax.Vmap(func(i jnp.Array) jnp.Array { return task(random.FoldIn(key, i)) }))
	numbers := jnp.Arange(o.tasks)
	mapped(numbers).BlockUntilReady() // compiled now
	start := time.Now()
	results := mapped(numbers).BlockUntilReady()
	byVmap := time.Since(start)

	one := gojax.Jit(task)
	one(key).BlockUntilReady()
	start = time.Now()
	byWorkers := pool(o, what, func(i int) float64 { return one(random.FoldIn(key, i)).Item() })
	took := time.Since(start)
	r.Say("%d tasks: %.0f ms over %d goroutines, %.0f ms as one vmapped program", o.tasks, took.Seconds()*1e3,
		o.workers, byVmap.Seconds()*1e3)
	r.Check(slices.Equal(byWorkers, jnp.ToSlice[float64](results)), "both have the same results to the last bit")
	return results
}

// pool computes the tasks by goroutines that each take the next one when done with one.
func pool(o options, what string, task func(i int) float64) []float64 {
	results := make([]float64, o.tasks)
	bar := show.Bar(o.tasks, what)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range o.workers {
		wg.Go(gojax.WithX64(true, func() { // which holds for a goroutine
			for i := int(next.Add(1)) - 1; i < o.tasks; i = int(next.Add(1)) - 1 {
				results[i] = task(i)
				_ = bar.Add(1)
			}
		}))
	}
	wg.Wait()
	_ = bar.Finish()
	return results
}

// bootstrap estimates how far the mean of a skewed sample may be off, from samples of the sample.
func bootstrap(r *show.Report, o options, key random.KeyArray) picture {
	r.Say("bootstrap: the mean of %d numbers of trials, of which one in %.0f succeeds", sampleSize, trueMean)
	keys := random.Keys(key, 3)
	sample := trials(keys[0])
	means := every(r, o, "bootstrap", keys[1], func(k random.KeyArray) jnp.Array { return resampled(k, sample) })

	mean, se := sample.Mean().Item(), means.Std().Item()
	lo, hi := bounds(percentile(means))
	r.Say("the mean is %.3f, its standard error %.3f, and the 95%% interval %.3f to %.3f", mean, se, lo, hi)
	r.Keep("standard error", se)
	r.Keep("lower end", lo)
	r.Keep("upper end", hi)
	// The resampled mean has the sample's own variance, with divisor n, over n.
	known := sample.Std().Item() / math.Sqrt(sampleSize)
	r.AtMost(math.Abs(se/known-1), 4/math.Sqrt(2*float64(o.tasks)),
		"standard error over the known one, distance from 1")

	// Whether such intervals hold the true mean is itself simulated: tasks within tasks, mapped twice.
	held := gojax.Jit(gojax.Vmap(holdsTrueMean))(random.Split(keys[2], samples))
	covered := held.AsType(jnp.Float64).Mean().Item()
	r.Say("of %d samples %.1f%% have an interval that holds the true mean", samples, 100*covered)
	r.Keep("covered", covered)
	// Intervals of so few numbers of so skewed a distribution are too short by a little.
	r.AtMost(math.Abs(covered-0.95), 0.02+4*math.Sqrt(0.05*0.95/samples), "coverage, distance from 95%")
	return picture{name: "bootstrap", title: "Bootstrapped means of a sample", axis: "mean", step: 1.0 / sampleSize,
		values: jnp.ToSlice[float64](means), marks: []float64{lo, mean, hi}}.draw(r)
}

// permute tests whether mice live longer with a treatment than without: if it does nothing, the labels are as good in
// any other order.
func permute(r *show.Report, o options, key random.KeyArray) picture {
	r.Say("\npermutation test: days that %d treated mice survived, and %d others", len(treated), len(control))
	sums := every(r, o, "permutation test", key, shuffledSum)
	seen := 0.0
	for _, v := range treated {
		seen += v
	}
	n := float64(o.tasks)
	p := (sums.Ge(seen).Sum().Item() + 1) / (n + 1) // the order that was seen is one of them, so that p is not 0
	exact := exactP(seen)
	half := 1.96 * math.Sqrt(p*(1-p)/n)
	r.Say("p = %.4f, with the 95%% interval %.4f to %.4f; by all %d choices of the treated it is %.4f", p, p-half,
		p+half, choices(len(treated)+len(control), len(treated)), exact)
	r.Keep("p", p)
	r.AtMost(math.Abs(p-exact)/math.Sqrt(exact*(1-exact)/n), 4, "the p value from the exact one, in standard errors")
	return picture{name: "permutation", title: "Days of the treated, labels shuffled", axis: "sum of days", step: 1,
		values: jnp.ToSlice[float64](sums), marks: []float64{seen}}.draw(r)
}

// integrate is the volume of the ball by the share of a cube's points that are within it.
func integrate(r *show.Report, o options, key random.KeyArray) picture {
	r.Say("\nintegral: the volume of the ball of %d dimensions, by %d points a task", dims, points)
	volumes := every(r, o, "integral", key, volume)
	mean, each := volumes.Mean().Item(), volumes.Std().Item()
	se := each / math.Sqrt(float64(o.tasks))
	r.Say("the volume is %.4f, with the 95%% interval %.4f to %.4f; it is known to be %.4f", mean, mean-1.96*se,
		mean+1.96*se, ballVolume)
	r.Keep("volume", mean)
	r.AtMost(math.Abs(mean-ballVolume)/se, 4, "the volume from the known one, in standard errors")
	// The tasks' hits are binomial: each task has an interval of its own, and of these 95% hold the volume.
	share := volumes.Div(cube)
	own := jnp.Sqrt(share.Mul(jnp.Sub(1, share)).Div(points)).Mul(1.96 * cube)
	held := jnp.Abs(volumes.Sub(ballVolume)).Le(own).AsType(jnp.Float64).Mean().Item()
	r.Say("%.1f%% of the tasks' own intervals hold it", 100*held)
	r.Keep("tasks that hold it", held)
	r.AtMost(math.Abs(held-0.95), 0.01+4*math.Sqrt(0.05*0.95/float64(o.tasks)), "coverage, distance from 95%")
	return picture{name: "integral", title: "The ball's volume by each task", axis: "volume", step: cube / points,
		values: jnp.ToSlice[float64](volumes), marks: []float64{ballVolume}}.draw(r)
}

func bounds(interval jnp.Array) (lo, hi float64) {
	return interval.Index(0).Item(), interval.Index(1).Item()
}

func main() {
	o := defaults
	flag.IntVar(&o.tasks, "tasks", o.tasks, "tasks of each simulation")
	flag.IntVar(&o.workers, "workers", o.workers, "goroutines that work on them")
	flag.StringVar(&o.plots, "plots", o.plots, "the folder for the histograms; empty for none")
	show.Main("montecarlo", func() error {
		_, err := run(os.Stdout, o)
		return err
	})
}
