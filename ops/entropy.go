package ops

import "math"

// RelEntr is p·log(p/q) for floats of one dtype and shape: 0 where p = 0 <= q, and infinite elsewhere that one of them
// is not positive.
func RelEntr(p, q *Value) *Value { return one(special{Which: "rel_entr"}, p, q) }

// KLDiv is RelEntr(p, q) - p + q, without cancellation around p = q.
func KLDiv(p, q *Value) *Value { return one(special{Which: "kl_div"}, p, q) }

func relEntrOf(p, q *Value) *Value {
	return entropyEnds(p, q, ZerosLike(p), func(p, q *Value) *Value { return Mul(p, logRatio(p, q)) })
}

func klDivOf(p, q *Value) *Value {
	return entropyEnds(p, q, q, func(p, q *Value) *Value {
		d := Sub(q, p)
		near := Lt(Abs(d), Mul(p, FullLike(p, 0.5)))
		r := Div(Select(near, d, ZerosLike(p)), p)
		y := Neg(Mul(p, log1pLess(r, Add(r, FullLike(r, 1)))))
		return Select(near, y, Add(Mul(p, logRatio(p, q)), d))
	})
}

// entropyEnds is f(p, q) for positive p and q, at0 where p alone is 0, and infinite elsewhere.
func entropyEnds(p, q, at0 *Value, f func(p, q *Value) *Value) *Value {
	zero, one := ZerosLike(p), FullLike(p, 1)
	both := And(Gt(p, zero), Gt(q, zero))
	y := Select(both, f(Select(both, p, one), Select(both, q, one)), infinity(p))
	y = Select(And(Eq(p, zero), Ge(q, zero)), at0, y)
	return Select(Or(isNaN(p), isNaN(q)), FullLike(p, math.NaN()), y)
}

// logRatio is log(p/q) for positive p and q: exact around p = q, and where the quotient overflows.
func logRatio(p, q *Value) *Value {
	k := func(v float64) *Value { return FullLike(p, v) }
	d := Sub(p, q)
	near := Lt(Abs(d), Mul(q, k(0.5)))
	close := Log1p(Div(Select(near, d, k(0)), q))
	r := Div(p, q)
	fits := And(Gt(r, k(1/largest(p.DType())*16)), Lt(r, infinity(r)))
	far := Select(fits, Log(Select(fits, r, k(1))), Sub(Log(p), Log(q)))
	return Select(near, close, far)
}

// inEntropy is f where p and q are positive, and 0 elsewhere.
func inEntropy(p, q *Value, f func(p, q *Value) *Value) *Value {
	zero, one := ZerosLike(p), FullLike(p, 1)
	both := And(Gt(p, zero), Gt(q, zero))
	return Select(both, f(Select(both, p, one), Select(both, q, one)), zero)
}

func relEntrByP(p, q, _ *Value) *Value {
	return inEntropy(p, q, func(p, q *Value) *Value { return Add(logRatio(p, q), FullLike(p, 1)) })
}

func relEntrByQ(p, q, _ *Value) *Value {
	return inEntropy(p, q, func(p, q *Value) *Value { return Neg(Div(p, q)) })
}

func klDivByP(p, q, _ *Value) *Value { return inEntropy(p, q, logRatio) }

func klDivByQ(p, q, _ *Value) *Value {
	return Select(Eq(p, ZerosLike(p)), FullLike(p, 1),
		inEntropy(p, q, func(p, q *Value) *Value { return Div(Sub(q, p), q) }))
}
