package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

// Reading and functions of the index at their edges.
func TestFromEdges(t *testing.T) {
	for name, c := range map[string]struct{ got, want Array }{
		"bytes to bool": {Reading{DType: Bool}.FromBuffer([]byte{0, 1, 7}), FromSlice([]bool{false, true, true})},
		"all":           {Reading{DType: Uint8, Count: -1}.FromBuffer([]byte{1, 2}), FromSlice([]uint8{1, 2})},
		"none":          {Reading{DType: Uint8}.FromBuffer(nil), FromSlice([]uint8{})},
		"separators":    {Reading{DType: Int8, Sep: " ; "}.FromString("1;2 ;  -3;"), FromSlice([]int8{1, 2, -3})},
		"empty text":    {Reading{DType: Int8, Sep: ","}.FromString(""), FromSlice([]int8{})},
		"a row each": {FromFunction(func(i ...Array) Array { return Ones(2).Mul(i[0]) }, 2),
			FromSlice([]float32{0, 0, 1, 1}, 2, 2)},
		"the same each": {FromFunction(func(...Array) Array { return AsArray(3) }, 2), FromSlice([]int32{3, 3})},
		"no elements":   {FromFunction(func(i ...Array) Array { return i[0] }, 0, 2), Zeros(0, 2)},
		"no axes":       {FromFunction(func(...Array) Array { return Ones() }), Ones()},
		"packed, unpacked": {Bits{Count: 11}.UnpackBits(PackBits(Ones(11).AsType(Int32))),
			Creation{DType: Uint8}.Ones(11)},
	} {
		if c.got.DType() != c.want.DType() || !ItemOf[bool](ArrayEqual(c.got, c.want)) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
}

func TestCreationFromErrors(t *testing.T) {
	runErrors(t, []errorRow{
		// bytes left over
		{func() { FromBuffer(make([]byte, 9)) }, []string{"jnp.FromBuffer"}},
		// too many asked for
		{func() { Reading{DType: Uint8, Count: 3}.FromBuffer(make([]byte, 2)) }, []string{"jnp.Reading.FromBuffer"}},
		// an offset outside
		{func() { Reading{DType: Uint8, Offset: 3}.FromBuffer(make([]byte, 2)) }, []string{"jnp.Reading.FromBuffer"}},
		// a count of another type
		{func() { Reading{Count: 2.0}.FromBuffer(nil) }, []string{"jnp.Reading.FromBuffer"}},
		// no number
		{func() { FromString("1 x") }, []string{"jnp.FromString"}},
		// no dtype
		{func() { Reading{DType: 255}.FromString("1") }, []string{"jnp.Reading.FromString"}},
		// a short iterator
		{func() { FromIter(func(func(int) bool) {}, 1) }, []string{"jnp.FromIter"}},
		// no function
		{func() { FromFunction(nil, 2) }, []string{"jnp.FromFunction"}},
	})
}
