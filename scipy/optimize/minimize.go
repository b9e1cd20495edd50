package optimize

import (
	"math"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	sparse "github.com/gojax/gojax/scipy/sparse/linalg"
	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/deriv"
)

// Method is how Minimize searches.
type Method uint8

const (
	BFGS       Method = iota // Broyden, Fletcher, Goldfarb and Shanno: an estimate of the Hessian's inverse, n² numbers
	LBFGS                    // the same of limited memory: some n numbers
	NewtonCG                 // Newton's method, its equations solved by conjugate gradients: for n large, in few steps
	NelderMead               // a simplex that walks downhill without gradients (Nelder and Mead 1965), for few numbers
)

// MinimizeOptions are the options of Minimize. Zeros are the defaults that the fields name.
type MinimizeOptions struct {
	Method Method // BFGS
	// GTol ends BFGS and LBFGS where the gradient's norm is below it, 1e-5. Norm is the order of that norm, +Inf: the
	// largest component.
	GTol, Norm float64
	// FTol ends LBFGS, with Status 4, where a step lowers the function by less, 2.2e-9.
	FTol float64
	// XTol ends NewtonCG where the mean of |step| is no more, 1e-5. NelderMead ends where no number differs by more
	// than XTol, 1e-4, between the corners of the simplex, and the function by no more than FTol, 1e-4.
	XTol      float64
	MaxIter   int // steps at most, 200 for each number in x0; of NelderMead, unless given, evaluations too
	LineSteps int // tries of a length of a step at most, 10; 20 of LBFGS and NewtonCG
	History   int // steps that LBFGS remembers, 10
}

// MinimizeResult is what Minimize finds.
type MinimizeResult[T any] struct {
	X   T         // where the minimum is
	Fun jnp.Array // the function there
	Jac T         // its gradient there; unset for NelderMead
	// HessInv is the estimate of the inverse of the Hessian, [n, n], over the numbers in X one after the other. It is
	// set by BFGS alone.
	HessInv jnp.Array
	Success jnp.Array // whether it is a minimum, bool
	// Status is 0 for that, 1 after MaxIter steps; where no length of a step was good enough, 3 if there seems to be
	// none and 5 if LineSteps were too few; 4 where the function fell by less than FTol.
	Status jnp.Array
	// NIt are the steps, NFev the evaluations of the function, NJev those of its gradient.
	NIt, NFev, NJev jnp.Array
}

// minimum is MinimizeResult over a vector.
type minimum struct {
	X, Fun, Jac, HessInv, Success, Status, NIt, NFev, NJev jnp.Array
}

// Minimize searches for a minimum of f, a function of an array or a tree of arrays of real floats to a real scalar,
// from x0 downhill (jax.scipy.optimize.minimize, SciPy's optimize.minimize; Nocedal and Wright, Numerical
// Optimization). Steps of all methods but NelderMead satisfy the strong Wolfe conditions, by JAX's line search. Arrays
// of several dtypes are computed in their common one.
//
// X and Fun are differentiated in what f takes from outside; the Hessian at X must be regular then. LBFGS and NewtonCG
// solve with it by conjugate gradients, BFGS and NelderMead by elimination. NelderMead takes functions without
// derivatives too, such as what gojax.PureCallback makes of a Go function.
//
// Options: MinimizeOptions (Method, GTol, Norm, FTol, XTol, MaxIter, LineSteps, History).
func Minimize[T any](f func(x T) jnp.Array, x0 T, options ...MinimizeOptions) MinimizeResult[T] {
	const op = "optimize.Minimize"
	o := one(op, options)
	if f == nil {
		trace.Fail(op, nil, "the function is nil")
	}
	if o.Method > NelderMead {
		trace.Fail(op, nil, "Method is none that is known here: BFGS, LBFGS, NewtonCG or NelderMead")
	}
	return arrays.Run(op, x0, func(x0 T) MinimizeResult[T] {
		x, unravel := vector(op, x0)
		o := o.filled(op, x.Size())
		p := newProblem(op, x, func(x jnp.Array) jnp.Array { return scalar(op, f(unravel(x)), x.DType()) })
		search := [...]func(f function, x jnp.Array, o MinimizeOptions) minimum{
			bfgs, lbfgs, newtonCG, nelderMead}[o.Method]
		r := solution(p, []jnp.Array{x},
			func(f function, x []jnp.Array) minimum { return search(f, x[0], o) },
			func(r minimum, from, t []jnp.Array) minimum {
				return p.minimumTangent(r, from, t, o.Method == LBFGS || o.Method == NewtonCG)
			})
		var jac T
		if o.Method != NelderMead {
			jac = unravel(r.Jac)
		}
		return MinimizeResult[T]{unravel(r.X), r.Fun, jac, r.HessInv, r.Success, r.Status, r.NIt, r.NFev,
			r.NJev}
	})
}

// filled has the defaults for n numbers.
func (o MinimizeOptions) filled(op string, n int) MinimizeOptions {
	tries := 20
	if o.Method == BFGS {
		tries = 10
	}
	o.GTol = option(op, "GTol", o.GTol, 1e-5)
	o.Norm = option(op, "Norm", o.Norm, math.Inf(1))
	fTol, xTol, most := 2.220446049250313e-09, 1e-5, 200*n
	if o.Method == NelderMead {
		fTol, xTol, most = 1e-4, 1e-4, 0 // steps and evaluations are limited
	}
	o.FTol, o.XTol = option(op, "FTol", o.FTol, fTol), option(op, "XTol", o.XTol, xTol)
	o.MaxIter = steps(op, "MaxIter", o.MaxIter, most)
	o.LineSteps = steps(op, "LineSteps", o.LineSteps, tries)
	o.History = steps(op, "History", o.History, 10)
	return o
}

// small reports whether a gradient is within the tolerance.
func (o MinimizeOptions) small(g jnp.Array) jnp.Array {
	return linalg.Norms{Order: linalg.Ord(o.Norm)}.Norm(g).Lt(o.GTol)
}

// minimumTangent is how a minimum moves: so that the gradient stays zero. The function itself, being flat there,
// changes by what it takes from outside alone.
func (p problem) minimumTangent(r minimum, from, t []jnp.Array, large bool) minimum {
	g := gradient(p.at(from))
	change := p.along(func(f function) jnp.Array { return gradient(f)(r.X) }, from, t)
	d := minimum{Fun: p.along(func(f function) jnp.Array { return f(r.X) }, from, t)}
	if !large {
		d.X = toRoot(g, r.X, change)
		return d
	}
	_, product := deriv.Linearize(g, r.X)
	d.X = sparse.Krylov[jnp.Array]{Tol: 4 * eps(r.X)}.CG(product, change).Neg()
	return d
}
