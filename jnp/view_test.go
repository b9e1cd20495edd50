package jnp_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// TestView goes from every dtype to every other and back, through bytes.
func TestView(t *testing.T) {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	data := make([]uint8, 96)
	for i := range data {
		data[i] = uint8(i * 37 % 120) // neither NaN nor denormal, which a copy may change
	}
	b := jnp.FromSlice(data, 2, 48)
	for _, d := range ir.AllDTypes() {
		if d == ir.Bool {
			continue
		}
		x := b.View(d)
		if got := x.Shape(); got[1]*d.Size() != 48 || x.DType() != d {
			t.Errorf("%v: %v%v", d, x.DType(), got)
		}
		if got := jnp.ToSlice[uint8](x.View(jnp.Uint8)); !slices.Equal(got, data) {
			t.Errorf("%v and back: %v", d, got)
		}
	}
	f := b.View(jnp.Float32)
	if got, want := float32(f.Index(1, 2).Item()), math.Float32frombits(binary.LittleEndian.Uint32(data[48+8:])); got != want {
		t.Errorf("float32: %v, want %v", got, want)
	}
	c := b.View(jnp.Complex128)
	if got, want := jnp.ItemOf[complex128](c.Index(0, 1)), math.Float64frombits(binary.LittleEndian.Uint64(data[24:])); imag(got) != want {
		t.Errorf("complex128: %v, want the imaginary part %v", got, want)
	}
	if got := jnp.Asarray(float32(1)).View(jnp.Int32); got.NDim() != 0 || got.Item() != 0x3f800000 {
		t.Errorf("a scalar: %v", got)
	}
	if got := jnp.Asarray(complex64(1)).View(jnp.Uint64); got.NDim() != 0 || got.Item() != 0x3f800000 {
		t.Errorf("a complex scalar: %v", got)
	}
	if got := jnp.Asarray([]uint8{0, 1, 7}).View(jnp.Bool).String(); got != "[False  True  True]" {
		t.Error(got)
	}
	for name, f := range map[string]func(){
		"scalar of another size": func() { jnp.Asarray(float32(1)).View(jnp.Int8) },
		"no whole elements":      func() { jnp.Asarray([]float32{1, 2, 3}).View(jnp.Float64) },
		"no dtype":               func() { jnp.Zeros(3).View(ir.Invalid) },
	} {
		if trace.Try(f) == nil {
			t.Errorf("%s: no error", name)
		}
	}
	trace.SetX64(false)
	if trace.Try(func() { jnp.Zeros(4).View(jnp.Int64) }) == nil {
		t.Error("int64 without 64-bit types: no error")
	}
}

func TestSaveLoad(t *testing.T) {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	arrays := map[string]jnp.Array{}
	for _, d := range ir.AllDTypes() {
		for name, shape := range map[string][]int{"scalar": {}, "vector": {5}, "cube": {2, 3, 2}, "empty": {0, 3}} {
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
	file := "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }", 117) + "\n\x00\x01\x00\x04\x00\x02\x00\x05\x00\x03\x00\x06"
	x, err := jnp.Load(strings.NewReader(file))
	if err != nil || x.String() != "[[1 2 3]\n [4 5 6]]" || x.DType() != jnp.Int16 {
		t.Errorf("%v, %v", x, err)
	}
	for name, text := range map[string]string{
		"empty":       "",
		"text":        strings.Repeat("hello", 10),
		"cut header":  file[:40],
		"cut data":    file[:len(file)-1],
		"object":      "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '|O8', 'fortran_order': False, 'shape': (2, 3), }", 117) + "\n",
		"negative":    "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '<i2', 'fortran_order': False, 'shape': (-2, 3), }", 117) + "\n",
		"huge":        "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '<i2', 'fortran_order': False, 'shape': (1000000000, 1000000000, 100), }", 117) + "\n",
		"large":       "\x93NUMPY\x01\x00v\x00" + pad("{'descr': '<i2', 'fortran_order': False, 'shape': (100000000000,), }", 117) + "\n",
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
