package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// OrderKey is a signed integer for each float of x, as wide as that, in the order that Sort has: -0 and +0 have one key,
// and so have all NaNs, whatever their sign, the greatest. CPUs compare subnormal numbers as zeros; their keys are in
// order.
func OrderKey(x *Value) *Value {
	d := signedOf(x.DType())
	c := func(v int64) *Value { return Full(x.Shape(), ir.IntLit(v, d)) }
	b := Bitcast(x, d)
	all := monoidMin.identity(d).Int()
	size := And(b, c(all))
	sign := ShiftRightArithmetic(b, c(int64(d.Bits()-1)))
	key := Sub(Xor(size, sign), sign)
	return Select(Gt(size, c(signedBits(math.Inf(1), x.DType()))), c(all), key)
}

// signedBits is the bits of v as a number of dtype d.
func signedBits(v float64, d ir.DType) int64 { return int64(ir.FloatLit(v, d).Lo) }

// signedOf is the signed integer type as wide as d.
func signedOf(d ir.DType) ir.DType {
	return map[int]ir.DType{16: ir.Int16, 32: ir.Int32, 64: ir.Int64}[d.Bits()]
}

// isZero is where floats x are +0 or -0, and not subnormal.
func isZero(x *Value) *Value {
	d := signedOf(x.DType())
	return noBit(And(Bitcast(x, d), Full(x.Shape(), monoidMin.identity(d))))
}

// noBit is where integers b are 0. A plain comparison of a float's bits with 0 is one of the float with 0.0 to LLVM,
// which does not know that the processor takes subnormal numbers for 0.
func noBit(b *Value) *Value {
	one := Full(b.Shape(), ir.IntLit(1, b.DType()))
	return Eq(Or(b, ShiftRightLogical(b, one)), ZerosLike(b))
}
