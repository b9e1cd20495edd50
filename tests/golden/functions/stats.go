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
	for _, d := range []struct {
		name, params, methods string // JAX's; the parameters are those of the fields too
		zero                  any
	}{
		{"norm", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf isf", stats.Norm{}},
		{"uniform", "loc scale", "logpdf pdf cdf ppf", stats.Uniform{}},
		{"expon", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf", stats.Expon{}},
		{"cauchy", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf isf", stats.Cauchy{}},
		{"laplace", "loc scale", "logpdf pdf cdf", stats.Laplace{}},
		{"logistic", "loc scale", "logpdf pdf cdf sf ppf isf", stats.Logistic{}},
		{"gumbel_l", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf", stats.GumbelL{}},
		{"gumbel_r", "loc scale", "logpdf pdf cdf logcdf sf logsf ppf", stats.GumbelR{}},
		{"gamma", "a loc scale", "logpdf pdf cdf logcdf sf logsf", stats.Gamma{}},
		{"chi2", "df loc scale", "logpdf pdf cdf logcdf sf logsf", stats.Chi2{}},
		{"t", "df loc scale", "logpdf pdf", stats.T{}},
		{"pareto", "b loc scale", "logpdf pdf cdf logcdf sf logsf ppf", stats.Pareto{}},
		{"beta", "a b loc scale", "logpdf pdf cdf logcdf sf logsf", stats.Beta{}},
		{"truncnorm", "a b loc scale", "logpdf pdf cdf logcdf sf logsf", stats.TruncNorm{}},
		{"gennorm", "beta", "logpdf pdf cdf", stats.GenNorm{}},
		{"vonmises", "kappa", "logpdf pdf", stats.VonMises{}},
		{"wrapcauchy", "c", "logpdf pdf", stats.WrapCauchy{}},
		{"bernoulli", "p loc", "logpmf pmf cdf ppf", stats.Bernoulli{}},
		{"binom", "n p loc", "logpmf pmf", stats.Binom{}},
		{"nbinom", "n p loc", "logpmf pmf", stats.NBinom{}},
		{"geom", "p loc", "logpmf pmf", stats.Geom{}},
		{"poisson", "mu loc", "logpmf pmf cdf entropy", stats.Poisson{}},
		{"betabinom", "n a b loc", "logpmf pmf", stats.BetaBinom{}},
		{"dirichlet", "alpha", "logpdf pdf", stats.Dirichlet{}},
		{"multinomial", "n p", "logpmf pmf", stats.Multinomial{}},
		{"multivariate_normal", "mean cov allow_singular", "logpdf pdf", stats.MultivariateNormal{}},
	} {
		for _, m := range strings.Fields(d.methods) {
			t["jsp.stats."+d.name+"."+m] = func(c *Call) any { return method(c, m, d.zero, strings.Fields(d.params)) }
		}
	}
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

// method calls the method that JAX calls m of a distribution of zero's type.
func method(c *Call, m string, zero any, params []string) any {
	first := 1 // position of the first parameter
	if m == "entropy" {
		first = 0
	}
	d := reflect.New(reflect.TypeOf(zero)).Elem()
	for i, p := range params {
		field := d.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, p) })
		v := c.arg(first+i, p)
		if v == nil {
			continue
		}
		if !field.IsValid() {
			trace.Fail(d.Type().String(), nil, "%s is %v: gojax has no such option, and JAX takes None alone", p, v)
		}
		field.Set(reflect.ValueOf(v))
	}
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
