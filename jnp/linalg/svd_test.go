package linalg_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/tests/grads"
	"github.com/gojax/gojax/tests/sample"
)

// svdRows give NumPy 2.4.6's figures; TestLinalg runs them.
var svdRows = []row{
	{"SVDVals", "r", func(a []jnp.Array) jnp.Array { return SVDVals(a[0]) }, "float32[2]",
		[]complex128{3.36427134, 1.98284602}},
	{"SVDVals complex", "h", func(a []jnp.Array) jnp.Array { return SVDVals(a[0]) }, "float32[2]", []complex128{5, 2}},
	{"PInv", "r", func(a []jnp.Array) jnp.Array { return PInv(a[0]) },
		"float32[2,3]", []complex128{0.0280898876, -0.112359551, 0.286516854, 0.460674157, 0.157303371, -0.101123596}},
	{"PInv wide", "r", func(a []jnp.Array) jnp.Array { return PInv(a[0].T()) },
		"float32[3,2]", []complex128{0.0280898876, 0.460674157, -0.112359551, 0.157303371, 0.286516854, -0.101123596}},
	{"PInv complex", "h", func(a []jnp.Array) jnp.Array { return PInv(a[0]) },
		"complex64[2,2]", []complex128{0.4, -0.1 + 0.1i, -0.1 - 0.1i, 0.3}},
	{"PInv of two values", "t", func(a []jnp.Array) jnp.Array { return Tolerance{RTol: 0.5}.PInv(a[0]) },
		"float32[3,3]",
		[]complex128{-0.00860157741, 0.0536121233, 0.036196139, -0.0436342672, 0.259543878, 0.133434973, 0.0229145152,
			-0.0660275569, 0.213832188}},
	{"PInv, a tolerance for each", "t", func(a []jnp.Array) jnp.Array {
		two := jnp.Stack([]jnp.Array{a[0], a[0]})
		return jnp.Sum(Tolerance{RTol: jnp.FromSlice([]float32{0.5, 2})}.PInv(two), 0)
	}, "float32[3,3]",
		[]complex128{-0.00860157741, 0.0536121233, 0.036196139, -0.0436342672, 0.259543878, 0.133434973, 0.0229145152,
			-0.0660275569, 0.213832188}},
	{"PInv of nothing", "v",
		func(a []jnp.Array) jnp.Array { return PInv(jnp.Ones(3, 0)).Sum().Add(PInv(a[0].Reshape(1, 3)).Sum()) },
		"float32[]", []complex128{-1. / 21}},
	{"MatrixRank", "p", func(a []jnp.Array) jnp.Array { return MatrixRank(a[0]) }, "int32[]", []complex128{3}},
	{"MatrixRank above", "i", func(a []jnp.Array) jnp.Array { return Tolerance{RTol: 1}.MatrixRank(a[0]) }, "int32[]",
		[]complex128{1}},
	{"MatrixRank of vectors", "v",
		func(a []jnp.Array) jnp.Array { return MatrixRank(a[0]).Add(MatrixRank(a[0].Mul(0))) }, "int32[]",
		[]complex128{1}},
	{"Norm 2", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(2)}.Norm(a[0]) }, "float32[]",
		[]complex128{4.5703858}},
	{"Norm -2", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(-2), KeepDims: true}.Norm(a[0]) },
		"float32[1,1]", []complex128{2.18934152}},
	{"Norm nuclear", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Nuclear}.MatrixNorm(a[0]) }, "float32[]",
		[]complex128{10.0202269}},
	{"Norm 2 over two axes", "t", func(a []jnp.Array) jnp.Array {
		return Norms{Order: Ord(2), KeepDims: true}.Norm(jnp.ExpandDims(a[0], 1), 2, 0)
	}, "float32[1,1,1]", []complex128{4.5703858}},
	{"Cond", "t", func(a []jnp.Array) jnp.Array { return Cond(a[0]) }, "float32[]", []complex128{2.08756183}},
	{"Cond -2", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(-2)}.Cond(a[0]) }, "float32[]",
		[]complex128{0.479027727}},
	{"Cond 1", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(1)}.Cond(a[0]) }, "float32[]",
		[]complex128{3.73563218}},
	{"Cond inf", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Ord(inf)}.Cond(a[0]) }, "float32[]",
		[]complex128{3.49425287}},
	{"Cond Frobenius", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Frobenius}.Cond(a[0]) }, "float32[]",
		[]complex128{3.56790943}},
	{"Cond nuclear", "t", func(a []jnp.Array) jnp.Array { return Norms{Order: Nuclear}.Cond(a[0]) }, "float32[]",
		[]complex128{9.84246523}},
	{"LstSq", "r p", func(a []jnp.Array) jnp.Array {
		s := LstSq(a[0], a[1].Index(0))
		return jnp.Concatenate([]jnp.Array{s.X, s.Residuals, s.Rank.Reshape(1), s.SingularValues})
	}, "float32[6]", []complex128{-0.398876404, 2.25842697, 0.275280899, 2, 3.36427134, 1.98284602}},
	{"LstSq of two values", "t r", func(a []jnp.Array) jnp.Array { return Tolerance{RTol: 0.5}.LstSq(a[0], a[1]).X },
		"float32[3,2]",
		[]complex128{0.0463747162, 0.00960290685, 0.0971267736, 0.0425034045, 0.730438637, 0.012815252}},
	{"QRTriangle", "t", func(a []jnp.Array) jnp.Array { return QRTriangle(a[0]) },
		"float32[3,3]", []complex128{-2.25, -0.555555556, 0, 0, -3.26976422, 0.764581124, 0, 0, 4.43457052}},
	{"QR of integers", "i", func(a []jnp.Array) jnp.Array { q, r := QR(a[0]); return q.MatMul(r) }, "float32[2,2]",
		[]complex128{1, 2, 3, 4}},
	{"QRReflectors", "r", func(a []jnp.Array) jnp.Array {
		h, tau := QRReflectors(a[0])
		return jnp.Triu(h.T()).Sum().Add(tau.Sum().Mul(0))
	}, "float32[]", []complex128{-5.78022334}},
}

// The derivative of the pseudo-inverse exists where singular values are equal, as that of the decomposition does not.
func TestPInvGradient(t *testing.T) {
	gojax.WithX64(true, func() {
		all := []jnp.Array{jnp.Eye(3), jnp.Arange(6.0).Reshape(2, 3), jnp.Arange(6.0).Reshape(3, 2).Add(jnp.Eye(3, 2))}
		if !sample.All() {
			all = all[:2]
		}
		for _, a := range all {
			if err := grads.Check(func(a []jnp.Array) jnp.Array { return PInv(a[0]) }, []jnp.Array{a}, 1); err != nil {
				t.Errorf("%v: %v", a, err)
			}
		}
		f := func(a []jnp.Array) jnp.Array { return Norms{Order: Nuclear}.MatrixNorm(a[0]).Add(Cond(a[0])) }
		if err := grads.Check(f, []jnp.Array{jnp.Arange(6.0).Reshape(3, 2).Add(jnp.Eye(3, 2))}, 1); err != nil {
			t.Error(err)
		}
	})()
}
