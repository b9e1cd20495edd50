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


def both(name, log, points, density):
    source = f"mpmath {mp.__version__}, definition"

    def near_one(line):
        y = abs(float(line["want"]))
        return {"ulp": 16 / y, "why": "the logarithm of a number near 1"} if 0 < y < 0.25 else None

    def exponential(line):
        y = mp.mpf(line["want"])
        return {"ulp": float(64 + 2 * abs(mp.log(y))), "why": "an exponential"} if 0 < y < mp.inf else None

    return [
        Function(f"stats.{name}.Log{density}", log, points, source=source, why=near_one),
        Function(f"stats.{name}.{density}", lambda *v: mp.exp(log(*v)), points, source=source, why=exponential),
    ]


main(
    both("Dirichlet", dirichlet, [x + a for x, a in itertools.product(X3, A3)], "PDF")
    + both(
        "Multinomial",
        multinomial,
        [k + (n,) + p for k, p in itertools.product(K3, X3) for n in {sum(k), sum(k) + 1}],
        "PMF",
    )
    + both("MultivariateNormal", normal, [x + m + c for x, (m, c) in itertools.product(X2, M2)], "PDF")
)
