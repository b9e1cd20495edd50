"""What the scripts share that write the figures of other libraries for tests: operands, and rows of JSON."""
import json

import jax.numpy as jnp
import numpy as np


def grid(*shape):
    """Numbers of float32 between -3.125 and 3.125 that differ: tests have a function of this name."""
    return jnp.array((np.arange(np.prod(shape)) * 37 % 101 - 50) / 16, jnp.float32).reshape(shape)


def show(name, *out, digits=7):
    """Prints a row of arrays."""
    rows = []
    for a in map(np.asarray, out):
        data = [v if np.isfinite(v) else str(v) for v in (round(float(v), digits) for v in a.ravel())]
        rows.append({"shape": list(a.shape), "data": data})
    print(json.dumps({"name": name, "out": rows}))
