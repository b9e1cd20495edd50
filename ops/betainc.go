package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// betainc is the regularized incomplete beta function.
type betainc struct{ elementwise }

func (betainc) Name() string { return "regularized_incomplete_beta" }

// BetaInc is the regularized incomplete beta function I_x(a, b), for floats of one dtype and shape; NaN unless a and b
// are at least 0, not both 0 or both infinite, and x is within [0, 1]. It has a derivative in x alone, as in JAX.
func BetaInc(a, b, x *Value) *Value { return one(betainc{}, a, b, x) }

func (betainc) Infer(in []ir.Aval) ([]ir.Aval, error) { return inferSame(in, 3, kFloat) }

func (betainc) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(v []*Value) []*Value {
		d := v[0].DType()
		if d.Bits() < 32 {
			v = mapEach(v, func(v *Value) *Value { return Convert(v, ir.Float32) })
		}
		y := incompleteBeta(v[0], v[1], v[2])
		if y.DType() != d {
			y = Convert(y, d)
		}
		return []*Value{y}
	})
}

func logBeta(a, b *Value) *Value { return Sub(Add(Lgamma(a), Lgamma(b)), Lgamma(Add(a, b))) }

// incompleteBeta is the continued fraction 26.5.8 of Abramowitz and Stegun by Lentz's method, which converges fast
// below the mean; above it the function is 1 less that of the mirrored operands.
func incompleteBeta(a, b, x *Value) *Value {
	k := func(v float64) *Value { return FullLike(x, v) }
	zero, one := k(0), k(1)
	ok := And(And(Ge(a, zero), Ge(b, zero)), And(Ge(x, zero), Le(x, one)))
	// Where a is 0 or b infinite all weight is at 0, and at 1 the other way round.
	inf := k(math.Inf(1))
	left, right := Or(Eq(a, zero), Eq(b, inf)), Or(Eq(b, zero), Eq(a, inf))
	ok = And(ok, Not(And(left, right)))
	inside := And(And(ok, Not(Or(left, right))), And(Gt(x, zero), Lt(x, one)))
	// What is not computed gets operands at which nothing overflows.
	a, b, y := Select(inside, a, one), Select(inside, b, one), Select(inside, x, k(0.5))
	mirror := Gt(y, Div(Add(a, one), Add(Add(a, b), k(2))))
	p, q := Select(mirror, b, a), Select(mirror, a, b)
	z := Select(mirror, Sub(one, y), y)

	limit := 200
	tiny := 1e-30
	if x.DType() == ir.Float64 {
		limit, tiny = 600, 1e-290
	}
	eps := k(epsilon(x.DType()))
	away := func(v *Value) *Value { return Select(Lt(Abs(v), k(tiny)), k(tiny), v) }
	sum := Add(p, q)
	d := Div(one, away(Sub(one, Div(Mul(sum, z), Add(p, one)))))
	// Carried: m, the fraction so far, and Lentz's two ratios.
	out := iterated([]*Value{zero, d, one, d}, inside, limit, func(v []*Value) ([]*Value, *Value) {
		m := Add(v[0], one)
		h, c, d := v[1], v[2], v[3]
		p2 := Add(p, Add(m, m))
		step := func(term *Value) (change *Value) {
			d = Div(one, away(Add(one, Mul(term, d))))
			c = away(Add(one, Div(term, c)))
			change = Mul(c, d)
			h = Mul(h, change)
			return change
		}
		step(Div(Mul(Mul(m, Sub(q, m)), z), Mul(Sub(p2, one), p2)))
		change := step(Neg(Div(Mul(Mul(Add(p, m), Add(sum, m)), z), Mul(p2, Add(p2, one)))))
		return []*Value{m, h, c, d}, Gt(Abs(Sub(change, one)), eps)
	})
	front := Sub(Add(Mul(p, Log(z)), Mul(q, Log1p(Neg(z)))), Add(logBeta(p, q), Log(p)))
	r := Mul(Exp(front), out[1])
	r = Select(mirror, Sub(one, r), r)
	r = Select(left, one, Select(right, zero, r))
	r = Select(Eq(x, zero), zero, Select(Eq(x, one), one, r))
	return Select(ok, r, k(math.NaN()))
}

func (o betainc) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if t[0] != nil || t[1] != nil {
		trace.Fail(o.Name(), trace.Avals(x), "has no derivative in its first two operands; stop the gradient there")
	}
	y := c.Self(x...)
	if t[2] == nil {
		return y, []*Value{nil}
	}
	one := FullLike(x[2], 1)
	log := Add(Mul(Sub(x[0], one), Log(x[2])), Mul(Sub(x[1], one), Log1p(Neg(x[2]))))
	return y, []*Value{Mul(t[2], Exp(Sub(log, logBeta(x[0], x[1]))))}
}
