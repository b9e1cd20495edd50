package ops

import (
	"github.com/gojax/gojax/ir"
)

// polynomial approximates a function over an interval: coefficients for float32 and for float64, the lowest power
// first. tests/truth/make/coefficients.py computes them.
type polynomial struct{ f32, f64 []float64 }

// at is the polynomial at t, by Horner's rule.
func (p polynomial) at(t *Value) *Value {
	c := p.of(t)
	y := FullLike(t, c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		y = Add(Mul(y, t), FullLike(t, c[i]))
	}
	return y
}

// of are the coefficients for t's dtype.
func (p polynomial) of(t *Value) []float64 {
	if t.DType() == ir.Float32 {
		return p.f32
	}
	return p.f64
}

// log1pFit approximates (atanh(r) - r)/r³ in r² for |r| <= 1/4.
var log1pFit = polynomial{
	f32: []float64{0.3333333335, 0.1999998685, 0.1428738798, 0.1103707188, 0.104070502},
	f64: []float64{0.33333333333333334, 0.199999999999982184, 0.142857142864730535, 0.111111109868972793,
		0.0909091925541768532, 0.0769184191213123832, 0.0667913970412530096, 0.0568964366179396086,
		0.0682873223362781478},
}

// log1pLess is log(1+x) - x, exact near 0; onePlus is 1+x.
func log1pLess(x, onePlus *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	// With r = x/(2+x), log(1+x) is 2·atanh(r).
	near := And(Gt(x, k(-0.4)), Lt(x, k(0.66)))
	y := Select(near, x, k(0))
	r := shared(Div(y, Add(y, k(2))))
	r2 := Square(r)
	series := Sub(Mul(Mul(Mul(r, r2), k(2)), log1pFit.at(r2)), Mul(y, r))
	return Select(near, series, Sub(Log(onePlus), x))
}

// shared is x, an expensive operation (a quotient, a logarithm, a power) that is used more than once. XLA would compute
// it in a loop of its own and keep it in memory, and everything before it again; what is cheap it fuses with its users.
func shared(x *Value) *Value { return Max(x, FullLike(x, -largest(x.DType()))) }

// twoProduct is a·b as a sum: the rounded product and what was lost (Dekker, A floating-point technique for extending
// the available precision, 1971). It needs numbers far from overflow.
func twoProduct(a, b *Value) (p, rest *Value) {
	p = Mul(a, b)
	ah, al := halfDigits(a)
	bh, bl := halfDigits(b)
	rest = Add(Add(Add(Sub(Mul(ah, bh), p), Mul(ah, bl)), Mul(al, bh)), Mul(al, bl))
	return p, rest
}

// halfDigits is x as a sum of two numbers of half the digits each.
func halfDigits(x *Value) (high, low *Value) {
	split := 0x1p12 + 1
	if x.DType() == ir.Float64 {
		split = 0x1p27 + 1
	}
	c := Mul(x, FullLike(x, split))
	high = Sub(c, Sub(c, x))
	return high, Sub(x, high)
}

// TwoSum is a+b as a sum: the rounded sum and what was lost (Knuth).
func TwoSum(a, b *Value) (s, rest *Value) {
	s = Add(a, b)
	c := Sub(s, a)
	return s, Add(Sub(a, Sub(s, c)), Sub(b, c))
}

// inSingle runs f on operands of one dtype, in float32 where that is narrower.
func inSingle(f func(v []*Value) *Value) func(v []*Value) []*Value {
	return func(v []*Value) []*Value {
		d := v[0].DType()
		if d.Bits() >= 32 {
			return []*Value{f(v)}
		}
		y := f(mapEach(v, func(v *Value) *Value { return Convert(v, ir.Float32) }))
		return []*Value{Convert(y, d)}
	}
}

// inSingle1 and inSingle2 are inSingle for functions of one and two operands.
func inSingle1(f func(x *Value) *Value) func(v []*Value) []*Value {
	return inSingle(func(v []*Value) *Value { return f(v[0]) })
}

func inSingle2(f func(x, y *Value) *Value) func(v []*Value) []*Value {
	return inSingle(func(v []*Value) *Value { return f(v[0], v[1]) })
}
