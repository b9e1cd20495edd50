package ir

import (
	"reflect"
	"testing"
)

func TestDTypes(t *testing.T) {
	for _, d := range AllDTypes() {
		if back, err := ParseDType(d.String()); err != nil || back != d {
			t.Errorf("ParseDType(%q) = %v, %v", d, back, err)
		}
		got, err := DTypeOf(d.GoType())
		if err != nil || got != d {
			t.Errorf("DTypeOf(%v) = %v, %v; want %v", d.GoType(), got, err, d)
		}
		if int(d.GoType().Size()) != d.Size() {
			t.Errorf("%v takes %d bytes, its Go type %d", d, d.Size(), d.GoType().Size())
		}
		if c := d.Canonical(false); c.Size() > 4 && c != Complex64 {
			t.Errorf("%v without x64 is %v", d, c)
		}
	}
	if _, err := ParseDType("float31"); err == nil {
		t.Error("float31 was taken for a dtype")
	}
	type meters float32
	if d, err := DTypeOf(reflect.TypeFor[meters]()); err != nil || d != Float32 {
		t.Errorf("a named float32 is %v, %v", d, err)
	}
	if _, err := DTypeOf(reflect.TypeFor[string]()); err == nil {
		t.Error("string was taken for an element type")
	}
}
