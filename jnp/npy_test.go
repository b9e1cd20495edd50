package jnp_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
	"github.com/gojax/gojax/trace"
)

func TestSaveLoad(t *testing.T) {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	arrays := map[string]jnp.Array{}
	shapes := map[string][]int{"scalar": {}, "vector": {5}, "cube": {2, 3, 2}, "empty": {0, 3}}
	for i, d := range ir.AllDTypes() {
		for j, name := range slices.Sorted(maps.Keys(shapes)) {
			if !sample.All() && d != jnp.Float32 && j != i%len(shapes) { // by default not all of each dtype
				continue
			}
			shape := shapes[name]
			x := jnp.Creation{DType: d}.Ones(shape...)
			if ir.SizeOf(shape) > 1 {
				x = jnp.Arange(ir.SizeOf(shape)).Reshape(shape...).AsType(d)
			}
			arrays[d.String()+name] = x
			var b bytes.Buffer
			if err := jnp.Save(&b, x); err != nil {
				t.Fatal(err)
			}
			if i := bytes.IndexByte(b.Bytes(), '\n'); (i+1)%64 != 0 {
				t.Errorf("the elements begin at %d", i+1)
			}
			y, err := jnp.Load(&b)
			if err != nil || y.DType() != d || !slices.Equal(y.Shape(), x.Shape()) || jnp.ArrayEqual(x, y).Item() != 1 {
				t.Errorf("%v%v: %v, %v", d, shape, y, err)
			}
		}
	}
	var z bytes.Buffer
	if err := jnp.SaveZ(&z, arrays); err != nil {
		t.Fatal(err)
	}
	back, err := jnp.LoadZ(bytes.NewReader(z.Bytes()), int64(z.Len()))
	if err != nil || len(back) != len(arrays) {
		t.Fatal(len(back), err)
	}
	for name, x := range arrays {
		if jnp.ArrayEqual(back[name], x).Item() != 1 {
			t.Error(name)
		}
	}
	// numpy.save of numpy.array([[1, 2, 3], [4, 5, 6]], '>i2', order='F')
	file := "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }", 117) +
		"\n\x00\x01\x00\x04\x00\x02\x00\x05\x00\x03\x00\x06"
	x, err := jnp.Load(strings.NewReader(file))
	if err != nil || x.String() != "[[1 2 3]\n [4 5 6]]" || x.DType() != jnp.Int16 {
		t.Errorf("%v, %v", x, err)
	}
	for name, text := range map[string]string{
		"empty":      "",
		"text":       strings.Repeat("hello", 10),
		"cut header": file[:40],
		"cut data":   file[:len(file)-1],
		"object": "\x93NUMPY\x01\x00v\x00" +
			pad("{'descr': '|O8', 'fortran_order': False, 'shape': (2, 3), }", 117) + "\n",
		"negative": "\x93NUMPY\x01\x00v\x00" +
			pad("{'descr': '<i2', 'fortran_order': False, 'shape': (-2, 3), }", 117) + "\n",
		"huge": "\x93NUMPY\x01\x00v\x00" +
			pad("{'descr': '<i2', 'fortran_order': False, 'shape': (1000000000, 1000000000, 100), }", 117) + "\n",
		"large": "\x93NUMPY\x01\x00v\x00" +
			pad("{'descr': '<i2', 'fortran_order': False, 'shape': (100000000000,), }", 117) + "\n",
		"long header": "\x93NUMPY\x02\x00\xff\xff\xff\xff",
	} {
		if _, err := jnp.Load(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := jnp.Save(&z, jnp.Array{}); err == nil {
		t.Error("the zero Array: no error")
	}
	if _, err := jnp.LoadZ(strings.NewReader("PK"), 2); err == nil {
		t.Error("no archive: no error")
	}
}

func pad(s string, n int) string { return s + strings.Repeat(" ", n-len(s)) }

// Parts of an archive that share bytes, or are there twice, are refused.
func TestLoadZOverlap(t *testing.T) {
	var b bytes.Buffer
	if err := jnp.SaveZ(&b, map[string]jnp.Array{"x": jnp.Ones(4), "y": jnp.Ones(4)}); err != nil {
		t.Fatal(err)
	}
	shared := bytes.Clone(b.Bytes())
	second := bytes.LastIndex(shared, []byte("PK\x01\x02")) // its entry in the directory
	copy(shared[second+42:], "\x00\x00\x00\x00")            // where it begins
	for want, file := range map[string][]byte{
		"overlap": shared,
		"twice":   bytes.ReplaceAll(b.Bytes(), []byte("y.npy"), []byte("x.npy")),
	} {
		_, err := jnp.LoadZ(bytes.NewReader(file), int64(len(file)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
