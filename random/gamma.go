package random

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// Gamma is numbers of the gamma distribution of shape parameter a and scale 1 (jax.random.gamma). It is differentiable
// in a.
//
// Options: Dist (DType).
func Gamma[A jnp.Operand](k KeyArray, a A, shape ...int) jnp.Array {
	return Dist{}.Gamma(k, a, shape...)
}

// Gamma is random.Gamma with the DType of o.
func (o Dist) Gamma(k KeyArray, a any, shape ...int) jnp.Array {
	return o.floats("random.Gamma", k, shape, []any{a},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			return gamma(k, p[0], false)
		})
}

// LogGamma is the logarithm of numbers of the gamma distribution (jax.random.loggamma), which for small a are too small
// to be told from 0.
//
// Options: Dist (DType).
func LogGamma[A jnp.Operand](k KeyArray, a A, shape ...int) jnp.Array {
	return Dist{}.LogGamma(k, a, shape...)
}

// LogGamma is random.LogGamma with the DType of o.
func (o Dist) LogGamma(k KeyArray, a any, shape ...int) jnp.Array {
	return o.floats("random.LogGamma", k, shape, []any{a},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			return gamma(k, p[0], true)
		})
}

// source is what a sampler does with keys that it holds as a K.
type source[K any] struct {
	at    func(k K, i, n int) K // key i of the n into which k is split
	unit  func(k K, d ir.DType) *ops.Value
	where func(k K, m jnp.Array, other K) K // k where m
	take  func(k K, at jnp.Array) K         // those at these positions; nil for a single key
}

// keyVectors are many keys of Threefry side by side.
var keyVectors = source[keyVec]{
	at:    func(k keyVec, i, _ int) keyVec { return k.at(i) },
	unit:  keyVec.unit,
	where: keyVec.where,
	take:  func(k keyVec, at jnp.Array) keyVec { return keyVec{jnp.Take(k.K1, at), jnp.Take(k.K2, at)} },
}

// oneKey is a single key of any generator, for a single number.
var oneKey = source[jnp.Array]{
	at:    func(k jnp.Array, i, n int) jnp.Array { return jnp.Wrap(nth(split(k.TraceValue(), []int{n}), i)) },
	unit:  func(k jnp.Array, d ir.DType) *ops.Value { return unit(flatBits(k.TraceValue(), 1, drawn(d)), d) },
	where: func(k, m, other jnp.Array) jnp.Array { return jnp.Where(m, k, other) },
}

// keyVec is a vector of keys, by word.
type keyVec struct{ K1, K2 jnp.Array }

// at is hash number i of each key.
func (k keyVec) at(i int) keyVec {
	c := func(v int) *ops.Value { return ops.ScalarLit(ir.UintLit(uint64(v), ir.Uint32)) }
	a, b := ops.Threefry2x32(k.K1.TraceValue(), k.K2.TraceValue(), c(0), c(i))
	w := ops.OptimizationBarrier(a, b)
	return keyVec{jnp.Wrap(w[0]), jnp.Wrap(w[1])}
}

// unit is one number for each key, uniform in [0, 1).
func (k keyVec) unit(d ir.DType) *ops.Value {
	h := k.at(0)
	a, b := h.K1.TraceValue(), h.K2.TraceValue()
	u := drawn(d)
	if u == ir.Uint64 {
		return unit(joined(a, b), d)
	}
	return unit(kit.As(ops.Xor(a, b), u), d)
}

func (k keyVec) where(m jnp.Array, other keyVec) keyVec {
	return keyVec{jnp.Where(m, k.K1, other.K1), jnp.Where(m, k.K2, other.K2)}
}

// gamma draws the numbers; they are differentiable in a, as quantiles are.
func gamma(k *ops.Value, a jnp.Array, log bool) jnp.Array {
	draw := func(x []*ops.Value) *ops.Value { return drawGamma(x[0], jnp.Wrap(x[1]), log).TraceValue() }
	return jnp.Wrap(kit.Derived1("random.Gamma", draw, func(x []*ops.Value, y *ops.Value, t []*ops.Value) *ops.Value {
		if t[1] == nil {
			return nil
		}
		if !log {
			return ops.Mul(t[1], ops.RandomGammaGrad(x[1], y))
		}
		// The number itself may be too small for a float, where only its logarithm is not.
		sample := ops.Max(ops.Exp(y), ops.FullLike(y, jnp.FInfo(y.DType()).Tiny))
		return ops.Mul(t[1], ops.Div(ops.RandomGammaGrad(x[1], sample), sample))
	}, k, a.TraceValue()))
}

// drawGamma is Marsaglia and Tsang's method (A simple method for generating gamma variables, 2000) on all elements of a
// at once, each with a key of its own and going on until its number is accepted; log asks for the logarithm.
func drawGamma(k *ops.Value, a jnp.Array, log bool) jnp.Array {
	shape, n := a.Shape(), a.Size()
	a = a.Reshape(n)
	if implOf(k) == Threefry {
		b1, b2 := hash(k, n)
		return marsaglia(keyVectors, keyVec{jnp.Wrap(b1), jnp.Wrap(b2)}, a, log).Reshape(shape...)
	}
	type draw struct{ Key, A jnp.Array }
	return lax.Map(func(x draw) jnp.Array {
		return marsaglia(oneKey, x.Key, x.A.Reshape(1), log)
	}, draw{jnp.Wrap(split(k, []int{n})), a}).Reshape(shape...)
}

// trial is where drawing a vector of numbers has got to: the keys of the trial that each is at, those of its normal
// number, the cubes that were accepted or are to be replaced, which were, and of which the same trial gets another
// normal number.
type trial[K any] struct {
	Outer, Inner K
	V, Done, Low jnp.Array
}

// attempt makes one trial of those that are not done, for numbers that have dd and c.
func (from source[K]) attempt(t trial[K], dd, c jnp.Array) trial[K] {
	d := dd.DType()
	x := jnp.Wrap(normalOf(from.unit(from.at(t.Inner, 1, 2), d)))
	v := x.Mul(c).Add(1)
	t.Low = v.Le(0)
	x, v = x.Mul(x), v.Mul(v).Mul(v)
	u := jnp.Wrap(from.unit(from.at(t.Outer, 2, 3), d))
	rejected := u.Ge(jnp.Sub(1, x.Mul(x).Mul(0.0331))).And(
		jnp.Log(u).Ge(x.Mul(0.5).Add(dd.Mul(jnp.Sub(1, v).Add(jnp.Log(v))))))
	t.V = jnp.Where(t.Done, t.V, v)
	t.Done = t.Done.Or(t.Low.Or(rejected).Not())
	return t
}

// again gives those that are not done the keys of their next trial; which others get matters to none.
func (from source[K]) again(t trial[K]) trial[K] {
	next := from.at(t.Outer, 0, 3)
	t.Inner = from.where(from.at(t.Inner, 0, 2), t.Low, from.at(next, 1, 3))
	t.Outer = from.where(t.Outer, t.Low, next)
	return t
}

// few is the share of numbers that are drawn together after one trial of all: of a trial one in twenty fails.
const few = 16

// accepted is the cubes of a vector of numbers with keys outer, all accepted. After one trial of all of them, those
// that failed are moved together, so that the others need not take part in the trials that are left.
func (from source[K]) accepted(outer K, dd, c jnp.Array) jnp.Array {
	n := dd.Size()
	unfinished := func(done jnp.Array) jnp.Array { return jnp.All(done).Not() }
	finish := func(t trial[K], dd, c jnp.Array) jnp.Array {
		return lax.WhileLoop(func(t trial[K]) jnp.Array { return unfinished(t.Done) },
			func(t trial[K]) trial[K] { return from.attempt(from.again(t), dd, c) }, t).V
	}
	no := jnp.ZerosLike(dd).Ne(0)
	all := from.attempt(trial[K]{outer, from.at(outer, 1, 3), jnp.OnesLike(dd), no, no}, dd, c)
	if n < 1<<12 || from.take == nil {
		return finish(all, dd, c)
	}
	type result struct{ V, Done jnp.Array }
	return lax.WhileLoop(func(r result) jnp.Array { return unfinished(r.Done) }, func(r result) result {
		at := jnp.ArgSort(r.Done).Index(jnp.S(0, n/few))
		take := func(x jnp.Array) jnp.Array { return jnp.Take(x, at) }
		t := trial[K]{from.take(all.Outer, at), from.take(all.Inner, at), take(r.V), take(r.Done), take(all.Low)}
		return result{r.V.At(at).Set(finish(t, take(dd), take(c))), r.Done.At(at).Set(true)}
	}, result{all.V, all.Done}).V
}

// marsaglia is drawGamma of a vector.
func marsaglia[K any](from source[K], keys K, a jnp.Array, log bool) jnp.Array {
	d := a.DType()
	// For a below 1: gamma(a) is gamma(a+1) times a uniform number to the power 1/a.
	big := a.Ge(1)
	a1 := jnp.Where(big, a, a.Add(1))
	dd := a1.Sub(1.0 / 3)
	c := jnp.Div(1.0/3, jnp.Sqrt(dd))
	v := from.accepted(from.at(keys, 0, 2), dd, c)
	boost := lax.Cond(jnp.All(big), func() jnp.Array {
		if log {
			return jnp.ZerosLike(a)
		}
		return jnp.OnesLike(a)
	}, func() jnp.Array {
		u := jnp.Wrap(from.unit(from.at(keys, 1, 2), d))
		if log {
			e := jnp.Log1p(u.Neg())
			return jnp.Where(big.Or(e.Eq(0)), jnp.ZerosLike(e), e.Mul(jnp.Div(1, a)))
		}
		return jnp.Where(big, jnp.OnesLike(a), jnp.Power(jnp.Sub(1, u), jnp.Div(1, a)))
	})
	if log {
		return jnp.Log(dd).Add(jnp.Log(v)).Add(boost)
	}
	return dd.Mul(v).Mul(boost)
}

// Beta is numbers of the beta distribution of parameters a and b (jax.random.beta).
//
// Options: Dist (DType).
func Beta[A, B jnp.Operand](k KeyArray, a A, b B, shape ...int) jnp.Array {
	return Dist{}.Beta(k, a, b, shape...)
}

// Beta is random.Beta with the DType of o.
func (o Dist) Beta(k KeyArray, a, b any, shape ...int) jnp.Array {
	return o.floats("random.Beta", k, shape, []any{a, b},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			k1, k2 := keys2(k)
			x, y := gamma(k1, p[0], true), gamma(k2, p[1], true)
			m := jnp.Maximum(x, y)
			x, y = jnp.Exp(x.Sub(m)), jnp.Exp(y.Sub(m))
			return x.Div(x.Add(y))
		})
}

// ChiSquare is numbers of the chi-square distribution of df degrees of freedom (jax.random.chisquare).
//
// Options: Dist (DType).
func ChiSquare[A jnp.Operand](k KeyArray, df A, shape ...int) jnp.Array {
	return Dist{}.ChiSquare(k, df, shape...)
}

// ChiSquare is random.ChiSquare with the DType of o.
func (o Dist) ChiSquare(k KeyArray, df any, shape ...int) jnp.Array {
	return o.floats("random.ChiSquare", k, shape, []any{df},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			return chiSquare(k, p[0])
		})
}

func chiSquare(k *ops.Value, df jnp.Array) jnp.Array {
	return jnp.Exp(gamma(k, df.Div(2), true)).Mul(2)
}

// F is numbers of the F distribution of dfNum and dfDen degrees of freedom (jax.random.f).
//
// Options: Dist (DType).
func F[A, B jnp.Operand](k KeyArray, dfNum A, dfDen B, shape ...int) jnp.Array {
	return Dist{}.F(k, dfNum, dfDen, shape...)
}

// F is random.F with the DType of o.
func (o Dist) F(k KeyArray, dfNum, dfDen any, shape ...int) jnp.Array {
	return o.floats("random.F", k, shape, []any{dfNum, dfDen},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			den, num := keys2(k)
			r := chiSquare(num, p[0]).Div(p[0]).Div(chiSquare(den, p[1]).Div(p[1]))
			// By logarithms where numbers on the way are too large or too small.
			log := func(k *ops.Value, df jnp.Array) jnp.Array {
				l := gamma(k, df.Div(2), true).Sub(jnp.Log(df.Div(2)))
				return jnp.Where(jnp.IsInf(df), jnp.ZerosLike(l), l)
			}
			return jnp.Where(ordinary(r), r, jnp.Exp(log(num, p[0]).Sub(log(den, p[1]))))
		})
}

// T is numbers of Student's t distribution of df degrees of freedom (jax.random.t).
//
// Options: Dist (DType).
func T[A jnp.Operand](k KeyArray, df A, shape ...int) jnp.Array { return Dist{}.T(k, df, shape...) }

// T is random.T with the DType of o.
func (o Dist) T(k KeyArray, df any, shape ...int) jnp.Array {
	return o.floats("random.T", k, shape, []any{df},
		func(k *ops.Value, shape []int, d ir.DType, p []jnp.Array) jnp.Array {
			k1, k2 := keys2(k)
			half := p[0].Div(2)
			g := gamma(k2, half, false)
			ok := ordinary(g)
			r := jnp.Sqrt(half.Div(jnp.Where(ok, g, jnp.OnesLike(g))))
			l := jnp.Exp(jnp.Log(half).Sub(gamma(k2, half, true)).Div(2))
			r = jnp.Where(ok, r, jnp.Where(jnp.IsInf(half), jnp.OnesLike(l), l))
			return jnp.Wrap(normal(k1, shape, d)).Mul(r)
		})
}

// GeneralizedNormal is numbers of density proportional to exp(-|x|^p) (jax.random.generalized_normal).
//
// Options: Dist (DType).
func GeneralizedNormal[A jnp.Operand](k KeyArray, p A, shape ...int) jnp.Array {
	return Dist{}.GeneralizedNormal(k, p, shape...)
}

// GeneralizedNormal is random.GeneralizedNormal with the DType of o.
func (o Dist) GeneralizedNormal(k KeyArray, p any, shape ...int) jnp.Array {
	const op = "random.GeneralizedNormal"
	return o.floats(op, k, append([]int{}, shape...), []any{reciprocal(op, p)},
		func(k *ops.Value, shape []int, d ir.DType, q []jnp.Array) jnp.Array {
			return generalizedNormal(k, q[0])
		})
}

// reciprocal is 1/p as a parameter.
func reciprocal(op string, p any) any {
	v := kit.Lift(op, p)
	if l, ok := v.Lit(); ok && !l.DType.IsComplex() {
		return 1 / l.Float()
	}
	return kit.Whole1(op, "reciprocal", v,
		func(v *ops.Value) *ops.Value { return jnp.Div(1, jnp.Wrap(v)).TraceValue() })
}

// generalizedNormal takes 1/p, of the shape of the result.
func generalizedNormal(k *ops.Value, q jnp.Array) jnp.Array {
	k1, k2 := keys2(k)
	g := gamma(k1, q, false)
	ok := ordinary(g)
	r := jnp.Power(jnp.Where(ok, g, jnp.OnesLike(g)), q)
	// For large p by the logarithm, as the number is too small; and no larger p than a logarithm can be multiplied by.
	least := jnp.Maximum(q, jnp.Sqrt(jnp.FullLike(q, jnp.FInfo(q.DType()).Tiny)).Mul(64))
	l := jnp.Exp(least.Mul(gamma(k1, least, true)))
	r = jnp.Where(ok, r, jnp.Where(q.Ge(0), l, jnp.FullLike(l, math.NaN())))
	return rademacher(k2, q.Shape(), q.DType()).Mul(r)
}

// ordinary is where x is neither 0, infinite nor NaN.
func ordinary(x jnp.Array) jnp.Array { return x.Ne(0).And(jnp.IsFinite(x)) }

// Ball is points uniform in the unit ball of dim dimensions under the p-norm (jax.random.ball), along a last axis of
// length dim.
//
// Options: Dist (DType).
func Ball[P jnp.Operand](k KeyArray, dim int, p P, shape ...int) jnp.Array {
	return Dist{}.Ball(k, dim, p, shape...)
}

// Ball is random.Ball with the DType of o.
func (o Dist) Ball(k KeyArray, dim int, p any, shape ...int) jnp.Array {
	const op = "random.Ball"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat)
	full := trace.CheckShape(op, append(append([]int{}, shape...), dim), d)
	in := []*ops.Value{param(op, reciprocal(op, p), d), param(op, p, d)}
	if in[1].Rank() > 0 {
		trace.Fail(op, []ir.Aval{in[1].Aval()}, "p is one number; map over several with gojax.Vmap")
	}
	return o.sampleA(op, key, d, full, in, func(k *ops.Value, v []jnp.Array) jnp.Array {
		k1, k2 := keys2(k)
		q, p := v[0], v[1]
		g := generalizedNormal(k1, jnp.Wrap(kit.BroadcastTo(q.TraceValue(), full)))
		e := exponential(k2, full[:len(full)-1], d)
		r := jnp.Power(jnp.Power(g.Abs(), p).Sum(-1).Add(e), q)
		return g.Div(r.Reshape(append(r.Shape(), 1)...))
	})
}

// Dirichlet is vectors of the Dirichlet distribution of concentrations alpha, which lie along its last axis
// (jax.random.dirichlet); shape is that of the result without this axis.
//
// Options: Dist (DType).
func Dirichlet(k KeyArray, alpha jnp.Array, shape ...int) jnp.Array {
	return Dist{}.Dirichlet(k, alpha, shape...)
}

// Dirichlet is random.Dirichlet with the DType of o.
func (o Dist) Dirichlet(k KeyArray, alpha any, shape ...int) jnp.Array {
	const op = "random.Dirichlet"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Float64, ir.KindFloat)
	v := vector(op, "alpha", alpha, d)
	s := v.Shape()
	if s[len(s)-1] == 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "alpha has no elements along its last axis")
	}
	full := s
	if len(shape) > 0 {
		full = append(append([]int{}, shape...), s[len(s)-1])
		o.fits(op, full, v.Aval())
	}
	full = trace.CheckShape(op, full, d)
	return o.sampleA(op, key, d, full, []*ops.Value{v}, func(k *ops.Value, p []jnp.Array) jnp.Array {
		g := gamma(k, jnp.Wrap(kit.BroadcastTo(p[0].TraceValue(), full)), true)
		g = jnp.Exp(g.Sub(jnp.Reduction{KeepDims: true}.Max(g, -1)))
		return g.Div(jnp.Reduction{KeepDims: true}.Sum(g, -1))
	})
}

// Poisson is numbers of the Poisson distribution of mean lam (jax.random.poisson): int32, or int64 with 64-bit types
// on. At means above 1e5 the numbers are others than JAX's, which spread too much there; those that the dtype cannot
// hold are its largest, as is that of an infinite mean.
//
// Options: Dist (DType).
func Poisson[A jnp.Operand](k KeyArray, lam A, shape ...int) jnp.Array {
	return Dist{}.Poisson(k, lam, shape...)
}

// Poisson is random.Poisson with the DType of o, an integer one.
func (o Dist) Poisson(k KeyArray, lam any, shape ...int) jnp.Array {
	const op = "random.Poisson"
	key := ops.UseKey(op, k.single(op))
	d := o.dtype(op, key, ir.Int64, ir.KindInt, ir.KindUint)
	v := param(op, lam, ir.Float32)
	shape = o.shape(op, shape, d, v.Aval())
	return o.sample(op, key, d, shape, []*ops.Value{v}, func(k *ops.Value, in []*ops.Value) *ops.Value {
		lam := jnp.Wrap(kit.BroadcastTo(kit.As(in[0], ir.Float32), shape))
		small := jnp.IsNaN(lam).Or(lam.Lt(10))
		inf := jnp.IsInf(lam).And(lam.Gt(0))
		few := poissonKnuth(k, jnp.Where(small, lam, jnp.ZerosLike(lam)), d)
		many := poissonRejection(k, jnp.Where(small.Or(inf), jnp.FullLike(lam, 1e5), lam), d)
		n := jnp.Where(small, few, many)
		n = jnp.Where(inf, jnp.Wrap(ops.Full(shape, kit.Highest(d))), n)
		return jnp.Where(lam.Eq(0), jnp.ZerosLike(n), n).TraceValue()
	})
}

// loops end after as many turns, should a NaN keep them from ending.
const maxTurns = math.MaxInt32

// poissonKnuth multiplies uniform numbers until the product falls below exp(-lam), in logarithms.
func poissonKnuth(k *ops.Value, lam jnp.Array, d ir.DType) jnp.Array {
	type state struct {
		I, N, Key, LogProd jnp.Array
	}
	shape := lam.Shape()
	zero := ops.Full(shape, ir.IntLit(0, d))
	s := lax.WhileLoop(func(s state) jnp.Array {
		return s.LogProd.Gt(lam.Neg()).Any().And(s.I.Lt(maxTurns))
	}, func(s state) state {
		next, sub := keys2(s.Key.TraceValue())
		n := jnp.Where(s.LogProd.Gt(lam.Neg()), s.N.Add(1), s.N)
		u := uniformA(sub, shape, ir.Float32, 0, 1)
		return state{s.I.Add(1), n, jnp.Wrap(next), s.LogProd.Add(jnp.Log(u))}
	}, state{counter(), jnp.Wrap(zero), jnp.Wrap(k), jnp.ZerosLike(lam)})
	return s.N.Sub(1)
}

func counter() jnp.Array { return jnp.Wrap(ops.ScalarLit(ir.IntLit(0, ir.Int32))) }

// poissonRejection is Hörmann's transformed rejection (The transformed rejection method for generating Poisson random
// variables, 1993).
func poissonRejection(k *ops.Value, lam jnp.Array, d ir.DType) jnp.Array {
	type state struct {
		I, N, Done, Key jnp.Array
	}
	shape := lam.Shape()
	logLam := jnp.Log(lam)
	b := jnp.Sqrt(lam).Mul(2.53).Add(0.931)
	a := b.Mul(0.02483).Add(-0.059)
	invAlpha := jnp.Div(1.1328, b.Sub(3.4)).Add(1.1239)
	vr := jnp.Sub(0.9277, jnp.Div(3.6224, b.Sub(2)))
	// Large numbers are drawn as distances from the mean, cut to a whole number.
	huge := lam.Gt(manyCounts)
	whole := jnp.Floor(lam)
	from := jnp.Where(huge, lam.Sub(whole), lam)
	s := lax.WhileLoop(func(s state) jnp.Array {
		return s.Done.Not().Any().And(s.I.Lt(maxTurns))
	}, func(s state) state {
		next, k0, k1 := keys3(s.Key.TraceValue())
		u := uniformA(k0, shape, ir.Float32, 0, 1).Sub(0.5)
		v := uniformA(k1, shape, ir.Float32, 0, 1)
		us := jnp.Sub(0.5, u.Abs())
		n := jnp.Floor(jnp.Mul(2, a).Div(us).Add(b).Mul(u).Add(from).Add(0.43))
		l := jnp.Log(v.Mul(invAlpha).Div(a.Div(us.Mul(us)).Add(b)))
		t := lam.Neg().Add(n.Mul(logLam)).Sub(jnp.Wrap(ops.Lgamma(n.Add(1).TraceValue())))
		t = jnp.Where(huge, logPoisson(lam, n.Sub(from)), t)
		accept := us.Ge(0.07).And(v.Le(vr))
		reject := n.Lt(0).And(huge.Not()).Or(us.Lt(0.013).And(v.Gt(us)))
		accept = accept.Or(reject.Not().And(l.Le(t)))
		return state{s.I.Add(1), jnp.Where(accept, n, s.N), s.Done.Or(accept), jnp.Wrap(next)}
	}, state{counter(), jnp.FullLike(lam, -1), jnp.Wrap(ops.Full(shape, ir.BoolLit(false))), jnp.Wrap(k)})
	return jnp.Where(huge, countFrom(whole, s.N, d), s.N.AsType(d))
}
