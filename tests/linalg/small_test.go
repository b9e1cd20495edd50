package linalg_test

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
)

// Small matrices are decomposed by arithmetic in loops and by LAPACK outside: with the same results.
func TestSmallInLoops(t *testing.T) {
	gojax.EnableX64(true)
	defer gojax.EnableX64(false)
	inf, nan := math.Inf(1), math.NaN()
	matrices := map[int][][]float64{
		1: {{2}, {0}, {-3}, {nan}, {inf}},
		2: {{4, 1, 1, 3}, {0, 1, 1, 0}, {1, 2, 2, 4}, {0, 0, 0, 0}, {-1, 1, 1, 1}, {1e-30, 1, 1, 1}, {nan, 1, 1, 2}},
		3: {{4, 1, 0, 1, 3, 1, 0, 1, 2}, {0, 0, 1, 1, 0, 0, 0, 1, 0},
			{1, 2, 4, 2, 4, 8, 4, 8, 16}, {0, 1, 2, 0, 3, 4, 0, 5, 7}},
		4: {{5, 1, 0, 2, 1, 4, 1, 0, 0, 1, 3, 1, 2, 0, 1, 6}, {0, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 5, 0, 0, 0},
			{1, 2, 3, 4, -1, 2, 3, 5, 1, -2, 3, 6, 1, 2, -3, 7}},
	}
	type outs map[string]jnp.Array
	for n, all := range matrices {
		for _, single := range []bool{false, true} {
			x := jnp.FromSlice(slices.Concat(all...), len(all), n, n)
			tolerance := jnp.Tolerance{RTol: 1e-11, ATol: 1e-11, EqualNaN: true}
			if single {
				x, tolerance.RTol, tolerance.ATol = x.AsType(jnp.Float32), 1e-3, 1e-3
			}
			b := jnp.Cos(jnp.Arange(3*n).Reshape(n, 3)).AsType(x.DType())
			of := func(x jnp.Array) outs {
				lu, pivots, order := lax.LU(x)
				y := outs{"lu": lu, "pivots": pivots, "permutation": order, "cholesky": lax.Cholesky(x),
					"solve": linalg.Solve(x, b), "inv": linalg.Inv(x), "det": linalg.Det(x)}
				for name, o := range map[string]linalg.Triangular{"lower": {Lower: true}, "upper": {},
					"transposed": {Transpose: true}, "unit": {Lower: true, UnitDiagonal: true, Transpose: true}} {
					y[name] = o.SolveTriangular(x, b)
				}
				y["right"] = lax.TriangularSolve(x, b.T(), lax.TriangularOptions{Lower: true})
				y["derivative"] = gojax.Grad(func(x jnp.Array) jnp.Array { return linalg.Solve(x, b).Sum() })(x)
				return y
			}
			_, got := lax.Scan(func(_ struct{}, x jnp.Array) (struct{}, outs) { return struct{}{}, of(x) }, struct{}{},
				jnp.Repeat(x, 2, 0), lax.ScanOptions{Unroll: 1})
			for i := range all {
				want := gojax.Jit(of)(x.Index(i))
				// What comes of singular matrices, infinite or not a number, differs between LAPACK and XLA.
				for _, c := range []struct {
					singular jnp.Array // where one of these is 0
					names    string
				}{
					{want["det"], "solve inv derivative cholesky"},
					{jnp.Diag(x.Index(i)), "lower upper transposed right"},
				} {
					if !jnp.Abs(c.singular).Min().Gt(0).Bool() {
						maps.DeleteFunc(want, func(name string, _ jnp.Array) bool {
							return slices.Contains(strings.Fields(c.names), name)
						})
					}
				}
				for name, w := range want {
					if g := got[name].Index(2 * i); !tolerance.AllClose(g, w).Bool() {
						t.Errorf("%s of %v: %v in a loop, %v outside", name, x.Index(i), g, w)
					}
				}
			}
		}
	}
}
