package main

import (
	"math"
	"math/big"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// The results of all tasks are made of sums of whole numbers, which are exact in any order of addition: programs that
// are compiled in different ways then agree to the last bit. Sums of fractions would agree to within rounding.

const (
	sampleSize = 100  // numbers in a sample that is bootstrapped
	trueMean   = 10.0 // of the distribution that it is drawn from
	samples    = 400  // how many are drawn to see how often the interval holds trueMean
	resamples  = 400  // of each of those
)

// trials are a sample: how many trials it takes until one succeeds, over and over.
func trials(key random.KeyArray) jnp.Array {
	return random.Geometric(key, 1/trueMean, sampleSize).AsType(jnp.Float64)
}

// resampled is the mean of as many elements of a sample, drawn with replacement.
func resampled(key random.KeyArray, sample jnp.Array) jnp.Array {
	return random.Choice(key, sample, sampleSize).Mean()
}

// percentile are the ends of the interval that has all but 2.5% of the values on either side.
func percentile(values jnp.Array) jnp.Array {
	return jnp.Quantile(values, jnp.AsArray([]float64{0.025, 0.975}))
}

// holdsTrueMean draws a sample, bootstraps it, and tells whether the interval holds the mean of the distribution.
func holdsTrueMean(key random.KeyArray) jnp.Array {
	drawn, again := random.Pair(key)
	sample := trials(drawn)
	means := gojax.Vmap(func(k random.KeyArray) jnp.Array { return resampled(k, sample) })
	ends := percentile(means(random.Split(again, resamples)))
	return jnp.LogicalAnd(ends.Index(0).Le(trueMean), ends.Index(1).Ge(trueMean))
}

// Days that mice survived after surgery, treated and not: B. Efron and R. Tibshirani, An introduction to the
// bootstrap, 1993, table 2.1.
var (
	treated = []float64{94, 197, 16, 38, 99, 141, 23}
	control = []float64{52, 104, 146, 10, 51, 30, 40, 27, 46}
)

// shuffledSum are the days of the first mice after a shuffle, as many as were treated.
func shuffledSum(key random.KeyArray) jnp.Array {
	all := jnp.Concatenate([]jnp.Array{jnp.AsArray(treated), jnp.AsArray(control)})
	return random.Permutation(key, all).Index(jnp.S(nil, len(treated))).Sum()
}

// exactP is the share, among all choices of as many mice as were treated, of those with at least so many days. It
// counts the choices of each size and sum, mouse after mouse.
func exactP(days float64) float64 {
	type choice struct{ size, days int }
	ways := map[choice]int{{}: 1}
	for _, v := range append(append([]float64{}, treated...), control...) {
		more := map[choice]int{}
		for c, n := range ways {
			more[c] += n
			more[choice{c.size + 1, c.days + int(v)}] += n
		}
		ways = more
	}
	above := 0
	for c, n := range ways {
		if c.size == len(treated) && c.days >= int(days) {
			above += n
		}
	}
	return float64(above) / float64(choices(len(treated)+len(control), len(treated)))
}

// choices are how many ways there are to choose k of n.
func choices(n, k int) int64 { return new(big.Int).Binomial(int64(n), int64(k)).Int64() }

const (
	dims       = 5
	points     = 2000                       // of a task
	cube       = float64(1 << dims)         // the volume of the cube from -1 to 1 in each dimension
	ballVolume = 8 * math.Pi * math.Pi / 15 // of radius 1 in 5 dimensions
)

// volume is that of the cube, times the share of its points that are within the ball.
func volume(key random.KeyArray) jnp.Array {
	x := random.Dist{Min: -1, Max: 1}.Uniform(key, points, dims)
	hits := jnp.Sum(x.Mul(x), 1).Lt(1).Sum().AsType(jnp.Float64)
	return hits.Mul(cube / points)
}
