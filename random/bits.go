package random

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// hash is Threefry-2x32 of the numbers 0 to n-1 under a key of Threefry: two words each. A 64-bit number is given to it
// as two words; the arrays are flat, since a row-major reshape of the results is free while counting through several
// axes is not.
func hash(k *ops.Value, n int) (b1, b2 *ops.Value) {
	k1, k2 := words(k)
	shape := []int{n}
	if uint64(n) <= 1<<32 {
		return ops.Threefry2x32(k1, k2, ops.Full(shape, ir.UintLit(0, ir.Uint32)), ops.Iota(ir.Uint32, shape, 0))
	}
	i := ops.Iota(ir.Uint64, shape, 0)
	hi := ops.Convert(ops.ShiftRightLogical(i, ops.Full(shape, ir.UintLit(32, ir.Uint64))), ir.Uint32)
	return ops.Threefry2x32(k1, k2, hi, ops.Convert(i, ir.Uint32))
}

// flatBits is n random numbers of unsigned dtype d.
func flatBits(k *ops.Value, n int, d ir.DType) *ops.Value {
	switch implOf(k) {
	case ThreefryOriginal:
		return originalBits(k, n, d)
	case RBG, UnsafeRBG:
		_, bits := ops.RNGBitGenerator(unsigned(k), []int{n}, d, ops.RNGDefault)
		return bits
	}
	b1, b2 := hash(k, n)
	if d == ir.Uint64 {
		return joined(b1, b2)
	}
	x := ops.Xor(b1, b2)
	if d != ir.Uint32 {
		x = ops.Convert(x, d)
	}
	return x
}

// joined are numbers of 64 bits, of their high and low words.
func joined(hi, lo *ops.Value) *ops.Value {
	const d = ir.Uint64
	return ops.Or(ops.ShiftLeft(ops.Convert(hi, d), ops.Full(hi.Shape(), ir.UintLit(32, d))), ops.Convert(lo, d))
}

// barrier keeps a draw from being fused with what uses it. XLA's CPU compiler writes a value of a fused loop again for
// each way in which it is indexed, and two draws of one shape, broadcast differently, together with the 20 rounds of
// each, took it minutes to compile. What is fused into the draw stays so; a use of a large draw takes about a tenth
// longer.
func barrier(v *ops.Value) *ops.Value { return ops.OptimizationBarrier(v)[0] }

// Bits is random bits: unsigned integers uniform over their whole range (jax.random.bits), uint32, or uint64 with
// 64-bit types on. Dist{DType} gives another unsigned dtype; other dtypes are refused.
//
// Options: Dist (DType).
func Bits(k KeyArray, shape ...int) jnp.Array { return Dist{}.Bits(k, shape...) }

// Bits is random.Bits with the DType of o.
func (o Dist) Bits(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Bits"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Uint64, ir.KindUint)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
		return barrier(ops.Reshape(flatBits(k, ir.SizeOf(shape), d), shape))
	})
}
