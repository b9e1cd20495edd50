# Writes jax.jsonl, the figures of JAX and SciPy for grid_test.go: python3 figures.py > jax.jsonl
import json
import numpy as np
import jax.numpy as jnp
from jax.scipy.interpolate import RegularGridInterpolator as I
import scipy.interpolate as sp


def grid(*shape):
    return jnp.array((np.arange(np.prod(shape)) * 37 % 101 - 50) / 16, jnp.float32).reshape(shape)


def show(name, *out):
    rows = []
    for a in out:
        a = np.asarray(a)
        data = [v if np.isfinite(v) else str(v) for v in (round(float(v), 7) for v in a.ravel())]
        rows.append({"shape": list(a.shape), "data": data})
    print(json.dumps({"name": name, "out": rows}))


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
