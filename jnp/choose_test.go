package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestChooseErrors(t *testing.T) {
	x, y, i, b := fixture("x"), fixture("y"), Arange(4), FromSlice([]bool{true, false, true, true})
	runErrors(t, []errorRow{
		{func() { Choose(y, y) }, []string{"jnp.Choose(float32[4], float32[4])", "integers"}},
		{func() { Choose(i, y, y) }, []string{"jnp.Choose", "position 2", "ModeWrap"}},
		{func() { Put(y, 1.5, 0) }, []string{"jnp.Put(float32[4]", "integers"}},
		{func() { Place(y, x, 1) }, []string{"jnp.Place", "12 elements and the array 4"}},
		{func() { FillDiagonal(y, 1) }, []string{"jnp.FillDiagonal", "two axes"}},
		{func() { Compress(b, x, 0) }, []string{"jnp.Compress(bool[4], float32[3,4])", "true at 3"}},
		{func() { Sized{Size: 9}.Compress(b, y) }, []string{"jnp.Sized.Compress", "Size is 9"}},
	})
}

func TestChooseGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"Choose",
				func(x Array) Array { return Taking{Mode: ModeClip}.Choose(in.i, x.Index(S(0, 3)), x.Index(S(3, 6))) }},
			{"Put", func(x Array) Array { return Put(x, []int{1, -2}, x.Index(S(4, 6)).Mul(x.Index(0))) }},
			{"Place", func(x Array) Array { return Place(x, in.b, x.Index(S(nil, 2)).Mul(2)) }},
			{"FillDiagonal", func(x Array) Array { return FillDiagonal(x.Reshape(2, 3), x.Index(S(1, 3))) }},
			{"Compress", func(x Array) Array { return Sized{Size: 4}.Compress(in.b, x) }},
			{"Extract", func(x Array) Array { return Extract(in.b, x) }},
		}
	})
}
