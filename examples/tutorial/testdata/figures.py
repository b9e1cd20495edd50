"""The tutorial's figures at -quick sizes, computed by JAX on a CPU: python figures.py > jax.json"""
import json

import jax
import jax.numpy as jnp

figures = {}


def gram(x):
    return x.T @ x / x.shape[0]


def logdet(a):
    return float(2 * jnp.log(jnp.diagonal(jnp.linalg.cholesky(a))).sum())


a = gram(jax.random.normal(jax.random.key(1), (1000, 500)))
figures["blas trace"] = float(jnp.trace(a))
figures["blas logdet"] = logdet(a)

x = jax.random.normal(jax.random.key(42), (5_000_000,))
figures["fusion mean"] = float((jnp.exp(x) + 3 * jnp.sin(x)).mean())

figures["precision float32 logdet"] = logdet(gram(jax.random.normal(jax.random.key(2), (600, 300))))
with jax.enable_x64(True):
    x64 = jax.random.normal(jax.random.key(2), (600, 300), dtype=jnp.float64)
    figures["precision float64 logdet"] = logdet(gram(x64))
    figures["dtypes double"] = float((jnp.ones(()) + 1e-10) - 1)
figures["dtypes single"] = float((jnp.ones(()) + 1e-10) - 1)

x = jax.random.normal(jax.random.key(3), (1000, 1000))
figures["async element"] = float((x @ x @ x)[0, 0])


def standardize(v):
    return (v - v.mean()) / v.std()


x = jax.random.normal(jax.random.key(4), (1000, 1000)) * 2 + 5
figures["vmap z[0,1]"] = float(jax.vmap(standardize, in_axes=1, out_axes=1)(x)[0, 1])


def correlation(x, y):
    x, y = x - x.mean(), y - y.mean()
    return (x * y).sum() / jnp.sqrt((x * x).sum() * (y * y).sum())


kx, ky = jax.random.split(jax.random.key(5))
x = jax.random.normal(kx, (1000, 200))
y = x * 0.6 + jax.random.normal(ky, (1000, 200)) * 0.8
r = jax.vmap(correlation, in_axes=(1, 1))(x, y)
figures["vmap2 mean"] = float(r.mean())
figures["vmap2 first"] = float(r[0])
figures["vmap2 last"] = float(r[-1])

means = [float(jax.random.normal(k, (2, 100_000)).max(0).mean()) for k in jax.random.split(jax.random.key(6), 40)]
figures["streams mean"] = sum(means) / 40
figures["streams task 7"] = means[7]

figures["cluster mean"] = sum(
    float(jnp.max(jax.random.normal(k, (2, 100_000)), 0).mean()) for k in jax.random.split(jax.random.key(9), 20)) / 20

x = jax.random.normal(jax.random.key(7), (64, 64)) / 8


def power(x, n):
    def body(s):
        left, v, _ = s
        w = x.T @ (x @ v)
        norm = jnp.sqrt((w * w).sum())
        return left - 1, w / norm, norm

    return jax.lax.while_loop(lambda s: s[0] > 0, body, (n, jnp.ones(64), jnp.zeros(())))[2]


figures["parmap last"] = float(power(x, jnp.int32(1000 * 63 // 64)))

kx, kw = jax.random.split(jax.random.key(8))
x, w = jax.random.normal(kx, (256, 256)), jax.random.normal(kw, (256, 256))
figures["mesh layer mean square"] = float((jnp.tanh(x @ w / 16) ** 2).mean())
figures["mesh normalized first"] = float(x[0, 0] / jnp.linalg.norm(x[:, 0]))

# What holds whatever the machine.
figures |= {
    "immutable y": float(jnp.float32(3.17)), "immutable x": 0, "immutable after host": 0, "immutable out of range": 0,
    "immutable donated": float(jnp.float32(3.17)) + 6,
    "streams same": 1, "parmap same": 1, "mesh layer same": 1, "cluster same": 1, "device count is positive": 1,
}


def isotonic(y):
    """The rising sequence nearest to y, by pooling adjacent violators."""
    blocks = []
    for v in map(float, y):
        blocks.append((v, 1))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            (a, m), (b, n) = blocks.pop(), blocks.pop()
            blocks.append((a + b, m + n))
    return [s / n for s, n in blocks for _ in range(n)]


rising = jnp.linspace(0, 3, 10_000)
x = rising + jax.random.normal(jax.random.key(7), (8, 10_000))
fit = jnp.array([isotonic(row.tolist()) for row in x])
figures["kernel fit"] = float(jnp.sqrt(((fit - rising) ** 2).mean()))
print(json.dumps(figures, indent=1))
