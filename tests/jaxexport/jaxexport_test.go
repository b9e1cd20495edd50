// Package jaxexport runs programs that JAX exported, as StableHLO in MLIR's bytecode, and compares what they give with
// what JAX's runs of them gave. Their linear algebra calls LAPACK by JAX's names.
package jaxexport

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
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

// TestExported runs the programs of the folder that GOJAX_JAXEXPORT names: index.jsonl, and NAME.mlirbc of each line.
func TestExported(t *testing.T) {
	dir := cmp.Or(os.Getenv("GOJAX_JAXEXPORT"), "../../../shared/jaxexport")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("GOJAX_JAXEXPORT names a folder of programs that JAX exported: %v", err)
	}
	if err := kernels.RegisterLAPACK(); err != nil {
		t.Skipf("the programs call LAPACK: %v", err)
	}
	c, err := pjrt.Open("cpu")
	if err != nil {
		t.Fatal(err)
	}
	err = jsonl.File(filepath.Join(dir, "index.jsonl"), func(line []byte) error {
		var e exported
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		if err := d.Decode(&e); err != nil {
			return err
		}
		t.Run(e.Name, func(t *testing.T) { e.run(t, c, filepath.Join(dir, e.Name+".mlirbc")) })
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// run runs the program at path with the stored inputs, twice, since it may destroy what it is given.
func (e exported) run(t *testing.T, c *pjrt.Client, path string) {
	code, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	x, err := c.Compile(code, pjrt.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Delete()
	var in []*pjrt.Buffer
	for _, i := range e.Kept {
		in = append(in, put(t, c, e.In[i]))
	}
	for range 2 {
		out := make([]*pjrt.Buffer, len(e.Out))
		if err := x.Execute(in, out, nil); err != nil {
			t.Fatal(err)
		}
		for i, b := range out {
			e.compare(t, b, e.Out[i])
		}
	}
	for _, b := range in {
		b.Delete()
	}
}

// put has a stored array on the device.
func put(t *testing.T, c *pjrt.Client, m map[string]any) *pjrt.Buffer {
	s, err := golden.ReadStored(m)
	if err != nil {
		t.Fatal(err)
	}
	data := []byte{}
	for _, l := range s.Data {
		data = l.AppendBytes(data)
	}
	b, err := c.FromHost(unsafe.Pointer(unsafe.SliceData(data)), s.DType, s.Shape, c.Devices()[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// compare compares a result with the stored one, within what the order of sums may change.
func (e exported) compare(t *testing.T, b *pjrt.Buffer, m map[string]any) {
	defer b.Delete()
	s, err := golden.ReadStored(m)
	if err != nil {
		t.Fatal(err)
	}
	a := ir.Aval{Shape: s.Shape, DType: s.DType, Weak: s.Weak}
	data := make([]byte, max(a.Bytes(), 16))
	if err := b.ToHost(unsafe.Pointer(&data[0]), a.Bytes()); err != nil {
		t.Fatal(err)
	}
	err = trace.Try(func() {
		trace.WithX64(true, func() {
			got := jnp.Wrap(trace.TheRuntime().FromHost(data[:a.Bytes()], a))
			tol := golden.Tolerance{Rtol: 1e-9, Atol: 1e-10}
			if s.DType.Real() == ir.Float32 {
				tol = golden.Tolerance{Rtol: 2e-4, Atol: 2e-5}
			}
			if err := golden.Compare(got, m, tol); err != nil {
				t.Error(err)
			}
			got.Delete()
		})
	})
	if err != nil {
		t.Error(err)
	}
}
