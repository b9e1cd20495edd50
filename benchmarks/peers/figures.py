"""JAX's figures for rows of go run ./benchmarks that are no work on arrays. Units are the rows' own."""
import statistics
import subprocess
import sys
import time

import numpy as np

from work import jax, jnp, network_loss, residual


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


def small():
    return jnp.arange(1, 9, dtype=jnp.float32)


def jit_call():
    f, x = jax.jit(lambda x: jnp.sin(x) * x), small()
    return per_call(lambda: f(x))


def eager(f):
    x = small()
    return per_call(lambda: f(x))


def key_loop():
    key = jax.random.key(0)

    def step():
        nonlocal key
        key, k = jax.random.split(key)
        jax.random.normal(k)

    return per_call(step)


def jit_leaves():
    tree = {str(i): small() + i for i in range(20)}
    g = jax.jit(lambda t: {k: jnp.sin(v) * v for k, v in t.items()})
    return per_call(lambda: g(tree))


def transfer(n):
    host = np.zeros(n, np.float32)
    return lambda: per_call(lambda: np.array(jnp.array(host)))


def trace_and_lower():
    def chain(x):
        y = x
        for _ in range(500):
            y = jnp.sin(y) * x + y
        return y

    start = time.perf_counter()
    jax.jit(chain).lower(small()).as_text()
    return (time.perf_counter() - start) * 1e6 / 1500


def first_result():
    program = "import jax, jax.numpy as jnp; print(jax.jit(lambda x: jnp.sin(x) * x)(jnp.arange(8.0)))"
    samples = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.DEVNULL)
        samples.append(time.perf_counter() - start)
    return statistics.median(samples)


def loss(p, x):
    return (network_loss(jnp, p, x) ** 2).sum()


def network():
    weights = [jax.random.normal(jax.random.fold_in(jax.random.key(5), i), (64, 64)) / 8 for i in range(20)]
    return weights + [jnp.zeros(64)] * 20


def traced(make, x):
    """Microseconds an equation, of a function that was never seen."""
    p = network()
    equations = jax.make_jaxpr(make())(p, x).eqns
    n = sum(1 if e.primitive.name != "jit" else len(e.params["jaxpr"].eqns) for e in equations)

    def fresh():
        jax.clear_caches()
        start = time.perf_counter()
        jax.make_jaxpr(make())(p, x)
        return time.perf_counter() - start

    return statistics.median(fresh() for _ in range(7)) * 1e6 / n


def gradient():
    g, p, x = jax.grad(loss), network(), jnp.ones(64)
    return per_call(lambda: jax.block_until_ready(g(p, x))) / 1e3


def scan_memory():
    c = jax.jit(jax.grad(residual)).lower(jnp.zeros((32, 32)), jnp.zeros((10_000, 32))).compile()
    return c.memory_analysis().temp_size_in_bytes / 1e6


FIGURES = {
    "jit call": jit_call,
    "eager add": lambda: eager(lambda x: x + x),
    "eager add scalar": lambda: eager(lambda x: x + 2.5),
    "key loop": key_loop,
    "jit 20 leaves": jit_leaves,
    "transfer 1e6": transfer(1_000_000),
    "transfer 25e6": transfer(25_000_000),
    "trace an equation": trace_and_lower,
    "first result": first_result,
    "trace grad": lambda: traced(lambda: jax.grad(lambda p, x: loss(p, x)), jnp.ones(64)),
    "trace vmap grad": lambda: traced(lambda: jax.vmap(jax.grad(lambda p, x: loss(p, x)), (None, 0)),
                                      jnp.ones((32, 64))),
    "un-jitted grad": gradient,
    "scan memory": scan_memory,
}
