"""JAX's figures for the rows of go run ./benchmarks, as one JSON object. Units are the rows' own."""
import json
import statistics
import subprocess
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

figures = {}


def per_call(f, rounds=9, target=0.06):
    """Microseconds a call, the median of rounds of about 60 ms, after a first call."""
    f()
    n = 1
    while True:
        start = time.perf_counter()
        for _ in range(n):
            f()
        took = time.perf_counter() - start
        if took > 0.02:
            n = max(1, int(n * target / took))
            break
        n *= 4
    samples = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(n):
            f()
        samples.append((time.perf_counter() - start) / n * 1e6)
    return statistics.median(samples)


x = jnp.arange(1, 9, dtype=jnp.float32)
y = x + 0
f = jax.jit(lambda x: jnp.sin(x) * x)
figures["jit call"] = per_call(lambda: f(x))
figures["eager add"] = per_call(lambda: x + y)
figures["eager add scalar"] = per_call(lambda: x + 2.5)
tree = {str(i): x + i for i in range(20)}
g = jax.jit(lambda t: {k: jnp.sin(v) * v for k, v in t.items()})
figures["jit 20 leaves"] = per_call(lambda: g(tree))
host = np.zeros(1_000_000, np.float32)
figures["transfer 1e6"] = per_call(lambda: np.array(jnp.array(host)))


def chain(x):
    y = x
    for _ in range(500):
        y = jnp.sin(y) * x + y
    return y


start = time.perf_counter()
jax.jit(chain).lower(x).as_text()
figures["trace an equation"] = (time.perf_counter() - start) * 1e6 / 1500

program = "import jax, jax.numpy as jnp; print(jax.jit(lambda x: jnp.sin(x) * x)(jnp.arange(8.0)))"
samples = []
for _ in range(5):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
    samples.append(time.perf_counter() - start)
figures["first result"] = statistics.median(samples)


def exp_sin(x):
    return jnp.exp(x) + 3 * jnp.sin(x)


big = jax.random.normal(jax.random.key(1), (25_000_000,)).block_until_ready()
jitted = jax.jit(exp_sin)
figures["exp sin 25e6"] = per_call(lambda: jitted(big).block_until_ready()) / 1e3
figures["exp sin 25e6 eager"] = per_call(lambda: exp_sin(big).block_until_ready()) / 1e3
del big
figures["normal 25e6"] = per_call(lambda: jax.random.normal(jax.random.key(1), (25_000_000,)).block_until_ready()) / 1e3

gram = jax.jit(lambda x: x.T @ x / x.shape[0] + jnp.eye(x.shape[0], dtype=x.dtype))
cholesky = jax.jit(jnp.linalg.cholesky)
for x64 in (False, True):
    with jax.enable_x64(x64):
        dtype = jnp.float64 if x64 else jnp.float32
        m = jax.random.normal(jax.random.key(3), (2000, 2000), dtype)
        a = gram(m)
        figures[f"gram {dtype.__name__}"] = per_call(lambda: gram(m).block_until_ready()) / 1e3
        figures[f"cholesky {dtype.__name__}"] = per_call(lambda: cholesky(a).block_until_ready()) / 1e3

print(json.dumps(figures))
