package special

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/grad"
)

// What the functions of the package are built with. All work on operands of one floating-point type and one shape.

type (
	array = jnp.Array
	value = trace.Value
)

// unary is the function f of one array, in floating point.
func unary(op string, x array, f func(x array) array) array {
	return arrays.Elementwise(op, nil, func(x []array) array { return f(x[0]) }, x)
}

// binary is the function f of two operands, promoted to floating point and broadcast.
func binary(op string, x, y any, f func(x, y array) array) array {
	return arrays.Elementwise(op, nil, func(x []array) array { return f(x[0], x[1]) }, x, y)
}

// pair is the function f of one array of real numbers that has two results.
func pair(op string, x array, f func(x array) []array) (a, b array) {
	y := arrays.Several(op, nil,
		func(x []array) []array { return f(strong(real(arrays.StrongInexact(op, x[0])[0]))) }, x)
	return y[0], y[1]
}

// of1 and of2 are operations as functions of arrays.
func of1(f func(x *value) *value) func(x array) array {
	return func(x array) array { return jnp.Wrap(f(x.TraceValue())) }
}

func of2(f func(x, y *value) *value) func(x, y array) array {
	return func(x, y array) array { return jnp.Wrap(f(x.TraceValue(), y.TraceValue())) }
}

// over is x/y of numbers that may be subnormal.
var over = of2(ops.Quotient)

// derived is f(x) with a derivative of its own: rule gives the tangents of the results y from those of x. f and rule
// take nothing else that may be differentiated.
func derived(x []array, f func(x []array) []array, rule func(x, y, t []array) []array) []array {
	return arrays.Of(kit.Derived("scipy/special", arrays.Values(x),
		func(x []*value) []*value { return arrays.Values(f(arrays.Of(x))) },
		func(x, y, t []*value) []*value {
			return arrays.Values(rule(arrays.Of(x), arrays.Of(y), arrays.Of(t)))
		}))
}

// derivedBy is f(x), whose derivative by operand i is slope(x, i). Only those that are asked for are computed.
func derivedBy(x []array, f func(x []array) array, slope func(x []array, i int) array) array {
	// Both may run again where 64-bit types are off.
	return jnp.Wrap(kit.DerivedBy("scipy/special", arrays.Values(x), func(x []*value) (y *value) {
		trace.Wide(func() { y = f(arrays.Of(x)).TraceValue() })
		return y
	}, func(x []*value, i int) (y *value) {
		trace.Wide(func() { y = slope(arrays.Of(x), i).TraceValue() })
		return y
	}))
}

// pushforward is the tangent of f(x) for the tangents t of x; zero values stand for tangents that are zero.
func pushforward(x, t []array, f func(x []array) array) array {
	p, captured := trace.TraceOf("scipy/special", arrays.Values(x), func(x []*value) []*value {
		return []*value{f(arrays.Of(x)).TraceValue()}
	})
	in := append(arrays.Values(x), captured...)
	tangents := make([]*value, len(in))
	copy(tangents, arrays.Values(t))
	_, yt := grad.Pushforward(p, in, tangents)
	if yt[0] == nil {
		return fill(x[0], 0)
	}
	return jnp.Wrap(yt[0])
}

// derived1 is derived for a function of one operand whose derivative is slope(x, y).
func derived1(x array, f func(x array) array, slope func(x, y array) array) array {
	return derived([]array{x}, func(x []array) []array { return []array{f(x[0])} }, func(x, y, t []array) []array {
		return []array{slope(x[0], y[0]).Mul(t[0]).AsType(y[0].DType())}
	})[0]
}

// derived2 is derived for a function of two operands.
func derived2(x, y array, f func(x, y array) array, rule func(x, y, z, dx, dy array) array) array {
	return derived([]array{x, y}, func(x []array) []array { return []array{f(x[0], x[1])} },
		func(x, y, t []array) []array {
			return []array{rule(x[0], x[1], y[0], t[0], t[1]).AsType(y[0].DType())}
		})[0]
}

// real is x, which must not be complex.
func real(x array) array {
	if x.DType().IsComplex() {
		trace.Fail("", []ir.Aval{x.TraceValue().Aval()}, "takes real numbers")
	}
	return x
}

// reals is real for several arrays.
func reals(x []array) []array {
	for _, a := range x {
		real(a)
	}
	return x
}

// strong is x, no longer weakly typed.
func strong(x array) array { return arrays.Strong(x) }

// float32Or64 is x, an array for one of JAX's functions that take float32 and float64 alone.
func float32Or64(op string, x array) array {
	v := kit.LiftAlone(op, x)
	if d := v.DType(); d != ir.Float32 && d != ir.Float64 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes float32 or float64, not %v; convert first with AsType", d)
	}
	return x
}

// atLeastFloat32 is x, in float32 where it is of a narrower float type, whose range the formulas do not fit.
func atLeastFloat32(x array) array {
	if d := x.DType(); d == ir.Float16 || d == ir.BFloat16 {
		return x.AsType(ir.Float32)
	}
	return x
}

// fill is v in the type and shape of x.
func fill(x array, v float64) array { return jnp.Wrap(ops.FullLike(x.TraceValue(), v)) }

// choose is the value of the first condition that holds, otherwise the last value.
func choose(conds []array, vals ...array) array {
	y := vals[len(conds)]
	for i := len(conds) - 1; i >= 0; i-- {
		y = jnp.Where(conds[i], vals[i], y)
	}
	return y
}

// poly is the polynomial of coefficients c, the highest power first, at x. Coefficients are rounded to x's type.
func poly(x array, c ...float64) array {
	y := fill(x, c[0])
	for _, v := range c[1:] {
		y = y.Mul(x).Add(v)
	}
	return y
}

// ratio is a quotient of polynomials.
func ratio(x array, p, q []float64) array { return poly(x, p...).Div(poly(x, q...)) }

// chebyshev is the series of coefficients c (the first counts half) at u, by Clenshaw's recurrence, as far as the dtype
// sees it. Unlike a rational approximation it has good derivatives, too.
func chebyshev(u array, c []float64) array {
	if u.DType() != ir.Float64 {
		for len(c) > 1 && math.Abs(c[len(c)-1]) < 1e-9 {
			c = c[:len(c)-1]
		}
	}
	twice := u.Add(u)
	b1, b2 := fill(u, c[len(c)-1]), fill(u, 0)
	for i := len(c) - 2; i > 0; i-- {
		b1, b2 = twice.Mul(b1).Sub(b2).Add(c[i]), b1
	}
	return u.Mul(b1).Sub(b2).Add(c[0] / 2)
}

// inFloat32 is f of x, of narrower floats in float32: the formulas do not fit their range.
func inFloat32(x array, f func(x array) array) array {
	return convert(f(atLeastFloat32(x)), x.DType())
}

// minus is x less a number that is given as a float64 and the rest of it.
func minus(x array, hi, lo float64) array {
	if x.DType() != ir.Float64 {
		short := float64(float32(hi))
		hi, lo = short, hi-short
	}
	off := x.Sub(hi)
	return off.Sub(jnp.Where(off.Abs().Lt(1), lo, 0)) // two constants the compiler would make one of
}

// isPositive is where x is above 0, if only by a subnormal number.
func isPositive(x array) array {
	y, _ := ops.WholeSubnormals(x.TraceValue())
	return jnp.Wrap(y).Gt(0)
}

// logOfQuotient is log(x/c), for numbers that may be subnormal.
func logOfQuotient(x array, c float64) array {
	small := x.Lt(1e-30)
	return jnp.Log(jnp.Where(small, x, x.Div(c))).Sub(jnp.Where(small, fill(x, math.Log(c)), fill(x, 0)))
}

// expHalves is exp(x)·y, which may be finite where exp(x) is not.
func expHalves(x, y array) array {
	e := jnp.Exp(x.Mul(0.5))
	return e.Mul(y).Mul(e)
}
