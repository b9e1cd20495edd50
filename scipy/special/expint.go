package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
)

// euler is the Euler-Mascheroni constant.
const euler = 0.57721566490153286060651209008240243104215933593992

// The Chebyshev series of (E1(x) + log x + euler)/x up to 1 as powers of x, that of x·exp(x)·E1(x) beyond in 1-8/(x+3),
// and that of (Ei(x) - log(x/r))/(x-r) up to 2 in x-1, r being the zero of Ei.
var (
	exp1Near = []float64{
		-8.6773372047701258123e-18, 1.6537983849091298607e-16, -2.9871733327421158109e-15, 5.0981091545465443173e-14,
		-8.1933897126640890813e-13, 1.2353110643708934307e-11, -1.7397297489890082483e-10, 2.2774643986765198886e-9,
		-2.7557319223985890653e-8, 3.061924358220654517e-7, -3.1001984126984126984e-6, 2.8344671201814058957e-5,
		-2.3148148148148148148e-4, 1.6666666666666666667e-3, -0.010416666666666666667, 0.055555555555555555556,
		-0.25, 1.0,
	}
	exp1Far = []float64{
		1.6527446052984205801, 0.19585831326350638105, -0.026894668628431004591, 5.6509209236672420621e-3,
		-1.2248874409872106717e-3, 2.9636820503145432554e-4, -7.3541705119544461883e-5, 1.9200442647910542998e-5,
		-5.1024661929556021797e-6, 1.3966866746650877225e-6, -3.8714588045131931771e-7, 1.0943496387326320726e-7,
		-3.1218246954452042498e-8, 9.0319835741687412294e-9, -2.6309155674442138254e-9, 7.7466570944251252468e-10,
		-2.2926363114151811337e-10, 6.8441348296364964236e-11, -2.0509616992656905384e-11, 6.1908712493395227742e-12,
		-1.8739284479680636722e-12, 5.7083618181021021307e-13, -1.7421685869633090177e-13, 5.3479016475894771805e-14,
		-1.6433673107223800367e-14, 5.0779511753808784266e-15, -1.5693806911996476548e-15, 4.8773804720467489624e-16,
		-1.5146433273776486554e-16, 4.7316605681231223062e-17, -1.4752414752051948474e-17, 4.6306267863554391339e-18,
		-1.4483461755997367687e-18, 4.5671318619036448185e-19, -1.4318464776680522859e-19, 4.5362396683834442755e-20,
		-1.4240917444441139398e-20, 4.5347865002124957535e-21,
	}
	expiNear = []float64{
		3.001929918999333213, 0.44950512745129341549, 0.0549963946352084602, 5.4735164804352597648e-3,
		4.5608372501774452624e-4, 3.2622369903079309442e-5, 2.0425881751568998523e-6, 1.136883519997918771e-7,
		5.6944974108401266397e-9, 2.592647805835238965e-10, 1.0818833408746399026e-11, 4.1667279538525398959e-13,
		1.4899445054740021289e-14, 4.97201431563707566e-16, 1.5553279202131589102e-17, 4.5787159956252139001e-19,
		1.2729385121662150415e-20,
	}
)

// Exp1 is the exponential integral E1, the integral of exp(-t)/t from x on: jax.scipy.special.exp1. It takes real
// numbers; negative ones give NaN.
func Exp1(x jnp.Array) jnp.Array {
	return unary("special.Exp1", x, func(x array) array { return exp1(strong(real(x))) })
}

func exp1(x array) array {
	return derived1(x, func(x array) array { return inFloat32(x, exp1Value) },
		func(x, _ array) array { return expUnder(x).Neg() })
}

// expUnder is exp(-x)/x.
func expUnder(x array) array {
	return derived1(x, func(x array) array { return over(jnp.Exp(x.Neg()), x) },
		func(x, y array) array { return jnp.Reciprocal(x).Add(1).Mul(y).Neg() })
}

func exp1Value(x array) array {
	near := x.Le(1)
	a, b := jnp.Where(near, x, 1), jnp.Where(near, 1, x)
	series := a.Mul(poly(a, exp1Near...)).Sub(jnp.Log(a)).Sub(euler)
	far := jnp.Exp(b.Neg()).Div(b).Mul(chebyshev(jnp.Sub(1, jnp.Div(8, b.Add(3))), exp1Far))
	return jnp.Where(near, series, far)
}

// Expn is the generalised exponential integral, the integral of exp(-x·t)/t^n for t from 1 on:
// jax.scipy.special.expn. It takes real numbers, promoted and broadcast, with whole n >= 0 and x >= 0; others give NaN.
// It is not differentiable with respect to n.
func Expn[N, X jnp.Operand](n N, x X) jnp.Array {
	return binary("special.Expn", n, x, func(n, x array) array { return expn(strong(real(n)), strong(real(x))) })
}

func expn(n, x array) array {
	return derived2(n, x, func(n, x array) array {
		return convert(expnValue(atLeastFloat32(n), atLeastFloat32(x)), x.DType())
	}, func(n, x, _, _, dx array) array {
		// Of n = 0 there is no n-1: that is exp(-x)/x.
		zero := n.Eq(0)
		slope := expn(jnp.Where(zero, 1, n.Sub(1)), x)
		return dx.Neg().Mul(jnp.Where(zero, expUnder(x).Mul(jnp.Reciprocal(x).Add(1)), slope))
	})
}

// expnValue is the power series up to 1 and the continued fraction beyond, but for n of 0, 1 and more than 5000, and
// for x of 0.
func expnValue(n, x array) array {
	zero, one, far := x.Eq(0), n.Eq(1), n.Ge(5000)
	conds := []array{
		n.Ge(0).And(x.Ge(0)).And(n.Eq(jnp.Round(n))).Not(),
		n.Eq(0),
		one,
		zero,
		jnp.IsInf(x),
		far,
		x.Gt(1),
	}
	some := conds[0].Or(n.Le(1)).Or(zero).Or(far).Not()
	return choose(conds, fill(x, math.NaN()), expUnder(x), exp1Value(jnp.Where(one, x, 1)),
		jnp.Reciprocal(n.Sub(1)), fill(x, 0), expnFar(n, x), expnFraction(n, x, some.And(x.Gt(1))),
		expnSeries(n, x, some.And(x.Le(1))))
}

// expnSeries is the power series where on holds, for n >= 2 and x <= 1; its last term is the one that has a logarithm.
func expnSeries(n, x, on array) array {
	eps := jnp.FInfo(x.DType()).Eps
	n, x = jnp.Where(on, n, 2), jnp.Where(on, x, 1)
	m := n.Sub(1)
	type state struct{ K, T, Sum, More array }
	end := lax.WhileLoop(func(s state) array { return s.More }, func(s state) state {
		k := s.K.Add(1)
		t := s.T.Mul(x.Neg().Div(k))
		d := m.Sub(k)
		sum := s.Sum.Add(jnp.Where(d.Eq(0), 0, t.Div(jnp.Where(d.Eq(0), 1, d))))
		return state{k, t, sum, t.Abs().Gt(sum.Abs().Mul(eps / 4)).And(k.Lt(40)).Any()}
	}, state{scalar(x, 0), fill(x, 1), jnp.Reciprocal(m), scalar(x, 1).Gt(0)})
	odd := jnp.Mod(m, 2).Eq(1)
	last := jnp.Exp(m.Mul(jnp.Log(x)).Sub(gammaln(n))).Mul(digamma(n).Sub(jnp.Log(x)))
	return end.Sum.Add(jnp.Where(odd, last.Neg(), last))
}

// expnFraction is the continued fraction where on holds, for x > 1, by Lentz's method.
func expnFraction(n, x, on array) array {
	eps := jnp.FInfo(x.DType()).Eps
	n, x = jnp.Where(on, n, 2), jnp.Where(on, x, 100) // elsewhere it may never converge
	type state struct{ K, C, D, H, More array }
	first := x.Add(n)
	end := lax.WhileLoop(func(s state) array { return s.More }, func(s state) state {
		k := s.K.Add(1)
		a := n.Sub(1).Add(k).Mul(k).Neg()
		b := first.Add(k.Mul(2))
		d := jnp.Reciprocal(a.Mul(s.D).Add(b))
		c := b.Add(a.Div(s.C))
		step := c.Mul(d)
		return state{k, c, d, s.H.Mul(step), step.Sub(1).Abs().Gt(eps).And(k.Lt(200)).Any()}
	}, state{scalar(x, 0), fill(x, 1e30), jnp.Reciprocal(first), jnp.Reciprocal(first), scalar(x, 1).Gt(0)})
	return end.H.Mul(jnp.Exp(x.Neg()))
}

// expnFar is the asymptotic expansion for n >= 5000.
func expnFar(n, x array) array {
	r := jnp.Reciprocal(x.Add(n))
	u, v := n.Mul(r), x.Mul(r) // by which nothing overflows
	s := r.Mul(u.Mul(v.Mul(v).Mul(6).Sub(u.Mul(v).Mul(8)).Add(u.Mul(u))))
	s = r.Mul(s.Add(u.Mul(u.Sub(v.Mul(2)))))
	s = r.Mul(s.Add(u))
	return s.Add(1).Mul(jnp.Exp(x.Neg())).Mul(r)
}

// scalar is v without axes, in the type of x.
func scalar(x array, v float64) array { return jnp.Wrap(ops.ScalarLit(ir.FloatLit(v, x.DType()))) }

// Cephes's rational approximations of x·(x·exp(-x)·Ei - 1) in 1/x up to 4, 8, 16, 32, 64, and beyond.
var (
	expiP = [6][]float64{
		{1.981808503259689673238e-2, -1.271645625984917501326e0, -2.088160335681228318920e0,
			2.755544509187936721172e0, -4.409507048701600257171e-1, 4.665623805935891391017e-2,
			-1.545042679673485262580e-3, 7.059980605299617478514e-5},
		{-1.373215375871208729803e0, -7.084559133740838761406e-1, 1.580806855547941010501e0,
			-2.601500427425622944234e-1, 2.994674694113713763365e-2, -1.038086040188744005513e-3,
			4.371064420753005429514e-5, 2.141783679522602903795e-6},
		{-2.106934601691916512584e0, 1.732733869664688041885e0, -2.423619178935841904839e-1,
			2.322724180937565842585e-2, 2.372880440493179832059e-4, -8.343219561192552752335e-5,
			1.363408795605250394881e-5, -3.655412321999253963714e-7, 1.464941733975961318456e-8,
			6.176407863710360207074e-10},
		{-2.458119367674020323359e-1, -1.483382253322077687183e-1, 7.248291795735551591813e-2,
			-1.348315687380940523823e-2, 1.342775069788636972294e-3, -7.942465637159712264564e-5,
			2.644179518984235952241e-6, -4.239473659313765177195e-8},
		{1.212561118105456670844e-1, -5.823133179043894485122e-1, 2.348887314557016779211e-1,
			-3.040034318113248237280e-2, 1.510082146865190661777e-3, -2.523137095499571377122e-5},
		{-7.657847078286127362028e-1, 6.886192415566705051750e-1, -2.132598113545206124553e-1,
			3.346107552384193813594e-2, -3.076541477344756050249e-3, 1.747119316454907477380e-4,
			-6.103711682274170530369e-6, 1.218032765428652199087e-7, -1.086076102793290233007e-9},
	}
	expiQ = [6][]float64{
		{1, 1.476498670914921440652e0, 5.629177174822436244827e-1, 1.699017897879307263248e-1,
			2.291647179034212017463e-2, 4.450150439728752875043e-3, 1.727439612206521482874e-4,
			3.953167195549672482304e-5},
		{1, 8.585231423622028380768e-1, 4.483285822873995129957e-1, 7.687932158124475434091e-2,
			2.449868241021887685904e-2, 8.832165941927796567926e-4, 4.590952299511353531215e-4,
			-4.729848351866523044863e-6, 2.665195537390710170105e-6},
		{1, -2.298062239901678075778e-1, 1.105077041474037862347e-1, -1.566542966630792353556e-2,
			2.761106850817352773874e-3, -2.089148012284048449115e-4, 1.708528938807675304186e-5,
			-4.459311796356686423199e-7, 1.394634930353847498145e-8, 6.150865933977338354138e-10},
		{1, -1.044225908443871106315e-1, -2.676453128101402655055e-1, 9.695000254621984627876e-2,
			-1.601745692712991078208e-2, 1.496414899205908021882e-3, -8.462452563778485013756e-5,
			2.728938403476726394024e-6, -4.239462431819542051337e-8},
		{1, -1.002252150365854016662e0, 2.928709694872224144953e-1, -3.337004338674007801307e-2,
			1.560544881127388842819e-3, -2.523137093603234562648e-5},
		{1, -1.888802868662308731041e0, 1.066691687211408896850e0, -2.751915982306380647738e-1,
			3.930852688233823569726e-2, -3.414684558602365085394e-3, 1.866844370703555398195e-4,
			-6.345146083130515357861e-6, 1.239754287483206878024e-7, -1.086076102793126632978e-9},
	}
)

// expiZero is the zero of Ei, and what float64 leaves of it.
const expiZero, expiZeroLow = 0.3725074107813666, 1.3140183414386028e-17

// Expi is the exponential integral Ei, the integral of exp(t)/t up to x: jax.scipy.special.expi. It takes real numbers.
func Expi(x jnp.Array) jnp.Array {
	return unary("special.Expi", x, func(x array) array {
		return derived1(strong(real(x)), func(x array) array { return inFloat32(x, expi) },
			func(x, _ array) array { return expOver(x) })
	})
}

// expOver is exp(x)/x.
func expOver(x array) array {
	return derived1(x, func(x array) array {
		return jnp.Where(jnp.IsPosInf(x), x, expHalves(x, over(fill(x, 1), x)))
	}, func(x, y array) array {
		return jnp.Where(jnp.IsPosInf(x), x, y.Mul(jnp.Sub(1, jnp.Reciprocal(x))))
	})
}

func expi(x array) array {
	left, near := x.Lt(0), x.Le(2)
	positive := jnp.Where(left, 1, x)
	inner := jnp.Where(near, positive, 1)
	off := minus(inner, expiZero, expiZeroLow)
	close := jnp.Where(off.Abs().Lt(0.15), jnp.Log1p(off.Div(expiZero)), logOfQuotient(inner, expiZero))
	series := close.Add(off.Mul(chebyshev(inner.Sub(1), expiNear)))

	// The part of each x beyond; the constants of the part are chosen, not the results.
	w := jnp.Reciprocal(jnp.Where(near, 3, x))
	var conds, parts []array
	for i, to := range []float64{4, 8, 16, 32, 64, 0} {
		if to > 0 {
			conds = append(conds, x.Le(to))
		}
		parts = append(parts, ratio(w, expiP[i], expiQ[i]))
	}
	far := expHalves(x, w.Mul(w.Mul(choose(conds, parts...)).Add(1)))
	return choose([]array{left, near, jnp.IsPosInf(x)}, exp1Value(jnp.Where(left, x.Neg(), 1)).Neg(), series, x, far)
}
