package plot_test

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/plot"
	"github.com/gojax/gojax/tests/fails"
)

func floats(x ...float32) jnp.Array { return jnp.FromSlice(x, len(x)) }

// pictures are of what is hard to draw, and of what is not.
func pictures() map[string]*plot.Picture {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	x := jnp.LinSpace(0, 6, 200)
	holes := jnp.Where(jnp.Abs(x.Sub(3)).Lt(0.5), math.NaN(), jnp.Sin(x))
	many := jnp.Arange(200_000)
	empty := jnp.Zeros(0)
	grid := x.Head(40).Reshape(1, 40).Mul(jnp.Cos(x.Head(30)).Reshape(30, 1))
	p := map[string]*plot.Picture{
		"two": plot.Axes{Title: "Sine", XLabel: "x", YLabel: "y", Names: []string{"sin", "cos"}}.Line(x, jnp.Sin(x),
			jnp.Cos(x)),
		"columns":  plot.Line(jnp.Stack([]jnp.Array{x, x.Square()}, 1)),
		"holes":    plot.Line(x, holes),
		"many":     plot.Line(jnp.Sin(many.Mul(0.01)).Mul(many)),
		"points":   plot.Axes{Names: []string{"p"}}.Scatter(x, holes),
		"log":      plot.Axes{LogX: true, LogY: true, Title: "log"}.Line(x, jnp.Exp(x)),
		"logless":  plot.Axes{LogY: true}.Line(floats(-1, 0, -3)),
		"logone":   plot.Axes{LogY: true}.Line(floats(3, 3)),
		"logwide":  plot.Axes{LogY: true}.Line(floats(1e-30, 1e30)),
		"nothing":  plot.Line(empty),
		"nothing2": plot.Line(jnp.Zeros(0, 3)),
		"nothing3": plot.Line(jnp.Zeros(3, 0)),
		"one":      plot.Line(floats(7)),
		"same":     plot.Line(floats(7, 7, 7)),
		"close":    plot.Line(floats(1, 1.0000001)),
		"nans":     plot.Line(floats(nan, nan)),
		"infs":     plot.Line(floats(inf, 1, -inf, 2, 3)),
		"huge":     plot.Line(floats(3e38, -3e38)),
		"range":    plot.Axes{XRange: [2]float64{1, 2}, YRange: [2]float64{-5, 5}}.Line(x, jnp.Tan(x)),
		"hist":     plot.Axes{Title: "h", XLabel: "v"}.Histogram(jnp.Sin(many)),
		"histlog":  plot.Axes{LogY: true}.Histogram(jnp.Exp(x)),
		"hist0":    plot.Histogram(empty),
		"hist1":    plot.Histogram(floats(2, 2, 2)),
		"histnan":  plot.Axes{Bins: 3, Range: [2]float64{0, 1}}.Histogram(floats(nan, 0.2, 5, 0.9)),
		"heat":     plot.Axes{Title: "Heat", XLabel: "column", YLabel: "row"}.HeatMap(grid),
		"heatlist": plot.HeatMap(x),
		"heat0":    plot.HeatMap(jnp.Zeros(0, 4)),
		"heatsame": plot.HeatMap(jnp.Zeros(2, 2)),
		"heatnan":  plot.HeatMap(jnp.FromSlice([]float32{nan, 1, inf, 2}, 2, 2)),
		"gray":     plot.Axes{Title: "Gray"}.Image(grid.Div(6)),
		"colour":   plot.Image(jnp.FromSlice([]uint8{255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9}, 2, 2, 3)),
		"image0":   plot.Image(jnp.Zeros(0, 4)),
	}
	for _, d := range []jnp.DType{jnp.Bool, jnp.Int8, jnp.Int32, jnp.Uint8, jnp.Uint32, jnp.Float16, jnp.BFloat16,
		jnp.Float32} {
		x := jnp.Arange(5).AsType(d)
		p["line "+d.String()], p["hist "+d.String()] = plot.Line(x), plot.Histogram(x)
		p["heat "+d.String()] = plot.HeatMap(x)
	}
	return p
}

// Every picture can be drawn in every format, in little time; GOJAX_PLOT_DIR keeps them, to be looked at.
func TestPicturesOfAllKinds(t *testing.T) {
	dir := os.Getenv("GOJAX_PLOT_DIR")
	if dir == "" {
		dir = t.TempDir()
	}
	for name, p := range pictures() {
		start := time.Now()
		for _, ending := range []string{".svg", ".png", ".txt"} {
			if err := p.Save(filepath.Join(dir, name+ending)); err != nil {
				t.Errorf("%s: %v", name+ending, err)
			}
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		}
		s, err := p.SVG()
		if err != nil || len(s) > 400_000 || strings.Contains(s, "NaN") || strings.Contains(s, "Inf") {
			t.Errorf("%s: %d bytes of SVG, %v", name, len(s), err)
		}
		if s := p.String(); s == "" || strings.Contains(s, "NaN") {
			t.Errorf("%s as text:\n%s", name, s)
		}
	}
}

func TestSizeOfPicture(t *testing.T) {
	var b bytes.Buffer
	if err := (plot.Axes{Width: 300, Height: 200}).Line(floats(1, 2)).Write(&b, "png"); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&b)
	if err != nil || m.Bounds().Dx() != 300 || m.Bounds().Dy() != 200 {
		t.Errorf("%v, %v", m.Bounds(), err)
	}
}

func TestHistogramCounts(t *testing.T) {
	x := floats(0, 1, 2, 3, 4, 5, -1, float32(math.NaN()))
	got := plot.Axes{Bins: 2, Range: [2]float64{0, 4}}.Histogram(x).String()
	if !strings.Contains(got, " 2\n") || !strings.HasSuffix(got, " 3") { // the last bin has its upper end
		t.Error(got)
	}
}

func traced(x jnp.Array) jnp.Array { plot.Line(x); return x }

func TestPlotErrors(t *testing.T) {
	x := floats(1, 2)
	for want, f := range map[string]func(){
		"there is nothing to draw":            func() { plot.Line() },
		"args[0] is complex":                  func() { plot.Line(jnp.FromSlice([]complex64{1}, 1)) },
		"x has 2 values, and y 3":             func() { plot.Line(x, floats(1, 2, 3)) },
		"x has one axis":                      func() { plot.Line(x.Reshape(2, 1), x) },
		"a curve is values [n]":               func() { plot.Scatter(x.Reshape(2, 1, 1)) },
		"there are 2 names of 1 curves":       func() { plot.Axes{Names: []string{"a", "b"}}.Line(x) },
		"a histogram has 1 to 1,000,000 bins": func() { plot.Axes{Bins: -1}.Histogram(x) },
		"a heat map is of a matrix":           func() { plot.HeatMap(x.Reshape(1, 1, 2)) },
		"XRange is [2 1]":                     func() { plot.Axes{XRange: [2]float64{2, 1}}.Line(x) },
		"its range must begin above 0":        func() { plot.Axes{LogY: true, YRange: [2]float64{0, 1}}.Line(x) },
		"a picture of -1 by 0 pixels":         func() { plot.Axes{Width: -1}.Line(x) },
		"the array is traced":                 func() { gojax.Jit(traced)(x) },
		"an image is [height, width]":         func() { plot.Image(x) },
		"plot.HeatMap":                        func() { plot.HeatMap(jnp.Array{}) },
	} {
		fails.With(t, f, want)
	}
	for _, file := range []string{"x.gif", "x"} {
		if err := plot.Line(x).Save(file); err == nil || !strings.Contains(err.Error(), "none of .svg") {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := plot.Line(x).Save(fmt.Sprintf("%s/no/x.svg", t.TempDir())); err == nil {
		t.Error("a folder that is not there was written to")
	}
}
