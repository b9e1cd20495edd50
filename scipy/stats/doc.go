// Package stats holds the probability distributions and the summary functions of scipy.stats, as jax.scipy.stats has
// them.
//
// Five are used most:
//
//	l := stats.Norm{Loc: 1, Scale: 2}.LogPDF(x)          // a density; the other distributions have the same methods
//	l = stats.Poisson{Mu: 3}.LogPMF(k)                   // a mass
//	l = stats.MultivariateNormal{Mean: m, Cov: c}.LogPDF(x)
//	r := stats.RankData(x)                               // ranks
//	k := stats.NewGaussianKDE(x)                         // a density of data
//
// A distribution is a struct with the parameters as fields: Norm{Loc: 1, Scale: 2}.LogPDF(x). Methods cannot be
// generic in Go, so that parameters, and what a method takes, are of type any: an Array, a Go number or a nested
// slice. They are brought to their common floating-point type (integers to the default float) and broadcast against
// each other. Loc and Scale that are not set are 0 and 1; a shape parameter that is not set is an error. Under Jit,
// Grad and Vmap parameters may be traced as well as x; called eagerly, each method is one compiled program. Complex
// numbers are refused.
//
// Densities are PDF and LogPDF, of discrete distributions PMF and LogPMF. CDF is the probability of at most x, SF of
// more than x, PPF the quantile (the inverse of CDF) and ISF the inverse of SF. All distributions follow the same
// rules:
//
//   - Outside of the support densities and masses are 0, and their logarithms -inf; the infinities are outside. A
//     discrete distribution has its mass on whole numbers alone, and its CDF is constant between them.
//   - NaN gives NaN, and so does what is no probability where one is asked for. PPF of 0 and 1 are the ends of the
//     support; of a discrete distribution PPF of 0 is one below it, as in SciPy.
//   - Parameters that are those of no distribution give NaN: a Scale that is not positive, and what the table below
//     says.
//   - At an end of the support densities are limits, and may be 0 or inf. Derivatives there, and by a parameter at
//     an end of what it may be, are one-sided.
//
// Results have at most 64 units in the last place of error (docs/ACCURACY.md has figures), with three exceptions. A
// density, a mass or a probability p below 1e-27, or as close to 1 where its logarithm is asked for, has up to
// 1.5·|log p|: it is the exponential of a rounded number. So is what comes out where Loc and Scale, or (x-Loc)/Scale,
// round. Near 0 the logarithm of a density has up to 16 units of 1. Subnormal operands count as 0. Derivatives have at
// most 64 units too, but second derivatives of LogCDF and LogSF, and all where they pass through 0, are what is left of
// terms that cancel.
//
// The distributions, their shape parameters and when they are valid, and their supports at Loc 0 and Scale 1. Methods
// are LogPDF and PDF, or for discrete ones LogPMF and PMF, and those named here; c stands for CDF, LogCDF, SF and
// LogSF, and q for PPF and ISF.
//
//	distribution         shape parameters              support                methods
//	Norm                                               the real line          c, q
//	TruncNorm            A < B                         [A, B]                 c
//	Uniform                                            [0, 1]                 c, q
//	Expon                                              [0, inf)               c, q
//	Cauchy                                             the real line          c, q
//	Laplace                                            the real line          c
//	Logistic                                           the real line          c, q
//	GumbelL, GumbelR                                   the real line          c, q
//	Gamma                A > 0                         [0, inf)               c
//	Chi2                 DF > 0                        [0, inf)               c
//	Beta                 A > 0, B > 0                  [0, 1]                 c
//	T                    DF > 0                        the real line
//	Pareto               B > 0                         [1, inf)               c, q
//	GenNorm, no place    Beta > 0                      the real line          c
//	VonMises, no place   Kappa >= 0                    all angles
//	WrapCauchy, no place 0 < C < 1                     [0, 2π]
//	Poisson              Mu >= 0                       0, 1, ...              c, Entropy
//	Bernoulli            0 <= P <= 1                   0, 1                   c, q
//	Binom                N = 0, 1, ..., 0 <= P <= 1    0, ..., N
//	Geom                 0 < P <= 1                    1, 2, ...
//	NBinom               N > 0, 0 < P <= 1             0, 1, ...
//	BetaBinom            N = 0, 1, ..., A > 0, B > 0   0, ..., N
//	MultivariateNormal   Mean, Cov positive definite   vectors
//	Dirichlet            Alpha > 0                     the simplex
//	Multinomial          N = 0, 1, ..., P of sum 1     counts of sum N
//
// Discrete distributions have Loc but no Scale; those marked "no place", and those of vectors, have neither.
// GaussianKDE is a density that is estimated from points.
//
// Float types are refused as by the functions that a method is made of: those of special.Ndtr and special.Ndtri take
// float32 and float64 alone.
//
// A function of one array takes a jnp.Array, so that it can be passed to Jit, Vmap and Grad as it is. Keyword
// arguments are fields of a struct that has the function as a method; its zero value is SciPy's default:
//
//	struct           function         fields (SciPy's names)
//	KDE              NewGaussianKDE   BWMethod (bw_method), Weights (weights)
//	Modes            Mode             Flat (axis=None), KeepDims (keepdims), NaNPolicy (nan_policy)
//	Ranking          RankData         Method (method), NaNPolicy (nan_policy)
//	StandardErrors   SEM              Flat (axis=None), KeepDims (keepdims), DDof (ddof), NaNPolicy (nan_policy)
package stats
