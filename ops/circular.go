package ops

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Sine, cosine and tangent of floats of up to 32 bits. XLA calls a function for each element, on CPUs too; this is
// arithmetic, which becomes vectors, in float64, so that results are rounded nearly once.

// perTurn is 1/(2π) in parts of 29 bits, and the rest. A float32 times a part is exact in float64.
var perTurn = []float64{0x1.45f306cp-3, 0x1.c9c882ap-31, 0x1.4fe13a8p-61, 0x1.f47d4d3p-88, 0x1.dc0db62p-118,
	0x1.2b32788720840p-147}

// sinFit and cosFit approximate sin(2πt)/t and cos(2πt) in t² for |t| <= 1/8.
var (
	sinFit = []float64{6.28318530717955957, -41.3417022402757805, 81.6052491834839403, -76.7058344584512776,
		42.0555692559444995, -14.9165651188077674}
	cosFit = []float64{0.99999999999994441, -19.7392088019225476, 64.9393938313483048, -85.4567649371940479,
		60.2381835930135347, -26.0581237538593417}
)

// fewElements is for how many a call each is faster than the arithmetic, which takes as long for 16 of them as for one.
const fewElements = 4

// lowerCircular writes f of floats of up to 32 bits on CPUs, and name, StableHLO's operation, of others. f gets the
// sine and cosine of x less a multiple of a quarter turn, and which quarter that is, from -2 to 2; small says whether
// it is x for small x.
func lowerCircular(e trace.Emitter, name string, x []trace.Operand, f func(sin, cos, quarter *Value) *Value,
	small bool) []trace.Operand {
	if a := x[0].Aval; e.Platform() == "cpu" && a.DType == ir.Float32 && a.Size() <= fewElements {
		return hlo(e, name, x, "")
	}
	y := inDouble(e, x, func(v []*Value) *Value { return f(circular(v[0])) })
	switch {
	case y == nil:
		return hlo(e, name, x, "")
	case small:
		return keepSmall(e, x[0], y[0])
	}
	return y
}

// circular is the sine and cosine of x, float32 numbers as float64, less quarter quarter turns. Of x times each part of
// 1/(2π), whole turns are left out exactly, whatever the size of x, and what is left is added from the largest on,
// which is exact where it cancels (Payne and Hanek, Radian reduction for trigonometric functions, 1983, with floats).
func circular(x *Value) (sin, cos, quarter *Value) {
	k := func(v float64) *Value { return FullLike(x, v) }
	parts := make([]*Value, len(perTurn))
	for i, c := range perTurn {
		parts[i] = Mul(x, k(c))
		if i < 5 { // the last is below 1
			parts[i] = Sub(parts[i], Round(parts[i], ToNearestEven))
		}
	}
	sum := parts[0]
	for _, p := range parts[1:5] {
		sum = Add(sum, p)
	}
	quarter = Round(Mul(sum, k(4)), ToNearestEven)
	t := Sub(parts[0], Mul(quarter, k(0.25)))
	for _, p := range parts[1:] {
		t = Add(t, p)
	}
	// sum may be more than half a turn
	quarter = Sub(quarter, Mul(Round(Mul(quarter, k(0.25)), ToNearestEven), k(4)))
	t2 := Square(t)
	return Mul(t, horner(t2, sinFit)), horner(t2, cosFit), quarter
}

// horner is the polynomial in t with coefficients c, the lowest power first.
func horner(t *Value, c []float64) *Value { return polynomial{f64: c, f32: c}.at(t) }

// smallStays is x where it is so small that y, an odd function with the slope 1 at 0, is no other number: -0 and
// subnormal ones too.
func smallStays(x, y *Value) *Value {
	small := 0x1p-13
	if x.DType() == ir.Float64 {
		small = 0x1p-28
	}
	return Select(Lt(Abs(x), FullLike(x, small)), x, y)
}

// keepSmall writes smallStays.
func keepSmall(e trace.Emitter, x, y trace.Operand) []trace.Operand {
	return lowerFun(e, []trace.Operand{x, y}, func(v []*Value) []*Value { return []*Value{smallStays(v[0], v[1])} })
}

// byParity is even where the number of quarters is, odd elsewhere.
func byParity(quarter, even, odd *Value) *Value {
	return Select(Eq(Abs(quarter), FullLike(quarter, 1)), odd, even)
}

func sinOf(sin, cos, quarter *Value) *Value {
	return byParity(quarter, Mul(sin, Sub(FullLike(sin, 1), Abs(quarter))), Mul(cos, quarter))
}

func cosOf(sin, cos, quarter *Value) *Value {
	return byParity(quarter, Mul(cos, Sub(FullLike(cos, 1), Abs(quarter))), Neg(Mul(sin, quarter)))
}

func tanOf(sin, cos, quarter *Value) *Value {
	return Div(byParity(quarter, sin, Neg(cos)), byParity(quarter, cos, sin))
}
