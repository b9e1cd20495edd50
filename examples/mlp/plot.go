package main

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
)

// plotLoss draws the loss at each step, and its mean over a window, on a logarithmic axis. The file's name says its
// format.
func plotLoss(losses []float64, file string) error {
	p := plot.New()
	p.Title.Text = "Training a network of 64 × 64 on a spiral"
	p.X.Label.Text = "step"
	p.Y.Label.Text = "cross-entropy"
	p.Y.Scale = plot.LogScale{}
	p.Y.Tick.Marker = decades{}
	p.Legend.Top = true
	batch, smooth := make(plotter.XYs, len(losses)), make(plotter.XYs, 0, len(losses))
	for i, v := range losses {
		// a batch may be learnt to the last bit, and log 0 is not drawn
		batch[i] = plotter.XY{X: float64(i), Y: math.Max(v, 1e-9)}
		if i+1 >= window {
			smooth = append(smooth,
				plotter.XY{X: float64(i) - window/2, Y: math.Max(mean(losses[i+1-window:i+1]), 1e-9)})
		}
	}
	for _, l := range []struct {
		name  string
		at    plotter.XYs
		color color.Color
		width vg.Length
	}{
		{"of a batch", batch, color.RGBA{R: 170, G: 190, B: 220, A: 255}, vg.Points(0.5)},
		{fmt.Sprintf("mean over %d steps", window), smooth, color.RGBA{R: 20, G: 60, B: 140, A: 255}, vg.Points(1.5)},
	} {
		line, err := plotter.NewLine(l.at)
		if err != nil {
			return err
		}
		line.Color, line.Width = l.color, l.width
		p.Add(line)
		p.Legend.Add(l.name, line)
	}
	return p.Save(16*vg.Centimeter, 10*vg.Centimeter, file)
}

// decades marks 1, 2 and 5 times the powers of ten.
type decades struct{}

func (decades) Ticks(lo, hi float64) []plot.Tick {
	var t []plot.Tick
	for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
		for _, m := range []float64{1, 2, 5} {
			if v := m * math.Pow(10, e); v >= lo && v <= hi {
				t = append(t, plot.Tick{Value: v, Label: fmt.Sprintf("%.3g", v)})
			}
		}
	}
	return t
}
