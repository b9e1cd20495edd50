package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestBits(t *testing.T) {
	x, y := ints(-8, 5, 100), ints(1, 0, 40)
	p, q := jnp.FromSlice([]bool{true, true, false}, 3), jnp.FromSlice([]bool{true, false, false}, 3)
	checkForms(t, of1("PopulationCount", lax.PopulationCount, ops.PopulationCount, x), of1("CLZ", lax.CLZ, ops.CLZ, x),
		of1("Not", lax.BitwiseNot, ops.Not, x), of1("Not of bools", lax.BitwiseNot, ops.Not, p),
		of2("And", lax.BitwiseAnd, ops.And, x, y),
		of2("Or", lax.BitwiseOr, ops.Or, x, y), of2("Xor", lax.BitwiseXor, ops.Xor, x, y),
		of2("And of bools", lax.BitwiseAnd, ops.And, p, q), of2("Or of bools", lax.BitwiseOr, ops.Or, p, q),
		of2("Xor of bools", lax.BitwiseXor, ops.Xor, p, q), of2("ShiftLeft", lax.ShiftLeft, ops.ShiftLeft, x, y),
		of2("ShiftRightArithmetic", lax.ShiftRightArithmetic, ops.ShiftRightArithmetic, x, y),
		of2("ShiftRightLogical", lax.ShiftRightLogical, ops.ShiftRightLogical, x, y),
		of1("ShiftLeft by a number", func(x A) A { return lax.ShiftLeft(x, 2) },
			func(x V) V { return ops.ShiftLeft(x, like(x, 2)) }, x),
		of1("ShiftLeft of a number", func(x A) A { return lax.ShiftLeft(1, x) },
			func(x V) V { return ops.ShiftLeft(like(x, 1), x) }, y))
	f := numbers(0, 1, 3)
	checkMistakes(t,
		mistake{"lax.BitwiseNot", func() { lax.BitwiseNot(f) }, []string{"float32"}},
		mistake{"lax.CLZ", func() { lax.CLZ(p) }, []string{"bool"}},
		mistake{"lax.PopulationCount", func() { lax.PopulationCount(f) }, []string{"float32"}},
		mistake{"lax.BitwiseAnd", func() { lax.BitwiseAnd(f, f) }, []string{"float32"}},
		mistake{"lax.BitwiseOr", func() { lax.BitwiseOr(x, p) }, []string{"int32", "bool"}},
		mistake{"lax.BitwiseXor", func() { lax.BitwiseXor(x, 1.5) }, []string{"float64 1.5", "int32"}},
		mistake{"lax.ShiftLeft", func() { lax.ShiftLeft(f, 1) }, []string{"float32"}},
		mistake{"lax.ShiftRightArithmetic", func() { lax.ShiftRightArithmetic(x, ints(1)) }, []string{"[3]", "[1]"}},
		mistake{"lax.ShiftRightLogical", func() { lax.ShiftRightLogical(p, q) }, []string{"bool"}})
}
