package main

import (
	"errors"
	"runtime"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/forest"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// randomForest is a random forest as a kernel: XLA has no trees. Its operands are covariates [n, p], responses [n],
// which of the observations to learn from [n], a key, and covariates [m, p] to predict at; its result are the
// predictions [m].
func randomForest(trees int) *gojax.Kernel {
	return gojax.NewKernel("random_forest",
		func(in []gojax.Aval) ([]gojax.Aval, error) {
			if len(in) != 5 || in[0].Rank() != 2 || in[4].Rank() != 2 || in[0].Shape[1] != in[4].Shape[1] ||
				in[1].Size() != in[0].Shape[0] || in[2].Size() != in[0].Shape[0] || in[3].Size() != 2 {
				return nil, errors.New("want x [n, p], y [n], which [n], a key, and x [m, p]")
			}
			return []gojax.Aval{in[1].With(in[4].Shape[:1])}, nil
		},
		func(in, out []gojax.HostArray) error {
			key := gojax.Elements[uint32](in[3])
			return forest.Predict(gojax.Elements[float64](out[0]), gojax.Elements[float64](in[0]),
				gojax.Elements[float64](in[1]), gojax.Elements[bool](in[2]), gojax.Elements[float64](in[4]), trees,
				uint64(key[0])<<32|uint64(key[1]))
		})
}

// leaveOutOfForest is the squared error of predicting observation i by a forest of all the others.
func leaveOutOfForest(f *gojax.Kernel) func(i jnp.Array, key random.KeyArray, d data) jnp.Array {
	return func(i jnp.Array, key random.KeyArray, d data) jnp.Array {
		others := jnp.Arange(d.Y.Shape()[0]).Ne(i)
		at := f.Call(d.X, d.Y, others, key.Data(), jnp.ExpandDims(d.X.Index(i), 0))[0]
		miss := d.Y.Index(i).Sub(at.Index(0))
		return miss.Mul(miss)
	}
}

// grow scores a forest: by one program, whose folds are handed to goroutines as these become free, and by a loop.
func grow(r *show.Report, o options) {
	keys := random.Split(random.Key(12), o.n)
	d := forest.Simulate(random.Key(11), o.n, o.p)
	r.Say("random forest of %d trees, %d observations of %d covariates: %d forests\n", o.trees, o.n, o.p, o.n)
	fold := leaveOutOfForest(randomForest(o.trees))
	all := gojax.Jit(gojax.Vmap(fold, gojax.InAxes(0, 0, nil)))
	numbers := jnp.Arange(o.n)
	gojax.Lower(all)(numbers, keys, d) // traced now
	errs, tAll := timed(func() jnp.Array { return all(numbers, keys, d) })

	one := gojax.Jit(fold)
	bar := show.Bar(o.n, "folds one after the other")
	same := true
	byProgram := jnp.ToSlice[float64](errs)
	start := time.Now()
	for i := range o.n {
		same = same && one(numbers.Index(i), keys.Index(i), d).Item() == byProgram[i]
		_ = bar.Add(1)
	}
	tLoop := time.Since(start)
	_ = bar.Finish()
	r.Say("one program, folds on up to %d goroutines: %.2f s; one fold after the other: %.2f s", runtime.NumCPU(),
		tAll.Seconds(), tLoop.Seconds())

	score := errs.Mean().Item()
	// Without i the mean of the others is off by n/(n-1) of what the mean of all is.
	byMean := d.Y.Var().Item() * float64(o.n*o.n) / float64((o.n-1)*(o.n-1))
	r.Say("mean squared error of the forest %.4f, of the mean of the others %.4f", score, byMean)
	r.Check(same, "every fold is the same to the last bit, on whatever goroutine")
	r.Check(score < byMean, "the forest predicts better than the mean: %.3f of its error", score/byMean)
	r.Keep("forest", score)
	r.Keep("mean", byMean)
}
