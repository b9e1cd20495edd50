// Package expr computes formulas that are written as text, the same as by the chain of calls that the text stands for:
//
//	var weight = expr.MustCompile("rho*w*(1 + 3*p + 4.5*p**2 - 1.5*m*m)")
//
//	y := weight.Eval(map[string]any{"rho": rho, "w": w, "p": p, "m": m})
//	y = weight.Eval(Fluid{Rho: rho, W: w, P: p, M: m}) // fields, whatever their case
//	y = weight.Call(rho, w, p, m)                      // in the order of weight.Names()
//
// The five names: MustCompile and Compile read a text, once; Formula.Eval computes it for the variables of a map or a
// struct, Formula.Call for values in order; Eval does both at once, and remembers the text. A Formula may be used by
// several goroutines, and in functions that go through Jit, Vmap and Grad. There it records what the calls would
// record; called eagerly it is one compiled program, so that nothing is computed twice and no array is made between.
//
// # What may stand in a formula
//
// The text is read by Go's parser, so precedence is Go's, which is NumPy's for arithmetic and comparisons (but & and <<
// bind like *, | and ^ like +).
//
//	x + y, - * / %    as in NumPy: 1/2 is 0.5, and % has the sign of the divisor
//	x**n              power, which binds as in Python: -x**2 is -(x**2)
//	x == y, != < <=   comparisons, which do not chain: 0 < x && x < 1
//	p && q, || !p     logical_and, logical_or, logical_not
//	i & j, | ^ &^ <<  of the bits of integers and of bools; ^i and ~i are the complement
//	x[0, 1:-1, None]  NumPy's indices, with formulas in them (see jnp.Array.Ix)
//	[0, 0.5, 1]       an array, or where a function takes several arrays, these
//	x.sum(0), x.T     a function of x as a method of it; T, mT, real and imag
//	p.mu              a field or key mu of the struct or map p
//
// Numbers are Go's (1, 2.5, 1e-3, 2i) and weakly typed, as beside an Array. All functions of jnp, special, nn and
// linalg whose result is one array are there, spelled as NumPy, SciPy or Go do: logaddexp, LogAddExp, jnp.log_add_exp.
// Options are given by position as in Go: sum(x, 0). Where two packages have a name, jnp's is meant, unless the package
// stands in front: special.i0(x), linalg.norm(x, 1). The constants are pi, e, inf, nan, euler_gamma, true, false, None
// and the dtypes; a variable of the name goes before.
//
// Mistakes are found when the text is read, and are errors that say the column: what is no formula, functions that are
// not there, or have another number of arguments, and, where the names are given to Compile, names that are not among
// them. Those that depend on the values (shapes, a missing variable) are a *gojax.Error with the column, at the line of
// Eval. exprtest.Check, in a test, reads all formulas in the source of a package.
//
// JAX has no counterpart. The nearest are numexpr.evaluate and pandas.eval.
package expr
