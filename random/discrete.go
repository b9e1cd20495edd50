package random

import (
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Bernoulli is true with probability p, a Go float or a float Array (jax.random.bernoulli).
//
// Options: Dist (Range).
func Bernoulli[A jnp.Operand](k KeyArray, p A, shape ...int) jnp.Array {
	return Dist{}.Bernoulli(k, p, shape...)
}

// Bernoulli is random.Bernoulli with the Range of o: High tells probabilities apart that float32 cannot near 1.
func (o Dist) Bernoulli(k KeyArray, p any, shape ...int) jnp.Array {
	const op = "random.Bernoulli"
	key := ops.UseKey(op, k.single(op))
	if o.Range > High {
		trace.Fail(op, nil, "the Range is Low or High, not %v", o.Range)
	}
	pv := kit.Lift(op, p)
	d := pv.DType().Canonical(trace.X64(key))
	if !d.IsFloat() {
		trace.Fail(op, []ir.Aval{pv.Aval()}, "the probability is a float, not %v", d)
	}
	pv = param(op, p, d)
	shape = o.shape(op, shape, d, pv.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{pv}, func(k *ops.Value, in []*ops.Value) *ops.Value {
		p := kit.BroadcastTo(kit.As(in[0], d), shape)
		if o.Range == Low {
			return ops.Lt(uniformIn(k, shape, d, 0, 1), p)
		}
		u := uniformIn(k, append([]int{2}, shape...), d, 0, 1)
		u1, u2 := nth(u, 0), nth(u, 1)
		return ops.Lt(ops.Mul(u2, ops.Full(shape, ir.FloatLit(jnp.FInfo(d).Eps, d))), ops.Sub(p, u1))
	})
}

// Rademacher is -1 or 1 with equal probability (jax.random.rademacher): int32, or int64 with 64-bit types on.
//
// Options: Dist (DType).
func Rademacher(k KeyArray, shape ...int) jnp.Array { return Dist{}.Rademacher(k, shape...) }

// Rademacher is random.Rademacher with the DType of o, an integer, float or complex one.
func (o Dist) Rademacher(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Rademacher"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Int64, ir.KindInt, ir.KindUint, ir.KindFloat, ir.KindComplex)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
		return rademacher(k, shape, d).TraceValue()
	})
}

func rademacher(k *ops.Value, shape []int, d ir.DType) jnp.Array {
	f := kit.DefaultFloat(k)
	b := ops.Lt(uniformIn(k, shape, f, 0, 1), ops.Full(shape, ir.FloatLit(0.5, f)))
	c := func(v int64) *ops.Value { return ops.Full(shape, ir.IntLit(v, d)) }
	return jnp.Wrap(ops.Sub(ops.Mul(c(2), ops.Convert(b, d)), c(1)))
}

// Geometric is the number of trials up to the first success of probability p (jax.random.geometric): 1, 2, ...; int32,
// or int64 with 64-bit types on.
//
// Options: Dist (DType).
func Geometric[A jnp.Operand](k KeyArray, p A, shape ...int) jnp.Array {
	return Dist{}.Geometric(k, p, shape...)
}

// Geometric is random.Geometric with the DType of o, an integer one.
func (o Dist) Geometric(k KeyArray, p any, shape ...int) jnp.Array {
	const op = "random.Geometric"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Int64, ir.KindInt, ir.KindUint)
	pv := kit.Lift(op, p)
	f := pv.DType().Canonical(trace.X64(key))
	if !f.IsFloat() {
		f = kit.DefaultFloat(key)
	}
	pv = param(op, p, f)
	shape = o.shape(op, shape, d, pv.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{pv}, func(k *ops.Value, in []*ops.Value) *ops.Value {
		p := kit.BroadcastTo(kit.As(in[0], f), shape)
		one := ops.Full(shape, ir.FloatLit(1, f))
		u := uniformIn(k, shape, f, 0, 1)
		u = ops.Select(ops.Eq(u, ops.Full(shape, ir.FloatLit(0, f))), one, u) // log(0) is not wanted
		n := ops.Add(ops.Floor(ops.Div(ops.Log(u), ops.Log1p(ops.Neg(p)))), one)
		return ops.Convert(n, d)
	})
}

// RandInt is integers from lo to hi-1, each as likely as the others (jax.random.randint): int32, or int64 with 64-bit
// types on. lo and hi are Go ints or integer Arrays. Where hi <= lo the number is lo.
//
// Options: Dist (DType).
func RandInt[A, B jnp.Operand](k KeyArray, lo A, hi B, shape ...int) jnp.Array {
	return Dist{}.RandInt(k, lo, hi, shape...)
}

// RandInt is random.RandInt with the DType of o, an integer one. hi may be one above the largest number of the dtype.
func (o Dist) RandInt(k KeyArray, lo, hi any, shape ...int) jnp.Array {
	const op = "random.RandInt"
	key := ops.UseKey(op, k.single(op))
	x64 := trace.X64(key)
	d := o.dtype(op, key, ir.Int64, ir.KindInt, ir.KindUint)
	lv, hv := intParam(op, lo, x64), intParam(op, hi, x64)
	shape = o.shape(op, shape, d, lv.Aval(), hv.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{lv, hv}, func(k *ops.Value, in []*ops.Value) *ops.Value {
		lo, hi := in[0], in[1]
		w := d
		if d.Bits() < 32 {
			// Drawn in 32 bits, which keeps the bias small; the bounds are cut to d's first.
			w = ir.Int32
			lo = clampInt(kit.As(lo, w), kit.Lowest(d), kit.Highest(d))
			hi = clampInt(kit.As(hi, w), kit.Lowest(d), ir.IntLit(kit.Highest(d).Int()+1, w))
		}
		return kit.As(randint(k, lo, hi, shape, w), d)
	})
}

// intParam is an integer parameter; a Go int is a literal of the default width, or wider where it does not fit that.
func intParam(op string, x any, x64 bool) *ops.Value {
	v := kit.Lift(op, x)
	a := v.Aval()
	l, isLit := v.Lit()
	if isLit && l.DType.IsInteger() {
		d := l.DType.Canonical(x64)
		switch c := l.Convert(d); {
		case d.IsUnsigned() && c.Lo == l.Lo || d.IsSigned() && c.Int() == l.Int():
			return trace.FromLit(c)
		case !x64 && l.Int() > 0 && uint64(l.Int()) <= 1<<32-1:
			return trace.FromLit(l.Convert(ir.Uint32))
		}
		trace.Fail(op, nil, "the bound %v does not fit 32 bits; turn 64-bit types on (gojax.EnableX64)", l)
	}
	switch {
	case a.DType.IsInteger():
		return v
	case a.DType.IsComplex():
		trace.Fail(op, []ir.Aval{a}, "the bounds are integers")
	case isLit:
		return trace.FromLit(l.Convert(ir.Int64.Canonical(x64)))
	}
	return jnp.Wrap(v).AsType(ir.Int64.Canonical(x64)).TraceValue()
}

// clampInt clamps v to [lo, hi], which are numbers of v's dtype.
func clampInt(v *ops.Value, lo, hi ir.Lit) *ops.Value {
	d := v.DType()
	return ops.Clamp(ops.ScalarLit(lo.Convert(d)), v, ops.ScalarLit(hi.Convert(d)))
}

// clipTo is integer v as dtype d, cut to the range of d.
func clipTo(v *ops.Value, d ir.DType) *ops.Value {
	s := v.DType()
	lo, hi := kit.Lowest(d), kit.Highest(d)
	// The larger of the two minima and the smaller of the two maxima, as numbers of v's own dtype.
	if l := kit.Lowest(s); s.IsUnsigned() || d.IsSigned() && l.Int() > lo.Int() {
		lo = l
	}
	if h := kit.Highest(s); h.Convert(ir.Uint64).Lo < hi.Convert(ir.Uint64).Lo {
		hi = h
	}
	return kit.As(clampInt(v, lo, hi), d)
}

// randint is numbers of dtype d (32 or 64 bits) from lo to hi-1: twice the bits are drawn and reduced modulo the span.
func randint(k *ops.Value, lo, hi *ops.Value, shape []int, d ir.DType) *ops.Value {
	top := clipTo(ops.ScalarLit(kit.Highest(d)), hi.DType())
	over := ops.Gt(hi, kit.BroadcastTo(top, hi.Shape()))
	lo, hi, over = kit.BroadcastTo(clipTo(lo, d), shape), kit.BroadcastTo(clipTo(hi, d), shape),
		kit.BroadcastTo(over, shape)
	u := ir.UintOf(d.Bits())
	c := func(v uint64) *ops.Value { return ops.Full(shape, ir.UintLit(v, u)) }

	k1, k2 := keys2(k)
	bits := func(k *ops.Value) *ops.Value { return barrier(ops.Reshape(flatBits(k, ir.SizeOf(shape), u), shape)) }
	high, low := bits(k1), bits(k2)

	span := ops.Convert(ops.Sub(hi, lo), u)
	span = ops.Select(ops.Le(hi, lo), c(1), span)
	// A hi beyond the dtype makes the span one larger; a full span wraps to 0, and a remainder by 0 changes nothing.
	span = ops.Select(ops.And(over, ops.Gt(hi, lo)), ops.Add(span, c(1)), span)
	mul := ops.Rem(c(1<<(d.Bits()/2)), span)
	mul = ops.Rem(ops.Mul(mul, mul), span)
	off := ops.Add(ops.Mul(ops.Rem(high, span), mul), ops.Rem(low, span))
	return ops.Add(lo, ops.Convert(ops.Rem(off, span), d))
}
