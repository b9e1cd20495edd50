// Package forest grows random forests for regression (Breiman, 2001) on slices. The settings are those of R's
// randomForest: a third of the covariates, drawn anew at each node, is tried, and nodes of up to five observations are
// not split.
package forest

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"slices"
)

// Predict writes to out what a forest of so many trees predicts at points: covariates x [n, p] and responses y [n] are
// known of those observations for which use holds, and at [m, p] are the points. The trees depend on the seed alone.
func Predict(out, x, y []float64, use []bool, at []float64, trees int, seed uint64) error {
	g := newGrower(x, y)
	g.at, g.sum, g.seed = at, out, seed
	var known []int
	for i, use := range use {
		if use {
			known = append(known, i)
		}
	}
	if len(known) == 0 {
		return errors.New("there is no observation to learn from")
	}
	rows, points := make([]int, len(known)), make([]int, len(out))
	for t := range trees {
		draw := rand.New(rand.NewPCG(g.seed, uint64(t)))
		for i := range rows { // a bootstrap sample
			rows[i] = known[draw.IntN(len(known))]
		}
		for i := range points {
			points[i] = i
		}
		g.grow(rows, points, draw.Uint64())
	}
	for i := range out {
		out[i] /= float64(trees)
	}
	return nil
}

const nodeSize = 5

// grower grows trees as far as points to predict at come, and adds the predictions to sum.
type grower struct {
	x, y, at, sum []float64
	p             int
	seed          uint64
	order         [][]int // of each covariate, the observations from the least to the largest
	count         []int   // in the node at hand, how often each observation is there
}

func newGrower(x, y []float64) *grower {
	g := &grower{x: x, y: y, p: len(x) / len(y), count: make([]int, len(y))}
	for j := range g.p {
		o := make([]int, len(y))
		for i := range o {
			o[i] = i
		}
		slices.SortFunc(o, func(a, b int) int { return cmp.Compare(x[a*g.p+j], x[b*g.p+j]) })
		g.order = append(g.order, o)
	}
	return g
}

// grow grows the node that holds these rows and points. Its number seeds what is drawn here, so a prediction does not
// depend on the other points.
func (g *grower) grow(rows, points []int, node uint64) {
	if len(points) == 0 {
		return
	}
	draw := rand.New(rand.NewPCG(g.seed, node))
	covariate, cut, ok := g.split(rows, draw)
	if !ok {
		mean := 0.0
		for _, i := range rows {
			mean += g.y[i] / float64(len(rows))
		}
		for _, i := range points {
			g.sum[i] += mean
		}
		return
	}
	left := func(x []float64, i int) bool { return x[i*g.p+covariate] <= cut }
	r := partition(rows, func(i int) bool { return left(g.x, i) })
	a := partition(points, func(i int) bool { return left(g.at, i) })
	one, other := draw.Uint64(), draw.Uint64()
	g.grow(rows[:r], points[:a], one)
	g.grow(rows[r:], points[a:], other)
}

// split is the best of the splits by a third of the covariates: the one after which the sum of squared deviations from
// the two means is least.
func (g *grower) split(rows []int, draw *rand.Rand) (covariate int, cut float64, ok bool) {
	n := len(rows)
	if n <= nodeSize {
		return 0, 0, false
	}
	total := 0.0
	for _, i := range rows {
		total += g.y[i]
		g.count[i]++
	}
	best := total * total / float64(n) // the larger this sum over nodes, the smaller that of the squared deviations
	for _, j := range draw.Perm(g.p)[:max(1, g.p/3)] {
		sum, k, last := 0.0, 0, 0.0
		for _, i := range g.order[j] {
			if g.count[i] == 0 {
				continue
			}
			x, rest := g.x[i*g.p+j], total-sum
			if v := sum*sum/float64(k) + rest*rest/float64(n-k); k > 0 && x > last && v > best*(1+1e-12) {
				best, covariate, cut, ok = v, j, (last+x)/2, true
			}
			sum, k, last = sum+float64(g.count[i])*g.y[i], k+g.count[i], x
		}
	}
	for _, i := range rows {
		g.count[i] = 0
	}
	return covariate, cut, ok
}

// partition brings those of a that are first to the front, and counts them.
func partition(a []int, first func(i int) bool) int {
	n := 0
	for k, i := range a {
		if first(i) {
			a[k], a[n] = a[n], a[k]
			n++
		}
	}
	return n
}
