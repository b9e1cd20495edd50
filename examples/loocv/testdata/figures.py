"""The figures of examples/loocv, computed by JAX on a CPU: python figures.py > jax.json, and, of fewer observations and
covariates, python figures.py 60 8 > few.json"""
import json
import sys

import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
jax.config.update("jax_cpu_enable_async_dispatch", False)
figures = {}
n, p = map(int, sys.argv[1:] or (200, 20))
keys = jax.random.split(jax.random.key(11), 3)
x = jax.random.normal(keys[0], (n, p))
b = jnp.where(jnp.arange(p) < p // 4, jax.random.normal(keys[1], (p,)), 0)
y = x @ b + jax.random.normal(keys[2], (n,)) * 2


def score(lam):
    """The mean squared error of leaving one out, in closed form."""
    hat = jnp.linalg.solve(x.T @ x + lam * jnp.eye(p), x.T)
    miss = (y - x @ (hat @ y)) / (1 - (x * hat.T).sum(1))
    return (miss**2).mean()


grid = jnp.geomspace(0.1, 1000, 25)
scores = jnp.stack([jax.jit(score)(lam) for lam in grid])
for i in (0, 12, 24):
    figures[f"score {i}"] = float(scores[i])
start = grid[scores.argmin()]
figures["best of the grid"] = float(start)
of = lambda v: score(jnp.exp(v))
slope, curvature = jax.jit(jax.grad(of)), jax.jit(jax.hessian(of))
at = jnp.log(start)
for _ in range(8):
    at = at - slope(at) / curvature(at)
figures["best"], figures["least score"] = float(jnp.exp(at)), float(of(at))
print(json.dumps(figures, indent=1))
