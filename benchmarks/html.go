package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"css": css, "cut": cut}).Parse(pageText))

// css is the class of a column's marks: its library, which has a colour, and the way it is used, which has a dash.
func css(column string) string {
	if column == goLoop {
		return "loop"
	}
	return strings.ReplaceAll(column, " ", " way-")
}

// cut is a label that fits.
func cut(name string) string {
	if letters := []rune(name); len(letters) > longest {
		return string(letters[:longest-1]) + "…"
	}
	return name
}

// Shapes of the drawings, in their own units.
const (
	labelEnd, barStart, barEnd, textStart        = 340, 356, 796, 812
	lineHeight, chartTop                         = 22, 30
	curveLeft, curveRight, curveTop, curveBottom = 58, 424, 14, 262
	longest                                      = 50 // letters of a label
)

type tick struct {
	At    float64
	Label string
}

type mark struct {
	X     float64
	Class string
	Title string
}

// bar is a row's ratio to the fastest of the others, and a mark for that to each.
type bar struct {
	Y, X, Width       float64
	Class, Name, Text string
	Marks             []mark
}

type barChart struct {
	Group  string
	Height float64
	Ticks  []tick
	Bars   []bar
}

// barCharts are the ratios of rows, a chart for each group, the worst first.
func (rep *report) barCharts() (charts []barChart) {
	within := func(v float64) float64 { return min(max(math.Log2(v), -6), 4) }
	at := func(v float64) float64 { return barStart + (within(v)+6)/10*(barEnd-barStart) }
	groups := map[string][]result{}
	var names []string
	for _, r := range rep.Rows {
		if r.Ratio == 0 {
			continue
		}
		if groups[r.Group] == nil {
			names = append(names, r.Group)
		}
		groups[r.Group] = append(groups[r.Group], r)
	}
	for _, name := range names {
		rows := groups[name]
		slices.SortStableFunc(rows, func(a, b result) int { return cmp.Compare(b.Ratio, a.Ratio) })
		c := barChart{Group: name, Height: float64(chartTop + lineHeight*len(rows) + 6)}
		for p := -6; p <= 4; p += 2 {
			c.Ticks = append(c.Ticks, tick{at(math.Exp2(float64(p))), fraction(p)})
		}
		for i, r := range rows {
			b := bar{Y: float64(chartTop + lineHeight*i), Name: r.Name, Class: "ahead",
				Text: fmt.Sprintf("%.2f %s", r.Ratio, r.Fastest)}
			if r.Ratio > 1.1 {
				b.Class = "behind"
			}
			b.X, b.Width = min(at(1), at(r.Ratio)), math.Abs(at(r.Ratio)-at(1))
			for _, column := range order {
				if cell := r.Cells[column]; other(column) && cell.Median > 0 {
					ratio := r.Cells[oursJitted].Median / cell.Median
					title := fmt.Sprintf("%.2f of %s's time", ratio, column)
					b.Marks = append(b.Marks, mark{at(ratio), css(column), title})
				}
			}
			c.Bars = append(c.Bars, b)
		}
		charts = append(charts, c)
	}
	return charts
}

func fraction(p int) string {
	if p < 0 {
		return fmt.Sprintf("1/%d", 1<<-p)
	}
	return fmt.Sprint(1 << p)
}

type line struct{ Points, Class string }

type curveChart struct {
	Name   string
	XTicks []tick
	YTicks []tick
	Lines  []line
}

// drawn is a curve on logarithmic scales.
func (c curve) drawn() (d curveChart) {
	d.Name = c.Name
	low, high := math.Inf(1), math.Inf(-1)
	for _, ms := range c.Lines {
		for _, v := range ms {
			if v > 0 {
				low, high = min(low, math.Floor(math.Log10(v))), max(high, math.Ceil(math.Log10(v)))
			}
		}
	}
	if high <= low {
		high = low + 1
	}
	x := func(v float64) float64 {
		from, to := math.Log(c.X[0]), math.Log(c.X[len(c.X)-1])
		return curveLeft + 12 + (math.Log(v)-from)/max(to-from, 1e-9)*(curveRight-curveLeft-24)
	}
	y := func(v float64) float64 { return curveBottom - (math.Log10(v)-low)/(high-low)*(curveBottom-curveTop) }
	for _, v := range c.X {
		d.XTicks = append(d.XTicks, tick{x(v), short(v)})
	}
	for p := low; p <= high; p++ {
		d.YTicks = append(d.YTicks, tick{y(math.Pow(10, p)), duration(int(p))})
	}
	for _, column := range order {
		var points []string
		for i, ms := range c.Lines[column] {
			if ms > 0 {
				points = append(points, fmt.Sprintf("%.1f,%.1f", x(c.X[i]), y(ms)))
			}
		}
		if len(points) > 0 {
			d.Lines = append(d.Lines, line{strings.Join(points, " "), css(column)})
		}
	}
	return d
}

// short is a size: 4096, or 1e6.
func short(v float64) string {
	if p := math.Log10(v); v >= 1000 && p == math.Trunc(p) {
		return fmt.Sprintf("1e%.0f", p)
	}
	return fmt.Sprint(v)
}

// duration is 10 to the power of p milliseconds.
func duration(p int) string {
	unit := "ms"
	switch {
	case p < -3:
		p, unit = p+6, "ns"
	case p < 0:
		p, unit = p+3, "µs"
	case p >= 3:
		p, unit = p-3, "s"
	}
	return fmt.Sprintf("%.0f %s", math.Pow(10, float64(p)), unit)
}

// page writes the report as one page of HTML that needs nothing else.
func (rep *report) page(w io.Writer) error {
	data := struct {
		*report
		Summary        string
		Charts         []barChart
		Sizes, Threads []curveChart
		Columns        []string
		Others         []string
		Table          [][]string
		LabelEnd       int
		TextStart      int
	}{report: rep, Summary: rep.summary(), Charts: rep.barCharts(), Columns: rep.columns(), Table: rep.table(),
		LabelEnd: labelEnd, TextStart: textStart}
	for _, c := range data.Columns {
		if other(c) {
			data.Others = append(data.Others, c)
		}
	}
	for _, c := range rep.Sizes {
		data.Sizes = append(data.Sizes, c.drawn())
	}
	for _, c := range rep.Threads {
		data.Threads = append(data.Threads, c.drawn())
	}
	return pageTemplate.Execute(w, data)
}
