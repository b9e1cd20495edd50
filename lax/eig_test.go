package lax_test

import (
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

func TestGeneralMatrices(t *testing.T) {
	x := matrix([]float32{4, 2, 1}, []float32{0, 5, 3}, []float32{1, 1, 6})
	z := jnp.FromSlice([]complex64{4, 1i, -2i, 3}, 2, 2)
	tall := numbers(-2, 1.5, 3, 2)
	checkForms(t,
		form{"Eig", []A{x}, func(x []A) []A { w, l, r := lax.Eig(x[0]); return []A{w, l, r} },
			func(x []V) []V { return ops.Eig(x[0], ops.EigOptions{Left: true, Right: true}) }},
		form{"Eig without left ones", []A{z},
			func(x []A) []A { w, _, r := lax.Eig(x[0], lax.EigOptions{NoLeft: true}); return []A{w, r} },
			func(x []V) []V { return ops.Eig(x[0], ops.EigOptions{Right: true}) }},
		form{"Eig without right ones", []A{x},
			func(x []A) []A { w, l, _ := lax.Eig(x[0], lax.EigOptions{NoRight: true}); return []A{w, l} },
			func(x []V) []V { return ops.Eig(x[0], ops.EigOptions{Left: true}) }},
		form{"Schur", []A{x}, func(x []A) []A { t, q := lax.Schur(x[0]); return []A{t, q} },
			func(x []V) []V { return ops.Schur(x[0], true) }},
		form{"Schur form", []A{z},
			func(x []A) []A { t, _ := lax.Schur(x[0], lax.SchurOptions{NoSchurVectors: true}); return []A{t} },
			func(x []V) []V { return ops.Schur(x[0], false) }},
		form{"Hessenberg", []A{x}, func(x []A) []A { a, t := lax.Hessenberg(x[0]); return []A{a, t} },
			func(x []V) []V { a, t := ops.Hessenberg(x[0]); return []V{a, t} }},
		form{"Tridiagonal", []A{x}, func(x []A) []A { a, d, e, t := lax.Tridiagonal(x[0]); return []A{a, d, e, t} },
			func(x []V) []V { a, d, e, t := ops.Tridiagonal(x[0], false); return []V{a, d, e, t} }},
		form{"Tridiagonal of the upper triangle", []A{z}, func(x []A) []A {
			a, d, e, t := lax.Tridiagonal(x[0], lax.TridiagonalOptions{Upper: true})
			return []A{a, d, e, t}
		}, func(x []V) []V { a, d, e, t := ops.Tridiagonal(x[0], true); return []V{a, d, e, t} }},
	)
	checkMistakes(t,
		mistake{"lax.Eig", func() { lax.Eig(tall) }, []string{"square", "float32[3,2]"}},
		mistake{"lax.Schur", func() { lax.Schur(ints(1)) }, []string{"int32[1]"}},
		mistake{"lax.Hessenberg", func() { lax.Hessenberg(tall) }, []string{"square"}},
		mistake{"lax.Tridiagonal", func() { lax.Tridiagonal(numbers(0, 1, 2)) }, []string{"float32[2]"}})
}
