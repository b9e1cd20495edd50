package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestUFuncLogicErrors(t *testing.T) {
	x := Ones(3)
	runErrors(t, []errorRow{
		{func() { x.And(x) }, []string{"jnp.Array.And(float32[3]", "AsType"}},
	})
}

// A truth about Go's numbers alone is weakly typed where JAX's is.
func TestWeakTruths(t *testing.T) {
	x, y := AsArray(2), Full([]int{2}, 2.5)
	strong := Ones(2)
	for name, c := range map[string]struct {
		got  Array
		want bool
	}{
		"Equal":                      {Equal(x, x), true},
		"Less of arrays":             {Less(y, y), true},
		"Less with a strong one":     {Less(y, strong), false},
		"Equal of weak truths":       {Equal(x.Eq(2), x.Eq(2)), false},
		"IsNaN":                      {IsNaN(y), true},
		"IsInf":                      {IsInf(y), false},
		"IsFinite":                   {IsFinite(y), true},
		"IsFinite of integers":       {IsFinite(x), false},
		"SignBit":                    {SignBit(x), false},
		"LogicalNot of a scalar":     {LogicalNot(x), true},
		"LogicalNot of an array":     {LogicalNot(y), false},
		"LogicalAnd of scalars":      {LogicalAnd(x, x), true},
		"LogicalAnd of arrays":       {LogicalAnd(y, y), false},
		"LogicalAnd of weak truths":  {LogicalAnd(x.Eq(2), x.Eq(2)), false},
		"IsClose":                    {IsClose(y, y), false},
		"Where takes no such weight": {Where(x.Eq(2), strong, strong), false},
	} {
		if c.got.Weak() != c.want {
			t.Errorf("%s: weakly typed: %v", name, c.got.Weak())
		}
		if c.got.Weak() && c.got.DType() == Bool && Add(c.got, true).Weak() {
			t.Errorf("%s: a weak truth makes a weak sum", name)
		}
	}
}
