// Command regression fits a logistic regression by gradient descent, and takes standard errors from the Hessian of its
// loss: Grad, Hessian, Vmap(Grad) for errors that are robust, and the whole fit mapped over simulated data sets to see
// whether the errors are right. It checks its own results, and fails if one is not as theory has it.
//
//	go run ./examples/regression
//	go run ./examples/regression -n 100000 -replicates 1000
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

type options struct{ n, steps, replicates int }

// defaults are the sizes that the figures of testdata were made with.
var defaults = options{n: 10_000, steps: 200, replicates: 400}

// replicateSize is the number of observations of each simulated data set.
const replicateSize = 500

func run(out io.Writer, o options) (*show.Report, error) {
	if o.n < 100 || o.steps < 1 || o.replicates < 2 {
		return nil,
			fmt.Errorf("-n %d -steps %d -replicates %d: want at least 100 observations, 1 step and 2 replicates", o.n,
				o.steps, o.replicates)
	}
	r := show.New(out)
	err := gojax.Try(gojax.WithX64(true, func() {
		fitOnce(r, o)
		fitMany(r, o)
	}))
	if err != nil {
		return nil, err
	}
	return r, r.Err()
}

func fitOnce(r *show.Report, o options) {
	d := simulate(random.Key(1), o.n)
	step := gojax.Jit(descend)
	b := jnp.Zeros(len(truth))
	bar := show.Bar(o.steps, "gradient descent")
	losses := make([]float64, o.steps)
	start := time.Now()
	for i := range losses {
		var at jnp.Array
		b, at = step(b, d)
		losses[i] = at.Item()
		_ = bar.Add(1)
	}
	took := time.Since(start)
	r.Say("%d observations, %d steps of gradient descent in %.0f ms: the loss went from %.6f to %.6f\n", o.n, o.steps,
		took.Seconds()*1e3, losses[0], losses[o.steps-1])

	se, robust := gojax.Jit(standardErrors)(b, d), gojax.Jit(robustErrors)(b, d)
	t := tabwriter.NewWriter(r.Out, 0, 8, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\ttruth\testimate\tstandard error\trobust\tz\t")
	farthest := 0.0
	for i, v := range truth {
		est, e, rob := b.Index(i).Item(), se.Index(i).Item(), robust.Index(i).Item()
		fmt.Fprintf(t, "b%d\t%.2f\t%.4f\t%.4f\t%.4f\t%.1f\t\n", i, v, est, e, rob, est/e)
		farthest = math.Max(farthest, math.Abs(est-v)/e)
		r.Keep(fmt.Sprintf("b%d", i), est)
		r.Keep(fmt.Sprintf("standard error %d", i), e)
		r.Keep(fmt.Sprintf("robust error %d", i), rob)
	}
	_ = t.Flush() // a report that cannot be written has no reader either
	r.Keep("first loss", losses[0])
	r.Keep("last loss", losses[o.steps-1])

	r.Say("")
	rises := 0
	for i := 1; i < o.steps; i++ {
		if losses[i] > losses[i-1]+1e-12 {
			rises++
		}
	}
	r.Check(rises == 0, "no step raised the loss")
	r.AtMost(math.Abs(losses[0]-math.Ln2), 1e-12, "distance of the first loss from log 2")
	r.AtMost(jnp.Abs(gojax.Grad2(loss)(b, d)).Max().Item(), 1e-8, "largest element of the gradient at the end")
	r.AtMost(farthest, 4, "estimates from the truth, in standard errors")
	// The Hessian of a logistic regression is known: X'WX with weights p(1-p).
	p := sigmoid(d.X.MatMul(b))
	known := d.X.T().MatMul(d.X.Mul(jnp.ExpandDims(p.Mul(jnp.Sub(1, p)), 1)))
	r.AtMost(jnp.Abs(information(b, d).Sub(known)).Max().Item()/known.Max().Item(), 1e-10,
		"relative error of the Hessian against X'WX")
}

// fitMany simulates data sets and fits them all in one program: the spread of the estimates is what standard errors
// estimate.
func fitMany(r *show.Report, o options) {
	one := func(key random.KeyArray) (b, se jnp.Array) {
		d := simulate(key, replicateSize)
		b = fit(d, o.steps)
		return b, standardErrors(b, d)
	}
	keys := random.Split(random.Key(2), o.replicates)
	all := gojax.Jit(gojax.Vmap(one))
	start := time.Now()
	b, _ := all(keys)
	gojax.BlockUntilReady(b)
	first := time.Since(start)
	start = time.Now()
	b, se := all(keys)
	gojax.BlockUntilReady(b)
	took := time.Since(start)
	r.Say("\n%d data sets of %d observations, simulated and fitted by one vmapped program: %.0f ms (the first time, "+
		"compiled: %.0f ms)\n",
		o.replicates, replicateSize, took.Seconds()*1e3, first.Seconds()*1e3)

	spread, mean := jnp.Std(b, 0), jnp.Mean(se, 0)
	covered := jnp.Abs(b.Sub(jnp.AsArray(truth))).Lt(se.Mul(1.96)).AsType(b.DType()).Mean().Item()
	t := tabwriter.NewWriter(r.Out, 0, 8, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "\tspread of the estimates\tmean standard error\t")
	worst := 0.0
	for i := range truth {
		s, m := spread.Index(i).Item(), mean.Index(i).Item()
		fmt.Fprintf(t, "b%d\t%.4f\t%.4f\t\n", i, s, m)
		worst = math.Max(worst, math.Abs(s/m-1))
		r.Keep(fmt.Sprintf("spread %d", i), s)
	}
	_ = t.Flush() // as above
	r.Say("\n95%% intervals hold the truth in %.1f%% of cases", 100*covered)
	r.Keep("covered", covered)
	// Both bounds are four standard deviations of what is simulated; estimates of a small sample are wider by a little.
	n := float64(o.replicates)
	r.AtMost(worst, 0.05+4/math.Sqrt(2*n), "spread over standard error, distance from 1")
	r.AtMost(math.Abs(covered-0.95), 0.01+4*math.Sqrt(0.05*0.95/n), "coverage, distance from 95%")
}

func main() {
	o := defaults
	flag.IntVar(&o.n, "n", o.n, "observations")
	flag.IntVar(&o.steps, "steps", o.steps, "steps of gradient descent")
	flag.IntVar(&o.replicates, "replicates", o.replicates, "simulated data sets")
	show.Main("regression", func() error {
		_, err := run(os.Stdout, o)
		return err
	})
}
