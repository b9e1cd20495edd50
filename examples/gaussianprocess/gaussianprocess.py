"""Gaussian process regression: a kernel with a length for each input, hyperparameters by L-BFGS on the evidence."""
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import random
from jax.scipy.linalg import cho_solve, cholesky, solve_triangular
from jax.flatten_util import ravel_pytree
from jax.scipy.optimize import minimize

jax.config.update("jax_enable_x64", True)


class Params(NamedTuple):
    log_lengths: jax.Array
    log_scale: jax.Array
    log_noise: jax.Array


def kernel(p, x, y):
    def one(x, y):
        d = (x - y) / jnp.exp(p.log_lengths)
        return jnp.exp(2 * p.log_scale - 0.5 * d @ d)

    return jax.vmap(lambda x1: jax.vmap(lambda y1: one(x1, y1))(y))(x)


def factor(p, x):
    return cholesky(kernel(p, x, x) + jnp.exp(2 * p.log_noise) * jnp.eye(len(x)), lower=True)


def neg_log_evidence(p, x, y):
    chol = factor(p, x)
    fit = y @ cho_solve((chol, True), y) / 2
    return fit + jnp.log(jnp.diag(chol)).sum() + len(x) / 2 * jnp.log(2 * jnp.pi)


def predict(p, x, y, at):
    chol = factor(p, x)
    cross = kernel(p, x, at)
    mean = cross.T @ cho_solve((chol, True), y)
    v = solve_triangular(chol, cross, lower=True)
    return mean, jnp.exp(2 * p.log_scale) - (v * v).sum(0)


def simulate(key, n):
    kx, ky = random.split(key)
    x = random.uniform(kx, (n, 2), minval=-3, maxval=3)
    return x, jnp.sin(2 * x[:, 0]) + 0.3 * x[:, 1] + 0.1 * random.normal(ky, (n,))


@jax.jit
def fit(x, y):
    start, unravel = ravel_pytree(Params(jnp.zeros(2), jnp.zeros(()), jnp.array(-1.0)))
    result = minimize(lambda p: neg_log_evidence(unravel(p), x, y), start, method="BFGS", tol=1e-6)
    return unravel(result.x), result.fun


def run():
    x, y = simulate(random.key(0), 100)
    p, value = fit(x, y)
    at = jnp.stack([jnp.linspace(-3, 3, 7), jnp.zeros(7)], 1)
    mean, var = jax.jit(predict)(p, x, y, at)
    return {
        "lengths": jnp.exp(p.log_lengths),
        "scale": jnp.exp(p.log_scale),
        "noise": jnp.exp(p.log_noise),
        "neg log evidence": value,
        "mean": mean,
        "std": jnp.sqrt(var),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
