package optimize

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/arrays"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// RootOptions are the options of Root. Zeros are the defaults that the fields name.
type RootOptions struct {
	XTol    float64 // done where a step is shorter than XTol |x|; 0: the root of the dtype's eps, 1.5e-8 in float64
	MaxIter int     // steps at most; 0: 100 for each number in x0, and 100
}

// RootResult is what Root finds.
type RootResult[T any] struct {
	X       T         // the root
	Fun     T         // the function there
	Success jnp.Array // whether it is one, bool
	// Status is 1 for that, 2 after MaxIter steps, and 4 where no step leads on, as at a point where the function is
	// smallest without being zero (those of SciPy's root).
	Status jnp.Array
	NIt    jnp.Array // the steps
	NFev   jnp.Array // the evaluations of the function
}

// Root searches from x0 for an x with f(x) = 0, where f takes an array or a tree of arrays of real floats and returns
// one of its structure and shapes (SciPy's optimize.root). It is Newton's method with the function's own Jacobian,
// whose steps stay in a region where that can be trusted, so that it makes its way from afar and where the Jacobian is
// singular (Moré 1978).
//
// X is differentiated in what f takes from outside; the Jacobian at X must be regular then.
//
// Options: RootOptions (XTol, MaxIter).
func Root[T any](f func(x T) T, x0 T, options ...RootOptions) RootResult[T] {
	const op = "optimize.Root"
	o := one(op, options)
	if f == nil {
		trace.Fail(op, nil, "the function is nil")
	}
	return arrays.Run(op, x0, func(x0 T) RootResult[T] {
		x, unravel := vector(op, x0)
		def, in := trace.Flatten(unravel(x))
		p := newProblem(op, x, func(x jnp.Array) jnp.Array {
			d, out := trace.Flatten(f(unravel(x)))
			if !d.Equal(def) {
				trace.Fail(op, nil, "f returns another structure than it is given: %v, want %v", d, def)
			}
			for i, v := range out {
				kit.RefuseComplex(op, v)
				if !slices.Equal(v.Shape(), in[i].Shape()) {
					trace.Fail(op, []ir.Aval{in[i].Aval(), v.Aval()}, "f returns %v for %s, which is %v; there must "+
						"be as many equations as unknowns (LeastSquares takes more)", v.Aval(), def.PathsFrom("x")[i],
						in[i].Aval())
				}
				out[i] = kit.Convert(op, v, in[i].DType(), false)
			}
			r, _ := arrays.Ravel(op, "what f returns", trace.Unflatten[T](d, out))
			return r.AsType(x.DType())
		})
		n := x.Size()
		d := descent{xTol: option(op, "XTol", o.XTol, math.Sqrt(eps(x))),
			maxIter: steps(op, "MaxIter", o.MaxIter, 100*(n+1)), root: true}
		r := solution(p, []jnp.Array{x},
			func(f function, x []jnp.Array) place { d := d; d.f = f; return d.run(x[0]) },
			func(r place, from, t []jnp.Array) place {
				return place{X: toRoot(p.at(from), r.X, p.along(func(f function) jnp.Array { return f(r.X) }, from, t))}
			})
		status := pick(r.Status.Gt(0), jnp.AsArray(1), r.Status.Lt(0), jnp.AsArray(4), jnp.AsArray(2))
		return RootResult[T]{unravel(r.X), unravel(r.F), status.Eq(1), status, r.N, r.N.Add(1)}
	})
}
