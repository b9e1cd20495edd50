package stats_test

import (
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

var gammaRows = []distribution{
	{
		name: "Gamma", of: func(p []any) any { return stats.Gamma{A: p[0], Loc: p[1], Scale: p[2]} },
		p: []float64{2.3, 0, 0.5}, bad: []int{0, 2}, low: 0, high: inf, x: []float64{0.01, 0.5, 2, 9},
		gonum: distuv.Gamma{Alpha: 2.3, Beta: 2},
	},
	{
		name: "Chi2", of: func(p []any) any { return stats.Chi2{DF: p[0], Loc: p[1], Scale: p[2]} },
		p: []float64{3, 0, 1}, bad: []int{0, 2}, low: 0, high: inf, x: []float64{0.01, 0.5, 2, 9},
		gonum: distuv.ChiSquared{K: 3},
	},
	{
		name: "Beta", of: func(p []any) any { return stats.Beta{A: p[0], B: p[1], Loc: p[2], Scale: p[3]} },
		p: []float64{2, 3.5, 0, 1}, bad: []int{0, 1, 3}, low: 0, high: 1, x: []float64{0.01, 0.3, 0.5, 0.9},
		gonum: distuv.Beta{Alpha: 2, Beta: 3.5},
	},
	{
		name: "T", of: func(p []any) any { return stats.T{DF: p[0], Loc: p[1], Scale: p[2]} },
		p: []float64{5.5, 1, 2}, bad: []int{0, 2}, low: -inf, high: inf, x: []float64{-9, 0, 1.5, 9},
		gonum: distuv.StudentsT{Mu: 1, Sigma: 2, Nu: 5.5},
	},
	{
		name: "Pareto", of: func(p []any) any { return stats.Pareto{B: p[0], Loc: p[1], Scale: p[2]} },
		p: []float64{1.7, 0, 2}, bad: []int{0, 2}, low: 2, high: inf, x: []float64{2.01, 2.5, 4, 90},
		gonum: distuv.Pareto{Xm: 2, Alpha: 1.7},
	},
}
