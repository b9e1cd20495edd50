"""The figures of examples/montecarlo, computed by JAX on a CPU: python figures.py > jax.json"""
import json

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
figures = {}
TASKS, N = 2000, 100


def every(key, task):
    return jax.jit(jax.vmap(lambda i: task(jax.random.fold_in(key, i))))(jnp.arange(TASKS))


def trials(key):
    return jax.random.geometric(key, 0.1, (N,)).astype(float)


def percentile(x):
    return jnp.quantile(x, jnp.array([0.025, 0.975]))


def holds(key):
    drawn, again = jax.random.split(key)
    sample = trials(drawn)
    means = jax.vmap(lambda k: jax.random.choice(k, sample, (N,)).mean())(jax.random.split(again, 400))
    lo, hi = percentile(means)
    return (lo <= 10) & (hi >= 10)


key = jax.random.key(2024)
k0, k1, k2 = jax.random.split(jax.random.fold_in(key, 0), 3)
sample = trials(k0)
means = every(k1, lambda k: jax.random.choice(k, sample, (N,)).mean())
figures["standard error"] = float(means.std())
figures["lower end"], figures["upper end"] = map(float, percentile(means))
figures["covered"] = float(jax.jit(jax.vmap(holds))(jax.random.split(k2, 400)).astype(float).mean())

treated = [94, 197, 16, 38, 99, 141, 23]
mice = jnp.array(treated + [52, 104, 146, 10, 51, 30, 40, 27, 46], float)
sums = every(jax.random.fold_in(key, 1), lambda k: jax.random.permutation(k, mice)[:7].sum())
figures["p"] = float(((sums >= sum(treated)).sum() + 1) / (TASKS + 1))


def volume(key):
    x = jax.random.uniform(key, (2000, 5), minval=-1.0, maxval=1.0)
    return ((x * x).sum(1) < 1).astype(float).mean() * 32


v = every(jax.random.fold_in(key, 2), volume)
share = v / 32
figures["volume"] = float(v.mean())
held = jnp.abs(v - 8 * jnp.pi**2 / 15) <= 1.96 * 32 * jnp.sqrt(share * (1 - share) / 2000)
figures["tasks that hold it"] = float(held.astype(float).mean())
print(json.dumps(figures, indent=1))
