package optimize

import (
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/trace"
)

// CurveFitOptions are the options of CurveFit.
type CurveFitOptions struct {
	// Sigma are the errors of the data: one for all, one for each, or their covariances, [n, n] of n data. Unset, all
	// have one error.
	Sigma jnp.Array
	// AbsoluteSigma takes Sigma for the errors themselves. Otherwise they are known up to a factor, which follows from
	// how far the data are from the curve.
	AbsoluteSigma bool
	LeastSquaresOptions
}

// CurveFitResult is what CurveFit finds.
type CurveFitResult[T any] struct {
	// LeastSquaresResult has the parameters in X; its residuals are the differences over Sigma.
	LeastSquaresResult[T]
	// Cov are the covariances of the numbers in X, one after the other, [n, n]: +Inf where the data do not determine
	// them.
	Cov jnp.Array
}

// CurveFit fits the curve f(x, p), of data x and parameters p, to data y, from the parameters p0: so that the sum of
// ((f(x, p) - y) / Sigma)² is least (SciPy's optimize.curve_fit, whose popt and pcov are X and Cov). Parameters are an
// array or a tree of arrays of real floats, x is whatever f takes, and f returns an array of y's shape.
//
// X, Cost, Fun and Cov are differentiated as those of LeastSquares, in x and y too.
//
// Options: CurveFitOptions (Sigma, AbsoluteSigma, FTol, XTol, GTol, MaxIter).
func CurveFit[X, T any](f func(x X, p T) jnp.Array, x X, y jnp.Array, p0 T,
	options ...CurveFitOptions) CurveFitResult[T] {
	const op = "optimize.CurveFit"
	o := one(op, options)
	if f == nil {
		trace.Fail(op, nil, "the function is nil")
	}
	n := kit.Value(op, y).Aval().Size()
	type data struct {
		P0       T
		X        X
		Y, Sigma jnp.Array
	}
	return arrays.Run(op, data{p0, x, y, o.Sigma}, func(d data) CurveFitResult[T] {
		weigh := weights(op, d.Sigma, n)
		r, j := leastSquares(op, func(p T) jnp.Array {
			c := f(d.X, p)
			if v := kit.Value(op, c).Aval(); !slices.Equal(v.Shape, d.Y.Shape()) {
				y := d.Y.TraceValue().Aval()
				trace.Fail(op, []ir.Aval{v, y}, "f returns %v, and y is %v; they must have one shape", v, y)
			}
			return weigh(jnp.Ravel(c.Sub(d.Y)))
		}, d.P0, o.LeastSquaresOptions)
		params := j.Shape()[1]
		if n < params {
			trace.Fail(op, nil, "there are %d data for %d parameters, which they cannot determine", n, params)
		}
		cov := covariance(j)
		if !o.AbsoluteSigma {
			cov = cov.Mul(r.Cost.Mul(2).Div(n - params))
			if n == params {
				cov = jnp.FullLike(cov, jnp.Inf)
			}
		}
		return CurveFitResult[T]{r, cov}
	})
}

// weights divides n residuals by their errors.
func weights(op string, sigma jnp.Array, n int) func(r jnp.Array) jnp.Array {
	if sigma.TraceValue() == nil {
		return func(r jnp.Array) jnp.Array { return r }
	}
	switch s := sigma.Shape(); {
	case sigma.Size() == 1 || slices.Equal(s, []int{n}):
		return func(r jnp.Array) jnp.Array { return r.Div(jnp.Ravel(sigma)) }
	case slices.Equal(s, []int{n, n}):
		l := linalg.Cholesky(sigma)
		return func(r jnp.Array) jnp.Array { return linalg.Triangular{Lower: true}.SolveTriangular(l, r) }
	}
	v := sigma.TraceValue().Aval()
	trace.Fail(op, []ir.Aval{v}, "Sigma is %v for %d data; give a number, [%d] or [%d, %d]", v, n, n, n, n)
	return nil
}
