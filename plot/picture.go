package plot

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Picture is what was drawn. Print it for text, or save it.
type Picture struct{ d drawing }

// drawing is one kind of picture.
type drawing interface {
	size() (width, height int) // in pixels
	draw(c draw.Canvas) error
	text() string
}

// formats are the endings of files, and what gonum calls the format.
var formats = map[string]string{".svg": "svg", ".png": "png", ".pdf": "pdf", ".jpg": "jpg", ".jpeg": "jpg"}

// Save writes the picture to a file, whose ending says the format: .svg, .png, .pdf or .jpg; .txt is the text of
// String.
func (p *Picture) Save(file string) error {
	ending := strings.ToLower(filepath.Ext(file))
	var b bytes.Buffer
	if ending == ".txt" {
		b.WriteString(p.String())
	} else if format := formats[ending]; format == "" {
		return fmt.Errorf("plot: %s: the ending is none of .svg, .png, .pdf, .jpg and .txt", file)
	} else if err := p.Write(&b, format); err != nil {
		return err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil { //nolint:gosec // a picture is for others to see
		return fmt.Errorf("plot: %w", err)
	}
	return nil
}

// Write writes the picture to w as "svg", "png", "pdf" or "jpg".
func (p *Picture) Write(w io.Writer, format string) error {
	width, height := p.d.size()
	c, err := draw.NewFormattedCanvas(pixel(width), pixel(height), format)
	if err != nil {
		return fmt.Errorf("plot: %w", err)
	}
	const edge = 6 // for labels at the ends of axes
	if err := p.d.draw(draw.Crop(draw.New(c), edge, -2*edge, edge, -edge)); err != nil {
		return fmt.Errorf("plot: %w", err)
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return fmt.Errorf("plot: %w", err)
	}
	data := b.Bytes()
	if format == "svg" { // images fill their place, as in the other formats
		data = bytes.ReplaceAll(data, []byte("<image "), []byte(`<image preserveAspectRatio="none" `))
	}
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("plot: %w", err)
	}
	return nil
}

// SVG is the picture as the text of an SVG file, for a page of one's own.
func (p *Picture) SVG() (string, error) {
	var b bytes.Buffer
	err := p.Write(&b, "svg")
	return b.String(), err
}

// String is the picture as text of 76 columns, for a terminal whose font has the dots of braille.
func (p *Picture) String() string { return strings.TrimSuffix(p.d.text(), "\n") }

// pixel is the length of n pixels, of which gonum's bitmaps have 96 an inch.
func pixel(n int) vg.Length { return vg.Length(n) * vg.Inch / 96 }

// size is what the user asked for, or else the usual.
func (a Axes) size() (width, height int) { return cmp.Or(a.Width, 640), cmp.Or(a.Height, 400) }

// frame is gonum's plot with the texts and the ends of the axes.
func (a Axes) frame(x, y span) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = a.Title, a.XLabel, a.YLabel
	p.Title.Padding = vg.Points(6)
	for _, s := range []*draw.TextStyle{&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle,
		&p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle} {
		s.Font.Variant = "Sans"
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = x.low, x.high, y.low, y.high
	for _, l := range []struct {
		on   bool
		axis *plot.Axis
	}{{a.LogX, &p.X}, {a.LogY, &p.Y}} {
		if l.on {
			l.axis.Scale, l.axis.Tick.Marker = plot.LogScale{}, decades{}
		}
	}
	return p
}

// nearest is m with each pixel as a block of pixels, so that it is at least as wide or high as asked.
func nearest(m image.Image, width, height int) image.Image {
	r := m.Bounds()
	k := max(1, min(width/max(r.Dx(), 1), height/max(r.Dy(), 1)))
	if k == 1 {
		return m
	}
	big := image.NewNRGBA(image.Rect(0, 0, r.Dx()*k, r.Dy()*k))
	for y := range r.Dy() * k {
		for x := range r.Dx() * k {
			big.Set(x, y, m.At(r.Min.X+x/k, r.Min.Y+y/k))
		}
	}
	return big
}
