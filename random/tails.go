package random

import (
	"math"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// What keeps digits where the usual formulas lose them: far out in the normal distribution, and at large counts.

// tailFrom is the distance from 0 from which on truncatedTail draws, where both bounds lie on one side of it.
func tailFrom(d ir.DType) float64 {
	if d == ir.Float64 {
		return 6
	}
	return 3
}

// truncatedTail is numbers of the normal distribution between a and b, a at least tailFrom, by u uniform in [0, 1):
// where the distribution function is too near to 1 to tell them apart, the ratio of its complements does.
func truncatedTail(u, a, b jnp.Array) jnp.Array {
	ta := normalHazard(a)
	inside := jnp.Expm1(a.Sub(b).Mul(a.Add(b)).Div(2).Add(jnp.Log(ta.Div(normalHazard(b))))) // Q(b)/Q(a) - 1
	s := jnp.Log1p(u.Mul(inside)).Neg()
	// As if the hazard were that of a, and then Newton's steps. All are distances from a, which may be large.
	first := s.Mul(2).Div(a.Add(jnp.Hypot(a, jnp.Sqrt(s.Mul(2)))))
	x := first
	for range 3 {
		t := normalHazard(a.Add(x))
		off := x.Sub(first).Mul(a.Mul(2).Add(x).Add(first)).Div(2).Add(jnp.Log(t.Div(ta)))
		x = jnp.Maximum(x.Sub(off.Div(t)), 0)
	}
	return a.Add(x)
}

// normalHazard is the density of the normal distribution over what lies above x, for x of 3 and more, by its continued
// fraction.
func normalHazard(x jnp.Array) jnp.Array {
	t := x
	for k := 12; k > 0; k-- {
		t = x.Add(jnp.Div(k, t))
	}
	return t
}

// deviance is x log(x/m) + m - x, given delta, which is x - m, and much smaller than x: without the cancellation.
func deviance(x, delta jnp.Array) jnp.Array {
	u := delta.Div(x).Neg()
	sum := jnp.FullLike(u, 1.0/12)
	for k := 11; k >= 2; k-- { // log1p(u) - u = -u² (1/2 - u/3 + u²/4 - ...)
		sum = jnp.Sub(1/float64(k), u.Mul(sum))
	}
	return x.Mul(u.Mul(u)).Mul(sum)
}

// manyCounts is the mean from which on probabilities of counts are reckoned by deviance: their logarithms, as JAX has
// them, are differences of large numbers.
const manyCounts = 1e5

// logPoisson is the logarithm of the probability of mean + delta at a large mean.
func logPoisson(mean, delta jnp.Array) jnp.Array {
	n := jnp.Maximum(mean.Add(delta), 1)
	return deviance(n, delta).Neg().Sub(jnp.Log(n.Mul(2 * math.Pi)).Div(2)).Sub(jnp.Div(1.0/12, n))
}

// countFrom is the integer of dtype d that is delta, a whole number, from base, cut to d's range.
func countFrom(base, delta jnp.Array, d ir.DType) jnp.Array {
	most := jnp.Wrap(ops.Full(base.Shape(), kit.Highest(d)))
	if d.Bits() < 32 {
		return most // no such count fits
	}
	signed := map[int]ir.DType{32: ir.Int32, 64: ir.Int64}[d.Bits()]
	b := base.AsType(d)
	y := b.Add(delta.AsType(signed).AsType(d))
	over := delta.Gt(0).And(y.Lt(b)).Or(base.Ge(kit.Highest(d).Float()))
	return jnp.Where(over, most, y)
}
