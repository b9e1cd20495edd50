package main

import (
	"math"
	"math/bits"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// streams are rows of equally many words, by what should be independent generators.
type streams struct {
	words         []uint32
	rows, columns int
}

func (s streams) row(i int) []uint32 { return s.words[i*s.columns : (i+1)*s.columns] }

// battery are the tests of bits: each gives the probability of a statistic as small as that of s, or smaller, if the
// bits are random. Near 0 and near 1 they are not.
var battery = map[string]func(s streams) float64{
	"values of bytes":                bytesTest,
	"ones at each place":             bitsTest,
	"serial correlation":             serialTest,
	"pairs in a stream":              func(s streams) float64 { return s.pairs(0, 1) },
	"correlation of streams":         crossTest,
	"pairs of neighbouring streams":  func(s streams) float64 { return s.pairs(1, 0) },
	"distances between streams":      distanceTest,
	"birthday spacings in a stream":  func(s streams) float64 { return birthdays(s.words) },
	"birthday spacings over streams": func(s streams) float64 { return birthdays(s.transposed()) },
	"ranks of matrices of bits":      rankTest,
}

// chiSquare is the probability of a smaller sum of squares over so many degrees of freedom.
func chiSquare(sum float64, freedom int) float64 {
	return mathext.GammaIncReg(float64(freedom)/2, sum/2)
}

// cells is the sum of squares of counts that should all be equal.
func cells(counts []int) float64 {
	total, sum := 0, 0.0
	for _, c := range counts {
		total += c
	}
	want := float64(total) / float64(len(counts))
	for _, c := range counts {
		sum += (float64(c) - want) * (float64(c) - want) / want
	}
	return sum
}

func bytesTest(s streams) float64 {
	var counts [4][256]int
	for _, w := range s.words {
		for i := range counts {
			counts[i][byte(w>>(8*i))]++
		}
	}
	sum := 0.0
	for i := range counts {
		sum += cells(counts[i][:])
	}
	return chiSquare(sum, len(counts)*255)
}

func bitsTest(s streams) float64 {
	var ones [32]int
	for _, w := range s.words {
		for i := range ones {
			ones[i] += int(w >> i & 1)
		}
	}
	sum := 0.0
	for _, n := range ones {
		sum += cells([]int{n, len(s.words) - n})
	}
	return chiSquare(sum, len(ones))
}

// pairs counts the pairs of a word and the one so many rows and columns on: of their upper four bits, and of their
// lower four. No word is in two pairs.
func (s streams) pairs(down, along int) float64 {
	var high, low [256]int
	for i := 0; i+down < s.rows; i += 1 + down {
		for j := 0; j+along < s.columns; j += 1 + along {
			a, b := s.row(i)[j], s.row(i + down)[j+along]
			high[a>>28<<4|b>>28]++
			low[a&15<<4|b&15]++
		}
	}
	return chiSquare(cells(high[:])+cells(low[:]), 2*255)
}

// uniform are the words as numbers of mean 0 and variance 1.
func (s streams) uniform() []float64 {
	u := make([]float64, len(s.words))
	for i, w := range s.words {
		u[i] = ((float64(w)+0.5)/(1<<32) - 0.5) * math.Sqrt(12)
	}
	return u
}

// correlation is that of the words with those so many rows and columns on, times the root of their number: about
// standard normal.
func (s streams) correlation(u []float64, down, along int) float64 {
	sum, n := 0.0, 0
	for i := range s.rows - down {
		a, b := u[i*s.columns:(i+1)*s.columns], u[(i+down)*s.columns:(i+down+1)*s.columns]
		a, b = a[max(0, -along):], b[max(0, along):]
		for j := range min(len(a), len(b)) {
			sum += a[j] * b[j]
		}
		n += min(len(a), len(b))
	}
	return sum / math.Sqrt(float64(n))
}

func serialTest(s streams) float64 {
	const lags = 16
	u, sum := s.uniform(), 0.0
	for lag := 1; lag <= lags; lag++ {
		z := s.correlation(u, 0, lag)
		sum += z * z
	}
	return chiSquare(sum, lags)
}

// crossTest correlates each stream with those 1, 2, 4, ... on, also moved by a word to either side.
func crossTest(s streams) float64 {
	u, sum, n := s.uniform(), 0.0, 0
	for down := 1; down < s.rows; down *= 2 {
		for along := -1; along <= 1; along++ {
			z := s.correlation(u, down, along)
			sum += z * z
			n++
		}
	}
	return chiSquare(sum, n)
}

// distanceTest counts in how many bits streams differ, from the one before and from the one half of all before.
func distanceTest(s streams) float64 {
	sum := 0.0
	for _, down := range []int{1, s.rows / 2} {
		differ, n := 0, 0
		for i := range s.rows - down {
			a, b := s.row(i), s.row(i+down)
			for j := range a {
				differ += bits.OnesCount32(a[j] ^ b[j])
			}
			n += 32 * len(a)
		}
		sum += cells([]int{differ, n - differ})
	}
	return chiSquare(sum, 2)
}

func (s streams) transposed() []uint32 {
	t := make([]uint32, 0, len(s.words))
	for j := range s.columns {
		for i := range s.rows {
			t = append(t, s.row(i)[j])
		}
	}
	return t
}

// birthdays is G. Marsaglia's test: of m birthdays in a year of 2^32 days, the spacings that occur more than once are
// Poisson distributed, with mean m³ / (4·2^32).
func birthdays(words []uint32) float64 {
	const m, years = 4096, 48
	equal := 0
	for k := range years {
		days := slices.Sorted(slices.Values(words[k*m : (k+1)*m]))
		for i := m - 1; i > 0; i-- {
			days[i] -= days[i-1]
		}
		slices.Sort(days)
		for i := 1; i < m; i++ {
			if days[i] == days[i-1] {
				equal++
			}
		}
	}
	poisson := distuv.Poisson{Lambda: years * m * m * m / (4 * math.Pow(2, 32))}
	return poisson.CDF(float64(equal)) - poisson.Prob(float64(equal))/2
}

// rankTest counts the ranks of matrices of 32 words over the field of two elements, whose share is known. Generators
// that are linear over it fail.
func rankTest(s streams) float64 {
	const matrices = 4000
	var counts [3]int // of full rank, one less, and less still
	for k := range matrices {
		counts[min(2, 32-rank([32]uint32(s.words[k*32:])))]++
	}
	share := [3]float64{0.2887880951, 0.5775761902, 0.1336357147}
	sum := 0.0
	for i, c := range counts {
		want := share[i] * matrices
		sum += (float64(c) - want) * (float64(c) - want) / want
	}
	return chiSquare(sum, 2)
}

func rank(m [32]uint32) (r int) {
	for i := range m {
		if m[i] == 0 {
			continue
		}
		r++
		lowest := m[i] & -m[i]
		for j := i + 1; j < len(m); j++ {
			if m[j]&lowest != 0 {
				m[j] ^= m[i]
			}
		}
	}
	return r
}
