"""The elementwise functions of jnp of complex numbers: cuts, zeros of both signs, huge and tiny parts. See
common.py."""
import math

import jax
import jax.numpy as jnp
import mpmath as mp
import numpy as np
from common import Function, main

def exact(f, real=False):
    """f of complex numbers as a function that gives the two parts. Tiny numbers stand for zeros, so that their signs
    say on which side of a cut they are; what goes to 0 or to infinity with them is that."""
    def parts(args, near):
        part = lambda x: mp.mpf(x) if x != 0 else near * int(math.copysign(1, x))
        y = f(*[mp.mpc(part(a.real), part(a.imag)) for a in args])
        return [y] if real else [mp.re(y), mp.im(y)]

    def limit(a, b):
        if abs(a - b) <= abs(a) * mp.mpf(10) ** -20:
            return +a
        return mp.mpf(0) if abs(b) < abs(a) else mp.sign(b) * mp.inf

    def g(*args):
        with mp.workdps(1500):
            y = [limit(*ab) for ab in zip(parts(args, mp.mpf(10) ** -500), parts(args, mp.mpf(10) ** -600))]
        return y[0] if real else y
    return g


def points(s, b, e):
    """Numbers whose tiny and huge parts are s and b, and whose exponential is too large beyond e."""
    signs = (1, -1)
    cuts = [complex(x, 0.0 * k) for x in (-4.0, -2.0, -1.0, -.5, .5, 1.0, 2.0, b, -b) for k in signs]
    cuts += [complex(0.0 * k, y) for y in (-2.0, -.5, .5, 3.0) for k in signs]
    plain = [(1, 2), (-1.5, .3), (.3, -2), (-.7, -.7), (3, -4), (-3, 4), (.6, .8), (-.8, .6), (1e-4, 1e-4), (-1e-4, 2),
             (1.0001, 1e-4), (.9999, -1e-4), (1, 1e-6), (-1, 1e-6), (-.5, 1e-3), (20, 1), (-19.5, -3), (40, .3),
              (-40, 2),
             (5, 1.5), (7, -100), (.1, 30), (1e5, 2e5)]
    sizes = [(b, b), (-b, b / 3), (-b, 1), (1, b), (-1, -b), (s, s), (-s, s / 2), (-s, 1), (1, -s), (s, -4), (-4, s),
             (-4, -s), (2, s), (-2, -s), (b, s), (s, b)]
    grown = [(e - 1, 1), (1 - e, 1), (e + .2, 1.5), (e + .5, .1), (1, e - 1), (.5, 1 - e), (2, e + .5), (e / 2, 3)]
    return cuts + [complex(*p) for p in plain + sizes + grown]


POINTS = {"complex64": points(1e-25, 1e25, 88.5), "complex128": points(1e-200, 1e200, 709.5)}
SECOND = [2 + 0j, 1.5 - 2j, -.5 + .25j, 3j]


def pairs(s, b, e):
    return [(z, w) for z in points(s, b, e)[::3] for w in SECOND]


PAIRS = {"complex64": pairs(1e-15, 1e15, 8.0), "complex128": pairs(1e-100, 1e100, 70.0)}
QUOTIENTS = {d: [(z, w) for z in (1 + 1j, 0j, complex(b, -b), complex(s, 2 * s), -3 + 4j)
                 for w in (1 + 2j, -1j, complex(b, b), complex(s, -s), complex(b, s), complex(-s, 1), complex(2,
                     b / 7))]
             for d, s, b in (("complex64", 1e-25, 1e25), ("complex128", 1e-200, 1e200))}

log2 = lambda z: mp.log(z) / mp.log(2)
log10 = lambda z: mp.log(z) / mp.log(10)
ROWS = [
    ("Exp", mp.exp, np.exp, jnp.exp), ("Exp2", lambda z: mp.exp(z * mp.log(2)), np.exp2, jnp.exp2),
    ("Expm1", mp.expm1, np.expm1, jnp.expm1), ("Log", mp.log, np.log, jnp.log), ("Log2", log2, np.log2, jnp.log2),
    ("Log10", log10, np.log10, jnp.log10), ("Log1p", lambda z: mp.log(1 + z), np.log1p, jnp.log1p),
    ("Sqrt", mp.sqrt, np.sqrt, jnp.sqrt), ("Square", lambda z: z * z, np.square, jnp.square),
    ("Reciprocal", lambda z: 1 / z, np.reciprocal, jnp.reciprocal), ("Sin", mp.sin, np.sin, jnp.sin),
    ("Cos", mp.cos, np.cos, jnp.cos), ("Tan", mp.tan, np.tan, jnp.tan), ("Arcsin", mp.asin, np.arcsin, jnp.arcsin),
    ("Arccos", mp.acos, np.arccos, jnp.arccos), ("Arctan", mp.atan, np.arctan, jnp.arctan),
    ("Sinh", mp.sinh, np.sinh, jnp.sinh), ("Cosh", mp.cosh, np.cosh, jnp.cosh), ("Tanh", mp.tanh, np.tanh, jnp.tanh),
    ("Arcsinh", mp.asinh, np.arcsinh, jnp.arcsinh), ("Arccosh", mp.acosh, np.arccosh, jnp.arccosh),
    ("Arctanh", mp.atanh, np.arctanh, jnp.arctanh), ("Sign", lambda z: z / abs(z), np.sign, jnp.sign),
    ("Rsqrt", lambda z: 1 / mp.sqrt(z), None, jax.lax.rsqrt),
    ("Sigmoid", lambda z: 1 / (1 + mp.exp(-z)), None, jax.nn.sigmoid),
]


# The exponent is rounded, and so is the angle.
POWERS = {"complex64": 128, "complex128": 1024}


def complex_function(name, f, points, numpy, jax_, real=False):
    if name == "Exp2":  # the angle of which has no digits where it is large
        points = {d: [z for z in p if abs(z.imag) < 1e3] for d, p in points.items()}
    if name in ("Log1p", "Arctanh"):  # at a pole
        points = {d: [z for z in p if z.imag != 0 or abs(z.real) != 1] for d, p in points.items()}
    return Function("complex." + name, exact(f, real), points, ulp=POWERS if name == "Power" else 4, scipy=numpy,
        jax=jax_,
                    dtypes=("complex64", "complex128"))


main([complex_function(name, f, POINTS, numpy, jax_) for name, f, numpy, jax_ in ROWS]
     + [complex_function("Abs", abs, POINTS, np.abs, jnp.abs, True),
        complex_function("Angle", mp.arg, POINTS, np.angle, jnp.angle, True),
        complex_function("Div", lambda z, w: z / w, QUOTIENTS, np.divide, jnp.divide),
        complex_function("Power", lambda z, w: mp.exp(w * mp.log(z)), PAIRS, np.power, jnp.power)])
