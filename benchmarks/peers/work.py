"""Ordinary work in JAX and NumPy. Each line that is read, a JSON object, asks for one piece of work, and is answered
with the best milliseconds of a call in both. The inputs are those of gojax: its random numbers are JAX's."""
import json
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np


def made(i, kind, shape, dtype):
    key = jax.random.key(i)
    if kind == "key":
        return key
    if kind == "integers":
        return jax.random.randint(key, shape, 0, 1000, dtype)
    x = jax.random.normal(key, shape, dtype)
    if kind == "positive":
        return x @ x.mT / shape[-1] + jnp.eye(shape[-1], dtype=dtype)
    if kind == "regular":
        return x + 3 * jnp.eye(shape[-1], dtype=dtype)
    return x


rng, r = np.random.default_rng(0), jax.random


def draw(of_numpy, of_jax):
    return lambda xp, key: of_numpy() if xp is np else of_jax(key)


def metropolis(key):
    def step(x, key):
        move, toss = r.split(key)
        to = x + r.normal(move)
        take = jnp.log(r.uniform(toss)) < (x * x - to * to) / 2
        x = jnp.where(take, to, x)
        return x, x

    return jax.vmap(lambda key: jax.lax.scan(step, 0.0, r.split(key, 500))[0])(r.split(key, 1000))


FEW, MANY = 1_000_000, 25_000_000
WORK = {
    "matmul": lambda xp, a, b: a @ b,
    "gram": lambda xp, a: a.T @ a,
    "cholesky": lambda xp, a: xp.linalg.cholesky(a),
    "solve": lambda xp, a, b: xp.linalg.solve(a, b),
    "inv": lambda xp, a: xp.linalg.inv(a),
    "slogdet": lambda xp, a: xp.linalg.slogdet(a),
    "eigh": lambda xp, a: xp.linalg.eigh(a),
    "svd": lambda xp, a: xp.linalg.svd(a),
    "qr": lambda xp, a: xp.linalg.qr(a),
    "sort": lambda xp, a: xp.sort(a),
    "argsort": lambda xp, a: xp.argsort(a),
    "median": lambda xp, a: xp.median(a, axis=-1),
    "quantile": lambda xp, a: xp.quantile(a, 0.3),
    "unique": lambda xp, a: xp.unique(a) if xp is np else xp.unique(a, size=1000),
    "argmax": lambda xp, a: xp.argmax(a, axis=-1),
    "normal": draw(lambda: rng.standard_normal(MANY, np.float32), lambda key: r.normal(key, (MANY,))),
    "uniform": draw(lambda: rng.random(MANY, np.float32), lambda key: r.uniform(key, (MANY,))),
    "permutation": draw(lambda: rng.permutation(4_000_000), lambda key: r.permutation(key, 4_000_000)),
    "gamma": draw(lambda: rng.standard_gamma(2.5, FEW, np.float32), lambda key: r.gamma(key, 2.5, (FEW,))),
    "poisson": draw(lambda: rng.poisson(4, FEW), lambda key: r.poisson(key, 4, (FEW,))),
    "beta": draw(lambda: rng.beta(2, 3, FEW), lambda key: r.beta(key, 2, 3, (FEW,))),
    "binomial": draw(lambda: rng.binomial(10, 0.3, FEW), lambda key: r.binomial(key, 10, 0.3, (FEW,))),
    "categorical": draw(
        lambda: rng.choice(10, FEW, p=np.arange(1, 11) / 55),
        lambda key: r.categorical(key, jnp.log(jnp.arange(1, 11)), shape=(FEW,)),
    ),
    "metropolis": lambda xp, key: metropolis(key),
}


def best(f, seconds):
    f()
    least, end = 1e9, time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        f()
        now = time.perf_counter()
        least = min(least, now - start)
        if now > end:
            return least * 1e3


asked, calls = None, None
for line in sys.stdin:
    if line != asked:
        asked, q = line, json.loads(line)
        jax.config.update("jax_enable_x64", q["x64"])
        work = WORK[q["work"]]
        x = jax.block_until_ready([made(i, *a) for i, a in enumerate(q["inputs"])])
        h = [a if jax.dtypes.issubdtype(a.dtype, jax.dtypes.prng_key) else np.array(a) for a in x]
        jitted = jax.jit(lambda *x: work(jnp, *x))
        calls = [lambda: jax.block_until_ready(jitted(*x)), lambda: work(np, *h)]
        if q["work"] == "metropolis":  # no function of NumPy's
            calls[1] = None
    print(json.dumps([f and best(f, 0.5) for f in calls]), flush=True)
