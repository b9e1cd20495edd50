package ir

import (
	"math"

	"github.com/gomlx/compute/dtypes/bfloat16"
	"github.com/gomlx/compute/dtypes/float16"
)

// ToF16 is v rounded to the nearest float16, ties to even, subnormal numbers included. (float16.FromFloat64 takes those
// to zero, and rounds twice, by way of float32.)
func ToF16(v float64) F16 { return float16.FromBits(uint16(halfBits(v, 5, 10))) }

// ToBF16 is v rounded to the nearest bfloat16, ties to even.
func ToBF16(v float64) BF16 { return bfloat16.FromBits(uint16(halfBits(v, 8, 7))) }

// halfBits rounds v to a format of 1 + e + m bits.
func halfBits(v float64, e, m int) uint64 {
	b := math.Float64bits(v)
	sign := b >> 63 << (e + m)
	inf := uint64(1<<e-1) << m
	switch {
	case v != v:
		return sign | inf | 1<<(m-1)
	case math.IsInf(v, 0):
		return sign | inf
	}
	// The value is frac * 2^(exp-52), with the leading bit of frac written out.
	exp := int(b>>52&0x7ff) - 1023
	frac := b&(1<<52-1) | 1<<52
	if exp == -1023 { // 0, or far below what the format holds
		return sign
	}
	bias := 1<<(e-1) - 1
	drop := 52 - m
	field := exp + bias
	if field < 1 { // subnormal
		drop += 1 - field
		field = 1
	}
	if drop > 63 {
		return sign
	}
	kept := frac >> drop
	half, cut := uint64(1)<<(drop-1), frac&(1<<drop-1)
	if cut > half || cut == half && kept&1 == 1 {
		kept++
	}
	// A carry out of the fraction goes into the exponent, and from the last exponent to infinity, by itself.
	out := uint64(field-1)<<m + kept
	return sign | min(out, inf)
}
