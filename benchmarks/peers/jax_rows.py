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
key = jax.random.key(0)


def key_loop():
    global key
    key, k = jax.random.split(key)
    jax.random.normal(k)


figures["key loop"] = per_call(key_loop)
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

gram = jax.jit(lambda x: x.T @ x / x.shape[0] + jnp.eye(x.shape[0], dtype=x.dtype))
cholesky = jax.jit(jnp.linalg.cholesky)
for x64 in (False, True):
    with jax.enable_x64(x64):
        dtype = jnp.float64 if x64 else jnp.float32
        m = jax.random.normal(jax.random.key(3), (2000, 2000), dtype)
        a = gram(m)
        figures[f"gram {dtype.__name__}"] = per_call(lambda: gram(m).block_until_ready()) / 1e3
        figures[f"cholesky {dtype.__name__}"] = per_call(lambda: cholesky(a).block_until_ready()) / 1e3



def network_loss(p, x):
    for w, b in zip(*p):
        x = jnp.tanh(x @ w + b)
    return (x * x).sum()


weights = [jax.random.normal(jax.random.fold_in(jax.random.key(5), i), (64, 64)) / 8 for i in range(20)]
p = (weights, [jnp.zeros(64)] * 20)
x = jnp.ones(64)


def trace(make, *args):
    """Microseconds an equation, of a function that was never seen."""
    n = sum(1 if e.primitive.name != "jit" else len(e.params["jaxpr"].eqns) for e in jax.make_jaxpr(make())(*args).eqns)

    def fresh():
        jax.clear_caches()
        start = time.perf_counter()
        jax.make_jaxpr(make())(*args)
        return time.perf_counter() - start

    return statistics.median(fresh() for _ in range(7)) * 1e6 / n


figures["trace grad"] = trace(lambda: jax.grad(lambda p, x: network_loss(p, x)), p, x)
gradients = lambda: jax.vmap(jax.grad(lambda p, x: network_loss(p, x)), (None, 0))
figures["trace vmap grad"] = trace(gradients, p, jnp.ones((32, 64)))
g = jax.grad(network_loss)
figures["grad"] = per_call(lambda: jax.block_until_ready(g(p, x))) / 1e3
jitted = jax.jit(g)
figures["jit grad"] = per_call(lambda: jax.block_until_ready(jitted(p, x))) / 1e3


@jax.jit
def step(p, x):
    g = jax.grad(lambda p: jax.vmap(network_loss, (None, 0))(p, x).mean())(p)
    return jax.tree.map(lambda w, g: w - 0.01 * g, p, g)


x = jax.random.normal(jax.random.key(6), (32, 64))
figures["grad step"] = per_call(lambda: jax.block_until_ready(step(p, x))) / 1e3


def steps(c, xs):
    return jax.lax.scan(lambda c, x: (c * 0.99 + jnp.sin(x), None), c, xs)[0]


c, xs = jnp.zeros(()), jnp.linspace(0, 1, 100_000)
scan = jax.jit(steps)
figures["scan"] = per_call(lambda: scan(c, xs).block_until_ready()) / 1e3


def residual(w, xs):
    return jax.lax.scan(lambda c, x: (jnp.tanh(c @ w + x), None), jnp.zeros(32), xs)[0].sum()


scan_grad = jax.jit(jax.grad(residual))
w = jax.random.normal(jax.random.key(7), (32, 32)) / 6
xs = jnp.ones((1000, 32))
figures["scan grad"] = per_call(lambda: scan_grad(w, xs).block_until_ready()) / 1e3
compiled = jax.jit(jax.grad(residual)).lower(w, jnp.zeros((10_000, 32))).compile()
figures["scan memory"] = compiled.memory_analysis().temp_size_in_bytes / 1e6
print(json.dumps(figures))
