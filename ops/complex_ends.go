package ops

import (
	"math"

	"github.com/gojax/gojax/trace"
)

// What C99 (Annex G) says of complex functions at infinities, at numbers one part of which is NaN, and of the signs of
// zeros, where XLA or CHLO say otherwise.

// ends are the parts of a function's value, corrected: a and b are those of the operand, re and im of the value.
type ends func(a, b, re, im *Value) (*Value, *Value)

// withEnds writes y, the value of a complex function of x, with its parts corrected.
func withEnds(e trace.Emitter, x, y []trace.Operand, f ends) []trace.Operand {
	return lowerFun(e, []trace.Operand{x[0], y[0]}, func(v []*Value) []*Value {
		return []*Value{Complex(f(Real(v[0]), Imag(v[0]), Real(v[1]), Imag(v[1])))}
	})
}

func isInf(x *Value) *Value { return Eq(Abs(x), FullLike(x, math.Inf(1))) }
func nan(x *Value) *Value   { return FullLike(x, math.NaN()) }

// expEnds: exp(±inf) has its size whatever the angle, and the exponential of a real number is real.
func expEnds(a, b, re, im *Value) (*Value, *Value) {
	zero, inf := ZerosLike(a), FullLike(a, math.Inf(1))
	noAngle := Not(IsFinite(b))
	none := And(noAngle, Eq(a, Neg(inf)))
	re = Select(none, zero, Select(And(noAngle, Eq(a, inf)), inf, re))
	return re, Select(isZero(b), b, Select(none, zero, im))
}

// zerosStay: each part is a zero where the operand's is, and has its sign.
func zerosStay(a, b, re, im *Value) (*Value, *Value) {
	return Select(isZero(a), a, re), Select(isZero(b), b, im)
}

func asinEnds(a, b, re, im *Value) (*Value, *Value) {
	return Select(isZero(a), a, re), Select(And(isNaN(b), IsFinite(a)), b, im)
}

func asinhEnds(a, b, re, im *Value) (*Value, *Value) {
	im, re = asinEnds(b, a, im, re)
	return re, im
}

func expm1Ends(a, b, re, im *Value) (*Value, *Value) {
	return Select(And(isZero(a), isZero(b)), a, re), Select(isZero(b), b, im)
}

// sqrtEnds: an infinite part decides.
func sqrtEnds(a, b, re, im *Value) (*Value, *Value) {
	inf := FullLike(a, math.Inf(1))
	re = Select(Or(isInf(b), Eq(a, inf)), inf, re)
	return re, Select(isInf(b), b, Select(And(Eq(a, Neg(inf)), isNaN(b)), inf, im))
}

// logEnds: an infinite part makes the size infinite.
func logEnds(a, b, re, im *Value) (*Value, *Value) {
	return Select(Or(isInf(a), isInf(b)), FullLike(a, math.Inf(1)), re), im
}

// atanhEnds: the angle of NaN is none, unless the imaginary part is infinite.
func atanhEnds(a, b, re, im *Value) (*Value, *Value) {
	none := Or(isNaN(b), And(isNaN(a), Not(isInf(b))))
	return Select(isZero(a), a, re), Select(none, nan(im), im)
}

func atanEnds(a, b, re, im *Value) (*Value, *Value) {
	im, re = atanhEnds(b, a, im, re)
	return re, im
}

func acosEnds(a, b, re, im *Value) (*Value, *Value) {
	_, im = asinEnds(a, b, re, im)
	return Select(isZero(a), FullLike(a, math.Pi/2), re), im
}

func acoshEnds(a, b, re, im *Value) (*Value, *Value) {
	_, re = asinEnds(a, b, im, re)
	return re, Select(And(isZero(a), isNaN(b)), FullLike(a, math.Pi/2), im)
}

// cosOrOne is cos(v), 1 where there is none and x is infinite: the hyperbolic functions of x + iv are infinite there.
func cosOrOne(v, x *Value) *Value {
	return Select(And(isInf(x), Not(IsFinite(v))), FullLike(v, 1), Cos(v))
}
