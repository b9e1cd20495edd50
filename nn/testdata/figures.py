# Writes the figures of Flax and JAX for doc_test.go: python3 figures.py | gzip -9n > flax.jsonl.gz
import sys
from functools import partial
from pathlib import Path

import numpy as np
import jax
import jax.numpy as jnp
import flax.linen as nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "testdata"))
from rows import grid, show  # noqa: E402

show = partial(show, digits=6)


def layer(module, x, kernel, bias=None, **k):
    p = {"kernel": kernel} if bias is None else {"kernel": kernel, "bias": bias}
    return module.apply({"params": p}, x, **k)


# Dense and tables
show("dense", layer(nn.Dense(5), grid(2, 3, 4), grid(4, 5), grid(5)),
     layer(nn.Dense(5, use_bias=False), grid(4), grid(4, 5)))
embed = nn.Embed(7, 3)
table = {"params": {"embedding": grid(7, 3)}}
show("embedding", embed.apply(table, jnp.array([[0, 6], [3, 3]])), embed.apply(table, grid(2, 3), method=embed.attend))

# Convolutions
x1, x2 = grid(2, 9, 3), grid(2, 6, 7, 4)
k1, k2, b = grid(3, 3, 5), grid(3, 2, 4, 6), grid(6)
show("conv", layer(nn.Conv(5, (3,), padding="VALID"), x1, k1, b[:5]),
     layer(nn.Conv(6, (3, 2), padding="SAME"), x2, k2, b),
     layer(nn.Conv(6, (3, 2), padding="SAME", use_bias=False), x2[0], k2))
show("conv options", layer(nn.Conv(6, (3, 2), (2, 3), padding="SAME"), x2, k2, b),
     layer(nn.Conv(6, (3, 2), padding=((1, 2), (0, 3))), x2, k2, b),
     layer(nn.Conv(6, (3, 2), padding="VALID", kernel_dilation=(2, 3)), x2, k2, b),
     layer(nn.Conv(6, (3, 2), padding=((1, 1), (1, 1)), input_dilation=(2, 1)), x2, k2, b),
     layer(nn.Conv(6, (3, 2), padding="SAME", feature_group_count=2), x2, grid(3, 2, 2, 6), b))
show("conv batches", layer(nn.Conv(5, (3,), padding="VALID"), grid(2, 3, 9, 3), k1, b[:5]))
show("conv transpose", layer(nn.ConvTranspose(6, (3, 2), (2, 2)), x2, k2, b),
     layer(nn.ConvTranspose(6, (3, 2), (3, 1), padding="VALID"), x2[1], k2, b),
     layer(nn.ConvTranspose(6, (3, 2), (1, 2), kernel_dilation=(2, 1)), x2, k2, b),
     layer(nn.ConvTranspose(6, (3, 2), (2, 2), transpose_kernel=True), x2, grid(3, 2, 6, 4), b))

# Pools
same = dict(strides=(2, 3), padding="SAME")
show("pool", nn.max_pool(x2, (2, 3)), -nn.max_pool(-x2, (2, 3), **same), nn.avg_pool(x2, (2, 3)),
     nn.avg_pool(x2, (2, 3), **same), nn.avg_pool(x2, (2, 3), **same, count_include_pad=False),
     nn.max_pool(x1[0], (4,), (2,), ((1, 2),)), nn.pool(x1, 0.0, jax.lax.add, (2,), (1,), "SAME"))

# Norms
x, scale, bias = grid(3, 4, 6), grid(6), grid(7)[1:]
both = {"params": {"scale": scale, "bias": bias}}
mask = (jnp.arange(72) % 5 > 1).reshape(3, 4, 6)
show("layer norm", nn.LayerNorm().apply(both, x), nn.LayerNorm(use_scale=False, use_bias=False).apply({}, x),
     nn.LayerNorm(epsilon=0.5, reduction_axes=(1, 2)).apply(both, x), nn.LayerNorm().apply(both, x, mask=mask))
show("rms norm", nn.RMSNorm().apply({"params": {"scale": scale}}, x),
     nn.RMSNorm(epsilon=0.5).apply({"params": {"scale": scale}}, x, mask=mask))
show("group norm", *(nn.GroupNorm(n).apply(both, x) for n in (1, 2, 3, 6)), nn.GroupNorm(3).apply(both, x[:, 0]),
     nn.GroupNorm(2, epsilon=0.5).apply(both, x, mask=mask))
stats = {"batch_stats": {"mean": scale / 4, "var": bias * bias + 0.5}}
ran = nn.BatchNorm(use_running_average=True).apply({**both, **stats}, x)
out = [ran]
for m, k in ((nn.BatchNorm(use_running_average=False), {}),
             (nn.BatchNorm(use_running_average=False, momentum=0.75, epsilon=0.25), {"mask": mask})):
    y, new = m.apply({**both, **stats}, x, mutable=["batch_stats"], **k)
    out += [y, new["batch_stats"]["mean"], new["batch_stats"]["var"]]
front = nn.BatchNorm(use_running_average=False, axis=0)
y, new = front.apply({"params": {"scale": scale[:3], "bias": bias[:3]},
                      "batch_stats": {"mean": scale[:3], "var": bias[:3] ** 2}}, x, mutable=["batch_stats"])
show("batch norm", *out, y, new["batch_stats"]["mean"], new["batch_stats"]["var"])
tall = nn.BatchNorm(use_running_average=False, axis_name="batch")
y, new = jax.vmap(lambda x: tall.apply({**both, **stats}, x, mutable=["batch_stats"]), out_axes=(0, None),
                  axis_name="batch")(x)
show("batch norm across", y, new["batch_stats"]["mean"], new["batch_stats"]["var"])

# Attention
d = lambda i, *s: {"kernel": grid(*s) / (4 + i), "bias": grid(*s[-2:] if i < 3 else s[-1:]) / 8}
p = {"query": d(0, 6, 2, 4), "key": d(1, 6, 2, 4), "value": d(2, 6, 2, 4), "out": d(3, 2, 4, 6)}
mha = nn.MultiHeadDotProductAttention(2, qkv_features=8, out_features=6)
q, kv = grid(2, 3, 6) / 4, grid(2, 5, 6) / 4
causal = nn.make_causal_mask(jnp.ones((2, 3)))
show("attention", mha.apply({"params": p}, q, kv), mha.apply({"params": p}, q, q, q, mask=causal))

# What initializers give for a key
key = jax.random.key(3)
show("first weights", nn.initializers.lecun_normal()(key, (3, 2, 4, 6)), nn.initializers.lecun_normal()(key, (4, 5)),
     nn.linear.default_embed_init(key, (7, 3)))
keep = 0.7
kept = jax.random.bernoulli(key, keep, (4, 5))
show("dropout", jnp.where(kept, grid(4, 5) / keep, 0))
