"""Variational inference for Bayesian logistic regression: a normal posterior by the reparametrised ELBO and Adam."""
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import random
from jax.scipy.stats import norm


class Posterior(NamedTuple):
    mean: jax.Array
    log_std: jax.Array


def simulate(key, n, d):
    kx, kw, ky = random.split(key, 3)
    x = random.normal(kx, (n, d))
    w = random.normal(kw, (d,))
    return x, random.bernoulli(ky, jax.nn.sigmoid(x @ w)), w


def log_joint(w, x, y):
    logits = x @ w
    return norm.logpdf(w, 0, 10).sum() + jax.nn.log_sigmoid(jnp.where(y, logits, -logits)).sum()


def elbo(q, key, x, y, samples=16):
    w = q.mean + jnp.exp(q.log_std) * random.normal(key, (samples, *q.mean.shape))
    entropy = (q.log_std + 0.5 * jnp.log(2 * jnp.pi * jnp.e)).sum()
    return jax.vmap(log_joint, (0, None, None))(w, x, y).mean() + entropy


def fit(key, x, y, steps=1000):
    opt = optax.adam(0.03)

    def step(carry, key):
        q, state = carry
        loss, grads = jax.value_and_grad(lambda q: -elbo(q, key, x, y))(q)
        updates, state = opt.update(grads, state)
        return (optax.apply_updates(q, updates), state), -loss

    q = Posterior(jnp.zeros(x.shape[1]), jnp.full(x.shape[1], -1.0))
    (q, _), elbos = jax.lax.scan(step, (q, opt.init(q)), random.split(key, steps))
    return q, elbos


def run():
    k_data, k_fit = random.split(random.key(0))
    x, y, w = simulate(k_data, 500, 4)
    q, elbos = jax.jit(fit)(k_fit, x, y)
    return {
        "elbo": elbos[::100],
        "mean": q.mean,
        "std": jnp.exp(q.log_std),
        "truth": w,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
