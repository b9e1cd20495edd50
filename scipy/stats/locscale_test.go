package stats_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

var locscaleRows = []distribution{
	{
		name: "Uniform", of: func(p []any) any { return stats.Uniform{Loc: p[0], Scale: p[1]} },
		p: []float64{-1, 4}, bad: []int{1}, low: -1, high: 3, x: []float64{-0.9, 0, 1.5, 2.9},
		gonum: distuv.Uniform{Min: -1, Max: 3},
	},
	{
		name: "Expon", of: func(p []any) any { return stats.Expon{Loc: p[0], Scale: p[1]} },
		p: []float64{0, 0.5}, bad: []int{1}, low: 0, high: inf, x: []float64{0.01, 0.5, 2, 9},
		gonum: distuv.Exponential{Rate: 2},
	},
	{
		name: "Cauchy", of: func(p []any) any { return stats.Cauchy{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-9, 0, 1.5, 9},
	},
	{
		name: "Laplace", of: func(p []any) any { return stats.Laplace{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-9, 0, 1.5, 9},
		gonum: distuv.Laplace{Mu: 1, Scale: 2},
	},
	{
		name: "Logistic", of: func(p []any) any { return stats.Logistic{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-9, 0, 1.5, 9},
		gonum: distuv.Logistic{Mu: 1, S: 2},
	},
}

// Far out, and close to the ends of the support, results keep their digits, where 1 - CDF and its like have none.
func TestTails(t *testing.T) {
	gumbel, pareto := stats.GumbelR{}, stats.Pareto{B: 1.7}
	for name, row := range map[string]struct {
		f       func(x any) jnp.Array
		x, want float64
	}{
		"Norm.ISF":       {stats.Norm{}.ISF, 1e-20, 9.262340089798408},
		"Cauchy.CDF":     {stats.Cauchy{}.CDF, -1e10, 1e-10 / math.Pi},
		"Cauchy.SF":      {stats.Cauchy{}.SF, 1e10, 1e-10 / math.Pi},
		"Cauchy.PPF":     {stats.Cauchy{}.PPF, 1e-12, -1e12 / math.Pi},
		"Cauchy.ISF":     {stats.Cauchy{}.ISF, 1e-12, 1e12 / math.Pi},
		"Expon.LogCDF":   {stats.Expon{}.LogCDF, 1e-10, math.Log(1e-10) - 5e-11},
		"Expon.ISF":      {stats.Expon{}.ISF, 1e-300, 300 * math.Ln10},
		"Laplace.LogSF":  {stats.Laplace{}.LogSF, 800, -800 - math.Ln2},
		"Laplace.LogCDF": {stats.Laplace{}.LogCDF, 40, -math.Exp(-40) / 2},
		"Logistic.LogSF": {stats.Logistic{}.LogSF, 800, -800},
		"GumbelR.SF":     {gumbel.SF, 40, math.Exp(-40)},
		"GumbelR.ISF":    {gumbel.ISF, 1e-20, 20 * math.Ln10},
		"GumbelL.CDF":    {stats.GumbelL{}.CDF, -40, math.Exp(-40)},
		"Pareto.CDF":     {pareto.CDF, 1 + 0x1p-40, 1.7 * 0x1p-40},
		"Pareto.SF":      {pareto.SF, 1e100, 1e-170},
		"Pareto.ISF":     {pareto.ISF, 1e-170, 1e100},
		"GenNorm.SF":     {stats.GenNorm{Beta: 1}.SF, 40, math.Exp(-40) / 2},
		"GenNorm.CDF":    {stats.GenNorm{Beta: 1}.CDF, -40, math.Exp(-40) / 2},
		"Poisson.SF":     {stats.Poisson{Mu: 1e-8}.SF, 0, -math.Expm1(-1e-8)},
	} {
		gojax.WithX64(true, func() {
			if y := row.f(row.x).Item(); !(math.Abs(y/row.want-1) < 1e-10) {
				t.Errorf("%s(%v) is %v, want %v", name, row.x, y, row.want)
			}
		})()
	}
}
