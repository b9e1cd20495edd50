package export_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/trace"
)

// storedArray is an array as testdata/shapes.py writes it.
type storedArray struct {
	DType string
	Shape []int
	Data  []byte
}

func (s storedArray) array(t *testing.T) jnp.Array {
	t.Helper()
	d, err := ir.ParseDType(s.DType)
	if err != nil {
		t.Fatal(err)
	}
	return jnp.Wrap(trace.TheRuntime().FromHost(append([]byte{}, s.Data...), ir.Aval{Shape: s.Shape, DType: d}))
}

// TestSizes runs the programs of testdata/shapes.jsonl.gz, whose shapes have variables, for the sizes that JAX ran them
// for, with its numbers, and their derivatives.
func TestSizes(t *testing.T) {
	n := 0
	err := jsonl.File(filepath.Join("testdata", "shapes.jsonl.gz"), func(line []byte) error {
		var c struct {
			Name, Program string
			Runs          []struct {
				Sizes        map[string]any
				In, Out, VJP []storedArray
				Error        string
			}
		}
		if err := json.Unmarshal(line, &c); err != nil {
			return err
		}
		n++
		t.Run(c.Name, func(t *testing.T) {
			b, err := base64.StdEncoding.DecodeString(c.Program)
			if err != nil {
				t.Fatal(err)
			}
			e, err := export.Deserialize(b)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range c.Runs {
				var in []jnp.Array
				for _, x := range r.In {
					in = append(in, x.array(t))
				}
				if r.Error != "" {
					fails.With(t, func() { e.CallFlat(in...) }, r.Error)
					continue
				}
				var out []jnp.Array
				if err := trace.Try(func() { out = e.CallFlat(in...) }); err != nil {
					t.Errorf("%v: %v", r.Sizes, err)
					continue
				}
				same(t, fmt.Sprint(r.Sizes), out, r.Out)
				if r.VJP == nil {
					continue
				}
				for _, y := range out {
					if y.DType().IsFloat() {
						in = append(in, jnp.OnesLike(y))
					} else {
						in = append(in, jnp.Creation{DType: jnp.Bool}.Zeros(y.Shape()...))
					}
				}
				var floats []jnp.Array
				for _, g := range e.VJP().CallFlat(in...) {
					if g.DType().IsFloat() {
						floats = append(floats, g)
					}
				}
				same(t, fmt.Sprint(r.Sizes, " derivative"), floats, r.VJP)
			}
		})
		return nil
	})
	if err != nil || n == 0 {
		t.Errorf("%d programs, %v", n, err)
	}
}

func same(t *testing.T, what string, got []jnp.Array, want []storedArray) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d results, want %d", what, len(got), len(want))
	}
	for i, w := range want {
		x := w.array(t)
		if g := got[i]; g.DType() != x.DType() || fmt.Sprint(g.Shape()) != fmt.Sprint(x.Shape()) ||
			!(jnp.Tolerance{RTol: 2e-4, ATol: 2e-5, EqualNaN: true}).AllClose(g, x).Bool() {
			t.Errorf("%s: result %d is %v, want %v", what, i, g, x)
		}
	}
}

// A program whose shapes have variables is compiled for sizes that are known before, and traced as others are.
func TestSized(t *testing.T) {
	e := load(t, "symbolic.jax_export")
	if err := e.Compile(nil); err == nil || !strings.Contains(err.Error(), "Sized") {
		t.Error(err)
	}
	five, err := e.Sized(map[string]int{"b": 5})
	if err != nil {
		t.Fatal(err)
	}
	if err := five.Compile(nil); err != nil {
		t.Fatal(err)
	}
	if s := five.Variants()[0].Inputs[0].Type.String(); s != "float32[5,3]" {
		t.Error(s)
	}
	near(t, five.Call(jnp.Zeros(5, 3)).(jnp.Array), 0, 0, 0)
	fails.With(t, func() { five.Call(jnp.Zeros(4, 3)) }, "takes float32[5,3]")
	fails.With(t, func() { e.Call(jnp.Zeros(0, 3)) }, "Expected value >= 1 for dimension variable 'b'", "'b' = 0")
	f := export.Func[func(jnp.Array) jnp.Array](e)
	twice := gojax.Jit(func(x jnp.Array) jnp.Array { return f(x).Add(f(jnp.Concatenate([]jnp.Array{x, x}, 0))) })
	near(t, twice(jnp.Zeros(2, 3)), 0, 0, 0)
	for _, values := range []map[string]int{nil, {"c": 3}, {"b": -1}, {"b": 0}} {
		if _, err := e.Sized(values); err == nil || !strings.Contains(err.Error(), "export.Exported.Sized") {
			t.Errorf("%v: %v", values, err)
		}
	}
}
