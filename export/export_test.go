package export_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

func load(t testing.TB, name string) *export.Exported {
	t.Helper()
	e, err := export.Load(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// layerParams are those of the layer that testdata/programs.py exports, and layerInput its input.
type layerParams struct{ W, B jnp.Array }

func layerInput() (layerParams, jnp.Array) {
	return layerParams{jnp.LinSpace(-1, 1, 12).Reshape(3, 4), jnp.Ones(4)}, jnp.Arange(float32(6)).Reshape(2, 3).Div(6)
}

type layerResult struct{ Y, N jnp.Array }

func near(t *testing.T, got jnp.Array, want ...float64) {
	t.Helper()
	w := jnp.FromSlice(want).AsType(got.DType()).Reshape(got.Shape()...)
	if !jnp.AllClose(got, w).Bool() {
		t.Errorf("%v, want %v", got, w)
	}
}

// The programs of testdata give what JAX's own runs of them gave.
func TestCall(t *testing.T) {
	p, x := layerInput()
	want := []float64{0.80266553, 0.832728, 0.85857, 0.8806795, 0.60244083, 0.78589576, 0.8904805, 0.94553626}
	e := load(t, "layer.jax_export")
	m := e.Call(map[string]any{"w": p.W, "b": p.B}, x, 3).(map[string]any)
	near(t, m["y"].(jnp.Array), want...)
	near(t, m["n"].(jnp.Array), 4)
	r := export.Func[func(layerParams, jnp.Array, jnp.Array) layerResult](e)(p, x, jnp.AsArray(int32(3)))
	near(t, r.Y, want...)
	near(t, r.N, 4)
	near(t, e.Call(&p, x, int8(3)).(map[string]any)["y"].(jnp.Array), want...)

	a := jnp.FromSlice([]float32{4, 2, 2, 5}).Reshape(2, 2)
	fails.With(t, func() { load(t, "cholesky.jax_export").Call(a) }, "args[0] is float32[2,2]", "takes float32[3,3]")
	chol := export.Func[func(jnp.Array) jnp.Array](load(t, "cholesky.jax_export"))
	near(t, chol(jnp.Eye(3).Mul(4)), 2, 0, 0, 0, 2, 0, 0, 0, 2)

	scaled := load(t, "scaled.jax_export")
	list := scaled.Call(x.Row(0), map[string]float64{"scale": 6}).([]any)
	near(t, list[0].(jnp.Array), 0, 1, 2)
	type keywords struct{ Scale float32 }
	y, same := export.Func[func(jnp.Array, keywords) (jnp.Array, []jnp.Array)](scaled)(x.Row(1), keywords{6})
	near(t, y, 3, 4, 5)
	near(t, same[0].Mul(6), 3, 4, 5)

	key := random.Key(1)
	near(t, load(t, "normal.jax_export").Call(key).(jnp.Array), -0.15443718, 0.08470728, -0.13598049)
	near(t, load(t, "unused.jax_export").Call(x.Row(0), jnp.Ones(2)).(jnp.Array), 2, 2)
	near(t, load(t, "sorted.mlir").Call(jnp.Arange(float32(5))).(jnp.Array), 4, 3, 2, 1, 0)
}

func TestCallErrors(t *testing.T) {
	p, x := layerInput()
	e := load(t, "layer.jax_export")
	for _, c := range []struct {
		args []any
		want []string
	}{
		{[]any{p, x}, []string{"takes 3 arguments", "has 2"}},
		{[]any{x, x, 3}, []string{"args[0] is an array", "{b: *, w: *}"}},
		{[]any{struct{ W jnp.Array }{p.W}, x, 3}, []string{"args[0]", `no field for "b"`}},
		{[]any{struct{ W, B, C jnp.Array }{p.W, p.B, p.B}, x, 3}, []string{"args[0].C", "no such part"}},
		{[]any{map[string]any{"w": p.W}, x, 3}, []string{"args[0]", `no key "b"`}},
		{[]any{map[string]any{"w": p.W, "c": p.B}, x, 3}, []string{"args[0]", `the key "c"`}},
		{[]any{layerParams{W: p.W}, x, 3}, []string{"args[0].B", "never set", "float32[4]"}},
		{[]any{layerParams{p.W, p.W}, x, 3}, []string{"args[0].B is float32[3,4]", "takes float32[4]"}},
		{[]any{p, x.AsType(jnp.Int32), 3}, []string{"args[1] is int32[2,3]", "takes float32[2,3]"}},
		{[]any{p, x, 3.5}, []string{"args[2] is a float64", "takes int32[]"}},
		{[]any{p, nil, 3}, []string{"args[1] is nil"}},
		{[]any{p, "x", 3}, []string{"args[1] is a string"}},
	} {
		fails.With(t, func() { e.Call(c.args...) }, append(c.want, "export_test.go:", "layer")...)
	}
	fails.With(t, func() { export.Func[func(jnp.Array) jnp.Array](e) }, "takes 3 arguments")
	fails.With(t, func() { export.Func[func(layerParams, jnp.Array, jnp.Array) jnp.Array](e) },
		"results[0] is an array",
		"{n: *, y: *}")
	fails.With(t, func() { export.Func[int](e) }, "int is no type of functions")
	fails.With(t, func() { load(t, "symbolic.jax_export").Call(x.T()) }, "args[0] is float32[3,2]", "float32[b,3]")
	fails.With(t, func() { load(t, "custom.jax_export").Call(x.Row(0)) }, "nowhere (programs.py:", "which there is not")
	fails.With(t, func() { load(t, "unused.jax_export").VJP() }, "without its derivative", "vjp_order=1")
}

// A call in a trace is recorded, mapped and differentiated.
func TestTraced(t *testing.T) {
	p, x := layerInput()
	f := export.Func[func(layerParams, jnp.Array, int32) layerResult](load(t, "layer.jax_export"))
	sum := func(p layerParams) jnp.Array { return f(p, x, 3).Y.Sum() }
	near(t, gojax.Jit(sum)(p), 6.599)
	for _, grad := range []func(layerParams) layerParams{gojax.Grad(sum), gojax.Jit(gojax.Grad(sum))} {
		g := grad(p)
		near(t, g.B, 0.9927931, 0.6889319, 0.46990204, 0.33036482)
		near(t, g.W.Row(2), 0.64946353, 0.42082787, 0.26015624, 0.16310221)
	}
	rows := gojax.Vmap(func(s jnp.Array) jnp.Array { return f(layerParams{p.W.Mul(s), p.B}, x, 3).Y.Sum() })
	near(t, rows(jnp.FromSlice([]float32{1, 1})), 6.599, 6.599)
	c, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, jnp.Array) {
		return c.Add(f(p, x, 3).Y.Sum()), c
	}, jnp.Zeros(), jnp.Zeros(3))
	near(t, c, 3*6.599)
	u := load(t, "unused.jax_export")
	fails.With(t, func() {
		gojax.Grad(func(y jnp.Array) jnp.Array { return u.Call(jnp.Ones(3), y).(jnp.Array).Sum() })(jnp.Ones(2))
	}, "without its derivative")
	e := load(t, "layer.jax_export")
	twice := load(t, "squared.jax_export") // sin² with its derivatives of two orders
	square := export.Func[func(jnp.Array) jnp.Array](twice)
	g2 := gojax.Grad(func(x jnp.Array) jnp.Array { return gojax.Grad(square)(x).Sum() })(jnp.Ones(2))
	near(t, g2, -0.8322937, -0.8322937) // 2 cos(2)
	g := e.VJP().Call(p.B, p.W, x, 3, false, jnp.Ones(2, 4)).([]any)
	near(t, g[0].(jnp.Array), 0.9927931, 0.6889319, 0.46990204, 0.33036482)
}

func TestSignature(t *testing.T) {
	e := load(t, "layer.jax_export")
	want := "layer for cpu\n" +
		"  args[0][\"b\"]: float32[4]\n  args[0][\"w\"]: float32[3,4]\n  args[1]: float32[2,3]\n  args[2]: int32[]\n" +
		"  result[\"n\"]: int32[]\n  result[\"y\"]: float32[2,4]"
	if s := e.String(); s != want {
		t.Errorf("%s\nwant\n%s", s, want)
	}
	if s := load(t, "symbolic.jax_export").Variants()[0].Inputs[0].Type.String(); s != "float32[b,3]" {
		t.Error(s)
	}
	if s := load(t, "normal.jax_export").Variants()[0].Inputs[0].Type.String(); s != "key<fry>[]" {
		t.Error(s)
	}
	if e := load(t, "cholesky.jax_export"); len(e.Platforms()) != 2 || e.HasVJP() || e.Name() != "cholesky" {
		t.Error(e)
	}
	if s, err := e.Text(); err != nil || !strings.Contains(s, "stablehlo.tanh") {
		t.Error(s, err)
	}
}

func TestLoadErrors(t *testing.T) {
	dir := t.TempDir()
	for name, b := range map[string]string{"empty": "", "text": "hello, world: no program at all",
		"module": "func.func @main() { nonsense }", "bytecode": "ML\xefR\x01nonsense"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(b), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := export.Load(path); !errors.Is(err, export.ErrFormat) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := export.Load(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
