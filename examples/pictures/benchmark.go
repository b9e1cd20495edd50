package main

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// row is a piece of work in the table of docs/PERFORMANCE.md, with others' times over gojax's; 0: not measured.
type row struct {
	name       string
	numpy, jax float64
}

// rows reads the first table with the columns row, gojax, numpy and jax.
func rows(page string) (all []row, err error) {
	var columns []string
	for _, line := range strings.Split(page, "\n") {
		if !strings.HasPrefix(line, "|") {
			if len(all) > 0 {
				return all, nil
			}
			columns = nil
			continue
		}
		cells := strings.Split(strings.Trim(strings.ReplaceAll(line, `\|`, "¦"), "|"), "|")
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(cells[i]), `\*`, "×")
		}
		if columns == nil {
			columns = cells
			continue
		}
		at := func(name string) float64 {
			i := slices.Index(columns, name)
			if i < 0 || i >= len(cells) {
				return 0
			}
			v, _ := strconv.ParseFloat(cells[i], 64)
			return v
		}
		if own := at("gojax"); own > 0 && at("numpy")+at("jax") > 0 {
			all = append(all, row{strings.TrimRight(cells[0], " ¹"), at("numpy") / own, at("jax") / own})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("PERFORMANCE.md has no table with the columns row, gojax, numpy and jax")
	}
	return all, nil
}

// most is how many rows the picture has.
const most = 40

// benchmark draws the others' times over gojax's, a line for each of some rows of the table.
func benchmark(page string) (*plot.Plot, error) {
	all, err := rows(page)
	if err != nil {
		return nil, err
	}
	if table := all; len(table) > most { // from all over it
		all = make([]row, most)
		for i := range all {
			all[i] = table[i*len(table)/most]
		}
	}
	slices.SortStableFunc(all, func(a, b row) int {
		best := func(r row) float64 { return least(r.numpy, r.jax) }
		switch {
		case best(a) < best(b):
			return -1
		case best(a) > best(b):
			return 1
		}
		return 0
	})
	p := plot.New()
	p.Title.Text = "Times of NumPy and jitted JAX, over gojax's (right of 1: gojax is faster)"
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, times{}
	p.Y.Tick.LineStyle.Width, p.Y.Tick.Label.XAlign, p.Y.Tick.Label.YAlign = 0, text.XRight, text.YCenter
	p.Y.Tick.Label.Font.Size, p.Title.TextStyle.Font.Size = vg.Points(7.5), vg.Points(10)
	p.Title.Padding = vg.Points(4)
	names := make(names, len(all))
	var numpy, jax, one plotter.XYs
	for i, r := range all {
		y := float64(i)
		names[i] = r.name
		if r.numpy > 0 {
			numpy = append(numpy, plotter.XY{X: r.numpy, Y: y})
		}
		if r.jax > 0 {
			jax = append(jax, plotter.XY{X: r.jax, Y: y})
		}
	}
	p.Y.Tick.Marker = names
	one = plotter.XYs{{X: 1, Y: -0.7}, {X: 1, Y: float64(len(all)) - 0.3}}
	line, err := plotter.NewLine(one)
	if err != nil {
		return nil, err
	}
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = color.Gray{Y: 215}, color.Gray{Y: 235}
	p.Add(grid, line)
	for _, s := range []struct {
		name  string
		at    plotter.XYs
		color color.Color
	}{{"NumPy", numpy, colours[0]}, {"JAX", jax, colours[1]}} {
		dots, err := plotter.NewScatter(s.at)
		if err != nil {
			return nil, err
		}
		dots.GlyphStyle = draw.GlyphStyle{Color: s.color, Radius: vg.Points(3), Shape: draw.CircleGlyph{}}
		p.Add(dots)
		p.Legend.Add(s.name, dots)
	}
	return p, nil
}

// least is the smaller of two times that were measured.
func least(a, b float64) float64 {
	if a == 0 || b == 0 {
		return max(a, b)
	}
	return min(a, b)
}

// times marks 1, 2 and 5 times the powers of ten.
type times struct{}

func (times) Ticks(lo, hi float64) (t []plot.Tick) {
	for e := math.Floor(math.Log10(lo)); e <= math.Ceil(math.Log10(hi)); e++ {
		for _, m := range []float64{1, 2, 5} {
			if v := m * math.Pow(10, e); v >= lo && v <= hi {
				t = append(t, plot.Tick{Value: v, Label: fmt.Sprintf("%.3g", v)})
			}
		}
	}
	return t
}

// names labels lines by their numbers.
type names []string

func (n names) Ticks(_, _ float64) []plot.Tick {
	t := make([]plot.Tick, len(n))
	for i, name := range n {
		t[i] = plot.Tick{Value: float64(i), Label: name}
	}
	return t
}
