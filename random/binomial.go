package random

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// Binomial is the number of successes in n trials of probability p (jax.random.binomial), as floats: NaN where p is
// negative or NaN, or n is. Where both successes and failures are expected more than 1e5 times the numbers are others
// than JAX's, which spread too much there.
//
// Options: Dist (DType).
func Binomial[A, B jnp.Operand](k KeyArray, n A, p B, shape ...int) jnp.Array {
	return Dist{}.Binomial(k, n, p, shape...)
}

// Binomial is random.Binomial with the DType of o, a float one.
func (o Dist) Binomial(k KeyArray, n, p any, shape ...int) jnp.Array {
	return o.floats("random.Binomial", k, shape, []any{n, p},
		func(k *ops.Value, shape []int, d ir.DType, v []jnp.Array) jnp.Array {
			return binomial(k, v[0], v[1])
		})
}

// binomial counts successes or failures, whichever are rarer: by adding up waiting times where few are expected, else
// by rejection.
func binomial(k *ops.Value, n, p jnp.Array) jnp.Array {
	like := func(x float64) jnp.Array { return jnp.FullLike(n, x) }
	rare := p.Lt(0.5)
	q := jnp.Where(rare, p, jnp.Sub(1, p))
	badN := jnp.IsNaN(n).Or(n.Lt(0))
	badQ := jnp.IsNaN(q).Or(q.Lt(0))
	inf := jnp.IsInf(n)
	n = jnp.Where(inf, like(0), n)
	q = jnp.Where(badQ, like(0.01), q)
	few := badN.Or(n.Mul(q).Le(10))
	n = jnp.Floor(n)
	x := jnp.Where(few,
		binomialInversion(k, jnp.Where(few, n, like(0)), q),
		binomialRejection(k, jnp.Where(few, like(1e4), n), jnp.Where(few, like(0.5), q)))
	bad := badQ.Or(badN)
	x = jnp.Where(bad, like(math.NaN()), x)
	x = jnp.Where(inf.And(bad.Not()).And(p.Ne(0)), like(math.Inf(1)), x)
	return jnp.Where(rare.Or(badN).Or(jnp.IsNaN(p)).Or(inf), x, n.Sub(x))
}

// binomialInversion adds geometric waiting times until they pass n.
func binomialInversion(k *ops.Value, n, p jnp.Array) jnp.Array {
	type state struct{ I, Count, Sum, Key jnp.Array }
	d := n.DType()
	logq := jnp.Log1p(p.Neg())
	s := lax.WhileLoop(func(s state) jnp.Array {
		return s.Sum.Le(n).Any().And(s.I.Lt(maxTurns))
	}, func(s state) state {
		sub, next := keys2(s.Key.TraceValue())
		count := jnp.Where(s.Sum.Le(n), s.Count.Add(1), s.Count)
		wait := jnp.Ceil(jnp.Log(uniformA(sub, n.Shape(), d, 0, 1)).Div(logq))
		return state{s.I.Add(1), count, s.Sum.Add(wait), jnp.Wrap(next)}
	}, state{counter(), jnp.ZerosLike(n), jnp.ZerosLike(n), jnp.Wrap(k)})
	return s.Count.Sub(1)
}

// stirlingTails are log(i!) less Stirling's approximation of it, for i of 0 to 9.
var stirlingTails = [...]float64{
	0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
	0.0138761288230707, 0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
}

func stirlingTail(x jnp.Array) jnp.Array {
	small := x.Le(9)
	x = jnp.Clip(x, 0, 9)
	x1 := x.Add(1)
	x2 := x1.Mul(x1)
	series := jnp.Sub(1.0/12, jnp.Sub(1.0/360, jnp.Div(1.0/1260, x2)).Div(x2)).Div(x1)
	i := jnp.Floor(x)
	table := jnp.FullLike(x, stirlingTails[0])
	for n, t := range stirlingTails[1:] {
		table = jnp.Where(i.Eq(n+1), jnp.FullLike(x, t), table)
	}
	return jnp.Where(small, table, series)
}

// binomialRejection is Hörmann's BTRS (The generation of binomial random variates, 1993).
func binomialRejection(k *ops.Value, n, p jnp.Array) jnp.Array {
	type state struct{ I, X, Done, Key jnp.Array }
	d, shape := n.DType(), n.Shape()
	sd := jnp.Sqrt(n.Mul(p).Mul(jnp.Sub(1, p)))
	b := sd.Mul(2.53).Add(1.15)
	a := b.Mul(0.0248).Add(-0.0873).Add(p.Mul(0.01))
	c := n.Mul(p).Add(0.5)
	vr := jnp.Sub(0.92, jnp.Div(4.2, b))
	r := p.Div(jnp.Sub(1, p))
	alpha := jnp.Div(5.1, b).Add(2.83).Mul(sd)
	m := jnp.Floor(n.Add(1).Mul(p))
	// The logarithm of the probability, but for a constant, where n p is large.
	logBinomial := func(x jnp.Array) jnp.Array {
		rest, delta := jnp.Maximum(n.Sub(x), 1), x.Sub(n.Mul(p))
		x = jnp.Maximum(x, 1)
		return deviance(x, delta).Add(deviance(rest, delta.Neg())).Neg().Sub(jnp.Log(x).Add(jnp.Log(rest)).Div(2)).
			Sub(stirlingTail(x)).Sub(stirlingTail(rest))
	}
	s := lax.WhileLoop(func(s state) jnp.Array {
		return s.Done.Not().Any().And(s.I.Lt(maxTurns))
	}, func(s state) state {
		next, k0, k1 := keys3(s.Key.TraceValue())
		u := uniformA(k0, shape, d, 0, 1).Sub(0.5)
		v := uniformA(k1, shape, d, 0, 1)
		us := jnp.Sub(0.5, u.Abs())
		x := jnp.Floor(a.Mul(2).Div(us).Add(b).Mul(u).Add(c))
		accept := us.Ge(0.07).And(v.Le(vr))
		reject := x.Lt(0).Or(x.Gt(n))
		l := jnp.Log(v.Mul(alpha).Div(a.Div(us.Mul(us)).Add(b)))
		bound := m.Add(0.5).Mul(jnp.Log(m.Add(1).Div(r.Mul(n.Sub(m).Add(1))))).
			Add(n.Add(1).Mul(jnp.Log(n.Sub(m).Add(1).Div(n.Sub(x).Add(1))))).
			Add(x.Add(0.5).Mul(jnp.Log(r.Mul(n.Sub(x).Add(1)).Div(x.Add(1))))).
			Add(stirlingTail(m)).Add(stirlingTail(n.Sub(m))).Sub(stirlingTail(x)).Sub(stirlingTail(n.Sub(x)))
		bound = jnp.Where(n.Mul(p).Gt(manyCounts), logBinomial(x).Sub(logBinomial(m)), bound)
		accept = accept.Or(reject.Not().And(l.Le(bound)))
		return state{s.I.Add(1), jnp.Where(accept, x, s.X), s.Done.Or(accept), jnp.Wrap(next)}
	}, state{counter(), jnp.FullLike(n, -1), jnp.Wrap(ops.Full(shape, ir.BoolLit(false))), jnp.Wrap(k)})
	return s.X
}
