"""The figures of examples/regression, computed by JAX on a CPU: python figures.py > jax.json"""
import json

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
truth = jnp.array([-0.5, 1, -0.75, 0.25, 0])
figures = {}


def simulate(key, n):
    kx, ky = jax.random.split(key)
    x = jnp.hstack([jnp.ones((n, 1)), jax.random.normal(kx, (n, 4))])
    p = 1 / (1 + jnp.exp(-(x @ truth)))
    return x, (jax.random.uniform(ky, (n,)) < p).astype(x.dtype)


def loss(b, d):
    x, y = d
    z = x @ b
    return (jnp.logaddexp(0.0, z) - y * z).mean()


def fit(d, steps):
    return jax.lax.fori_loop(0, steps, lambda _, b: b - 2 * jax.grad(loss)(b, d), jnp.zeros(5))


def bread(b, d):
    return jnp.linalg.inv(jax.hessian(loss)(b, d) * d[0].shape[0])


def standard_errors(b, d):
    return jnp.sqrt(jnp.diagonal(bread(b, d)))


d = simulate(jax.random.key(1), 10_000)
b = fit(d, 200)
se = standard_errors(b, d)
scores = jax.vmap(jax.grad(lambda b, x, y: loss(b, (x[None], y[None]))), in_axes=(None, 0, 0))(b, *d)
robust = jnp.sqrt(jnp.diagonal(bread(b, d) @ (scores.T @ scores) @ bread(b, d)))
for i in range(5):
    figures[f"b{i}"] = float(b[i])
    figures[f"standard error {i}"] = float(se[i])
    figures[f"robust error {i}"] = float(robust[i])
figures["first loss"] = float(loss(jnp.zeros(5), d))
figures["last loss"] = float(loss(fit(d, 199), d))


def one(key):
    d = simulate(key, 500)
    b = fit(d, 200)
    return b, standard_errors(b, d)


b, se = jax.jit(jax.vmap(one))(jax.random.split(jax.random.key(2), 400))
for i, s in enumerate(jnp.std(b, 0)):
    figures[f"spread {i}"] = float(s)
figures["covered"] = float((jnp.abs(b - truth) < 1.96 * se).astype(float).mean())
print(json.dumps(figures, indent=1))
