// Package jaxexport loads programs that JAX exported, by package export, and compares what they give with what JAX's
// runs of them gave. Their linear algebra calls LAPACK by JAX's names.
package jaxexport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/tests/leak"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

func TestMain(m *testing.M) { leak.Main(m, jit.LiveBuffers) }

// exported is a line of index.jsonl.
type exported struct {
	Name string
	Kept []int // the inputs that the program still takes
	In   []map[string]any
	Out  []map[string]any
}

// TestExported runs the programs of the folder that GOJAX_JAXEXPORT names: index.jsonl, and of each line
// NAME.jax_export and the module in it, NAME.mlirbc, also written as text.
func TestExported(t *testing.T) {
	dir := cmp.Or(os.Getenv("GOJAX_JAXEXPORT"), "../../../shared/jaxexport")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("GOJAX_JAXEXPORT names a folder of programs that JAX exported: %v", err)
	}
	if err := kernels.RegisterLAPACK(); err != nil {
		t.Skipf("the programs call LAPACK: %v", err)
	}
	trace.WithX64(true, func() {
		err := jsonl.File(filepath.Join(dir, "index.jsonl"), func(line []byte) error {
			var e exported
			d := json.NewDecoder(bytes.NewReader(line))
			d.UseNumber()
			if err := d.Decode(&e); err != nil {
				return err
			}
			t.Run(e.Name, func(t *testing.T) {
				trace.WithX64(true, func() { // a goroutine of its own
					e.run(t, filepath.Join(dir, e.Name+".jax_export"), false)
					bare := filepath.Join(dir, e.Name+".mlirbc")
					e.run(t, bare, true)
					text, err := load(t, bare).Text()
					if err != nil {
						t.Fatal(err)
					}
					path := filepath.Join(t.TempDir(), e.Name+".mlir")
					if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
						t.Fatal(err)
					}
					e.run(t, path, true)
				})
			})
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func load(t *testing.T, path string) *export.Exported {
	t.Helper()
	x, err := export.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// run runs the program at path with the stored inputs, twice, since it may destroy what it is given. bare says that it
// is the module alone, which takes the inputs that are kept.
func (e exported) run(t *testing.T, path string, bare bool) {
	x := load(t, path)
	var in []jnp.Array
	for _, m := range e.In {
		in = append(in, array(t, m))
	}
	args := in
	if bare {
		args = nil
		for _, i := range e.Kept {
			args = append(args, in[i])
		}
	}
	v := x.Variants()[0]
	for range 2 {
		rest := args
		var trees []any
		for _, n := range v.In.Children {
			var a any
			a, rest = build(n, rest)
			trees = append(trees, a)
		}
		var out any
		if err := trace.Try(func() { out = x.Call(trees...) }); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_, leaves := trace.Flatten(out)
		if len(leaves) != len(e.Out) {
			t.Fatalf("%s: %d results, want %d", path, len(leaves), len(e.Out))
		}
		for i, l := range leaves {
			compare(t, jnp.Wrap(l), e.Out[i])
		}
	}
}

// build makes the tree n of arrays, and returns those that are left.
func build(n *export.Tree, x []jnp.Array) (any, []jnp.Array) {
	switch {
	case n.Kind == export.Leaf:
		return x[0], x[1:]
	case n.Kind == export.None:
		return nil, x
	case n.Names != nil:
		m := map[string]any{}
		for i, k := range n.Children {
			m[n.Names[i]], x = build(k, x)
		}
		return m, x
	}
	list := make([]any, len(n.Children))
	for i, k := range n.Children {
		list[i], x = build(k, x)
	}
	return list, x
}

// array is a stored array.
func array(t *testing.T, m map[string]any) jnp.Array {
	s, err := golden.ReadStored(m)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte{}
	for _, l := range s.Data {
		data = l.AppendBytes(data)
	}
	return jnp.Wrap(trace.TheRuntime().FromHost(data, ir.Aval{Shape: s.Shape, DType: s.DType}))
}

// compare compares a result with the stored one, within what the order of sums may change.
func compare(t *testing.T, got jnp.Array, m map[string]any) {
	tol := golden.Tolerance{Rtol: 1e-9, Atol: 1e-10}
	if got.DType().Real() == ir.Float32 {
		tol = golden.Tolerance{Rtol: 2e-4, Atol: 2e-5}
	}
	m["weak"] = false // which a program does not say
	if err := golden.Compare(got, m, tol); err != nil {
		t.Error(err)
	}
}
