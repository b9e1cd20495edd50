package functions

import (
	"math"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/fft"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/scipy/special"
	"github.com/gojax/gojax/trace"
)

func f1(f func(x jnp.Array) jnp.Array) func(c call) any {
	return func(c call) any { return f(c.a(0)) }
}

func f2(f func(x, y jnp.Array) jnp.Array) func(c call) any {
	return func(c call) any { return f(c.a(0), c.a(1)) }
}

func op1(f func(x *trace.Value) *trace.Value) func(c call) any {
	return func(c call) any { return jnp.Wrap(f(c.a(0).TraceValue())) }
}

func op2(f func(x, y *trace.Value) *trace.Value) func(c call) any {
	return func(c call) any { return jnp.Wrap(f(c.a(0).TraceValue(), c.a(1).TraceValue())) }
}

func tuned(f func(x jnp.Array, o ...float64) jnp.Array, name string) func(c call) any {
	return func(c call) any { return f(c.a(0), c.floats(name)...) }
}

func (c call) norm() nn.Normalization {
	var o nn.Normalization
	if w, ok := c.kw["where"]; ok {
		o.Where = w.(jnp.Array)
	}
	return o
}

var nnTable = table{
	"jax.nn.dot_product_attention": attention,
	"jax.nn.relu":                  f1(nn.Relu), "jax.nn.relu6": f1(nn.Relu6), "jax.nn.sigmoid": f1(nn.Sigmoid), "jax.nn.log_sigmoid": f1(nn.LogSigmoid),
	"jax.nn.silu": f1(nn.Silu), "jax.nn.swish": f1(nn.Swish), "jax.nn.softplus": f1(nn.Softplus), "jax.nn.soft_sign": f1(nn.SoftSign),
	"jax.nn.elu": tuned(nn.Elu, "alpha"), "jax.nn.celu": tuned(nn.Celu, "alpha"), "jax.nn.selu": f1(nn.Selu),
	"jax.nn.gelu": func(c call) any {
		if c.kw["approximate"] == false {
			return nn.GeluExact(c.a(0))
		}
		return nn.Gelu(c.a(0))
	},
	"jax.nn.leaky_relu": tuned(nn.LeakyRelu, "negative_slope"), "jax.nn.hard_tanh": f1(nn.HardTanh), "jax.nn.hard_sigmoid": f1(nn.HardSigmoid),
	"jax.nn.hard_silu": f1(nn.HardSilu), "jax.nn.hard_swish": f1(nn.HardSwish), "jax.nn.mish": f1(nn.Mish), "jax.nn.sparse_plus": f1(nn.SparsePlus),
	"jax.nn.sparse_sigmoid": f1(nn.SparseSigmoid), "jax.nn.squareplus": tuned(nn.SquarePlus, "b"), "jax.nn.identity": f1(nn.Identity),
	"jax.nn.tanh": f1(nn.Tanh), "jax.nn.log1mexp": f1(nn.Log1mExp),
	"jax.nn.softmax":     func(c call) any { return c.norm().Softmax(c.a(0), c.axes()...) },
	"jax.nn.log_softmax": func(c call) any { return c.norm().LogSoftmax(c.a(0), c.axes()...) },
	"jax.nn.standardize": func(c call) any { return c.norm().Standardize(c.a(0), c.axes()...) },
	"jax.nn.logmeanexp":  func(c call) any { return nn.LogMeanExp(c.a(0), c.axes()...) },
	"jax.nn.glu":         func(c call) any { return nn.Glu(c.a(0), c.axes()...) },
	"jax.nn.one_hot": func(c call) any {
		var o nn.OneHots
		if d, ok := c.kw["dtype"]; ok {
			o.DType, _ = ir.ParseDType(d.(string))
		}
		if a, ok := c.kw["axis"].(int); ok {
			o.Axis = &a
		}
		return o.OneHot(c.a(0), c.args[1].(int))
	},
}

func attention(c call) any {
	var o nn.Attention
	if b, ok := c.kw["bias"]; ok {
		o.Bias = b.(jnp.Array)
	}
	if m, ok := c.kw["mask"]; ok {
		o.Mask = m.(jnp.Array)
	}
	if s := c.floats("scale"); s != nil {
		o.Scale = s[0]
	}
	o.Causal, _ = c.kw["is_causal"].(bool)
	return o.DotProduct(c.a(0), c.a(1), c.a(2))
}

var specialTable = table{
	"jsp.special.gammainc": f2(special.Gammainc[jnp.Array, jnp.Array]), "jsp.special.gammaincc": f2(special.Gammaincc[jnp.Array, jnp.Array]),
	"jsp.special.betainc": func(c call) any { return special.Betainc(c.a(0), c.a(1), c.a(2)) },
	"jsp.special.gammaln": f1(special.Gammaln[jnp.Array]), "jsp.special.gamma": f1(special.Gamma[jnp.Array]), "jsp.special.loggamma": f1(special.Loggamma[jnp.Array]),
	"jsp.special.digamma": f1(special.Digamma[jnp.Array]), "jsp.special.erf": f1(special.Erf[jnp.Array]), "jsp.special.erfc": f1(special.Erfc[jnp.Array]),
	"jsp.special.erfinv": f1(special.Erfinv[jnp.Array]), "jsp.special.expit": f1(special.Expit[jnp.Array]), "jsp.special.logit": f1(special.Logit[jnp.Array]),
	"jsp.special.i0": f1(special.I0[jnp.Array]), "jsp.special.i0e": f1(special.I0e[jnp.Array]), "jsp.special.i1": f1(special.I1[jnp.Array]), "jsp.special.i1e": f1(special.I1e[jnp.Array]),
	"jsp.special.ndtr": f1(special.Ndtr[jnp.Array]), "jsp.special.ndtri": f1(special.Ndtri[jnp.Array]), "jsp.special.log_ndtr": f1(special.LogNdtr[jnp.Array]),
	"jsp.special.entr": f1(special.Entr[jnp.Array]), "jsp.special.factorial": f1(special.Factorial[jnp.Array]), "jsp.special.gammasgn": f1(special.Gammasgn[jnp.Array]),
	"jsp.special.betaln": f2(special.Betaln[jnp.Array, jnp.Array]), "jsp.special.beta": f2(special.Beta[jnp.Array, jnp.Array]),
	"jsp.special.xlogy": f2(special.XLogY[jnp.Array, jnp.Array]), "jsp.special.xlog1py": f2(special.XLog1PY[jnp.Array, jnp.Array]),
	"jsp.special.zeta": f2(special.Zeta[jnp.Array, jnp.Array]), "jsp.special.kl_div": f2(special.KlDiv[jnp.Array, jnp.Array]), "jsp.special.rel_entr": f2(special.RelEntr[jnp.Array, jnp.Array]),
	"jsp.special.poch": f2(special.Poch[jnp.Array, jnp.Array]), "jsp.special.polygamma": f2(special.Polygamma[jnp.Array, jnp.Array]),
	"jsp.special.multigammaln": func(c call) any { return special.Multigammaln(c.a(0), c.args[1].(int)) },
	"jsp.special.softmax":      func(c call) any { return special.Softmax(c.a(0), c.axes()...) },
	"jsp.special.log_softmax":  func(c call) any { return special.LogSoftmax(c.a(0), c.axes()...) },
}

func (c call) fft() fft.Options {
	var o fft.Options
	if n, ok := c.kw["n"].(int); ok {
		o.N = n
		if n < 1 {
			o.N = -1
		}
	}
	o.Shape = c.ints(c.kw["s"])
	switch c.kw["norm"] {
	case "ortho":
		o.Norm = fft.Ortho
	case "forward":
		o.Norm = fft.Forward
	case "bogus":
		o.Norm = 99
	}
	return o
}

func transformOf(f func(o fft.Options, x jnp.Array, axes ...int) jnp.Array) func(c call) any {
	return func(c call) any { return f(c.fft(), c.a(0), c.axes()...) }
}

func freq(f func(n int, d ...float64) jnp.Array) func(c call) any {
	return func(c call) any { return f(c.args[0].(int), c.floats("d")...) }
}

var fftTable = table{
	"jnp.fft.fft": transformOf(fft.Options.FFT), "jnp.fft.ifft": transformOf(fft.Options.IFFT), "jnp.fft.rfft": transformOf(fft.Options.RFFT),
	"jnp.fft.irfft": transformOf(fft.Options.IRFFT), "jnp.fft.hfft": transformOf(fft.Options.HFFT), "jnp.fft.ihfft": transformOf(fft.Options.IHFFT),
	"jnp.fft.fft2": transformOf(fft.Options.FFT2), "jnp.fft.ifft2": transformOf(fft.Options.IFFT2), "jnp.fft.rfft2": transformOf(fft.Options.RFFT2), "jnp.fft.irfft2": transformOf(fft.Options.IRFFT2),
	"jnp.fft.fftn": transformOf(fft.Options.FFTN), "jnp.fft.ifftn": transformOf(fft.Options.IFFTN), "jnp.fft.rfftn": transformOf(fft.Options.RFFTN), "jnp.fft.irfftn": transformOf(fft.Options.IRFFTN),
	"jnp.fft.fftfreq": freq(fft.FFTFreq), "jnp.fft.rfftfreq": freq(fft.RFFTFreq),
	"jnp.fft.fftshift":  func(c call) any { return fft.FFTShift(c.a(0), c.axes()...) },
	"jnp.fft.ifftshift": func(c call) any { return fft.IFFTShift(c.a(0), c.axes()...) },
	"lax.fft": func(c call) any {
		kinds := map[string]lax.FFTType{"FFT": lax.FFTForward, "IFFT": lax.FFTInverse, "RFFT": lax.FFTReal, "IRFFT": lax.FFTRealInverse}
		return jnp.Wrap(lax.FFT(c.a(0).TraceValue(), kinds[c.args[1].(string)], c.ints(c.args[2])))
	},
}

var modes = map[any]jnp.ConvolveMode{"full": jnp.ConvolveFull, "same": jnp.ConvolveSame, "valid": jnp.ConvolveValid}

var polyTable = table{
	"jnp.convolve":  func(c call) any { return jnp.Convolution{Mode: modes[c.kw["mode"]]}.Convolve(c.a(0), c.a(1)) },
	"jnp.correlate": func(c call) any { return jnp.Convolution{Mode: modes[c.kw["mode"]]}.Correlate(c.a(0), c.a(1)) },
	"jnp.interp": func(c call) any {
		side := func(x any) any {
			if x == "extrapolate" {
				return jnp.Extrapolate
			}
			return x
		}
		return jnp.Interpolation{Left: side(c.kw["left"]), Right: side(c.kw["right"]), Period: c.kw["period"]}.Interp(c.args[0], c.a(1), c.a(2))
	},
	"jnp.poly": f1(jnp.Poly), "jnp.polyadd": f2(jnp.PolyAdd), "jnp.polysub": f2(jnp.PolySub), "jnp.polymul": f2(jnp.PolyMul), "jnp.polyval": f2(jnp.PolyVal[jnp.Array]),
	"jnp.polyder": func(c call) any { return jnp.PolyDer(c.a(0), c.kw["m"].(int)) },
	"jnp.polyint": func(c call) any { return jnp.PolyInt(c.a(0), c.kw["m"].(int)) },
	"jnp.polydiv": func(c call) any { q, r := jnp.PolyDiv(c.a(0), c.a(1)); return []any{q, r} },
}

func (c call) padding(x any) lax.WindowPadding {
	switch x {
	case "SAME":
		return lax.PadSame
	case "SAME_LOWER":
		return lax.PadSameLower
	case "VALID", nil:
		return lax.PadValid
	}
	var pairs [][2]int
	for _, p := range x.([]any) {
		q := c.ints(p)
		pairs = append(pairs, [2]int{q[0], q[1]})
	}
	return lax.PadWith(pairs...)
}

func (c call) conv(strides []int, pad any) any {
	o := lax.ConvOptions{LhsDilation: c.ints(c.kw["lhs_dilation"]), RhsDilation: c.ints(c.kw["rhs_dilation"])}
	o.FeatureGroups, _ = c.kw["feature_group_count"].(int)
	o.BatchGroups, _ = c.kw["batch_group_count"].(int)
	if d, ok := c.kw["dimension_numbers"].([]any); ok {
		o.Dims = lax.ConvLayout(d[0].(string), d[1].(string), d[2].(string))
	}
	if p, ok := c.kw["preferred_element_type"].(string); ok {
		o.PreferredType, _ = ir.ParseDType(p)
	}
	return jnp.Wrap(lax.ConvGeneralDilated(c.a(0).TraceValue(), c.a(1).TraceValue(), strides, c.padding(pad), o))
}

var laxTable = table{
	"lax.conv_general_dilated":      func(c call) any { return c.conv(c.ints(c.kw["window_strides"]), c.kw["padding"]) },
	"lax.conv":                      func(c call) any { return c.conv(c.ints(c.args[2]), c.args[3]) },
	"lax.conv_with_general_padding": func(c call) any { return c.conv(c.ints(c.args[2]), c.args[3]) },
	"lax.conv_transpose": func(c call) any {
		return jnp.Wrap(lax.ConvTranspose(c.a(0).TraceValue(), c.a(1).TraceValue(), c.ints(c.args[2]), c.padding(c.args[3])))
	},
	"lax.reduce_window": func(c call) any {
		ops := map[string]func(a, b *trace.Value) *trace.Value{"add": lax.Add, "max": lax.Max, "min": lax.Min, "mul": lax.Mul}
		x := c.a(0).TraceValue()
		init, ok := c.args[1].(jnp.Array)
		if !ok {
			init = jnp.Asarray(c.args[1])
		}
		l := ir.FloatLit(init.Item(), x.DType())
		if math.IsInf(init.Item(), 0) && !x.DType().IsFloat() {
			l = ir.IntLit(math.MinInt64>>(64-x.DType().Bits()), x.DType())
		}
		var o lax.WindowOptions
		if len(c.args) > 6 {
			o.BaseDilation, o.WindowDilation = c.ints(c.args[6]), c.ints(c.args[7])
		}
		return jnp.Wrap(lax.ReduceWindow(x, lax.ScalarLit(l), ops[c.args[2].(string)], c.ints(c.args[3]), c.ints(c.args[4]), c.padding(c.args[5]), o))
	},
	"lax.top_k": func(c call) any {
		v, i := lax.TopK(c.a(0).TraceValue(), c.args[1].(int))
		return []any{jnp.Wrap(v), jnp.Wrap(i)}
	},
	"lax.approx_max_k": func(c call) any {
		v, i := lax.TopK(c.a(0).TraceValue(), c.args[1].(int))
		return []any{jnp.Wrap(v), jnp.Wrap(i)}
	},
	"lax.bessel_i0e": op1(lax.BesselI0e), "lax.bessel_i1e": op1(lax.BesselI1e),
	"lax.betainc": func(c call) any {
		return jnp.Wrap(lax.Betainc(c.a(0).TraceValue(), c.a(1).TraceValue(), c.a(2).TraceValue()))
	},
	"lax.igamma": op2(lax.Igamma), "lax.igammac": op2(lax.Igammac), "lax.igamma_grad_a": op2(lax.IgammaGradA), "lax.random_gamma_grad": op2(lax.RandomGammaGrad),
}
