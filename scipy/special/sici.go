package special

import (
	"math"

	"github.com/gojax/gojax/jnp"
)

// Cephes's rational approximations: of Si up to 4 in x², and of the auxiliary functions f and g in 1/x² up to 8 and
// beyond.
var (
	siP = []float64{-8.39167827910303881427e-11, 4.62591714427012837309e-8, -9.75759303843632795789e-6,
		9.76945438170435310816e-4, -4.13470316229406538752e-2, 1}
	siQ = []float64{2.03269266195951942049e-12, 1.27997891179943299903e-9, 4.41827842801218905784e-7,
		9.96412122043875552487e-5, 1.42085239326149893930e-2, 9.99999999999999996984e-1}
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

// The Chebyshev series of (Ci(x) - log(x/r))/(x-r) up to 3 in x/1.5-1, and of Ci(x)/(x-r) from there to 4 in 2x-7; r is
// the zero of Ci in each.
var (
	ciNear = []float64{
		-0.85495601477973238441, -0.23490743218408859528, 0.045659589657532866312, 3.9664178850534974219e-3,
		-8.7662701544250992049e-4, -3.942751700758000427e-5, 8.8663231808549647596e-6, 2.5019704292450501712e-7,
		-5.5539693955317076987e-8, -1.0933094667227512351e-9, 2.3682353630486879074e-10, 3.4802147409653520816e-12,
		-7.3192971010187000455e-13, -8.4173501952388898318e-15, 1.7149797442475742784e-15, 1.5979366095722916e-17,
		-3.151324960241564895e-18, -2.4430246096619336175e-20, 4.6628499346729607342e-21,
	}
	ciMiddle = []float64{
		-0.54756449260960195818, 0.041543446407373967767, 3.6200809615284539084e-3, -3.1559025099035480526e-4,
		6.3255709831616751037e-7, 2.1927048604091202041e-7, 1.2545485241996458906e-8, -1.0793564327748236486e-9,
		4.6296911270941967367e-11, -2.7884573249799261123e-12, 1.9488082848128912457e-13, -1.2924959784740105088e-14,
		8.515593176158522443e-16, -5.6745352363577066062e-17, 3.8044479636489260736e-18, -2.5610738017421765937e-19,
		1.7307095746961611273e-20, -1.173643172906883345e-21,
	}
)

// The two first zeros of Ci, and what float64 leaves of them.
const (
	ciZero, ciZeroLow     = 0.6165054856207163, -4.20992032143318592e-17
	ciSecond, ciSecondLow = 3.3841804225511862, 1.97212546236341111e-16
)

// Sici is the sine integral of x, that of sin(t)/t from 0, and the cosine integral, that of cos(t)/t from infinity,
// whose even continuation negative x get: jax.scipy.special.sici. It takes real numbers. Beyond 4 the errors of Ci are
// some units in the last place of 1/x, the size of its waves.
func Sici(x jnp.Array) (si, ci jnp.Array) {
	return pair("special.Sici", x, func(x array) []array {
		return derived([]array{x}, func(x []array) []array { return pairInFloat32(x[0], sici) },
			func(x, _, t []array) []array {
				x = []array{atLeastFloat32(x[0])}
				d := t[0].DType()
				return []array{convert(sinOver(x[0]), d).Mul(t[0]), convert(cosOver(x[0]), d).Mul(t[0])}
			})
	})
}

// pairInFloat32 is inFloat32 for two results.
func pairInFloat32(x array, f func(x array) []array) []array {
	y := f(atLeastFloat32(x))
	for i, a := range y {
		y[i] = convert(a, x.DType())
	}
	return y
}

// sinOver is sin(x)/x, whose derivatives are as good at 0 as elsewhere.
func sinOver(x array) array {
	near, end := x.Abs().Lt(1), jnp.IsInf(x)
	in, out := jnp.Where(near, x, 0), jnp.Where(near.Or(end), 1, x)
	c := make([]float64, 10)
	f := 1.0
	for k := range c {
		c[len(c)-1-k] = f
		f /= -float64((2*k + 2) * (2*k + 3))
	}
	return choose([]array{near, end}, poly(in.Mul(in), c...), fill(x, 0), jnp.Sin(out).Div(out))
}

// cosOver is cos(x)/x.
func cosOver(x array) array {
	return derived1(x, func(x array) array { return jnp.Where(jnp.IsInf(x), 0, over(jnp.Cos(x), x)) },
		func(x, y array) array { return sinOver(x).Add(y.Mul(jnp.Reciprocal(x))).Neg() })
}

func sici(x array) []array {
	ax := x.Abs()
	near, middle := ax.Le(4), ax.Le(math.Sqrt(jnp.FInfo(x.DType()).Max))
	s, c := jnp.Sin(ax), jnp.Cos(ax)

	t := ax.Mul(ax)
	si := ax.Mul(poly(t, siP...)).Div(poly(t, siQ...))
	off := minus(ax, ciZero, ciZeroLow)
	log := jnp.Where(off.Abs().Lt(0.2), jnp.Log1p(off.Div(ciZero)), logOfQuotient(ax, ciZero))
	ci := jnp.Where(ax.Gt(3), minus(ax, ciSecond, ciSecondLow).Mul(chebyshev(ax.Mul(2).Sub(7), ciMiddle)),
		log.Add(off.Mul(chebyshev(ax.Div(1.5).Sub(1), ciNear))))

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
