"""A small transformer that learns a poem letter by letter (Lear 1871), trained with Adam, and then recites it."""
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import lax, random

TEXT = (Path(__file__).parent / "testdata" / "owl.txt").read_bytes()
WIDTH, HEADS, LAYERS, CONTEXT = 64, 4, 2, 32


class Block(NamedTuple):
    qkv: jax.Array
    out: jax.Array
    up: jax.Array
    down: jax.Array
    norms: jax.Array


class Params(NamedTuple):
    embed: jax.Array
    place: jax.Array
    blocks: list[Block]
    norm: jax.Array


def init(key, letters):
    def dense(key, n, *shape):
        return random.normal(key, (n, *shape)) / np.sqrt(n)

    def block(key):
        k = random.split(key, 4)
        qkv, out = dense(k[0], WIDTH, 3, HEADS, WIDTH // HEADS), dense(k[1], WIDTH, WIDTH)
        up, down = dense(k[2], WIDTH, 4 * WIDTH), dense(k[3], 4 * WIDTH, WIDTH)
        return Block(qkv, out, up, down, jnp.ones((2, WIDTH)))

    k = random.split(key, 2 + LAYERS)
    embed = random.normal(k[0], (letters, WIDTH)) * 0.1
    place = random.normal(k[1], (CONTEXT, WIDTH)) * 0.1
    return Params(embed, place, [block(k) for k in k[2:]], jnp.ones(WIDTH))


def logits(p, tokens):  # [batch, time] to [batch, time, letters]
    x = p.embed[tokens] + p.place
    for b in p.blocks:
        q, k, v = jnp.einsum("btw,wshd->sbthd", jax.nn.standardize(x) * b.norms[0], b.qkv)
        x += jax.nn.dot_product_attention(q, k, v, is_causal=True).reshape(x.shape) @ b.out
        x += jax.nn.gelu(jax.nn.standardize(x) * b.norms[1] @ b.up) @ b.down
    return jax.nn.standardize(x) * p.norm @ p.embed.T


def loss(p, tokens):  # [batch, time + 1]
    scores = logits(p, tokens[:, :-1])
    return optax.softmax_cross_entropy_with_integer_labels(scores, tokens[:, 1:]).mean()


def train(key, data, letters, steps=250, batch=16):
    k_init, k_train = random.split(key)
    opt = optax.adam(optax.warmup_cosine_decay_schedule(0.0, 1e-2, 20, steps))
    p = init(k_init, letters)

    def step(carry, key):
        p, state = carry
        at = random.randint(key, (batch, 1), 0, len(data) - CONTEXT)
        value, grads = jax.value_and_grad(loss)(p, data[at + jnp.arange(CONTEXT + 1)])
        updates, state = opt.update(grads, state)
        return (optax.apply_updates(p, updates), state), value

    (p, _), losses = lax.scan(step, (p, opt.init(p)), random.split(k_train, steps))
    return p, losses


def recite(p, window, length):
    def step(window, _):
        letter = logits(p, window[None])[0, -1].argmax().astype(window.dtype)
        return jnp.append(window[1:], letter), letter

    return lax.scan(step, window, length=length)[1]


def run():
    alphabet, data = np.unique(np.frombuffer(TEXT, np.uint8), return_inverse=True)
    data = jnp.array(data, jnp.int32)
    p, losses = jax.jit(train, static_argnums=2)(random.key(0), data, len(alphabet))
    letters = jax.jit(recite, static_argnums=2)(p, data[:CONTEXT], 120)
    print(TEXT[:CONTEXT].decode() + "|" + bytes(alphabet[letters]).decode())
    return {
        "loss": losses[jnp.array([0, 10, 20, 50, 100, 249])],
        "parameters": sum(x.size for x in jax.tree.leaves(p)),
        "recited": letters,
    }


if __name__ == "__main__":
    for name, value in run().items():
        print(f"{name}: {value}")
