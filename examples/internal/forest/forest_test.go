package forest

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The best split leaves the least squares, as those of all splits tell, also where observations are there repeatedly
// and covariates are equal.
func TestSplit(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		x, y, rows := make([]float64, 12), make([]float64, 12), make([]int, 12)
		for i := range x {
			x[i], y[i], rows[i] = float64(r.IntN(8)), r.NormFloat64(), r.IntN(12)
		}
		squares := func(cut float64) float64 {
			var n, sum, square [2]float64
			for _, i := range rows {
				side := 0
				if x[i] > cut {
					side = 1
				}
				n[side]++
				sum[side] += y[i]
				square[side] += y[i] * y[i]
			}
			all := 0.0
			for side := range 2 {
				if n[side] > 0 {
					all += square[side] - sum[side]*sum[side]/n[side]
				}
			}
			return all
		}
		least := math.Inf(1)
		for cut := range 8 {
			least = min(least, squares(float64(cut)))
		}
		j, cut, ok := newGrower(x, y).split(rows, r)
		if j != 0 || !ok || !(squares(cut) <= least+1e-12) {
			t.Errorf("%v of %v, %v: %v (%t) leaves %v, another %v", rows, x, y, cut, ok, squares(cut), least)
		}
	}
}
