package optim_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/tree"
)

func TestMain(m *testing.M) { leak.Main(m, gojax.LiveBuffers) }

type (
	array  = jnp.Array
	params struct{ A, B, C array }
	state  = optim.State[params]
)

// line is a line of testdata/optax.jsonl: what optax made, all parameters in a row.
type line struct {
	Name        string
	Params      []float64   // to begin with
	Grads       [][]float64 // of all steps
	First, Last []float64   // the parameters after the first and the last step
	Values      []float64   // of the objective after each step
	Rates       []float64   // of line searches, and of schedules for 0, 1, ...
	Tries       []float64
}

// optax are the lines by their names.
func optax(t testing.TB) map[string]line {
	t.Helper()
	lines := map[string]line{}
	if err := jsonl.File("testdata/optax.jsonl", func(text []byte) error {
		var l line
		err := json.Unmarshal(text, &l)
		lines[l.Name] = l
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

// problem are the parameters to begin with, and the gradients of all steps, one above the other.
func problem(t testing.TB, d jnp.DType) (p, grads params) {
	l := optax(t)["problem"]
	g := make([]params, len(l.Grads))
	for i, row := range l.Grads {
		g[i] = paramsOf(row, d)
	}
	return paramsOf(l.Params, d), tree.Stack(g)
}

func paramsOf(x []float64, d jnp.DType) params {
	a := jnp.Creation{DType: d}.AsArray(x)
	return params{a.Index(jnp.S(0, 3)), a.Index(jnp.S(3, 9)).Reshape(2, 3), a.Index(9)}
}

// trained are the parameters after each step with the gradients, one above the other.
func trained(opt optim.Transform[params], p, grads params) params {
	type carry struct {
		P params
		S state
	}
	_, all := lax.Scan(func(c carry, g params) (carry, params) {
		u, s := opt.Update(g, c.S, c.P)
		c = carry{optim.Apply(c.P, u), s}
		return c, c.P
	}, carry{p, opt.Init(p)}, grads)
	return all
}

// row are all elements of p, whose arrays have i in front of their axes.
func row(p params, i int) (x []float64) {
	for _, a := range tree.Leaves(p) {
		x = append(x, host(a.Index(i))...)
	}
	return x
}

func host(a array) []float64 {
	var x []float64
	gojax.WithX64(true, func() { x = jnp.ToSlice[float64](a.AsType(jnp.Float64).Ravel()) })()
	return x
}

// near reports how far got is from want at most, relative to 1 and to want.
func near(t testing.TB, what string, got, want []float64, tol float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s are %d numbers, want %d", what, len(got), len(want))
		return
	}
	for i, w := range want {
		if d := math.Abs(got[i] - w); !(d <= tol*(1+math.Abs(w))) {
			t.Errorf("%s: number %d is %v, want %v, %.2g off", what, i, got[i], w, d)
			return
		}
	}
}
