"""Writes figures.jsonl: what optax.tree and jax.flatten_util make of the trees of figures_test.go.

JAX 0.10.2, optax 0.2.8: python figures.py > figures.jsonl
"""

import json

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree
from optax import tree_utils as tree

# The leaves in gojax's order: fields, indices, sorted keys.
p = [jnp.array([[1, -2], [3, 0.5]], jnp.float32), [jnp.array([0.5, 1.5, -4], jnp.float32),
     jnp.array([3, -0.25], jnp.bfloat16)], {"a": jnp.array([1, 2, 7], jnp.int32)}]
q = [jnp.array([[0.25, 4], [-1, 8]], jnp.float32), [jnp.array([2, -3, 0.125], jnp.float32),
     jnp.array([1, 5], jnp.bfloat16)], {"a": jnp.array([3, -2, 4], jnp.int32)}]
z = [jnp.array([1 + 2j, -3j], jnp.complex64), jnp.array([0.5, -1], jnp.float32)]
w = [jnp.array([2 - 1j, 1j], jnp.complex64), jnp.array([3, 2], jnp.float32)]
key = jax.random.key(7)
flat, unravel = ravel_pytree(p)

figures = {
    "Add": tree.tree_add(p, q),
    "Add of three": tree.tree_add(p, q, p),
    "Sub": tree.tree_sub(p, q),
    "Mul": tree.tree_mul(p, q),
    "Div": tree.tree_div(p, q),
    "Scale": tree.tree_scale(0.5, p),
    "Scale by an int": tree.tree_scale(3, p),
    "Scale by an array": tree.tree_scale(jnp.float32(-1.5), p),
    "AddScale": tree.tree_add_scale(p, -0.25, q),
    "Clip": tree.tree_clip(p, -1, 2),
    "Clip from above": tree.tree_clip(p, None, 1.5),
    "Conj": tree.tree_conj(z),
    "Real": tree.tree_real(z),
    "Cast": tree.tree_cast(p, jnp.float16),
    "CastLike": tree.tree_cast_like(p, tree.tree_cast(p, jnp.bfloat16)),
    "ZerosLike": tree.tree_zeros_like(p),
    "OnesLike": tree.tree_ones_like(p, jnp.int32),
    "FullLike": tree.tree_full_like(p, 2.5),
    "Sum": tree.tree_sum(p),
    "VDot": tree.tree_vdot(p, q),
    "VDot of complex numbers": tree.tree_vdot(z, w),
    "Norm": tree.tree_norm(p),
    "Norm of complex numbers": tree.tree_norm(z),
    "Norm of order 1": tree.tree_norm(z, ord=1),
    "Norm of order infinity": tree.tree_norm(z, ord="inf"),
    "SquaredNorm": tree.tree_norm(p, squared=True),
    "SquaredNorm of complex numbers": tree.tree_norm(z, squared=True),
    "Max": tree.tree_max(p),
    "Min": tree.tree_min(p),
    "AllClose": tree.tree_allclose(p, tree.tree_add(p, tree.tree_scale(1e-7, p))),
    "AllClose, not": tree.tree_allclose(p, tree.tree_scale(1.01, p)),
    "Where": tree.tree_where(jnp.array(False), p, q),
    "RandomLike": tree.tree_random_like(key, [p[0], p[1]]),
    "RandomLike of a sampler": tree.tree_random_like(key, [p[0], p[1][0]], jax.random.uniform),
    "Ravel": flat,
    "Ravel and back": unravel(flat * 2),
}

for name, out in figures.items():
    leaves = []
    for x in map(jnp.asarray, jax.tree.leaves(out)):
        v = np.asarray(x).ravel()
        v = np.stack([v.real, v.imag], 1).ravel() if np.iscomplexobj(v) else v
        leaves.append({"type": f"{x.dtype}[{','.join(map(str, x.shape))}]", "data": [float(e) for e in v]})
    print(json.dumps({"name": name, "leaves": leaves}))
