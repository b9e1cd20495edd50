package linalg_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
)

// tensor is [2, 3, 6], a 6 by 6 matrix with an inverse.
func tensor() jnp.Array {
	x := jnp.Arange(36)
	return jnp.Remainder(x.Mul(x), 11).Reshape(2, 3, 6).Add(jnp.Eye(6).Mul(5).Reshape(2, 3, 6))
}

// solveRows give NumPy 2.4.6's figures; TestLinalg runs them.
var solveRows = []row{
	{"Solve", "t r", func(a []jnp.Array) jnp.Array { return Solve(a[0], a[1]) }, "float32[3,2]",
		[]complex128{0.337164751, 0.927203065, 0.0344827586, -0.155172414, 0.720306513, -0.0191570881}},
	{"Solve vector", "t v", func(a []jnp.Array) jnp.Array { return Solve(a[0], a[1]) }, "float32[3]",
		[]complex128{0.643678161, -0.206896552, -0.988505747}},
	{"Solve complex", "h", func(a []jnp.Array) jnp.Array { return Solve(a[0], a[0].T()) }, "complex64[2,2]",
		[]complex128{1.2 + 0.2i, 0.8i, -0.6i, 1.2 - 0.2i}},
	{"Solve batch", "t r",
		func(a []jnp.Array) jnp.Array { return Solve(jnp.Stack([]jnp.Array{a[0], a[0].Mul(2)}), a[1]) },
		"float32[2,3,2]",
		[]complex128{0.337164751, 0.927203065, 0.0344827586, -0.155172414, 0.720306513, -0.0191570881, 0.168582375,
			0.463601533, 0.0172413793, -0.0775862069, 0.360153257, -0.00957854406}},
	{"Solve batch of right-hand sides", "t r",
		func(a []jnp.Array) jnp.Array { return Solve(a[0], jnp.Stack([]jnp.Array{a[1], a[1].Mul(2)})) },
		"float32[2,3,2]",
		[]complex128{0.337164751, 0.927203065, 0.0344827586, -0.155172414, 0.720306513, -0.0191570881, 0.674329502,
			1.85440613, 0.0689655172, -0.310344828, 1.44061303, -0.0383141762}},
	{"Solve in float16", "i v", func(a []jnp.Array) jnp.Array {
		return Solve(a[0].AsType(jnp.Float16), a[1].Index(jnp.S(0, 2)).AsType(jnp.Float16))
	}, "float16[2]", []complex128{0, 0.5}},
	{"Solve of nothing", "v", func(a []jnp.Array) jnp.Array {
		return Solve(jnp.Zeros(0, 0), jnp.Zeros(0, 2)).Sum().Add(Solve(jnp.Zeros(0, 3, 3), a[0]).Sum())
	}, "float32[]", []complex128{0}},
	{"Solve singular", "i", func(a []jnp.Array) jnp.Array {
		return jnp.IsFinite(Solve(jnp.Ones(2, 2), a[0])).AsType(jnp.Int32)
	}, "int32[2,2]", []complex128{0, 0, 0, 0}},
	{"Inv", "t", func(a []jnp.Array) jnp.Array { return Inv(a[0]) }, "float32[3,3]",
		[]complex128{0.429118774, 0.137931034, 0.0153256705, -0.137931034, 0.24137931, 0.137931034, 0.00766283525,
			-0.0689655172, 0.214559387}},
	{"Inv of integers", "i", func(a []jnp.Array) jnp.Array { return Inv(a[0]) }, "float32[2,2]",
		[]complex128{-2, 1, 1.5, -0.5}},
	{"Inv complex", "h", func(a []jnp.Array) jnp.Array { return Inv(a[0]) }, "complex64[2,2]",
		[]complex128{0.4, -0.1 + 0.1i, -0.1 - 0.1i, 0.3}},
	{"Inv of nothing", "v", func(a []jnp.Array) jnp.Array { return Inv(jnp.Zeros(2, 0, 0)).Add(a[0].Sum()) },
		"float32[2,0,0]", nil},
	{"MatrixPower negative", "t", func(a []jnp.Array) jnp.Array { return MatrixPower(a[0], -3) }, "float32[3,3]",
		[]complex128{0.0585165646, 0.042866927, 0.0213413353, -0.042866927, -0.00962637983, 0.0157387286, 0.0106706677,
			-0.0078693643, 0.00389165526}},
	{"MatrixPower negative of integers", "i", func(a []jnp.Array) jnp.Array { return MatrixPower(a[0], -1) },
		"float32[2,2]", []complex128{-2, 1, 1.5, -0.5}},
	{"TensorSolve", "i", func(a []jnp.Array) jnp.Array {
		return TensorSolve(tensor().Add(a[0].Sum().Mul(0)), jnp.Arange(6.0).Reshape(2, 3))
	}, "float32[6]", []complex128{-1.18558003, 0.617926435, -0.356836095, 0.537565683, -0.561262126, 1.56851253}},
	{"TensorSolve with axes", "i", func(a []jnp.Array) jnp.Array {
		x := jnp.Transpose(tensor().Reshape(2, 3, 2, 3), 0, 2, 1, 3)
		return TensorSolve(x.Add(a[0].Sum().Mul(0)), jnp.Arange(6.0).Reshape(2, 3), 1)
	}, "float32[3,2]", []complex128{-1.18558003, 0.537565683, 0.617926435, -0.561262126, -0.356836095, 1.56851253}},
	{"TensorInv", "i", func(a []jnp.Array) jnp.Array { return TensorInv(tensor().Add(a[0].Sum().Mul(0))) },
		"float32[6,2,3]", []complex128{0.238732821, 0.548453921, -0.254143088, -0.442502021, -0.138894503,
			0.131467259, -0.111998114}},
	{"TensorInv of one axis", "t", func(a []jnp.Array) jnp.Array { return TensorInv(a[0], 1) }, "float32[3,3]",
		[]complex128{0.429118774, 0.137931034, 0.0153256705, -0.137931034, 0.24137931}},
}

// Of matrices that need rows exchanged, of one or several blocks, alone and in batches.
func TestSolveResidual(t *testing.T) {
	gojax.WithX64(true, func() {
		key := random.Key(1)
		for _, shape := range [][]int{{70, 70}, {3, 40, 40}, {2, 2, 5, 5}} {
			for _, d := range []jnp.DType{jnp.Float64, jnp.Complex128} {
				a := random.Dist{DType: d}.Normal(key, shape...)
				three := append(shape[:len(shape)-1:len(shape)-1], 3)
				b := random.Dist{DType: d}.Normal(random.FoldIn(key, 1), three...)
				off := jnp.Max(jnp.Abs(a.MatMul(Solve(a, b)).Sub(b))).Item()
				if !(off < 1e-10) {
					t.Errorf("%v%v: off by %v", d, shape, off)
				}
			}
		}
	})()
}

func TestSolveGradients(t *testing.T) {
	gojax.WithX64(true, func() {
		x := jnp.FromSlice([]float64{0.5, -1, 2, 1, 3, -2, 4, 1, 0.25, 1, -0.5, 2, 3, 1, -1, 1}, 4, 4)
		b := jnp.Arange(8.0).Reshape(4, 2).Sub(3)
		z := jnp.FromSlice([]complex128{1, 2 + 1i, 1i, 3, 0.5, 1 - 1i, 2, 1i, 1}, 3, 3)
		for _, c := range []struct {
			name string
			f    func(a []jnp.Array) jnp.Array
			in   []jnp.Array
		}{
			{"Solve", func(a []jnp.Array) jnp.Array { return Solve(a[0], a[1]) }, []jnp.Array{x, b}},
			{"Solve of a batch", func(a []jnp.Array) jnp.Array {
				return Solve(jnp.Stack([]jnp.Array{a[0], a[0].T()}), a[1])
			}, []jnp.Array{x, b}},
			{"Inv complex", func(a []jnp.Array) jnp.Array { return Inv(a[0]) }, []jnp.Array{z}},
			{"MatrixPower", func(a []jnp.Array) jnp.Array { return MatrixPower(a[0], -2) }, []jnp.Array{x}},
		} {
			order := 1
			if c.name == "Solve" || sample.All() {
				order = 2
			}
			if err := grads.Check(c.f, c.in, order); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})()
}
