package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestArgReduce(t *testing.T) {
	runRows(t, []opRow{
		{"ArgMax flat", []string{"x"}, func(a []Array) Array { return ArgMax(a[0]) },
			"int32[]", []complex128{5}},
		{"ArgMax", []string{"x"}, func(a []Array) Array { return ArgMax(a[0], 1) },
			"int32[3]", []complex128{0, 1, 3}},
		{"ArgMin of ties", []string{"q"}, func(a []Array) Array { return ArgMin(a[0].Neg()) },
			"int32[]", []complex128{3}},
		{"ArgMax kept", []string{"a"}, func(a []Array) Array { return Reduction{KeepDims: true}.ArgMax(a[0], -1) },
			"int32[2,3,1]", []complex128{3, 3, 3, 3, 3, 3}},
		{"ArgMax of NaN", []string{"n"}, func(a []Array) Array { return ArgMax(a[0], 1) },
			"int32[3]", []complex128{1, 0, 3}},
		{"NaNArgMax", []string{"n"}, func(a []Array) Array { return NaNArgMax(a[0], 1) },
			"int32[3]", []complex128{0, -1, 0}},
		{"NaNArgMin", []string{"n"}, func(a []Array) Array { return NaNArgMin(a[0], 1) },
			"int32[3]", []complex128{3, -1, 2}},
	})
}

func TestArgReduceErrors(t *testing.T) {
	x, e := fixture("x"), fixture("e")
	runErrors(t, []errorRow{
		{func() { ArgMax(e, 0) }, []string{"jnp.ArgMax(float32[0,3])", "no elements"}},
		{func() { ArgMax(x, 0, 1) }, []string{"jnp.ArgMax", "one axis or none"}},
		{func() { fixture("z").ArgMax() }, []string{"jnp.ArgMax(complex64[2,3])", "no order"}},
	})
}
