"""Hares and lynxes (Lotka, Volterra): sensitivities of an ordinary differential equation, and its parameters fitted."""
from typing import NamedTuple

import jax
import jax.numpy as jnp
from jax import random
from jax.experimental.ode import odeint
from jax.flatten_util import ravel_pytree
from jax.scipy.optimize import minimize

jax.config.update("jax_enable_x64", True)


class Params(NamedTuple):
    log_rates: jax.Array
    log_start: jax.Array


def slope(y, t, rates):
    birth, hunted, death, fed = rates
    hare, lynx = y
    return jnp.array([birth * hare - hunted * hare * lynx, fed * hare * lynx - death * lynx])


def populations(p, ts):
    return odeint(slope, jnp.exp(p.log_start), ts, jnp.exp(p.log_rates), rtol=1e-8, atol=1e-8)


def loss(p, ts, data, noise=0.1):
    residuals = (jnp.log(data) - jnp.log(populations(p, ts))) / noise
    return 0.5 * (residuals**2).sum()


@jax.jit
def fit(p, ts, data):
    start, unravel = ravel_pytree(p)
    result = minimize(lambda x: loss(unravel(x), ts, data), start, method="BFGS", tol=1e-4)
    return unravel(result.x), result.fun


@jax.jit
def deviations(p, ts, noise=0.1):  # by the Fisher information
    flat, unravel = ravel_pytree(p)
    j = jax.jacrev(lambda x: jnp.log(populations(unravel(x), ts)).ravel())(flat) / noise
    return jnp.sqrt(jnp.diag(jnp.linalg.inv(j.T @ j)))


def run():
    truth = Params(jnp.log(jnp.array([0.55, 0.028, 0.80, 0.024])), jnp.log(jnp.array([30.0, 4.0])))
    ts = jnp.linspace(0.0, 20.0, 21)
    clean = populations(truth, ts)
    data = clean * jnp.exp(0.1 * random.normal(random.key(0), clean.shape))
    sensitivity = jax.jit(jax.jacrev(lambda p: populations(p, ts)[-1]))(truth)
    guess = jax.tree.map(lambda x: x + 0.03, truth)
    p, value = fit(guess, ts, data)
    return {
        "populations": clean[::5],
        "last by log rates": sensitivity.log_rates,
        "last by log start": sensitivity.log_start,
        "loss": value,
        "rates": jnp.exp(p.log_rates),
        "start": jnp.exp(p.log_start),
        "relative errors": deviations(p, ts),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
