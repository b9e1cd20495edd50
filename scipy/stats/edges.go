package stats

import (
	"slices"

	"github.com/gojax/gojax/jnp"
)

// edge is where a density is a power of 0: at an end of the support, or of what a parameter may be. Its derivative is
// not the density times that of the logarithm there, which is 0·inf. The first power is a factor of its own beside the
// edge as well, where the second derivative would cancel.
type edge struct {
	at      array   // where the power is one of 0
	density array   // the density there, with its derivatives
	z       array   // what the density is computed at elsewhere, and
	p       []array // of which parameters
	factor  array   // what it is to be multiplied by
}

// near is close to the edge.
const near = 0.5

// powerOfZero is x^m·h(x) where x is 0, and h(0) is 1: 1 of m = 0, and else 0 or infinite. x and m may be anything
// elsewhere. By x its derivative is up times the same of m-1, and rate times itself, which rule says of x, m and more.
// It is x^m divided by up(1)·up(2)···up(m), if m is a whole number.
func powerOfZero(at, x, m array, rule func(x, m array, more []array) (up, rate array), more ...array) array {
	x, m = jnp.Where(at, x, 0), jnp.Where(at, m, 2)
	return zeroPower(append([]array{x, m, jnp.OnesLike(m)}, more...), rule)
}

// zeroPower is powerOfZero of x, m, the sign of the power, and more.
func zeroPower(in []array, rule func(x, m array, more []array) (up, rate array)) array {
	return derivedBy(in, func(in []array) array {
		m, sign := in[1], in[2]
		infinite := jnp.Where(sign.Eq(0), 0, sign.Mul(inf))
		y := jnp.Where(m.Gt(0), 0, jnp.Where(m.Eq(0), 1, infinite))
		shapes := make([][]int, len(in))
		for i, a := range in {
			shapes[i] = a.Shape()
		}
		return jnp.BroadcastTo(y, jnp.BroadcastShapes(shapes...)...)
	}, func(in []array, i int) array {
		m := in[1]
		switch i {
		case 0:
			less := slices.Clone(in)
			less[1], less[2] = m.Sub(1), in[2].Mul(constant(jnp.Sign(m)))
			up, rate := rule(in[0], m, in[3:])
			whole, y := jnp.Floor(m).Eq(m), zeroPower(less, rule)
			// Of a broken power this is 0 or infinite.
			safe := func(y array) array { return jnp.Where(whole, y, 0) }
			return jnp.Where(whole, safe(y).Mul(up).Add(safe(zeroPower(in, rule)).Mul(rate)), y)
		case 1:
			return jnp.Where(m.Gt(0), 0, -inf) // the power times log(0)
		default:
			return jnp.ZerosLike(m)
		}
	})
}

// poissonRule is that of x^m·exp(-x)/Γ(m+1), and powerRule that of x^m/Γ(m+1).
func poissonRule(x, m array, _ []array) (up, rate array) {
	return jnp.OnesLike(m), jnp.OnesLike(m).Neg()
}

func powerRule(x, m array, _ []array) (up, rate array) { return jnp.OnesLike(m), jnp.ZerosLike(m) }

func poissonEdge(z array, p []array) edge {
	at := p[0].Eq(0)
	once := z.Eq(1).And(p[0].Lt(near))
	return edge{at, powerOfZero(at, p[0], z, poissonRule), jnp.Where(once, 0, z), []array{jnp.Where(at, 1, p[0])},
		jnp.Where(once, p[0], 1)}
}

func gammaEdge(z array, p []array) edge {
	at, m := z.Eq(0), p[0].Sub(1)
	once := m.Eq(1) // wherever z is, so that a shape that is one number stays one
	return edge{at, powerOfZero(at, z, m, poissonRule), jnp.Where(at, 1, z), []array{jnp.Where(once, m, p[0])},
		jnp.Where(once, z, 1).Div(jnp.Where(once, m, 1))}
}

func chi2Edge(z array, p []array) edge {
	e := gammaEdge(z.Div(2), []array{p[0].Div(2)})
	return edge{e.at, e.density.Div(2), e.z.Mul(2), []array{e.p[0].Mul(2)}, e.factor}
}

func betaEdge(z array, p []array) edge {
	low := z.Lt(0.5) // the edge at 0 and not that at 1
	x, a, b := jnp.Where(low, z, complement(z)), jnp.Where(low, p[0], p[1]), jnp.Where(low, p[1], p[0])
	at, m := x.Eq(0), a.Sub(1)
	y := powerOfZero(at, x, m, func(x, m array, more []array) (up, rate array) {
		return m.Add(more[0]), jnp.Sub(1, more[0]).Div(complement(x))
	}, b)
	// Either first power, wherever z is, so that shapes that are one number each stay so.
	onceLow, onceHigh := p[0].Eq(2), p[1].Eq(2)
	first, second := jnp.Where(onceLow, p[0].Sub(1), p[0]), jnp.Where(onceHigh, p[1].Sub(1), p[1])
	factor := jnp.Where(onceLow, z.Mul(first.Add(p[1])), 1).Div(jnp.Where(onceLow, first, 1))
	factor = factor.Mul(jnp.Where(onceHigh, complement(z).Mul(second.Add(first)), 1))
	factor = factor.Div(jnp.Where(onceHigh, second, 1))
	return edge{at, b.Mul(y), jnp.Where(at, 0.5, z), []array{first, second}, factor}
}

func binomEdge(z array, p []array) edge {
	n, low := p[0], p[1].Lt(0.5)
	x, k := jnp.Where(low, p[1], complement(p[1])), jnp.Where(low, z, n.Sub(z))
	at := x.Eq(0)
	y := powerOfZero(at, x, k, func(x, m array, more []array) (up, rate array) {
		rest := more[0].Sub(m)
		return rest.Add(1).Div(complement(x)), rest.Div(complement(x)).Neg()
	}, n)
	once := k.Eq(1).And(n.Mul(x).Lt(near))
	return edge{at, y, jnp.Where(once.And(low), 0, z), []array{jnp.Where(once, n.Sub(1), n), jnp.Where(at, 0.5, p[1])},
		jnp.Where(once, n.Mul(x), 1)}
}

func nbinomEdge(z array, p []array) edge {
	n, x := p[0], complement(p[1])
	at := x.Eq(0)
	y := powerOfZero(at, x, z, func(x, m array, more []array) (up, rate array) {
		return more[0].Add(m).Sub(1), more[0].Div(complement(x)).Neg()
	}, n)
	once := z.Eq(1).And(n.Mul(x).Lt(near))
	return edge{at, y, jnp.Where(once, 0, z), []array{n, jnp.Where(at, 0.5, p[1])}, jnp.Where(once, n.Mul(x), 1)}
}

func geomEdge(z array, p []array) edge {
	e := nbinomEdge(z.Sub(1), []array{jnp.OnesLike(p[0]), p[0]})
	return edge{e.at, e.density, e.z.Add(1), e.p[1:], e.factor}
}
