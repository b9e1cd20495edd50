package export_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
)

// network has parts in another order than their names, a plain value, and a list.
type network struct {
	Weights []jnp.Array
	Bias    map[string]jnp.Array
	Scale   int
	Key     random.KeyArray
	Unset   jnp.Array
}

func newNetwork() network {
	return network{[]jnp.Array{jnp.Ones(3, 2), jnp.Arange(float32(4)).Reshape(2, 2)},
		map[string]jnp.Array{"second": jnp.Ones(2), "first": jnp.Zeros(2)}, 2, random.Key(3), jnp.Array{}}
}

func saveTo(t *testing.T, o export.Saving, name string, f any, args ...any) *export.Exported {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := o.Save(path, f, args...); err != nil {
		t.Fatal(err)
	}
	e, err := export.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSave(t *testing.T) {
	outside := jnp.FromSlice([]float32{10, 20})
	flags := jnp.FromSlice([]bool{true, false})
	z := jnp.FromSlice([]complex64{1i, 2})
	f := func(n network, x jnp.Array) (jnp.Array, network, map[string]jnp.Array) {
		y := x.MatMul(n.Weights[0]).Mul(n.Scale).Add(n.Bias["second"]).MatMul(n.Weights[1]).Add(n.Bias["first"])
		y = jnp.Where(flags, jnp.Sort(y.Add(outside), 0), y.Add(jnp.Abs(z)))
		return y, n, map[string]jnp.Array{"b": y.Sum(), "a": random.Normal(n.Key, 2)}
	}
	n := newNetwork()
	x := jnp.Arange(float32(6)).Reshape(2, 3)
	want, _, more := f(n, x)
	for _, name := range []string{"net.gojax", "net.jax_export"} {
		e := saveTo(t, export.Saving{Name: "network"}, name, f, n, x)
		if e.Name() != "network" {
			t.Error(e.Name())
		}
		g := export.Func[func(network, jnp.Array) (jnp.Array, network, map[string]jnp.Array)](e)
		y, same, m := g(n, x)
		if !jnp.ArrayEqual(y, want).Bool() || !jnp.ArrayEqual(m["a"], more["a"]).Bool() ||
			!jnp.ArrayEqual(same.Bias["second"], n.Bias["second"]).Bool() || len(same.Weights) != 2 ||
			!jnp.ArrayEqual(same.Key.Data(), n.Key.Data()).Bool() {
			t.Errorf("%s: %v, want %v; %v, want %v; %v", name, y, want, m, more, same)
		}
	}
}

func TestBuckets(t *testing.T) {
	w := jnp.Arange(float32(3))
	f := func(x jnp.Array) jnp.Array { return x.Mul(w).Sum(1) }
	o := export.Saving{Buckets: [][]any{{jnp.Ones(2, 3)}, {jnp.Ones(4, 3)}}, Platforms: []string{"cpu"}}
	e := saveTo(t, o, "f.gojax", f, jnp.Ones(1, 3))
	for _, n := range []int{1, 2, 4} {
		near(t, e.Call(jnp.Ones(n, 3)).(jnp.Array), slices.Repeat([]float64{3}, n)...)
	}
	err := gojax.Try(func() { e.Call(jnp.Ones(3, 3)) })
	if err == nil || !strings.Contains(err.Error(), "3 sets of types") {
		t.Error(err)
	}
	if len(e.Variants()) != 3 || !slices.Equal(e.Platforms(), []string{"cpu"}) {
		t.Error(e)
	}
	if s, err := e.Text(); err != nil || !strings.Contains(s, "stablehlo.multiply") {
		t.Error(s, err)
	}
}

func TestSaveErrors(t *testing.T) {
	dir := t.TempDir()
	x := jnp.Ones(2, 2)
	for _, c := range []struct {
		o    export.Saving
		name string
		f    any
		args []any
		want string
	}{
		{export.Saving{}, "f", func(x jnp.Array) jnp.Array {
			debug.Print("{}", x)
			return x
		}, []any{x}, "calls Go functions"},
		{export.Saving{Platforms: []string{"cuda"}}, "f", linalg.EigVals, []any{x}, "cuda"},
		{export.Saving{Buckets: [][]any{{x}}}, "f.jax_export", jnp.Sin, []any{x}, "one program"},
		{export.Saving{Buckets: [][]any{{[]jnp.Array{x, x}}}}, "f", func(x []jnp.Array) jnp.Array { return x[0] },
			[]any{[]jnp.Array{x}}, "Buckets[0] have the structure"},
		{export.Saving{Buckets: [][]any{{x.Row(0)}}}, "f",
			func(x jnp.Array) jnp.Array { return x.Add(jnp.Ones(2).BlockUntilReady()) }, []any{x}, ""},
		{export.Saving{}, "no/such/folder/f", jnp.Sin, []any{x}, "no such file"},
		{export.Saving{}, "f", jnp.Sin, []any{x, x}, "2 arguments"},
		{export.Saving{}, "f", 3, []any{x}, "want a function"},
	} {
		err := c.o.Save(filepath.Join(dir, c.name), c.f, c.args...)
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

// A byte that is another anywhere in a file is found.
func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.gojax")
	w := jnp.Ones(3)
	if err := export.Save(path, func(x jnp.Array) jnp.Array { return x.Mul(w) }, w); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(b); i += 7 {
		c := slices.Clone(b)
		c[i] ^= 0x10
		if _, err := export.Deserialize(c); err == nil {
			t.Errorf("byte %d of %d: no error", i, len(b))
		}
		if _, err := export.Deserialize(b[:i]); !errors.Is(err, export.ErrFormat) {
			t.Errorf("%d bytes of %d: %v", i, len(b), err)
		}
	}
}

// TestPython runs programs that are saved here in JAX, by the code of docs/SERVING.md, where GOJAX_PYTHON names a
// Python that has it.
func TestPython(t *testing.T) {
	python := os.Getenv("GOJAX_PYTHON")
	if python == "" {
		t.Skip("GOJAX_PYTHON names no Python with JAX")
	}
	page, err := os.ReadFile("../docs/SERVING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(page), "```python\n")
	code, _, _ = strings.Cut(code, "```")
	dir := t.TempDir()
	n, x := newNetwork(), jnp.Arange(float32(6)).Reshape(2, 3)
	outside := jnp.FromSlice([]complex64{3, 4i})
	flags := jnp.FromSlice([]bool{true, false})
	f := func(n network, x jnp.Array) []jnp.Array {
		y := jnp.Sort(x.MatMul(n.Weights[0]).Add(n.Bias["second"]).MatMul(n.Weights[1]))
		chol := linalg.Cholesky(y.T().MatMul(y).Add(jnp.Eye(2)))
		return []jnp.Array{jnp.Where(flags, y, jnp.Abs(outside)), chol}
	}
	want := f(n, x)
	for _, name := range []string{"net.gojax", "net.jax_export"} {
		if err := (export.Saving{VJPOrder: 1}).Save(filepath.Join(dir, name), f, n, x); err != nil {
			t.Fatal(err)
		}
	}
	gradient := gojax.Grad(func(x jnp.Array) jnp.Array { y := f(n, x); return y[0].Sum().Add(y[1].Sum()) })(x)
	code += `
n = {"Weights": [np.ones((3, 2), np.float32), np.arange(4, dtype=np.float32).reshape(2, 2)],
     "Bias": {"first": np.zeros(2, np.float32), "second": np.ones(2, np.float32)},
     "Key": np.asarray([0, 3], np.uint32), "Unset": None}
n = {k: v for k, v in n.items() if k in ("Weights", "Bias", "Key", "Unset")}
x = np.arange(6, dtype=np.float32).reshape(2, 3)
with open("net.jax_export", "rb") as file:
    plain = jax.export.deserialize(bytearray(file.read())).call
for call in load_gojax("net.gojax"), plain:
    g = jax.grad(lambda x: sum(y.sum() for y in call(n, x)))(x)
    print(*[v for y in [*call(n, x), g] for v in np.asarray(y).ravel()])
`
	cmd := exec.Command(python, "-c", code)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var got []float64
		for _, s := range strings.Fields(line) {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got = append(got, v)
		}
		if len(got) != 14 {
			t.Fatalf("%d numbers, want 14:\n%s", len(got), out)
		}
		near(t, want[0], got[:4]...)
		near(t, want[1], got[4:8]...)
		near(t, gradient, got[8:]...)
	}
}

// childEnv has this binary be a process that loads a program and runs it, without compiling or tracing one of its own.
const childEnv = "GOJAX_TEST_LOAD"

// A program that is saved here runs in another process.
func TestOtherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f.gojax")
	w := jnp.Arange(float32(3))
	if err := export.Save(path, func(x jnp.Array) jnp.Array { return x.Mul(w).Sum() }, w); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childEnv+"="+path)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "5.0" {
		t.Errorf("%v\n%s", err, out)
	}
}
