package functions

import (
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
)

// reducer is a function that all keywords of reductions are handed to; those that it does not know it refuses.
type reducer func(r jnp.Reduction, x jnp.Array, axes ...int) jnp.Array

func (f reducer) call(c *Call) any { return f(c.reduction(), c.A(0), c.Ints(c.arg(1, "axis"))...) }

var quantileMethods = map[string]jnp.QuantileMethod{"linear": jnp.Linear, "lower": jnp.Lower, "higher": jnp.Higher,
	"midpoint": jnp.Midpoint, "nearest": jnp.Nearest, "inverted_cdf": jnp.InvertedCDF}

// unknown is what an enumeration has for a name that it does not know.
const unknown = 200

// reduction reads the keywords of reductions and statistics.
func (c *Call) reduction() jnp.Reduction {
	r := jnp.Reduction{KeepDims: c.flag("keepdims", false), DType: c.DType(c.kw("dtype")), Initial: c.kw("initial")}
	if !c.flag("promote_integers", true) && r.DType == ir.Invalid && c.A(0).DType().IsInteger() {
		r.DType = c.A(0).DType()
	}
	for _, name := range []string{"ddof", "correction"} {
		switch d := c.kw(name).(type) {
		case int:
			r.DDof = float64(d)
		case float64:
			r.DDof = d
		}
	}
	for name, to := range map[string]*jnp.Array{"where": &r.Where, "mean": &r.Center, "weights": &r.Weights} {
		if x := c.kw(name); x != nil {
			*to = asArray(x)
		}
	}
	if name, ok := c.kw("method").(string); ok {
		m, ok := quantileMethods[name]
		if r.Method = m; !ok {
			r.Method = unknown
		}
	}
	return r
}

func quantile(f func(r jnp.Reduction, x jnp.Array, q any, axes ...int) jnp.Array) Func {
	return func(c *Call) any { return f(c.reduction(), c.A(0), c.A(1), c.Ints(c.arg(2, "axis"))...) }
}

func cumulative(f func(o jnp.Cumulative, x jnp.Array, axis ...int) jnp.Array) Func {
	return func(c *Call) any {
		o := jnp.Cumulative{DType: c.DType(c.arg(2, "dtype")), IncludeInitial: c.flag("include_initial", false)}
		return f(o, c.A(0), c.Ints(c.arg(1, "axis"))...)
	}
}

// laxCumulative is a cumulative operation of package lax.
func laxCumulative(f func(x jnp.Array, axis int, o ...lax.CumulativeOptions) jnp.Array) Func {
	return func(c *Call) any {
		axis, _ := c.arg(1, "axis").(int)
		reverse, _ := c.arg(2, "reverse").(bool)
		return f(c.A(0), axis, lax.CumulativeOptions{Reverse: reverse})
	}
}

func laxReduce(f func(x jnp.Array, axes ...int) jnp.Array) Func {
	return func(c *Call) any { return f(c.A(0), c.Ints(c.arg(1, "axes"))...) }
}

func laxArg(f func(x jnp.Array, axis int, o ...lax.ArgOptions) jnp.Array) Func {
	return func(c *Call) any {
		return f(c.A(0), c.arg(1, "axis").(int), lax.ArgOptions{DType: c.DType(c.arg(2, "index_dtype"))})
	}
}

func sumOfExp(c *Call) any {
	o := nn.SumOfExp{B: c.arg(2, "b"), KeepDims: c.flag("keepdims", false)}
	if w := c.kw("where"); w != nil {
		o.Where = asArray(w)
	}
	axes := c.Ints(c.arg(1, "axis"))
	if c.flag("return_sign", false) {
		y, sign := o.LogSumExpSign(c.A(0), axes...)
		return []any{y, sign}
	}
	return o.LogSumExp(c.A(0), axes...)
}

var reductionsTable = Table{
	"jnp.sum": reducer(jnp.Reduction.Sum).call, "jnp.prod": reducer(jnp.Reduction.Prod).call,
	"jnp.mean": reducer(jnp.Reduction.Mean).call, "jnp.var": reducer(jnp.Reduction.Var).call,
	"jnp.std": reducer(jnp.Reduction.Std).call,
	"jnp.max": reducer(jnp.Reduction.Max).call, "jnp.min": reducer(jnp.Reduction.Min).call,
	"jnp.amax": reducer(jnp.Reduction.Max).call, "jnp.amin": reducer(jnp.Reduction.Min).call,
	"jnp.any": reducer(jnp.Reduction.Any).call, "jnp.all": reducer(jnp.Reduction.All).call,
	"jnp.ptp":           reducer(jnp.Reduction.PTP).call,
	"jnp.count_nonzero": reducer(jnp.Reduction.CountNonzero).call,
	"jnp.median":        reducer(jnp.Reduction.Median).call, "jnp.nanmedian": reducer(jnp.Reduction.NaNMedian).call,
	"jnp.nansum": reducer(jnp.Reduction.NaNSum).call, "jnp.nanprod": reducer(jnp.Reduction.NaNProd).call,
	"jnp.nanmax": reducer(jnp.Reduction.NaNMax).call, "jnp.nanmin": reducer(jnp.Reduction.NaNMin).call,
	"jnp.nanmean": reducer(jnp.Reduction.NaNMean).call, "jnp.nanvar": reducer(jnp.Reduction.NaNVar).call,
	"jnp.nanstd": reducer(jnp.Reduction.NaNStd).call,
	"jnp.argmax": reducer(jnp.Reduction.ArgMax).call, "jnp.argmin": reducer(jnp.Reduction.ArgMin).call,
	"jnp.nanargmax": reducer(jnp.Reduction.NaNArgMax).call, "jnp.nanargmin": reducer(jnp.Reduction.NaNArgMin).call,
	"jnp.quantile": quantile(jnp.Reduction.Quantile), "jnp.percentile": quantile(jnp.Reduction.Percentile),
	"jnp.nanquantile": quantile(jnp.Reduction.NaNQuantile), "jnp.nanpercentile": quantile(jnp.Reduction.NaNPercentile),
	"jnp.average": func(c *Call) any {
		r, axes := c.reduction(), c.Ints(c.arg(1, "axis"))
		if len(c.Args) > 2 {
			r.Weights = c.A(2)
		}
		if c.flag("returned", false) {
			y, w := r.AverageReturned(c.A(0), axes...)
			return []any{y, w}
		}
		return r.Average(c.A(0), axes...)
	},
	"jnp.cumsum": cumulative(jnp.Cumulative.CumSum), "jnp.cumprod": cumulative(jnp.Cumulative.CumProd),
	"jnp.nancumsum": cumulative(jnp.Cumulative.NaNCumSum), "jnp.nancumprod": cumulative(jnp.Cumulative.NaNCumProd),
	"jnp.cumulative_sum":  cumulative(jnp.Cumulative.CumulativeSum),
	"jnp.cumulative_prod": cumulative(jnp.Cumulative.CumulativeProd),
	"lax.cumsum":          laxCumulative(lax.CumSum), "lax.cumprod": laxCumulative(lax.CumProd),
	"lax.cummax": laxCumulative(lax.CumMax),
	"lax.cummin": laxCumulative(lax.CumMin), "lax.cumlogsumexp": laxCumulative(lax.CumLogSumExp),
	"lax.reduce_sum": laxReduce(lax.ReduceSum), "lax.reduce_max": laxReduce(lax.ReduceMax),
	"lax.reduce_min": laxReduce(lax.ReduceMin), "lax.reduce_prod": laxReduce(lax.ReduceProd),
	"lax.reduce_and": laxReduce(lax.ReduceAnd), "lax.reduce_or": laxReduce(lax.ReduceOr),
	"lax.reduce_xor": laxReduce(lax.ReduceXor),
	"lax.argmax":     laxArg(lax.ArgMax), "lax.argmin": laxArg(lax.ArgMin),
	"jsp.special.logsumexp": sumOfExp, "jax.nn.logsumexp": sumOfExp,
	"jnp.cov": func(c *Call) any {
		o, more := c.covariance()
		return o.Cov(c.A(0), more...)
	},
	"jnp.corrcoef": func(c *Call) any {
		o, more := c.covariance()
		return o.CorrCoef(c.A(0), more...)
	},
	"jnp.diff": func(c *Call) any {
		o := jnp.Differences{Prepend: c.kw("prepend"), Append: c.kw("append")}
		axis := c.Ints(c.arg(2, "axis"))
		if n, ok := c.arg(1, "n").(int); ok {
			if o.N = n; n == 0 { // our N = 0 is the default: to take no differences is not to call it
				return c.A(0)
			}
		}
		return o.Diff(c.A(0), axis...)
	},
	"jnp.ediff1d": func(c *Call) any {
		return jnp.Differences{Append: c.arg(1, "to_end"), Prepend: c.arg(2, "to_begin")}.EDiff1D(c.A(0))
	},
	"jnp.gradient": func(c *Call) any {
		out := jnp.Gradients{Spacing: c.Args[1:]}.Gradient(c.A(0), c.Axes()...)
		if len(out) == 1 {
			return out[0]
		}
		return out
	},
	"jnp.trapezoid": func(c *Call) any {
		o := jnp.Integration{Dx: c.arg(2, "dx")}
		if x := c.arg(1, "x"); x != nil {
			o.X = asArray(x)
		}
		return o.Trapezoid(c.A(0), c.Ints(c.arg(3, "axis"))...)
	},
}

func (c *Call) covariance() (o jnp.Covariance, more []jnp.Array) {
	o = jnp.Covariance{Columns: !c.flag("rowvar", true), Bias: c.flag("bias", false), DType: c.DType(c.kw("dtype"))}
	if d, ok := c.kw("ddof").(int); ok {
		o.DDof = &d
	}
	for name, to := range map[string]*jnp.Array{"fweights": &o.Frequencies, "aweights": &o.Weights} {
		if x := c.kw(name); x != nil {
			*to = asArray(x)
		}
	}
	if y := c.arg(1, "y"); y != nil {
		more = []jnp.Array{asArray(y)}
	}
	return o, more
}

var reductionsConcrete = map[string]string{}

var reductionsUnmapped = map[string]string{}
