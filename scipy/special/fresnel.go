package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// Cephes's approximations of the Fresnel integrals, in single and double precision: S and C near 0 in x⁴, and of the
// auxiliary functions f and g in 1/(pi·x²)².
var (
	fresnelS32 = []float64{1.647629463788700e-9, -1.522754752581096e-7, 8.424748808502400e-6, -3.120693124703272e-4,
		7.244727626597022e-3, -9.228055941124598e-2, 5.235987735681432e-1}
	fresnelC32 = []float64{1.416802502367354e-8, -1.157231412229871e-6, 5.387223446683264e-5, -1.604381798862293e-3,
		2.818489036795073e-2, -2.467398198317899e-1, 9.999999760004487e-1}
	fresnelF32 = []float64{-1.903009855649792e12, 1.355942388050252e11, -4.158143148511033e9, 7.343848463587323e7,
		-8.732356681548485e5, 8.560515466275470e3, -1.032877601091159e2, 2.999401847870011e0}
	fresnelG32 = []float64{-1.860843997624650e11, 1.278350673393208e10, -3.779387713202229e8, 6.492611570598858e6,
		-7.787789623358162e4, 8.602931494734327e2, -1.493439396592284e1, 9.999841934744914e-1}

	fresnelSP = []float64{-2.99181919401019853726e3, 7.08840045257738576863e5, -6.29741486205862506537e7,
		2.54890880573376359104e9, -4.42979518059697779103e10, 3.18016297876567817986e11}
	fresnelSQ = []float64{1, 2.81376268889994315696e2, 4.55847810806532581675e4, 5.17343888770096400730e6,
		4.19320245898111231129e8, 2.24411795645340920940e10, 6.07366389490084639049e11}
	fresnelCP = []float64{-4.98843114573573548651e-8, 9.50428062829859605134e-6, -6.45191435683965050962e-4,
		1.88843319396703850064e-2, -2.05525900955013891793e-1, 9.99999999999999998822e-1}
	fresnelCQ = []float64{3.99982968972495980367e-12, 9.15439215774657478799e-10, 1.25001862479598821474e-7,
		1.22262789024179030997e-5, 8.68029542941784300606e-4, 4.12142090722199792936e-2, 1}
	fresnelFP = []float64{4.21543555043677546506e-1, 1.43407919780758885261e-1, 1.15220955073585758835e-2,
		3.45017939782574027900e-4, 4.63613749287867322088e-6, 3.05568983790257605827e-8, 1.02304514164907233465e-10,
		1.72010743268161828879e-13, 1.34283276233062758925e-16, 3.76329711269987889006e-20}
	fresnelFQ = []float64{1, 7.51586398353378947175e-1, 1.16888925859191382142e-1, 6.44051526508858611005e-3,
		1.55934409164153020873e-4, 1.84627567348930545870e-6, 1.12699224763999035261e-8, 3.60140029589371370404e-11,
		5.88754533621578410010e-14, 4.52001434074129701496e-17, 1.25443237090011264384e-20}
	fresnelGP = []float64{5.04442073643383265887e-1, 1.97102833525523411709e-1, 1.87648584092575249293e-2,
		6.84079380915393090172e-4, 1.15138826111884280931e-5, 9.82852443688422223854e-8, 4.45344415861750144738e-10,
		1.08268041139020870318e-12, 1.37555460633261799868e-15, 8.36354435630677421531e-19,
		1.86958710162783235106e-22}
	fresnelGQ = []float64{1, 1.47495759925128324529e0, 3.37748989120019970451e-1, 2.53603741420338795122e-2,
		8.14679107184306179049e-4, 1.27545075667729118702e-5, 1.04314589657571990585e-7, 4.60680728146520428211e-10,
		1.10273215066240270757e-12, 1.38796531259578871258e-15, 8.39158816283118707363e-19,
		1.86958710162783236342e-22}
)

// Fresnel is the Fresnel integrals of x, those of sin(pi·t²/2) and cos(pi·t²/2) from 0: jax.scipy.special.fresnel. It
// takes real numbers.
func Fresnel(x jnp.Array) (s, c jnp.Array) {
	return pair("special.Fresnel", x, func(x array) []array {
		value := func(x []array) []array { return pairInFloat32(x[0], fresnel) }
		return derived([]array{x}, value, func(x, _, t []array) []array {
			w := derived(x, func(x []array) []array {
				sin, cos := sinCosHalfSquare(x[0])
				return []array{sin, cos}
			}, func(x, y, t []array) []array {
				slope := x[0].Mul(math.Pi).Mul(t[0])
				return []array{y[1].Mul(slope), y[0].Neg().Mul(slope)}
			})
			return []array{w[0].Mul(t[0]), w[1].Mul(t[0])}
		})
	})
}

// sinCosHalfSquare is sin and cos of pi·x²/2. The square is exact, and reduced before it is multiplied.
func sinCosHalfSquare(x array) (sin, cos array) {
	var quarters, rest array
	trace.Wide(func() {
		wide := convert(x, ir.Float64)
		wide = jnp.Where(wide.Abs().Lt(1<<53), wide, 0) // beyond, the square is a multiple of 4
		square := double{hi: wide.Mul(wide)}
		if x.DType() == ir.Float64 {
			square = exactProduct(wide, wide)
		}
		hi := square.hi.Sub(jnp.Floor(square.hi.Mul(0.25)).Mul(4))
		near := jnp.Round(hi)
		hi = hi.Sub(near)
		if !square.plain() {
			hi = hi.Add(square.lo)
		}
		quarters, rest = convert(near, x.DType()), convert(hi.Mul(math.Pi/2), x.DType())
	})
	s, c := jnp.Sin(rest), jnp.Cos(rest)
	one, two, three := quarters.Eq(1), quarters.Eq(2), quarters.Eq(3)
	conds := []array{one, two, three}
	sin, cos = choose(conds, c, s.Neg(), c.Neg(), s), choose(conds, s.Neg(), c.Neg(), s, c)
	end := jnp.IsInf(x).Or(jnp.IsNaN(x))
	return jnp.Where(end, math.NaN(), sin), jnp.Where(end, math.NaN(), cos)
}

func fresnel(in array) []array {
	x := in.Abs()
	x2 := x.Mul(x)
	t := x2.Mul(x2)
	pix2 := x2.Mul(math.Pi)
	u, v := jnp.Div(1, pix2.Mul(pix2)), jnp.Div(1, pix2)
	sin, cos := sinCosHalfSquare(x)

	var s0, c0, f, g array
	if in.DType() == ir.Float64 {
		s0, c0 = x.Mul(x2).Mul(ratio(t, fresnelSP, fresnelSQ)), x.Mul(ratio(t, fresnelCP, fresnelCQ))
		f, g = jnp.Sub(1, u.Mul(ratio(u, fresnelFP, fresnelFQ))), v.Mul(ratio(u, fresnelGP, fresnelGQ))
	} else {
		s0, c0 = x.Mul(x2).Mul(poly(t, fresnelS32...)), x.Mul(poly(t, fresnelC32...))
		f, g = jnp.Sub(1, u.Mul(poly(u, fresnelF32...))), v.Mul(poly(u, fresnelG32...))
	}
	w := x.Mul(math.Pi)
	s1 := jnp.Sub(0.5, f.Mul(cos).Add(g.Mul(sin)).Div(w))
	c1 := f.Mul(sin).Sub(g.Mul(cos)).Div(w).Add(0.5)

	conds := []array{jnp.IsInf(x), x2.Lt(2.5625)}
	half := fill(x, 0.5)
	out := []array{choose(conds, half, s0, s1), choose(conds, half, c0, c1)}
	for i, y := range out {
		out[i] = jnp.Where(in.Lt(0), y.Neg(), y)
	}
	return out
}
