package debug

import (
	"cmp"
	"fmt"
	"html"
	"math"
	"strings"
)

// Lengths of the SVG picture: of what stands above and to the left of the blocks, and of a character of text.
const (
	svgEdge = 28
	svgChar = 7.2
)

const svgHead = `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0[1]f %.0[2]f"
  role="img" shape-rendering="crispEdges" font-family="sans-serif" font-size="13" text-anchor="middle">
<title>%[3]s</title>
`

// svg draws g. Blocks have light colours and dark text, and what is outside of them is grey, so that it can be read on
// light pages and on dark ones.
func (p ShardingPicture) svg(g grid) string {
	w, h := p.blockSize(g)
	rows, columns := len(g.blocks), len(g.blocks[0])
	wide, high := w*float64(columns), h*float64(rows)
	last := len(g.shape) - 1
	var b strings.Builder
	width, height := svgEdge+max(wide, svgChar*float64(len(g.dimension(last))))+2, svgEdge+high+2
	fmt.Fprintf(&b, svgHead, width, height, html.EscapeString(fmt.Sprintf("%v, %v", g.shape, g.sharding)))
	text := func(x, y float64, more, s string) {
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" %s>%s</text>`+"\n", x, y, more, html.EscapeString(s))
	}
	const grey = `fill="#808080"`
	text(svgEdge+max(wide, width-svgEdge)/2, svgEdge-10, grey, g.dimension(last))
	if last > 0 {
		x, y := float64(svgEdge-10), svgEdge+high/2
		text(x, y, fmt.Sprintf(`%s transform="rotate(-90 %.1f %.1f)"`, grey, x, y), g.dimension(0))
	}
	place := map[int]int{} // of a device in the mesh
	for i, d := range g.sharding.Mesh.Devices {
		place[d] = i
	}
	for i, row := range g.blocks {
		for j, devices := range row {
			x, y := svgEdge+w*float64(j), svgEdge+h*float64(i)
			stripe := (w - 2) / float64(len(devices))
			for k, d := range devices {
				fmt.Fprintf(&b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n",
					x+1+stripe*float64(k), y+1, stripe, h-2, deviceColour(place[d]))
			}
			text(x+w/2, y+h/2+4.5, `fill="#202020"`, g.label(i, j))
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// blockSize is how wide and high a block is drawn: as the array's shape has it, within what can be read.
func (p ShardingPicture) blockSize(g grid) (w, h float64) {
	scale := cmp.Or(p.Scale, 1)
	for i, row := range g.blocks {
		for j := range row {
			w = max(w, svgChar*float64(len(g.label(i, j)))+16)
		}
	}
	if len(g.shape) == 1 {
		return max(w, 72*scale), 40 * scale
	}
	high := 200 * scale
	wide := min(max(high*g.aspect(), high/2), high*3)
	return max(w, wide/float64(len(g.blocks[0]))), max(28, high/float64(len(g.blocks)))
}

// dimension says what stands beside the blocks: the size of a dimension, and the axes of the mesh that cut it.
func (g grid) dimension(k int) string {
	s := fmt.Sprint(g.shape[k])
	if axes := g.sharding.Spec.At(k).Axes; len(axes) > 0 {
		s += " / " + strings.Join(axes, ", ")
	}
	return s
}

// deviceColour is a light colour for the i-th device. Hues of neighbours are far apart: the golden angle never comes
// back to where it was.
func deviceColour(i int) string {
	hue := math.Mod(210+137.508*float64(i), 360)
	const light, chroma = 0.8, 0.16
	channel := func(n float64) int {
		k := math.Mod(n+hue/30, 12)
		return int(math.Round(255 * (light - chroma*max(-1, min(k-3, 9-k, 1)))))
	}
	return fmt.Sprintf("#%02x%02x%02x", channel(0), channel(8), channel(4))
}
