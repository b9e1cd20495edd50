package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// OrderKey is a signed integer for each float of x, as wide as that, in the order that Sort has: -0 and +0 have one
// key, and so have all NaNs, whatever their sign, the greatest. CPUs compare subnormal numbers as zeros; their keys are
// in order.
func OrderKey(x *Value) *Value {
	d := signedOf(x.DType())
	return Select(Ne(x, x), Full(x.Shape(), monoidMin.identity(d)), signedKey(x))
}

// signedKey is OrderKey of numbers, 0 of both zeros.
func signedKey(x *Value) *Value {
	b := Bitcast(x, signedOf(x.DType()))
	d := b.DType()
	sign := ShiftRightArithmetic(b, Full(b.Shape(), ir.IntLit(int64(d.Bits()-1), d)))
	return Sub(Xor(And(b, Full(b.Shape(), monoidMin.identity(d))), sign), sign)
}

// totalBits is integers in the order of floats x, -0 before +0, with NaN above them all, or below: what flipNegative
// brings back. XLA combines them faster than OrderKey finds the order of two.
func totalBits(x *Value, above bool) *Value {
	none := FullLike(x, math.NaN())
	if !above {
		none = Neg(none)
	}
	return flipNegative(Bitcast(Select(isNaN(x), none, x), signedOf(x.DType())))
}

// flipNegative turns the bits of floats into integers in the same order, and back: all but the sign of negative ones
// flip.
func flipNegative(b *Value) *Value {
	d := b.DType()
	shift := Full(b.Shape(), ir.IntLit(int64(d.Bits()-1), d))
	return Xor(b, And(ShiftRightArithmetic(b, shift), Full(b.Shape(), monoidMin.identity(d))))
}

// floatOfKey is the float whose signedKey is k, of dtype d.
func floatOfKey(k *Value, d ir.DType) *Value {
	s := k.DType()
	sign := ShiftRightArithmetic(k, Full(k.Shape(), ir.IntLit(int64(s.Bits()-1), s)))
	size := Sub(Xor(k, sign), sign)
	return Bitcast(Or(size, And(sign, Full(k.Shape(), monoidMax.identity(s)))), d)
}

// signedBits is the bits of v as a number of dtype d.
func signedBits(v float64, d ir.DType) int64 { return int64(ir.FloatLit(v, d).Lo) }

// signedOf is the signed integer type as wide as d.
func signedOf(d ir.DType) ir.DType {
	return map[int]ir.DType{16: ir.Int16, 32: ir.Int32, 64: ir.Int64}[d.Bits()]
}
