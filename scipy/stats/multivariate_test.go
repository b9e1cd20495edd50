package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// The derivatives by the operand and by the parameters.
func TestMultivariateGradients(t *testing.T) {
	type arrays = []jnp.Array
	for name, row := range map[string]struct {
		f func(a arrays) jnp.Array
		p [][]float64
	}{
		"Multinomial": {func(a arrays) jnp.Array { return stats.Multinomial{N: 6, P: a[0]}.LogPMF([]int{1, 2, 3}) },
			[][]float64{{0.2, 0.3, 0.5}}},
		"Dirichlet": {func(a arrays) jnp.Array { return stats.Dirichlet{Alpha: a[1]}.LogPDF(a[0]) },
			[][]float64{{0.2, 0.3}, {1, 2, 3}}},
		"MultivariateNormal": {func(a arrays) jnp.Array {
			l := a[2].Reshape(2, 2)
			return stats.MultivariateNormal{Mean: a[1], Cov: l.MatMul(l.T())}.LogPDF(a[0].Reshape(3, 2))
		}, [][]float64{{1, 2, 3, 4, 5, 6}, {0.5, 1}, {1, 0, 0.5, 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gojax.WithX64(true, func() { checkGrads(t, row.f, row.p) })()
		})
	}
}

// NaN and parameters of no distribution give NaN; outside of the support there is nothing.
func TestMultivariateEdges(t *testing.T) {
	third := []float32{1. / 3, 1. / 3, 1. / 3}
	zero := []float32{0, 0}
	for name, row := range map[string]struct {
		of   any
		x    any
		want float64
	}{
		"Dirichlet at NaN":           {stats.Dirichlet{Alpha: third}, []float32{0.5, 0.5, float32(nan)}, nan},
		"Dirichlet off the simplex":  {stats.Dirichlet{Alpha: third}, []float32{0.5, 0.6, 0.1}, 0},
		"Dirichlet of Alpha -1":      {stats.Dirichlet{Alpha: []int{1, 1, -1}}, third, nan},
		"Multinomial of another sum": {stats.Multinomial{N: 3, P: third}, []int{1, 1, 2}, 0},
		"Multinomial below 0":        {stats.Multinomial{N: 3, P: third}, []int{-1, 2, 2}, 0},
		"Multinomial of N -1":        {stats.Multinomial{N: -1, P: third}, []int{0, 0, -1}, nan},
		"Multinomial of P 1.5":       {stats.Multinomial{N: 1, P: []float32{1.5, -0.5}}, []int{0, 1}, nan},
		"normal at NaN":              {stats.MultivariateNormal{Mean: zero, Cov: 1}, []float32{0, float32(nan)}, nan},
		"normal, Cov -1":             {stats.MultivariateNormal{Mean: zero, Cov: -1}, third[:2], nan},
		"normal, Cov not positive definite": {
			stats.MultivariateNormal{Mean: zero, Cov: [][]float32{{1, 2}, {2, 1}}}, third[:2], nan},
	} {
		f, log := methodOf(row.of, "PDF"), methodOf(row.of, "LogPDF")
		if f == nil {
			f, log = methodOf(row.of, "PMF"), methodOf(row.of, "LogPMF")
		}
		if y := f(row.x).Item(); !same(y, row.want) {
			t.Errorf("%s: %v, want %v", name, y, row.want)
		}
		if y := log(row.x).Item(); !same(y, math.Log(row.want)) {
			t.Errorf("%s: the logarithm is %v, want %v", name, y, math.Log(row.want))
		}
	}
}

func TestMultivariateRefused(t *testing.T) {
	x := jnp.Zeros(3)
	checkRefusals(t, "multivariate_test.go", []refusal{
		{func() { stats.Dirichlet{Alpha: jnp.Ones(2, 1)}.PDF(x) }, []string{"stats.Dirichlet.PDF", "[2,1]"}},
		{func() { stats.Dirichlet{Alpha: jnp.Ones(5)}.PDF(x) }, []string{"stats.Dirichlet.PDF", "[3]", "5 or 4"}},
		{func() { stats.Dirichlet{Alpha: x}.PDF(nil) }, []string{"stats.Dirichlet.PDF", "operand is nil"}},
		{func() { stats.Multinomial{N: 3, P: x}.PMF(x) }, []string{"stats.Multinomial.PMF", "must be integers"}},
		{func() { stats.Multinomial{N: 1 << 40, P: x}.PMF([]int32{1, 2, 3}) },
			[]string{"stats.Multinomial.PMF", "does not fit int32"}},
		{func() { stats.MultivariateNormal{Cov: 1}.PDF(x) },
			[]string{"stats.MultivariateNormal.PDF", "Mean is not set"}},
		{func() { stats.MultivariateNormal{Mean: x, Cov: jnp.Eye(2)}.PDF(x) },
			[]string{"stats.MultivariateNormal.PDF", "[2,2]", "3"}},
		{func() { stats.MultivariateNormal{Mean: x, Cov: jnp.Eye(3)}.PDF(jnp.Zeros(2)) },
			[]string{"stats.MultivariateNormal.PDF", "broadcast"}},
		{func() { stats.MultivariateNormal{Mean: x, Cov: 1}.PDF(jnp.Zeros(3).AsType(jnp.Complex64)) },
			[]string{"stats.MultivariateNormal.PDF", "real numbers"}},
	})
}
