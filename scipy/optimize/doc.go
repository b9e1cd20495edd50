// Package optimize finds minima, roots and fits of functions of arrays: what jax.scipy.optimize has of scipy.optimize,
// and the solvers of SciPy that belong to it.
//
//	r := optimize.Minimize(loss, x0)                                       // the minimum of a function of a tree
//	r := optimize.Root(f, x0)                                              // f(x) = 0, as many equations as unknowns
//	r := optimize.RootScalar(f, optimize.RootScalarOptions{Bracket: [2]any{0, 2}})
//	r := optimize.MinimizeScalar(f)                                        // of a function of one number
//	r := optimize.CurveFit(model, x, y, p0)                                // parameters and their covariances
//
// LeastSquares is below CurveFit. Derivatives are the functions' own, so none is asked for. All are loops of a
// compiled program, one a call: they work by themselves, and under Jit and Vmap. A result is a struct of
// arrays; whether the search succeeded is in Success and Status, since a compiled program cannot stop with an error.
//
// Results are differentiated by the implicit function theorem, in both modes and to any order, in the arrays that the
// function takes from outside, and not through the iteration: X, and what of Fun and Cost depends on them. Where a
// search ends before the solution, so does the derivative. Other fields are constants.
//
// Options are a last argument that may be left out; zero values are defaults.
//
//	options                 of               fields (SciPy's names)
//	MinimizeOptions         Minimize         Method (method), GTol (gtol), FTol (ftol), XTol (xtol), MaxIter (maxiter),
//	                                         LineSteps (JAX's line_search_maxiter, maxls), History (maxcor), Norm (norm)
//	RootOptions             Root             XTol (tol), MaxIter (maxiter)
//	RootScalarOptions       RootScalar       Method (method), Bracket (bracket), X0 (x0), X1 (x1), XTol (xtol),
//	                                         RTol (rtol), MaxIter (maxiter)
//	MinimizeScalarOptions   MinimizeScalar   Method (method), Bracket (bracket), Bounds (bounds), XTol (xtol, xatol),
//	                                         MaxIter (maxiter)
//	LeastSquaresOptions     LeastSquares     FTol (ftol), XTol (xtol), GTol (gtol), MaxIter (max_nfev)
//	CurveFitOptions         CurveFit         Sigma (sigma), AbsoluteSigma (absolute_sigma), and those of LeastSquares
package optimize
