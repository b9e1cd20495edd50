package stats_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// At the ends of the support, and of what a parameter may be, the first and second derivatives are one-sided, in
// forward and in reverse mode. Rows are the operand, parameters, and the derivatives by one of these.
func TestSlopesAtEdges(t *testing.T) {
	for _, group := range []struct {
		method string
		of     func(v []any) any
		by     int
		rows   [][]float64
	}{
		{"LogPMF", func(v []any) any { return stats.Bernoulli{P: v[1]} }, 1, [][]float64{
			{0, 0, -1, -1}, {0, 1, -inf, -inf}, {1, 1, 1, -1}, {1, 0, inf, -inf},
		}},
		{"PMF", func(v []any) any { return stats.Bernoulli{P: v[1]} }, 1, [][]float64{
			{0, 1, -1, 0}, {1, 1, 1, 0}, {0, 0, -1, 0}, {1, 0, 1, 0},
		}},
		{"LogCDF", func(v []any) any { return stats.Bernoulli{P: v[1]} }, 1, [][]float64{
			{0, 0, -1, -1}, {1, 1, 0, 0},
		}},
		{"LogSF", func(v []any) any { return stats.Bernoulli{P: v[1]} }, 1, [][]float64{{0, 1, 1, -1}, {1, 0, 0, 0}}},
		{"PMF", func(v []any) any { return stats.Poisson{Mu: v[1]} }, 1, [][]float64{
			{0, 0, -1, 1}, {1, 0, 1, -2}, {2, 0, 0, 1}, {3, 0, 0, 0},
		}},
		{"LogPMF", func(v []any) any { return stats.Poisson{Mu: v[1]} }, 1, [][]float64{
			{0, 0, -1, 0}, {1, 0, inf, -inf},
		}},
		{"CDF", func(v []any) any { return stats.Poisson{Mu: v[1]} }, 1, [][]float64{{0, 0, -1, 1}, {1, 0, 0, -1}}},
		{"SF", func(v []any) any { return stats.Poisson{Mu: v[1]} }, 1, [][]float64{{0, 0, 1, -1}}},
		{"LogCDF", func(v []any) any { return stats.Poisson{Mu: v[1]} }, 1, [][]float64{
			{0, 0, -1, 0}, {1, 0, 0, -1},
		}},
		{"PMF", func(v []any) any { return stats.Binom{N: v[2], P: v[1]} }, 1, [][]float64{
			{0, 0, 5, -5, 20}, {1, 0, 5, 5, -40}, {2, 0, 5, 0, 20}, {3, 0, 5, 0, 0}, {5, 1, 5, 5, 20},
			{4, 1, 5, -5, -40}, {3, 1, 5, 0, 20}, {0, 0, 0, 0, 0},
		}},
		{"LogPMF", func(v []any) any { return stats.Binom{N: v[2], P: v[1]} }, 1, [][]float64{
			{0, 0, 5, -5, -5}, {5, 1, 5, 5, -5}, {1, 0, 5, inf, -inf}, {0, 1, 0, 0, 0},
		}},
		{"PMF", func(v []any) any { return stats.NBinom{N: v[2], P: v[1]} }, 1, [][]float64{
			{0, 1, 3, 3, 6}, {1, 1, 3, -3, -18}, {2, 1, 3, 0, 12},
		}},
		{"LogPMF", func(v []any) any { return stats.NBinom{N: v[2], P: v[1]} }, 1, [][]float64{{0, 1, 3, 3, -3}}},
		{"PMF", func(v []any) any { return stats.NBinom{N: v[2], P: v[1]} }, 2, [][]float64{
			{1, 1, 3, 0, 0}, {0, 1, 3, 0, 0},
		}},
		{"PMF", func(v []any) any { return stats.Geom{P: v[1]} }, 1, [][]float64{
			{1, 1, 1, 0}, {2, 1, -1, -2}, {3, 1, 0, 2},
		}},
		{"LogPMF", func(v []any) any { return stats.Geom{P: v[1]} }, 1, [][]float64{
			{1, 1, 1, -1}, {2, 1, -inf, -inf},
		}},
		{"PDF", func(v []any) any { return stats.Gamma{A: v[1], Scale: v[2]} }, 0, [][]float64{
			{0, 1, 1, -1, 1}, {0, 2, 1, 1, -2}, {0, 2, 4, 0.0625, -0.03125}, {0, 3, 1, 0, 1}, {0, 4, 1, 0, 0},
			{0, 1.5, 1, inf, -inf}, {0, 2.5, 1, 0, inf}, {0, 0.5, 1, -inf, inf},
		}},
		{"LogPDF", func(v []any) any { return stats.Gamma{A: v[1], Scale: v[2]} }, 0, [][]float64{
			{0, 1, 1, -1, 0}, {0, 2, 1, inf, -inf},
		}},
		{"CDF", func(v []any) any { return stats.Gamma{A: v[1], Scale: v[2]} }, 0, [][]float64{
			{0, 1, 1, 1, -1}, {0, 2, 1, 0, 1},
		}},
		{"LogSF", func(v []any) any { return stats.Gamma{A: v[1], Scale: v[2]} }, 0, [][]float64{
			{0, 1, 1, -1, 0}, {0, 2, 1, 0, -1},
		}},
		{"PDF", func(v []any) any { return stats.Chi2{DF: v[1]} }, 0, [][]float64{
			{0, 2, -0.25, 0.125}, {0, 4, 0.25, -0.25}, {0, 6, 0, 0.125},
		}},
		{"SF", func(v []any) any { return stats.Chi2{DF: v[1]} }, 0, [][]float64{
			{0, 2, -0.5, 0.25}, {0, 4, 0, -0.25},
		}},
		{"PDF", func(v []any) any { return stats.Beta{A: v[1], B: v[2]} }, 0, [][]float64{
			{0, 1, 1, 0, 0}, {0, 2, 2, 6, -12}, {1, 2, 2, -6, -12}, {0, 3, 2, 0, 24}, {0, 1, 3, -6, 6},
			{1, 3, 1, 6, 6}, {0, 1.5, 2, inf, -inf}, {1, 0.5, 0.5, inf, inf},
		}},
		{"LogPDF", func(v []any) any { return stats.Beta{A: v[1], B: v[2]} }, 0, [][]float64{
			{0, 1, 3, -2, -2}, {1, 3, 1, 2, -2}, {0, 2, 2, inf, -inf}, {0, 1, 1, 0, 0},
		}},
		{"CDF", func(v []any) any { return stats.Beta{A: v[1], B: v[2]} }, 0, [][]float64{
			{0, 1, 2, 2, -2}, {0, 2, 2, 0, 6}, {1, 2, 2, 0, -6},
		}},
		{"LogSF", func(v []any) any { return stats.Beta{A: v[1], B: v[2]} }, 0, [][]float64{{0, 1, 2, -2, -2}}},
		{"LogCDF", func(v []any) any { return stats.Beta{A: v[1], B: v[2]} }, 0, [][]float64{{1, 2, 1, 2, -2}}},
		{"PDF", func(v []any) any { return stats.Pareto{B: v[1]} }, 0, [][]float64{{1, 2, -6, 24}}},
		{"CDF", func(v []any) any { return stats.Pareto{B: v[1]} }, 0, [][]float64{{1, 2, 2, -6}}},
		{"LogSF", func(v []any) any { return stats.Pareto{B: v[1]} }, 0, [][]float64{{1, 2, -2, 2}}},
		{"PDF", func(v []any) any { return stats.Expon{Scale: v[1]} }, 0, [][]float64{{0, 1, -1, 1}}},
		{"CDF", func(v []any) any { return stats.Expon{Scale: v[1]} }, 0, [][]float64{{0, 1, 1, -1}}},
		{"LogSF", func(v []any) any { return stats.Expon{Scale: v[1]} }, 0, [][]float64{{0, 1, -1, 0}}},
		{"PDF", func(v []any) any { return stats.VonMises{Kappa: v[1]} }, 1, [][]float64{
			{0, 0, 0.15915494309189535, 0.07957747154594767},
		}},
		{"LogPDF", func(v []any) any { return stats.VonMises{Kappa: v[1]} }, 1, [][]float64{{0, 0, 1, -0.5}}},
		{"LogPDF", func(v []any) any { return stats.GenNorm{Beta: v[1]} }, 0, [][]float64{
			{0, 2, 0, -2}, {0, 3, 0, 0}, {0, 1.5, 0, -inf},
		}},
		{"PDF", func(v []any) any { return stats.GenNorm{Beta: v[1]} }, 0, [][]float64{
			{0, 2, 0, -1.1283791670955126},
		}},
		{"CDF", func(v []any) any { return stats.GenNorm{Beta: v[1]} }, 0, [][]float64{
			{0, 2, 0.5641895835477563, 0},
		}},
	} {
		t.Run(fmt.Sprintf("%T.%s", group.of(make([]any, 9)), group.method), func(t *testing.T) {
			t.Parallel()
			checkSlopes(t, func(v []jnp.Array) jnp.Array {
				return methodOf(group.of(anys(v)), group.method)(v[0])
			}, group.by, group.rows)
		})
	}
}

// checkSlopes compares the derivatives of f, elementwise, by one operand. Each row has the operands and the first and
// the second derivative.
func checkSlopes(t *testing.T, f func(v []jnp.Array) jnp.Array, by int, rows [][]float64) {
	t.Helper()
	n := len(rows[0]) - 2
	columns := make([][]float64, n+2)
	for _, row := range rows {
		for i, v := range row {
			columns[i] = append(columns[i], v)
		}
	}
	gojax.WithX64(true, func() {
		operands := make([]jnp.Array, n)
		for i := range operands {
			operands[i] = jnp.FromSlice(columns[i])
		}
		type function = func(x jnp.Array) jnp.Array
		of := func(x jnp.Array) jnp.Array {
			v := append([]jnp.Array{}, operands...)
			v[by] = x
			return f(v)
		}
		reverse := func(f function) function {
			return gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(f(x)) })
		}
		forward := func(f function) function {
			return func(x jnp.Array) jnp.Array {
				_, t := gojax.JVP(f, x, jnp.OnesLike(x))
				return t
			}
		}
		got := gojax.Jit(func(x jnp.Array) []jnp.Array {
			return []jnp.Array{reverse(of)(x), forward(of)(x), forward(reverse(of))(x), reverse(forward(of))(x)}
		})(operands[by])
		for k, mode := range []string{"reverse", "forward", "forward over reverse", "reverse over forward"} {
			for i, y := range jnp.ToSlice[float64](got[k]) {
				want := columns[n+k/2][i]
				if k == 3 && math.IsInf(want, 0) {
					continue // cotangents that are infinite meet products with 0
				}
				if !same(y, want) && !(math.Abs(y-want) <= 1e-13*math.Abs(want)) {
					t.Errorf("the derivative at %v, %s: %v, want %v", rows[i][:n], mode, y, want)
				}
			}
		}
	})()
}

// Likewise of vectors, by their first element; the rest is 1/4 and 3/4.
func TestSlopesOfVectorsAtEdges(t *testing.T) {
	vector := func(x jnp.Array) jnp.Array {
		return jnp.Stack([]jnp.Array{x, jnp.AsArray(0.25), jnp.AsArray(0.75)})
	}
	for _, group := range []struct {
		name string
		f    func(v []jnp.Array) jnp.Array
		rows [][]float64
	}{
		{"Multinomial.PMF", func(v []jnp.Array) jnp.Array {
			return stats.Multinomial{N: 4, P: vector(v[0])}.PMF(jnp.Stack(v[1:]).AsType(jnp.Int32))
		}, [][]float64{{0, 0, 1, 3, 0, 0}, {0, 1, 0, 3, 1.6875, 0}, {0, 2, 1, 1, 0, 4.5}, {0, 3, 1, 0, 0, 0}}},
		{"Multinomial.LogPMF", func(v []jnp.Array) jnp.Array {
			return stats.Multinomial{N: 4, P: vector(v[0])}.LogPMF(jnp.Stack(v[1:]).AsType(jnp.Int32))
		}, [][]float64{{0, 0, 1, 3, 0, 0}, {0, 1, 0, 3, inf, -inf}}},
		{"Dirichlet.PDF", func(v []jnp.Array) jnp.Array {
			return stats.Dirichlet{Alpha: jnp.Stack(v[1:])}.PDF(vector(v[0]))
		}, [][]float64{{0, 1, 2, 2, 0, 0}, {0, 2, 1, 1, 6, 0}, {0, 2, 2, 2, 22.5, 0}, {0, 3, 2, 1, 0, 30}}},
		{"Dirichlet.LogPDF", func(v []jnp.Array) jnp.Array {
			return stats.Dirichlet{Alpha: jnp.Stack(v[1:])}.LogPDF(vector(v[0]))
		}, [][]float64{{0, 1, 2, 2, 0, 0}, {0, 2, 2, 2, inf, -inf}, {0, 0.5, 2, 2, -inf, inf}}},
	} {
		t.Run(group.name, func(t *testing.T) {
			t.Parallel()
			checkSlopes(t, func(v []jnp.Array) jnp.Array { return gojax.Vmap(group.f)(v) }, 0, group.rows)
		})
	}
}
