# Writes jax.jsonl, the figures of JAX and SciPy for grid_test.go: python3 figures.py > jax.jsonl
import sys
from pathlib import Path

import numpy as np
import jax.numpy as jnp
from jax.scipy.interpolate import RegularGridInterpolator as I
import scipy.interpolate as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests" / "testdata"))
from rows import grid, show  # noqa: E402

x, y, z = jnp.array([0, 1, 2.5, 4]), jnp.array([-1, 0.5, 1]), jnp.array([0.0, 2])
at1 = jnp.array([-1, 0, 0.25, 1, 2, 2.5, 3.25, 4, 4.5, jnp.nan])
at2 = jnp.array([[0.5, 0], [0, -1], [4, 1], [2.5, 0.5], [3, 0.75], [5, 0], [1, -2], [1.75, -0.25]])
at3 = jnp.concatenate([at2, at2[::-1, :1]], 1)
for m in ["linear", "nearest"]:
    one, two, three = I((x,), grid(4), m), I((x, y), grid(4, 3), m), I((x, y, z), grid(4, 3, 2), m)
    show(m, one(at1), two(at2), three(at3), two(at2.reshape(2, 4, 2)))
    show(m + " filled", I((x,), grid(4), m, fill_value=-7.0)(at1), I((x, y), grid(4, 3), m, fill_value=0.0)(at2))
    show(m + " on", I((x,), grid(4), m, fill_value=None)(at1), I((x, y), grid(4, 3), m, fill_value=None)(at2))
    show(m + " of arrays", I((x, y), grid(4, 3, 2, 2), m)(at2), I((x,), grid(4, 3), m)(at1[:3]))
    show(m + " of integers", I((jnp.arange(4),), jnp.array([1, 5, 2, 8]), m)(at1))
    show(m + " one place", two(jnp.array([0.5, 0.25])))
    show(m + " apart", two((jnp.array([[0.5], [2.0]]), jnp.array([0.0, 0.5, 0.75]))))
    down = sp.RegularGridInterpolator((np.asarray(x)[::-1], np.asarray(y)), np.asarray(grid(4, 3))[::-1], m,
                                      bounds_error=False)
    show(m + " downwards", down(np.asarray(at2)))
