package special

import (
	"math"

	"github.com/gojax/gojax/jnp"
)

// Cephes's rational approximations of the sine and cosine integrals: up to 4 in x², and of the auxiliary functions f
// and g in 1/x² up to 8 and beyond.
var (
	siP = []float64{-8.39167827910303881427e-11, 4.62591714427012837309e-8, -9.75759303843632795789e-6,
		9.76945438170435310816e-4, -4.13470316229406538752e-2, 1}
	siQ = []float64{2.03269266195951942049e-12, 1.27997891179943299903e-9, 4.41827842801218905784e-7,
		9.96412122043875552487e-5, 1.42085239326149893930e-2, 9.99999999999999996984e-1}
	ciP = []float64{2.02524002389102268789e-11, -1.35249504915790756375e-8, 3.59325051419993077021e-6,
		-4.74007206873407909465e-4, 2.89159652607555242092e-2, -1}
	ciQ = []float64{4.07746040061880559506e-12, 3.06780997581887812692e-9, 1.23210355685883423679e-6,
		3.17442024775032769882e-4, 5.10028056236446052392e-2, 4}
	siciFP = [2][]float64{
		{4.23612862892216586994e0, 5.45937717161812843388e0, 1.62083287701538329132e0, 1.67006611831323023771e-1,
			6.81020132472518137426e-3, 1.08936580650328664411e-4, 5.48900223421373614008e-7},
		{4.55880873470465315206e-1, 7.13715274100146711374e-1, 1.60300158222319456320e-1, 1.16064229408124407915e-2,
			3.49556442447859055605e-4, 4.86215430826454749482e-6, 3.20092790091004902806e-8,
			9.41779576128512936592e-11, 9.70507110881952024631e-14},
	}
	siciFQ = [2][]float64{
		{1, 8.16496634205391016773e0, 7.30828822505564552187e0, 1.86792257950184183883e0, 1.78792052963149907262e-1,
			7.01710668322789753610e-3, 1.10034357153915731354e-4, 5.48900252756255700982e-7},
		{1, 9.17463611873684053703e-1, 1.78685545332074536321e-1, 1.22253594771971293032e-2,
			3.58696481881851580297e-4, 4.92435064317881464393e-6, 3.21956939101046018377e-8,
			9.43720590350276732376e-11, 9.70507110881952025725e-14},
	}
	siciGP = [2][]float64{
		{8.71001698973114191777e-2, 6.11379109952219284151e-1, 3.97180296392337498885e-1, 7.48527737628469092119e-2,
			5.38868681462177273157e-3, 1.61999794598934024525e-4, 1.97963874140963632189e-6,
			7.82579040744090311069e-9},
		{6.97359953443276214934e-1, 3.30410979305632063225e-1, 3.84878767649974295920e-2, 1.71718239052347903558e-3,
			3.48941165502279436777e-5, 3.47131167084116673800e-7, 1.70404452782044526189e-9,
			3.85945925430276600453e-12, 3.14040098946363334640e-15},
	}
	siciGQ = [2][]float64{
		{1, 1.64402202413355338886e0, 6.66296701268987968381e-1, 9.88771761277688796203e-2, 6.22396345441768420760e-3,
			1.73221081474177119497e-4, 2.02659182086343991969e-6, 7.82579218933534490868e-9},
		{1, 1.68548898811011640017e0, 4.87852258695304967486e-1, 4.67913194259625806320e-2, 1.90284426674399523638e-3,
			3.68475504442561108162e-5, 3.57043223443740838771e-7, 1.72693748966316146736e-9,
			3.87830166023954706752e-12, 3.14040098946363335242e-15},
	}
)

// Sici is the sine integral of x, that of sin(t)/t from 0, and the cosine integral, that of cos(t)/t from infinity,
// whose even continuation negative x get: jax.scipy.special.sici. It takes real numbers.
func Sici(x jnp.Array) (si, ci jnp.Array) {
	return pair("special.Sici", x, func(x array) []array {
		return derived([]array{x}, func(x []array) []array { return sici(x[0]) }, func(x, _, t []array) []array {
			return []array{jnp.Sinc(x[0].Div(math.Pi)).Mul(t[0]), jnp.Cos(x[0]).Div(x[0]).Mul(t[0])}
		})
	})
}

func sici(x array) []array {
	ax := x.Abs()
	near, middle := ax.Le(4), ax.Gt(4).And(ax.Le(1e9))
	s, c := jnp.Sin(ax), jnp.Cos(ax)

	t := ax.Mul(ax)
	si := jnp.Where(ax.Eq(0), 0.0, ax.Mul(poly(t, siP...)).Div(poly(t, siQ...)))
	ci := jnp.Where(ax.Eq(0), math.Inf(-1), jnp.Log(ax).Add(euler).Add(t.Mul(poly(t, ciP...)).Div(poly(t, ciQ...))))

	z := jnp.Div(1, t)
	half := ax.Lt(8)
	f := jnp.Where(half, poly(z, siciFP[0]...).Div(ax.Mul(poly(z, siciFQ[0]...))),
		poly(z, siciFP[1]...).Div(ax.Mul(poly(z, siciFQ[1]...))))
	g := jnp.Where(half, z.Mul(poly(z, siciGP[0]...)).Div(poly(z, siciGQ[0]...)),
		z.Mul(poly(z, siciGP[1]...)).Div(poly(z, siciGQ[1]...)))
	si1, ci1 := jnp.Sub(math.Pi/2, f.Mul(c)).Sub(g.Mul(s)), f.Mul(s).Sub(g.Mul(c))

	end := jnp.IsPosInf(ax)
	si2, ci2 := jnp.Where(end, math.Pi/2, jnp.Sub(math.Pi/2, c.Div(ax))), jnp.Where(end, 0.0, s.Div(ax))

	si = jnp.Sign(x).Mul(choose([]array{near, middle}, si, si1, si2))
	ci = jnp.Where(jnp.IsNegInf(x), math.NaN(), choose([]array{near, middle}, ci, ci1, ci2))
	return []array{si, ci}
}
