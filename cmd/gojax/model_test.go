package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
)

func TestModel(t *testing.T) {
	dir := t.TempDir()
	model, in, out := filepath.Join(dir, "m.gojax"), filepath.Join(dir, "in.npz"), filepath.Join(dir, "out.npz")
	w := jnp.Arange(float32(3))
	f := func(x jnp.Array) jnp.Array { return x.Mul(w).Sum(1) }
	if err := (export.Saving{Name: "weigh", Buckets: [][]any{{jnp.Ones(2, 3)}}}).
		Save(model, f, jnp.Ones(1, 3)); err != nil {
		t.Fatal(err)
	}
	text, _, err := gojaxRun(t, "show", model)
	if err != nil || !strings.Contains(text, "weigh for cpu\n  args[0]: float32[1,3]\n  result: float32[1]") ||
		!strings.Contains(text, "stablehlo.multiply") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, name := range []string{"args[0]", "arr_0"} {
		if err := jnp.SaveArrays(in, map[string]jnp.Array{name: jnp.Ones(2, 3)}); err != nil {
			t.Fatal(err)
		}
		text, _, err := gojaxRun(t, "run", model, in, "-o", out)
		if err != nil || !strings.Contains(text, "float32[2]") {
			t.Errorf("%v\n%s", err, text)
		}
		result := map[string]string{"args[0]": "result", "arr_0": "arr_0"}[name]
		if got, err := jnp.LoadArrays(out); err != nil || got[result].String() != "[3. 3.]" {
			t.Errorf("%v, %v", got, err)
		}
	}
	for _, c := range []struct {
		x    jnp.Array
		name string
		want string
	}{{jnp.Ones(5, 3), "args[0]", "3 sets of types"}, {jnp.Ones(2, 3), "y", "no array args[0], but y"}} {
		if err := jnp.SaveArrays(in, map[string]jnp.Array{c.name: c.x}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := gojaxRun(t, "run", model, in, "-o", out); err == nil || c.name == "y" &&
			!strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
	if _, _, err := gojaxRun(t, "show", in); err == nil {
		t.Error("a file of arrays is shown as a program")
	}
	if _, _, err := gojaxRun(t, "show", filepath.Join(dir, "none")); !os.IsNotExist(err) && err == nil {
		t.Error(err)
	}
	for _, args := range [][]string{{"show"}, {"run", model}, {"run", model, in}, {"show", "-x"}} {
		if _, text, err := gojaxRun(t, args...); err != errUsage || !strings.Contains(text, "usage: gojax") {
			t.Errorf("%q: %v, %s", args, err, text)
		}
	}
}
