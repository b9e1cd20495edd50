package random

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// drawn is the dtype of the bits that one number of float dtype d is made of.
func drawn(d ir.DType) ir.DType {
	if d == ir.BFloat16 {
		return ir.Uint8 // as JAX: more than its mantissa holds
	}
	return ir.UintOf(d.Bits())
}

// unit is numbers uniform in [0, 1), of float dtype d, of random bits of dtype drawn(d): the mantissa takes the bits,
// under the exponent of 1.
func unit(bits *ops.Value, d ir.DType) *ops.Value {
	u, s := ir.UintOf(d.Bits()), bits.Shape()
	c := func(v uint64) *ops.Value { return ops.Full(s, ir.UintLit(v, u)) }
	shift := bits.DType().Bits() - jnp.FInfo(d).NMant
	x := ops.Or(ops.ShiftRightLogical(kit.As(bits, u), c(uint64(shift))), c(ir.FloatLit(1, d).Lo))
	return ops.Sub(ops.Bitcast(x, d), ops.Full(s, ir.FloatLit(1, d)))
}

// uniform is numbers uniform in [lo, hi), of dtype d and shape. lo and hi are of dtype d and of shapes that broadcast
// to shape.
func uniform(k *ops.Value, shape []int, d ir.DType, lo, hi *ops.Value) *ops.Value {
	n := ir.SizeOf(shape)
	x := unit(flatBits(k, n, drawn(d)), d)
	if isLit(lo, 0) && isLit(hi, 1) {
		return barrier(ops.Reshape(x, shape)) // what follows would change nothing
	}
	if lo.Rank() == 0 && hi.Rank() == 0 {
		return barrier(ops.Reshape(between(x, lo, hi), shape))
	}
	return between(barrier(ops.Reshape(x, shape)), kit.BroadcastTo(lo, shape), kit.BroadcastTo(hi, shape))
}

// between brings x, uniform in [0, 1), to [lo, hi): scalars, or arrays of x's shape.
func between(x, lo, hi *ops.Value) *ops.Value {
	l, constLo := lo.Lit()
	h, constHi := hi.Lit()
	narrow := constLo && constHi && !math.IsInf(ir.FloatLit(h.Float()-l.Float(), x.DType()).Float(), 0)
	span, lo, hi := kit.BroadcastTo(ops.Sub(hi, lo), x.Shape()), kit.BroadcastTo(lo, x.Shape()),
		kit.BroadcastTo(hi, x.Shape())
	y := ops.Add(ops.Mul(x, span), lo)
	if !narrow { // the span of bounds far apart may be infinite
		wide := ops.Add(ops.Mul(x, hi), ops.Mul(ops.Sub(ops.FullLike(x, 1), x), lo))
		y = ops.Select(ops.Lt(span, ops.FullLike(span, math.Inf(1))), y, wide)
	}
	return ops.Max(lo, y)
}

// uniformIn is uniform between two constants.
func uniformIn(k *ops.Value, shape []int, d ir.DType, lo, hi float64) *ops.Value {
	return uniform(k, shape, d, ops.ScalarLit(ir.FloatLit(lo, d)), ops.ScalarLit(ir.FloatLit(hi, d)))
}

func isLit(v *ops.Value, x float64) bool {
	l, ok := v.Lit()
	return ok && l == ir.FloatLit(x, l.DType)
}

// normal is numbers of the standard normal distribution, of dtype d (float or complex) and shape.
func normal(k *ops.Value, shape []int, d ir.DType) *ops.Value {
	if d.IsComplex() {
		a, b := keys2(k)
		z := ops.Complex(normal(a, shape, d.Real()), normal(b, shape, d.Real()))
		return ops.Div(z, ops.Full(shape, ir.FloatLit(math.Sqrt2, d)))
	}
	return barrier(ops.Reshape(normalOf(unit(flatBits(k, ir.SizeOf(shape), drawn(d)), d)), shape))
}

// normalOf is the normal numbers that x, uniform in [0, 1), stand for.
func normalOf(x *ops.Value) *ops.Value {
	d := x.DType()
	aboveMinusOne := jnp.FInfo(d).EpsNeg - 1
	u := between(x, ops.ScalarLit(ir.FloatLit(aboveMinusOne, d)), ops.ScalarLit(ir.FloatLit(1, d)))
	return ops.Mul(ops.Full(x.Shape(), ir.FloatLit(math.Sqrt2, d)), ops.ErfInv(u))
}

// Uniform is numbers uniform in [0, 1) (jax.random.uniform), float32, or float64 with 64-bit types on. Bounds are
// fields of Dist: the ints are the shape alone.
//
// Options: Dist (DType, Min, Max).
func Uniform(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Uniform", shape, "", "")
	return Dist{}.Uniform(k, shape...)
}

// Uniform is random.Uniform with the DType of o (a float), in [Min, Max), which are Go numbers or Arrays that broadcast
// to shape. Where the bounds are equal it is that number, and where they are so near to each other that a sum with
// Min is rounded to Max, it may be that, as in JAX.
func (o Dist) Uniform(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Uniform"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat)
	shape = trace.CheckShape(op, shape, d)
	if o.Min == nil && o.Max == nil {
		return o.sample(op, key, d, shape, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
			return uniformIn(k, shape, d, 0, 1)
		})
	}
	lo, hi := param(op, or(o.Min, 0), d), param(op, or(o.Max, 1), d)
	o.fits(op, shape, lo.Aval(), hi.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{lo, hi}, func(k *ops.Value, p []*ops.Value) *ops.Value {
		return uniform(k, shape, d, kit.As(p[0], d), kit.As(p[1], d))
	})
}

// Normal is numbers of the standard normal distribution (jax.random.normal), float32, or float64 with 64-bit types on.
// The ints are the shape alone: for a mean and a standard deviation write random.Normal(key, n).Mul(stddev).Add(mean).
//
// Options: Dist (DType).
func Normal(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Normal", shape, "mean", "stddev")
	return Dist{}.Normal(k, shape...)
}

// Normal is random.Normal with the DType of o, a float or a complex one: the real and imaginary parts of a complex
// number have variance 1/2 each.
func (o Dist) Normal(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Normal"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat, ir.KindComplex)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil,
		func(k *ops.Value, _ []*ops.Value) *ops.Value { return normal(k, shape, d) })
}

func or(a, b any) any {
	if a == nil {
		return b
	}
	return a
}
