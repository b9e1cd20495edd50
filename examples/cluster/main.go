// Command cluster does two maps on whatever there is: the leave-one-out error of a random forest, a forest for each
// observation that is left out, and means of random numbers, a stream for each task. The loop, goroutines, processes on
// this machine, and the processes that srun starts on many give the same numbers to the last bit: every task draws with
// the key of its number.
//
//	go build -o cluster ./examples/cluster
//	./cluster -on loop                   one after another
//	./cluster -on goroutines             in this process, one a core
//	./cluster                            workers are this program again, one a core
//	srun -n 64 ./cluster                 rank 0 asks, the other ranks are the workers
//	GOJAX_TASKS=nats://user:token@host:4222 ./cluster           by a NATS server that is there
//	GOJAX_TASKS=nats://user:token@host:4222 ./cluster worker    one more worker, on any machine
package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/forest"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tasks"
)

// fold is a task: what a forest of all others predicts for observation I.
type fold struct {
	I, Trees int
	Key      random.KeyArray
	Data     tasks.Ref[forest.Data] // which every worker fetches once
}

var looFit = tasks.Func("looFit", func(ctx context.Context, in fold) (float64, error) {
	d, err := in.Data.Get(ctx)
	if err != nil {
		return 0, err
	}
	x, y := jnp.ToSlice[float64](d.X.Ravel()), jnp.ToSlice[float64](d.Y)
	at := jnp.ToSlice[float64](d.X.Index(in.I))
	word := jnp.ToSlice[uint32](random.FoldIn(in.Key, in.I).Data())
	others := make([]bool, len(y))
	for i := range others {
		others[i] = i != in.I
	}
	out := make([]float64, 1)
	err = forest.Predict(out, x, y, others, at, in.Trees, uint64(word[0])<<32|uint64(word[1]))
	return out[0], err
})

// stream is a task: the mean of N draws from the stream of number I.
type stream struct {
	I, N int
	Key  random.KeyArray
}

// mean has a program for each length, compiled once a process.
var mean = gojax.Jit(func(key random.KeyArray, like jnp.Array) jnp.Array {
	return random.Normal(key, like.Shape()[0]).Mean()
})

var calcMean = tasks.Func("calcMean", func(_ context.Context, in stream) (float64, error) {
	return mean(random.FoldIn(in.Key, in.I), jnp.Zeros(in.N)).Item(), nil
})

type options struct {
	on                     string
	n, p, trees, draws, of int
	dashboard              string
	progress               bool
}

var defaults = options{on: "workers", n: 200, p: 20, trees: 100, draws: 100, of: 100_000}

func run(out io.Writer, o options) (r *show.Report, err error) {
	if o.n < 2 || o.p < 4 || o.trees < 1 || o.draws < 1 || o.of < 1 {
		return nil, fmt.Errorf("want at least 2 observations of 4 covariates, and one tree, stream and draw: %+v", o)
	}
	var pool *tasks.Pool
	where := "a loop"
	switch o.on {
	case "loop":
		pool, err = tasks.Start(tasks.Options{InProcess: true, Workers: 1})
	case "goroutines":
		where = "goroutines"
		pool, err = tasks.Start(tasks.Options{InProcess: true})
	case "workers":
		where = "worker processes"
		pool, err = tasks.Start(tasks.Options{Progress: o.progress}) // a worker does not come back from here
	default:
		return nil, fmt.Errorf("-on %s: want loop, goroutines or workers", o.on)
	}
	if err != nil {
		return nil, err
	}
	defer pool.Close()
	if o.dashboard != "" {
		url, err := pool.Dashboard(o.dashboard)
		if err != nil {
			return nil, err
		}
		fmt.Fprintln(os.Stderr, "the pool's page is", url)
	}
	r = show.New(out)
	r.Say("on %s", where)
	gojax.WithX64(true, func() { // in workers too
		if err = score(r, pool, o); err == nil {
			err = streams(r, pool, o)
		}
	})()
	return r, err
}

// score is ipyparallel's lview.map(looFit, range(n)).
func score(r *show.Report, pool *tasks.Pool, o options) error {
	d := forest.Simulate(random.Key(11), o.n, o.p)
	ref, err := tasks.Put(pool, d)
	if err != nil {
		return err
	}
	folds := make([]fold, o.n)
	for i := range folds {
		folds[i] = fold{I: i, Trees: o.trees, Key: random.Key(12), Data: ref}
	}
	start := time.Now()
	predicted, err := looFit.Map(pool, folds)
	if err != nil {
		return err
	}
	took := time.Since(start)
	y := jnp.ToSlice[float64](d.Y)
	miss := 0.0
	for i := range y {
		miss += (y[i] - predicted[i]) * (y[i] - predicted[i]) / float64(len(y))
	}
	r.Say("leave-one-out error of a random forest of %d trees, %d observations: %.6f", o.trees, o.n, miss)
	r.Say("  %d forests, all bits %016x", o.n, digest(predicted))
	fmt.Fprintf(os.Stderr, "forests: %.2f s\n", took.Seconds())
	r.Keep("forest", miss)
	return nil
}

// streams is a task with a random number generator of its own for each number.
func streams(r *show.Report, pool *tasks.Pool, o options) error {
	ins := make([]stream, o.draws)
	for i := range ins {
		ins[i] = stream{I: i, N: o.of, Key: random.Key(6)}
	}
	start := time.Now()
	means, err := calcMean.Map(pool, ins)
	if err != nil {
		return err
	}
	took := time.Since(start)
	square := 0.0
	for _, m := range means {
		square += m * m / float64(len(means))
	}
	r.Say("means of %d normals, %d streams: root mean square %.6f, expected %.6f", o.of, o.draws, math.Sqrt(square),
		1/math.Sqrt(float64(o.of)))
	r.Say("  %d means, all bits %016x", o.draws, digest(means))
	fmt.Fprintf(os.Stderr, "means: %.2f s\n", took.Seconds())
	r.Keep("streams", math.Sqrt(square))
	return nil
}

// digest depends on every bit.
func digest(xs []float64) uint64 {
	h := fnv.New64a()
	for _, x := range xs {
		fmt.Fprintf(h, "%016x", math.Float64bits(x))
	}
	return h.Sum64()
}

func main() {
	o := defaults
	flag.StringVar(&o.on, "on", o.on, "loop, goroutines, or workers: processes here, or srun's")
	flag.IntVar(&o.n, "n", o.n, "observations, and forests")
	flag.IntVar(&o.p, "p", o.p, "covariates")
	flag.IntVar(&o.trees, "trees", o.trees, "trees of a forest")
	flag.IntVar(&o.draws, "streams", o.draws, "streams of random numbers")
	flag.IntVar(&o.of, "draws", o.of, "numbers of a stream")
	flag.StringVar(&o.dashboard, "dashboard", "", "an address for a page about the pool: 127.0.0.1:0")
	flag.BoolVar(&o.progress, "progress", show.Terminal(os.Stderr), "draw bars")
	flag.Parse()
	if _, err := run(os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}
