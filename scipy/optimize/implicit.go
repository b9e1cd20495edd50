package optimize

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
)

// function is a function of an array.
type function = func(x jnp.Array) jnp.Array

// problem is a function of an array x and of what it takes from outside, and where to begin.
type problem struct {
	f    func(x, from []jnp.Array) jnp.Array
	from []jnp.Array
}

// newProblem records f, a function of arrays of the type of x.
func newProblem(op string, x jnp.Array, f function) problem {
	g, from, _ := arrays.Closure(op, []jnp.Array{x}, func(x []jnp.Array) jnp.Array { return f(x[0]) })
	return problem{g, from}
}

// at is the function for given values from outside.
func (p problem) at(from []jnp.Array) function {
	return func(x jnp.Array) jnp.Array { return p.f([]jnp.Array{x}, from) }
}

// along is the derivative at x by what is taken from outside, in the direction of: that of what of makes of the
// function.
func (p problem) along(of func(f function) jnp.Array, from, direction []jnp.Array) jnp.Array {
	_, d := deriv.JVP(func(from []jnp.Array) jnp.Array { return of(p.at(from)) }, from, direction)
	return d
}

// solution is what search finds, from start. It is differentiated by tangent, which says how a result r changes with
// what the function takes from outside; fields that it leaves unset are constants.
func solution[R any](p problem, start []jnp.Array, search func(f function, start []jnp.Array) R,
	tangent func(r R, from, direction []jnp.Array) R) R {
	type given struct{ From, Start []jnp.Array }
	var root func(q given) R
	root = deriv.CustomJVP(
		func(q given) R { return search(p.at(q.From), q.Start) },
		func(q, t given) (R, R) {
			r := root(q)
			return r, tangent(r, q.From, t.From)
		})
	return root(given{p.from, deriv.StopGradient(start)})
}

// one is the options of a function that takes one value of them or none.
func one[T any](op string, options []T) (o T) {
	if len(options) > 1 {
		trace.Fail(op, nil, "takes one %T, not %d", o, len(options))
	}
	for _, o = range options {
	}
	return o
}

// option is a number that must not be negative, or by where it is zero.
func option(op, name string, x, by float64) float64 {
	if !(x >= 0) {
		trace.Fail(op, nil, "%s is %v, and must not be negative", name, x)
	}
	if x == 0 {
		return by
	}
	return x
}

// steps is option for a number of steps.
func steps(op, name string, n, by int) int { return int(option(op, name, float64(n), float64(by))) }

// vector is the tree x0 as a vector of real floats, and the way back.
func vector[T any](op string, x0 T) (jnp.Array, func(x jnp.Array) T) {
	x, unravel := arrays.Ravel(op, "x0", x0)
	if x.Size() == 0 {
		trace.Fail(op, nil, "x0 holds no numbers, so there is nothing to vary")
	}
	kit.RefuseComplex(op, x.TraceValue())
	return x, unravel
}

// scalar is a result of the user's function that must be a real number, of dtype d.
func scalar(op string, y jnp.Array, d jnp.DType) jnp.Array {
	v := kit.Value(op, y)
	kit.RefuseComplex(op, v)
	if !v.DType().IsFloat() {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the function returns %v, which does not vary continuously; have it "+
			"return floats", v.Aval())
	}
	if v.Rank() != 0 {
		trace.Fail(op, []ir.Aval{v.Aval()}, "the function returns %v, and must return a scalar; sum it (jnp.Sum), or "+
			"see LeastSquares and Root", v.Aval())
	}
	return y.AsType(d)
}

// numbers are operands, arrays and Go numbers without axes, in their common floating-point type.
func numbers(op string, x ...any) []jnp.Array {
	v := kit.PromoteInexact(op, kit.Map(x, func(a any) *trace.Value { return kit.Lift(op, a) })...)
	kit.RefuseComplex(op, v...)
	for _, a := range v {
		if a.Rank() != 0 {
			trace.Fail(op, trace.Avals(v), "an end or a start is %v, and must be a scalar; map the function over "+
				"several with gojax.Vmap", a.Aval())
		}
	}
	return arrays.Of(kit.Map(v, kit.Strong))
}

// valueAndGrad is a scalar function and its gradient at x.
func valueAndGrad(f function, x jnp.Array) (y, g jnp.Array) {
	deriv.Of("gojax.ValueAndGrad", f, nil).At(deriv.Into{Value: &y, Grads: []any{&g}}, &x)
	return y, g
}

func gradient(f function) function {
	return func(x jnp.Array) jnp.Array {
		_, g := valueAndGrad(f, x)
		return g
	}
}

// jacobian is the matrix of the derivatives of f, forward.
func jacobian(f function, x jnp.Array) jnp.Array {
	return deriv.Jacfwd("gojax.JacFwd", f, jnp.Wrap, nil)(x)[0][0]
}

// derivative is f and its derivative at a number.
func derivative(f function, x jnp.Array) (y, d jnp.Array) { return deriv.JVP(f, x, jnp.OnesLike(x)) }

// toRoot is how a root x of f moves, where b is how f does there: with f'(x) dx = -b.
func toRoot(f function, x, b jnp.Array) jnp.Array {
	if x.NDim() == 0 {
		_, d := derivative(f, x)
		return b.Div(d).Neg()
	}
	return linalg.Solve(jacobian(f, x), b).Neg()
}

var exact = jnp.Contraction{Precision: lax.PrecisionHighest}

func dot(x, y jnp.Array) jnp.Array { return exact.Dot(x, y) }

// norm is the Euclidean norm of a vector.
func norm(x jnp.Array) jnp.Array { return linalg.Norm(x) }

// eps is the distance from 1 to the next number of x's type.
func eps(x jnp.Array) float64 { return jnp.FInfo(x.DType()).Eps }

// like is a number of the type of x without axes.
func like(x jnp.Array, v float64) jnp.Array { return jnp.AsArray(v).AsType(x.DType()) }

// pick is the first of the values whose condition holds: pick(c0, v0, c1, v1, ..., otherwise).
func pick(x ...jnp.Array) jnp.Array {
	y := x[len(x)-1]
	for i := len(x) - 3; i >= 0; i -= 2 {
		y = jnp.Where(x[i], x[i+1], y)
	}
	return y
}
