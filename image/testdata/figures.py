# Writes jax.jsonl, the figures of JAX for resize_test.go: python3 figures.py > jax.jsonl
import sys
from pathlib import Path

import numpy as np
import jax.numpy as jnp
from jax import image

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "testdata"))
from rows import grid, show  # noqa: E402

x, v = grid(5, 6, 2), grid(7)
small = jnp.array([0.6, 0.5]), jnp.array([0.25, -0.5])
large = jnp.array([1.5, 2.25]), jnp.array([-1, 1.5])
for m in ["nearest", "linear", "lanczos3", "lanczos5", "cubic", "cubic-pytorch", "area"]:
    show(m, image.resize(x, (8, 4, 2), m), image.resize(x, (3, 9, 2), m), image.resize(v, (16,), m),
         image.resize(v, (3,), m), image.resize(v, (1,), m), image.resize(v[:1], (3,), m))
    show(m + " plain", image.resize(x, (8, 4, 2), m, antialias=False), image.resize(v, (3,), m, antialias=False))
    show(m + " of integers", image.resize(jnp.arange(10, dtype=jnp.uint8), (4,), m))
    if m == "nearest":
        continue
    show(m + " moved", *(image.scale_and_translate(x, (4, 7, 2), (0, 1), s, t, m, antialias=a)
                         for s, t in (small, large) for a in (True, False)))
