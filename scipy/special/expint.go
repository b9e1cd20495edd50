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

// Exp1 is the exponential integral E1, the integral of exp(-t)/t from x on: jax.scipy.special.exp1. It takes real
// numbers; negative ones give NaN.
func Exp1(x jnp.Array) jnp.Array {
	return unary("special.Exp1", x, func(x array) array { return expn(fill(real(x), 1), x) })
}

// Expn is the generalised exponential integral, the integral of exp(-x·t)/t^n for t from 1 on:
// jax.scipy.special.expn. It takes real numbers, promoted and broadcast, with whole n >= 0 and x >= 0. It is not
// differentiable with respect to n.
func Expn[N, X jnp.Operand](n N, x X) jnp.Array {
	return binary("special.Expn", n, x, func(n, x array) array { return expn(real(n), real(x)) })
}

func expn(n, x array) array {
	return derived2(n, x, expnValue, func(n, x, _, _, dx array) array {
		// Of n = 0 there is no n-1: that is exp(-x)/x.
		zero := n.Eq(0)
		slope := expn(jnp.Where(zero, 1, n.Sub(1)), x)
		return dx.Neg().Mul(jnp.Where(zero, jnp.Exp(x.Neg()).Div(x).Mul(jnp.Reciprocal(x).Add(1)), slope))
	})
}

// expnValue are Cephes's three methods, and JAX's order of precedence between them and the special cases.
func expnValue(n, x array) array {
	big, right := n.Ge(5000), x.Gt(1)
	edge := jnp.Select([]array{
		n.Eq(0).And(x.Ge(0)),
		x.Eq(0).And(n.Ge(2)),
		x.Eq(0).And(n.Lt(2)),
		n.Lt(0).Or(x.Lt(0)),
	}, []array{
		jnp.Exp(x.Neg()).Div(x),
		jnp.Reciprocal(jnp.Where(n.Eq(1), n.Add(n), n)),
		fill(x, math.Inf(1)),
		fill(x, math.NaN()),
	}, math.NaN())
	known := n.Eq(0).And(x.Ge(0)).Or(x.Eq(0)).Or(n.Lt(0)).Or(x.Lt(0))
	series := known.Or(big).Or(right).Not()
	return choose([]array{right, big, known}, expnFraction(n, x, right), expnFar(n, x), edge, expnSeries(n, x, series))
}

// expnSeries is the power series, for x <= 1; it is computed where on holds.
func expnSeries(n, x, on array) array {
	eps := jnp.FInfo(x.DType()).Eps
	one := n.Eq(1)
	type harmonic struct{ I, Psi array }
	psi := lax.WhileLoop(func(s harmonic) array { return s.I.Lt(n).And(on).Any() }, func(s harmonic) harmonic {
		return harmonic{s.I.Add(1), jnp.Where(s.I.Lt(n).And(on), s.Psi.Add(jnp.Reciprocal(s.I)), s.Psi)}
	}, harmonic{scalar(x, 1), jnp.Sub(-euler, jnp.Log(x))}).Psi

	z := x.Neg()
	first := jnp.Where(one, 0, jnp.Reciprocal(jnp.Sub(1, jnp.Where(one, 2, n))))
	type series struct{ Xk, Yk, Pk, Sum, T array }
	going := func(s series) array { return x.Gt(0).And(s.T.Gt(eps)).And(on) }
	end := lax.WhileLoop(func(s series) array { return going(s).Any() }, func(s series) series {
		on := going(s)
		xk := s.Xk.Add(1)
		yk, pk := s.Yk.Mul(z.Div(xk)), s.Pk.Add(1)
		sum := s.Sum.Add(jnp.Where(pk.Ne(0), yk.Div(pk), 0))
		t := jnp.Where(sum.Ne(0), yk.Div(sum).Abs(), 1)
		keep := func(x, old array) array { return jnp.Where(on, x, old) }
		return series{xk, keep(yk, s.Yk), keep(pk, s.Pk), keep(sum, s.Sum), keep(t, s.T)}
	}, series{scalar(x, 0), fill(x, 1), jnp.Sub(1, n), first, fill(x, math.Inf(1))})
	return jnp.Power(z, n.Sub(1)).Mul(psi).Div(jnp.Exp(gammaln(n))).Sub(end.Sum)
}

// expnFraction is the continued fraction, for x > 1; it is computed where on holds.
func expnFraction(n, x, on array) array {
	eps := jnp.FInfo(x.DType()).Eps
	const big = 1.44115188075855872e17
	x = jnp.Where(on, x, 2) // elsewhere it may never converge
	type state struct{ K, P2, Q2, P1, Q1, Sum, T array }
	going := func(s state) array { return s.T.Gt(eps).And(on) }
	first := x.Add(n)
	end := lax.WhileLoop(func(s state) array { return going(s).Any() }, func(s state) state {
		on := going(s)
		k := s.K.Add(1)
		odd := jnp.Mod(k, 2).Eq(1)
		yk := jnp.Where(odd, fill(x, 1), x)
		xk := jnp.Where(odd, n.Add(k.Sub(1).Div(2)), k.Div(2))
		p, q := s.P1.Mul(yk).Add(s.P2.Mul(xk)), s.Q1.Mul(yk).Add(s.Q2.Mul(xk))
		some := q.Ne(0)
		r := p.Div(q)
		t := jnp.Where(some, s.Sum.Sub(r).Div(r).Abs(), 1)
		scale := jnp.Where(p.Abs().Gt(big), 1/big, 1)
		keep := func(x, old array) array { return jnp.Where(on, x, old) }
		return state{k, keep(s.P1.Mul(scale), s.P2), keep(s.Q1.Mul(scale), s.Q2), keep(p.Mul(scale), s.P1),
			keep(q.Mul(scale), s.Q1), keep(jnp.Where(some, r, s.Sum), s.Sum), keep(t, s.T)}
	}, state{scalar(x, 1), fill(x, 1), x, fill(x, 1), first, jnp.Reciprocal(first), fill(x, math.Inf(1))})
	return end.Sum.Mul(jnp.Exp(x.Neg()))
}

// expnFar is the asymptotic expansion for n >= 5000.
func expnFar(n, x array) array {
	b := x.Add(n)
	y := jnp.Reciprocal(b.Mul(b))
	s := y.Mul(n).Mul(x.Mul(x).Mul(6).Sub(n.Mul(x).Mul(8)).Add(n.Mul(n)))
	s = y.Mul(s.Add(n.Mul(n.Sub(x.Mul(2)))))
	s = y.Mul(s.Add(n))
	return s.Add(1).Mul(jnp.Exp(x.Neg())).Div(b)
}

// scalar is v without axes, in the type of x.
func scalar(x array, v float64) array { return jnp.Wrap(ops.ScalarLit(ir.FloatLit(v, x.DType()))) }

// Cephes's rational approximations of the exponential integral Ei: of (Ei - log x - euler)/x up to 2, and of
// x·(x·exp(-x)·Ei - 1) in 1/x up to 4, 8, 16, 32, 64, and beyond.
var (
	expiP = [7][]float64{
		{-5.350447357812542947283e0, 2.185049168816613393830e2, -4.176572384826693777058e3, 5.541176756393557601232e4,
			-3.313381331178144034309e5, 1.592627163384945414220e6},
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
	expiQ = [7][]float64{
		{1, -5.250547959112862969197e1, 1.259616186786790571525e3, -1.756549581973534652631e4,
			1.493062117002725991967e5, -7.294949239640527645655e5, 1.592627163384945429726e6},
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

// Expi is the exponential integral Ei, the integral of exp(t)/t up to x: jax.scipy.special.expi. It takes real numbers.
func Expi(x jnp.Array) jnp.Array {
	return unary("special.Expi", x, func(x array) array {
		return derived1(real(x), expi, func(x, _ array) array { return jnp.Exp(x).Div(x) })
	})
}

func expi(x array) array {
	left := x.Lt(0)
	positive := jnp.Where(left, 1, x)
	// The part of each x, of 1/x but for the first; the constants of the part are chosen, not the results.
	first := positive.Gt(0).And(positive.Le(2))
	w := jnp.Where(first, positive, jnp.Reciprocal(positive))
	var conds []array
	for _, to := range []float64{2, 4, 8, 16, 32, 64} {
		c := positive.Le(to)
		if to == 2 {
			c = first
		} else {
			c = c.And(positive.Gt(to / 2))
		}
		conds = append(conds, c)
	}
	parts := make([]array, len(expiP))
	for i := range expiP {
		parts[i] = ratio(w, expiP[i], expiQ[i])
	}
	f := choose(conds, parts...)
	near := positive.Mul(f).Add(euler).Add(jnp.Log(positive))
	far := jnp.Exp(positive).Mul(w).Mul(w.Mul(f).Add(1))
	return jnp.Where(left, expn(fill(x, 1), jnp.Where(left, x.Neg(), 1)).Neg(), jnp.Where(first, near, far))
}
