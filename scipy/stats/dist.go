package stats

import (
	"math"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

type (
	array = jnp.Array
	value = trace.Value
)

// What the formulas of a distribution with that many parameters are. All operands are of one floating-point type, and broadcast.
type (
	formula1 = func(x, a array) array
	formula2 = func(x, a, b array) array
	formula3 = func(x, a, b, c array) array
	formula4 = func(x, a, b, c, d array) array
)

// evaluate runs f on the operands as one program named op.
func evaluate(op string, f func(x []array) array, operands ...any) array {
	for _, x := range operands {
		notNil(op, x)
	}
	return jnp.Broadcasting(op, nil, func(in []*value) *value {
		y := f(wrapAll(in))
		if y.NDim() > 0 && !weakly[op] {
			y = strong(y)
		}
		return y.TraceValue()
	}, operands...)
}

// weakly are the methods that keep the weak type of arrays: JAX's constants in the others are strongly typed beside arrays, though not
// beside scalars.
var weakly = func() map[string]bool {
	m := map[string]bool{}
	for d, methods := range map[string][]string{
		"Uniform":  {"LogPDF", "PDF", "PPF"},
		"Expon":    {"LogPDF", "PDF", "CDF", "LogCDF", "SF", "LogSF", "PPF"},
		"Logistic": {"CDF", "SF"},
		"GumbelL":  {"LogPDF", "PDF", "CDF", "LogCDF", "SF", "LogSF", "PPF"},
		"GumbelR":  {"LogPDF", "PDF", "CDF", "LogCDF", "LogSF", "PPF"},
	} {
		for _, name := range methods {
			m["stats."+d+"."+name] = true
		}
	}
	return m
}()

// lift is the engine's value of an operand, a Go scalar as a literal of the default width of its kind.
func lift(op string, x any) *value {
	notNil(op, x)
	v := jnp.Lift(op, x)
	l, ok := v.Lit()
	if !ok {
		return v
	}
	c := l.Convert(l.DType.Canonical(trace.X64()))
	if l.DType.IsInteger() && c.Convert(l.DType).Lo != l.Lo {
		trace.Fail(op, nil, "the Go integer %s does not fit %v; turn 64-bit types on, or write it as a float", l, c.DType)
	}
	c.Weak = l.Weak
	return trace.FromLit(c)
}

func notNil(op string, x any) {
	if x == nil {
		trace.Fail(op, nil, "an operand is nil; give an Array, a Go number or a slice")
	}
}

func wrapAll(in []*value) []array {
	out := make([]array, len(in))
	for i, v := range in {
		out[i] = jnp.Wrap(v)
	}
	return out
}

// locScale is a method of a distribution that has no other parameters than Loc and Scale.
func locScale(op string, x, loc, scale any, f formula2) array {
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2]) }, x, or(loc, 0), or(scale, 1))
}

// shaped is a method of a distribution with a shape parameter of the name given, Loc and Scale.
func shaped(op string, x any, name string, a, loc, scale any, f formula3) array {
	return evaluate(op, func(p []array) array { return f(p[0], p[1], p[2], p[3]) }, x, need(op, name, a), or(loc, 0), or(scale, 1))
}

// or is a parameter, or its default where it is not set.
func or(x any, otherwise int) any {
	if x == nil {
		return otherwise
	}
	return x
}

// need is a parameter that has no default.
func need(op, name string, x any) any {
	if x == nil {
		trace.Fail(op, nil, "the parameter %s is not set, and it has no default; set that field of the distribution", name)
	}
	return x
}

// where is y where p holds, and the number otherwise elsewhere.
func where(p, y array, otherwise float64) array { return jnp.Where(p, y, otherwise) }

// expNaN is exp(y), NaN where y is: XLA on the CPU makes other numbers of the NaN that a condition on scalars has put into all of y.
func expNaN(y array) array { return where(jnp.IsNaN(y).Not(), jnp.Exp(y), nan) }

// rounded is the product y, rounded before it is added to something: the select between keeps the compiler from making one fused
// operation of both, whose other digits show where the sum cancels.
func rounded(y array) array { return where(jnp.IsNaN(y).Not(), y, nan) }

// clamp is x limited to [lo, hi], NaN staying NaN; at the limits its derivative is 0.
func clamp(x array, lo, hi float64) array {
	v := x.TraceValue()
	return jnp.Wrap(ops.Clamp(ops.FullLike(v, lo), v, ops.FullLike(v, hi)))
}

// improbable reports where q is no probability.
func improbable(q array) array { return jnp.IsNaN(q).Or(q.Lt(0)).Or(q.Gt(1)) }

// strong is x, no longer weakly typed.
func strong(x array) array {
	if !x.Weak() {
		return x
	}
	return jnp.Wrap(ops.Convert(x.TraceValue(), x.DType()))
}

var inf, nan = math.Inf(1), math.NaN()
