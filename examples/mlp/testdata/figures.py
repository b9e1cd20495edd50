"""The figures of examples/mlp, computed by JAX on a CPU: python figures.py > jax.json"""
import json

import jax
import jax.numpy as jnp

sizes = [2, 64, 64, 3]
figures = {}


def new_net(key):
    return [(jax.random.normal(jax.random.fold_in(key, i), (m, k)) * (2 / m) ** 0.5, jnp.zeros(k))
            for i, (m, k) in enumerate(zip(sizes, sizes[1:]))]


def spiral(key, n):
    keys = jax.random.split(key, 3)
    cls = jax.random.randint(keys[0], (n,), 0, 3)
    radius = jnp.sqrt(jax.random.uniform(keys[1], (n,)))
    angle = radius * 4 + cls * (2 * jnp.pi / 3)
    at = jnp.stack([radius * jnp.cos(angle), radius * jnp.sin(angle)], 1)
    return at + jax.random.normal(keys[2], (n, 2)) * 0.03, cls


def loss(net, p):
    z, cls = p
    for i, (w, b) in enumerate(net):
        z = z @ w + b
        if i < len(net) - 1:
            z = jnp.tanh(z)
    return -jnp.take_along_axis(jax.nn.log_softmax(z), cls[:, None], 1).mean()


@jax.jit
def step(net, m, v, i, key, p):
    idx = jax.random.randint(jax.random.fold_in(key, i), (128,), 0, p[0].shape[0])
    at, g = jax.value_and_grad(loss)(net, (p[0][idx], p[1][idx]))
    k = jnp.float32(i + 1)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    net = jax.tree.map(lambda w, m, v: w - 3e-3 * (m / (1 - 0.9**k)) / (jnp.sqrt(v / (1 - 0.999**k)) + 1e-8), net, m, v)
    return net, m, v, at


key = jax.random.key(0)
keys = jax.random.split(key, 3)
seen, unseen = spiral(keys[0], 3000), spiral(keys[1], 3000)
net = new_net(keys[2])
g = jax.grad(loss)(net, seen)
figures["squared gradient"] = float(sum((x * x).sum() for x in jax.tree.leaves(g)))
m = v = jax.tree.map(jnp.zeros_like, net)
for i in range(100):
    net, m, v, at = step(net, m, v, i, key, seen)
    if i in (0, 20, 99):
        figures[f"loss at step {i}"] = float(at)
print(json.dumps(figures, indent=1))
