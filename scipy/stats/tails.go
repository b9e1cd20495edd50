package stats

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/scipy/special"
)

// Logarithms of probabilities that underflow themselves: those of a saddle point, and a continued fraction of which so
// far out few terms are enough.

// levels is how many pairs of terms of the continued fractions are taken.
const levels = 6

// tiny is the probability below which the logarithm is computed without it. Its square is in range, for derivatives.
func tiny(x array) float64 {
	if x.DType() == ir.Float64 {
		return 1e-140
	}
	return 1e-15
}

// logGammaTails is the logarithm of special.GammaInc(a, x), or, of the upper tail, of GammaIncc.
func logGammaTails(a, x array, lower bool) array {
	y, other := special.GammaInc(a, x), special.GammaIncc(a, x)
	if !lower {
		y, other = other, y
	}
	far := y.Lt(tiny(x)).And(x.Gt(0))
	if !lower { // the upper tail of a tiny a is small for a small x as well, where the fraction does not converge
		far = far.And(x.Ge(20))
	}
	near := logProbability(jnp.Where(far, 0.5, y), other)
	b := jnp.Where(far, a, 1)
	if lower {
		return jnp.Where(far, logLowerGamma(b, jnp.Where(far, x, 0.5)), near)
	}
	return jnp.Where(far, logUpperGamma(b, jnp.Where(far, x, 2)), near)
}

// logLowerGamma is the logarithm of GammaInc(a, x) for x below a, and logUpperGamma that of GammaIncc(a, x) for x
// above.
func logLowerGamma(a, x array) array {
	t := a.Add(2 * levels)
	for i := levels; i > 0; i-- {
		t = x.Mul(i).Div(t).Add(a.Add(2*i - 1))
		t = a.Add(2*i - 2).Sub(x.Mul(a.Add(i - 1)).Div(t))
	}
	return poissonParts(a, x).log().Add(jnp.Log(a.Div(t)))
}

func logUpperGamma(a, x array) array {
	t := x.Sub(a).Add(2*levels + 1)
	for i := levels; i > 0; i-- {
		t = x.Sub(a).Add(2*i - 1).Sub(a.Neg().Add(i).Mul(i).Div(t))
	}
	return poissonParts(a, x).log().Add(jnp.Log(a)).Sub(jnp.Log(t))
}

// betaIncc is 1 - special.BetaInc(a, b, x).
func betaIncc(a, b, x array) array {
	return arrays.Elementwise("special.BetaIncc", nil, func(x []array) array {
		v := arrays.Values(x)
		return jnp.Wrap(ops.BetaIncc(v[0], v[1], v[2]))
	}, a, b, x)
}

// logBetaTail is the logarithm of p = special.BetaInc(a, b, x), of which the complement is q; y is 1-x.
func logBetaTail(a, b, x, y, p, q array) array {
	far := p.Lt(tiny(x)).And(x.Gt(0))
	near := logProbability(jnp.Where(far, 0.5, p), q)
	a, b = jnp.Where(far, a, 1), jnp.Where(far, b, 1)
	x, y = jnp.Where(far, x, 0.5), jnp.Where(far, y, 0.5)
	// x^a·y^b/(a·B(a, b)) is b/(a+b) of a binomial probability.
	n := a.Add(b)
	t := jnp.OnesLike(n)
	for m := levels; m >= 0; m-- {
		odd := a.Add(m).Mul(n.Add(m)).Mul(x).Div(a.Add(2 * m).Mul(a.Add(2*m + 1)))
		t = jnp.Sub(1, odd.Div(t))
		if m > 0 {
			even := b.Sub(m).Mul(m).Mul(x).Div(a.Add(2*m - 1).Mul(a.Add(2 * m)))
			t = even.Div(t).Add(1)
		}
	}
	power := binomialParts(a, b, n, x, y, binomialApart(a, b, n, x)).sloped(func(in []array) []array {
		x, y, a, b := in[0], in[1], in[2], in[3]
		none := jnp.ZerosLike(x) // BetaInc has no derivatives by its parameters
		return []array{lessProduct(a, a.Add(b), x).Div(x).Div(y), none, none, none}
	}, x, y, constant(a), constant(b))
	log := power.log().Add(jnp.Log(b.Div(n))).Sub(jnp.Log(t))
	return jnp.Where(far, log, near)
}
