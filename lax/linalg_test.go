package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestMatrices(t *testing.T) {
	x := matrix([]float32{4, 2, 1}, []float32{0, 5, 3}, []float32{1, 1, 6})
	z := jnp.FromSlice([]complex64{4, 1i, -1i, 3}, 2, 2)
	tall, b := numbers(-2, 1.5, 3, 2), numbers(1, 1, 3, 2)
	symmetric := func(x V) V { return ops.Mul(ops.Add(x, ops.Transpose(x, []int{1, 0})), like(x, 0.5)) }
	reduced := lax.DecompositionOptions{Reduced: true}
	packed, taus := ops.Geqrf(tall.TraceValue())
	checkForms(t,
		of1("Cholesky", func(x A) A { return lax.Cholesky(x) }, func(x V) V { return ops.Cholesky(symmetric(x)) }, x),
		of1("Cholesky of the lower triangle",
			func(x A) A { return lax.Cholesky(x, lax.CholeskyOptions{LowerOnly: true}) }, ops.Cholesky, x),
		of1("Cholesky of complex numbers", func(x A) A { return lax.Cholesky(x) }, ops.Cholesky, z),
		of2("TriangularSolve", func(a, b A) A { return lax.TriangularSolve(a, b) },
			func(a, b V) V { return ops.TriangularSolve(a, b, ops.TriangularOptions{}) }, x, lax.Transpose(b, 1, 0)),
		of2("TriangularSolve from the left", func(a, b A) A {
			return lax.TriangularSolve(a, b,
				lax.TriangularOptions{LeftSide: true, Lower: true, Transpose: true, UnitDiagonal: true})
		}, func(a, b V) V {
			return ops.TriangularSolve(a, b,
				ops.TriangularOptions{LeftSide: true, Lower: true, Transpose: true, UnitDiagonal: true})
		}, x, b),
		form{
			"QR",
			[]A{tall},
			func(x []A) []A { q, r := lax.QR(x[0]); return []A{q, r} },
			func(x []V) []V { q, r := ops.QR(x[0], true); return []V{q, r} },
		},
		form{"QR reduced", []A{tall}, func(x []A) []A { q, r := lax.QR(x[0], reduced); return []A{q, r} },
			func(x []V) []V { q, r := ops.QR(x[0], false); return []V{q, r} }},
		form{"SVD", []A{x}, func(x []A) []A { u, s, v := lax.SVD(x[0]); return []A{u, s, v} },
			func(x []V) []V { u, s, v := ops.SVD(x[0], true); return []V{u, s, v} }},
		of2("HouseholderProduct", lax.HouseholderProduct, ops.HouseholderProduct, jnp.Wrap(packed), jnp.Wrap(taus)),
		form{"SVD reduced", []A{tall}, func(x []A) []A { u, s, v := lax.SVD(x[0], reduced); return []A{u, s, v} },
			func(x []V) []V { u, s, v := ops.SVD(x[0], false); return []V{u, s, v} }},
		form{"Ormqr", []A{jnp.Wrap(packed), jnp.Wrap(taus), tall},
			func(x []A) []A { return []A{lax.Ormqr(x[0], x[1], x[2])} },
			func(x []V) []V { return []V{ops.Ormqr(x[0], x[1], x[2], true, false)} }},
		form{"Ormqr from the right, transposed", []A{jnp.Wrap(packed), jnp.Wrap(taus), x}, func(x []A) []A {
			return []A{lax.Ormqr(x[0], x[1], x[2], lax.OrmqrOptions{Right: true, Transpose: true})}
		}, func(x []V) []V { return []V{ops.Ormqr(x[0], x[1], x[2], false, true)} }},
		of2("CholeskyUpdate", lax.CholeskyUpdate, ops.CholeskyUpdate, x, numbers(1, 1, 3)),
		of2("SymmetricProduct", func(a, c A) A { return lax.SymmetricProduct(a, c) },
			func(a, c V) V { return ops.SymmetricProduct(a, c, 1, 0) }, tall, x),
		of2("SymmetricProduct with options", func(a, c A) A {
			return lax.SymmetricProduct(a, c, lax.SymmetricProductOptions{Alpha: 2, Beta: 3, SymmetrizeOutput: true})
		}, func(a, c V) V { return ops.Symmetrize(ops.SymmetricProduct(a, c, 2, 3), true, false) }, tall, x),
		form{"LU", []A{x}, func(x []A) []A { a, b, c := lax.LU(x[0]); return []A{a, b, c} },
			func(x []V) []V { a, b, c := ops.LU(x[0]); return []V{a, b, c} }},
		of1("LUPivotsToPermutation", func(x A) A { return lax.LUPivotsToPermutation(x, 4) },
			func(x V) V { return ops.LUPivotsToPermutation(x, 4) }, ints(1, 2, 2)),
		form{"Eigh", []A{x}, func(x []A) []A { v, w := lax.Eigh(x[0]); return []A{w, v} },
			func(x []V) []V { w, v := ops.Eigh(symmetric(x[0])); return []V{w, v} }},
		form{"Eigh of the upper triangle", []A{x}, func(x []A) []A {
			v, w := lax.Eigh(x[0], lax.EighOptions{OneTriangle: true, Upper: true})
			return []A{w, v}
		}, func(x []V) []V { w, v := ops.Eigh(ops.Transpose(x[0], []int{1, 0})); return []V{w, v} }},
		form{"TridiagonalSolve", []A{numbers(0, 1, 3), numbers(2, 1, 3), numbers(1, 1, 3), tall},
			func(x []A) []A { return []A{lax.TridiagonalSolve(x[0], x[1], x[2], x[3])} },
			func(x []V) []V { return []V{ops.TridiagonalSolve(x[0], x[1], x[2], x[3])} }},
	)
	checkMistakes(t,
		mistake{"lax.Ormqr", func() { lax.Ormqr(x, b, x) }, []string{"axes before", "float32[3,2]"}},
		mistake{"lax.CholeskyUpdate", func() { lax.CholeskyUpdate(x, b) }, []string{"must be [3]"}},
		mistake{"lax.SymmetricProduct", func() { lax.SymmetricProduct(b, b) }, []string{"must be [3,3]"}},
		mistake{"lax.LU", func() { lax.LU(ints(1)) }, []string{"int32[1]"}},
		mistake{"lax.LUPivotsToPermutation", func() { lax.LUPivotsToPermutation(ints(1), 0) }, []string{"0 rows"}},
		mistake{"lax.Eigh", func() { lax.Eigh(tall) }, []string{"square", "float32[3,2]"}},
		mistake{"lax.TridiagonalSolve", func() { lax.TridiagonalSolve(tall, tall, tall, tall) },
			[]string{"without its last axis"}},
		mistake{"lax.Cholesky", func() { lax.Cholesky(tall) }, []string{"square", "float32[3,2]"}},
		mistake{"lax.Cholesky", func() { lax.Cholesky(ints(1)) }, []string{"int32[1]"}},
		mistake{"lax.Cholesky", func() { lax.Cholesky(A{}) }, []string{"never set"}},
		mistake{"lax.TriangularSolve", func() { lax.TriangularSolve(x, b) }, []string{"float32[3,3], float32[3,2]"}},
		mistake{"lax.QR", func() { lax.QR(ints(1)) }, []string{"int32"}},
		mistake{"lax.QR", func() { lax.QR(x, reduced, reduced) }, []string{"one lax.DecompositionOptions"}},
		mistake{"lax.SVD", func() { lax.SVD(numbers(0, 1, 2)) }, []string{"float32[2]"}},
		mistake{"lax.HouseholderProduct", func() { lax.HouseholderProduct(tall, tall) }, []string{"float32[3,2]"}})
}
