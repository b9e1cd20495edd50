package jnp_test

import (
	"testing"

	"github.com/gojax/gojax"
	. "github.com/gojax/gojax/jnp"
)

// TestPieceGrads compares the derivatives of functions that move, choose, sort and count elements with central differences.
func TestPieceGrads(t *testing.T) {
	f64 := Creation{DType: Float64}
	gojax.WithX64(true, func() {
		x := f64.Asarray([]float64{0.3, -1.2, 2.1, 0.7, -0.4, 1.5}) // no two alike, none near the edges below
		w := f64.Asarray([]float64{1, 2, 0.5, 1.5, 3, 0.25})
		i, b := Asarray([]int32{5, 0, 3}), Asarray([]bool{true, false, true, true, false, false})
		for _, r := range []struct {
			name string
			f    func(x Array) Array
		}{
			{"Insert", func(x Array) Array { return Insert(x, []int{1, -1}, x.Index(S(nil, 2)).Mul(3)) }},
			{"Delete", func(x Array) Array { return Delete(x, []int{0, 3}) }},
			{"Deletion.Delete", func(x Array) Array { return Deletion{UniqueIndices: true}.Delete(x, i) }},
			{"Resize", func(x Array) Array { return Resize(x, 3, 5) }},
			{"Choose", func(x Array) Array { return Taking{Mode: ModeClip}.Choose(i, x.Index(S(0, 3)), x.Index(S(3, 6))) }},
			{"Put", func(x Array) Array { return Put(x, []int{1, -2}, x.Index(S(4, 6)).Mul(x.Index(0))) }},
			{"Place", func(x Array) Array { return Place(x, b, x.Index(S(nil, 2)).Mul(2)) }},
			{"FillDiagonal", func(x Array) Array { return FillDiagonal(x.Reshape(2, 3), x.Index(S(1, 3))) }},
			{"Compress", func(x Array) Array { return Sized{Size: 4}.Compress(b, x) }},
			{"Extract", func(x Array) Array { return Extract(b, x) }},
			{"ApplyAlongAxis", func(x Array) Array {
				return ApplyAlongAxis(func(v Array) Array { return v.Mul(v.Sum()) }, 0, x.Reshape(2, 3))
			}},
			{"ApplyOverAxes", func(x Array) Array {
				return ApplyOverAxes(func(x Array, a int) Array { return Square(x).Sum(a) }, x.Reshape(2, 3), 0, 1)
			}},
			{"Piecewise", func(x Array) Array { return Piecewise(x, []Array{x.Lt(0), x.Gt(1)}, Square, Sin, 0.5) }},
			{"Histogram's weights", func(x Array) Array {
				counts, _ := Histograms{Bins: 3, Weights: x, Density: true}.Histogram(w)
				return counts
			}},
			{"BinCount's weights", func(x Array) Array {
				return Counting{Weights: x, Length: 4}.BinCount(Asarray([]int32{0, 1, 1, 3, 0, 9}))
			}},
			{"SetXor1D", func(x Array) Array { return Uniqueness{Size: 6}.SetXor1D(x, f64.Asarray([]float64{9})) }},
			{"Trapezoid", func(x Array) Array { return Integration{X: x}.Trapezoid(w) }},
			{"Cov", func(x Array) Array { return Covariance{Weights: w.Index(S(nil, 3))}.Cov(x.Reshape(2, 3)) }},
			{"Block", func(x Array) Array { return Block([]Array{x, Square(x)}) }},
			{"Gradient", func(x Array) Array { return Gradients{Spacing: []any{CumSum(w)}}.Gradient(x)[0] }},
			{"TakeAlongAxis", func(x Array) Array { return Taking{Mode: ModeClip}.TakeAlongAxis(x, Asarray([]int32{-1, 7, 2, -9}), 0) }},
		} {
			if err := gojax.CheckGrads(r.f, x, 1); err != nil {
				t.Errorf("%s: %v", r.name, err)
			}
		}
	})()
}
