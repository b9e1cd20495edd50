"""Hamiltonian Monte Carlo for a logistic regression: leapfrog, step sizes by dual averaging, chains by vmap."""
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import lax, random
from jax.flatten_util import ravel_pytree
from jax.scipy.stats import norm

jax.config.update("jax_enable_x64", True)

# Joint temperatures of 23 launches of the space shuttle, in Fahrenheit, and whether O-rings were damaged.
temperature = jnp.array(
    [66, 70, 69, 68, 67, 72, 73, 70, 57, 63, 70, 78, 67, 53, 67, 75, 70, 81, 76, 79, 75, 76, 58]
)
damage = jnp.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1])


class Params(NamedTuple):
    intercept: jax.Array
    slope: jax.Array

    def log_odds(self, temperature):
        return self.intercept + self.slope * (temperature - 70) / 5


def log_density(p):
    prior = norm.logpdf(p.intercept, 0, 5) + norm.logpdf(p.slope, 0, 5)
    z = p.log_odds(temperature)
    return prior + (damage * z - jnp.logaddexp(0, z)).sum()


def leapfrog(potential, q, p, eps, steps):
    def step(_, qp):
        q, p = qp
        p = p - eps / 2 * jax.grad(potential)(q)
        q = q + eps * p
        return q, p - eps / 2 * jax.grad(potential)(q)

    return lax.fori_loop(0, steps, step, (q, p))


def transition(potential, key, q, eps, steps=2):
    k_p, k_u = random.split(key)
    p = random.normal(k_p, q.shape)
    q1, p1 = leapfrog(potential, q, p, eps, steps)
    energy = potential(q) + p @ p / 2 - potential(q1) - p1 @ p1 / 2
    accept = jnp.minimum(1, jnp.exp(jnp.where(jnp.isnan(energy), -jnp.inf, energy)))
    return jnp.where(random.uniform(k_u) < accept, q1, q), accept


def chain(key, init, warmup=300, samples=500, target=0.9):
    q0, unravel = ravel_pytree(init)
    k_init, k_warm, k_draw = random.split(key, 3)

    def potential(q):
        return -log_density(unravel(q))

    def adapt(carry, key):  # Hoffman and Gelman (2014), algorithm 5
        q, n, error, log_eps, log_mean = carry
        q, accept = transition(potential, key, q, jnp.exp(log_eps))
        error = (1 - 1 / (n + 10)) * error + (target - accept) / (n + 10)
        log_eps = -jnp.sqrt(n) / 0.05 * error
        w = n**-0.75
        return (q, n + 1, error, log_eps, w * log_eps + (1 - w) * log_mean), None

    q = q0 + random.normal(k_init, q0.shape)
    start = (q, 1.0, 0.0, jnp.log(0.1), 0.0)
    (q, _, _, _, log_mean), _ = lax.scan(adapt, start, random.split(k_warm, warmup))

    def draw(q, key):
        q, accept = transition(potential, key, q, jnp.exp(log_mean))
        return q, (unravel(q), accept)

    _, (draws, accept) = lax.scan(draw, q, random.split(k_draw, samples))
    return draws, accept.mean(), jnp.exp(log_mean)


def rhat(x):
    chains, n = x.shape
    within = x.var(1, ddof=1).mean()
    return jnp.sqrt((n - 1) / n + x.mean(1).var(ddof=1) / within)


def run():
    keys = random.split(random.key(0), 4)
    init = Params(jnp.zeros(()), jnp.zeros(()))
    draws, accept, eps = jax.jit(jax.vmap(chain, (0, None)))(keys, init)
    quantiles = jnp.array([0.05, 0.5, 0.95])
    return {
        "accepted": accept,
        "step size": eps,
        "intercept": jnp.array([draws.intercept.mean(), draws.intercept.std()]),
        "slope": jnp.array([draws.slope.mean(), draws.slope.std()]),
        "damage at 31 F": jnp.quantile(jax.nn.sigmoid(draws.log_odds(31)), quantiles),
        "damage at 75 F": jnp.quantile(jax.nn.sigmoid(draws.log_odds(75)), quantiles),
        "rhat": jnp.array([rhat(draws.intercept), rhat(draws.slope)]),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
