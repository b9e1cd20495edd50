package functions

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// JAX's samplers have the parameters as arguments between the key and the shape, ours the dtype and the bounds as
// fields.

var randomTable = Table{
	"jax.random.key": func(c *Call) any {
		k := c.seeded()
		if c.Note == "out = key_data" {
			return k.Data()
		}
		return k
	},
	"jax.random.PRNGKey":  func(c *Call) any { return c.seeded().Data() },
	"jax.random.key_data": func(c *Call) any { return c.key(0).Data() },
	"jax.random.wrap_key_data": func(c *Call) any {
		c.kw("impl")
		return random.WrapKeyData(c.A(0))
	},
	"jax.random.key_impl": func(c *Call) any { c.key(0); return "threefry2x32" },
	"jax.random.split": func(c *Call) any {
		n := c.Ints(orElse(c.arg(1, "num"), 2))
		if len(n) == 0 { // one key, where ours makes two
			return c.likeKey(random.Split(c.key(0), 1).Reshape())
		}
		return c.likeKey(random.Split(c.key(0), n...))
	},
	"jax.random.fold_in": func(c *Call) any {
		data := c.arg(1, "data")
		if n, ok := data.(int); ok {
			return c.likeKey(random.FoldIn(c.key(0), n))
		}
		return c.likeKey(random.FoldIn(c.key(0), jnp.AsArray(data)))
	},
	"jax.random.clone": func(c *Call) any { return c.likeKey(random.Clone(c.key(0))) },

	"jax.random.uniform": func(c *Call) any {
		o := random.Dist{DType: c.DType(c.arg(2, "dtype")), Min: c.arg(3, "minval"), Max: c.arg(4, "maxval")}
		return o.Uniform(c.key(0), c.Ints(c.arg(1, "shape"))...)
	},
	"jax.random.randint": func(c *Call) any {
		o := random.Dist{DType: c.DType(c.arg(4, "dtype"))}
		return o.RandInt(c.key(0), c.arg(2, "minval"), c.arg(3, "maxval"), c.Ints(c.arg(1, "shape"))...)
	},
	"jax.random.bernoulli": func(c *Call) any {
		return random.Dist{Range: tails(c.arg(3, "mode"))}.Bernoulli(c.key(0), orElse(c.arg(1, "p"), 0.5),
			c.Ints(c.arg(2, "shape"))...)
	},
	"jax.random.gumbel": func(c *Call) any {
		o := random.Dist{DType: c.DType(c.arg(2, "dtype")), Range: tails(c.arg(3, "mode"))}
		return o.Gumbel(c.key(0), c.Ints(c.arg(1, "shape"))...)
	},
	"jax.random.permutation": func(c *Call) any {
		independent, _ := c.arg(3, "independent").(bool)
		return random.Choosing{Axis: orElse(c.arg(2, "axis"), 0).(int), Independent: independent}.Permutation(c.key(0),
			c.Args[1])
	},
	"jax.random.choice": func(c *Call) any {
		o := random.Choosing{
			WithoutReplacement: c.arg(3, "replace") == false,
			P:                  c.arg(4, "p"),
			Axis:               orElse(c.arg(5, "axis"), 0).(int),
			Range:              tails(c.arg(6, "mode")),
		}
		return o.Choice(c.key(0), c.Args[1], c.Ints(c.arg(2, "shape"))...)
	},
	"jax.random.categorical": func(c *Call) any {
		o := random.Choosing{
			Axis:               orElse(c.arg(2, "axis"), -1).(int),
			WithoutReplacement: c.arg(4, "replace") == false,
			Range:              tails(c.arg(5, "mode")),
		}
		return o.Categorical(c.key(0), c.A(1), c.Ints(c.arg(3, "shape"))...)
	},

	"jax.random.bits":        sample0(random.Dist.Bits),
	"jax.random.normal":      sample0(random.Dist.Normal),
	"jax.random.exponential": sample0(random.Dist.Exponential),
	"jax.random.laplace":     sample0(random.Dist.Laplace),
	"jax.random.logistic":    sample0(random.Dist.Logistic),
	"jax.random.cauchy":      sample0(random.Dist.Cauchy),
	"jax.random.rademacher":  sample0(random.Dist.Rademacher),
	"jax.random.maxwell":     sample0(random.Dist.Maxwell),

	"jax.random.rayleigh":           sample1("scale", random.Dist.Rayleigh),
	"jax.random.pareto":             sample1("b", random.Dist.Pareto),
	"jax.random.gamma":              sample1("a", random.Dist.Gamma),
	"jax.random.loggamma":           sample1("a", random.Dist.LogGamma),
	"jax.random.chisquare":          sample1("df", random.Dist.ChiSquare),
	"jax.random.t":                  sample1("df", random.Dist.T),
	"jax.random.wald":               sample1("mean", random.Dist.Wald),
	"jax.random.generalized_normal": sample1("p", random.Dist.GeneralizedNormal),
	"jax.random.geometric":          sample1("p", random.Dist.Geometric),
	"jax.random.poisson":            sample1("lam", random.Dist.Poisson),
	"jax.random.dirichlet":          sample1("alpha", random.Dist.Dirichlet),
	"jax.random.lognormal": sample1("sigma", func(o random.Dist, k random.KeyArray, sigma any, shape ...int) jnp.Array {
		return o.LogNormal(k, orElse(sigma, 1.0), shape...)
	}),

	"jax.random.beta":                 sample2("a", "b", random.Dist.Beta),
	"jax.random.f":                    sample2("dfnum", "dfden", random.Dist.F),
	"jax.random.double_sided_maxwell": sample2("loc", "scale", random.Dist.DoubleSidedMaxwell),
	"jax.random.weibull_min":          sample2("scale", "concentration", random.Dist.WeibullMin),
	"jax.random.binomial":             sample2("n", "p", random.Dist.Binomial),
	"jax.random.truncated_normal":     sample2("lower", "upper", random.Dist.TruncatedNormal),

	"jax.random.triangular": func(c *Call) any {
		o, shape := c.dist(4)
		return o.Triangular(c.key(0), c.arg(1, "left"), c.arg(2, "mode"), c.arg(3, "right"), shape...)
	},
	"jax.random.ball": func(c *Call) any {
		o, shape := c.dist(3)
		return o.Ball(c.key(0), c.arg(1, "d").(int), orElse(c.arg(2, "p"), 2), shape...)
	},
	"jax.random.orthogonal": func(c *Call) any {
		o, shape := c.dist(2)
		n := c.arg(1, "n").(int)
		return o.Orthogonal(c.key(0), n, orElse(c.arg(4, "m"), n).(int), shape...)
	},
	"jax.random.multinomial": func(c *Call) any {
		c.kw("unroll") // how the loop is compiled
		o := random.Dist{DType: c.DType(c.kw("dtype"))}
		return o.Multinomial(c.key(0), c.arg(1, "n"), c.arg(2, "p"), c.Ints(c.kw("shape"))...)
	},
	"jax.random.multivariate_normal": func(c *Call) any {
		o, shape := c.dist(3)
		switch c.arg(5, "method") {
		case nil, "cholesky":
		case "svd":
			o.Factor = random.FactorSVD
		case "eigh":
			o.Factor = random.FactorEigh
		default:
			o.Factor = 255
		}
		return o.MultivariateNormal(c.key(0), c.arg(1, "mean"), c.arg(2, "cov"), shape...)
	},

	"cat.vmap_uniform_split": overKeys(func(k random.KeyArray) jnp.Array { return random.Uniform(k, 2) }),
	"cat.vmap_normal_split":  overKeys(func(k random.KeyArray) jnp.Array { return random.Normal(k, 3) }),
	"cat.vmap_perm_split":    overKeys(func(k random.KeyArray) jnp.Array { return random.Permutation(k, 5) }),
	"cat.key_chain": func(c *Call) any {
		k := c.key(0)
		var out []jnp.Array
		for range c.Int(1) {
			var sub random.KeyArray
			k, sub = random.Pair(k)
			out = append(out, random.Uniform(sub))
		}
		return jnp.Stack(out)
	},
}

var randomConcrete, randomUnmapped map[string]string

// key is argument i, a key; JAX takes the words of one as well.
func (c *Call) key(i int) random.KeyArray {
	k, ok := c.Args[i].(random.KeyArray)
	if !ok {
		k = random.WrapKeyData(c.A(i))
	}
	if c.Original {
		return random.ThreefryOriginal.WrapKeyData(k.Data())
	}
	return k
}

// likeKey is k, made of the first argument: words if that was words.
func (c *Call) likeKey(k random.KeyArray) any {
	if _, ok := c.Args[0].(random.KeyArray); ok {
		return k
	}
	return k.Data()
}

// seeded is a key of the first argument.
func (c *Call) seeded() random.KeyArray {
	impls := map[any]random.Impl{"rbg": random.RBG, "unsafe_rbg": random.UnsafeRBG}
	return impls[c.kw("impl")].Key(c.Args[0])
}

// dist are the shape and the options of a sampler: arguments i and i+1.
func (c *Call) dist(i int) (random.Dist, []int) {
	return random.Dist{DType: c.DType(c.arg(i+1, "dtype"))}, c.Ints(c.arg(i, "shape"))
}

func sample0(f func(o random.Dist, k random.KeyArray, shape ...int) jnp.Array) Func {
	return func(c *Call) any {
		o, shape := c.dist(1)
		return f(o, c.key(0), shape...)
	}
}

func sample1(name string, f func(o random.Dist, k random.KeyArray, p any, shape ...int) jnp.Array) Func {
	return func(c *Call) any {
		o, shape := c.dist(2)
		return f(o, c.key(0), c.arg(1, name), shape...)
	}
}

func sample2(first, second string, f func(o random.Dist, k random.KeyArray, p, q any, shape ...int) jnp.Array) Func {
	return func(c *Call) any {
		o, shape := c.dist(3)
		return f(o, c.key(0), c.arg(1, first), c.arg(2, second), shape...)
	}
}

// overKeys is f mapped over as many keys as the second argument says.
func overKeys(f func(k random.KeyArray) jnp.Array) Func {
	return func(c *Call) any { return gojax.Vmap(f)(random.Split(c.key(0), c.Int(1))) }
}

// tails reads the name of a random.Range.
func tails(x any) random.Range {
	switch x {
	case nil, "low":
		return random.Low
	case "high":
		return random.High
	case "highest":
		return random.Highest
	}
	return 255
}

func orElse(x, otherwise any) any {
	if x == nil {
		return otherwise
	}
	return x
}
