package stats_test

import (
	"math"

	"github.com/gojax/gojax/scipy/stats"
)

var circularRows = []distribution{
	{
		name: "GenNorm", of: func(p []any) any { return stats.GenNorm{Beta: p[0]} },
		p: []float64{1.6}, bad: []int{0}, low: -inf, high: inf, x: []float64{-3, -0.5, 0.1, 2},
	},
	{
		name: "VonMises", of: func(p []any) any { return stats.VonMises{Kappa: p[0]} },
		p: []float64{1.6}, bad: []int{0}, low: -math.Pi, high: math.Pi, x: []float64{-3, -0.5, 0.1, 2},
	},
	{
		name: "WrapCauchy", of: func(p []any) any { return stats.WrapCauchy{C: p[0]} },
		p: []float64{0.4}, bad: []int{0}, low: 0, high: 2 * math.Pi, x: []float64{0.1, 0.5, 3, 6},
	},
}
