"""Solutions and derivatives by jax.experimental.ode.odeint, for odeint_test.go: python jax_odeint.py > odeint.jsonl"""
import json
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
from jax.experimental.ode import odeint


def numbers(x):
    x = np.asarray(x)
    if np.iscomplexobj(x):
        x = np.stack([x.real, x.imag], -1)
    return [float(v) for v in x.ravel()]


def pendulum(y, t, b, c):
    angle, speed = y
    return speed, -b * speed - c * jnp.sin(angle)


def lotka(y, t, p):
    a, b, c, d = p
    return jnp.stack([y[0] * (a - b * y[1]), y[1] * (c * y[0] - d)])


def decay(y, t, k):
    return -k * (y - jnp.cos(t))


def wave(y, t, w):
    return 1j * w * y + 0.1 * jnp.exp(-t)


CASES = {
    "pendulum": (pendulum, (0.4, -1.0), np.linspace(0, 4, 6), (0.25, 5.0), {}),
    "lotka": (lotka, [10.0, 5.0], np.linspace(0, 5, 8), ([1.1, 0.4, 0.1, 0.4],), {}),
    "decay": (decay, [0.0, 2.0], [0.0, 0.1, 0.5, 2.0], ([50.0, 5.0],), {}),
    "loose": (lotka, [10.0, 5.0], np.linspace(0, 5, 8), ([1.1, 0.4, 0.1, 0.4],), {"rtol": 1e-4, "atol": 1e-4}),
    "short": (decay, [0.0, 2.0], [0.0, 0.1, 0.5, 2.0], ([5.0, 3.0],), {"hmax": 0.01}),
    "few": (decay, [0.0, 2.0], [0.0, 0.1, 0.5, 2.0], ([5.0, 3.0],), {"mxstep": 20}),
    "wave": (wave, [1.0 + 0.5j, -2.0j], [0.0, 0.7, 1.5], ([2.0, 3.0],), {}),
}

for name, (f, y0, ts, args, options) in CASES.items():
    for dtype in ("float64", "float32"):
        if dtype == "float32":
            if name not in ("pendulum", "lotka"):
                continue
            options = {"rtol": 1e-5, "atol": 1e-5}

        def cast(x):
            x = jnp.asarray(x)
            return x.astype("complex128" if jnp.iscomplexobj(x) else dtype)

        y0_ = tuple(map(cast, y0)) if isinstance(y0, tuple) else cast(y0)
        args_ = tuple(map(cast, args))
        ts_ = cast(ts)

        def loss(y0, ts, args):
            ys = odeint(f, y0, ts, *args, **options)
            return sum(jnp.sum(jnp.sin(jnp.real(y)) + jnp.imag(y) ** 2) for y in jax.tree.leaves(ys)), ys

        (value, ys), (gy, gt, ga) = jax.value_and_grad(loss, argnums=(0, 1, 2), has_aux=True)(y0_, ts_, args_)
        print(json.dumps({
            "name": name, "dtype": dtype, "rtol": options.get("rtol", 0), "hmax": options.get("hmax", 0),
            "mxstep": options.get("mxstep", 0),
            "ys": [numbers(y) for y in jax.tree.leaves(ys)], "loss": float(value),
            "by_y0": [numbers(y) for y in jax.tree.leaves(gy)], "by_ts": numbers(gt),
            "by_args": [numbers(y) for y in jax.tree.leaves(ga)]}))
