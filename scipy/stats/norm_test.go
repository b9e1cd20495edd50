package stats_test

import (
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

var normRows = []distribution{
	{
		name: "Norm", of: func(p []any) any { return stats.Norm{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-12, -1, 0.5, 1, 3, 9},
		gonum: distuv.Normal{Mu: 1, Sigma: 2},
	},
	{
		name: "TruncNorm", of: truncNorm,
		p: []float64{-1.5, 2, 1, 2}, bad: []int{1, 3}, low: -2, high: 5, x: []float64{-1.9, -1, 0.5, 1, 3, 4.9},
	},
	{
		name: "TruncNorm tail", of: truncNorm,
		p: []float64{6, 8, 0, 1}, low: 6, high: 8, x: []float64{6.01, 6.2, 6.5, 7, 7.9, 7.99},
	},
	{
		name: "TruncNorm half", of: truncNorm,
		p: []float64{-inf, 1, 0, 1}, low: -inf, high: 1, x: []float64{-9, -5, -1, 0, 0.9, 0.99},
	},
}

func truncNorm(p []any) any { return stats.TruncNorm{A: p[0], B: p[1], Loc: p[2], Scale: p[3]} }
