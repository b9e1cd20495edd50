"""Derivatives and limits for functions of one or two real numbers, by differences of many digits. See common.py."""
import math

import mpmath as mp

FAR = mp.mpf(10) ** 400


def clean(v):
    """v, None where it is not real."""
    return (v.real if v.imag == 0 else None) if isinstance(v, mp.mpc) else v


def difference(f, x, order, h):
    """The derivative of f at x, None where f is not real around it."""
    try:
        values = [f(x + k * h) for k in (-1, 0, 1)]
    except (ZeroDivisionError, ValueError, OverflowError):
        return None
    if any(v is None or isinstance(v, mp.mpc) and v.imag != 0 for v in values):
        return None
    low, mid, high = [v.real if isinstance(v, mp.mpc) else mp.mpf(v) for v in values]
    return (high - low) / (2 * h) if order == 1 else (high - 2 * mid + low) / h ** 2


def derivative(f, order, i=0, kinks=()):
    """The derivative of f by argument i, as a function of all arguments. At the end of a domain it is that of the
    inside, at infinity the limit; kinks, NaN and what is outside of the domain are skipped."""
    def d(*args):
        x = given = args[i]
        if x in kinks or any(math.isnan(a) for a in args):
            return "skip"
        g = lambda t: f(*args[:i], t, *args[i + 1:])
        if math.isinf(x):
            x = FAR if x > 0 else -FAR
        x = mp.mpf(x)
        sizes = [abs(mp.mpf(a)) for a in (*args[:i], x, *args[i + 1:]) if a != 0 and not mp.isinf(a)]
        unit = min([mp.mpf(1)] + sizes)
        with mp.workdps(500 + 4 * sum(int(abs(mp.log10(a))) for a in sizes)):
            y = difference(g, x, order, unit * mp.mpf(10) ** -30)
        if y is None:
            with mp.workdps(1500):
                step = (abs(x) if x else mp.mpf(1)) * mp.mpf(10) ** -300
                both = [difference(g, v, order, step * mp.mpf(10) ** -100) for v in (x + step, x - step)]
                inside = [v for v in both if v is not None]
                if len(inside) != 1:
                    return "skip"
                y = inside[0]
                if abs(y) > mp.mpf(10) ** 100:
                    y = mp.sign(y) * mp.inf
        y = clean(y)
        if y is None or mp.isinf(y) and given == 0 and str(given) == "-0.0":
            return "skip"
        if math.isinf(given):  # far out is not quite at infinity
            y = 0 * y if abs(y) < 1e-60 else mp.sign(y) * mp.inf if abs(y) > 1e60 else y
        return y
    return d


def real(f, low, high):
    """f of one number with its values at -inf and inf; NaN where it is not real."""
    def g(x):
        if math.isnan(x):
            return None
        if isinstance(x, float) and math.isinf(x):
            return high if x > 0 else low
        try:
            return clean(f(mp.mpf(x)))
        except (ZeroDivisionError, ValueError):
            return None
    return g


SHARED = [1e-3, .1, .3, .5, .75, 1, 1.1, 1.5, 2, 3, 5, 8.3, 10, 17, 19.5, 30, 37.43, 40, 88.5, 104, 1e3, 1e5, 1e9, 1e16,
          1e30, math.inf]
POSITIVE = {
    "float32": [1e-40, 1.3e-38, 1e-30, 1e-20, 1e-10, 1e-8, 1e-5, 1 - 2 ** -24, 1 + 2 ** -23, 9.2, 16.7, 1e19, 3e38],
    "float64": [1e-310, 3e-308, 1e-200, 1e-154, 1e-30, 1e-16, 1e-9, 1e-5, 1 - 2 ** -53, 1 + 2 ** -52, 355.0, 709.5, 712,
                1e100, 1e154, 1e200, 1.7e308],
}


def line(extra=(), without=()):
    """Points of the real line, by dtype, and extra ones."""
    out = {}
    for dtype, own in POSITIVE.items():
        up = sorted(set(SHARED + own) - set(without))
        out[dtype] = [-x for x in reversed(up)] + [-0.0, 0.0] + up + [math.nan] + list(extra)
    return out
