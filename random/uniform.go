package random

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// finfo is what samplers need to know of a floating-point dtype.
type finfo struct {
	bits, mantissa int
	one            uint64  // the bits of 1.0
	belowOne       float64 // the magnitude of the number after -1 towards 0
	eps, epsNeg    float64
	tiny           float64 // the smallest normal number
}

func finfoOf(d ir.DType) finfo {
	f := finfo{bits: d.Bits(), one: ir.FloatLit(1, d).Lo}
	minExp := -126
	switch d {
	case ir.Float16:
		f.mantissa, minExp = 10, -14
	case ir.BFloat16:
		f.mantissa = 7
	case ir.Float32:
		f.mantissa = 23
	default:
		f.mantissa, minExp = 52, -1022
	}
	f.eps = math.Ldexp(1, -f.mantissa)
	f.epsNeg = math.Ldexp(1, -f.mantissa-1)
	f.belowOne = 1 - f.epsNeg
	f.tiny = math.Ldexp(1, minExp)
	return f
}

// drawn is the dtype of the bits that one number of float dtype d is made of.
func drawn(d ir.DType) ir.DType {
	if d == ir.BFloat16 {
		return ir.Uint8 // as JAX: more than its mantissa holds
	}
	return ir.UintOf(d.Bits())
}

// unit is numbers uniform in [0, 1), of float dtype d, of random bits of dtype drawn(d): the mantissa takes the bits, under the
// exponent of 1.
func unit(bits *ops.Value, d ir.DType) *ops.Value {
	f := finfoOf(d)
	u, s := ir.UintOf(f.bits), bits.Shape()
	c := func(v uint64) *ops.Value { return ops.Full(s, ir.UintLit(v, u)) }
	shift := bits.DType().Bits() - f.mantissa
	x := ops.Or(ops.ShiftRightLogical(to(bits, u), c(uint64(shift))), c(f.one))
	return ops.Sub(ops.Bitcast(x, d), ops.Full(s, ir.FloatLit(1, d)))
}

// uniform is numbers uniform in [lo, hi), of dtype d and shape. lo and hi are of dtype d and of shapes that broadcast to shape.
func uniform(k *ops.Value, shape []int, d ir.DType, lo, hi *ops.Value) *ops.Value {
	n := ir.SizeOf(shape)
	x := unit(flatBits(k, n, drawn(d)), d)
	if isLit(lo, 0) && isLit(hi, 1) {
		return apart(ops.Reshape(x, shape)) // what follows would change nothing
	}
	if lo.Rank() == 0 && hi.Rank() == 0 {
		return apart(ops.Reshape(between(x, lo, hi), shape))
	}
	return between(apart(ops.Reshape(x, shape)), spread(lo, shape), spread(hi, shape))
}

// between brings x, uniform in [0, 1), to [lo, hi): scalars, or arrays of x's shape.
func between(x, lo, hi *ops.Value) *ops.Value {
	span, lo := spread(ops.Sub(hi, lo), x.Shape()), spread(lo, x.Shape())
	return ops.Max(lo, ops.Add(ops.Mul(x, span), lo))
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
	return apart(ops.Reshape(normalOf(unit(flatBits(k, ir.SizeOf(shape), drawn(d)), d)), shape))
}

// normalOf is the normal numbers that x, uniform in [0, 1), stand for.
func normalOf(x *ops.Value) *ops.Value {
	d := x.DType()
	u := between(x, ops.ScalarLit(ir.FloatLit(-finfoOf(d).belowOne, d)), ops.ScalarLit(ir.FloatLit(1, d)))
	return ops.Mul(ops.Full(x.Shape(), ir.FloatLit(math.Sqrt2, d)), ops.ErfInv(u))
}

// Uniform is numbers uniform in [0, 1) (jax.random.uniform), float32, or float64 with 64-bit types on.
func Uniform(k KeyArray, shape ...int) jnp.Array { return Dist{}.Uniform(k, shape...) }

// Uniform is random.Uniform with the DType of o (a float), in [Min, Max), which are Go numbers or Arrays that broadcast to
// shape.
func (o Dist) Uniform(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Uniform"
	key := k.single(op)
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
		return uniform(k, shape, d, to(p[0], d), to(p[1], d))
	})
}

// Normal is numbers of the standard normal distribution (jax.random.normal), float32, or float64 with 64-bit types on.
func Normal(k KeyArray, shape ...int) jnp.Array { return Dist{}.Normal(k, shape...) }

// Normal is random.Normal with the DType of o, a float or a complex one: the real and imaginary parts of a complex number have
// variance 1/2 each.
func (o Dist) Normal(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Normal"
	key := k.single(op)
	d := o.dtype(op, key, ir.Float64, ir.KindFloat, ir.KindComplex)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value { return normal(k, shape, d) })
}

func or(a, b any) any {
	if a == nil {
		return b
	}
	return a
}
