package functions

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/scipy/stats"
	"github.com/gojax/gojax/trace"
)

// The methods of JAX's distributions have the parameters as arguments after x, ours as fields.

var statsTable = func() Table {
	t := Table{
		"jsp.stats.mode": func(c *Call) any {
			flat, axis := axisOrAll(c)
			mode, count := stats.Modes{Flat: flat, KeepDims: c.flag("keepdims", false),
				NaNPolicy: nanPolicy(c)}.Mode(c.A(0), axis...)
			return []any{mode, count}
		},
		"jsp.stats.rankdata": func(c *Call) any {
			o := stats.Ranking{NaNPolicy: nanPolicy(c)}
			if m, ok := c.arg(1, "method").(string); ok {
				o.Method = stats.RankMethod(m)
			}
			return o.RankData(c.A(0), c.Axes()...)
		},
		"jsp.stats.sem": func(c *Call) any {
			flat, axis := axisOrAll(c)
			o := stats.StandardErrors{Flat: flat, KeepDims: c.flag("keepdims", false), NaNPolicy: nanPolicy(c)}
			if d, ok := c.arg(2, "ddof").(int); ok {
				o.DDof = new(float64(d))
			}
			return o.SEM(c.A(0), axis...)
		},
	}
	type args = func(name string) any
	add := func(name, params, methods string, build func(p args) any) {
		for _, m := range strings.Fields(methods) {
			t["jsp.stats."+name+"."+m] = func(c *Call) any { return method(c, m, strings.Fields(params), build) }
		}
	}
	add("norm", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf isf",
		func(p args) any { return stats.Norm{Loc: p("loc"), Scale: p("scale")} })
	add("uniform", "loc scale", "logpdf pdf cdf ppf",
		func(p args) any { return stats.Uniform{Loc: p("loc"), Scale: p("scale")} })
	add("expon", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf",
		func(p args) any { return stats.Expon{Loc: p("loc"), Scale: p("scale")} })
	add("cauchy", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf isf",
		func(p args) any { return stats.Cauchy{Loc: p("loc"), Scale: p("scale")} })
	add("laplace", "loc scale", "logpdf pdf cdf",
		func(p args) any { return stats.Laplace{Loc: p("loc"), Scale: p("scale")} })
	add("logistic", "loc scale", "logpdf pdf cdf sf ppf isf",
		func(p args) any { return stats.Logistic{Loc: p("loc"), Scale: p("scale")} })
	add("gumbel_l", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf",
		func(p args) any { return stats.GumbelL{Loc: p("loc"), Scale: p("scale")} })
	add("gumbel_r", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf",
		func(p args) any { return stats.GumbelR{Loc: p("loc"), Scale: p("scale")} })
	add("gamma", "a loc scale", "logpdf pdf cdf logcdf sf logsf",
		func(p args) any { return stats.Gamma{A: p("a"), Loc: p("loc"), Scale: p("scale")} })
	add("chi2", "df loc scale", "logpdf pdf cdf logcdf sf logsf",
		func(p args) any { return stats.Chi2{DF: p("df"), Loc: p("loc"), Scale: p("scale")} })
	add("t", "df loc scale", "logpdf pdf",
		func(p args) any { return stats.T{DF: p("df"), Loc: p("loc"), Scale: p("scale")} })
	add("pareto", "b loc scale", "logpdf pdf cdf logcdf sf logsf ppf",
		func(p args) any { return stats.Pareto{B: p("b"), Loc: p("loc"), Scale: p("scale")} })
	add("beta", "a b loc scale", "logpdf pdf cdf logcdf sf logsf", func(p args) any {
		return stats.Beta{A: p("a"), B: p("b"), Loc: p("loc"), Scale: p("scale")}
	})
	add("truncnorm", "a b loc scale", "logpdf pdf cdf logcdf sf logsf", func(p args) any {
		return stats.TruncNorm{A: p("a"), B: p("b"), Loc: p("loc"), Scale: p("scale")}
	})
	add("gennorm", "beta", "logpdf pdf cdf", func(p args) any { return stats.GenNorm{Beta: p("beta")} })
	add("vonmises", "kappa", "logpdf pdf", func(p args) any { return stats.VonMises{Kappa: p("kappa")} })
	add("wrapcauchy", "c", "logpdf pdf", func(p args) any { return stats.WrapCauchy{C: p("c")} })
	add("bernoulli", "p loc", "logpmf pmf cdf ppf",
		func(p args) any { return stats.Bernoulli{P: p("p"), Loc: p("loc")} })
	add("binom", "n p loc", "logpmf pmf", func(p args) any { return stats.Binom{N: p("n"), P: p("p"), Loc: p("loc")} })
	add("nbinom", "n p loc", "logpmf pmf",
		func(p args) any { return stats.NBinom{N: p("n"), P: p("p"), Loc: p("loc")} })
	add("geom", "p loc", "logpmf pmf", func(p args) any { return stats.Geom{P: p("p"), Loc: p("loc")} })
	add("poisson", "mu loc", "logpmf pmf cdf entropy",
		func(p args) any { return stats.Poisson{Mu: p("mu"), Loc: p("loc")} })
	add("betabinom", "n a b loc", "logpmf pmf", func(p args) any {
		return stats.BetaBinom{N: p("n"), A: p("a"), B: p("b"), Loc: p("loc")}
	})
	add("dirichlet", "alpha", "logpdf pdf", func(p args) any { return stats.Dirichlet{Alpha: p("alpha")} })
	add("multinomial", "n p", "logpmf pmf", func(p args) any { return stats.Multinomial{N: p("n"), P: p("p")} })
	add("multivariate_normal", "mean cov allow_singular", "logpdf pdf", func(p args) any {
		if s := p("allow_singular"); s != nil {
			trace.Fail("stats.MultivariateNormal", nil,
				"allow_singular is %v: gojax has no such option, and JAX takes None alone", s)
		}
		return stats.MultivariateNormal{Mean: p("mean"), Cov: p("cov")}
	})
	// The estimate's methods are called as f(dataset, arguments...), bw_method and weights being the estimate's own.
	for m, f := range map[string]func(k stats.GaussianKDE, c *Call) any{
		"":          func(k stats.GaussianKDE, c *Call) any { return k.Evaluate(c.Args[1]) },
		".evaluate": func(k stats.GaussianKDE, c *Call) any { return k.Evaluate(c.Args[1]) },
		".pdf":      func(k stats.GaussianKDE, c *Call) any { return k.PDF(c.Args[1]) },
		".logpdf":   func(k stats.GaussianKDE, c *Call) any { return k.LogPDF(c.Args[1]) },
		".integrate_gaussian": func(k stats.GaussianKDE, c *Call) any {
			return k.IntegrateGaussian(c.Args[1], c.Args[2])
		},
		".integrate_box_1d": func(k stats.GaussianKDE, c *Call) any { return k.IntegrateBox1D(c.Args[1], c.Args[2]) },
		".integrate_kde": func(k stats.GaussianKDE, c *Call) any {
			return k.IntegrateKDE(stats.NewGaussianKDE(c.A(1)))
		},
		".resample": func(k stats.GaussianKDE, c *Call) any {
			return k.Resample(c.Args[1].(random.KeyArray), c.Ints(c.kw("shape"))...)
		},
	} {
		t["jsp.stats.gaussian_kde"+m] = func(c *Call) any {
			return f(stats.KDE{BWMethod: c.kw("bw_method"), Weights: c.kw("weights")}.NewGaussianKDE(c.A(0)), c)
		}
	}
	return t
}()

// method calls the method of a distribution that JAX calls m.
func method(c *Call, m string, params []string, build func(p func(name string) any) any) any {
	first := 1 // position of the first parameter
	if m == "entropy" {
		first = 0
	}
	d := reflect.ValueOf(build(func(name string) any {
		for i, p := range params {
			if p == name {
				return c.arg(first+i, name)
			}
		}
		panic(fmt.Sprintf("%s: %q is no parameter", c.Fn, name))
	}))
	name := strings.NewReplacer("log", "Log", "pdf", "PDF", "pmf", "PMF", "cdf", "CDF", "sf", "SF", "ppf", "PPF", "isf",
		"ISF", "entropy", "Entropy").Replace(m)
	f := d.MethodByName(name)
	if !f.IsValid() {
		panic(fmt.Sprintf("%s: %v has no method %s", c.Fn, d.Type(), name))
	}
	var x []reflect.Value
	if first == 1 {
		x = []reflect.Value{reflect.ValueOf(c.Args[0])}
	}
	return f.Call(x)[0].Interface().(jnp.Array)
}

// axisOrAll is the argument axis: all elements for an explicit null, the default where there is none.
func axisOrAll(c *Call) (flat bool, axis []int) {
	if len(c.Args) > 1 {
		return c.Args[1] == nil, c.Ints(c.Args[1])
	}
	v, ok := c.Kw("axis")
	return ok && v == nil, c.Ints(v)
}

func nanPolicy(c *Call) stats.NaNPolicy {
	s, _ := c.kw("nan_policy").(string)
	return stats.NaNPolicy(s)
}
