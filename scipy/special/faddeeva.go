package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Wofz is the Faddeeva function exp(-z²)·erfc(-i·z): jax.scipy.special.wofz. Real z are made complex; the result is
// complex.
func Wofz(z jnp.Array) jnp.Array {
	return unary("special.Wofz", z, func(z array) array {
		switch d := z.DType(); {
		case d.IsComplex():
		case d == ir.Float64:
			z = z.AsType(ir.Complex128)
		default:
			z = z.AsType(ir.Complex64)
		}
		return wofz(strong(z))
	})
}

var complexOf = of2(ops.Complex)

// timesI is i·z.
func timesI(z array) array { return complexOf(z.Imag().Neg(), z.Real()) }

// wofz has on the axes the digits of each part, and derivatives from the formula, which has them as well.
func wofz(z array) array {
	return derivedBy([]array{z}, func(z []array) array {
		x, y := z[0].Real(), z[0].Imag()
		w := wofzPlane(z[0])
		re := jnp.Where(y.Eq(0), jnp.Exp(x.Mul(x).Neg()), jnp.Where(x.Eq(0), erfcx(y), w.Real()))
		im := jnp.Where(y.Eq(0), dawsn(x).Mul(2/math.Sqrt(math.Pi)), jnp.Where(x.Eq(0), 0, w.Imag()))
		end := jnp.IsInf(x).Or(jnp.IsInf(y).And(y.Gt(0))).And(jnp.IsNaN(x).Or(jnp.IsNaN(y)).Not())
		return jnp.Where(end, complexOf(fill(re, 0), fill(re, 0)), complexOf(re, im))
	}, func(z []array, _ int) array {
		return pushforward(z, []array{fill(z[0], 1)}, func(z []array) array { return wofzPlane(z[0]) })
	})
}

// wofzPlane is wofz from its values in the first quarter of the plane, which conjugates and negatives share.
func wofzPlane(z array) array {
	down, left := z.Imag().Lt(0), z.Real().Lt(0)
	up := jnp.Where(down, z.Neg(), z)
	flip := left.Ne(down) // the real part of up is negative
	w := wofzQuarter(jnp.Where(flip, up.Conj().Neg(), up))
	w = jnp.Where(flip, w.Conj(), w)
	return jnp.Where(down, expMinusSquare(jnp.Where(down, z, fill(z, 0))).Mul(2).Sub(w), w)
}

// wofzQuarter is the integral of exp(-t²)/(z-t) by the midpoint or the trapezoidal rule, whichever has its nodes
// further from z, with the residue of the pole where that is close (Al Azah and Chandler-Wilde, Computation of the
// complex error function using modified trapezoidal rules, 2021). Far from 0 it is the asymptotic series.
func wofzQuarter(z array) array {
	const nodes = 12
	h := math.Sqrt(math.Pi / nodes)
	x, y := z.Real(), z.Imag()
	most := 1e5
	if x.DType() != ir.Float64 {
		most = 1e3
	}
	far := jnp.Maximum(x, y).Gt(most).Or(jnp.IsNaN(x.Add(y)))
	i := timesI(fill(z, 1))
	r := jnp.Reciprocal(jnp.Where(far, z, fill(z, 1)))
	asymptotic := i.Mul(r).Mul(r.Mul(r).Mul(0.5).Add(1)).Mul(1 / math.Sqrt(math.Pi))

	z = jnp.Where(far, i, z)
	x, y = z.Real(), z.Imag()
	turns := x.Mul(1 / h)
	part := turns.Sub(jnp.Floor(turns))
	trapezoid := y.Lt(x).And(part.Ge(0.25)).And(part.Le(0.75))
	z2 := z.Mul(z)
	sum := fill(z, 0)
	for k := range nodes {
		at := func(t, weight float64) (node, factor float64) { return t * t, weight * math.Exp(-t*t) }
		node0, factor0 := at(float64(k)*h, 1)
		if k == 0 {
			factor0 = 0.5
		}
		node1, factor1 := at((float64(k)+0.5)*h, 1)
		zero := fill(x, 0)
		node := complexOf(jnp.Where(trapezoid, node0, fill(x, node1)), zero)
		factor := complexOf(jnp.Where(trapezoid, factor0, fill(x, factor1)), zero)
		sum = sum.Add(factor.Div(z2.Sub(node)))
	}
	w := i.Mul(z).Mul(sum).Mul(2 * h / math.Pi)

	// The residue, with exp(-2·pi·i·z/h).
	close := y.Lt(jnp.Maximum(x, math.Pi/h))
	near := jnp.Where(close, z, i)
	turn := jnp.Exp(i.Mul(near).Mul(-2 * math.Pi / h))
	turn = jnp.Where(trapezoid, turn.Neg(), turn)
	residue := expMinusSquare(near).Mul(2).Div(turn.Add(1))
	return jnp.Where(far, asymptotic, jnp.Where(close, w.Add(residue), w))
}

// expMinusSquare is exp(-z²), of a square in two parts: that of the first digits of z, which is exact, and the rest.
func expMinusSquare(z array) array {
	const most = 1e15 // of whose square the exponential is 0 or infinite
	z = complexOf(jnp.Clip(z.Real(), -most, most), jnp.Clip(z.Imag(), -most, most))
	h := complexOf(firstDigits(z.Real()), firstDigits(z.Imag()))
	x, y := h.Real(), h.Imag()
	rest := z.Sub(h).Mul(z.Add(h))
	size := jnp.Exp(jnp.Minimum(y.Mul(y).Sub(x.Mul(x)), 1e4))
	turn := x.Mul(y).Mul(-2)
	sin := jnp.Sin(turn)
	first := complexOf(size.Mul(jnp.Cos(turn)), jnp.Where(sin.Eq(0), 0, size.Mul(sin)))
	return first.Mul(jnp.Exp(rest.Neg()))
}

// firstDigits are those of x, as far as its square, where exp of that is a float, is exact.
func firstDigits(x array) array {
	scale := 0x1p7
	if x.DType() == ir.Float64 {
		scale = 0x1p20
	}
	return jnp.Round(x.Mul(scale)).Mul(1 / scale)
}

// erfcxSeries is the Chebyshev series of (1+2x)·erfcx(x) for x >= 0 in 1-7.5/(x+3.75) (Shepherd and Laframboise,
// Chebyshev approximation of (1+2x)·exp(x²)·erfc(x), 1981, computed in 40 digits).
var erfcxSeries = []float64{
	2.3551578691348035082, -4.5900545806464773309e-3, -0.084249133366517915584, 0.059209939998191890498,
	-0.026658668435305752277, 9.0749976707052650939e-3, -2.4131635404176081909e-3, 4.9077583652580863229e-4,
	-6.9169733025012063671e-5, 4.1390279860730101675e-6, 7.7403830661984906686e-7, -2.1886401049234395661e-7,
	1.0764999465670910377e-8, 4.5219598112182868979e-9, -7.7544002088313511065e-10, -6.3180883408866844944e-11,
	2.8687950109306698981e-11, 1.945586854577734723e-13, -9.6546967484334389059e-13, 3.2525481481487398415e-14,
	3.3478119482868053878e-14, -1.8645628804193131016e-15, -1.2507950530688647086e-15, 7.4182352566240434579e-17,
	5.0681489047961113118e-17, -2.2370566594359996468e-18, -2.1873429443030177134e-18, 2.6766327399258714418e-20,
	9.7365614017414461457e-20, 3.3214840905100849969e-21, -4.2902867079013713128e-21,
}

// Erfcx is exp(x²)·erfc(x) without overflow for large x: jax.scipy.special.erfcx. It takes real and complex numbers.
func Erfcx(x jnp.Array) jnp.Array {
	return unary("special.Erfcx", x, func(x array) array {
		if x.DType().IsComplex() {
			return wofz(timesI(strong(x)))
		}
		return inFloat32(strong(x), erfcx)
	})
}

func erfcx(x array) array {
	size, left := x.Abs(), x.Lt(0)
	y := chebyshev(jnp.Sub(1, jnp.Div(7.5, size.Add(3.75))), erfcxSeries).Div(size.Mul(2).Add(1))
	return jnp.Where(left, expSquare(jnp.Where(left, x, 0)).Mul(2).Sub(y), y)
}

// expSquare is exp(x²), of a square in two parts as in expMinusSquare.
func expSquare(x array) array {
	return derived1(x, func(x array) array {
		x = jnp.Clip(x, -1e4, 1e4)
		h := firstDigits(x)
		return jnp.Exp(h.Mul(h)).Mul(jnp.Exp(x.Sub(h).Mul(x.Add(h))))
	}, func(x, y array) array { return x.Mul(2).Mul(y) })
}

// The Chebyshev series of (1+2x²)·D(x)/x, D being Dawson's integral, up to 4 in x²/8-1, and of 2x·D(x) beyond in
// 32/x²-1.
var (
	dawsnNear = []float64{
		2.4431132308244350344, -0.19311370909892759122, 5.6131675233992547844e-3, 0.09204238924234085353,
		-0.11352776409099280257, 0.09283522844971201914, -0.060626845239141714966, 0.033625336548366938435,
		-0.016329071454782436133, 7.0741965500234910552e-3, -2.7700062511038896512e-3, 9.9004231892868608799e-4,
		-3.2553937865150343343e-4, 9.9114875413239601237e-5, -2.809524957397124167e-5, 7.4495056576920663383e-6,
		-1.855254359314363299e-6, 4.3554326887680243917e-7, -9.6695887549520664175e-8, 2.0360363143597834825e-8,
		-4.0765512304749830203e-9, 7.7795402583346517341e-10, -1.4180821462797104069e-10, 2.4739379704590534873e-11,
		-4.1380926722872581261e-12, 6.6474995628237182713e-13, -1.0271442525157888174e-13, 1.5287603858937871371e-14,
		-2.1946167770231336489e-15, 3.0424726747809851552e-16, -4.077984939705434708e-17, 5.290367500444400103e-18,
		-6.6494965766599637327e-19, 8.1053062951796338422e-20, -9.5900039210244847524e-21,
	}
	dawsnFar = []float64{
		2.0338097127553140751, 0.017366504556813915981, 4.8497280848354309066e-4, 2.5223647991453800033e-5,
		2.1329066292723539114e-6, 2.7163195895814552227e-7, 4.3420847131545967978e-8, 5.7340210036105905407e-9,
		-3.8026727860716402246e-10, -6.1955609687904022511e-10, -2.0588297521150184948e-10,
		-1.2520712918919152301e-11, 1.7126264994892902433e-11, 6.066090296151318586e-12, -5.0472366136185827453e-13,
		-8.4212095908813290264e-13, -8.8622816532924766243e-14, 9.8224205456824104119e-14, 2.4717124845678068142e-14,
		-1.1577466398033138494e-14, -4.565446589614717242e-15, 1.5274298822028252953e-15, 7.7030937671336234576e-16,
		-2.3998641138565811856e-16, -1.2626878300189144695e-16, 4.4791199319459507505e-17, 1.997585166015299199e-17,
		-9.3621365486449906692e-18, -2.8726072886994426744e-18, 2.0416454628210822259e-18, 3.0778177462721841452e-19,
		-4.3783157552915877767e-19, 4.3137583958773034061e-21, 8.7404396548848997045e-20, -1.646916292195441441e-20,
		-1.4997297442512932526e-20, 6.565073441471343262e-21,
	}
)

// Dawsn is Dawson's integral, exp(-x²) times the integral of exp(t²) from 0 to x: jax.scipy.special.dawsn. It takes
// real numbers.
func Dawsn(x jnp.Array) jnp.Array {
	return unary("special.Dawsn", x, func(x array) array { return inFloat32(strong(real(x)), dawsn) })
}

func dawsn(x array) array {
	near := x.Abs().Le(4)
	in, r := jnp.Where(near, x, 0), jnp.Reciprocal(jnp.Where(near, 4, x))
	return jnp.Where(near, dawsnInner(in), r.Mul(0.5).Mul(chebyshev(r.Mul(r).Mul(32).Sub(1), dawsnFar)))
}

// dawsnInner is dawsn up to 4. The first derivative is better taken of the series, and the second of D' = 1 - 2x·D.
func dawsnInner(x array) array {
	series := func(x array) array {
		t := x.Mul(x)
		return x.Mul(chebyshev(t.Mul(0.125).Sub(1), dawsnNear)).Div(t.Mul(2).Add(1))
	}
	slope := func(x array) array {
		return derived1(x, func(x array) array {
			return pushforward([]array{x}, []array{fill(x, 1)}, func(x []array) array { return series(x[0]) })
		}, func(x, y array) array { return dawsnInner(x).Add(x.Mul(y)).Mul(-2) })
	}
	return derived1(x, series, func(x, _ array) array { return slope(x) })
}
