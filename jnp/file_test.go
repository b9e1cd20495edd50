package jnp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/trace"
)

// heldArray is an array as NumPy has it.
type heldArray struct {
	DType string
	Shape []int
	Data  []byte
}

// is fails t unless x is the array a.
func (a heldArray) is(t *testing.T, what string, x jnp.Array) {
	t.Helper()
	data, err := x.MarshalBinary()
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if x.DType().String() != a.DType || !slices.Equal(x.Shape(), a.Shape) || !bytes.HasSuffix(data, a.Data) {
		t.Errorf("%s: got %v%v\n%v\nwant %s%v of the bytes %v", what, x.DType(), x.Shape(), x, a.DType, a.Shape, a.Data)
	}
}

// eachOf calls each for every line of the file that other programs wrote, with 64-bit types on.
func eachOf[T any](t *testing.T, is func(T) bool, each func(x T)) {
	t.Helper()
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	n := 0
	if err := jsonl.File("testdata/files.jsonl", func(line []byte) error {
		var x T
		if err := json.Unmarshal(line, &x); err != nil {
			return err
		}
		if is(x) {
			n++
			each(x)
		}
		return nil
	}); err != nil || n == 0 {
		t.Fatalf("%d lines, %v", n, err)
	}
}

type heldFile struct {
	File   string
	Bytes  []byte
	Arrays map[string]heldArray
	Error  string
}

// Files that NumPy and safetensors wrote have their arrays; those that are damaged, or hold what is no array, are
// errors that say so.
func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	eachOf(t, func(f heldFile) bool { return f.File != "" }, func(f heldFile) {
		path := filepath.Join(dir, f.File)
		if err := os.WriteFile(path, f.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		alone, alonErr := jnp.LoadFile(path)
		arrays, err := jnp.LoadArrays(path)
		if filepath.Ext(path) == ".npy" {
			if err == nil {
				t.Errorf("%s: LoadArrays reads it", f.File)
			}
			arrays, err = map[string]jnp.Array{"": alone}, alonErr
		}
		if f.Error != "" {
			for _, err := range []error{err, alonErr} {
				if err == nil || !strings.Contains(err.Error(), f.Error) || !strings.Contains(err.Error(), f.File) {
					t.Errorf("%s: %v, want an error with %q", f.File, err, f.Error)
				}
			}
			return
		}
		if err != nil || len(arrays) != len(f.Arrays) {
			t.Fatalf("%s: %v, %v", f.File, slices.Sorted(maps.Keys(arrays)), err)
		}
		for name, want := range f.Arrays {
			want.is(t, f.File+": "+name, arrays[name])
		}
		switch {
		case len(f.Arrays) > 1:
			if alonErr == nil || !strings.Contains(alonErr.Error(), "jnp.LoadArrays") {
				t.Errorf("%s: LoadFile: %v", f.File, alonErr)
			}
		case alonErr != nil:
			t.Errorf("%s: LoadFile: %v", f.File, alonErr)
		}
	})
}

// What is saved comes back, in every kind of file.
func TestSaveFile(t *testing.T) {
	dir := t.TempDir()
	x := jnp.FromSlice([]float32{1, -2.5, 3, 4}, 2, 2)
	for _, name := range []string{"x.npy", "x.npz", "x.safetensors", "x.csv", "x.tsv", "x.TXT", "x.dat"} {
		path := filepath.Join(dir, name)
		if err := jnp.SaveFile(path, x); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if y, err := jnp.LoadFile(path); err != nil || !sameArray(x, y) {
			t.Errorf("%s: %v, %v", name, y, err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "x.csv"))
	if want := "1.000000000000000000e+00,-2.500000000000000000e+00\n"; err != nil ||
		!strings.HasPrefix(string(text), want) {
		t.Errorf("x.csv is %q, %v", text, err)
	}
	both := map[string]jnp.Array{"x": x, "n": jnp.AsArray(int8(3)), "none": jnp.Zeros(0, 2), "": jnp.Ones(1)}
	for _, name := range []string{"both.npz", "both.safetensors"} {
		path := filepath.Join(dir, name)
		if err := jnp.SaveArrays(path, both); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		back, err := jnp.LoadArrays(path)
		if err != nil || len(back) != len(both) {
			t.Errorf("%s: %v, %v", name, back, err)
			continue
		}
		for k, x := range both {
			if !sameArray(x, back[k]) {
				t.Errorf("%s: %s is %v", name, k, back[k])
			}
		}
	}
}

func sameArray(x, y jnp.Array) bool {
	a, err1 := x.MarshalBinary()
	b, err2 := y.MarshalBinary()
	return err1 == nil && err2 == nil && bytes.Equal(a, b)
}

// An error says which file it is about, and leaves the file that was there.
func TestFileErrors(t *testing.T) {
	dir := t.TempDir()
	x := jnp.Ones(2)
	path := filepath.Join(dir, "x.safetensors")
	if err := jnp.SaveFile(path, x); err != nil {
		t.Fatal(err)
	}
	gone := jnp.Ones(2)
	gone.Delete()
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"complex128":       {saveX64(path), []string{"jnp.SaveFile: ", path, "complex128", ".npz"}},
		"deleted":          {jnp.SaveFile(path, gone), []string{"jnp.SaveFile: ", path, "deleted"}},
		"unset":            {jnp.SaveFile(path, jnp.Array{}), []string{path, "never set"}},
		"unset among many": {jnp.SaveArrays(path, map[string]jnp.Array{"a": x, "b": {}}), []string{path, "never set"}},
		"name":             {jnp.SaveFile(dir+"/x.pkl", x), []string{"jnp.SaveFile: ", ".csv, .dat, .npy, .npz"}},
		"names":            {jnp.SaveArrays(dir+"/x.npy", nil), []string{"jnp.SaveArrays: ", "none of .npz, .saf"}},
		"folder":           {jnp.SaveFile(dir+"/none/x.npy", x), []string{"jnp.SaveFile: ", "no such file"}},
		"is a folder":      {jnp.SaveFile(dir, x), []string{"jnp.SaveFile: ", "directory"}},
		"axes":             {jnp.SaveFile(dir+"/x.csv", jnp.Ones(1, 1, 1)), []string{"x.csv", "Reshape"}},
		"utf-8":            {jnp.SaveArrays(path, map[string]jnp.Array{"\xff": x}), []string{`"\xff"`}},
		"metadata":         {jnp.SaveArrays(path, map[string]jnp.Array{"__metadata__": x}), []string{"__metadata__"}},
		"load":             {errorOf(jnp.LoadFile(dir + "/none.npy")), []string{"jnp.LoadFile: ", "none.npy"}},
		"load a folder":    {errorOf(jnp.LoadFile(dir)), []string{"jnp.LoadFile: ", dir, "none of"}},
	} {
		if c.err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(c.err.Error(), want) {
				t.Errorf("%s: %v, want %q in it", name, c.err, want)
			}
		}
	}
	if _, err := jnp.LoadFile(filepath.Join(dir, "none.npy")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if y, err := jnp.LoadFile(path); err != nil || !sameArray(x, y) {
		t.Errorf("after errors the file is %v, %v", y, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func errorOf(_ jnp.Array, err error) error { return err }

// saveX64 saves complex128 numbers.
func saveX64(path string) error {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	return jnp.SaveFile(path, jnp.FromSlice([]complex128{1i}))
}
