package optimize

import (
	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/trace"
)

// LeastSquaresOptions are the options of LeastSquares. Each tolerance is 1e-8 where it is 0, or four times the dtype's
// eps where that is more.
type LeastSquaresOptions struct {
	FTol    float64 // done where a step lowers the cost by less than FTol of it
	XTol    float64 // or where it is shorter than XTol |x|
	GTol    float64 // or where the largest component of the gradient is below GTol
	MaxIter int     // steps at most; 0: 100 for each number in x0, and 100
}

// LeastSquaresResult is what LeastSquares finds.
type LeastSquaresResult[T any] struct {
	X       T         // where the sum of squares is least
	Cost    jnp.Array // half of that sum
	Fun     jnp.Array // the residuals, one after the other
	Jac     jnp.Array // their derivatives by the numbers in X, one after the other, [residuals, numbers]
	Success jnp.Array // whether one of the tolerances is met, bool
	// Status says which: 1 GTol, 2 FTol, 3 XTol, 4 both of these; 0: none, after MaxIter steps (those of SciPy).
	Status jnp.Array
	NIt    jnp.Array // the steps
	NFev   jnp.Array // the evaluations of the function
}

// LeastSquares searches from x0 for the least sum of squares of f, a function of an array or a tree of arrays of real
// floats to an array of any shape, the residuals (SciPy's optimize.least_squares without bounds). It is the method of
// Levenberg and Marquardt in the way of Moré (1978): unknowns may be of different scales, and more than the residuals.
//
// X, Cost and Fun are differentiated in what f takes from outside; the Hessian of Cost at X must be regular then.
//
// Options: LeastSquaresOptions (FTol, XTol, GTol, MaxIter).
func LeastSquares[T any](f func(x T) jnp.Array, x0 T, options ...LeastSquaresOptions) LeastSquaresResult[T] {
	const op = "optimize.LeastSquares"
	o := one(op, options)
	if f == nil {
		trace.Fail(op, nil, "the function is nil")
	}
	return arrays.Run(op, x0, func(x0 T) LeastSquaresResult[T] {
		r, _ := leastSquares(op, f, x0, o)
		return r
	})
}

// fit is place with the cost.
type fit struct {
	Place place
	Cost  jnp.Array
}

// leastSquares is LeastSquares, and the Jacobian at X as a function of what X depends on.
func leastSquares[T any](op string, f func(x T) jnp.Array, x0 T, o LeastSquaresOptions) (r LeastSquaresResult[T],
	jac jnp.Array) {
	x, unravel := vector(op, x0)
	p := newProblem(op, x, func(x jnp.Array) jnp.Array {
		y := f(unravel(x))
		v := kit.Value(op, y)
		kit.RefuseComplex(op, v)
		if v.Aval().Size() == 0 {
			trace.Fail(op, []ir.Aval{v.Aval()}, "the function returns %v: there are no residuals", v.Aval())
		}
		return jnp.Ravel(y).AsType(x.DType())
	})
	n, least := x.Size(), max(1e-8, 4*eps(x))
	d := descent{fTol: option(op, "FTol", o.FTol, least), xTol: option(op, "XTol", o.XTol, least),
		gTol: option(op, "GTol", o.GTol, least), maxIter: steps(op, "MaxIter", o.MaxIter, 100*(n+1))}
	s := solution(p, []jnp.Array{x},
		func(f function, x []jnp.Array) fit {
			d := d
			d.f = f
			r := d.run(x[0])
			return fit{r, dot(r.F, r.F).Div(2)}
		}, p.fitTangent)
	at := s.Place
	return LeastSquaresResult[T]{unravel(at.X), s.Cost, at.F, at.J, at.Status.Gt(0), at.Status, at.N, at.N.Add(1)},
		jacobian(p.at(p.from), at.X)
}

// fitTangent is how the least sum of squares moves: so that its gradient stays zero.
func (p problem) fitTangent(r fit, from, t []jnp.Array) fit {
	x := r.Place.X
	cost := func(f function) function {
		return func(x jnp.Array) jnp.Array { y := f(x); return dot(y, y).Div(2) }
	}
	change := p.along(func(f function) jnp.Array { return gradient(cost(f))(x) }, from, t)
	dx := toRoot(gradient(cost(p.at(from))), x, change)
	df := p.along(func(f function) jnp.Array { return f(x) }, from, t).Add(dot(jacobian(p.at(from), x), dx))
	return fit{place{X: dx, F: df}, dot(p.at(from)(x), df)}
}

// covariance is the inverse of JᵀJ; +Inf where there is none.
func covariance(j jnp.Array) jnp.Array {
	n := j.Shape()[1]
	s := linalg.Norm(j, 0)
	r := linalg.QRTriangle(j.Div(s))
	inv := linalg.SolveTriangular(r, jnp.Eye(n).AsType(j.DType()))
	c := dot(inv, inv.T()).Div(s).Div(jnp.ExpandDims(s, 1))
	d := jnp.Abs(jnp.Diagonal(r))
	singular := jnp.Any(d.Le(jnp.Max(d).Mul(eps(j) * float64(n)))).Or(jnp.All(jnp.IsFinite(c)).Not())
	return jnp.Where(singular, jnp.Inf, c)
}
