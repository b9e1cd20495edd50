// Package stats holds the probability distributions and the summary functions of scipy.stats, as jax.scipy.stats has them.
//
// A distribution is a struct with the parameters as fields: Norm{Loc: 1, Scale: 2}.LogPDF(x). A parameter, and what a method
// takes, is any operand: an Array, a Go scalar or a nested slice. They are brought to their common floating-point type (integers
// to the default float) and broadcast against each other. Loc and Scale that are not set are 0 and 1; a shape parameter that is
// not set is an error. Under Jit, Grad and Vmap parameters may be traced as well as x; called eagerly, each method is one
// compiled program.
//
// Densities are PDF and LogPDF, of discrete distributions PMF and LogPMF: 0 and -inf outside of the support. CDF is the
// probability of at most x, SF of more than x, PPF the quantile (the inverse of CDF) and ISF the inverse of SF: NaN of what is no
// probability, except where said otherwise. What float types and complex numbers are refused follows the functions that a method
// is made of: those of special.Ndtr and special.Ndtri take float32 and float64 alone.
package stats
