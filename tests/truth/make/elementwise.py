"""The elementwise functions of jnp of one real number. See common.py."""
import math

import jax.numpy as jnp
import jax.lax as lax
import mpmath as mp
import numpy as np
import scipy.special as sp
from calculus import derivative, line, real
from common import Function, main

inf, nan = mp.inf, None
ZERO = mp.mpf(0)
NEG0 = "-0"


def odd(f, far):
    return real(f, -far if far is not None else None, far, nought=NEG0)


def log2(x):
    return mp.log(x) / mp.log(2)


def sinc(x):
    return mp.sinpi(x) / (mp.pi * x) if x else mp.mpf(1)


def cbrt(x):
    return mp.sign(x) * mp.cbrt(abs(x))


def logarithm(f):
    return lambda x: f(x) if x != 0 else -inf


TINY = (1e-310, 1e-40)  # of functions that take subnormal numbers for zero
# name, function, at -inf, at inf, at 0 (its sign is that of the argument where it is "0"), NumPy's, JAX's, options
ROWS = [
    ("Exp", mp.exp, ZERO, inf, None, np.exp, jnp.exp, {}),
    ("Exp2", lambda x: mp.power(2, x), ZERO, inf, None, np.exp2, jnp.exp2,
     {"kinks": (128, 1024), "extra": (127.5, 128, -126, -126.5, -149, 1023.5, 1024, -1022, -1074, .1, 6.5, -6.5)}),
    ("Expm1", mp.expm1, mp.mpf(-1), inf, NEG0, np.expm1, jnp.expm1, {"extra": (-.5, -1e-4, 1e-4, .05)}),
    ("Log", logarithm(mp.log), nan, inf, None, np.log, jnp.log, {"without": TINY, "extra": (.9, .99, 1.01, 1.001)}),
    ("Log1p", lambda x: mp.log1p(x) if x != -1 else -inf, nan, inf, NEG0, np.log1p, jnp.log1p,
     {"extra": (-.5, -.9, -.99, -.999999, .01, -.01, .4, -.3)}),
    ("Log2", logarithm(log2), nan, inf, None, np.log2, jnp.log2, {"without": TINY, "extra": (.9, .99, 1.01, 4, 8,
     1024)}),
    ("Log10", logarithm(mp.log10), nan, inf, None, np.log10, jnp.log10,
     {"without": TINY, "extra": (.9, .99, 1.01, 100, 1e4, 1e6)}),
    ("Sqrt", mp.sqrt, nan, inf, NEG0, np.sqrt, jnp.sqrt, {"without": TINY}),
    ("Cbrt", cbrt, -inf, inf, NEG0, np.cbrt, jnp.cbrt, {"kinks": (0,), "without": TINY, "ddulp": 16, "extra": (8, 27,
     -27, .125)}),
    ("Square", lambda x: x * x, inf, inf, None, np.square, jnp.square, {}),
    ("Reciprocal", lambda x: 1 / x, NEG0, ZERO, "pole", np.reciprocal, jnp.reciprocal, {"without": TINY}),
    ("Sin", mp.sin, nan, nan, NEG0, np.sin, jnp.sin, {"extra": (3.1415927, 6.2831855, 1e22, 1e6, 3.14159265358979,
     22)}),
    ("Cos", mp.cos, nan, nan, None, np.cos, jnp.cos, {"extra": (1.5707964, 1.5707963267948966, 11, 1e6, 1e22)}),
    ("Tan", mp.tan, nan, nan, NEG0, np.tan, jnp.tan, {"extra": (1.5707964, 1.5707963267948966, 11, 1.57, 1e6, 1e22)}),
    ("Arcsin", mp.asin, nan, nan, NEG0, np.arcsin, jnp.arcsin, {"extra": (.9, .99, .9999, -.9999, .999999, .49)}),
    ("Arccos", mp.acos, nan, nan, None, np.arccos, jnp.arccos, {"extra": (.9, .99, .9999, -.9999, .999999, -.99)}),
    ("Arctan", mp.atan, -mp.pi / 2, mp.pi / 2, NEG0, np.arctan, jnp.arctan, {}),
    ("Sinh", mp.sinh, -inf, inf, NEG0, np.sinh, jnp.sinh, {"extra": (89, 89.4, 710.2, .9, 1.01)}),
    ("Cosh", mp.cosh, inf, inf, None, np.cosh, jnp.cosh, {"extra": (89, 89.4, 710.2)}),
    ("Tanh", mp.tanh, mp.mpf(-1), mp.mpf(1), NEG0, np.tanh, jnp.tanh, {"ulp": {"float32": 5, "float64": 8},
     "without": (355.0,), "extra": (19, 9, .01, .6, 4)}),
    ("Arcsinh", mp.asinh, -inf, inf, NEG0, np.arcsinh, jnp.arcsinh, {"extra": (.01, -.01, .7)}),
    ("Arccosh", mp.acosh, nan, inf, None, np.arccosh, jnp.arccosh, {"extra": (1.0001, 1.01, 1.3)}),
    ("Arctanh", mp.atanh, nan, nan, NEG0, np.arctanh, jnp.arctanh, {"extra": (.01, .9, .99, -.99, .9999, .6)}),
    ("Sinc", sinc, ZERO, ZERO, None, np.sinc, jnp.sinc, {"without": (1e19,), "ddulp": 32, "extra": (.25, 1.5, 2.5,
     100.25, 1e-4, 1e-2)}),
    ("I0", lambda x: mp.besseli(0, x), inf, inf, None, sp.i0, jnp.i0,
     {"ulp": 16, "dulp": 16, "ddulp": 64, "special": True, "extra": (7.9, 8.1, 20, 91, 91.9, 713.5)}),
    ("Deg2Rad", mp.radians, -inf, inf, NEG0, np.deg2rad, jnp.deg2rad, {}),
    ("Rad2Deg", mp.degrees, -inf, inf, NEG0, np.rad2deg, jnp.rad2deg, {}),
    ("Floor", mp.floor, -inf, inf, NEG0, np.floor, jnp.floor, {"without": TINY, "flat": True, "extra": (2.5, -2.5,
     1e15 + .5)}),
    ("Ceil", mp.ceil, -inf, inf, NEG0, np.ceil, jnp.ceil, {"without": TINY, "flat": True, "extra": (2.5, -2.5,
     1e15 + .5)}),
    ("Trunc", lambda x: mp.sign(x) * mp.floor(abs(x)), -inf, inf, NEG0, np.trunc, jnp.trunc,
     {"flat": True, "extra": (2.5, -2.5, 1e15 + .5)}),
    ("Rint", mp.nint, -inf, inf, NEG0, np.rint, jnp.rint,
     {"flat": True, "extra": (2.5, -2.5, 3.5, .5, -.5, 1e15 + .5, .49999999999999994, 8388609)}),
    ("Sign", mp.sign, mp.mpf(-1), mp.mpf(1), NEG0, np.sign, jnp.sign, {"flat": True, "without": TINY}),
    ("Abs", lambda x: abs(x), inf, inf, None, np.abs, jnp.abs, {"without": TINY, "kinks": (0,)}),
    ("Fabs", lambda x: abs(x), inf, inf, None, np.fabs, jnp.fabs, {"without": TINY, "kinks": (0,)}),
    ("lax.Rsqrt", lambda x: 1 / mp.sqrt(x), nan, ZERO, "pole", lambda x: 1 / np.sqrt(x), lax.rsqrt, {"without": TINY}),
    ("Angle", lambda x: mp.mpf(0) if x >= 0 else +mp.pi, +mp.pi, ZERO, "angle", np.angle, jnp.angle, {"flat": True}),
]


def at_zero(name, f, at0):
    """f with its value at 0, where the division fails or the sign counts."""
    def g(x):
        if x == 0 and at0 == "pole":
            down = isinstance(x, float) and math.copysign(1, x) < 0
            return -inf if down else inf
        if x == 0 and at0 == "angle":
            return mp.pi if isinstance(x, float) and math.copysign(1, x) < 0 else ZERO
        if x == 0 and at0 == NEG0:
            return NEG0 if isinstance(x, float) and math.copysign(1, x) < 0 else ZERO
        return f(x)
    return g


def made(name, f, low, high, at0, numpy, jax, o):
    truth = at_zero(name, real(f, low, high), at0)
    kinks = o.get("kinks", ()) + tuple(x for x, end in ((-math.inf, low), (math.inf, high)) if end is None)
    smooth = lambda n: derivative(f, n, kinks=kinks)
    if o.get("flat"):
        d = dd = ()
    elif o.get("special"):
        d = dd = {0: lambda x: "skip"}
        d = {0: lambda x: mp.besseli(1, x) if mp.isfinite(x) and abs(x) < 1e9 else "skip"}
        dd = {0: lambda x: (mp.besseli(0, x) + mp.besseli(2, x)) / 2 if mp.isfinite(x) and abs(x) < 1e9 else "skip"}
        truth = lambda x: real(f, low, high)(x) if not abs(x) > 1e9 else inf
    else:
        d, dd = {0: smooth(1)}, {0: smooth(2)}
        # A second derivative is a product of several numbers that are rounded.
        o = {"ddulp": 8} | o
    points = line(o.get("extra", ()), o.get("without", ()))
    return Function(name if "." in name else "jnp." + name, truth, points, ulp=o.get("ulp", 4), dulp=o.get("dulp"),
        ddulp=o.get("ddulp"), d=d, dd=dd, scipy=numpy, jax=jax, signed=True)


main([made(*row) for row in ROWS])
