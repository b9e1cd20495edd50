package kit_test

import (
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
)

func TestConvert(t *testing.T) {
	v := jnp.Ones(2).TraceValue()
	if kit.Convert("f.F", v, ir.Float32, false) != v || kit.Settle("f.F", v, ir.Float32, false) != v {
		t.Error("an array of the type already is another one")
	}
	if kit.Settle("f.F", v, ir.Float16, false) != v {
		t.Error("Settle runs a program")
	}
	for _, got := range []string{
		kit.Settle("f.F", v, ir.Float32, true).Aval().String(),
		kit.Convert("f.F", v, ir.Float32, true).Aval().String(),
	} {
		if got != "~float32[2]" {
			t.Errorf("weakly typed it is %s", got)
		}
	}
	if l, ok := kit.Convert("f.F", kit.Lift("f.F", 3), ir.Float16, false).Lit(); !ok || l.DType != ir.Float16 ||
		l.Float() != 3 {
		t.Errorf("the literal of 3 as float16 is %v, a literal: %v", l, ok)
	}
	if l, ok := kit.As(kit.Lift("f.F", 300), ir.Uint8).Lit(); !ok || l.DType != ir.Uint8 || l.Weak {
		t.Errorf("300 cut to uint8 is %v, a literal: %v", l, ok)
	}
	if got := kit.AsInexact(jnp.Arange(3).TraceValue()).DType(); got != ir.Float32 {
		t.Errorf("int32 is computed in %v", got)
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		l    ir.Lit
		d    ir.DType
		want bool
	}{
		{ir.IntLit(127, ir.Int64), ir.Int8, true},
		{ir.IntLit(128, ir.Int64), ir.Int8, false},
		{ir.IntLit(-1, ir.Int64), ir.Uint64, false},
		{ir.IntLit(3e9, ir.Int64), ir.Uint32, true},
		{ir.UintLit(1<<63, ir.Uint64), ir.Int64, false},
		{ir.UintLit(1<<63, ir.Uint64), ir.Uint64, true},
	} {
		if got := kit.Fits(c.l, c.d); got != c.want {
			t.Errorf("%v in %v: %v", c.l, c.d, got)
		}
	}
}
