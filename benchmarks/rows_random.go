package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// Of random numbers, those of JAX are gojax's to the last bits; where a bit decides whether one is rejected, and for
// NumPy's and PyTorch's, which are others, moments are compared.
func randomRows() []row {
	draw := func(name, of string, f func(k random.KeyArray) jnp.Array, size int) row {
		return work(name, of, drawn(f), key).with(size).see(moments).within(2e-2).ofNumPy(3).eager()
	}
	return group("random numbers",
		draw("normal 25e6", "normal", func(k random.KeyArray) jnp.Array { return random.Normal(k, 25*million) },
			25*million).ofNumPy(0.3).quick().see(bits),
		draw("uniform 25e6", "uniform", func(k random.KeyArray) jnp.Array { return random.Uniform(k, 25*million) },
			25*million).ofNumPy(0.5).see(bits),
		draw("permutation 4e6", "permutation", func(k random.KeyArray) jnp.Array {
			return random.Permutation(k, 4*million)
		}, 4*million).ofNumPy(1).see(bits),
		draw("gamma 1e6", "gamma", func(k random.KeyArray) jnp.Array { return random.Gamma(k, 2.5, million) }, million).
			quick(),
		draw("poisson 1e6", "poisson", func(k random.KeyArray) jnp.Array {
			return random.Poisson(k, 4.0, million)
		}, million),
		draw("beta 1e6", "beta", func(k random.KeyArray) jnp.Array { return random.Beta(k, 2, 3, million) }, million),
		draw("binomial 1e6", "binomial", func(k random.KeyArray) jnp.Array {
			return random.Binomial(k, 10, 0.3, million)
		}, million),
		draw("categorical 1e6", "categorical", func(k random.KeyArray) jnp.Array {
			return random.Categorical(k, jnp.Log(jnp.Arange(1, 11).AsType(jnp.Float32)), million)
		}, million),
		work("metropolis 1000x500", "metropolis", drawn(metropolisMeans), key).ofJAX(0.2).quick().see(moments).
			within(0.3),
		work("metropolis 1000x500, last", "metropolis last", drawn(metropolis), key).ofJAX(0.2).see(moments).
			within(0.3),
		work("hmc 1000x100", "hmc", drawn(hamiltonian), key).see(moments).within(0.3),
	)
}

var zero = func() jnp.Array { return jnp.Creation{DType: jnp.Float32}.Zeros() }

// moved is a step of Metropolis's chain with a normal distribution.
func moved(x jnp.Array, move, toss random.KeyArray) jnp.Array {
	to := x.Add(random.Normal(move))
	take := jnp.Log(random.Uniform(toss)).Lt(x.Mul(x).Sub(to.Mul(to)).Div(2))
	return jnp.Where(take, to, x)
}

// metropolis is where 1000 chains are after 500 steps, each with a key of its own.
func metropolis(k random.KeyArray) jnp.Array {
	step := func(x jnp.Array, k random.KeyArray) (next jnp.Array, none struct{}) {
		move, toss := random.Pair(k)
		return moved(x, move, toss), none
	}
	chain := func(k random.KeyArray) jnp.Array {
		x, _ := lax.Scan(step, zero(), random.Split(k, 500))
		return x
	}
	return gojax.Vmap(chain)(random.Split(k, 1000))
}

// state is a chain and its key.
type state struct {
	X   jnp.Array
	Key random.KeyArray
}

// metropolisMeans are the means of 1000 chains of 500 steps that carry their key along.
func metropolisMeans(k random.KeyArray) jnp.Array {
	step := func(s state, _ struct{}) (state, jnp.Array) {
		k := random.Split(s.Key, 3)
		next := state{moved(s.X, k.Index(1), k.Index(2)), k.Index(0)}
		return next, next.X
	}
	chain := func(k random.KeyArray) jnp.Array {
		_, xs := lax.Scan(step, state{zero(), k}, struct{}{}, lax.ScanOptions{Length: 500})
		return xs.Mean()
	}
	return gojax.Vmap(chain)(random.Split(k, 1000))
}

// hamiltonian is where 1000 chains in ten dimensions are after 100 steps of ten leaps, by Hamiltonian Monte Carlo with
// a normal distribution (R. Neal, MCMC using Hamiltonian dynamics, 2011).
func hamiltonian(k random.KeyArray) jnp.Array {
	const leaps, size = 10, 0.2
	energy := func(x jnp.Array) jnp.Array { return x.Mul(x).Sum().Div(2) }
	force := gojax.Grad(energy)
	step := func(s state, _ struct{}) (state, struct{}) {
		k := random.Split(s.Key, 3)
		p := random.Normal(k.Index(1), 10)
		q, before := s.X, energy(s.X).Add(energy(p))
		p = p.Sub(force(q).Mul(size / 2))
		for i := range leaps {
			q = q.Add(p.Mul(size))
			kick := size
			if i == leaps-1 {
				kick /= 2
			}
			p = p.Sub(force(q).Mul(kick))
		}
		take := jnp.Log(random.Uniform(k.Index(2))).Lt(before.Sub(energy(q).Add(energy(p))))
		return state{jnp.Where(take, q, s.X), k.Index(0)}, struct{}{}
	}
	chain := func(k random.KeyArray) jnp.Array {
		last, _ := lax.Scan(step, state{jnp.Creation{DType: jnp.Float32}.Zeros(10), k}, struct{}{},
			lax.ScanOptions{Length: 100})
		return last.X
	}
	return gojax.Vmap(chain)(random.Split(k, 1000))
}
