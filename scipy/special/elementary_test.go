package special_test

import (
	"math"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/special"
)

// edge is a point of a function, with the value and two derivatives; wide says that it is one of float64 alone.
type edge struct {
	f           func(x jnp.Array) jnp.Array
	x           float64
	want, d, dd float64
	wide        bool
}

var inf, nan = math.Inf(1), math.NaN()

// with is f of a number and of x, and by of x and of a number.
func with(f func(a, b jnp.Array) jnp.Array, v float64) func(x jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array { return f(jnp.FullLike(x, v), x) }
}

func by(f func(a, b jnp.Array) jnp.Array, v float64) func(x jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array { return f(x, jnp.FullLike(x, v)) }
}

var (
	xlogy, xlog1py  = special.XLogY[jnp.Array, jnp.Array], special.XLog1pY[jnp.Array, jnp.Array]
	relEntr, klDiv  = special.RelEntr[jnp.Array, jnp.Array], special.KLDiv[jnp.Array, jnp.Array]
	boxcox, boxcox1 = special.BoxCox[jnp.Array, jnp.Array], special.BoxCox1p[jnp.Array, jnp.Array]
	zeta, expn      = special.Zeta[jnp.Array, jnp.Array], special.Expn[jnp.Array, jnp.Array]
	gammaInc        = special.GammaInc[jnp.Array, jnp.Array]
	gammaIncc       = special.GammaIncc[jnp.Array, jnp.Array]
	poch            = special.Poch[jnp.Array, jnp.Array]
)

// hyp1f1 is 1F1(a; b; x).
func hyp1f1(a, b float64) func(x jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array { return special.Hyp1F1(a, b, x) }
}

// edges are points at the ends of what a function is defined for, where terms of the usual formulas are infinite, 0 or
// NaN, at subnormal numbers, which arithmetic takes for 0, and so far out that squares overflow.
var edges = map[string]edge{
	"XLogY(0, y)":    {f: with(xlogy, 0)},
	"XLogY(0, 2)":    {with(xlogy, 0), 2, 0, 0, 0, false},
	"XLogY(1, y)":    {with(xlogy, 1), 0, -inf, inf, -inf, false},
	"XLogY(x, 0)":    {by(xlogy, 0), 0, 0, -inf, 0, false},
	"XLogY(x, 2)":    {by(xlogy, 2), 0, 0, math.Ln2, 0, false},
	"XLogY(x, x)":    {func(x jnp.Array) jnp.Array { return special.XLogY(x, x) }, 0, 0, -inf, inf, false},
	"XLog1pY(0, y)":  {with(xlog1py, 0), -1, 0, 0, 0, false},
	"XLog1pY(2, y)":  {with(xlog1py, 2), 0, 0, 2, -2, false},
	"Entr at 0":      {special.Entr, 0, 0, inf, -inf, false},
	"Entr below 0":   {special.Entr, -1, -inf, 0, 0, false},
	"RelEntr(p, 2)":  {by(relEntr, 2), 0, 0, -inf, inf, false},
	"RelEntr(0, q)":  {with(relEntr, 0), 0, 0, 0, 0, false},
	"RelEntr(0, 2)":  {with(relEntr, 0), 2, 0, 0, 0, false},
	"KLDiv(p, 2)":    {by(klDiv, 2), 0, 2, -inf, inf, false},
	"KLDiv(0, q)":    {with(klDiv, 0), 2, 2, 1, 0, false},
	"BoxCox(x, 2)":   {by(boxcox, 2), 0, -0.5, 0, 1, false},
	"BoxCox(x, 1)":   {by(boxcox, 1), 0, -1, 1, 0, false},
	"BoxCox(0, l)":   {with(boxcox, 0), 2, -0.5, 0.25, -0.25, false},
	"BoxCox1p(x, 1)": {by(boxcox1, 1), -1, -1, 1, 0, false},
	"BoxCox(2, l)": {with(boxcox, 2), 0, math.Ln2,
		math.Ln2 * math.Ln2 / 2, math.Ln2 * math.Ln2 * math.Ln2 / 3, false},
	"LogNdtr":           {special.LogNdtr, -1e20, -5e39, 1e20, -1, true},
	"LogNdtr at -1e19":  {special.LogNdtr, -1e19, -5e37, 1e19, -1, false},
	"LogNdtr at -3e38":  {special.LogNdtr, -2e38, -inf, 2e38, -1, false},
	"LogNdtr at -1e170": {special.LogNdtr, -1e170, -inf, 1e170, -1, true},
	"LogNdtr at -1e300": {special.LogNdtr, -1e300, -inf, 1e300, -1, true},
	"LogNdtr at 1e170":  {special.LogNdtr, 1e170, 0, 0, 0, true},
	"Ndtri at 0":        {special.Ndtri, 0, -inf, inf, -inf, false},
	"Ndtri at 1/2":      {special.Ndtri, 0.5, 0, math.Sqrt(2 * math.Pi), 0, false},
	"I0e":               {special.I0e, inf, 0, 0, 0, false},
	"I0e at -inf":       {special.I0e, -inf, 0, 0, 0, false},
	"I1e":               {special.I1e, inf, 0, 0, 0, false},
	"I1e at -inf":       {special.I1e, -inf, 0, 0, 0, false},
	"Gamma":             {special.Gamma, inf, inf, inf, inf, false},
	"GammaInc(a, 1.5)":  {by(gammaInc, 1.5), 2, 0.44217459962892534, -0.31348863782507932, 0.10058919839254356, false},
	"GammaIncc(a, 1.5)": {by(gammaIncc, 1.5), 2, 0.55782540037107466, 0.31348863782507932, -0.10058919839254356, false},
	"Poch(z, -1000)":    {by(poch, -1000), -3.5, 0, 0, 0, false},
	"1F1(-3.1, 3, x)":   {hyp1f1(-3.1, 3), 1e6, inf, inf, inf, false},
	"1F1(-2.5, 3.5, x)": {hyp1f1(-2.5, 3.5), 1e5, -inf, -inf, -inf, false},
	"1F1(2.5, 3.5, x)":  {hyp1f1(2.5, 3.5), 1e9, inf, inf, inf, false},
	"1F1(1e3, 1.35, x)": {hyp1f1(1e3, 1.35), -1e5, 0, 0, 0, false},
	"Digamma at 0":      {special.Digamma, 0, -inf, inf, -inf, false},
	"Expi":              {special.Expi, 5e-324, -743.86285625647972945, inf, -inf, true},
	"Expi in float32":   {special.Expi, 1e-40, -91.526193444763344043, inf, -inf, false},
	"Exp1":              {special.Exp1, 5e-324, 743.86285625647972945, -inf, inf, true},
	"Ci": {func(x jnp.Array) jnp.Array {
		_, ci := special.Sici(x)
		return ci
	}, 5e-324, -743.86285625647972945, inf, -inf, true},
	"Expn of 0": {with(expn, 0), 1e-308, 1e308, -inf, inf, true},
	"Polygamma": {func(x jnp.Array) jnp.Array { return special.Polygamma(2, x) }, -1e-310, inf, inf, inf, true},
	"Zeta":      {with(zeta, 3), -1e-310, -inf, -inf, -inf, true},
	"Zeta(2.5)": {with(zeta, 2.5), -1e-310, nan, nan, nan, true},
}

func TestEdges(t *testing.T) {
	for name, c := range edges {
		for _, d := range []jnp.DType{jnp.Float64, jnp.Float32} {
			if c.wide && d == jnp.Float32 || name == "Expi in float32" && d == jnp.Float64 {
				continue
			}
			gojax.WithX64(d == jnp.Float64, func() {
				x := jnp.FromSlice([]float64{c.x, c.x}).AsType(d)
				if d == jnp.Float32 {
					x = jnp.FromSlice([]float32{float32(c.x), float32(c.x)})
				}
				slope := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(c.f(x)) })
				forward := func(x jnp.Array) jnp.Array {
					_, dx := gojax.JVP(c.f, x, jnp.OnesLike(x))
					return dx
				}
				bend := gojax.Grad(func(x jnp.Array) jnp.Array { return jnp.Sum(forward(x)) })
				for _, r := range []struct {
					what string
					got  jnp.Array
					want float64
				}{
					{"", c.f(x), c.want}, {" under Jit", gojax.Jit(c.f)(x), c.want}, {"'", slope(x), c.d},
					{"' under Jit", gojax.Jit(slope)(x), c.d}, {"' forward", forward(x), c.d}, {"''", bend(x), c.dd},
					{"'' under Jit", gojax.Jit(bend)(x), c.dd},
				} {
					got := r.got.Index(1).Item()
					same := got == r.want || got != got && r.want != r.want
					if !same && !(math.Abs(got-r.want) <= 1e-6*math.Abs(r.want)) {
						t.Errorf("%s%s, %v, at %v: %v, want %v", name, r.what, d, c.x, got, r.want)
					}
				}
			})()
		}
	}
}

// In 16 bits BoxCox is that of float32, rounded: to the end of the range, with its slope.
func TestBoxCoxOfHalves(t *testing.T) {
	for _, c := range []struct {
		d           jnp.DType
		x, l, y, dy float64
		tol         float64
	}{
		{jnp.Float16, 300, 2, 44999.5, 300, 1e-3}, {jnp.Float16, 0.001, 0.5, -1.93675, 31.62, 2e-3},
		{jnp.BFloat16, 1e20, 1, 1e20, 1, 8e-3},
	} {
		x := jnp.AsArray(float32(c.x)).AsType(c.d)
		f := func(x jnp.Array) jnp.Array { return special.BoxCox(x, c.l) }
		y, dy := gojax.ValueAndGrad(f)(x)
		if y.DType() != c.d || math.Abs(y.Item()/c.y-1) > c.tol || math.Abs(dy.Item()/c.dy-1) > c.tol {
			t.Errorf("BoxCox(%v, %v): %v, want %v; slope %v, want %v", x, c.l, y, c.y, dy, c.dy)
		}
	}
}
