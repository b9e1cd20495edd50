package stats_test

import (
	"github.com/gojax/gojax/scipy/stats"

	"gonum.org/v1/gonum/stat/distuv"
)

var gumbelRows = []distribution{
	{
		name: "GumbelR", of: func(p []any) any { return stats.GumbelR{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-3, 0, 1.5, 9},
		gonum: distuv.GumbelRight{Mu: 1, Beta: 2},
	},
	{
		name: "GumbelL", of: func(p []any) any { return stats.GumbelL{Loc: p[0], Scale: p[1]} },
		p: []float64{1, 2}, bad: []int{1}, low: -inf, high: inf, x: []float64{-9, 0, 1.5, 4},
	},
}
