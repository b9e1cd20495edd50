package export

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// files are the programs of testdata in jax.export's format.
func exportedFiles(t testing.TB) (all [][]byte) {
	paths, err := filepath.Glob("testdata/*.jax_export")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b)
	}
	return all
}

// A file that is cut off, or of which a byte is another, is an error or another program, and never a panic.
func TestDamagedRecords(t *testing.T) {
	for _, b := range exportedFiles(t) {
		if _, err := parseRecord(b); err != nil {
			t.Error(err)
		}
		for n := 0; n < len(b)-8; n += 3 { // the last bytes may be padding
			if _, err := parseRecord(b[:n]); err == nil && n < len(b)/2 {
				t.Errorf("%d bytes of %d are read", n, len(b))
			}
		}
		for i := range b {
			for _, x := range []byte{0, 1, 0x7f, 0x80, 0xff} {
				c := slices.Clone(b)
				c[i] ^= x
				_, _ = parseRecord(c)
			}
		}
	}
}

// What is written is read again, and written the same.
func TestMarshal(t *testing.T) {
	for _, b := range exportedFiles(t) {
		r, err := parseRecord(b)
		if err != nil {
			t.Fatal(err)
		}
		if r.kept == nil {
			r.kept = []int{}
		}
		again := r.marshal()
		s, err := parseRecord(again)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(s.marshal(), again) || s.inTree.String() != r.inTree.String() || !bytes.Equal(s.code, r.code) ||
			len(s.in) != len(r.in) || !slices.Equal(s.platforms, r.platforms) {
			t.Errorf("%s: %v became %v", r.name, r.inTree, s.inTree)
		}
	}
}

// A small file may claim a tree in which parts are shared, so that it has more nodes than memory holds.
func TestSharedTrees(t *testing.T) {
	w := &builder{}
	at := w.table(fieldValue{treeKind, int(Leaf), 1})
	for range 60 {
		at = w.table(fieldValue{treeKind, int(Tuple), 1}, fieldValue{treeChildren, w.offsets([]int{at, at}), 0})
	}
	b := w.finish(w.table(fieldValue{fInTree, at, 0}))
	if _, err := parseRecord(b); err == nil {
		t.Errorf("%d bytes that claim 2^60 leaves are read", len(b))
	}
}

// A program that is not what its types say is an error, and not memory that is read where there is none.
func TestProgramsOfOtherTypes(t *testing.T) {
	types := func(n ...int) []Type { return []Type{typeOf(ir.Aval{Shape: n, DType: ir.Float32})} }
	const echo = "module @m { func.func public @main(%a: tensor<1000xf32>) -> tensor<1000xf32> {\n" +
		"return %a : tensor<1000xf32>\n} }"
	for _, c := range []struct {
		in, out []Type
		code    string
		want    string
	}{
		{types(4), types(1000), echo, "float32[4]"},
		{types(1000), types(4), echo, "float32[4]"},
		{append(types(1000), types(1000)...), types(1000), echo, "argument"},
		{types(1000), append(types(1000), types(1000)...), echo, "results"},
		{types(1000), types(1000), "module @m { func.func public @main() { return } }", "results"},
		{types(1000), types(1000), strings.Replace(echo, "return %a", "%b = stablehlo.custom_call @nowhere(%a) "+
			"{api_version = 4 : i32} : (tensor<1000xf32>) -> tensor<1000xf32>\nreturn %b", 1), "nowhere"},
	} {
		r := &record{name: "f", in: c.in, out: c.out, platforms: []string{"cpu"}, code: []byte(c.code), devices: 1,
			convention: maxConvention, inTree: (&Tree{Kind: Tuple, Children: []*Tree{flat(Tuple, len(c.in)),
				{Kind: Dict}}}).count(), outTree: flat(Tuple, len(c.out))}
		for i := range c.in {
			r.kept = append(r.kept, i)
		}
		e, err := Deserialize(r.marshal())
		if err == nil {
			err = trace.Try(func() {
				var args []any
				for _, x := range c.in {
					args = append(args, jnp.Zeros(x.shape...))
				}
				e.Call(args...).([]any)[0].(jnp.Array).BlockUntilReady()
			})
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}

func FuzzDeserialize(f *testing.F) {
	for _, b := range exportedFiles(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if r, err := parseRecord(b); err == nil {
			if v, err := newVariant(r, nil); err == nil {
				_ = v.runnable()
				_ = r.marshal()
			}
		}
		_, _ = readFile(bytes.NewReader(b), int64(len(b)))
	})
}
