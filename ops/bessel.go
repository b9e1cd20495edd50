package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Modified Bessel functions of the first kind, scaled: exp(-|x|)·I(x), which overflows nowhere.

type besselI0e struct{ unaryFloat }

func (besselI0e) Name() string { return "bessel_i0e" }

// BesselI0e is exp(-|x|) times the modified Bessel function of the first kind and order 0, for floats.
func BesselI0e(x *Value) *Value { return one(besselI0e{}, x) }

func (besselI0e) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		return []*Value{atLeastFloat32(func(v []*Value) *Value {
			x := Abs(v[0])
			near := chebyshev(bessel0Near, Sub(Mul(x, FullLike(x, 0.25)), FullLike(x, 1)))
			far := Max(x, FullLike(x, 8))
			return Select(Le(x, FullLike(x, 8)), near, Div(chebyshev(bessel0Far, farFrom8(far)), Sqrt(far)))
		}, v[0])}
	})
}

// farFrom8 is the argument of the series beyond 8.
func farFrom8(x *Value) *Value { return Sub(Div(FullLike(x, 16), x), FullLike(x, 1)) }

// atLeastFloat32 is f of x, of narrower floats in float32.
func atLeastFloat32(f func(x []*Value) *Value, x ...*Value) *Value {
	d := x[0].DType()
	if d.Bits() > 16 {
		return f(x)
	}
	wide := make([]*Value, len(x))
	for i, v := range x {
		wide[i] = Convert(v, ir.Float32)
	}
	return Convert(f(wide), d)
}

// besselSlope is the derivative of a scaled Bessel function with value y: by near up to 8, and beyond by the series
// that the function has there, whose derivative loses no digits.
func besselSlope(x, y *Value, near func(x, size, sign, y *Value) *Value, series []float64, even bool) *Value {
	return atLeastFloat32(func(v []*Value) *Value {
		x, y := v[0], v[1]
		size, sign := Abs(x), Sign(x)
		eight := FullLike(x, 8)
		inner := Le(size, eight)
		r := Div(FullLike(x, 1), Max(size, eight))
		u := Sub(Mul(FullLike(x, 16), r), FullLike(x, 1))
		half := Mul(FullLike(x, 0.5), chebyshev(series, u))
		far := Neg(Mul(Add(half, Mul(Mul(FullLike(x, 16), r), chebyshev(slopes(series), u))),
			Div(r, Sqrt(Max(size, eight)))))
		if even {
			far = Mul(far, sign)
		}
		zero := ZerosLike(x)
		return Select(inner, near(Select(inner, x, zero), Select(inner, size, zero), sign, y), far)
	}, x, y)
}

// slopes is the Chebyshev series of the derivative of that of c.
func slopes(c []float64) []float64 {
	d := make([]float64, len(c)+1)
	for k := len(c) - 1; k > 0; k-- {
		d[k-1] = d[k+1] + 2*float64(k)*c[k]
	}
	return d[:len(c)-1]
}

func (besselI0e) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		near := func(x, _, sign, y *Value) *Value { return Sub(BesselI1e(x), Mul(sign, y)) }
		return Mul(g, besselSlope(x[0], y, near, bessel0Far, true))
	})
}

// Chebyshev series, computed in 40 digits: of exp(-x)·I0(x) over [0, 8] in x/4-1, and of that times sqrt(x) beyond in
// 16/x-1.
var (
	bessel0Near = []float64{
		0.676795274409476085, -0.3046826723431983987, 0.1716209015222087753, -0.09490109704804764442,
		0.04930528423967070849, -0.02373741480589946882, 0.01054646039459499832, -0.004324309995050575944,
		0.001639475616941335798, -0.0005763755745385823659, 0.0001885028850958416557, -0.00005754195010082103704,
		0.00001644844807072889709, -4.416738358458750564e-6, 1.117387539120103718e-6, -2.670793853940611734e-7,
		6.046995022541918949e-8, -1.300025009986248042e-8, 2.65982372468238665e-9, -5.189795601635262907e-10,
		9.675809035373236912e-11, -1.726826291441555707e-11, 2.955052663129639835e-12, -4.856446783111929461e-13,
		7.676185498604935617e-14, -1.168533287799345168e-14, 1.715391285555133031e-15, -2.431279846547954694e-16,
		3.330794518822238098e-17, -4.415341646479339379e-18,
	}
	bessel0Far = []float64{
		0.8044904110141088316, 0.00336911647825569409, 0.00006889758346916823984, 2.891370520834756483e-6,
		2.048918589469063742e-7, 2.266668990498178065e-8, 3.396232025708386345e-9, 4.940602388224969589e-10,
		1.188914710784643834e-11, -3.149916527963241365e-11, -1.321581184044771312e-11, -1.794178531506806118e-12,
		7.180124451383666234e-13, 3.852778382742142701e-13, 1.540086217521409827e-14, -4.150569347287222087e-14,
		-9.554846698828307649e-15, 3.811680669352622421e-15, 1.772560133056526384e-15, -3.425485619677219135e-16,
		-2.827623980516583485e-16, 3.461222867697461093e-17, 4.465621420296759999e-17, -4.830504485944182071e-18,
		-7.233180487874753955e-18, 9.921475412173698599e-19, 1.193650890845982086e-18,
	}
)

// bessel1Far is bessel0Far for I1.
var bessel1Far = []float64{
	0.77857623501828012047, -9.7610974913614684078e-3, -1.1058893876262371629e-4, -3.8825648088776903935e-6,
	-2.5122362378702089253e-7, -2.6314688468895195068e-8, -3.835380385964237022e-9, -5.5897434621965838069e-10,
	-1.8974958123505412345e-11, 3.2526035830154882386e-11, 1.4125807436613781332e-11, 2.0356285441470895072e-12,
	-7.1985517762459085121e-13, -4.0835511110921973182e-13, -2.101541842772664313e-14, 4.2724400167119513543e-14,
	1.0420276984128802764e-14, -3.8144030724370078048e-15, -1.8803547755107824485e-15, 3.308202310920928283e-16,
	2.9626289976459501392e-16, -3.2095259219934239693e-17, -4.6503053684893583105e-17, 4.4143483230717080136e-18,
	7.5172963108421041837e-18, -9.3141788673268738486e-19, -1.2421932751948906417e-18, 2.4142767194548104117e-19,
	2.0269443840533447086e-19, -6.3942671882688880599e-20, -3.0498124523755271624e-20, 1.6128418516551625194e-20,
	3.5609139643282658536e-21, -3.7520179480983420394e-21,
}

// chebyshev is the series of coefficients c (the first counts half) at u, by Clenshaw's recurrence, as far as the dtype
// sees it.
func chebyshev(c []float64, u *Value) *Value {
	if u.DType() != ir.Float64 {
		for len(c) > 1 && c[len(c)-1] < 1e-9 && c[len(c)-1] > -1e-9 {
			c = c[:len(c)-1]
		}
	}
	twice := Add(u, u)
	b1, b2 := ZerosLike(u), ZerosLike(u)
	for i := len(c) - 1; i > 0; i-- {
		b1, b2 = Add(Sub(Mul(twice, b1), b2), FullLike(u, c[i])), b1
	}
	return Add(Sub(Mul(u, b1), b2), FullLike(u, c[0]/2))
}

type besselI1e struct{ unaryFloat }

func (besselI1e) Name() string { return "bessel_i1e" }

// BesselI1e is exp(-|x|) times the modified Bessel function of the first kind and order 1, for floats.
func BesselI1e(x *Value) *Value { return one(besselI1e{}, x) }

func (besselI1e) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return hlo(e, "chlo.bessel_i1e", x, "")
}

func (besselI1e) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		near := func(x, size, sign, y *Value) *Value { return Sub(Mul(Exp(Neg(size)), besselI1Slope(x)), Mul(sign, y)) }
		return Mul(g, besselSlope(x[0], y, near, bessel1Far, false))
	})
}

// besselI1Slope is the derivative of I1 up to 8, by its power series, which has no negative terms.
func besselI1Slope(x *Value) *Value {
	n := 24
	if x.DType() != ir.Float64 {
		n = 16
	}
	c := make([]float64, n) // (2k+1)/(2·k!·(k+1)!)
	f := 1.0
	for k := range c {
		c[k] = float64(2*k+1) / 2 * f
		f /= float64((k + 1) * (k + 2))
	}
	t := Mul(x, Mul(x, FullLike(x, 0.25)))
	y := FullLike(x, c[n-1])
	for k := n - 2; k >= 0; k-- {
		y = Add(Mul(y, t), FullLike(x, c[k]))
	}
	return y
}
