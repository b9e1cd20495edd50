package functions

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// optionalArray is a keyword that is an array or absent.
func (c *Call) optionalArray(i int, name string) (a jnp.Array) {
	x := c.kw(name)
	if i >= 0 {
		x = c.arg(i, name)
	}
	if x != nil {
		a = asArray(x)
	}
	return a
}

// axesAt are argument i or the keyword axis; null stands for all axes.
func (c *Call) axesAt(i int) []int {
	_, given := c.Kw("axis")
	axes := c.Ints(c.arg(i, "axis"))
	if axes == nil && (given || i < len(c.Args)) {
		axes = []int{}
		for a := range c.A(0).NDim() {
			axes = append(axes, a)
		}
	}
	return axes
}

// withNumber is a function of an array and an optional number.
func withNumber(f func(x jnp.Array, a ...any) jnp.Array, name string) Func {
	return func(c *Call) any {
		if a := c.arg(1, name); a != nil {
			return f(c.A(0), a)
		}
		return f(c.A(0))
	}
}

var nnTable = Table{
	"jax.nn.dot_product_attention": attention,
	"jax.nn.relu":                  f1(nn.Relu), "jax.nn.relu6": f1(nn.Relu6), "jax.nn.sigmoid": f1(nn.Sigmoid),
	"jax.nn.log_sigmoid": f1(nn.LogSigmoid),
	"jax.nn.silu":        f1(nn.Silu), "jax.nn.swish": f1(nn.Swish), "jax.nn.softplus": f1(nn.Softplus),
	"jax.nn.soft_sign": f1(nn.SoftSign),
	"jax.nn.elu":       withNumber(nn.Elu, "alpha"), "jax.nn.celu": withNumber(nn.Celu, "alpha"),
	"jax.nn.selu": f1(nn.Selu),
	"jax.nn.gelu": func(c *Call) any {
		if c.arg(1, "approximate") == false {
			return nn.GeluExact(c.A(0))
		}
		return nn.Gelu(c.A(0))
	},
	"jax.nn.leaky_relu": withNumber(nn.LeakyRelu, "negative_slope"), "jax.nn.hard_tanh": f1(nn.HardTanh),
	"jax.nn.hard_sigmoid": f1(nn.HardSigmoid),
	"jax.nn.hard_silu":    f1(nn.HardSilu), "jax.nn.hard_swish": f1(nn.HardSwish), "jax.nn.mish": f1(nn.Mish),
	"jax.nn.sparse_plus":    f1(nn.SparsePlus),
	"jax.nn.sparse_sigmoid": f1(nn.SparseSigmoid), "jax.nn.squareplus": withNumber(nn.SquarePlus, "b"),
	"jax.nn.identity": f1(nn.Identity),
	"jax.nn.tanh":     f1(nn.Tanh), "jax.nn.log1mexp": f1(nn.Log1mExp),
	"jax.nn.softmax": func(c *Call) any {
		return nn.Normalization{Where: c.optionalArray(2, "where")}.Softmax(c.A(0), c.axesAt(1)...)
	},
	"jax.nn.log_softmax": func(c *Call) any {
		return nn.Normalization{Where: c.optionalArray(2, "where")}.LogSoftmax(c.A(0), c.axesAt(1)...)
	},
	"jax.nn.standardize": func(c *Call) any {
		o := nn.Normalization{Mean: c.optionalArray(2, "mean"), Variance: c.optionalArray(3, "variance"),
			Epsilon: c.arg(4, "epsilon"), Where: c.optionalArray(5, "where")}
		switch a := c.kw("algorithm"); a {
		case nil, "stable": // the default is better than JAX's
		case "fast":
			o.Fast = true
		default:
			trace.Fail("nn.Standardize", nil, "there is no algorithm %v", a)
		}
		return o.Standardize(c.A(0), c.axesAt(1)...)
	},
	"jax.nn.logsumexp": logSumExp,
	"jax.nn.logmeanexp": func(c *Call) any {
		o := nn.SumOfExp{Where: c.optionalArray(2, "where"), KeepDims: c.flag("keepdims", false)}
		return o.LogMeanExp(c.A(0), c.axesAt(1)...)
	},
	"jax.nn.glu": func(c *Call) any { return nn.Glu(c.A(0), c.axesAt(1)...) },
	"jax.nn.one_hot": func(c *Call) any {
		o := nn.OneHots{DType: c.DType(c.kw("dtype"))}
		switch a := c.kw("axis").(type) {
		case int:
			o.Axis = &a
		case string:
			o.AxisName = a
		}
		return o.OneHot(c.A(0), c.static(c.arg(1, "num_classes")))
	},

	"jax.nn.initializers.zeros": initial(func(o initializers.Options) initializers.Initializer { return o.Zeros }),
	"jax.nn.initializers.ones":  initial(func(o initializers.Options) initializers.Initializer { return o.Ones }),
	"jax.nn.initializers.constant": initial(func(o initializers.Options) initializers.Initializer {
		return o.Constant(2.5)
	}),
	"jax.nn.initializers.uniform": initial(func(o initializers.Options) initializers.Initializer {
		return o.Uniform()
	}),
	"jax.nn.initializers.normal": initial(func(o initializers.Options) initializers.Initializer { return o.Normal() }),
	"jax.nn.initializers.truncated_normal": initial(func(o initializers.Options) initializers.Initializer {
		return o.TruncatedNormal()
	}),
	"jax.nn.initializers.orthogonal": initial(func(o initializers.Options) initializers.Initializer {
		return o.Orthogonal()
	}),
	"jax.nn.initializers.delta_orthogonal": initial(func(o initializers.Options) initializers.Initializer {
		return o.DeltaOrthogonal()
	}),
	"jax.nn.initializers.glorot_uniform":   initial(initializers.Options.GlorotUniform),
	"jax.nn.initializers.glorot_normal":    initial(initializers.Options.GlorotNormal),
	"jax.nn.initializers.xavier_uniform":   initial(initializers.Options.XavierUniform),
	"jax.nn.initializers.xavier_normal":    initial(initializers.Options.XavierNormal),
	"jax.nn.initializers.lecun_uniform":    initial(initializers.Options.LecunUniform),
	"jax.nn.initializers.lecun_normal":     initial(initializers.Options.LecunNormal),
	"jax.nn.initializers.he_uniform":       initial(initializers.Options.HeUniform),
	"jax.nn.initializers.he_normal":        initial(initializers.Options.HeNormal),
	"jax.nn.initializers.kaiming_uniform":  initial(initializers.Options.KaimingUniform),
	"jax.nn.initializers.kaiming_normal":   initial(initializers.Options.KaimingNormal),
	"jax.nn.initializers.variance_scaling": varianceScaling,
}

// initial calls the initializer that f makes on a case's key, shape and dtype.
func initial(f func(o initializers.Options) initializers.Initializer) Func {
	return func(c *Call) any { return c.initialized(f) }
}

func (c *Call) initialized(f func(o initializers.Options) initializers.Initializer) jnp.Array {
	o := initializers.Options{DType: c.DType(c.arg(2, "dtype"))}
	return f(o)(c.Args[0].(random.KeyArray), c.Ints(c.arg(1, "shape"))...)
}

// Alternatives are the functions whose cases do not say with which of several arguments they were made, and why: the
// entries of these return all the results, of which one must be right.
var Alternatives = map[string]string{
	"jax.nn.initializers.variance_scaling": "visible and held-out cases carry the same note, which names the " +
		"arguments of both",
}

func varianceScaling(c *Call) any {
	return []any{
		c.initialized(func(o initializers.Options) initializers.Initializer {
			return o.VarianceScaling(1, initializers.FanIn, initializers.FromUniform)
		}),
		c.initialized(func(o initializers.Options) initializers.Initializer {
			return o.VarianceScaling(1, initializers.FanAvg, initializers.FromTruncatedNormal)
		}),
	}
}

func attention(c *Call) any {
	o := nn.Attention{Bias: c.optionalArray(3, "bias"), Mask: c.optionalArray(4, "mask"), Scale: c.kw("scale"),
		Causal:       c.flag("is_causal", false),
		QueryLengths: c.optionalArray(-1, "query_seq_lengths"),
		KeyLengths:   c.optionalArray(-1, "key_value_seq_lengths")}
	if i := c.kw("implementation"); i != nil && i != "xla" {
		trace.Fail("nn.DotProductAttention", nil, "there is no implementation %v", i)
	}
	if w := c.Ints(c.kw("local_window_size")); len(w) == 1 {
		o.Window = &[2]int{w[0], w[0]}
	} else if len(w) == 2 {
		o.Window = &[2]int{w[0], w[1]}
	}
	if c.flag("return_residual", false) {
		y, r := o.DotProductAttentionResidual(c.A(0), c.A(1), c.A(2))
		return []any{y, r}
	}
	return o.DotProductAttention(c.A(0), c.A(1), c.A(2))
}

var nnConcrete = map[string]string{}

var nnUnmapped = map[string]string{}
