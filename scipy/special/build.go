package special

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// What the functions of the package are built with. All work on operands of one floating-point type and one shape.

type (
	array = jnp.Array
	value = trace.Value
)

// un is the function f of one floating-point operand.
func un(op string, x any, f func(x *value) *value) array {
	return jnp.Elementwise(op, nil, func(in []*value) *value { return f(in[0]) }, x)
}

// strongly is un of a function whose result JAX does not type weakly.
func strongly(op string, x any, f func(x *value) *value) array {
	return un(op, x, func(x *value) *value { return f(ops.Convert(x, x.DType())) })
}

// bin is the function f of two floating-point operands, promoted and broadcast.
func bin(op string, x, y any, f func(x, y *value) *value) array {
	return jnp.Elementwise(op, nil, func(in []*value) *value { return f(in[0], in[1]) }, x, y)
}

// each is the function f of floating-point operands, promoted and broadcast, written with arrays; params are what f depends
// on besides.
func each(op string, params any, f func(x []array) array, x ...any) array {
	return jnp.Elementwise(op, params, func(in []*value) *value { return f(arrays(in)).TraceValue() }, x...)
}

// whole is the function f of values of which several come out, run as one program.
func whole(op string, params any, f func(x []array) []array, x ...any) []array {
	in := make([]*value, len(x))
	for i, a := range x {
		in[i] = jnp.Lift(op, a)
	}
	return arrays(trace.Whole(op, params, in, func(in []*value) []*value { return values(f(arrays(in))) }))
}

func arrays(x []*value) []array {
	out := make([]array, len(x))
	for i, v := range x {
		out[i] = jnp.Wrap(v)
	}
	return out
}

func values(x []array) []*value {
	out := make([]*value, len(x))
	for i, a := range x {
		out[i] = a.TraceValue()
	}
	return out
}

// derived is f(x) with a derivative of its own: rule gives the tangents of the results y from those of x. f and rule take
// nothing else that may be differentiated.
func derived(x []array, f func(x []array) []array, rule func(x, y, t []array) []array) []array {
	in := values(x)
	if !trace.AnyTraced(in...) {
		return f(x)
	}
	p, captured := trace.TraceOf("scipy/special", in, func(x []*value) []*value { return values(f(arrays(x))) })
	return arrays(ops.CustomJVP(p, in, captured, func(x, t []*value) (y, yt []*value) {
		in := arrays(x)
		out := derived(in, f, rule) // again with its own rule, for derivatives of the derivative
		return values(out), values(rule(in, out, arrays(t)))
	}))
}

// derived1 is derived for a function of one operand whose derivative is slope(x, y).
func derived1(x array, f func(x array) array, slope func(x, y array) array) array {
	return derived([]array{x}, func(x []array) []array { return []array{f(x[0])} }, func(x, y, t []array) []array {
		return []array{slope(x[0], y[0]).Mul(t[0]).AsType(y[0].DType())}
	})[0]
}

// derived2 is derived for a function of two operands.
func derived2(x, y array, f func(x, y array) array, rule func(x, y, z, dx, dy array) array) array {
	return derived([]array{x, y}, func(x []array) []array { return []array{f(x[0], x[1])} }, func(x, y, t []array) []array {
		return []array{rule(x[0], x[1], y[0], t[0], t[1]).AsType(y[0].DType())}
	})[0]
}

// strong are arrays no longer weakly typed.
func strong(x []array) []array {
	out := make([]array, len(x))
	for i, a := range x {
		out[i] = a.AsType(a.DType())
	}
	return out
}

// lift1 and lift2 make functions of arrays of lax's operations.
func lift1(f func(x *value) *value, x array) array { return jnp.Wrap(f(x.TraceValue())) }

func lift2(f func(x, y *value) *value, x, y array) array {
	return jnp.Wrap(f(x.TraceValue(), y.TraceValue()))
}

// k is v in the type and shape of x.
func k(x *value, v float64) *value { return ops.FullLike(x, v) }

// fill is k for arrays.
func fill(x array, v float64) array { return jnp.Wrap(ops.FullLike(x.TraceValue(), v)) }

func where(p, x, y *value) *value { return ops.Select(p, x, y) }

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

// real refuses complex operands.
func real(op string, x *value) {
	if x.DType().IsComplex() {
		trace.Fail(op, []ir.Aval{x.Aval()}, "takes real numbers")
	}
}

// reals is real for arrays.
func reals(op string, x []array) {
	for _, a := range x {
		real(op, a.TraceValue())
	}
}

// epsilon is the distance from 1 to the next number of a float type, and largest its greatest finite number.
func epsilon(d ir.DType) float64 {
	switch d {
	case ir.Float64:
		return math.Ldexp(1, -52)
	case ir.Float16:
		return math.Ldexp(1, -10)
	case ir.BFloat16:
		return math.Ldexp(1, -7)
	}
	return math.Ldexp(1, -23)
}

func largest(d ir.DType) float64 {
	switch d {
	case ir.Float64:
		return math.MaxFloat64
	case ir.Float16:
		return 65504
	case ir.BFloat16:
		return math.Ldexp(2-math.Ldexp(1, -7), 127)
	}
	return math.MaxFloat32
}

// wide is an operand of one of JAX's functions that take float32 and float64 alone.
func wide(op string, x any) *value {
	v := jnp.Lift(op, x)
	if d := v.DType(); d != ir.Float32 && d != ir.Float64 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "takes float32 or float64, not %v; convert first with AsType", d)
	}
	return v
}

// single is x in float32 where it is of a narrower float type, whose range the formulas do not fit.
func single(x array) array {
	if d := x.DType(); d == ir.Float16 || d == ir.BFloat16 {
		return x.AsType(ir.Float32)
	}
	return x
}
