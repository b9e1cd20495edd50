"""The elementwise functions of jnp of two real numbers. See common.py."""
import math

import jax.numpy as jnp
import mpmath as mp
import numpy as np
import scipy.special as sp
from calculus import derivative
from common import Function, main

inf = math.inf


def pairs(first, second, more=()):
    return [(x, y) for x in first for y in second] + list(more)


def by_dtype(f):
    """Points by dtype, with numbers of the size s: 10 to the power of some hundreds, or some tens."""
    return {"float32": f(1e-25, 1e25, 3e38), "float64": f(1e-200, 1e200, 1.7e308)}


def specials(f, at=None):
    """f of numbers; where one of them is infinite or NaN, or f fails, what Python's floats give by at."""
    def g(x, y):
        if math.isnan(x) or math.isnan(y) or math.isinf(x) or math.isinf(y):
            try:
                v = float((at or f)(np.float64(x), np.float64(y)))
                return None if math.isnan(v) else v
            except (ValueError, OverflowError, ZeroDivisionError):
                return None
        try:
            v = f(mp.mpf(x), mp.mpf(y))
        except ZeroDivisionError:
            v = float(at(np.float64(x), np.float64(y)))
            return None if math.isnan(v) else v
        return (v.real if v.imag == 0 else None) if isinstance(v, mp.mpc) else v
    return g


def of_floats(f, x, y):
    v = float(f(float(x), float(y)))
    return None if math.isnan(v) else v


def finite_only(d):
    return lambda x, y: d(x, y) if math.isfinite(x) and math.isfinite(y) else "skip"


def slopes(f, order, kinks=lambda x, y: False):
    """The derivatives of f; the second not of tiny numbers, whose own size they have, squared."""
    out = {}
    for i in (0, 1):
        d = derivative(lambda *a: f(*[mp.mpf(v) for v in a]), order, i)
        out[i] = finite_only(lambda x, y, d=d: "skip" if kinks(x, y) or order == 2 and min(abs(x), abs(y)) < 1e-20 and
                             max(abs(x), abs(y)) < 1e-20 else d(x, y))
    return out


def power(x, y):
    if x == 0:
        return mp.mpf(1) if y == 0 else mp.mpf(0) if y > 0 else mp.inf
    return mp.power(x, y)


def power_slope(order):
    def by_x(x, y):
        if not (math.isfinite(x) and math.isfinite(y)):
            return "skip"
        if x < 0 and y != int(y):
            return "skip"
        factor = y if order == 1 else y * (y - 1)
        if factor == 0:
            return mp.mpf(0)
        if x == 0 and y < order:
            return "skip" if str(x) == "-0.0" else mp.sign(factor) * mp.inf
        return factor * power(mp.mpf(x), y - order)

    def by_y(x, y):
        if not (math.isfinite(x) and math.isfinite(y)) or x < 0 or x == 0 and y <= 0:
            return "skip"
        return mp.log(x) ** order * power(mp.mpf(x), y) if x else mp.mpf(0)
    return {0: by_x, 1: by_y}


def logaddexp(base):
    def f(x, y):
        most, least = max(x, y), min(x, y)
        return most + mp.log1p(mp.power(base, least - most)) / mp.log(base)
    return f


def share(base, order):
    """The share of the first number in the sum of powers, and its derivative."""
    def of(x, y):
        if not (math.isfinite(x) and math.isfinite(y)):
            return "skip"
        d = mp.power(base, -abs(mp.mpf(x) - y))
        if order == 2:
            return mp.log(base) * d / (1 + d) ** 2
        return (1 if x >= y else d) / (1 + d)
    return {0: of, 1: lambda x, y: of(y, x)}


def fmod(x, y):
    if y == 0:
        return None
    x, y = mp.mpf(x), mp.mpf(y)
    with mp.workdps(700):
        r = abs(x) - mp.floor(abs(x) / abs(y)) * abs(y)
    return -r if x < 0 else r


def mod(x, y):
    if y == 0:
        return None
    with mp.workdps(700):
        return x - mp.floor(x / y) * y


def floor_divide(x, y):
    with mp.workdps(700):
        return mp.floor(x / y)


def geometry(s, b, m):
    return pairs([0.0, -s, s, -1.0, .5, 3.0, b, -b, inf, math.nan], [0.0, s, -1.0, 2.5, b, -inf],
                 [(s, 1.0), (1e-10, 1.0), (m / 2, m / 2), (-1.0, 1e-10), (3.0, 4.0), (1e-3, b)])


def quotients(s, b, m):
    return pairs([0.0, s, -1.0, 3.0, b, -inf, math.nan], [0.0, s, 1.0, -7.0, b, -b, inf], [(m, .5), (1.0, 3.0), (s,
        -b)])


def remainders(s, b, m):
    return pairs([0.0, 5.5, -7.25, 1e10, b, -b, m, -inf], [.1, -.7, 3.0, 1e7, s, inf, 0.0], [(1e20, 7.0), (-3.0, 3.0)])


def powers(s, b, m):
    return pairs([0.0, s, .3, 1.0, 1.5, 7.0, b, inf], [0.0, 1.0, 2.0, 3.0, .5, -1.0, -2.5, 1 / 3, 40.0, inf, -inf],
                 [(-2.0, 3.0), (-2.0, 0.0), (-2.0, 1.0), (-1.5, -7.0), (-2.0, .5), (1.0001, 1e5), (.999, 1e4), (2.0,
                  -100),
                  (math.nan, 0.0), (1.0, math.nan), (-0.0, 3.0), (-inf, 3.0), (-0.0, 1.0)])


LOGS = pairs([-inf, -745.0, -40.0, -1.0, 0.0, .25, 2.5, 40.0, 800.0, inf],
             [-inf, -30.0, 0.0, 2.5, 700.0, 1e6], [(math.nan, 0.0), (1e30, 1e30), (-1e30, 1e10), (5.0, 5.0001),
                                       (702.0, -.08), (40.0, -30.1)])
STEPS = [0.0, 1.0, -1.0, 1.5, 1e10, 1e-30, inf, -inf, math.nan]

at_zero = lambda x, y: x == 0 and y == 0
FUNCTIONS = [
    ("Div", specials(lambda x, y: x / y, np.divide), by_dtype(quotients), slopes(lambda x, y: x / y, 1),
     slopes(lambda x, y: x / y, 2), np.divide, jnp.divide),
    ("Hypot", specials(mp.hypot, np.hypot), by_dtype(geometry), slopes(mp.hypot, 1, at_zero),
     slopes(mp.hypot, 2, at_zero), np.hypot, jnp.hypot),
    ("Arctan2", specials(mp.atan2, np.arctan2), by_dtype(geometry),
     slopes(lambda y, x: mp.atan2(y, x), 1, lambda y, x: y == 0 and x <= 0),
     slopes(lambda y, x: mp.atan2(y, x), 2, lambda y, x: y == 0 and x <= 0), np.arctan2, jnp.arctan2),
    ("Power", specials(power, np.power), by_dtype(powers), power_slope(1), power_slope(2), np.power, jnp.power),
    ("LogAddExp", specials(logaddexp(mp.e), np.logaddexp), LOGS, share(mp.e, 1), share(mp.e, 2), np.logaddexp,
     jnp.logaddexp),
    ("LogAddExp2", specials(logaddexp(2), np.logaddexp2), LOGS, share(2, 1), share(2, 2), np.logaddexp2,
     jnp.logaddexp2),
    ("Fmod", specials(fmod, np.fmod), by_dtype(remainders), (), (), np.fmod, jnp.fmod),
    ("Mod", specials(mod, np.mod), by_dtype(remainders), (), (), np.mod, jnp.mod),
    ("FloorDivide", specials(floor_divide, np.floor_divide), by_dtype(remainders), (), (), np.floor_divide,
     jnp.floor_divide),
    ("CopySign", lambda x, y: of_floats(np.copysign, x, y), pairs(STEPS, STEPS), (), (), np.copysign, jnp.copysign),
    ("Heaviside", lambda x, y: of_floats(np.heaviside, x, y), pairs(STEPS, STEPS), (), (), np.heaviside, jnp.heaviside),
]

# The exponent less 1, and the difference of two numbers, are rounded.
LIMITS = {"Power": {"dulp": {"float32": 32, "float64": 256}, "ddulp": {"float32": 32, "float64": 256}},
          "LogAddExp2": {"ulp": 16}}
main([Function("jnp." + name, f, points, d=d, dd=dd, scipy=numpy, jax=jax_,
               **({"ulp": 4, "ddulp": 8} | LIMITS.get(name, {})))
      for name, f, points, d, dd, numpy, jax_ in FUNCTIONS])
