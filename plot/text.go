package plot

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Columns and rows of the area that text draws in. A character of braille is two dots wide and four high.
const (
	textWide = 64
	textHigh = 16
)

// centred is a line in the middle of the area; "" where there is none.
func centred(s string, left int) string {
	if s == "" {
		return ""
	}
	return strings.Repeat(" ", left+max(0, (textWide-utf8.RuneCountInString(s))/2)) + s + "\n"
}

func label(v float64) string { return fmt.Sprintf("%.4g", v) }

func (c *curves) text() string {
	x, y := c.ends()
	dots := make([][]byte, textHigh)
	for i := range dots {
		dots[i] = make([]byte, textWide)
	}
	place := func(p point) (col, row float64) {
		return x.at(p.x, c.LogX) * (2*textWide - 1), (1 - y.at(p.y, c.LogY)) * (4*textHigh - 1)
	}
	for _, l := range c.list {
		for _, piece := range pieces(l) {
			for i, p := range piece {
				col, row := place(p)
				set(dots, col, row)
				if i > 0 && !c.dots {
					from, above := place(piece[i-1])
					between(dots, from, above, col, row)
				}
			}
		}
	}
	return c.boxed(dots, x, y)
}

// bits are those of the dots of a character of braille, by row and column.
var bits = [4][2]byte{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

func set(dots [][]byte, col, row float64) {
	i, j := int(math.Round(row)), int(math.Round(col))
	if i >= 0 && j >= 0 && i < 4*textHigh && j < 2*textWide {
		dots[i/4][j/2] |= bits[i%4][j%2]
	}
}

// between sets the dots of a line.
func between(dots [][]byte, x0, y0, x1, y1 float64) {
	n := math.Ceil(max(math.Abs(x1-x0), math.Abs(y1-y0)))
	n = min(n, 1e4) // a line far out of the picture
	for k := 1.0; k < n; k++ {
		set(dots, x0+(x1-x0)*k/n, y0+(y1-y0)*k/n)
	}
}

// boxed is the dots with the axes around them.
func (c *curves) boxed(dots [][]byte, x, y span) string {
	high, low := label(y.high), label(y.low)
	left := max(len(high), len(low))
	var b strings.Builder
	b.WriteString(centred(c.Title, left+2))
	for i, row := range dots {
		mark := map[int]string{0: high, textHigh - 1: low}[i]
		line := fmt.Appendf(nil, "%*s │", left, mark)
		for _, d := range row {
			if d == 0 {
				line = append(line, ' ')
				continue
			}
			line = utf8.AppendRune(line, rune(0x2800+int(d)))
		}
		b.WriteString(strings.TrimRight(string(line), " ") + "\n")
	}
	from, to := label(x.low), label(x.high)
	fmt.Fprintf(&b, "%*s └%s\n", left, "", strings.Repeat("─", textWide))
	gap := max(1, textWide-len(from)-len(to))
	fmt.Fprintf(&b, "%*s  %s%*s%s\n", left, "", from, gap, "", to)
	b.WriteString(centred(c.XLabel, left+2))
	return b.String()
}

// textRows is how many lines a histogram has.
const textRows = 20

func (h *histogram) text() string {
	group := (len(h.counts) + textRows - 1) / textRows // bins to a line
	var ends []string
	var counts []float64
	for i := 0; i < len(h.counts); i += group {
		j := min(i+group, len(h.counts))
		n := 0.0
		for _, c := range h.counts[i:j] {
			n += c
		}
		ends, counts = append(ends, label(h.edge(i))), append(counts, n)
	}
	left := 0
	for _, e := range ends {
		left = max(left, len(e))
	}
	most := max(1, slices.Max(counts))
	const wide = 50
	var b strings.Builder
	b.WriteString(centred(h.Title, left+2))
	for i, n := range counts {
		eighths := int(math.Round(8 * wide * n / most))
		bar := strings.Repeat("█", eighths/8)
		if rest := eighths % 8; rest > 0 {
			bar += string(rune('█' + 8 - rest)) // the blocks of 7/8, 6/8, ... follow the full one
		}
		fmt.Fprintf(&b, "%*s │%s %g\n", left, ends[i], bar, n)
	}
	b.WriteString(centred(h.XLabel, left+2))
	return b.String()
}

// shades are from the least to the greatest.
const shades = " .:-=+*#%@"

func (p *pixels) text() string {
	r := p.m.Bounds()
	v := make([]float64, 0, r.Dx()*r.Dy())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			g, _ := color.Gray16Model.Convert(p.m.At(x, y)).(color.Gray16)
			v = append(v, float64(g.Y))
		}
	}
	return centred(p.Title, 0) + shaded(v, r, span{0, 65535})
}

func (h *heat) text() string {
	s := centred(h.Title, 0) + shaded(h.v, image.Rect(0, 0, h.columns, h.rows), h.values)
	return s + fmt.Sprintf("%s '%s' %s\n", label(h.values.low), shades, label(h.values.high))
}

// shaded draws values by characters, two to an element where there is room, and means where there are too many.
func shaded(v []float64, r image.Rectangle, values span) string {
	const most = 76
	rows, columns := r.Dy(), r.Dx()
	if rows*columns == 0 {
		return "(no elements)\n"
	}
	wide := 1
	if 2*columns <= most {
		wide = 2
	}
	across := (columns + most - 1) / most // elements to a character
	down := across * 2 / wide             // a character is twice as high as it is wide
	var b strings.Builder
	for i := 0; i < rows; i += down {
		var line strings.Builder
		for j := 0; j < columns; j += across {
			sum, n := 0.0, 0
			for y := i; y < min(i+down, rows); y++ {
				for x := j; x < min(j+across, columns); x++ {
					if e := v[y*columns+x]; !math.IsNaN(e) {
						sum, n = sum+e, n+1
					}
				}
			}
			c := byte('?')
			if n > 0 {
				at := values.at(sum/float64(n), false)
				c = shades[min(max(int(at*float64(len(shades))), 0), len(shades)-1)]
			}
			line.WriteString(strings.Repeat(string(c), wide))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
