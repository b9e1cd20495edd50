// Command mlp trains a small network to tell the arms of a spiral apart: ValueAndGrad over a tree of parameters, Adam,
// batches drawn inside the jitted step, memory that each step hands to the next. A line shows the progress, and a plot
// the loss. It checks its own results, and fails if the loss does not fall or unseen points are not classified.
//
//	go run ./examples/mlp
//	go run ./examples/mlp -steps 5000 -plot loss.png
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

type options struct {
	steps, batch, n int
	plot            string // a file for the plot of the loss; "": none
}

var defaults = options{steps: 2000, batch: 128, n: 3000, plot: filepath.Join(os.TempDir(), "gojax-mlp-loss.png")}

// window is the number of steps that the loss is averaged over: that of one batch is noisy.
const window = 50

func run(out io.Writer, o options) (*show.Report, error) {
	if o.steps < 2*window || o.batch < 1 || o.n < 1 {
		return nil,
			fmt.Errorf("-steps %d -batch %d -n %d: want at least %d steps, and a batch and points", o.steps, o.batch,
				o.n, 2*window)
	}
	r := show.New(out)
	var losses []float64
	if err := gojax.Try(func() { losses = train(r, o) }); err != nil {
		return nil, err
	}
	if o.plot != "" {
		if err := plotLoss(losses, o.plot); err != nil {
			return nil, fmt.Errorf("the plot of the loss: %w", err)
		}
		r.Say("the loss is plotted in %s", o.plot)
	}
	return r, r.Err()
}

// train trains a network, and returns the loss at every step.
func train(r *show.Report, o options) []float64 {
	key := random.Key(0)
	keys := random.Split(key, 3)
	seen, unseen := spiral(keys.Index(0), o.n), spiral(keys.Index(1), o.n)
	t := newTraining(keys.Index(2))
	checkGradient(r, t.Net, seen)

	jitted := gojax.Jit(func(t training, key random.KeyArray, all points) (training, jnp.Array) {
		return step(t, key, all, o.batch)
	}, gojax.DonateArgs(0))
	losses := make([]float64, 0, o.steps)
	bar := show.Bar(o.steps, "training")
	start := time.Now()
	pending := make([]jnp.Array, 0, window) // the device computes on while nobody asks
	for i := range o.steps {
		var at jnp.Array
		t, at = jitted(t, key, seen)
		if pending = append(pending, at); len(pending) < window && i < o.steps-1 {
			continue
		}
		for _, l := range pending {
			losses = append(losses, l.Item())
		}
		bar.Describe(fmt.Sprintf("training, loss %.4f", mean(losses[len(losses)-len(pending):])))
		_ = bar.Add(len(pending))
		pending = pending[:0]
	}
	took := time.Since(start)
	first, last := mean(losses[:window]), mean(losses[o.steps-window:])
	r.Say("%d steps of %d points each in %.1f s: %.2f ms a step; the loss, averaged over %d steps, went from %.4f to "+
		"%.4f", o.steps, o.batch,
		took.Seconds(), took.Seconds()*1e3/float64(o.steps), window, first, last)
	right, rightUnseen := accuracy(t.Net, seen).Item(), accuracy(t.Net, unseen).Item()
	r.Say("of the training points %.2f%% are classified right, of unseen ones %.2f%%", 100*right, 100*rightUnseen)
	r.Keep("loss at step 0", losses[0])
	r.Keep("loss at step 20", losses[20])
	r.Keep("loss at step 99", losses[99])

	r.AtMost(last/first, 0.2, "the last loss over the first")
	r.AtMost(1-rightUnseen, 0.05, "share of unseen points classified wrong")
	r.AtMost(math.Abs(right-rightUnseen), 0.03, "difference between seen and unseen points")
	q := o.steps / 4
	parts := []float64{mean(losses[:q]), mean(losses[q : 2*q]), mean(losses[2*q : 3*q]), mean(losses[3*q:])}
	r.Check(parts[0] > parts[1] && parts[1] > parts[2] && parts[2] > parts[3],
		"the loss falls from quarter to quarter: %.4f", parts)
	return losses
}

// checkGradient compares the gradient's length with the slope of the loss along it.
func checkGradient(r *show.Report, n net, p points) {
	g := gojax.Grad2(loss)(n, p)
	squares := jnp.Zeros()
	for _, l := range g {
		squares = squares.Add(l.W.Mul(l.W).Sum()).Add(l.B.Mul(l.B).Sum())
	}
	_, slope := gojax.JVP(func(n net) jnp.Array { return loss(n, p) }, n, g)
	length := squares.Item()
	r.Say("a network of %d layers on %d points; the squared length of its first gradient is %.4f", len(n),
		p.X.Shape()[0], length)
	r.AtMost(math.Abs(slope.Item()/length-1), 1e-5, "forward over reverse mode, distance from 1")
	r.Keep("squared gradient", length)
	const h = 1e-2
	moved := func(s float64) float64 {
		m := make(net, len(n))
		for i, l := range n {
			m[i] = layer{W: l.W.Add(g[i].W.Mul(s)), B: l.B.Add(g[i].B.Mul(s))}
		}
		return loss(m, p).Item()
	}
	r.AtMost(math.Abs((moved(h)-moved(-h))/(2*h)/length-1), 1e-2,
		"central difference over the gradient, distance from 1")
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func main() {
	o := defaults
	flag.IntVar(&o.steps, "steps", o.steps, "training steps")
	flag.IntVar(&o.batch, "batch", o.batch, "points of a step")
	flag.IntVar(&o.n, "n", o.n, "points to train with")
	flag.StringVar(&o.plot, "plot", o.plot, "the file of the plot: .png, .svg or .pdf; empty for none")
	show.Main("mlp", func() error {
		_, err := run(os.Stdout, o)
		return err
	})
}
