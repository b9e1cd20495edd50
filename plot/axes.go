package plot

import (
	"math"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Axes says how a picture is drawn. Its zero value leaves everything to the data.
type Axes struct {
	Title, XLabel, YLabel string
	Names                 []string // of the curves, for a legend
	LogX, LogY            bool     // logarithmic axes; what is not positive is not drawn
	// The ends of the axes; zero: those of the data.
	XRange, YRange [2]float64
	// Of a histogram, what the bins cover; of a heat map, the values of the first and the last colour; zero: all.
	Range         [2]float64
	Bins          int // of a histogram; 0: what NumPy's "auto" gives, at most 200
	Width, Height int // in pixels; 0: 640 and 400, and for an image the height that keeps pixels square
}

// Line draws a line through values in order, or through points. One array is values [n] over 0, 1, 2 and so on. Of
// several, the first is x [n], and each other is a y. A y [n, k] is k lines, its columns. NaN interrupts a line. It is
// matplotlib's plot.
//
// Options: Axes (Title, XLabel, YLabel, Names, LogX, LogY, XRange, YRange, Width, Height).
func Line(arrays ...jnp.Array) *Picture { return Axes{}.Line(arrays...) }

// Line is the package function's, with the axes that a says.
func (a Axes) Line(arrays ...jnp.Array) *Picture { return a.curves("plot.Line", false, arrays) }

// Scatter draws points, given as Line's are. It is matplotlib's scatter.
//
// Options: Axes (Title, XLabel, YLabel, Names, LogX, LogY, XRange, YRange, Width, Height).
func Scatter(arrays ...jnp.Array) *Picture { return Axes{}.Scatter(arrays...) }

// Scatter is the package function's, with the axes that a says.
func (a Axes) Scatter(arrays ...jnp.Array) *Picture { return a.curves("plot.Scatter", true, arrays) }

// Histogram draws how many elements of x, of any shape, lie in each of some bins of equal width. It is matplotlib's
// hist.
//
// Options: Axes (Title, XLabel, YLabel, LogY, XRange, YRange, Range, Bins, Width, Height).
func Histogram(x jnp.Array) *Picture { return Axes{}.Histogram(x) }

// Image draws pixels: x is [height, width] or [height, width, channels], with 1, 3 or 4 channels, of integers or of
// floats from 0 to 1, as jnp.ToImage takes them. It is matplotlib's imshow without axes.
//
// Options: Axes (Title, Width, Height).
func Image(x jnp.Array) *Picture { return Axes{}.Image(x) }

// HeatMap draws a matrix [rows, columns], each element by its colour, with the first row on top and a bar that tells
// what the colours mean. A list is one row. It is matplotlib's imshow of a matrix.
//
// Options: Axes (Title, XLabel, YLabel, Range, Width, Height).
func HeatMap(x jnp.Array) *Picture { return Axes{}.HeatMap(x) }

// curves are the lines or points of arrays.
func (a Axes) curves(op string, dots bool, arrays []jnp.Array) *Picture {
	a.check(op)
	if len(arrays) == 0 {
		trace.Fail(op, nil, "there is nothing to draw; give the values, or x and the values over it")
	}
	types := make([]ir.Aval, len(arrays))
	data := make([][]float64, len(arrays))
	for i, x := range arrays {
		data[i] = numbers(op, trace.ArgName(i), x)
		types[i] = x.TraceValue().Aval()
	}
	c := &curves{Axes: a, dots: dots}
	var x []float64
	if len(arrays) > 1 {
		if len(types[0].Shape) != 1 {
			trace.Fail(op, types, "x has one axis; several curves without an x are the columns of one array")
		}
		x, data, types = data[0], data[1:], types[1:]
	}
	for i, y := range data {
		s := types[i].Shape
		if len(s) != 1 && len(s) != 2 {
			trace.Fail(op, types, "a curve is values [n], and several are [n, k]; reshape the array")
		}
		if x != nil && s[0] != len(x) {
			trace.Fail(op, types, "x has %d values, and y %d", len(x), s[0])
		}
		k := 1
		if len(s) == 2 {
			k = s[1]
		}
		for j := range k {
			c.list = append(c.list, c.curve(x, y, j, k))
		}
	}
	if len(a.Names) > len(c.list) {
		trace.Fail(op, types, "there are %d names of %d curves", len(a.Names), len(c.list))
	}
	return &Picture{c}
}

// curve is column j of k of y over x.
func (c *curves) curve(x, y []float64, j, k int) []point {
	p := make([]point, len(y)/k)
	for i := range p {
		p[i] = point{float64(i), y[i*k+j]}
		if x != nil {
			p[i].x = x[i]
		}
		if c.LogX && p[i].x <= 0 || c.LogY && p[i].y <= 0 || math.IsNaN(p[i].x) {
			p[i].y = math.NaN()
		}
	}
	return p
}

// Histogram is the package function's, with the axes that a says.
func (a Axes) Histogram(x jnp.Array) *Picture {
	const op = "plot.Histogram"
	a.check(op)
	if a.Bins < 0 || a.Bins > 1e6 {
		trace.Fail(op, nil, "a histogram has 1 to 1,000,000 bins, not %d", a.Bins)
	}
	v := slices.DeleteFunc(numbers(op, trace.ArgName(0), x), math.IsNaN)
	all := nothing.with(v...).or(a.Range)
	if all.low == all.high || all.low > all.high {
		all = all.wide(false)
	}
	n := a.Bins
	if n == 0 {
		n = autoBins(v, all, x.DType().IsInteger())
	}
	h := &histogram{Axes: a, all: all, counts: make([]float64, n)}
	for _, e := range v {
		if e >= all.low && e <= all.high {
			h.counts[min(int(all.at(e, false)*float64(n)), n-1)]++
		}
	}
	return &Picture{h}
}

// autoBins is NumPy's rule "auto": the narrower of the bins of Sturges and of Freedman and Diaconis, and for integers
// not narrower than 1.
func autoBins(v []float64, all span, integer bool) int {
	if len(v) == 0 {
		return 1
	}
	v = slices.Sorted(slices.Values(v))
	n := float64(len(v))
	size := all.high - all.low
	width := size / (math.Log2(n) + 1)
	if iqr := v[len(v)*3/4] - v[len(v)/4]; iqr > 0 {
		width = min(width, 2*iqr/math.Cbrt(n))
	}
	if integer {
		width = max(width, 1)
	}
	return int(min(200, max(1, math.Ceil(size/width))))
}

// Image is the package function's, with the title and the size that a says.
func (a Axes) Image(x jnp.Array) *Picture {
	a.check("plot.Image")
	return &Picture{&pixels{a, jnp.ToImage(x)}}
}

// HeatMap is the package function's, with the axes that a says.
func (a Axes) HeatMap(x jnp.Array) *Picture {
	const op = "plot.HeatMap"
	a.check(op)
	v := numbers(op, trace.ArgName(0), x)
	s := x.Shape()
	if len(s) == 1 {
		s = []int{1, s[0]}
	}
	if len(s) != 2 {
		trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "a heat map is of a matrix; take the matrices of a batch one "+
			"by one (x.Index(i)), and draw colours with plot.Image")
	}
	return &Picture{&heat{a, s[0], s[1], v, nothing.with(v...).or(a.Range).wide(false)}}
}

// check refuses what no picture can have.
func (a Axes) check(op string) {
	if a.Width < 0 || a.Height < 0 || a.Width > 1<<14 || a.Height > 1<<14 {
		trace.Fail(op, nil, "a picture of %d by %d pixels: both are 1 to 16384, or 0 for the usual size", a.Width,
			a.Height)
	}
	for name, r := range map[string][2]float64{"XRange": a.XRange, "YRange": a.YRange, "Range": a.Range} {
		if r != [2]float64{} && !(r[0] < r[1] && math.Abs(r[0]) <= largest && math.Abs(r[1]) <= largest) {
			trace.Fail(op, nil, "%s is %v: the first number must be the lesser, and both finite", name, r)
		}
	}
	if a.LogX && a.XRange[0] < 0 || a.LogY && a.YRange[0] < 0 || a.LogX && a.XRange[0] == 0 && a.XRange[1] != 0 ||
		a.LogY && a.YRange[0] == 0 && a.YRange[1] != 0 {
		trace.Fail(op, nil, "a logarithmic axis shows positive numbers: its range must begin above 0")
	}
}
