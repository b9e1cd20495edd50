package main

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// forest is a random forest for regression (Breiman, 2001) as a kernel: XLA has no trees. Its operands are covariates
// [n, p], responses [n], which of the observations to learn from [n], a key, and covariates [m, p] to predict at; its
// result are the predictions [m]. The settings are those of R's randomForest: a third of the covariates, drawn anew at
// each node, is tried, and nodes of up to five observations are not split.
func forest(trees int) *gojax.Kernel {
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
			g := newGrower(gojax.Elements[float64](in[0]), gojax.Elements[float64](in[1]))
			g.at, g.sum = gojax.Elements[float64](in[4]), gojax.Elements[float64](out[0])
			g.seed = uint64(key[0])<<32 | uint64(key[1])
			var known []int
			for i, use := range gojax.Elements[bool](in[2]) {
				if use {
					known = append(known, i)
				}
			}
			if len(known) == 0 {
				return errors.New("there is no observation to learn from")
			}
			rows, points := make([]int, len(known)), make([]int, len(g.sum))
			for t := range trees {
				draw := rand.New(rand.NewPCG(g.seed, uint64(t)))
				for i := range rows { // a bootstrap sample
					rows[i] = known[draw.IntN(len(known))]
				}
				for i := range points {
					points[i] = i
				}
				g.grow(rows, points, draw.Uint64())
			}
			for i := range g.sum {
				g.sum[i] /= float64(trees)
			}
			return nil
		})
}

const nodeSize = 5

// grower grows trees as far as points to predict at come, and adds the predictions to sum.
type grower struct {
	x, y, at, sum []float64
	p             int
	seed          uint64
	order         [][]int // of each covariate, the observations from the least to the largest
	count         []int   // in the node at hand, how often each observation is there
}

func newGrower(x, y []float64) *grower {
	g := &grower{x: x, y: y, p: len(x) / len(y), count: make([]int, len(y))}
	for j := range g.p {
		o := make([]int, len(y))
		for i := range o {
			o[i] = i
		}
		slices.SortFunc(o, func(a, b int) int { return cmp.Compare(x[a*g.p+j], x[b*g.p+j]) })
		g.order = append(g.order, o)
	}
	return g
}

// grow grows the node that holds these rows and points. Its number seeds what is drawn here, so a prediction does not
// depend on the other points.
func (g *grower) grow(rows, points []int, node uint64) {
	if len(points) == 0 {
		return
	}
	draw := rand.New(rand.NewPCG(g.seed, node))
	covariate, cut, ok := g.split(rows, draw)
	if !ok {
		mean := 0.0
		for _, i := range rows {
			mean += g.y[i] / float64(len(rows))
		}
		for _, i := range points {
			g.sum[i] += mean
		}
		return
	}
	left := func(x []float64, i int) bool { return x[i*g.p+covariate] <= cut }
	r := partition(rows, func(i int) bool { return left(g.x, i) })
	a := partition(points, func(i int) bool { return left(g.at, i) })
	one, other := draw.Uint64(), draw.Uint64()
	g.grow(rows[:r], points[:a], one)
	g.grow(rows[r:], points[a:], other)
}

// split is the best of the splits by a third of the covariates: the one after which the sum of squared deviations from
// the two means is least.
func (g *grower) split(rows []int, draw *rand.Rand) (covariate int, cut float64, ok bool) {
	n := len(rows)
	if n <= nodeSize {
		return 0, 0, false
	}
	total := 0.0
	for _, i := range rows {
		total += g.y[i]
		g.count[i]++
	}
	best := total * total / float64(n) // the larger this sum over nodes, the smaller that of the squared deviations
	for _, j := range draw.Perm(g.p)[:max(1, g.p/3)] {
		sum, k, last := 0.0, 0, 0.0
		for _, i := range g.order[j] {
			if g.count[i] == 0 {
				continue
			}
			x, rest := g.x[i*g.p+j], total-sum
			if v := sum*sum/float64(k) + rest*rest/float64(n-k); k > 0 && x > last && v > best*(1+1e-12) {
				best, covariate, cut, ok = v, j, (last+x)/2, true
			}
			sum, k, last = sum+float64(g.count[i])*g.y[i], k+g.count[i], x
		}
	}
	for _, i := range rows {
		g.count[i] = 0
	}
	return covariate, cut, ok
}

// partition brings those of a that are first to the front, and counts them.
func partition(a []int, first func(i int) bool) int {
	n := 0
	for k, i := range a {
		if first(i) {
			a[k], a[n] = a[n], a[k]
			n++
		}
	}
	return n
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
	d := simulate(random.Key(11), o.n, o.p)
	r.Say("random forest of %d trees, %d observations of %d covariates: %d forests\n", o.trees, o.n, o.p, o.n)
	fold := leaveOutOfForest(forest(o.trees))
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
