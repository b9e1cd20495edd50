package jnp_test

import (
	"math"
	"slices"
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestTakeGrads(t *testing.T) {
	checkGrads(t, func(in gradOperands) []gradRow {
		return []gradRow{
			{"TakeAlongAxis",
				func(x Array) Array {
					return Taking{Mode: ModeClip}.TakeAlongAxis(x, AsArray([]int32{-1, 7, 2, -9}), 0)
				}},
		}
	})
}

func TestTake(t *testing.T) {
	x := Arange(6.0).Reshape(2, 3)
	nan := math.NaN()
	for _, c := range []struct {
		name  string
		got   Array
		shape []int
		want  []float64
	}{
		{"flat", Take(x, []int{5, 0, -1}), []int{3}, []float64{5, 0, 5}},
		{"axis", Take(x, []int{2, 0}, 1), []int{2, 2}, []float64{2, 0, 5, 3}},
		{"negative axis", Take(x, [][]int{{0}, {1}}, -2), []int{2, 1, 3}, []float64{0, 1, 2, 3, 4, 5}},
		{"scalar", x.Take(1, 0), []int{3}, []float64{3, 4, 5}},
		{"out of bounds", Take(x, []int{3, -4, 0}, 1), []int{2, 3}, []float64{nan, nan, 0, nan, nan, 3}},
		{"clip", Taking{Mode: ModeClip}.Take(x, []int{9, -9}, 1), []int{2, 2}, []float64{2, 0, 5, 3}},
		{"wrap", Taking{Mode: ModeWrap}.Take(x, []int{9, -2}, 1), []int{2, 2}, []float64{0, 1, 3, 4}},
		{"fill", Taking{FillValue: -1}.Take(x, 7), []int{}, []float64{-1}},
		{"a Go int out of bounds", Take(x, 6), []int{}, []float64{nan}},
		{"a Go int out of bounds, along", x.Take(3, 1), []int{2}, []float64{nan, nan}},
		{"a Go int before the first", x.Take(-3, 0), []int{3}, []float64{nan, nan, nan}},
		{"a negative Go int", x.Take(-2, 0), []int{3}, []float64{0, 1, 2}},
		{"the least Go int", Take(x, math.MinInt32), []int{}, []float64{nan}},
		{"a Go byte out of bounds", Take(x, uint8(200)), []int{}, []float64{nan}},
		{"a Go int, clipped", Taking{Mode: ModeClip}.Take(x, 7), []int{}, []float64{5}},
		{"a Go int, wrapped", Taking{Mode: ModeWrap}.Take(x, -7), []int{}, []float64{5}},
		{"a scalar out of bounds", Take(AsArray(2.0), 5), []int{}, []float64{nan}},
		{"int32 out of bounds", x.AsType(Int32).Take(6), []int{}, []float64{math.MinInt32}},
		{"uint8 out of bounds", x.AsType(Uint8).Take(6), []int{}, []float64{255}},
		{"bool out of bounds", x.Lt(0).Take(6), []int{}, []float64{1}},
		{"traced", traced(func(x ...Array) []Array { return []Array{x[0].Take(6)} }, x)[0], []int{}, []float64{nan}},
		{"a position of nothing", Take(Ones(0, 3), 5, 1), []int{0}, []float64{}},
		{"none", Take(x, []int{}, 0), []int{0, 3}, []float64{}},
		{"along 1", TakeAlongAxis(x, [][]int{{2}, {0}}, 1), []int{2, 1}, []float64{2, 3}},
		{"along 0", TakeAlongAxis(x, [][]int{{1, 0, -1}}, 0), []int{1, 3}, []float64{3, 1, 5}},
		{"along, broadcast", TakeAlongAxis(x, [][]int{{2, 1}}, 1), []int{2, 2}, []float64{2, 1, 5, 4}},
		{"along, out of bounds", TakeAlongAxis(x, [][]int{{3, -4, -1}}, 1), []int{2, 3},
			[]float64{nan, nan, 2, nan, nan, 5}},
		{"along, int32 out of bounds", TakeAlongAxis(x.AsType(Int32), [][]int{{9}}, 1), []int{2, 1},
			[]float64{math.MinInt32, math.MinInt32}},
		{"along flat", TakeAlongAxis(x, []int{4, 9}), []int{2}, []float64{4, nan}},
		{"put", PutAlongAxis(x, [][]int{{2}, {0}}, 9, 1), []int{2, 3}, []float64{0, 1, 9, 9, 4, 5}},
		{"put flat", PutAlongAxis(x, []int{1}, 9), []int{2, 3}, []float64{0, 9, 2, 3, 4, 5}},
		{"nonzero", Nonzero(x.Gt(3))[1], []int{2}, []float64{1, 2}},
		{"nonzero, sized", Sized{Size: 3, FillValue: -1}.Nonzero(x.Gt(3))[0], []int{3}, []float64{1, 1, -1}},
		{"nonzero, fewer", Sized{Size: 1}.FlatNonzero(x), []int{1}, []float64{1}},
		{"argwhere", ArgWhere(x.Gt(3)), []int{2, 2}, []float64{1, 1, 1, 2}},
		{"argwhere of a scalar", ArgWhere(AsArray(1.0)), []int{1, 0}, []float64{}},
	} {
		got := ToSlice[float64](c.got.AsType(Float32))
		same := slices.EqualFunc(got, c.want, func(a, b float64) bool { return a == b || a != a && b != b })
		if !same || !slices.Equal(c.got.Shape(), c.shape) {
			t.Errorf("%s: %v of shape %v, want %v of shape %v", c.name, got, c.got.Shape(), c.want, c.shape)
		}
	}
}
