package ops

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// formula is an elementwise function that is written with other operations and has derivatives of its own: those of its
// terms, one by one, would overflow, cancel, or come to 0 where the function's do not. Most are slopes, the derivatives
// of an operation. F is the name in the table of formulas.
type formula struct {
	elementwise
	F string
}

func (o formula) Name() string {
	if o.F == "" {
		return "formula"
	}
	return o.F
}

// formulas has the value of each formula, and its derivatives by each operand.
var formulas map[string]struct {
	value func(x []*Value) *Value
	by    []func(x []*Value, y *Value) *Value
}

// The table names functions that bind formulas, which Go does not allow in a declaration.
func init() {
	type row = struct {
		value func(x []*Value) *Value
		by    []func(x []*Value, y *Value) *Value
	}
	unary := func(value func(x *Value) *Value, slope func(x, y *Value) *Value) row {
		return row{func(x []*Value) *Value { return value(x[0]) },
			[]func(x []*Value, y *Value) *Value{func(x []*Value, y *Value) *Value { return slope(x[0], y) }}}
	}
	// xy3 is x y³, and times that: the slopes of square roots of quadratic polynomials.
	xy3 := func(times float64) func(x, y *Value) *Value {
		return func(x, y *Value) *Value { return Mul(Mul(FullLike(y, times), Mul(finite(x), y)), Mul(y, y)) }
	}
	xy2 := func(times float64) func(x, y *Value) *Value {
		return func(x, y *Value) *Value { return Mul(Mul(FullLike(y, times), Mul(finite(x), y)), y) }
	}
	// xlogOf is x·log(y), 0 where x is 0 and y is a number; arg is the number whose logarithm log is.
	xlogOf := func(log, arg func(y *Value) *Value) row {
		return row{func(x []*Value) *Value {
			return Select(And(isZero(x[0]), Not(isNaN(x[1]))), ZerosLike(x[0]), product(x[0], log(x[1])))
		}, []func(x []*Value, y *Value) *Value{
			func(x []*Value, _ *Value) *Value { return log(x[1]) },
			func(x []*Value, _ *Value) *Value { return one(formula{F: "zero_over"}, x[0], arg(x[1])) },
		}}
	}
	formulas = map[string]row{
		"tanh_slope": unary(tanhSlope,
			func(x, y *Value) *Value { return Mul(Mul(FullLike(y, -2), Tanh(x)), y) }),
		"asinh_slope": unary(asinhSlope, xy3(-1)),
		"acosh_slope": unary(func(x *Value) *Value {
			one := FullLike(x, 1)
			return Mul(Rsqrt(Sub(x, one)), Rsqrt(Add(x, one)))
		}, xy3(-1)),
		"asin_slope":  unary(asinSlope, xy3(1)),
		"atan_slope":  unary(func(x *Value) *Value { return Reciprocal(Add(FullLike(x, 1), Square(x))) }, xy2(-2)),
		"atanh_slope": unary(func(x *Value) *Value { return Reciprocal(oneMinusSquare(x)) }, xy2(2)),
		"hypot": {func(x []*Value) *Value { return hypot(x[0], x[1]) }, []func(x []*Value, y *Value) *Value{
			func(x []*Value, _ *Value) *Value { return one(formula{F: "hypot_slope"}, x[0], x[1]) },
			func(x []*Value, _ *Value) *Value { return one(formula{F: "hypot_slope"}, x[1], x[0]) },
		}},
		"quotient": {func(x []*Value) *Value { return quotient(x[0], x[1]) }, []func(x []*Value, y *Value) *Value{
			func(x []*Value, _ *Value) *Value { return Reciprocal(x[1]) },
			func(x []*Value, y *Value) *Value { return Neg(overOnce(y, x[1])) },
		}},
		"xlogy":   xlogOf(Log, func(y *Value) *Value { return y }),
		"xlog1py": xlogOf(Log1p, func(y *Value) *Value { return Add(y, FullLike(y, 1)) }),
		// x over y, 0 where x is.
		"zero_over": {zeroOver, []func(x []*Value, y *Value) *Value{
			func(x []*Value, _ *Value) *Value { return Quotient(FullLike(x[1], 1), x[1]) },
			func(x []*Value, y *Value) *Value { return Neg(one(formula{F: "zero_over"}, y, x[1])) },
		}},
		// x over the hypotenuse, the cosine of the angle, has the derivatives sin²/h and -sin cos/h.
		"hypot_slope": {hypotSlope, []func(x []*Value, y *Value) *Value{
			func(x []*Value, _ *Value) *Value {
				sin := one(formula{F: "hypot_slope"}, x[1], x[0])
				return Mul(sin, overOnce(sin, Hypot(x[0], x[1])))
			},
			func(x []*Value, y *Value) *Value {
				sin := one(formula{F: "hypot_slope"}, x[1], x[0])
				return Neg(Mul(y, overOnce(sin, Hypot(x[0], x[1]))))
			},
		}},
	}
}

// slope is the derivative at x of the operation named of: a formula.
func slope(of string, x *Value) *Value { return one(formula{F: of + "_slope"}, x) }

// Hypot is sqrt(x² + y²) of floats, without overflow on the way.
func Hypot(x, y *Value) *Value { return one(formula{F: "hypot"}, x, y) }

// TanhSlope is 1 - tanh(x)², the derivative of the hyperbolic tangent, exact where that is nearly 1.
func TanhSlope(x *Value) *Value { return slope("tanh", x) }

func (o formula) Infer(in []ir.Aval) ([]ir.Aval, error) {
	return inferSame(in, max(1, len(formulas[o.F].by)), kInexact)
}

func (o formula) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	return lowerFun(e, x, func(x []*Value) []*Value { return []*Value{formulas[o.F].value(x)} })
}

func (o formula) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	y := c.Self(x...)
	var sum *Value
	for i, by := range formulas[o.F].by {
		if t[i] != nil {
			sum = AddTangents(sum, Mul(t[i], by(x, y[0])))
		}
	}
	return y, []*Value{sum}
}

// finite is x with its infinities made 1 and -1, so that their product with 0 is 0.
func finite(x *Value) *Value {
	if x.DType().IsComplex() {
		return x
	}
	return Select(IsFinite(x), x, Sign(x))
}

// large reports where 1 is nothing beside x², by a quarter of a unit in its last place.
func large(x *Value) *Value {
	exponent := map[ir.DType]int{ir.Float64: 28, ir.Float32: 13, ir.Float16: 7, ir.BFloat16: 6}
	return Gt(Abs(x), FullLike(x, math.Ldexp(1, exponent[x.DType()])))
}

// tanhSlope is 4e / (1 + e)² with e = exp(-2|x|), which never overflows.
func tanhSlope(x *Value) *Value {
	if x.DType().IsComplex() {
		return Square(Reciprocal(Cosh(x)))
	}
	e := Exp(Mul(FullLike(x, -2), Abs(x)))
	return Div(Mul(FullLike(e, 4), e), Square(Add(e, FullLike(e, 1))))
}

func asinhSlope(x *Value) *Value {
	y := Rsqrt(Add(Square(x), FullLike(x, 1)))
	if x.DType().IsComplex() {
		return y
	}
	return Select(large(x), Reciprocal(Abs(x)), y)
}

// asinSlope takes the root of a float once, of the parts of a complex number apart, whose product could overflow.
func asinSlope(x *Value) *Value {
	if x.DType().IsComplex() {
		u := FullLike(x, 1)
		return Mul(Rsqrt(Sub(u, x)), Rsqrt(Add(u, x)))
	}
	return Rsqrt(oneMinusSquare(x))
}

// oneMinusSquare is 1 - x², exact near 1 too.
func oneMinusSquare(x *Value) *Value {
	u := FullLike(x, 1)
	return Mul(Sub(u, x), Add(u, x))
}

func hypot(x, y *Value) *Value {
	x, y = Abs(x), Abs(y)
	inf, zero, one := FullLike(x, math.Inf(1)), FullLike(x, 0), FullLike(x, 1)
	anyInf := Or(Eq(x, inf), Eq(y, inf))
	x, y = Max(x, y), Min(x, y)
	none := Eq(x, zero)
	r := Div(y, Select(none, one, x))
	h := Select(none, x, Mul(x, Sqrt(Add(one, Square(r)))))
	return Select(anyInf, inf, h)
}

// hypotSlope is x over the hypotenuse of x and y, 0 where both are 0. An infinite x alone is the hypotenuse.
func hypotSlope(in []*Value) *Value {
	x, y := in[0], in[1]
	inf := FullLike(x, math.Inf(1))
	u := Div(x, replaceZero(hypot(x, y)))
	return Select(And(Eq(Abs(x), inf), Lt(Abs(y), inf)), Sign(x), u)
}
