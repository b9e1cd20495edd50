package jnp_test

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/gojax/gojax/jnp"

	"github.com/gojax/gojax/trace"
)

func TestSetPrintOptions(t *testing.T) {
	defer SetPrintOptions(PrintOptions{})
	x := FromSlice([]float32{1. / 3, 2})
	for _, c := range []struct {
		o         PrintOptions
		str, repr string
	}{
		{PrintOptions{Precision: 2}, "[0.33 2.  ]", "Array([0.33, 2.  ], dtype=float32)"},
		{PrintOptions{Precision: -1, Sign: SignPlus}, "[+0. +2.]", "Array([+0., +2.], dtype=float32)"},
		{PrintOptions{}, "[0.33333334 2.        ]", "Array([0.33333334, 2.        ], dtype=float32)"},
	} {
		SetPrintOptions(c.o)
		if GetPrintOptions() != c.o {
			t.Errorf("GetPrintOptions is %+v, want %+v", GetPrintOptions(), c.o)
		}
		for _, got := range []string{fmt.Sprint(x), fmt.Sprintf("%+v", x), ArrayStr(x)} {
			if got != c.str {
				t.Errorf("with %+v: %s, want %s", c.o, got, c.str)
			}
		}
		for _, got := range []string{fmt.Sprintf("%#v", x), ArrayRepr(x)} {
			if got != c.repr {
				t.Errorf("with %+v: %s, want %s", c.o, got, c.repr)
			}
		}
	}
	defer func() {
		if err, ok := recover().(*trace.Error); !ok || !strings.Contains(err.Error(), "jnp.SetPrintOptions") {
			t.Errorf("an unknown float mode gives %v", err)
		}
	}()
	SetPrintOptions(PrintOptions{FloatMode: 9})
}
