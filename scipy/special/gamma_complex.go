package special

import (
	"math"
	"math/cmplx"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// lanczos are the coefficients of Lanczos's approximation of the gamma function (1964) for g = 7.
var lanczos = []float64{0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
	-176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7}

// complexLogGamma is a logarithm of gamma(z) for complex z: right of 1/2 the principal one, left of it by reflection,
// which may be off by multiples of 2·pi·i.
func complexLogGamma(z array) array {
	left := z.Real().Lt(0.5)
	zz := jnp.Where(left, jnp.Sub(1, z), z).Sub(1)
	sum := fill(zz, lanczos[0])
	for i, c := range lanczos[1:] {
		sum = sum.Add(jnp.Div(c, zz.Add(i+1)))
	}
	t := zz.Add(7 + 0.5)
	y := zz.Add(0.5).Mul(jnp.Log(t)).Add(0.5 * math.Log(2*math.Pi)).Sub(t).Add(jnp.Log(sum))
	// The operand of what is not taken is one at which its derivative is finite.
	safe := jnp.Where(left, z, 0.5)
	mirrored := jnp.Sub(math.Log(math.Pi), jnp.Log(jnp.Sin(safe.Mul(math.Pi)))).Sub(y)
	return jnp.Where(left, mirrored, y)
}

// defined is z with 1 in the place of poles of gamma and NaN, and where those are.
func defined(z array) (safe, bad array) {
	re := z.Real()
	pole := z.Imag().Eq(0).And(re.Eq(jnp.Floor(re))).And(re.Le(0))
	bad = pole.Or(jnp.IsNaN(z))
	return jnp.Where(bad, fill(z, 1), z), bad
}

func complexGamma(z array) array {
	safe, bad := defined(z)
	return jnp.Where(bad, cmplx.NaN(), jnp.Exp(complexLogGamma(safe)))
}

// principalLogGamma moves z to the right half-plane, where complexLogGamma is the principal logarithm, by
// log gamma(z) = log gamma(z+n) - log z - ... - log(z+n-1).
func principalLogGamma(z array) array {
	safe, bad := defined(z)
	n := jnp.Maximum(0, jnp.Ceil(jnp.Sub(0.5, safe.Real())))
	type state struct{ K, Sum array }
	end := lax.WhileLoop(func(s state) array { return s.K.Lt(n).Any() }, func(s state) state {
		more := s.K.Lt(n)
		log := jnp.Log(jnp.Where(more, safe.Add(s.K), fill(safe, 1)))
		return state{s.K.Add(1), s.Sum.Add(jnp.Where(more, log, 0))}
	}, state{jnp.Wrap(ops.ScalarLit(ir.FloatLit(0, n.DType()))), fill(safe, 0)})
	return jnp.Where(bad, cmplx.NaN(), complexLogGamma(safe.Add(n)).Sub(end.Sum))
}
