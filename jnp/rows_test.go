package jnp_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
)

func TestRows(t *testing.T) {
	x := FromSlice([]int32{10, 11, 12, 13, 14})
	for _, c := range []struct {
		name      string
		got, want Array
	}{
		{"Slice", x.Slice(1, -1), x.Index(S(1, -1))},
		{"Slice to the end", x.Slice(2, nil), x.Index(S(2, nil))},
		{"Slice with a step", x.Slice(nil, nil, -2), FromSlice([]int32{14, 12, 10})},
		{"Head", x.Head(2), FromSlice([]int32{10, 11})},
		{"Head of more", x.Head(9), x},
		{"Head of none", x.Head(0), Creation{DType: Int32}.Zeros(0)},
		{"Head without the last", x.Head(-2), FromSlice([]int32{10, 11, 12})},
		{"Tail", x.Tail(2), FromSlice([]int32{13, 14})},
		{"Tail of more", x.Tail(9), x},
		{"Tail of none", x.Tail(0), Creation{DType: Int32}.Zeros(0)},
		{"Tail without the first", x.Tail(-2), FromSlice([]int32{12, 13, 14})},
		{"Tail without very many", x.Tail(math.MinInt), Creation{DType: Int32}.Zeros(0)},
		{"Row", x.Row(1), FromSlice([]int32{11}).Reshape()},
		{"Row from the end", x.Row(-1), FromSlice([]int32{14}).Reshape()},
		{"Row at an Array", x.Row(AsArray(3)), FromSlice([]int32{13}).Reshape()},
		{"of nothing", Zeros(0, 3).Head(2), Zeros(0, 3)},
	} {
		if !ArrayEqual(c.got, c.want).Bool() || c.got.DType() != c.want.DType() {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
	m := x.Reshape(5, 1).Mul([]int32{1, -1})
	sum := func(m Array) Array {
		s := ZerosLike(m.Row(0))
		for _, row := range m.Rows() {
			s = s.Mul(2).Add(row)
		}
		return s
	}
	if got, want := sum(m), gojax.Jit(sum)(m); !ArrayEqual(got, want).Bool() || got.Index(1).Int() != -336 {
		t.Errorf("sum of rows: %v, jitted %v", got, want)
	}
	for range m.Rows() {
		break
	}
	for range Zeros(0, 3).Rows() {
		t.Error("no rows are one")
	}
	runErrors(t, []errorRow{
		{func() { AsArray(1).Rows() }, []string{"jnp.Array.Rows", "no rows"}},
		{func() { AsArray(1).Head(1) }, []string{"jnp.Array.Head", "0 axes"}},
		{func() { x.Row(S(0, 2)) }, []string{"jnp.Array.Row(int32[5])", "0:2 is not one position"}},
		{func() { x.Slice(0, "a") }, []string{"jnp.Array.Slice", "the stop of a slice"}},
		{func() { x.Slice(0, x) }, []string{"jnp.DS"}},
	})
}
