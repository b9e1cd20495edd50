package plot

import (
	"fmt"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

type point struct{ x, y float64 }

// curves are lines, or points.
type curves struct {
	Axes
	dots bool
	list [][]point // those whose y is NaN are gaps
}

// colours are of curves in order, easy to tell apart also for those who see few colours (Okabe and Ito).
var colours = []color.Color{
	color.RGBA{0, 114, 178, 255}, color.RGBA{213, 94, 0, 255}, color.RGBA{0, 158, 115, 255},
	color.RGBA{204, 121, 167, 255}, color.RGBA{230, 159, 0, 255}, color.RGBA{86, 180, 233, 255},
	color.RGBA{90, 90, 90, 255},
}

// ends are the ends of both axes.
func (c *curves) ends() (x, y span) {
	x, y = nothing, nothing
	for _, l := range c.list {
		for _, p := range l {
			if !math.IsNaN(p.y) {
				x, y = x.with(p.x), y.with(p.y)
			}
		}
	}
	return x.or(c.XRange).wide(c.LogX), y.or(c.YRange).wide(c.LogY)
}

// pieces are the parts of a curve between its gaps.
func pieces(l []point) (list [][]point) {
	from := 0
	for i := 0; i <= len(l); i++ {
		if i < len(l) && !math.IsNaN(l[i].y) {
			continue
		}
		if i > from {
			list = append(list, l[from:i])
		}
		from = i + 1
	}
	return list
}

// thin is a piece of a line without points that nobody could tell apart: where more than four of them in a row fall on
// one of n columns, their first, least, greatest and last are left.
func thin(l []point, x span, log bool, n int) []point {
	if len(l) <= 4*n {
		return l
	}
	column := func(p point) int { return int(math.Floor(x.at(p.x, log) * float64(n))) }
	short := make([]point, 0, 4*n)
	for i := 0; i < len(l); {
		j, low, high := i, i, i
		for ; j < len(l) && column(l[j]) == column(l[i]); j++ {
			if l[j].y < l[low].y {
				low = j
			}
			if l[j].y > l[high].y {
				high = j
			}
		}
		last := -1
		for _, k := range []int{i, min(low, high), max(low, high), j - 1} {
			if k > last {
				short, last = append(short, l[k]), k
			}
		}
		i = j
	}
	return short
}

func (c *curves) draw(canvas draw.Canvas) error {
	x, y := c.ends()
	p := c.frame(x, y)
	p.Legend.Top = true
	p.Legend.Padding = vg.Points(2)
	p.Add(plotter.NewGrid())
	width, _ := c.size()
	for i, l := range c.list {
		add := c.line
		if c.dots {
			add = c.points
		}
		var sign plot.Thumbnailer
		for _, piece := range pieces(l) {
			piece = thinned(c, piece, x, width)
			xy := make(plotter.XYs, len(piece))
			for j, e := range piece {
				xy[j] = plotter.XY{X: e.x, Y: e.y}
			}
			drawn, thumb, err := add(xy, colours[i%len(colours)])
			if err != nil {
				return err
			}
			p.Add(drawn)
			sign = thumb
		}
		if i < len(c.Names) && sign != nil {
			p.Legend.Add(c.Names[i], sign)
		}
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x.low, x.high, y.low, y.high // Add may have moved them
	p.Draw(canvas)
	return nil
}

// thinned is a piece as it is drawn.
func thinned(c *curves, piece []point, x span, width int) []point {
	if c.dots {
		return piece
	}
	return thin(piece, x, c.LogX, width)
}

func (c *curves) line(xy plotter.XYs, col color.Color) (plot.Plotter, plot.Thumbnailer, error) {
	if len(xy) == 1 { // a point between gaps has no line
		return c.points(xy, col)
	}
	l, err := plotter.NewLine(xy)
	if err != nil {
		return nil, nil, err
	}
	l.Color, l.Width = col, vg.Points(1.5)
	return l, l, nil
}

func (c *curves) points(xy plotter.XYs, col color.Color) (plot.Plotter, plot.Thumbnailer, error) {
	s, err := plotter.NewScatter(xy)
	if err != nil {
		return nil, nil, err
	}
	s.Color, s.Radius, s.Shape = col, vg.Points(2), draw.CircleGlyph{}
	return s, s, nil
}

// decades marks powers of ten, and 2 and 5 times these where there are few.
type decades struct{}

func (decades) Ticks(low, high float64) []plot.Tick {
	first, last := math.Floor(math.Log10(low)), math.Ceil(math.Log10(high))
	factors, step := []float64{1}, math.Ceil((last-first)/8)
	if last-first <= 3 {
		factors = []float64{1, 2, 5}
	}
	var t []plot.Tick
	for e := first; e <= last; e += step {
		for _, f := range factors {
			if v := f * math.Pow(10, e); v >= low*(1-1e-9) && v <= high*(1+1e-9) {
				t = append(t, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'g', 3, 64)})
			}
		}
	}
	if len(t) < 2 {
		for _, v := range []float64{low, high} {
			t = append(t, plot.Tick{Value: v, Label: fmt.Sprintf("%.3g", v)})
		}
	}
	return t
}
