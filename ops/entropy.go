package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
)

// XLogY is x·log(y), and XLog1pY x·log(1+y), for floats or complex numbers of one dtype and shape: 0 where x is 0 and y
// is a number.
func XLogY(x, y *Value) *Value   { return one(formula{F: "xlogy"}, x, y) }
func XLog1pY(x, y *Value) *Value { return one(formula{F: "xlog1py"}, x, y) }

// Entr is -x·log(x), 0 at 0 and -inf below, for floats.
func Entr(x *Value) *Value { return one(special{Which: "entr"}, x) }

// zeroOver is x/y, 0 where x is 0 and y is a number.
func zeroOver(in []*Value) *Value {
	x, y := in[0], in[1]
	return Select(And(isZero(x), Not(isNaN(y))), ZerosLike(x), quotient(x, y))
}

func entrOf(x *Value) *Value {
	zero := ZerosLike(x)
	whole, _ := WholeSubnormals(x)
	y := Select(IsZero(x), zero, Neg(product(x, Log(x))))
	return Select(Lt(whole, zero), Neg(infinity(x)), y)
}

func entrSlope(x, _ *Value) *Value {
	zero := ZerosLike(x)
	return Select(Lt(x, zero), zero, Neg(Add(Log(Select(Lt(x, zero), FullLike(x, 1), x)), FullLike(x, 1))))
}

// RelEntr is p·log(p/q) for floats of one dtype and shape: 0 where p = 0 <= q, and infinite elsewhere that one of them
// is not positive.
func RelEntr(p, q *Value) *Value { return one(special{Which: "rel_entr"}, p, q) }

// KLDiv is RelEntr(p, q) - p + q, without cancellation around p = q.
func KLDiv(p, q *Value) *Value { return one(special{Which: "kl_div"}, p, q) }

func relEntrOf(p, q *Value) *Value {
	return entropyEnds(p, q, ZerosLike(p), func(p, q *Value) *Value { return product(p, logRatio(p, q)) })
}

func klDivOf(p, q *Value) *Value {
	return entropyEnds(p, q, q, func(p, q *Value) *Value {
		d := Sub(q, p)
		near := Lt(Abs(d), Mul(p, FullLike(p, 0.5)))
		r := Div(Select(near, d, ZerosLike(p)), p)
		y := Neg(Mul(p, log1pLess(r, Add(r, FullLike(r, 1)))))
		return Select(near, y, Add(product(p, logRatio(p, q)), d))
	})
}

// entropyEnds is f(p, q) for positive p and q, at0 where p alone is 0, and infinite elsewhere. f is proportional to
// (p, q): where both are so small that digits are lost, they are scaled.
func entropyEnds(p, q, at0 *Value, f func(p, q *Value) *Value) *Value {
	k := func(v float64) *Value { return FullLike(p, v) }
	small, scale := 0x1p-100, 0x1p60
	if p.DType() == ir.Float64 {
		small, scale = 0x1p-900, 0x1p200
	}
	// The signs of subnormal numbers, too.
	wp, _ := WholeSubnormals(p)
	wq, _ := WholeSubnormals(q)
	both := And(Gt(wp, k(0)), Gt(wq, k(0)))
	scaled := And(both, Lt(Max(p, q), k(small)))
	in := func(x *Value) *Value {
		y, unit := factors(x)
		return Select(scaled, Mul(y, Mul(unit, k(scale))), Select(both, x, k(1)))
	}
	y := Select(both, Mul(f(in(p), in(q)), Select(scaled, k(1/scale), k(1))), infinity(p))
	y = Select(And(Eq(wp, k(0)), Ge(wq, k(0))), at0, y)
	return Select(Or(isNaN(p), isNaN(q)), k(math.NaN()), y)
}

// logRatio is log(p/q) for positive p and q: exact around p = q, and where the quotient overflows.
func logRatio(p, q *Value) *Value {
	k := func(v float64) *Value { return FullLike(p, v) }
	d := Sub(p, q)
	near := Lt(Abs(d), Mul(q, k(0.5)))
	none := Lt(q, k(leastNormal(q.DType())))
	divisor := Select(none, k(1), q)
	close := Log1p(Div(Select(near, d, k(0)), divisor))
	r := Div(p, divisor)
	fits := And(And(Gt(r, k(1/largest(p.DType())*16)), Lt(r, infinity(r))), Not(none))
	far := Select(fits, Log(Select(fits, r, k(1))), Sub(Log(p), Log(q)))
	return Select(near, close, far)
}

// inEntropy is f where p and q are positive or one of them is 0, and 0 elsewhere. f depends on their quotient alone.
func inEntropy(p, q *Value, f func(p, q *Value) *Value) *Value {
	zero, one := ZerosLike(p), FullLike(p, 1)
	wp, smallP := WholeSubnormals(p)
	wq, smallQ := WholeSubnormals(q)
	both := And(smallP, smallQ)
	p, q = Select(both, wp, p), Select(both, wq, q)
	in := And(And(Ge(wp, zero), Ge(wq, zero)), Gt(Add(wp, wq), zero))
	return Select(in, f(Select(in, p, one), Select(in, q, one)), zero)
}

func relEntrByP(p, q, _ *Value) *Value {
	return inEntropy(p, q, func(p, q *Value) *Value { return Add(logRatio(p, q), FullLike(p, 1)) })
}

func relEntrByQ(p, q, _ *Value) *Value {
	return inEntropy(p, q, func(p, q *Value) *Value { return Neg(Quotient(p, q)) })
}

func klDivByP(p, q, _ *Value) *Value { return inEntropy(p, q, logRatio) }

func klDivByQ(p, q, _ *Value) *Value {
	return inEntropy(p, q, func(p, q *Value) *Value {
		small := Lt(Min(p, q), FullLike(p, leastNormal(p.DType())))
		return Select(small, Sub(FullLike(p, 1), Quotient(p, q)), Quotient(Sub(q, p), q))
	})
}
