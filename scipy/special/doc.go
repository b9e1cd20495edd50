// Package special holds the special functions of scipy.special, as jax.scipy.special has them.
//
// Five functions are used most:
//
//	y := special.LogSumExp(x, -1)  // the logarithm of a sum of exponentials, without overflow
//	y = special.GammaLn(x)         // the logarithm of the gamma function
//	y = special.Erf(x)             // the error function
//	y = special.Expit(x)           // 1/(1 + exp(-x)); Logit is its inverse
//	y = special.XLogY(x, y)        // x log y, 0 where x is 0
//
// A function of one array takes a jnp.Array, so that it can be passed to Jit, Vmap and Grad as it is. A function of
// several operands takes Arrays and Go numbers; they are brought to their common floating-point type (integers to the
// default float) and broadcast against each other. Complex numbers are refused where not said otherwise.
//
// Values are within 64 units in the last place, mostly within 4, where a function does not say otherwise:
// docs/ACCURACY.md has what tests/truth measures.
//
// Keyword arguments are fields of a struct that has the function as a method; its zero value is SciPy's default:
//
//	struct        function     fields (SciPy's and JAX's names)
//	Combination   Comb         Repetition (repetition)
//	Harmonics     SphHarmY     NMax (n_max)
//	Recurrence    BesselJn     Iterations (n_iter)
//	TailSeries    LogNdtr      Order (series_order)
//	nn.SumOfExp   LogSumExp    B (b), Where (where), KeepDims (keepdims); its LogSumExpSign is return_sign
package special
