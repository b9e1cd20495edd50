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
		d := v[0].DType()
		x := v[0]
		if d.Bits() == 16 {
			x = Convert(x, ir.Float32)
		}
		x = Abs(x)
		eight := FullLike(x, 8)
		near := chebyshev(bessel0Near, Sub(Mul(x, FullLike(x, 0.25)), FullLike(x, 1)))
		far := Max(x, eight)
		wide := Div(chebyshev(bessel0Far, Sub(Div(FullLike(x, 16), far), FullLike(x, 1))), Sqrt(far))
		y := Select(Le(x, eight), near, wide)
		if y.DType() != d {
			y = Convert(y, d)
		}
		return []*Value{y}
	})
}

func (besselI0e) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		return Mul(g, Sub(BesselI1e(x[0]), Mul(Sign(x[0]), y)))
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

// JVP: I1' is I0 - I1/x, which at 0 is 1/2.
func (besselI1e) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	return jvp1(c, x, t, func(g, y *Value) *Value {
		zero := Eq(x[0], ZerosLike(x[0]))
		safe := Select(zero, FullLike(x[0], 1), x[0])
		d := Sub(BesselI0e(safe), Mul(y, Add(Sign(safe), Div(FullLike(safe, 1), safe))))
		return Mul(g, Select(zero, FullLike(x[0], 0.5), d))
	})
}
