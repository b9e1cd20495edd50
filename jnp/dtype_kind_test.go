package jnp_test

import (
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// TestKinds compares with NumPy's tables: a row for each dtype in order.
func TestKinds(t *testing.T) {
	kinds := []jnp.DTypeKind{jnp.AnyKind, jnp.Numeric, jnp.Integral, jnp.SignedInteger, jnp.UnsignedInteger,
		jnp.Inexact, jnp.Floating, jnp.ComplexFloating}
	want := []string{"10000000",
		"11110000", "11110000", "11110000", "11110000",
		"11101000", "11101000", "11101000", "11101000",
		"11000110", "11000110", "11000110", "11000110",
		"11000101", "11000101"}
	// jnp.can_cast(row, column, casting="same_kind")
	sameKind := []string{"111111111111111",
		"011110000111111", "011110000111111", "011110000111111", "011110000111111",
		"011111111111111", "011111111111111", "011111111111111", "011111111111111",
		"000000000111111", "000000000011111", "000000000111111", "000000000111111",
		"000000000000011", "000000000000011"}
	safe := []string{"111111111111111",
		"011110000111111", "001110000001111", "000110000000101", "000010000000101",
		"001111111111111", "000110111001111", "000010011000101", "000000001000101",
		"000000000101111", "000000000011111", "000000000001111", "000000000000101",
		"000000000000011", "000000000000001"}
	bit := func(b bool) byte {
		if b {
			return '1'
		}
		return '0'
	}
	for i, d := range ir.AllDTypes() {
		for j, k := range kinds {
			if bit(jnp.IsSubDType(d, k)) != want[i][j] || bit(jnp.IsDType(d, k)) != want[i][j] {
				t.Errorf("IsSubDType(%v, %v)", d, k)
			}
		}
		for j, to := range ir.AllDTypes() {
			for c, rows := range map[jnp.Casting][]string{jnp.CastSafe: safe, jnp.CastSameKind: sameKind} {
				if bit(c.CanCast(d, to)) != rows[i][j] {
					t.Errorf("casting %d: CanCast(%v, %v) = %v", c, d, to, c.CanCast(d, to))
				}
			}
			if jnp.CastNo.CanCast(d, to) != (d == to) || jnp.CastEquiv.CanCast(d, to) != (d == to) ||
				!jnp.CastUnsafe.CanCast(d, to) {
				t.Errorf("CanCast(%v, %v)", d, to)
			}
			if jnp.IsSubDType(d, to) != (d == to) {
				t.Errorf("IsSubDType(%v, %v)", d, to)
			}
		}
	}
	if !jnp.IsDType(jnp.Int8, jnp.Floating, jnp.Integral) || jnp.IsDType[jnp.DType](jnp.Int8) {
		t.Error("IsDType of several kinds")
	}
	if trace.Try(func() { jnp.IsDType(jnp.Int8, jnp.DTypeKind(99)) }) == nil {
		t.Error("no error for a kind that is none")
	}
}
