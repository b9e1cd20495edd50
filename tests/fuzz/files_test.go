package fuzz_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// deleteAll frees arrays by name.
func deleteAll(arrays map[string]jnp.Array) {
	for _, x := range arrays {
		x.Delete()
	}
}

// again checks that arrays which were loaded are the same when they were saved and loaded once more.
func again(t *testing.T, arrays map[string]jnp.Array, save func(b *bytes.Buffer) error,
	load func(b []byte) (map[string]jnp.Array, error)) {
	t.Helper()
	var b bytes.Buffer
	if err := save(&b); err != nil {
		t.Error(err)
		return
	}
	back, err := load(b.Bytes())
	defer deleteAll(back)
	if err != nil || !slices.Equal(slices.Sorted(maps.Keys(back)), slices.Sorted(maps.Keys(arrays))) {
		t.Errorf("%v was loaded, and %v when it had been saved again: %v", arrays, back, err)
		return
	}
	for name, x := range arrays {
		a, err1 := x.MarshalBinary()
		b, err2 := back[name].MarshalBinary()
		if err := errors.Join(err1, err2); err != nil || !bytes.Equal(a, b) {
			t.Errorf("%q: %v was loaded, and %v when it had been saved again: %v", name, x, back[name], err)
		}
	}
}

func loadSafetensors(b []byte) (map[string]jnp.Array, error) {
	return jnp.LoadSafetensors(bytes.NewReader(b), int64(len(b)))
}

func FuzzSafetensors(f *testing.F) {
	arrays := map[string]jnp.Array{"a": jnp.Zeros(2, 3), "b": jnp.FromSlice([]bool{true}), "c": jnp.Zeros(0, 2)}
	var b bytes.Buffer
	if err := jnp.SaveSafetensors(&b, arrays); err != nil {
		f.Fatal(err)
	}
	deleteAll(arrays)
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:b.Len()-1])
	for _, c := range [][2]string{{"F32", "F64"}, {"[2,3]", "[3,2]"}, {"[2,3]", "[-1]"}, {"[0,24]", "[1,25]"},
		{`"a"`, `"b"`}, {"F32", "I32"}, {"[0,24]", "[24,0]"}, {"BOOL", "F8_E4M3"}, {"{", "[[[["}} {
		f.Add(bytes.Replace(b.Bytes(), []byte(c[0]), []byte(c[1]), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tried(t, func() {
			arrays, err := loadSafetensors(data)
			defer deleteAll(arrays)
			if err == nil {
				again(t, arrays, func(b *bytes.Buffer) error { return jnp.SaveSafetensors(b, arrays) }, loadSafetensors)
			}
		})
	})
}

func loadZ(b []byte) (map[string]jnp.Array, error) {
	return jnp.LoadZ(bytes.NewReader(b), int64(len(b)))
}

func FuzzNPZ(f *testing.F) {
	x := jnp.Arange(40).Reshape(2, 20)
	var npy, stored, packed bytes.Buffer
	z := zip.NewWriter(&packed)
	part, err := z.Create("x.npy")
	both := map[string]jnp.Array{"x": x, "y": x}
	if err := errors.Join(err, jnp.Save(&npy, x), jnp.SaveZ(&stored, both)); err != nil {
		f.Fatal(err)
	}
	x.Delete()
	_, err = part.Write(npy.Bytes())
	if err := errors.Join(err, z.Close()); err != nil {
		f.Fatal(err)
	}
	for _, b := range [][]byte{stored.Bytes(), packed.Bytes()} {
		f.Add(b)
		f.Add(b[:len(b)-1])
		f.Add(bytes.ReplaceAll(b, []byte("y.npy"), []byte("x.npy")))
		f.Add(bytes.Replace(b, []byte("(2, 20)"), []byte("(2, 99)"), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tried(t, func() {
			arrays, err := loadZ(data)
			defer deleteAll(arrays)
			if err == nil {
				again(t, arrays, func(b *bytes.Buffer) error { return jnp.SaveZ(b, arrays) }, loadZ)
			}
		})
	})
}

func FuzzLoadTxt(f *testing.F) {
	for _, text := range []string{"1 2\n3 4\n", "1,2\n3,\"4\"\n", "# c\n1 2 # d\n\n", "\"\"\"", "\"1\n\"", "", ",",
		"1\r2",
		"nan -inf 1e999 0x1p-2", "(1+2j) -3j", "\ufeff1", "1,,2", "é 1", "1_0", "\x00"} {
		f.Add(text, ",", byte(0), byte(0))
		f.Add(text, "", byte(1), byte(9))
	}
	dtypes := []jnp.DType{0, jnp.Float64, jnp.Int8, jnp.Uint32, jnp.Bool, jnp.Complex64, jnp.BFloat16}
	f.Fuzz(func(t *testing.T, text, delimiter string, which, more byte) {
		o := jnp.LoadTxt{Delimiter: delimiter, DType: dtypes[int(which)%len(dtypes)], SkipRows: int(more) & 1,
			NDMin: int(more) >> 1 & 1}
		if more&4 != 0 {
			o.FillValue = int(which)
		}
		if more&8 != 0 {
			o.Columns = []int{0, -1}
		}
		tried(t, func() {
			x, err := o.Read(strings.NewReader(text))
			if err != nil {
				return
			}
			defer x.Delete()
			if x.NDim() == 0 || x.Size() == 0 {
				return
			}
			var b bytes.Buffer
			if err := (jnp.SaveTxt{}).Write(&b, x); err != nil {
				t.Error(err)
			}
			y, err := jnp.LoadTxt{DType: x.DType(), NDMin: x.NDim()}.Read(&b)
			if err != nil || !slices.Equal(y.Shape(), x.Shape()) || y.DType() != x.DType() {
				t.Errorf("%v was read, and %v when it had been written: %v", x, y, err)
			}
			if err == nil {
				y.Delete()
			}
		})
	})
}

// withTree is a checkpoint with two arrays and any structure, whose sums are right.
func withTree(t *testing.T, tree string) []byte {
	noSum := strings.Repeat("0", 64)
	elements := make([]byte, 8+8)
	of := func(b []byte) string {
		sum := sha256.Sum256(b)
		return hex.EncodeToString(sum[:])
	}
	h, err := files.NewHeader([][2]string{{"gojax", "checkpoint 1"}, {"header", noSum}, {"data", of(elements)},
		{"tree", tree}}, []files.Tensor{{Name: ".X", Code: "F32", Shape: []int{2}},
		{Name: ".K", Code: "U32", Shape: []int{2}}})
	if err != nil {
		t.Fatal(err)
	}
	return append(bytes.Replace(h.Text, []byte(noSum), []byte(of(h.Text)), 1), elements...)
}

// Structures of every form are taken, or refused, by trees of every form.
func FuzzCheckpoint(f *testing.F) {
	array, key := `{"kind":"array","type":"float32"}`, `{"kind":"key","type":"threefry2x32"}`
	for _, tree := range []string{"", "null", "{}", "[]", array, `{"kind":"struct"}`,
		`{"kind":"struct","fields":{"X":` + array + `,"K":` + key + `}}`,
		`{"kind":"struct","fields":{"X":` + array + `,"K":` + key + `},"holds":"int"}`,
		`{"kind":"struct","fields":{"X":` + key + `,"K":` + array + `}}`,
		`{"kind":"map","fields":{"1":` + array + `}}`, `{"kind":"list","parts":[null,` + array + `]}`,
		`{"kind":"pointer","parts":[null]}`, `{"kind":"pointer","parts":[{"kind":"pointer"}]}`,
		`{"kind":"int","value":"99999999999999999999"}`, `{"kind":"float64","value":"NaN:x"}`,
		`{"kind":"unset","holds":"[]interface {}"}`, `{"kind":"list","holds":"[]interface {}","parts":[null]}`,
		`{"kind":"key","type":"rbg"}`, `{"kind":"array","type":"complex128"}`, `{"kind":"string","value":"x"}`,
		strings.Repeat(`{"kind":"list","parts":[`, 3000) + strings.Repeat("]}", 3000)} {
		f.Add(tree)
	}
	type self *self
	type tree struct {
		X, X2 jnp.Array
		K     random.KeyArray
	}
	type nested struct {
		X    jnp.Array
		K    random.KeyArray
		Next *nested
		Any  any
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(dir, "c")
		if err := os.WriteFile(path, withTree(t, text), 0o600); err != nil {
			t.Fatal(err)
		}
		loadInto[self](t, path)
		loadInto[tree](t, path)
		loadInto[nested](t, path)
		loadInto[struct {
			X jnp.Array
			K random.KeyArray
		}](t, path)
		loadInto[any](t, path)
		loadInto[[]any](t, path)
		loadInto[map[int8]*jnp.Array](t, path)
		loadInto[map[string]any](t, path)
		loadInto[[2]**list](t, path)
		loadInto[int](t, path)
		loadInto[float32](t, path)
		loadInto[complex64](t, path)
		loadInto[string](t, path)
	})
}

type list struct{ Next []list }

// loadInto loads a checkpoint into a tree of type T; what is taken is the same when it is saved and loaded again.
func loadInto[T any](t *testing.T, path string) {
	t.Helper()
	tried(t, func() {
		var x, y T
		if err := checkpoint.Load(path, &x); err != nil {
			return
		}
		if err := checkpoint.Save(path+"2", x); err != nil {
			t.Errorf("%T was loaded, and cannot be saved: %v", x, err)
		}
		if err := checkpoint.Load(path+"2", &y); err != nil {
			t.Errorf("%T was loaded, and cannot be when it had been saved again: %v", x, err)
		}
	})
}
