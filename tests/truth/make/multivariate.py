"""The distributions of vectors in scipy/stats, see common.py: of the elements of x and then those of the parameters. Of
covariances the upper triangle. Elements of the simplex are dyadic, so that they sum to 1 in every dtype."""

import itertools

import mpmath as mp

from common import Function, main

X3 = [
    (0.25, 0.25, 0.5),
    (0.5, 0.25, 0.25),
    (2**-20, 0.5, 0.5 - 2**-20),
    (0.125, 0.75, 0.125),
    (2**-10, 2**-10, 1 - 2**-9),
]
A3 = [(1, 1, 1), (0.5, 0.5, 0.5), (2, 3, 4), (100, 2, 0.25), (1e-3, 1, 20), (1e4, 2e4, 3e4)]
K3 = [(0, 0, 0), (1, 0, 0), (2, 3, 5), (10, 0, 40), (100, 200, 300), (5000, 2500, 2500), (3, 3, 3)]
X2 = [(0, 0), (1, -1), (0.5, 30), (-1e-3, 1e-3), (5, 5), (1e-20, -1e10)]
M2 = [
    ((0, 0), (1, 0, 1)),
    ((1, 2), (2, 0.5, 1)),
    ((0.5, 30.5), (1e-4, 0, 1e4)),
    ((0, 0), (1, 0.96875, 1)),
    ((-1, 1), (1e10, 1e3, 1e-2)),
]


def dirichlet(*v):
    x, a = v[:3], v[3:]
    return sum((b - 1) * mp.log(y) for b, y in zip(a, x)) + mp.loggamma(sum(a)) - sum(mp.loggamma(b) for b in a)


def multinomial(*v):
    k, n, p = v[:3], v[3], v[4:]
    if sum(k) != n:
        return -mp.inf
    return mp.loggamma(n + 1) + sum((y * mp.log(q) if y else 0) - mp.loggamma(y + 1) for y, q in zip(k, p))


def normal(x, y, mx, my, a, b, c):
    x, y, det = x - mx, y - my, a * c - b * b
    return -(c * x * x - 2 * b * x * y + a * y * y) / det / 2 - mp.log(4 * mp.pi**2 * det) / 2


def slopes(f, by):
    """The derivatives of f by these arguments, where it is finite, and they are not what is left of large terms."""

    def slope(i, *v):
        if not mp.isfinite(log_of(f, v)):
            return "skip"
        y = mp.diff(lambda x: f(*v[:i], x, *v[i + 1:]), v[i])
        return "skip" if 0 < abs(y) < 1e-5 * abs(f(*v)) else y

    return {i: lambda *v, i=i: slope(i, *v) for i in by}


def log_of(f, v):
    y = f(*v)
    return mp.log(y) if y == 0 else y


def both(name, log, points, density, by=()):
    source = f"mpmath {mp.__version__}, definition"

    def near_one(line):
        y = abs(float(line["want"]))
        return {"ulp": 16 / y, "why": "the logarithm of a number near 1"} if 0 < y < 0.25 else None

    def exponential(line):
        y = mp.mpf(line["want"])
        if not 0 < y < mp.inf:
            return None
        limit = float(64 + 2 * abs(mp.log(y)))
        return {"ulp": limit, "dulp": 2 * limit, "why": "an exponential"}

    def value(*v):
        return mp.exp(log(*v))

    return [
        Function(f"stats.{name}.Log{density}", log, points, source=source, why=near_one,
                 d=slopes(log, by), dulp=128),
        Function(f"stats.{name}.{density}", value, points, source=source, why=exponential, d=slopes(value, by),
                 dulp=128),
    ]


main(
    both("Dirichlet", dirichlet, [x + a for x, a in itertools.product(X3, A3)], "PDF", range(6))
    + both(
        "Multinomial",
        multinomial,
        [k + (n,) + p for k, p in itertools.product(K3, X3) for n in {sum(k), sum(k) + 1}],
        "PMF",
        range(4, 7),
    )
    + both("MultivariateNormal", normal, [x + m + c for x, (m, c) in itertools.product(X2, M2)], "PDF")
)
