package random

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
)

// value is the value of an array argument.
func value(op string, a jnp.Array) *lax.Value {
	v := a.TraceValue()
	if v == nil {
		trace.Fail(op, nil, "an array that was never set (the zero jnp.Array) is used")
	}
	return v
}

// whole1 is trace.Whole for one result.
func whole1(op string, params any, in []*lax.Value, build func(in []*lax.Value) *lax.Value) *lax.Value {
	return trace.Whole(op, params, in, func(in []*lax.Value) []*lax.Value { return []*lax.Value{build(in)} })[0]
}

// hash is Threefry-2x32 of the numbers 0 to n-1 under key k: two words each. A 64-bit number is given to it as two words; the
// arrays are flat, since a row-major reshape of the results is free while counting through several axes is not.
func hash(k *lax.Value, n int) (b1, b2 *lax.Value) {
	k1, k2 := words(k)
	shape := []int{n}
	if uint64(n) <= 1<<32 {
		return lax.Threefry2x32(k1, k2, lax.Full(shape, ir.UintLit(0, ir.Uint32)), lax.Iota(ir.Uint32, shape, 0))
	}
	i := lax.Iota(ir.Uint64, shape, 0)
	hi := lax.Convert(lax.ShiftRightLogical(i, lax.Full(shape, ir.UintLit(32, ir.Uint64))), ir.Uint32)
	return lax.Threefry2x32(k1, k2, hi, lax.Convert(i, ir.Uint32))
}

// flatBits is n random numbers of unsigned dtype d.
func flatBits(k *lax.Value, n int, d ir.DType) *lax.Value {
	b1, b2 := hash(k, n)
	if d == ir.Uint64 {
		hi := lax.ShiftLeft(lax.Convert(b1, d), lax.Full([]int{n}, ir.UintLit(32, d)))
		return lax.Or(hi, lax.Convert(b2, d))
	}
	x := lax.Xor(b1, b2)
	if d != ir.Uint32 {
		x = lax.Convert(x, d)
	}
	return x
}

// apart keeps a draw from being fused with what uses it. XLA's CPU compiler writes a value of a fused loop again for each way in which
// it is indexed, and two draws of one shape, broadcast differently, together with the 20 rounds of each, took it
// minutes to compile. What is fused into the draw stays so; a use of a large draw takes about a tenth longer.
func apart(v *lax.Value) *lax.Value { return lax.OptimizationBarrier(v)[0] }

// Bits is random bits: unsigned integers uniform over their whole range (jax.random.bits), uint32, or uint64 with 64-bit types
// on. Dist{DType} gives another unsigned dtype; other dtypes are refused.
func Bits(k KeyArray, shape ...int) jnp.Array { return Dist{}.Bits(k, shape...) }

// Bits is random.Bits with the DType of o.
func (o Dist) Bits(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Bits"
	key := k.single(op)
	d := o.dtype(op, key, ir.Uint64, ir.KindUint)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil, func(k *lax.Value, _ []*lax.Value) *lax.Value {
		return apart(lax.Reshape(flatBits(k, ir.SizeOf(shape), d), shape))
	})
}
