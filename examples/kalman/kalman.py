"""A Kalman filter and the Rauch-Tung-Striebel smoother by lax.scan, and the noise of a track by maximum likelihood."""
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import lax, random
from jax.scipy.stats import multivariate_normal

jax.config.update("jax_enable_x64", True)


class Model(NamedTuple):
    a: jax.Array
    q: jax.Array
    c: jax.Array
    r: jax.Array


class Gauss(NamedTuple):
    mean: jax.Array
    cov: jax.Array


def model(log_noise, dt=0.1):  # position and velocity in the plane; positions are observed
    q, r = jnp.exp(2 * log_noise)
    a = jnp.kron(jnp.array([[1, dt], [0, 1]]), jnp.eye(2))
    cov = jnp.kron(jnp.array([[dt**3 / 3, dt**2 / 2], [dt**2 / 2, dt]]), jnp.eye(2))
    return Model(a, q * cov, jnp.eye(2, 4), r * jnp.eye(2))


def simulate(key, m, x0, steps):
    def step(x, key):
        k_x, k_y = random.split(key)
        x = m.a @ x + random.multivariate_normal(k_x, jnp.zeros(4), m.q)
        return x, (x, m.c @ x + random.multivariate_normal(k_y, jnp.zeros(2), m.r))

    return lax.scan(step, x0, random.split(key, steps))[1]


def predict(m, s):
    return Gauss(m.a @ s.mean, m.a @ s.cov @ m.a.T + m.q)


def kalman(m, start, ys):
    def step(s, y):
        p = predict(m, s)
        cov = m.c @ p.cov @ m.c.T + m.r
        gain = jnp.linalg.solve(cov, m.c @ p.cov).T
        s = Gauss(p.mean + gain @ (y - m.c @ p.mean), p.cov - gain @ cov @ gain.T)
        return s, (s, multivariate_normal.logpdf(y, m.c @ p.mean, cov))

    _, (filtered, log_lik) = lax.scan(step, start, ys)
    return filtered, log_lik.sum()


def smooth(m, filtered):
    def step(later, s):
        p = predict(m, s)
        gain = jnp.linalg.solve(p.cov, m.a @ s.cov).T
        mean = s.mean + gain @ (later.mean - p.mean)
        s = Gauss(mean, s.cov + gain @ (later.cov - p.cov) @ gain.T)
        return s, s

    last = jax.tree.map(lambda x: x[-1], filtered)
    before = jax.tree.map(lambda x: x[:-1], filtered)
    return lax.scan(step, last, before, reverse=True)[1]


def fit(log_noise, start, ys, steps=150):
    opt = optax.adam(0.1)

    def step(carry, _):
        p, state = carry
        loss, g = jax.value_and_grad(lambda p: -kalman(model(p), start, ys)[1])(p)
        updates, state = opt.update(g, state)
        return (optax.apply_updates(p, updates), state), loss

    (log_noise, _), losses = lax.scan(step, (log_noise, opt.init(log_noise)), length=steps)
    return log_noise, losses


def run():
    truth = jnp.log(jnp.array([0.5, 0.2]))
    start = Gauss(jnp.zeros(4), jnp.eye(4))
    xs, ys = simulate(random.key(0), model(truth), start.mean, 200)
    log_noise, losses = jax.jit(fit)(jnp.zeros(2), start, ys)
    m = model(log_noise)
    filtered, log_lik = jax.jit(kalman)(m, start, ys)
    smoothed = jax.jit(smooth)(m, filtered)

    def error(estimate, truth):
        return jnp.sqrt(jnp.mean((estimate[..., :2] - truth[..., :2]) ** 2))

    return {
        "losses": losses[::30],
        "noise": jnp.exp(log_noise),
        "log likelihood": log_lik,
        "errors": jnp.array([error(ys, xs), error(filtered.mean, xs), error(smoothed.mean, xs[:-1])]),
        "first state": smoothed.mean[0],
        "first deviations": jnp.sqrt(jnp.diag(smoothed.cov[0])),
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
