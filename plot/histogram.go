package plot

import (
	"image/color"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// histogram is how many values lie in each of the bins that all is cut into.
type histogram struct {
	Axes
	all    span
	counts []float64
}

// edge is the lower end of bin i.
func (h *histogram) edge(i int) float64 {
	return h.all.low + (h.all.high-h.all.low)*float64(i)/float64(len(h.counts))
}

func (h *histogram) draw(c draw.Canvas) error {
	top := nothing.with(h.counts...).high
	y := span{0, max(1, top*1.05)}
	if h.LogY {
		y.low = 0.5
	}
	x, y := h.all.or(h.XRange), y.or(h.YRange)
	a := h.Axes
	a.LogX = false
	p := a.frame(x, y)
	bins := make([]plotter.HistogramBin, 0, len(h.counts))
	for i, n := range h.counts {
		if h.LogY && n == 0 {
			continue
		}
		bins = append(bins, plotter.HistogramBin{Min: h.edge(i), Max: h.edge(i + 1), Weight: n})
	}
	style := plotter.DefaultLineStyle
	style.Width, style.Color = vg.Points(0.5), color.White
	g := &plotter.Histogram{Bins: bins, Width: h.edge(1) - h.edge(0), FillColor: colours[0], LineStyle: style,
		LogY: h.LogY}
	if len(bins) > 0 {
		p.Add(g)
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x.low, x.high, y.low, y.high
	p.Draw(c)
	return nil
}
