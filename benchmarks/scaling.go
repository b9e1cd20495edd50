package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
)

// curve is a row over sizes or threads: a line of milliseconds for each contender, 0 where it has none.
type curve struct {
	Name  string               `json:"name"`
	X     []float64            `json:"x"`
	Lines map[string][]float64 `json:"lines"`
}

// add appends a row's cells at x.
func (c *curve) add(x float64, r result) {
	c.X = append(c.X, x)
	for name, cell := range r.Cells {
		if c.Lines[name] == nil {
			c.Lines[name] = make([]float64, 0)
		}
		for len(c.Lines[name]) < len(c.X)-1 {
			c.Lines[name] = append(c.Lines[name], 0)
		}
		c.Lines[name] = append(c.Lines[name], cell.Median)
	}
}

// sized are operations that are measured over sizes.
var sized = []struct {
	name  string
	sizes []int
	row   func(n int) row
}{
	{"add", powers(1000, 100*million), func(n int) row {
		return work("", "add", one(func(x jnp.Array) jnp.Array { return x.Add(x) }), normal(n)).eager()
	}},
	{"exp(x) + 3 sin(x)", powers(1000, 100*million), func(n int) row {
		return work("", "exp3sin", one(expSin), normal(n)).eager()
	}},
	{"sum", powers(1000, 100*million), func(n int) row {
		return work("", "sum", axis(jnp.Sum), normal(n)).eager().within(1e-1)
	}},
	{"sort", powers(1000, 10*million), func(n int) row { return work("", "sort", axis(jnp.Sort), normal(n)).eager() }},
	{"product of n by n matrices", []int{16, 64, 256, 1024, 4096}, func(n int) row {
		return work("", "matmul", two(jnp.MatMul), normal(n, n), normal(n, n)).eager()
	}},
	{"Cholesky of n by n matrices", []int{16, 64, 256, 1024, 4096}, func(n int) row {
		return work("", "cholesky", one(linalg.Cholesky), definite(normal(n, n))).eager()
	}},
}

func powers(from, to int) (sizes []int) {
	for n := from; n <= to; n *= 10 {
		sizes = append(sizes, n)
	}
	return sizes
}

// sizes measures operations over sizes; with few, two of them, and small ones.
func (s *suite) sizes(few bool) (curves []curve) {
	operations := sized
	if few {
		operations = sized[:2]
	}
	bar := progress(len(operations))
	for _, o := range operations {
		bar(o.name + " over n")
		c := curve{Name: o.name, Lines: map[string][]float64{}}
		for _, n := range o.sizes {
			if !few || n <= million {
				c.add(float64(n), s.measure(o.row(n)))
			}
		}
		curves = append(curves, c)
	}
	bar("")
	return curves
}

// threaded are rows that are measured over threads.
var threaded = []string{"exp+3sin 25e6", "add 25e6", "sum all 4000^2", "sort 4e6", "matmul f32 2000",
	"metropolis 1000x500", "conv2d 8x32x64x64 * 64x32x3x3"}

// overThreads measures rows with each number of threads, by processes of their own: the size of XLA's pools
// is set once.
func overThreads(f flags) (curves []curve, err error) {
	names := threaded
	if f.quick {
		names = threaded[:1]
	}
	for _, name := range names {
		curves = append(curves, curve{Name: name, Lines: map[string][]float64{}})
	}
	folder, remove, err := temporary()
	if err != nil {
		return nil, err
	}
	defer remove()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	for n := 1; ; n = min(2*n, runtime.NumCPU()) {
		out := filepath.Join(folder, "threads.json")
		pattern := ""
		for _, name := range names {
			pattern += "|^" + regexp.QuoteMeta(name) + "$"
		}
		args := []string{"-json", out, "-only", pattern[1:], "-threads", strconv.Itoa(n), "-against", f.against,
			"-python", f.python, "-torch", f.torch, "-device", f.device, fmt.Sprintf("-quick=%t", f.quick)}
		cmd := exec.Command(self, args...)
		cmd.Stderr = os.Stderr
		failed := cmd.Run() // also where a row has failed: the others are there
		data, err := os.ReadFile(out)
		if err != nil {
			return curves, fmt.Errorf("with %d threads: %w", n, errors.Join(failed, err))
		}
		var rep report
		if err := json.Unmarshal(data, &rep); err != nil {
			return curves, err
		}
		for i := range curves {
			for _, r := range rep.Rows {
				if r.Name == curves[i].Name {
					curves[i].add(float64(n), r)
				}
			}
		}
		if n == runtime.NumCPU() {
			return curves, nil
		}
	}
}
