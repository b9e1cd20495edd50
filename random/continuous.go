package random

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// float starts a sampler of floats that has no parameters.
func (o Dist) float(op string, k KeyArray, shape []int,
	build func(k *ops.Value, shape []int, d ir.DType) jnp.Array) jnp.Array {
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat)
	shape = trace.CheckShape(op, shape, d)
	return o.sample(op, key, d, shape, nil, func(k *ops.Value, _ []*ops.Value) *ops.Value {
		return build(k, shape, d).TraceValue()
	})
}

// floats starts a sampler of floats with parameters, which reach build broadcast to shape.
func (o Dist) floats(op string, k KeyArray, shape []int, params []any,
	build func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array) jnp.Array {
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat)
	in := make([]*ops.Value, len(params))
	for i, p := range params {
		in[i] = param(op, p, d)
	}
	shape = o.shape(op, shape, d, trace.Avals(in)...)
	return o.sampleA(op, key, d, shape, in, func(k *ops.Value, p []jnp.Array) jnp.Array {
		for i := range p {
			p[i] = jnp.Wrap(kit.BroadcastTo(p[i].TraceValue(), shape))
		}
		return build(k, shape, d, p)
	})
}

// barrierA is x, which XLA does not take apart.
func barrierA(x jnp.Array) jnp.Array { return jnp.Wrap(barrier(x.TraceValue())) }

// uniformA is uniformIn as an Array.
func uniformA(k *ops.Value, shape []int, d ir.DType, lo, hi float64) jnp.Array {
	return jnp.Wrap(uniformIn(k, shape, d, lo, hi))
}

// Exponential is numbers of the exponential distribution of mean 1 (jax.random.exponential).
//
// Options: Dist (DType).
func Exponential(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Exponential", shape, "loc", "scale")
	return Dist{}.Exponential(k, shape...)
}

// Exponential is random.Exponential with the DType of o.
func (o Dist) Exponential(k KeyArray, shape ...int) jnp.Array {
	return o.float("random.Exponential", k, shape, exponential)
}

func exponential(k *ops.Value, shape []int, d ir.DType) jnp.Array {
	// 1-u lies in (0, 1], so that the logarithm is finite.
	return jnp.Log1p(uniformA(k, shape, d, 0, 1).Neg()).Neg()
}

// Laplace is numbers of the Laplace distribution of mean 0 and scale 1 (jax.random.laplace).
//
// Options: Dist (DType).
func Laplace(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Laplace", shape, "loc", "scale")
	return Dist{}.Laplace(k, shape...)
}

// Laplace is random.Laplace with the DType of o.
func (o Dist) Laplace(k KeyArray, shape ...int) jnp.Array {
	return o.float("random.Laplace", k, shape, func(k *ops.Value, shape []int, d ir.DType) jnp.Array {
		u := uniformA(k, shape, d, -1+jnp.FInfo(d).EpsNeg, 1)
		return jnp.Sign(u).Mul(jnp.Log1p(u.Abs().Neg()))
	})
}

// Logistic is numbers of the logistic distribution of mean 0 and scale 1 (jax.random.logistic).
//
// Options: Dist (DType).
func Logistic(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Logistic", shape, "loc", "scale")
	return Dist{}.Logistic(k, shape...)
}

// Logistic is random.Logistic with the DType of o.
func (o Dist) Logistic(k KeyArray, shape ...int) jnp.Array {
	return o.float("random.Logistic", k, shape, func(k *ops.Value, shape []int, d ir.DType) jnp.Array {
		u := uniformA(k, shape, d, jnp.FInfo(d).Tiny, 1)
		return jnp.Log(u).Sub(jnp.Log1p(u.Neg()))
	})
}

// Cauchy is numbers of the standard Cauchy distribution (jax.random.cauchy).
//
// Options: Dist (DType).
func Cauchy(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Cauchy", shape, "loc", "scale")
	return Dist{}.Cauchy(k, shape...)
}

// Cauchy is random.Cauchy with the DType of o.
func (o Dist) Cauchy(k KeyArray, shape ...int) jnp.Array {
	return o.float("random.Cauchy", k, shape, func(k *ops.Value, shape []int, d ir.DType) jnp.Array {
		return jnp.Tan(uniformA(k, shape, d, jnp.FInfo(d).Eps, 1).Sub(0.5).Mul(math.Pi))
	})
}

// Gumbel is numbers of the standard Gumbel distribution (jax.random.gumbel).
//
// Options: Dist (DType, Range).
func Gumbel(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Gumbel", shape, "loc", "scale")
	return Dist{}.Gumbel(k, shape...)
}

// Gumbel is random.Gumbel with the DType and Range of o.
func (o Dist) Gumbel(k KeyArray, shape ...int) jnp.Array {
	const op = "random.Gumbel"
	o.Range.check(op)
	return o.float(op, k, shape, func(k *ops.Value, shape []int, d ir.DType) jnp.Array {
		return gumbel(k, shape, d, o.Range)
	})
}

func gumbel(k *ops.Value, shape []int, d ir.DType, r Range) jnp.Array {
	f := jnp.FInfo(d)
	negLogNegLog := func(x jnp.Array) jnp.Array { return jnp.Log(jnp.Log(x).Neg()).Neg() }
	negLogNegLog1p := func(x jnp.Array) jnp.Array { return jnp.Log(jnp.Log1p(x.Neg()).Neg()).Neg() }
	if r == Low {
		return negLogNegLog(uniformA(k, shape, d, f.Tiny, 1))
	}
	two := append([]int{2}, shape...)
	if r == Highest && d == ir.Float32 {
		x, low := fraction64(ops.Reshape(flatBits(k, ir.SizeOf(two), ir.Uint32), two))
		return jnp.Where(low, negLogNegLog1p(x), negLogNegLog(x))
	}
	u := uniformIn(k, two, d, 0, 1)
	hi, lo := jnp.Wrap(nth(u, 0)), jnp.Wrap(nth(u, 1))
	x := jnp.Where(hi.Ge(0.5), hi, hi.Add(lo.Mul(f.Eps)).Add(f.Tiny))
	return negLogNegLog1p(x)
}

// fraction64 reads two words as a fixed-point number in [0, 1) of 64 bits, and gives the float32 of it where it is
// below 1/2 (low), else of its complement: full precision near both ends.
func fraction64(bits *ops.Value) (x, low jnp.Array) {
	shape := bits.Shape()[1:]
	c := func(v uint64) *ops.Value { return ops.Full(shape, ir.UintLit(v, ir.Uint32)) }
	b0, b1 := nth(bits, 0), nth(bits, 1)
	n0, n1 := ops.Not(b0), ops.Not(b1)
	// The complement plus one, over both words.
	carry := ops.Convert(ops.Eq(n1, c(math.MaxUint32)), ir.Uint32)
	n0, n1 = ops.Add(n0, carry), ops.Add(n1, c(1))
	lo := ops.Lt(b0, c(1<<31))
	return jnp.Wrap(floatOfWords(ops.Select(lo, b0, n0), ops.Select(lo, b1, n1), shape)), jnp.Wrap(lo)
}

// floatOfWords is the float32 nearest below (hi*2^32 + lo) / 2^64, made from the bits: the leading one's place gives
// the exponent.
func floatOfWords(hi, lo *ops.Value, shape []int) *ops.Value {
	c := func(v uint64) *ops.Value { return ops.Full(shape, ir.UintLit(v, ir.Uint32)) }
	zh, zl := ops.CLZ(hi), ops.CLZ(lo)
	none := ops.Eq(zh, c(32))
	m := ops.Or(ops.ShiftLeft(hi, zh),
		ops.Select(none, ops.ShiftLeft(lo, zl), ops.ShiftRightLogical(lo, ops.Sub(c(32), zh))))
	m = ops.And(ops.ShiftRightLogical(m, c(32-23-1)), c(1<<23-1))
	e := ops.Sub(c(126), ops.Select(none, ops.Add(c(32), zl), zh))
	e = ops.And(ops.ShiftLeft(e, c(23)), c(1<<30-1<<22))
	return ops.Bitcast(ops.Or(e, m), ir.Float32)
}

// TruncatedNormal is numbers of the standard normal distribution between lower and upper, Go numbers or Arrays
// (jax.random.truncated_normal). Where both lie beyond 3 on one side (in float64 beyond 6) the numbers are others than
// JAX's, which lose their digits there.
//
// Options: Dist (DType).
func TruncatedNormal[A, B jnp.Operand](k KeyArray, lower A, upper B, shape ...int) jnp.Array {
	return Dist{}.TruncatedNormal(k, lower, upper, shape...)
}

// TruncatedNormal is random.TruncatedNormal with the DType of o.
func (o Dist) TruncatedNormal(k KeyArray, lower, upper any, shape ...int) jnp.Array {
	return o.floats("random.TruncatedNormal", k, shape, []any{lower, upper},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			lower, upper := p[0], p[1]
			left := upper.Le(-tailFrom(d))
			far := left.Or(lower.Ge(tailFrom(d)))
			// Each way is gone with bounds that suit it, so that the derivatives of the other are numbers.
			near := func(b jnp.Array, other float64) *ops.Value {
				return jnp.Where(far, jnp.FullLike(b, other), b).TraceValue()
			}
			sqrt2 := ops.Full(shape, ir.FloatLit(math.Sqrt2, d))
			u := uniform(k, shape, d, ops.Erf(ops.Div(near(lower, -1), sqrt2)),
				ops.Erf(ops.Div(near(upper, 1), sqrt2)))
			x := jnp.Wrap(ops.Mul(sqrt2, ops.ErfInv(u)))
			x = jnp.Where(far, tailBetween(k, lower, upper, left, far), x)
			// Rounding must not leave the open interval, or the one number that bounds which are equal leave.
			inf := func(s int) *ops.Value { return ops.Full(shape, ir.FloatLit(math.Inf(s), d)) }
			lo, hi := ops.StopGradient(lower.TraceValue()), ops.StopGradient(upper.TraceValue())
			y := ops.Min(ops.Max(x.TraceValue(), ops.NextAfter(lo, inf(1))), ops.NextAfter(hi, inf(-1)))
			return jnp.Wrap(ops.Select(ops.EqExact(lo, hi), lower.TraceValue(), y))
		})
}

// tailBetween is truncatedTail between bounds on the left or on the right, any number where they are not far out.
func tailBetween(k *ops.Value, lo, hi, left, far jnp.Array) jnp.Array {
	d := lo.DType()
	w := d
	if d.Bits() < 32 {
		w = ir.Float32 // the squares of bounds are too large for float16
	}
	pick := func(onLeft, onRight jnp.Array, other float64) jnp.Array {
		b := jnp.Where(left, onLeft.Neg(), onRight)
		return jnp.Where(far, b, jnp.FullLike(b, other)).AsType(w)
	}
	u := uniformA(k, lo.Shape(), d, 0, 1).AsType(w)
	y := truncatedTail(u, pick(hi, lo, tailFrom(d)), pick(lo, hi, tailFrom(d)+1)).AsType(d)
	return jnp.Where(left, y.Neg(), y)
}

// LogNormal is exp of normal numbers of standard deviation sigma, a Go number or an Array (jax.random.lognormal).
//
// Options: Dist (DType).
func LogNormal[A jnp.Operand](k KeyArray, sigma A, shape ...int) jnp.Array {
	return Dist{}.LogNormal(k, sigma, shape...)
}

// LogNormal is random.LogNormal with the DType of o.
func (o Dist) LogNormal(k KeyArray, sigma any, shape ...int) jnp.Array {
	return o.floats("random.LogNormal", k, shape, []any{sigma},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			return jnp.Exp(jnp.Wrap(normal(k, shape, d)).Mul(p[0]))
		})
}

// Pareto is numbers of the Pareto distribution of shape parameter b and minimum 1 (jax.random.pareto).
//
// Options: Dist (DType).
func Pareto[A jnp.Operand](k KeyArray, b A, shape ...int) jnp.Array {
	return Dist{}.Pareto(k, b, shape...)
}

// Pareto is random.Pareto with the DType of o.
func (o Dist) Pareto(k KeyArray, b any, shape ...int) jnp.Array {
	return o.floats("random.Pareto", k, shape, []any{b},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			return jnp.Exp(exponential(k, shape, d).Div(p[0]))
		})
}

// Rayleigh is numbers of the Rayleigh distribution of the given scale (jax.random.rayleigh).
//
// Options: Dist (DType).
func Rayleigh[A jnp.Operand](k KeyArray, scale A, shape ...int) jnp.Array {
	return Dist{}.Rayleigh(k, scale, shape...)
}

// Rayleigh is random.Rayleigh with the DType of o.
func (o Dist) Rayleigh(k KeyArray, scale any, shape ...int) jnp.Array {
	return o.floats("random.Rayleigh", k, shape, []any{scale},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			u := uniformA(k, shape, d, 0, 1)
			u = jnp.Where(u.Eq(0), jnp.FullLike(u, jnp.FInfo(d).Eps/2), u) // of 0 it would be infinite
			return p[0].Mul(jnp.Sqrt(jnp.Log(u).Mul(-2)))
		})
}

// WeibullMin is numbers of the Weibull distribution of the given scale and concentration (jax.random.weibull_min).
//
// Options: Dist (DType).
func WeibullMin[A, B jnp.Operand](k KeyArray, scale A, concentration B, shape ...int) jnp.Array {
	return Dist{}.WeibullMin(k, scale, concentration, shape...)
}

// WeibullMin is random.WeibullMin with the DType of o.
func (o Dist) WeibullMin(k KeyArray, scale, concentration any, shape ...int) jnp.Array {
	return o.floats("random.WeibullMin", k, shape, []any{scale, concentration},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			e := jnp.Log1p(uniformA(k, shape, d, 0, 1).Neg()).Neg()
			return jnp.Power(e, jnp.Div(1, p[1])).Mul(p[0])
		})
}

// Triangular is numbers of the triangular distribution from left to right with its peak at mode
// (jax.random.triangular).
//
// Options: Dist (DType).
func Triangular[A, B, C jnp.Operand](k KeyArray, left A, mode B, right C, shape ...int) jnp.Array {
	return Dist{}.Triangular(k, left, mode, right, shape...)
}

// Triangular is random.Triangular with the DType of o.
func (o Dist) Triangular(k KeyArray, left, mode, right any, shape ...int) jnp.Array {
	return o.floats("random.Triangular", k, shape, []any{left, mode, right},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			left, mode, right := p[0], p[1], p[2]
			width := right.Sub(left)
			u := uniformA(k, shape, d, 0, 1)
			up := left.Add(jnp.Sqrt(u.Mul(width).Mul(mode.Sub(left))))
			down := right.Sub(jnp.Sqrt(jnp.Sub(1, u).Mul(width).Mul(right.Sub(mode))))
			return jnp.Where(u.Lt(mode.Sub(left).Div(width)), up, down)
		})
}

// Wald is numbers of the inverse Gaussian distribution of the given mean and scale 1 (jax.random.wald). Where JAX's
// lose their digits, at means of thousands and more and of 1e-15 and less, they are others.
//
// Options: Dist (DType).
func Wald[A jnp.Operand](k KeyArray, mean A, shape ...int) jnp.Array {
	return Dist{}.Wald(k, mean, shape...)
}

// Wald is random.Wald with the DType of o.
func (o Dist) Wald(k KeyArray, mean any, shape ...int) jnp.Array {
	return o.floats("random.Wald", k, shape, []any{mean},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			k1, k2 := keys2(k)
			m := jnp.Minimum(p[0], 1e-8*jnp.FInfo(d).Max) // as good as infinite
			v := jnp.Wrap(normal(k1, shape, d))
			z := uniformA(k2, shape, d, 0, 1)
			y := v.Mul(v)
			m2 := m.Mul(m)
			root := jnp.Sqrt(m.Mul(4).Mul(y).Add(m2.Mul(y.Mul(y))))
			x := m.Add(m2.Mul(y).Div(2)).Sub(m.Div(2).Mul(root))
			// The smaller root again, where it is the difference of large numbers.
			w := m.Mul(y)
			large := w.Gt(1e3)
			x = jnp.Where(large, m.Mul(2).Div(w.Add(2).Add(jnp.Sqrt(w).Mul(jnp.Sqrt(w.Add(4))))), x)
			other := jnp.Where(large.Or(m2.Lt(1e-30)), m.Mul(barrierA(m.Div(x))), m2.Div(x))
			return jnp.Where(z.Le(m.Div(m.Add(x))), x, other)
		})
}

// Maxwell is numbers of the Maxwell distribution: lengths of vectors of three standard normal numbers
// (jax.random.maxwell).
//
// Options: Dist (DType).
func Maxwell(k KeyArray, shape ...int) jnp.Array {
	shapeAlone("random.Maxwell", shape, "loc", "scale")
	return Dist{}.Maxwell(k, shape...)
}

// Maxwell is random.Maxwell with the DType of o.
func (o Dist) Maxwell(k KeyArray, shape ...int) jnp.Array {
	return o.float("random.Maxwell", k, shape, maxwell)
}

func maxwell(k *ops.Value, shape []int, d ir.DType) jnp.Array {
	x := jnp.Wrap(normal(k, append(append([]int{}, shape...), 3), d))
	return jnp.Sqrt(x.Mul(x).Sum(-1))
}

// DoubleSidedMaxwell is numbers of the Maxwell distribution with a random sign, times scale, plus loc
// (jax.random.double_sided_maxwell; the shape here is that of the whole result).
//
// Options: Dist (DType).
func DoubleSidedMaxwell[A, B jnp.Operand](k KeyArray, loc A, scale B, shape ...int) jnp.Array {
	return Dist{}.DoubleSidedMaxwell(k, loc, scale, shape...)
}

// DoubleSidedMaxwell is random.DoubleSidedMaxwell with the DType of o.
func (o Dist) DoubleSidedMaxwell(k KeyArray, loc, scale any, shape ...int) jnp.Array {
	return o.floats("random.DoubleSidedMaxwell", k, shape, []any{loc, scale},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			k1, k2 := keys2(k)
			m := maxwell(k1, shape, d)
			return rademacher(k2, shape, d).Mul(m).Mul(p[1]).Add(p[0])
		})
}
