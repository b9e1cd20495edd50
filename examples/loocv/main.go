// Command loocv chooses the penalty of a ridge regression by leave-one-out cross-validation. Every fold of every
// penalty is fitted in one program, made by Vmap from the function that fits one; a loop over goroutines calls the
// jitted function of one fold instead, and takes longer. Since the whole score is a differentiable function of the
// penalty, Newton's method then finds the best one with Grad and Hessian. It checks itself by the closed form that
// ridge regression happens to have.
//
// With -model forest it scores a random forest in the same way: no operation of XLA's grows trees, so a kernel does,
// a Go function on slices, which Vmap calls for all folds on as many goroutines as there are processors.
//
//	go run ./examples/loocv
//	go run ./examples/loocv -n 500 -p 40
//	go run ./examples/loocv -model forest -trees 100
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/forest"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

type options struct {
	n, p, trees int
	model       string
}

var defaults = options{n: 200, p: 20, trees: 100, model: "ridge"}

// models are what there is to score.
var models = map[string]func(r *show.Report, o options){"ridge": choose, "forest": grow}

// penalties is the size of the grid that is tried.
const penalties = 25

func run(out io.Writer, o options) (*show.Report, error) {
	if o.p < 4 || o.n <= o.p {
		return nil,
			fmt.Errorf("-n %d -p %d: want at least 4 covariates, and more observations than covariates", o.n, o.p)
	}
	score := models[o.model]
	if score == nil || o.trees < 1 {
		return nil, fmt.Errorf("-model %s -trees %d: want ridge or forest, and at least one tree", o.model, o.trees)
	}
	r := show.New(out)
	if err := gojax.Try(gojax.WithX64(true, func() { score(r, o) })); err != nil {
		return nil, err
	}
	return r, r.Err()
}

func choose(r *show.Report, o options) {
	d := forest.Simulate(random.Key(11), o.n, o.p)
	grid := jnp.GeomSpace(0.1, 1000, penalties)
	r.Say("ridge regression, %d observations of %d covariates: %d fits for each of %d penalties\n", o.n, o.p, o.n,
		penalties)

	// score maps the fold over its number and averages; curve maps the score over the penalties.
	score := func(d data, lambda jnp.Array) jnp.Array {
		return gojax.Vmap(leaveOut, gojax.InAxes(0, nil, nil))(jnp.Arange(o.n), d, lambda).Mean()
	}
	curve := gojax.Jit(gojax.Vmap(score, gojax.InAxes(nil, 0)))
	byVmap, first := timed(func() jnp.Array { return curve(d, grid) })
	tVmap := time.Hour
	for range 3 {
		_, t := timed(func() jnp.Array { return curve(d, grid) })
		tVmap = min(tVmap, t)
	}
	byLoop, tLoop := loop(d, grid, o.n)

	t := tabwriter.NewWriter(r.Out, 0, 8, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "one vmapped program\t%.1f ms\t\n", tVmap.Seconds()*1e3)
	fmt.Fprintf(t, "the same, first call (compiles)\t%.1f ms\t\n", first.Seconds()*1e3)
	fmt.Fprintf(t, "a loop over %d goroutines\t%.1f ms\t\n", runtime.NumCPU(), tLoop.Seconds()*1e3)
	_ = t.Flush() // a report that cannot be written has no reader either
	r.Say("the vmapped program is %.1f times as fast as the loop\n", tLoop.Seconds()/tVmap.Seconds())

	scores := jnp.ToSlice[float64](byVmap)
	known := gojax.Vmap(shortcut, gojax.InAxes(nil, 0))(d, grid)
	apart := 0.0
	for i, v := range byLoop {
		apart = math.Max(apart, math.Abs(v-scores[i]))
	}
	r.AtMost(apart, 1e-11, "largest difference between the loop and the vmapped program")
	r.AtMost(jnp.Abs(byVmap.Sub(known)).Max().Item(), 1e-10, "largest difference from the closed form")

	best := int(byVmap.ArgMin().Item())
	start := grid.Index(best).Item()
	newton(r, d, score, start, scores[best])
	for _, i := range []int{0, penalties / 2, penalties - 1} {
		r.Keep(fmt.Sprintf("score %d", i), scores[i])
	}
	r.Keep("best of the grid", start)
}

// newton minimises the score over the logarithm of the penalty, from the best of the grid.
func newton(r *show.Report, d data, score func(data, jnp.Array) jnp.Array, start, atStart float64) {
	of := func(logLambda jnp.Array) jnp.Array { return score(d, jnp.Exp(logLambda)) }
	value, slope, curvature := gojax.Jit(of), gojax.Jit(gojax.Grad(of)), gojax.Jit(gojax.Hessian(of))
	at := jnp.AsArray(math.Log(start))
	bar := show.Bar(8, "Newton's method")
	steps := 0
	for range 8 {
		steps++
		move := slope(at).Div(curvature(at))
		at = at.Sub(move)
		_ = bar.Add(1)
		if math.Abs(move.Item()) < 1e-9 {
			break
		}
	}
	_ = bar.Finish()
	lambda, least := math.Exp(at.Item()), value(at).Item()
	r.Say("\nthe best penalty of the grid is %.4f, with score %.6f; %d steps of Newton's method find %.6f, with "+
		"score %.6f", start, atStart,
		steps, lambda, least)
	r.AtMost(math.Abs(slope(at).Item()), 1e-9, "slope at the best penalty")
	r.Check(curvature(at).Item() > 0, "the score curves upwards there: %.3g", curvature(at).Item())
	r.Check(least <= atStart, "no penalty of the grid is better")
	bySlope := gojax.Grad(func(l jnp.Array) jnp.Array { return shortcut(d, jnp.Exp(l)) })
	elsewhere := jnp.AsArray(math.Log(start) + 1)
	r.AtMost(math.Abs(slope(elsewhere).Item()-bySlope(elsewhere).Item()), 1e-10,
		"difference of the slope from that of the closed form")
	r.Keep("best", lambda)
	r.Keep("least score", least)
}

// loop is the curve by a jitted function of one fold, called by goroutines that each take the next fold when done with
// one.
func loop(d data, grid jnp.Array, n int) ([]float64, time.Duration) {
	fold := gojax.Jit(leaveOut)
	fold(jnp.AsArray(0), d, grid.Index(0)).BlockUntilReady() // compiled now
	lambdas, folds := make([]jnp.Array, penalties), make([]jnp.Array, n)
	for k := range lambdas {
		lambdas[k] = grid.Index(k)
	}
	for i := range folds {
		folds[i] = jnp.AsArray(i)
	}
	errs := make([]float64, penalties*n)
	bar := show.Bar(len(errs), "folds by goroutines")
	start := time.Now()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(gojax.WithX64(true, func() { // which holds for a goroutine
			for k := int(next.Add(1)) - 1; k < len(errs); k = int(next.Add(1)) - 1 {
				errs[k] = fold(folds[k%n], d, lambdas[k/n]).Item()
				if k%n == n-1 {
					_ = bar.Add(n)
				}
			}
		}))
	}
	wg.Wait()
	took := time.Since(start)
	scores := make([]float64, penalties)
	for k, e := range errs {
		scores[k/n] += e / float64(n)
	}
	return scores, took
}

// timed runs f, waits for its result, and tells how long that took.
func timed(f func() jnp.Array) (jnp.Array, time.Duration) {
	start := time.Now()
	y := f().BlockUntilReady()
	return y, time.Since(start)
}

func main() {
	o := defaults
	flag.IntVar(&o.n, "n", o.n, "observations")
	flag.IntVar(&o.p, "p", o.p, "covariates")
	flag.StringVar(&o.model, "model", o.model, "what to score: ridge or forest")
	flag.IntVar(&o.trees, "trees", o.trees, "trees of the forest")
	show.Main("loocv", func() error {
		_, err := run(os.Stdout, o)
		return err
	})
}
