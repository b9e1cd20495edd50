// Command tutorial shows what gojax does, one small section after another: threaded linear algebra, fusing by Jit,
// single and double precision, asynchronous dispatch, immutable arrays, Vmap, independent random streams, parallel
// maps, several devices, maps over processes, and kernels written in Go.
//
//	go run ./examples/tutorial           every section, at the sizes of a lecture
//	go run ./examples/tutorial -quick    the same in under 20 seconds
//	go run ./examples/tutorial -only vmap -n 2000
//
// Threads are chosen by the environment: GOJAX_NUM_THREADS=1 go run ./examples/tutorial -only blas
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tasks"
)

// section is one part of the tutorial. It prints what it shows and keeps the figures that a test compares with JAX's.
type section struct {
	name, title string
	run         func(p *page)
}

var sections = []section{
	{"blas", "Threaded linear algebra: xᵀx and Cholesky", blas},
	{"fusion", "exp(x) + 3 sin(x), eager and jitted", fusion},
	{"precision", "xᵀx and Cholesky in float32 and float64", precision},
	{"async", "Asynchronous dispatch", async},
	{"dtypes", "float32 by default, and the 64-bit switch", dtypes},
	{"device", "Where an array lives", device},
	{"immutable", "Arrays are immutable", immutable},
	{"vmap", "Vmap over columns: in and out axes", vmapColumns},
	{"vmap2", "Vmap over two arguments", vmapTwo},
	{"streams", "Independent random streams for parallel tasks", streams},
	{"parmap", "A load-balanced parallel map", parallelMap},
	{"mesh", "Several devices: a mesh, a sharded product, ShardMap", overMesh},
	{"cluster", "A map over processes, here or on a cluster", cluster},
	{"kernel", "A Go function on slices as an operation", kernel},
}

// page is what a section writes on.
type page struct {
	out    io.Writer
	table  *tabwriter.Writer
	quick  bool
	n      int // 0: the section's own size
	values map[string]float64
	broken []error // promises that were not kept
}

// size is the section's problem size: what -n says, else the full or the quick one.
func (p *page) size(full, quick int) int {
	switch {
	case p.n > 0:
		return p.n
	case p.quick:
		return quick
	}
	return full
}

func (p *page) say(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// row adds a line to the section's table; cells are separated by tabs.
func (p *page) row(cells ...any) {
	if p.table == nil {
		p.table = tabwriter.NewWriter(p.out, 0, 8, 3, ' ', tabwriter.AlignRight)
	}
	for _, c := range cells {
		switch c := c.(type) {
		case time.Duration:
			fmt.Fprintf(p.table, "%s\t", milliseconds(c))
		default:
			fmt.Fprintf(p.table, "%v\t", c)
		}
	}
	fmt.Fprintln(p.table)
}

// endTable prints the rows so far.
func (p *page) endTable() {
	if p.table != nil {
		p.table.Flush()
		p.table = nil
	}
}

// mistake prints the error of f, whose message has the given words.
func (p *page) mistake(words string, f func()) {
	err := gojax.Try(f)
	p.say("  %v", err)
	if err == nil || !strings.Contains(err.Error(), words) {
		p.broken = append(p.broken, fmt.Errorf("an error about %q was promised, and there is %v", words, err))
	}
}

// keep remembers a figure under a name; figures are printed by the section itself.
func (p *page) keep(name string, v float64) { p.values[name] = v }

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d.Nanoseconds())/1e6)
}

// timed runs f, waits for its result, and tells how long that took.
func timed(f func() jnp.Array) (jnp.Array, time.Duration) {
	start := time.Now()
	y := f().BlockUntilReady()
	return y, time.Since(start)
}

// again is timed with a first run, which compiles, told apart from the best of three more.
func again(f func() jnp.Array) (y jnp.Array, first, best time.Duration) {
	y, first = timed(f)
	best = time.Hour
	for range 3 {
		y.Delete()
		var d time.Duration
		if y, d = timed(f); d < best {
			best = d
		}
	}
	return y, first, best
}

func names() []string {
	var n []string
	for _, s := range sections {
		n = append(n, s.name)
	}
	return n
}

// run shows the sections named by only (all if empty) and returns their figures.
func run(out io.Writer, quick bool, n int, only string) (map[string]float64, error) {
	if only != "" && !slices.Contains(names(), only) {
		return nil, fmt.Errorf("-only %s: the sections are %s", only, strings.Join(names(), ", "))
	}
	if n < 0 {
		return nil, fmt.Errorf("-n %d: want a positive size", n)
	}
	values := map[string]float64{}
	chosen := slices.DeleteFunc(slices.Clone(sections), func(s section) bool { return only != "" && s.name != only })
	bar := show.Bar(len(chosen), "tutorial")
	for i, s := range chosen {
		bar.Describe(s.name)
		p := &page{out: out, quick: quick, n: n, values: values}
		p.say("\n%d. %s\n", i+1, s.title)
		err := gojax.Try(func() { s.run(p) })
		p.endTable()
		if err = errors.Join(append(p.broken, err)...); err != nil {
			return nil, fmt.Errorf("section %s: %w", s.name, err)
		}
		_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
	}
	return values, nil
}

func main() {
	severalDevices()
	tasks.Work() // workers of the section on clusters are this program
	quick := flag.Bool("quick", false, "small sizes: everything in under 20 seconds on two cores")
	n := flag.Int("n", 0, "the problem size of every section that has one (0: each section's own)")
	only := flag.String("only", "", "one section: "+strings.Join(names(), ", "))
	show.Main("tutorial", func() error {
		_, err := run(os.Stdout, *quick, *n, *only)
		return err
	})
}
