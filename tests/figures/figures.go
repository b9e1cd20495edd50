// Package figures compares results with figures that other libraries gave, which are kept beside the tests that read
// them: a line of JSON for each case, with its name, and its results as shapes and elements.
package figures

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/jsonl"
)

// number is one that may be "nan", "inf" or "-inf" in JSON.
type number float64

// UnmarshalJSON reads it.
func (n *number) UnmarshalJSON(b []byte) error {
	if s, err := strconv.Unquote(string(b)); err == nil {
		b = []byte(s)
	}
	x, err := strconv.ParseFloat(string(b), 64)
	*n = number(x)
	return err
}

// row is the results of a case.
type row struct {
	Name string
	Out  []struct {
		Shape []int
		Data  []number
	}
}

// Case computes the results of one case.
type Case func() []jnp.Array

// One is a Case of one result.
func One(f func() jnp.Array) Case { return func() []jnp.Array { return []jnp.Array{f()} } }

// Check compares what all gives with the figures in a file of the same names: within tolerance, relative to the figure
// or to 1, whichever is more. Each of the two must have every name of the other. All cases are one program, which takes
// a fraction of the time to compile that one for each takes.
func Check(t *testing.T, file string, tolerance float64, all map[string]Case) {
	t.Helper()
	names := slices.Sorted(maps.Keys(all))
	results := gojax.Jit(func() [][]jnp.Array {
		out := make([][]jnp.Array, len(names))
		for i, name := range names {
			out[i] = all[name]()
		}
		return out
	})()
	seen := map[string]bool{}
	err := jsonl.File(file, func(line []byte) error {
		var r row
		if err := json.Unmarshal(line, &r); err != nil {
			return err
		}
		i, ok := slices.BinarySearch(names, r.Name)
		if !ok || seen[r.Name] {
			return fmt.Errorf("there is no case %q, or two", r.Name)
		}
		seen[r.Name] = true
		if err := r.compare(results[i], tolerance); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	for _, name := range names {
		if !seen[name] {
			t.Errorf("there are no figures of %q", name)
		}
	}
}

func (r row) compare(got []jnp.Array, tolerance float64) error {
	if len(got) != len(r.Out) {
		return fmt.Errorf("there are %d results, want %d", len(got), len(r.Out))
	}
	for i, want := range r.Out {
		if !slices.Equal(got[i].Shape(), want.Shape) || ir.SizeOf(want.Shape) != len(want.Data) {
			return fmt.Errorf("result %d has shape %v, want %v", i, got[i].Shape(), want.Shape)
		}
		x := jnp.ToSlice[float32](got[i].AsType(jnp.Float32))
		for j, w := range want.Data {
			g, w := float64(x[j]), float64(w)
			near := !math.IsInf(w, 0) && math.Abs(g-w) <= tolerance*max(1, math.Abs(w))
			if g == w || near || math.IsNaN(g) && math.IsNaN(w) {
				continue
			}
			return fmt.Errorf("element %d of result %d is %v, want %v", j, i, g, w)
		}
	}
	return nil
}

// Grid is an array of numbers that have few bits: multiples of 1/16 from -50/16 to 50/16, the next in the flattened
// array 37 places further on in that circle.
func Grid(shape ...int) jnp.Array {
	x := make([]float32, ir.SizeOf(shape))
	for i := range x {
		x[i] = float32(i*37%101-50) / 16
	}
	return jnp.FromSlice(x, shape...)
}
