package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

const few, many = 1_000_000, 25_000_000

// draws are samplers, of float32 where they give floats, and what is made of them.
var draws = map[string]func(k random.KeyArray) jnp.Array{
	"normal":      func(k random.KeyArray) jnp.Array { return random.Normal(k, many) },
	"uniform":     func(k random.KeyArray) jnp.Array { return random.Uniform(k, many) },
	"permutation": func(k random.KeyArray) jnp.Array { return random.Permutation(k, 4_000_000) },
	"gamma":       func(k random.KeyArray) jnp.Array { return random.Gamma(k, 2.5, few) },
	"poisson":     func(k random.KeyArray) jnp.Array { return random.Poisson(k, 4, few) },
	"beta":        func(k random.KeyArray) jnp.Array { return random.Beta(k, 2, 3, few) },
	"binomial":    func(k random.KeyArray) jnp.Array { return random.Binomial(k, 10, 0.3, few) },
	"categorical": func(k random.KeyArray) jnp.Array {
		return random.Categorical(k, jnp.Log(jnp.Arange(1, 11).AsType(jnp.Float32)), few)
	},
	"metropolis": metropolis,
}

// metropolis is where 1000 chains with a normal distribution are after 500 steps.
func metropolis(k random.KeyArray) jnp.Array {
	step := func(x jnp.Array, k random.KeyArray) (next, out jnp.Array) {
		move, toss := random.Pair(k)
		to := x.Add(random.Normal(move))
		take := jnp.Log(random.Uniform(toss)).Lt(x.Mul(x).Sub(to.Mul(to)).Div(2))
		next = jnp.Where(take, to, x)
		return next, next
	}
	chain := func(k random.KeyArray) jnp.Array {
		x, _ := lax.Scan(step, jnp.Creation{DType: jnp.Float32}.Zeros(), random.Split(k, 500))
		return x
	}
	return gojax.Vmap(chain)(random.Split(k, 1000))
}

// drawn are the rows of draws.
func drawn() []work {
	key := []input{{"key", jnp.Float32, nil}}
	return []work{
		{"normal, 25e6", 0.3, true, "normal", key},
		{"uniform, 25e6", 0.5, true, "uniform", key},
		{"permutation, 4e6", 1, true, "permutation", key},
		{"gamma of 2.5, 1e6", 3, true, "gamma", key},
		{"poisson of 4, 1e6", 3, true, "poisson", key},
		{"beta of 2 and 3, 1e6", 3, true, "beta", key},
		{"binomial of 10 and 0.3, 1e6", 3, true, "binomial", key},
		{"categorical of 10, 1e6", 3, true, "categorical", key},
		{"1000 Metropolis chains of 500 steps", 0.2, false, "metropolis", key}, // of JAX's: NumPy has no way
	}
}
