package main

import (
	"fmt"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"github.com/gojax/gojax/examples/internal/show"
)

// picture is a histogram of the results of the tasks.
type picture struct {
	name, title, axis string
	step              float64   // the results are multiples of it
	values, marks     []float64 // marks are shown as lines
}

// bins counts the values in about n bins. Each is as wide as a whole number of steps, and its ends are between two
// possible values, so that all have as many of these.
func (p picture) bins(n int) []plotter.HistogramBin {
	low, high := math.Round(slices.Min(p.values)/p.step), math.Round(slices.Max(p.values)/p.step)
	wide := math.Ceil((high - low + 1) / float64(n))
	bins := make([]plotter.HistogramBin, int((high-low)/wide)+1)
	for i := range bins {
		from := low + float64(i)*wide - 0.5
		bins[i].Min, bins[i].Max = from*p.step, (from+wide)*p.step
	}
	for _, v := range p.values {
		bins[int((math.Round(v/p.step)-low)/wide)].Weight++
	}
	return bins
}

// draw draws p with characters where r is written to a terminal.
func (p picture) draw(r *show.Report) picture {
	if show.Terminal(r.Out) {
		r.Say("\n%s", p.text())
	}
	return p
}

// text is the histogram as lines, a bin each. The bins with marks have an arrow.
func (p picture) text() string {
	const width = 48
	var b strings.Builder
	bins := p.bins(20)
	most := 0.0
	for _, bin := range bins {
		most = math.Max(most, bin.Weight)
	}
	for _, bin := range bins {
		arrow := ' '
		for _, m := range p.marks {
			if bin.Min <= m && m < bin.Max {
				arrow = '▸'
			}
		}
		eighths := int(math.Round(8 * width * bin.Weight / most))
		bar := strings.Repeat("█", eighths/8)
		if rest := eighths % 8; rest > 0 {
			bar += string(rune('█' + 8 - rest)) // the blocks of 7/8, 6/8, ... follow the full one
		}
		fmt.Fprintf(&b, "%10.4g %c%s\n", (bin.Min+bin.Max)/2, arrow, bar)
	}
	return b.String()
}

// save writes the pictures into a folder, each in two formats.
func save(pictures []picture, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, p := range pictures {
		drawn, err := p.plot()
		if err != nil {
			return err
		}
		for _, format := range []string{".svg", ".png"} {
			err := drawn.Save(16*vg.Centimeter, 10*vg.Centimeter, filepath.Join(folder, p.name+format))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (p picture) plot() (*plot.Plot, error) {
	drawn := plot.New()
	drawn.Title.Text, drawn.X.Label.Text, drawn.Y.Label.Text = p.title, p.axis, "tasks"
	bins := p.bins(40)
	h := &plotter.Histogram{Bins: bins, Width: bins[0].Max - bins[0].Min,
		FillColor: color.RGBA{R: 170, G: 190, B: 220, A: 255}, LineStyle: plotter.DefaultLineStyle}
	h.LineStyle.Width = vg.Points(0.25)
	drawn.Add(h)
	_, _, _, top := h.DataRange()
	for _, m := range p.marks {
		line, err := plotter.NewLine(plotter.XYs{{X: m}, {X: m, Y: top}})
		if err != nil {
			return nil, err
		}
		line.Color, line.Width = color.RGBA{R: 180, G: 40, B: 40, A: 255}, vg.Points(1.5)
		drawn.Add(line)
	}
	return drawn, nil
}
