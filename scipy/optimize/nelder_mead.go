package optimize

import (
	"math"

	"gonum.org/v1/gonum/optimize"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// nelderMead has gonum search, which knows float64 alone.
func nelderMead[T any](op string, f func(x T) jnp.Array, x0 T, o MinimizeOptions) MinimizeResult[T] {
	x, unravel := vector(op, x0)
	if trace.AnyTraced(x.TraceValue()) {
		trace.Fail(op, []ir.Aval{x.TraceValue().Aval()}, "NelderMead runs on the host, so not under Jit, Vmap or "+
			"Grad; call it outside, or take BFGS, LBFGS or NewtonCG")
	}
	d := x.DType()
	tol := option(op, "FTol", o.FTol, 1e-10)
	most := steps(op, "MaxIter", o.MaxIter, 200*x.Size())
	at := func(x []float64) jnp.Array { return jnp.Wrap(kit.Floats(x)).AsType(d) }
	var refused any // what the function panicked with: gonum calls it on a goroutine of its own
	x64 := trace.X64()
	value := func(x []float64) (y float64) {
		defer func() {
			if r := recover(); r != nil {
				refused, y = r, math.NaN()
			}
		}()
		trace.WithX64(x64, func() {
			y = scalar(op, f(unravel(at(x))), d).Item()
		})
		return y
	}
	scalar(op, f(x0), d) // a mistake is told at the user's line, which gonum's calls are not
	status := func() (optimize.Status, error) {
		if refused != nil {
			return optimize.Failure, nil
		}
		return optimize.NotTerminated, nil
	}
	r, _ := optimize.Minimize(optimize.Problem{Func: value, Status: status}, jnp.ToSlice[float64](x),
		&optimize.Settings{MajorIterations: most, Converger: &optimize.FunctionConverge{Absolute: tol, Iterations: 20}},
		&optimize.NelderMead{})
	if refused != nil {
		panic(refused)
	}
	code := 0
	if r.Status.Early() || math.IsNaN(r.F) || math.IsInf(r.F, 0) {
		code = 1
	}
	return MinimizeResult[T]{X: unravel(at(r.X)), Fun: jnp.AsArray(r.F).AsType(d), Success: jnp.AsArray(code == 0),
		Status: jnp.AsArray(code), NIt: jnp.AsArray(r.MajorIterations), NFev: jnp.AsArray(r.FuncEvaluations),
		NJev: jnp.AsArray(0)}
}
