package plot

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/palette/moreland"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// pixels is an image.
type pixels struct {
	Axes
	m image.Image
}

// size keeps the pixels square, below the title.
func (p *pixels) size() (width, height int) {
	r := p.m.Bounds()
	width = cmp.Or(p.Width, 640)
	if p.Height != 0 || r.Empty() {
		return width, cmp.Or(p.Height, 400)
	}
	return width, min(max(width*r.Dy()/r.Dx()+p.head(), 1), 4*width)
}

// head is the height of the title.
func (p *pixels) head() int {
	if p.Title == "" {
		return 0
	}
	return 28
}

func (p *pixels) draw(c draw.Canvas) error {
	f := p.frame(span{0, 1}, span{0, 1})
	f.HideAxes()
	f.X.Padding, f.Y.Padding = 0, 0
	if !p.m.Bounds().Empty() {
		width, height := p.size()
		r := p.m.Bounds()
		// The image is as large as fits with square pixels, in the middle.
		w, h := float64(width), float64(height-p.head())
		if k := min(w/float64(r.Dx()), h/float64(r.Dy())); k > 0 {
			x, y := (1-k*float64(r.Dx())/w)/2, (1-k*float64(r.Dy())/h)/2
			f.Add(plotter.NewImage(nearest(p.m, width, height), x, y, 1-x, 1-y))
		}
	}
	f.X.Min, f.X.Max, f.Y.Min, f.Y.Max = 0, 1, 0, 1
	f.Draw(c)
	return nil
}

// heat is a matrix.
type heat struct {
	Axes
	rows, columns int
	v             []float64
	values        span
}

// scale is from dark blue to light yellow: it grows lighter all the way, so that it can be read without colour too.
func (h *heat) scale() palette.ColorMap {
	s := moreland.Kindlmann()
	s.SetMin(h.values.low)
	s.SetMax(h.values.high)
	return s
}

// missing is the colour of NaN.
var missing = color.NRGBA{190, 190, 190, 255}

func (h *heat) image() (image.Image, error) {
	m := image.NewNRGBA(image.Rect(0, 0, h.columns, h.rows))
	scale := h.scale()
	for i, v := range h.v {
		var c color.Color = missing
		if !math.IsNaN(v) {
			var err error
			if c, err = scale.At(min(max(v, h.values.low), h.values.high)); err != nil {
				return nil, err
			}
		}
		m.Set(i%h.columns, i/h.columns, c)
	}
	return m, nil
}

func (h *heat) draw(c draw.Canvas) error {
	a := h.Axes
	a.LogX, a.LogY = false, false
	x, y := span{0, float64(max(h.columns, 1))}, span{0, float64(max(h.rows, 1))}
	p := a.frame(x, y)
	p.X.Padding, p.Y.Padding = 0, 0
	p.X.Tick.Marker, p.Y.Tick.Marker = indices{h.columns, false}, indices{h.rows, true}
	if len(h.v) > 0 {
		m, err := h.image()
		if err != nil {
			return err
		}
		width, height := h.size()
		p.Add(plotter.NewImage(nearest(m, width, height), x.low, y.low, x.high, y.high))
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x.low, x.high, y.low, y.high
	bar := Axes{}.frame(span{0, 1}, h.values)
	bar.HideX()
	bar.X.Padding, bar.Y.Padding = 0, 0
	bar.Add(&plotter.ColorBar{ColorMap: h.scale(), Vertical: true, Colors: 128})
	const wide = 64 * vg.Inch / 96
	all := c.Max.X - c.Min.X
	low := vg.Points(2)
	if h.XLabel != "" {
		low = vg.Points(16)
	}
	p.Draw(draw.Crop(c, 0, -wide-vg.Points(6), 0, 0))
	top := vg.Length(0)
	if h.Title != "" {
		top = vg.Points(-22)
	}
	bar.Draw(draw.Crop(c, all-wide, -vg.Points(4), low+vg.Points(14), top))
	return nil
}

// indices marks whole numbers, each in the middle of its row or column; down counts from the top.
type indices struct {
	n    int
	down bool
}

func (t indices) Ticks(float64, float64) []plot.Tick {
	if t.n == 0 {
		return nil
	}
	var list []plot.Tick
	for _, m := range (plot.DefaultTicks{}).Ticks(0, float64(max(t.n-1, 1))) {
		if m.Label == "" || m.Value != math.Trunc(m.Value) || m.Value > float64(t.n-1) {
			continue
		}
		at := m.Value + 0.5
		if t.down {
			at = float64(t.n) - at
		}
		list = append(list, plot.Tick{Value: at, Label: strconv.Itoa(int(m.Value))})
	}
	return list
}
