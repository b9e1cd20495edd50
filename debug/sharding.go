package debug

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// VisualizeSharding prints a picture of how an array of a shape is cut over the devices of a mesh: a box for each
// block, with the numbers of the devices that hold it (jax.debug.visualize_sharding). It goes where Print writes.
// Arrays of one or two dimensions have a picture; others, and a sharding that does not fit the shape, are refused.
//
// Options: ShardingPicture (Scale, MinWidth, MaxWidth).
func VisualizeSharding(shape []int, s ir.Sharding) { ShardingPicture{}.VisualizeSharding(shape, s) }

// VisualizeArraySharding prints the same picture of an array and where it is (jax.debug.visualize_array_sharding). That
// of an array on one device is one box. A traced array is refused, since the compiler has not placed it yet.
//
// Options: ShardingPicture (Scale, MinWidth, MaxWidth).
func VisualizeArraySharding(x jnp.Array) { ShardingPicture{}.VisualizeArraySharding(x) }

// ShardingSVG is the picture as SVG. Each device has a colour; a block that several devices hold has a stripe of each.
// It has no counterpart in JAX.
//
// Options: ShardingPicture (Scale).
func ShardingSVG(shape []int, s ir.Sharding) string { return ShardingPicture{}.ShardingSVG(shape, s) }

// ShardingPicture says how large pictures of shardings are. Its zero value is JAX's.
type ShardingPicture struct {
	Scale    float64 // of lengths; 0: 1, by which text of a two-dimensional array is 10 lines high, and SVG 200 units
	MinWidth int     // of the text of a block, in columns; 0: 9
	MaxWidth int     // of all the text; 0: 80. Blocks are always as wide as what stands in them
}

// VisualizeSharding is the function of that name.
func (p ShardingPicture) VisualizeSharding(shape []int, s ir.Sharding) {
	p.print(p.lay("debug.VisualizeSharding", shape, s))
}

// VisualizeArraySharding is the function of that name.
func (p ShardingPicture) VisualizeArraySharding(x jnp.Array) {
	const op = "debug.VisualizeArraySharding"
	if v := x.TraceValue(); v != nil && v.Traced() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "a traced array is not placed yet: call it on the results of the jitted "+
			"function, or say where the array is to be by lax.WithShardingConstraint")
	}
	s, ok := x.Sharding()
	if !ok {
		d := x.Device()
		s.Mesh = &ir.Mesh{Platform: d.Client().Platform(), Devices: []int{d.ID()}}
	}
	p.print(p.lay(op, x.Shape(), s))
}

// ShardingSVG is the function of that name.
func (p ShardingPicture) ShardingSVG(shape []int, s ir.Sharding) string {
	return p.svg(p.lay("debug.ShardingSVG", shape, s))
}

// grid is the blocks of an array, rows of columns. A block is the numbers of the devices that hold it.
type grid struct {
	blocks   [][][]int
	shape    []int
	sharding ir.Sharding
}

func (p ShardingPicture) lay(op string, shape []int, s ir.Sharding) grid {
	if n := len(shape); n < 1 || n > 2 {
		trace.Fail(op, nil, "a picture has one or two dimensions, and the shape %v has %d; draw the two that are cut",
			shape, n)
	}
	if err := s.Check(shape); err != nil {
		trace.Fail(op, nil, "%v", err)
	}
	if p.Scale < 0 || p.MinWidth < 0 || p.MaxWidth < 0 {
		trace.Fail(op, nil, "ShardingPicture%+v has a negative length; 0 is the default", p)
	}
	cuts := make([]int, len(shape)) // how many blocks each dimension has
	for k := range cuts {
		cuts[k] = s.Mesh.SizeOf(s.Spec.At(k).Axes)
	}
	g := grid{make([][][]int, 1), shape, s}
	if len(shape) == 2 {
		g.blocks = make([][][]int, cuts[0])
	}
	for i := range g.blocks {
		g.blocks[i] = make([][]int, cuts[len(cuts)-1])
	}
	for i, d := range s.Mesh.Devices {
		at := s.Index(i, cuts) // of the array whose elements are the blocks
		row := 0
		if len(at) == 2 {
			row = at[0][0]
		}
		b := &g.blocks[row][at[len(at)-1][0]]
		*b = append(*b, d)
	}
	for _, row := range g.blocks {
		for _, b := range row {
			slices.Sort(b)
		}
	}
	return g
}

// aspect is how wide the picture is for its height.
func (g grid) aspect() float64 {
	if len(g.shape) == 1 {
		return 1 / float64(max(g.shape[0], 1))
	}
	return float64(g.shape[1]) / float64(max(g.shape[0], 1))
}

func (p ShardingPicture) print(g grid) {
	output.Lock()
	defer output.Unlock()
	if text := p.text(g); output.w == nil {
		os.Stdout.WriteString(text)
	} else {
		output.w.Write([]byte(text))
	}
}

// label is what stands in a block.
func (g grid) label(i, j int) string {
	devices := strings.Trim(fmt.Sprint(g.blocks[i][j]), "[]")
	return strings.ToUpper(g.sharding.Mesh.Platform) + " " + strings.ReplaceAll(devices, " ", ",")
}

// measure is how wide the columns of a text are, and how many empty lines are in a block. It is as JAX has it, where a
// character is taken to be 2.5 times as high as wide, but for what would be too narrow for its labels.
func (p ShardingPicture) measure(g grid) (widths []int, empty int) {
	least, most := cmp.Or(p.MinWidth, 9), cmp.Or(p.MaxWidth, 80)
	rows, columns := len(g.blocks), len(g.blocks[0])
	height := int(10 * cmp.Or(p.Scale, 1))
	block := int(float64(int(float64(height)*g.aspect())) * 2.5 / float64(columns))
	inner := min(max(block, least), most) - 2
	room := most - columns - 1 // without the lines between
	widths = make([]int, columns)
	for j := range widths {
		widths[j] = inner
		if inner*columns > room {
			widths[j] = (room + columns - 1 - j) / columns
		}
		for i := range rows {
			widths[j] = max(widths[j], len(g.label(i, j)))
		}
	}
	if len(g.shape) == 2 {
		empty = max(height/rows-2, 0)
	}
	return widths, empty
}

// text draws g with lines.
func (p ShardingPicture) text(g grid) string {
	widths, empty := p.measure(g)
	var b strings.Builder
	line := func(left, between, right string, cell func(j, width int) string) {
		cells := make([]string, len(widths))
		for j, w := range widths {
			cells[j] = cell(j, w)
		}
		b.WriteString(left + strings.Join(cells, between) + right + "\n")
	}
	rule := func(left, between, right string) {
		line(left, between, right, func(_, w int) string { return strings.Repeat("─", w) })
	}
	blank := func(n int) {
		for range n {
			line("│", "│", "│", func(_, w int) string { return strings.Repeat(" ", w) })
		}
	}
	rule("┌", "┬", "┐")
	for i := range g.blocks {
		if i > 0 {
			rule("├", "┼", "┤")
		}
		blank(empty / 2)
		line("│", "│", "│", func(j, w int) string {
			s := g.label(i, j)
			return fmt.Sprintf("%-*s", w, strings.Repeat(" ", (w-len(s))/2)+s)
		})
		blank(empty - empty/2)
	}
	rule("└", "┴", "┘")
	return b.String()
}
