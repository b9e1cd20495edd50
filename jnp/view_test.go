package jnp_test

import (
	"encoding/binary"
	"math"
	"slices"
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
	if got, want := float32(f.Index(1, 2).Item()),
		math.Float32frombits(binary.LittleEndian.Uint32(data[48+8:])); got != want {
		t.Errorf("float32: %v, want %v", got, want)
	}
	c := b.View(jnp.Complex128)
	if got, want := jnp.ItemOf[complex128](c.Index(0, 1)),
		math.Float64frombits(binary.LittleEndian.Uint64(data[24:])); imag(got) != want {
		t.Errorf("complex128: %v, want the imaginary part %v", got, want)
	}
	if got := jnp.AsArray(float32(1)).View(jnp.Int32); got.NDim() != 0 || got.Item() != 0x3f800000 {
		t.Errorf("a scalar: %v", got)
	}
	if got := jnp.AsArray(complex64(1)).View(jnp.Uint64); got.NDim() != 0 || got.Item() != 0x3f800000 {
		t.Errorf("a complex scalar: %v", got)
	}
	if got := jnp.AsArray([]uint8{0, 1, 7}).View(jnp.Bool).String(); got != "[False  True  True]" {
		t.Error(got)
	}
	for name, f := range map[string]func(){
		"scalar of another size": func() { jnp.AsArray(float32(1)).View(jnp.Int8) },
		"no whole elements":      func() { jnp.AsArray([]float32{1, 2, 3}).View(jnp.Float64) },
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
