package kit_test

import (
	"testing"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
)

type celsius float64

// A Go number is as wide as it is until it is known what it stands beside.
func TestLift(t *testing.T) {
	half := jnp.Creation{DType: jnp.Float16}.Ones(2)
	for _, c := range []struct {
		x                 any
		lift, alone, like string // the types that Lift, LiftAlone and LiftFor (into an array of uint8) give
	}{
		{3, "~int64[]", "~int32[]", "uint8[]"},
		{uint(3), "~uint64[]", "~uint32[]", "uint8[]"},
		{int8(3), "int8[]", "int8[]", "int16[]"},
		{2.5, "~float64[]", "~float32[]", "~float32[]"},
		{celsius(2.5), "~float64[]", "~float32[]", "~float32[]"},
		{float32(2.5), "float32[]", "float32[]", "float32[]"},
		{2i, "~complex128[]", "~complex64[]", "~complex64[]"},
		{true, "bool[]", "bool[]", "uint8[]"},
		{ir.ToF16(2), "float16[]", "float16[]", "float16[]"},
		{half, "float16[2]", "float16[2]", "float16[2]"},
		{half.TraceValue(), "float16[2]", "float16[2]", "float16[2]"},
		{[]float64{1, 2}, "float32[2]", "float32[2]", "float32[2]"},
		{[]any{1, 2.5}, "float32[2]", "float32[2]", "float32[2]"},
		{[]jnp.Array{half, half}, "float16[2,2]", "float16[2,2]", "float16[2,2]"},
	} {
		like := ir.Aval{DType: ir.Uint8}
		for how, got := range map[string][2]string{
			"Lift":      {kit.Lift("f.F", c.x).Aval().String(), c.lift},
			"LiftAlone": {kit.LiftAlone("f.F", c.x).Aval().String(), c.alone},
			"LiftFor":   {kit.LiftFor("f.F", c.x, like).Aval().String(), c.like},
		} {
			if got[0] != got[1] {
				t.Errorf("%s(%v) is %s, want %s", how, c.x, got[0], got[1])
			}
		}
	}
}

func TestLiftRefuses(t *testing.T) {
	x := jnp.Ones(2)
	for _, c := range []struct {
		x    any
		want string
	}{
		{nil, "nil is not an array"},
		{"2", "a string is not an array"},
		{&x, "a *jnp.Array is not an array"},
		{random.Key(0), "a random.KeyArray is not an array"},
		{jnp.Array{}, "never set"},
		{[]any{1, "2"}, "an element at depth 1 is a string"},
		{[]any{1, nil}, "an element at depth 1 is nil"},
		{[][]int{{1}, {2, 3}}, "ragged"},
		{[]jnp.Array{x, {}}, "never set"},
		{[]jnp.Array{x, jnp.Ones(3)}, "different shapes"},
	} {
		fails.With(t, func() { kit.Lift("f.F", c.x) }, "f.F", c.want)
	}
	fails.With(t, func() { kit.LiftAlone("f.F", 1<<40) }, "f.F", "1099511627776 does not fit int32",
		"64-bit types are off")
	fails.With(t, func() { kit.LiftFor("f.F", 300, ir.Aval{DType: ir.Uint8}) }, "f.F", "300 does not fit uint8")
}
