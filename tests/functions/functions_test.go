// Package functions holds NumPy-shaped functions, transforms and special functions against what JAX 0.10.2 makes of the same
// operands on a CPU: testdata has the cases, in the format of tests/golden.
package functions

import (
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden"
)

// call has the arguments and keyword arguments of a case.
type call struct {
	t    *testing.T
	args []any
	kw   map[string]any
}

func (c call) a(i int) jnp.Array { return c.args[i].(jnp.Array) }

func (c call) ints(x any) []int {
	switch x := x.(type) {
	case nil:
		return nil
	case int:
		return []int{x}
	}
	out := []int{}
	for _, v := range x.([]any) {
		out = append(out, v.(int))
	}
	return out
}

// axes are the keyword axis or axes.
func (c call) axes() []int {
	if x, ok := c.kw["axis"]; ok {
		return c.ints(x)
	}
	return c.ints(c.kw["axes"])
}

// floats is the keyword of that name as an optional argument.
func (c call) floats(name string) []float64 {
	switch v := c.kw[name].(type) {
	case jnp.Array:
		return []float64{v.Item()}
	case float64:
		return []float64{v}
	case int:
		return []float64{float64(v)}
	}
	return nil
}

type table = map[string]func(c call) any

var tables = []table{nnTable, specialTable, fftTable, polyTable, laxTable}

// waiting are functions that have no counterpart yet.
var waiting = []string{"jsp.fft.", "jsp.signal.", "jsp.ndimage.", "jax.nn.initializers.", "jnp.polyfit", "jsp.special.spence", "jsp.special.exp1", "jsp.special.expi",
	"jsp.special.bernoulli", "jsp.special.fresnel", "jsp.special.hyp", "jsp.special.sph_harm_y", "jsp.special.lpmn"}

func TestFunctions(t *testing.T) {
	families, err := golden.Load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		passed, waits, total := 0, 0, 0
		for _, c := range f.Cases {
			total++
			if slices.ContainsFunc(waiting, func(w string) bool { return strings.HasPrefix(c.Fn, w) }) {
				waits++
				continue
			}
			var g func(c call) any
			for _, tab := range tables {
				if h, ok := tab[c.Fn]; ok {
					g = h
				}
			}
			if g == nil {
				t.Errorf("%s: there is no %s", c.ID, c.Fn)
				continue
			}
			kw := map[string]any{}
			err := c.Run(func(args []any) any {
				for k, v := range c.Kwargs {
					x, err := golden.Arg(v)
					if err != nil {
						t.Fatalf("%s: %v", c.ID, err)
					}
					kw[k] = x
				}
				return g(call{t, args, kw})
			})
			if err != nil {
				t.Errorf("%s (%s): %v", c.ID, c.Fn, err)
				continue
			}
			passed++
		}
		t.Logf("%s: %d/%d, waiting %d", f.Name, passed, total, waits)
	}
}
