# Writes shapes.jsonl.gz, with JAX 0.10.2: programs whose shapes have variables, and what JAX's runs of them give.
# python3 shapes.py
import base64
import gzip
import json

import jax
import jax.numpy as jnp
import numpy as np
from jax import core, export, lax

jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # files without their folders

f32, i32 = np.float32, np.int32


def mlp(p, x):
    h = jnp.tanh(x @ p["w0"] + p["b0"])
    return jax.nn.softmax(h @ p["w1"])


def loss(p, x):
    return -jnp.log(mlp(p, x)[:, 0]).mean()


mlp_types = {"w0": ((4, 8), f32), "b0": ((8,), f32), "w1": ((8, 3), f32)}


def scan_sum(x):
    return lax.scan(lambda c, v: (c + v, c * v.sum()), jnp.zeros(x.shape[1:]), x)


def rnn(w, x):
    def step(h, v):
        h = jnp.tanh(h @ w + v)
        return h, h

    return lax.scan(step, jnp.zeros((x.shape[1], 3)), x)[1]


def while_length(x):
    return lax.while_loop(lambda c: c[0] < x.shape[0], lambda c: (c[0] + 2, c[1] * 0.5 + c[0]), (0, x))


def attention(q, k, v):
    a = jnp.einsum("bqhd,bkhd->bhqk", q, k) / 2
    mask = jnp.arange(a.shape[2])[:, None] >= jnp.arange(a.shape[3])
    return jnp.einsum("bhqk,bkhd->bqhd", jax.nn.softmax(jnp.where(mask, a, -1e9)), v)


def conv(x, w):
    y = lax.conv_general_dilated(x, w, (2, 1), "SAME", rhs_dilation=(1, 2))
    return lax.reduce_window(y, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


def norm(x):
    y = (x - x.mean(0)) / (x.std(0) + 1e-3)
    return y, jnp.argmax(x, 0), jnp.median(x, axis=0), jnp.percentile(x, 30, axis=0)


# name, function, shapes and types of the arguments (a shape is text), sizes to run with, constraints, order of the VJP
cases = [
    ("batch", lambda x: jnp.sin(x).sum(0), [("b, 3", f32)], [{"b": 1}, {"b": 5}], [], 1),
    ("two", lambda x, y: x @ y, [("a, 3", f32), ("3, c", f32)], [{"a": 2, "c": 1}, {"a": 4, "c": 7}], [], 1),
    ("twice", lambda x: x[: x.shape[0] // 2] + x[x.shape[0] // 2 :],
     [("2*b", f32)], [{"b": 3}, {"b": 1}, {"b": 1.5, "error": "Division had remainder 1"}], [], 1),
    ("plus one", lambda x, y: x[1:] * y, [("b+1", f32), ("b", f32)], [{"b": 3}], [], 1),
    ("halves", lambda x: x[: x.shape[0] // 2], [("b", f32)], [{"b": 7}, {"b": 2}], [], 0),
    ("modulo", lambda x: jnp.zeros(x.shape[0] % 3) + x.sum(), [("b", f32)], [{"b": 5}, {"b": 6}, {"b": 1}], [], 0),
    ("maximum", lambda x, y: jnp.zeros(core.max_dim(x.shape[0], y.shape[0])),
     [("a", f32), ("b", f32)], [{"a": 2, "b": 3}], [], 0),
    ("constrained", lambda x: x[:8] * 2 + x[-8:],
     [("a", f32)], [{"a": 8}, {"a": 11}, {"a": 7, "error": "constraint a >= 8"}], ["a >= 8"], 0),
    ("multiple", lambda x: x * 2,
     [("a", f32)], [{"a": 8}, {"a": 6, "error": "constraint 4*floordiv(a, 4) == a"}], ["mod(a, 4) == 0"], 0),
    ("reshape", lambda x: x.reshape(-1, 3).reshape(-1), [("b, 6", f32)], [{"b": 2}, {"b": 3}], [], 1),
    ("flatten", lambda x: x.reshape(x.shape[0], -1), [("b, h, 3", f32)], [{"b": 2, "h": 2}, {"b": 1, "h": 5}], [], 1),
    ("broadcast", lambda x, y: x[:, None] + y[None, :], [("a", f32), ("b", f32)], [{"a": 3, "b": 2}], [], 1),
    ("concatenate", lambda x, y: jnp.concatenate([x, y, x]),
     [("a, 2", f32), ("b, 2", f32)], [{"a": 1, "b": 3}], [], 1),
    ("arange", lambda x: jnp.arange(x.shape[0]) * 2 + x, [("b", f32)], [{"b": 4}, {"b": 1}], [], 0),
    ("linspace", lambda x: jnp.linspace(0, 1, x.shape[0]) * x, [("b", f32)], [{"b": 4}], ["b >= 2"], 0),
    ("eye", lambda x: jnp.eye(x.shape[0]) + jnp.tril(x), [("b, b", f32)], [{"b": 3}], [], 0),
    ("dynamic slice", lambda x, i: lax.dynamic_slice(x, (i, 0), (x.shape[0] - 1, 2)),
     [("b, 3", f32), ("", i32)], [{"b": 4}, {"b": 2}], ["b >= 2"], 1),
    ("dynamic update", lambda x, y, i: lax.dynamic_update_slice(x, y, (i,)),
     [("b + 2", f32), ("b", f32), ("", i32)], [{"b": 3}], [], 1),
    ("strided", lambda x: (x[::2], x[::-1], x[1::3]), [("b", f32)], [{"b": 7}, {"b": 4}], ["b >= 2"], 0),
    ("gather", lambda x, i: x[i], [("b, 3", f32), ("n", i32)], [{"b": 4, "n": 2}, {"b": 2, "n": 6}], [], 1),
    ("take", lambda x, i: jnp.take_along_axis(x, i, 1), [("b, c", f32), ("b, 2", i32)], [{"b": 3, "c": 4}], [], 1),
    ("row", lambda x, i: x[i], [("b, c", f32), ("", i32)], [{"b": 3, "c": 4}], [], 1),
    ("scatter", lambda x, i: x.at[i].add(2.0), [("b, 3", f32), ("n", i32)], [{"b": 4, "n": 3}], [], 1),
    ("one hot", lambda i: jax.nn.one_hot(i, 5), [("b", i32)], [{"b": 3}], [], 0),
    ("conv", conv,
     [("b, 2, h, w", f32), ((3, 2, 3, 3), f32)], [{"b": 2, "h": 8, "w": 9}, {"b": 1, "h": 4, "w": 4}], ["h >= 4",
     "w >= 4"], 0),
    ("conv batch", conv, [("b, 2, 8, 8", f32), ((3, 2, 3, 3), f32)], [{"b": 3}], [], 1),
    ("sort", lambda x: (jnp.sort(x, 0), jnp.argsort(x, 1)), [("b, c", f32)], [{"b": 4, "c": 3}], [], 0),
    ("top k", lambda x: lax.top_k(x, 2), [("b, c", f32)], [{"b": 2, "c": 5}], ["c >= 2"], 0),
    ("cumsum", lambda x: (jnp.cumsum(x, 0), lax.cummax(x, 1, reverse=True), jnp.cumprod(x, 1)),
     [("b, c", f32)], [{"b": 4, "c": 3}, {"b": 1, "c": 9}], [], 0),
    ("reduce window", lambda x: lax.reduce_window(x, 0.0, lax.add, (3, 2), (2, 1), [(1, 1), (0, 1)]),
     [("b, c", f32)], [{"b": 5, "c": 4}], ["b >= 3"], 0),
    ("window of all", lambda x: lax.reduce_window(x, 0.0, lax.add, (x.shape[0], 1), (1, 1), "VALID"),
     [("b, 2", f32)], [{"b": 5}], [], 0),
    ("reductions", lambda x: (x.max(0), x.min(1), x.prod(), (x > 0.2).any(1), x.sum(axis=1, keepdims=True)),
     [("b, c", f32)], [{"b": 3, "c": 4}], [], 0),
    ("norm", norm, [("b, 3", f32)], [{"b": 5}, {"b": 2}], [], 0),
    ("pad", lambda x: jnp.pad(x, ((0, x.shape[0]), (1, 2))), [("b, 2", f32)], [{"b": 2}], [], 1),
    ("tile", lambda x: jnp.tile(x, (2, 3)), [("b, 2", f32)], [{"b": 2}], [], 0),
    ("roll", lambda x: jnp.roll(x, 1, 0), [("b, 2", f32)], [{"b": 3}], [], 0),
    ("where", lambda x: jnp.where(jnp.arange(x.shape[0]) % 2 == 0, x, -x), [("b", f32)], [{"b": 5}], [], 1),
    ("scan", scan_sum, [("b, c", f32)], [{"b": 4, "c": 2}, {"b": 1, "c": 1}], [], 0),
    ("rnn", rnn, [((3, 3), f32), ("t, b, 3", f32)], [{"t": 4, "b": 2}], [], 1),
    ("while", while_length, [("b", f32)], [{"b": 5}], [], 0),
    ("cond", lambda p, x: lax.cond(p, lambda x: x * x.shape[0], lambda x: x[::-1], x),
     [("", np.bool_), ("b", f32)], [{"b": 3}], [], 0),
    ("fori", lambda x: lax.fori_loop(0, x.shape[0], lambda i, c: c + x[i], 0.0), [("b", f32)], [{"b": 4}], [], 0),
    ("map", lambda x: lax.map(lambda r: r.sum() * r, x), [("b, c", f32)], [{"b": 4, "c": 3}], [], 0),
    ("mlp", mlp, [mlp_types, ("b, 4", f32)], [{"b": 1}, {"b": 7}], [], 1),
    ("mlp gradient", jax.grad(loss), [mlp_types, ("b, 4", f32)], [{"b": 1}, {"b": 6}], [], 0),
    ("attention", attention, [("b, t, 2, 4", f32)] * 3, [{"b": 2, "t": 3}], [], 1),
    ("vmap", jax.vmap(lambda x, y: jnp.outer(x, y).sum(0)),
     [("b, c", f32), ("b, d", f32)], [{"b": 2, "c": 3, "d": 1}], [], 1),
    ("random", lambda k, x: x + jax.random.normal(k, x.shape), [((2,), np.uint32), ("b, 3", f32)], [{"b": 3}], [], 0),
    ("cholesky", lambda x: jnp.linalg.cholesky(x @ x.T + 3 * jnp.eye(x.shape[0])),
     [("b, c", f32)], [{"b": 3, "c": 2}], [], 0),
    ("solve", lambda x, y: jnp.linalg.solve(x @ x.T + 3 * jnp.eye(x.shape[0]), y),
     [("b, 3", f32), ("b, c", f32)], [{"b": 3, "c": 2}], [], 0),
    ("svd", lambda x: jnp.linalg.svd(x, full_matrices=False)[1], [("b, 3", f32)], [{"b": 5}, {"b": 2}], [], 0),
    ("eigh", lambda x: jnp.linalg.eigvalsh(x + x.T), [("b, b", f32)], [{"b": 4}], [], 0),
    ("qr", lambda x: jnp.abs(jnp.linalg.qr(x)[1]), [("b, 3", f32)], [{"b": 5}], ["b >= 3"], 0),
    ("batched", lambda x: jnp.linalg.cholesky(jnp.einsum("bij,bkj->bik", x, x) + 3 * jnp.eye(3)),
     [("b, 3, 3", f32)], [{"b": 2}], [], 0),
    ("fft", lambda x: jnp.abs(jnp.fft.rfft(x)), [("b, 8", f32)], [{"b": 2}], [], 0),
    ("erf", lambda x: (jax.scipy.special.erf(x), jnp.tan(x), jnp.sinh(x), lax.erf_inv(x / 9), jnp.arcsinh(x),
     lax.lgamma(x)),
     [("b", f32)], [{"b": 3}], [], 0),
    ("integers", lambda x: (x // 2, x % 3, x >> 1, lax.population_count(x), x.astype(jnp.int8),
     lax.bitcast_convert_type(x, f32)),
     [("b", i32)], [{"b": 4}], [], 0),
    ("complex", lambda x: jnp.abs(lax.complex(x, x * 2) ** 2), [("b", f32)], [{"b": 3}], [], 0),
    ("sizes", lambda x: jnp.array([x.shape[0], x.shape[1] * 2, x.shape[0] // x.shape[1]]),
     [("b, c", f32)], [{"b": 7, "c": 2}], [], 0),
    ("same", lambda x, y: x + y, [("b", f32), ("b", f32)], [{"b": 3}], [], 0),
    ("platforms", lambda x: lax.platform_dependent(x, cpu=lambda x: x + 1, default=lambda x: x + 2),
     [("b", f32)], [{"b": 3}], [], 0),
]


def spec(t, scope):
    if isinstance(t, dict):
        return {k: spec(v, scope) for k, v in t.items()}
    shape, dtype = t
    if isinstance(shape, str):
        shape = export.symbolic_shape(shape, scope=scope)
    return jax.ShapeDtypeStruct(shape, dtype)


def value(t, rng, sizes):
    if isinstance(t, dict):
        return {k: value(v, rng, sizes) for k, v in t.items()}
    shape, dtype = t
    if isinstance(shape, str):
        shape = eval("(" + shape + (",)" if shape else ")"), dict(sizes))
    shape = [int(n) for n in shape]
    if dtype == f32:
        return rng.normal(size=shape).astype(f32)
    if dtype == np.bool_:
        return np.asarray(True)
    return np.asarray(rng.integers(0, 2, size=shape), dtype)


def stored(x):
    x = np.asarray(x)
    return {"dtype": x.dtype.name, "shape": list(x.shape), "data": base64.b64encode(x.tobytes()).decode()}


def main():
    with gzip.GzipFile("shapes.jsonl.gz", "wb", 9, mtime=0) as file:
        for name, f, types, sizes, constraints, vjp in cases:
            scope = export.SymbolicScope(constraints)
            platforms = ["cpu", "cuda"] if name == "platforms" else None
            e = export.export(jax.jit(f), platforms=platforms)(*[spec(t, scope) for t in types])
            e = export.deserialize(e.serialize(vjp_order=vjp))
            rng = np.random.default_rng(1)
            runs = []
            for s in sizes:
                args = [value(t, rng, s) for t in types]
                leaves = jax.tree.leaves(args)
                run = {"sizes": s, "in": [stored(x) for x in leaves]}
                try:
                    out = jax.tree.leaves(e.call(*args))
                    run["out"] = [stored(x) for x in out]
                    if vjp:
                        ct = [np.ones(x.shape, x.dtype) if x.dtype == f32 else
                              np.zeros(x.shape, jax.dtypes.float0) for x in out]
                        g = jax.tree.leaves(e.vjp().call(*leaves, *ct))
                        run["vjp"] = [stored(x) for x in g if x.dtype == f32]
                except Exception:
                    if "error" not in s:
                        raise
                    run["error"] = s["error"]
                runs.append(run)
            line = {"name": name, "program": base64.b64encode(e.serialize(vjp_order=vjp)).decode(), "runs": runs}
            file.write((json.dumps(line) + "\n").encode())
            print(name, [r.get("error", "ok")[:70] for r in runs])


main()
