package main

import (
	"math"
	"time"
)

// perCall is the time of one call of f, in microseconds: f(n) makes n calls. It is the median of nine rounds of about
// 60 ms, so that collections of garbage count and a neighbour's burst does not.
func perCall(f func(n int)) float64 {
	f(1)
	n := 1
	for {
		start := time.Now()
		f(n)
		if d := time.Since(start); d > 20*time.Millisecond {
			n = max(1, int(float64(n)*float64(60*time.Millisecond)/float64(d)))
			break
		}
		n *= 4
	}
	return median(9, func() float64 {
		start := time.Now()
		f(n)
		return float64(time.Since(start).Nanoseconds()) / 1e3 / float64(n)
	})
}

func median(rounds int, f func() float64) float64 {
	v := make([]float64, rounds)
	for i := range v {
		v[i] = f()
	}
	return middle(v)
}

func once(f func()) float64 {
	start := time.Now()
	f()
	return time.Since(start).Seconds()
}

// ratio is the median over pairs of the time of a over that of b, the two run in turn after one run of each.
func ratio(pairs int, a, b func()) float64 {
	a()
	b()
	return median(pairs, func() float64 {
		x := once(a)
		return x / once(b)
	})
}

// ratioOfBests is the least time of a over the least time of b, the two run in turn: how much faster b is where it has
// the cores for itself, as what runs on all of them rarely has.
func ratioOfBests(pairs int, a, b func()) float64 {
	bestA, bestB := math.Inf(1), math.Inf(1)
	for range pairs {
		bestA, bestB = min(bestA, once(a)), min(bestB, once(b))
	}
	return bestA / bestB
}
