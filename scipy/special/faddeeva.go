package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
)

// Weideman's rational approximation of the Faddeeva function with 32 terms (Computation of the complex error
// function, 1994).
const weidemanL = 4.7568284600108841

var weideman = []float64{
	-1.3034426067909105e-12, 3.7411838373738471e-12, 8.030427700497756e-12, -2.1543593557490879e-11,
	-5.5442449963237932e-11, 1.165824698850374e-10, 4.1537441121999766e-10, -5.2310202114920615e-10,
	-3.2080151339721323e-09, 8.1248864216535907e-10, 2.3797556530014025e-08, 2.2930438438915445e-08,
	-1.4813078929137642e-07, -4.1840763750512053e-07, 4.2558331397138446e-07, 4.4015317312832251e-06,
	6.8210319443575151e-06, -2.1409619201999998e-05, -0.00013075449254579421, -0.00024532980270038237,
	0.00039259136070109705, 0.0045195411053493093, 0.019006155784845501, 0.057304403529837282, 0.14060716226893755,
	0.29544451071508743, 0.54601397206393376, 0.9019254893648001, 1.3455441692345449, 1.8256696296324815,
	2.2635372999002676, 2.5722534081245696,
}

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
		return wofz(z)
	})
}

var complexOf = of2(ops.Complex)

// timesI is i·z.
func timesI(z array) array { return complexOf(z.Imag().Neg(), z.Real()) }

func wofz(z array) array {
	return derived1(z, func(z array) array {
		up := z.Imag().Ge(0)
		w := wofzAbove(jnp.Where(up, z, z.Neg()))
		return jnp.Where(up, w, jnp.Exp(z.Mul(z).Neg()).Mul(2).Sub(w))
	}, func(z, w array) array {
		c := fill(z.Real(), 2/math.Sqrt(math.Pi))
		return z.Mul(2).Mul(w).Neg().Add(complexOf(fill(c, 0), c))
	})
}

// wofzAbove is wofz in the upper half-plane.
func wofzAbove(z array) array {
	re := z.Real()
	iz := timesI(z)
	l := complexOf(fill(re, weidemanL), fill(re, 0))
	denom := l.Sub(iz)
	p := poly(l.Add(iz).Div(denom), weideman...)
	return p.Mul(2).Div(denom.Mul(denom)).Add(complexOf(fill(re, 1/math.Sqrt(math.Pi)), fill(re, 0)).Div(denom))
}

// Erfcx is exp(x²)·erfc(x) without overflow for large x: jax.scipy.special.erfcx. It takes real and complex numbers.
func Erfcx(x jnp.Array) jnp.Array {
	return unary("special.Erfcx", x, func(x array) array {
		if x.DType().IsComplex() {
			return wofz(timesI(x))
		}
		return derived1(strong(x), erfcx, func(x, y array) array {
			return x.Mul(2).Mul(y).Sub(2 / math.Sqrt(math.Pi))
		})
	})
}

func erfcx(x array) array {
	d := x.DType()
	x = atLeastFloat32(x)
	asymptotic := []float64{6.5625, -1.875, 0.75, -0.5, 1}
	if d == ir.Float64 {
		asymptotic = []float64{7918.06640625, -1055.7421875, 162.421875, -29.53125, 6.5625, -1.875, 0.75, -0.5, 1}
	}
	far := x.Gt(math.Sqrt(math.Log(jnp.FInfo(x.DType()).Max))) // where exp(x²) overflows
	safe := jnp.Where(far, fill(x, 1), x)
	near := jnp.Exp(jnp.Square(safe)).Mul(erfc(safe))
	tail := poly(jnp.Div(1, jnp.Square(x)), asymptotic...).Div(x.Mul(math.Sqrt(math.Pi)))
	y := jnp.Where(far, tail, near)
	if d != x.DType() {
		y = y.AsType(d)
	}
	return y
}

// Cephes's rational approximations of Dawson's integral: below 3.25 in x², from there to 6.25 and beyond in 1/x².
var (
	dawsnP = [3][]float64{
		{1.13681498971755972054e-11, 8.49262267667473811108e-10, 1.94434204175553054283e-8, 9.53151741254484363489e-7,
			3.07828309874913200438e-6, 3.52513368520288738649e-4, -8.50149846724410912031e-4,
			4.22618223005546594270e-2, -9.17480371773452345351e-2, 9.99999999999999994612e-1},
		{5.08955156417900903354e-1, -2.44754418142697847934e-1, 9.41512335303534411857e-2, -2.18711255142039025206e-2,
			3.66207612329569181322e-3, -4.23209114460388756528e-4, 3.59641304793896631888e-5,
			-2.14640351719968974225e-6, 9.10010780076391431042e-8, -2.40274520828250956942e-9,
			3.59233385440928410398e-11},
		{-5.90592860534773254987e-1, 6.29235242724368800674e-1, -1.72858975380388136411e-1, 1.64837047825189632310e-2,
			-4.86827613020462700845e-4},
	}
	dawsnQ = [3][]float64{
		{2.40372073066762605484e-11, 1.48864681368493396752e-9, 5.21265281010541664570e-8, 1.27258478273186970203e-6,
			2.32490249820789513991e-5, 3.25524741826057911661e-4, 3.48805814657162590916e-3,
			2.79448531198828973716e-2, 1.58874241960120565368e-1, 5.74918629489320327824e-1, 1},
		{1, -6.31839869873368190192e-1, 2.36706788228248691528e-1, -5.31806367003223277662e-2,
			8.48041718586295374409e-3, -9.47996768486665330168e-4, 7.81025592944552338085e-5,
			-4.55875153252442634831e-6, 1.89100358111421846170e-7, -4.91324691331920606875e-9,
			7.18466403235734541950e-11},
		{1, -2.69820057197544900361e0, 1.73270799045947845857e0, -3.93708582281939493482e-1,
			3.44278924041233391079e-2, -9.73655226040941223894e-4},
	}
)

// Dawsn is Dawson's integral, exp(-x²) times the integral of exp(t²) from 0 to x: jax.scipy.special.dawsn. It takes
// real numbers.
func Dawsn(x jnp.Array) jnp.Array {
	return unary("special.Dawsn", x, func(x array) array {
		return derived1(strong(real(x)), dawsn, func(x, y array) array { return jnp.Sub(1, x.Mul(2).Mul(y)) })
	})
}

func dawsn(x array) array {
	d := x.DType()
	x = atLeastFloat32(x)
	ax := x.Abs()
	inner, middle := ax.Lt(3.25), ax.Lt(6.25)
	// Each part gets operands at which it is finite.
	a := jnp.Where(inner, ax, 1.0)
	a2 := jnp.Square(a)
	y := a.Mul(poly(a2, dawsnP[0]...)).Div(poly(a2, dawsnQ[0]...))
	part := func(in array, i int) array {
		a := jnp.Where(in, ax, 1.0)
		t := jnp.Where(in, jnp.Div(1, jnp.Square(ax)), 1.0)
		return jnp.Div(0.5, a).Mul(t.Mul(poly(t, dawsnP[i]...)).Div(poly(t, dawsnQ[i]...)).Add(1))
	}
	y = jnp.Where(inner, y, jnp.Where(middle, part(inner.Not().And(middle), 1), part(ax.Ge(6.25), 2)))
	y = jnp.Sign(x).Mul(y)
	if d != x.DType() {
		y = y.AsType(d)
	}
	return y
}
