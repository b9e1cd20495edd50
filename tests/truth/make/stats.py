"""The truth about the methods of scipy/stats, see common.py: of x, the shape parameters, Loc and Scale. A family is its
density and its two tails at Loc 0 and Scale 1; the methods follow from these. Whole numbers and ends of the support are
in the lists of points, and so are NaN, infinities and parameters of no distribution."""
import math
from functools import lru_cache

import jax.scipy.stats as jsp
import mpmath as mp
import numpy as np
import scipy.stats as sp

from common import Function, main

inf, nan = math.inf, math.nan
half = mp.mpf(1) / 2


# The incomplete gamma and beta functions: mpmath's are slow or wrong in corners. Both tails, of which the smaller one
# is computed directly.

def fraction(coefficient):
    """The continued fraction 1/(1 + c1/(1 + c2/(1 + ...))) by Lentz."""
    tiny = mp.mpf(10) ** -2000
    f, c, d, n = tiny, tiny, mp.mpf(0), 0
    while True:
        a = mp.mpf(1) if n == 0 else coefficient(n)
        d = 1 + a * d
        c = 1 + a / c
        d = 1 / (d or tiny)
        if n == 0:
            c, d, f = mp.mpf(1) / tiny, mp.mpf(1), mp.mpf(1)
        else:
            f *= c * d
            if abs(c * d - 1) < mp.eps:
                return f
        n += 1


def cached(f):
    """f, which remembers what it gives by its arguments and the precision."""
    known = lru_cache(maxsize=None)(lambda dps, *args: f(*args))
    return lambda *args: known(mp.mp.dps, *args)


@cached
def gamma_tails(a, x):
    if x <= 0:
        return mp.mpf(0), mp.mpf(1)
    with mp.workdps(mp.mp.dps + 20 + max(0, int(-mp.log10(a)))):
        front = mp.exp(a * mp.log(x) - x - mp.loggamma(a))
        if x < a + 30 or x < 60:
            term = total = 1 / a
            n = a
            while term > total * mp.eps:
                n += 1
                term *= x / n
                total += term
            p = front * total
            if 1 - p > mp.eps * mp.mpf(10) ** 30:
                return p, 1 - p
        b = x + 1 - a  # Lentz again, for its own kind of fraction
        c, d = mp.mpf(10) ** 2000, 1 / b
        h, i = d, 0
        while True:
            i += 1
            k = -i * (i - a)
            b += 2
            d = 1 / (k * d + b)
            c = b + k / c
            h *= c * d
            if abs(c * d - 1) < mp.eps:
                q = front * h
                return 1 - q, q


@cached
def beta_tails(a, b, x):
    if x <= 0:
        return mp.mpf(0), mp.mpf(1)
    if x >= 1:
        return mp.mpf(1), mp.mpf(0)
    with mp.workdps(mp.mp.dps + 20 + max(0, int(-mp.log10(a)), int(-mp.log10(b)))):
        if x > (a + 1) / (a + b + 2):
            return beta_tails(b, a, 1 - x)[::-1]

        def coefficient(n):
            m = n // 2
            if n % 2:
                return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))

        front = a * mp.log(x) + b * mp.log1p(-x) - lbeta(a, b)
        p = mp.exp(front) / a * fraction(coefficient)
        return p, 1 - p


def lbeta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def lchoose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def xlogy(x, y):
    return mp.mpf(0) if x == 0 else x * (mp.log(y) if y != 0 else -mp.inf)


def phi(z):
    """The lower tail of the normal distribution."""
    if mp.isinf(z):
        return mp.mpf(int(z > 0))
    if abs(z) < 1000:
        return mp.erfc(-z / mp.sqrt(2)) / 2
    series = sum(mp.mpf((-1) ** n) * mp.fac2(2 * n - 1) / z ** (2 * n) for n in range(25))
    tail = mp.exp(-z * z / 2) / (abs(z) * mp.sqrt(2 * mp.pi)) * series
    return tail if z < 0 else 1 - tail


def phi_inverse(q):
    if q > half:
        return -phi_inverse(1 - q)
    with mp.workdps(mp.mp.dps + 10):
        x = mp.mpf(float(sp.norm.ppf(float(q)))) if q > mp.mpf(10) ** -300 else -mp.sqrt(-2 * mp.log(q))
        for _ in range(9):
            x -= (phi(x) - q) / phi(x) * phi(x) / (mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi))
        return x


def mass(a, b):
    """The normal probability of an interval."""
    return phi(-a) - phi(-b) if a > 0 else phi(b) - phi(a)


def clamp(y):
    """y, which is spelled as infinite or 0 where no dtype holds it."""
    if y is None or not mp.isfinite(y) or y == 0:
        return y
    return mp.sign(y) * mp.inf if abs(y) > mp.mpf(10) ** 400 else mp.mpf(0) if abs(y) < mp.mpf(10) ** -400 else y


def exp(x):
    """exp of what is too large or too small for mpmath's integers as well."""
    return mp.inf if x > 10 ** 400 else mp.mpf(0) if x < -10 ** 400 else mp.exp(x)


# What is left of terms that cancel, in the second derivatives: of the logarithms of probabilities, close to a point
# where they are 0, and in float32 of a count of 1e10.
CANCELLED = {"Beta.LogCDF": 1024, "Beta.LogSF": 16384, "Beta.CDF": 4096, "Beta.SF": 4096, "Gamma.LogCDF": 256,
             "Gamma.LogSF": 1024, "Chi2.LogCDF": 256, "Chi2.LogSF": 1024, "GenNorm.LogCDF": 512, "GenNorm.LogSF": 2048,
             "GenNorm.PDF": 256, "GumbelL.LogCDF": 256, "GumbelR.LogSF": 256, "Norm.PPF": 128, "Norm.ISF": 128}


def why(line, method):
    """A small number is the exponential of a large one, which is rounded; and the logarithm of a density is a sum of
    terms of about 1, also where it is close to 0."""
    y, more = abs(float(line["want"])), {}
    if method not in ("PPF", "ISF"):
        def limit(numbers):
            small = [v for v in numbers if 0 < v < 1e-20]
            return math.ceil(-4 * math.log(min(small))) if small else 0

        slopes, bends = ([abs(float(v)) for v in line.get(k, []) if v is not None] for k in ("d", "dd"))
        limits = {"ulp": limit([y]), "dulp": limit([y, *slopes]), "ddulp": limit([y, *slopes, *bends])}
        if more := {k: v for k, v in limits.items() if v}:
            more["why"] = "the exponential of a large number"
    if line["dtype"] == "float32" and "1e10" in line["args"] and method in ("PMF", "LogPMF"):
        more = {"ulp": 128, "dulp": 512, "why": "a count of 1e10 in float32"}
    if 0.001 < y < 0.25 and method in ("LogPDF", "LogPMF"):
        more |= {"ulp": math.ceil(16 / y), "why": "close to 0, of terms of about 1"}
    return more or None


class Family:
    """What a family states: log(z, *p) is the logarithm of its density or mass, tails(z, *p) the probabilities of at
    most and of more than z, within the support. q(q, *p) are the quantiles of q and of 1-q."""

    def __init__(self, name, log, tails=None, q=None, support=lambda *p: (-inf, inf), valid=lambda *p: True, shapes=0,
                 place=2, discrete=False, cases=(), smooth=None):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})
        module = name.lower().replace("gumbell", "gumbel_l").replace("gumbelr", "gumbel_r")
        self.scipy, self.jax = getattr(sp, module), getattr(jsp, module)

    def split(self, args):
        p, place = args[:self.shapes], args[self.shapes:]
        loc = place[0] if len(place) > 0 else mp.mpf(0)
        scale = place[1] if len(place) > 1 else mp.mpf(1)
        return p, loc, scale

    def truth(self, method):
        def f(x, *args):
            if any(mp.isnan(a) for a in (x, *args)):
                return None
            p, loc, scale = self.split(args)
            if not scale > 0 or not self.valid(*p):
                return None
            low, high = self.support(*p)
            if method in ("PPF", "ISF"):
                if x < 0 or x > 1:
                    return None
                if x == (0 if method == "PPF" else 1):
                    return (low - self.discrete) * scale + loc if mp.isfinite(low) else low
                if x == (1 if method == "PPF" else 0):
                    return high * scale + loc if mp.isfinite(high) else high
                return self.q(x, *p)[method == "ISF"] * scale + loc
            z = x if mp.isinf(x) else (x - loc) / scale
            if "D" in method[-2:] and "F" == method[-1] and method.endswith("PDF") or method.endswith("PMF"):
                out = z < low or z > high or mp.isinf(z) or self.discrete and mp.floor(z) != z
                y = -mp.inf if out else self.log(z, *p)
                if method.startswith("Log"):
                    return y - mp.log(scale)
                return mp.exp(y) / scale if mp.isfinite(y) else mp.mpf(0) if y < 0 else y
            if self.discrete and mp.isfinite(z):
                z = mp.floor(z)
            below, above = (0, 1) if z < low or z == -inf else (1, 0) if z >= high else self.tails(z, *p)
            y, other = (above, below) if method.endswith("SF") else (below, above)
            if not method.startswith("Log"):
                return y
            if y == 0:
                return -mp.inf
            return mp.log(y) if y < 0.9 else mp.log1p(-other)
        return f

    def derivative(self, method, i, order):
        truth = self.truth(method)

        def f(*args):
            if not all(mp.isfinite(a) for a in args) or truth(*args) is None:
                return "skip"
            p, loc, scale = self.split(args[1:])
            low, high = self.support(*p)
            near = mp.mpf(10) ** -9
            if not all(self.valid(*(v * f for v in p)) for f in (1 - near, 1 + near)) and self.name != "Binom":
                return "skip"  # at the end of what is valid
            inside = 0 < args[0] < 1 if method in ("PPF", "ISF") else low < (args[0] - loc) / scale < high
            if not inside and not self.discrete or not mp.isfinite(truth(*args)):
                return "skip"
            if order == 2 and any(0 < abs(v) < mp.mpf(10) ** -200 for v in p):
                return "skip"  # the square of a probability that small is 0
            if order == 2 and self.name in ("Laplace", "GenNorm") and abs(args[0] - loc) < scale * mp.mpf(10) ** -9:
                return "skip"  # where derivatives may jump
            # A second difference needs as many digits as the argument is large or close to an end.
            z = abs(args[0] - loc) / scale
            more = abs(int(mp.log10(z))) if z != 0 and method not in ("PPF", "ISF") else 0
            with mp.workdps(120 + (2 * more if order == 2 else more)):
                # Steps are small beside what the function changes with: the scale, the distance to the ends of the
                # support, a parameter.
                if i > 0 and i <= self.shapes:
                    sizes = [abs(args[i])]
                elif method in ("PPF", "ISF"):
                    sizes = [args[0], 1 - args[0]] if i == 0 else [scale]
                else:
                    sizes = [scale, *(abs((args[0] - loc) / scale - e) * scale for e in (low, high))]
                step = min((v for v in sizes if v != 0 and mp.isfinite(v)), default=mp.mpf(1))
                h = mp.mpf(10) ** -30 * step
                at = [truth(*args[:i], args[i] + k * h, *args[i + 1:]) for k in (-1, 0, 1)]
                if any(y is None or not mp.isfinite(y) for y in at):
                    return "skip"
                slope, bend = (at[2] - at[0]) / (2 * h), (at[2] - 2 * at[1] + at[0]) / h
                y, size = (slope, abs(at[1]) / step) if order == 1 else (bend / h, abs(slope) / step)
                # At kinks there is none, and where terms cancel it is as good as they are.
                if order == 2 and (bend == 0 or abs(y) < mp.mpf(10) ** -50):
                    return "skip"  # lost in rounding
                kink = abs(bend) > mp.mpf(10) ** -9 * (abs(slope) + abs(at[1]) / step)
                least = mp.mpf(10) ** (-5 if order == 1 else -3)
                return "skip" if kink or abs(y) < size * least or abs(y) > 10 ** 37 else clamp(y)
        return f

    def functions(self):
        methods = ["LogPMF", "PMF"] if self.discrete else ["LogPDF", "PDF"]
        if self.tails:
            methods += ["CDF", "LogCDF", "SF", "LogSF"]
        if self.q:
            methods += ["PPF", "ISF"]
        for m in methods:
            points = [(x, *p) for p, xs in self.cases for x in xs]
            if m in ("PPF", "ISF"):
                sets = [p for p, _ in self.cases]
                points = [(q, *p) for p in sets[:2] for q in PROBABILITIES] + [
                    (q, *p) for p in sets[2:] for q in (0, 0.25, 1e-6, 0.75)]
            density = m.endswith("PDF") or m.endswith("PMF")
            by = [i for i in range(1 + self.shapes + self.place)
                  if (i > 0 or not self.discrete) and (i == 0 or density or self.smooth)
                  and (i <= self.shapes or m.startswith("Log"))]
            if self.discrete:  # neither by the operand, nor by what is a whole number, nor by Loc
                by = [i for i in by if i in (self.smooth or ())]
            d = {i: self.derivative(m, i, 1) for i in by}
            dd = {0: self.derivative(m, 0, 2)} if not self.discrete else {}
            low = m.lower()
            yield Function(f"stats.{self.name}.{m}", lambda *a, f=self.truth(m): clamp(f(*a)), points,
            source=f"mpmath {mp.__version__}, definition",
                           d=d, dd=dd, dulp=128 if self.name == "GenNorm" else 64,
                           ddulp=CANCELLED.get(f"{self.name}.{m}", 64),
                           scipy=getattr(self.scipy, low),
                           jax=getattr(self.jax, low, None), why=lambda line, m=m: why(line, m))


PROBABILITIES = [0, 1e-300, 1e-37, 1e-20, 1e-10, 1e-6, 0.001, 0.02425, 0.1, 0.25, 0.375, 0.49, 0.5, 0.51, 0.7, 0.9,
0.99,
                 0.9999, 1 - 2.0 ** -23, 1 - 2.0 ** -40, 1 - 2.0 ** -53, 1, -0.1, 1.5, nan, inf, -inf]
STANDARD = [0, 1e-300, -1e-20, 1e-10, 1e-3, -0.25, 0.5, -1, 1.5, 2, -3, 5.5, -8, 12, -20, 26.5, -37.5, 38, -60, 100,
            -700, 740, -1e4, 1e10, -1e155, 1e300, -1e300, inf, -inf, nan]
PLACES = [((1, 2), [1, -2, 4, -9, 20, 61, nan]), ((-3, 0.5), [-3, -2, -5, 4.5, -20]), ((0, 1e-30), [1e-30, -3e-30, 0]),
          ((1, 1e30), [2e30, -3e30, 0, 1]), ((0, -1), [0.5, 2]), ((0, 0), [0, 2]), ((nan, 1), [0]), ((0, nan), [0])]
POSITIVE = [((1, 2), [1, 1.5, 3, 9, 61, 0.5, -7]), ((0, 1e-30), [1e-30, 3e-30]), ((0, 1e30), [2e30, 1e28]),
            ((0, -1), [0.5, -2]), ((0, 0), [0, 2]), ((nan, 1), [1]), ((0, nan), [1])]


def line(standard=STANDARD, places=PLACES, shapes=()):
    return [((*shapes, 0, 1), standard)] + [((*shapes, *p), x) for p, x in places]


def cauchy_tails(z):
    low = mp.atan(-1 / z) / mp.pi if z < 0 else half if z == 0 else 1 - mp.atan(1 / z) / mp.pi
    return (low, mp.atan(1 / z) / mp.pi) if z > 0 else (low, 1 - low)


def cot(q):
    if q == half:
        return mp.mpf(0), mp.mpf(0)
    return (-mp.cot(mp.pi * q), mp.cot(mp.pi * q)) if q < half else (mp.cot(mp.pi * (1 - q)), -mp.cot(mp.pi * (1 - q)))


def exp2(z):
    """exp, of which the exponential is taken again."""
    return mp.inf if z > 1000 else mp.exp(z)


def gumbel_tails(z):
    sf = exp(-exp2(z))
    return -mp.expm1(-exp2(z)) if z < 16 else 1 - sf, sf


def log_t(z, k):
    if mp.isinf(k):
        return -z * z / 2 - mp.log(2 * mp.pi) / 2
    with mp.workdps(mp.mp.dps + max(0, int(2 * mp.log10(k)))):
        return (mp.loggamma((k + 1) / 2) - mp.loggamma(k / 2) - mp.log(k * mp.pi) / 2
                - (k + 1) / 2 * mp.log1p(z * z / k))


def gennorm_tails(z, b):
    q = gamma_tails(1 / b, abs(z) ** b)[1] / 2 if z != 0 else half
    return (q, 1 - q) if z < 0 else (1 - q, q)


def truncnorm_tails(z, a, b):
    all_ = mass(a, b)
    return mass(a, z) / all_, mass(z, b) / all_


def log_i0(k):
    """The logarithm of I0(k) exp(-k)."""
    if k < 10 ** 4:
        return mp.log(mp.besseli(0, k)) - k
    s = term = mp.mpf(1)
    n = 0
    while abs(term) > mp.eps:
        n += 1
        term *= (2 * n - 1) ** 2 / (8 * k * n)
        s += term
    return mp.log(s) - mp.log(2 * mp.pi * k) / 2


TINY = [1e-300, 1e-100, 1e-30, 1e-10]
GAMMA_X = TINY + [0, 1e-3, 0.5, 1, 2, 5, 30, 60, 100, 250, 700, 1e4, 1e10, 1e300, -1, -1e-10, inf, -inf, nan]
DIRECT = [-1, 0, nan, inf]
families = [
    Family("Norm", lambda z: -z * z / 2 - mp.log(2 * mp.pi) / 2, lambda z: (phi(z), phi(-z)),
           lambda q: (phi_inverse(q), -phi_inverse(q)), cases=line()),
    Family("TruncNorm", lambda z, a, b: -z * z / 2 - mp.log(2 * mp.pi) / 2 - mp.log(mass(a, b)), truncnorm_tails,
           support=lambda a, b: (a, b), valid=lambda a, b: a < b, shapes=2, cases=[
               ((-1, 2, 0, 1), [-1, -0.999, -0.5, 0, 1e-5, 1, 1.5, 1.99, 2, 3, -2, nan, inf, -inf]),
               ((10, 11, 0, 1), [10, 10.01, 10.5, 10.999, 11, 12]), ((-11, -10, 0, 1), [-10.5, -11, -10.01]),
               ((40, 41, 0, 1), [40, 40.0625, 40.5]), ((30, inf, 0, 1), [30, 30.5, 33, inf]),
               ((-inf, -30, 1, 2), [-59.5, -63, -70, -inf]), ((-inf, inf, 0, 1), [-40, -8, -1, 0, 3, 30]),
               ((-2, 1e5, 0, 1), [-1, 5, 50]), ((1, 1.0009765625, 0, 1), [1.00048828125]),
               ((-1e-3, 1e-3, 0, 1), [0, 5e-4]), ((0, 1, 1, 2), [1, 1.5, 3]), ((-50, 0.5, 0, 1), [-45, -20, -2, 0.25]),
               ((0, inf, 0, 1), [1e5, 3e9, 1e19, 1e154, 1e160, 1e300]), ((-inf, 0, 0, 1), [-1e5, -1e19, -1e160]),
               ((1e16, 2e16, 0, 1), [1e16, 1.5e16]), ((1e160, 2e160, 0, 1), [1.5e160]), ((0, inf, 0, 1e-200), [1]),
               ((300, inf, 0, 1), [300.015625, 301]), ((-inf, -3e4, 0, 1), [-30000.001953125]),
               ((1, 1, 0, 1), [1]), ((2, 1, 0, 1), [1.5]), ((nan, 1, 0, 1), [0]), ((0, nan, 0, 1), [0]),
               ((0, 1, 0, -1), [0.5]), ((0, 1, nan, 1), [0.5])]),
    Family("Uniform", lambda z: mp.mpf(0), lambda z: (z, 1 - z), lambda q: (q, 1 - q), support=lambda: (0, 1),
           cases=line([0, 1e-300, 1e-20, 1e-10, 0.25, 0.5, 0.75, 1 - 2.0 ** -24, 1 - 2.0 ** -53, 1, 1.5, 1e300, -1,
                       -1e-300, inf, -inf, nan], POSITIVE + [((-1, 2), [0, -1, 1, 0.5, -0.5])])),
    Family("Expon", lambda z: -z, lambda z: (-mp.expm1(-z), exp(-z)),
           lambda q: (-mp.log1p(-q), -mp.log(q)), support=lambda: (0, inf), cases=line(GAMMA_X, POSITIVE)),
    Family("Cauchy", lambda z: -mp.log1p(z * z) - mp.log(mp.pi), cauchy_tails, cot, cases=line()),
    Family("Laplace", lambda z: -abs(z) - mp.log(2),
           lambda z: (exp(z) / 2, 1 - exp(z) / 2) if z < 0 else (1 - exp(-z) / 2, exp(-z) / 2), cases=line()),
    Family("Logistic", lambda z: -abs(z) - 2 * mp.log1p(exp(-abs(z))),
           lambda z: (1 / (1 + exp(-z)), 1 / (1 + exp(z))),
           lambda q: (mp.log(q) - mp.log1p(-q), mp.log1p(-q) - mp.log(q)), cases=line()),
    Family("GumbelL", lambda z: z - exp2(z), gumbel_tails,
           lambda q: (mp.log(-mp.log1p(-q)), mp.log(-mp.log(q))), cases=line()),
    Family("GumbelR", lambda z: -z - exp2(-z), lambda z: gumbel_tails(-z)[::-1],
           lambda q: (-mp.log(-mp.log(q)), -mp.log(-mp.log1p(-q))), cases=line()),
    Family("Gamma", lambda z, a: xlogy(a - 1, z) - z - mp.loggamma(a), lambda z, a: gamma_tails(a, z),
           support=lambda a: (0, inf), valid=lambda a: a > 0, shapes=1, cases=[
               ((1, 0, 1), GAMMA_X), ((2, 0, 1), [0, 1e-300, 1e-10, 0.5, 2, 60, 800]),
               ((0.5, 0, 1), [0, 1e-20, 1, 9, 90]),
               ((1e-10, 0, 1), [0, 1e-300, 1e-5, 1, 20]), ((1e-300, 0, 1), [1e-5, 2]),
               ((10, 0, 1), [0.01, 1, 10, 40, 200]),
               ((1e3, 0, 1), [10, 500, 990, 1000, 1010, 2000]), ((1e6, 0, 1), [9e5, 999500, 1e6, 1.001e6, 1.1e6]),
               ((3, 1, 2), [1, 1.5, 3, 41]), ((2.5, -3, 1e-3), [-2.999, -2.996]),
               ((4, 0, 1e30), [1e28, 1e30, 9e30])] + [
               ((a, 0, 1), [1]) for a in DIRECT[:3]] + [((2, nan, 1), [1]), ((2, 0, -1), [1])]),
    Family("Chi2", lambda z, k: xlogy(k / 2 - 1, z / 2) - z / 2 - mp.loggamma(k / 2) - mp.log(2),
           lambda z, k: gamma_tails(k / 2, z / 2), support=lambda k: (0, inf), valid=lambda k: k > 0, shapes=1, cases=[
               ((2, 0, 1), GAMMA_X), ((4, 0, 1), [0, 1e-300, 1e-10, 0.5, 2, 60, 800]),
               ((1, 0, 1), [0, 1e-20, 1, 9, 90]),
               ((1e-10, 0, 1), [1e-5, 1, 20]), ((20, 0, 1), [0.01, 1, 20, 80, 400]),
               ((2e3, 0, 1), [20, 1000, 1980, 2000, 2020, 4000]), ((2e6, 0, 1), [2e6, 1.999e6, 2.2e6]),
               ((3, 1, 2), [1, 1.5, 3, 41])] + [((a, 0, 1), [1]) for a in DIRECT[:3]] + [
               ((2, nan, 1), [1]), ((2, 0, -1), [1])]),
    Family("Beta", lambda z, a, b: xlogy(a - 1, z) + (mp.mpf(0) if b == 1 else (b - 1) * mp.log1p(-z) if z < 1 else
                                                      (1 - b) * mp.inf) - lbeta(a, b),
           lambda z, a, b: beta_tails(a, b, z), support=lambda a, b: (0, 1), valid=lambda a, b: a > 0 and b > 0,
           shapes=2,
           cases=[
               ((2, 3, 0, 1), [0, 1e-300, 1e-20, 1e-5, 0.1, 0.5, 0.9, 1 - 2.0 ** -20, 1 - 2.0 ** -50, 1, 1.5, -1, inf,
                               -inf, nan]),
               ((1, 1, 0, 1), [0, 0.25, 1]), ((0.5, 0.5, 0, 1), [0, 1e-10, 0.5, 0.875, 1]), ((1, 3, 0, 1), [0, 0.5, 1]),
               ((3, 1, 0, 1), [0, 0.5, 1]), ((1e-10, 1e-5, 0, 1), [1e-20, 0.5]), ((30, 4, 0, 1), [1e-10, 0.2, 0.9]),
               ((1e3, 1e3, 0, 1), [0.01, 0.45, 0.5, 0.55]), ((1e5, 2e5, 0, 1), [0.3, 0.3333, 0.34]),
               ((8, 1, 0, 1), [0.5, 0.99]), ((20, 0.25, 0, 1), [0.5, 0.99]), ((1e-3, 1e4, 0, 1), [1e-7, 1e-3, 0.1]),
               ((2, 3, 1, 2), [1, 1.5, 2.5, 3]), ((5, 500, 0, 1), [0.01, 0.1, 0.9])] + [
               ((a, 2, 0, 1), [0.5]) for a in DIRECT[:3]] + [((2, a, 0, 1), [0.5]) for a in DIRECT[:3]] + [
               ((2, 2, 0, -1), [0.5]), ((2, 2, nan, 1), [0.5])]),
    Family("T", log_t, valid=lambda k: k > 0, shapes=1, cases=[
               ((3, 0, 1), STANDARD), ((1, 0, 1), [0, 1, 1e10]), ((1e-10, 0, 1), [0, 1, 1e5]),
               ((30, 0, 1), [1, -6, 50]),
               ((1e5, 0, 1), [0, 1, -6, 30]), ((1e10, 0, 1), [0.5, 5, 35]), ((1e300, 0, 1), [0.5, 30]),
               ((2.5, 1, 2), [1, -4, 40])] + [((a, 0, 1), [1]) for a in DIRECT[:3]] + [
               ((2, nan, 1), [1]), ((2, 0, -1), [1])]),
    Family("Pareto", lambda z, b: mp.log(b) - (b + 1) * mp.log(z), lambda z, b: (-mp.expm1(-b * mp.log(z)), z ** -b),
           lambda q, b: ((1 - q) ** (-1 / b), q ** (-1 / b)), support=lambda b: (1, inf), valid=lambda b: b > 0,
           shapes=1,
           cases=[
               ((2, 0, 1), [1, 1 + 2.0 ** -20, 1 + 2.0 ** -50, 1.5, 2, 10, 1e5, 1e100, 1e300, 0.5, 0, -1, inf, -inf,
               nan]),
               ((1e-5, 0, 1), [1, 2, 1e10, 1e300]), ((0.5, 0, 1), [1.25, 1e20]), ((100, 0, 1), [1, 1.5, 2, 1000]),
               ((1e10, 0, 1), [1, 1 + 2.0 ** -20]), ((3, 1, 2), [3, 3.5, 9, 1e9]), ((3, -1, 1e-5), [0.5, 100])] + [
               ((a, 0, 1), [2]) for a in DIRECT[:3]] + [((2, nan, 1), [2]), ((2, 0, -1), [2])]),
    Family("GenNorm", lambda z, b: mp.log(b / 2) - mp.loggamma(1 / b) - (abs(z) ** b if z != 0 else 0), gennorm_tails,
           valid=lambda b: b > 0, shapes=1, place=0, cases=[
               ((2,), [0, 1e-300, -1e-10, 0.5, -1, 2, -5, 8, -20, 26, 1e3, inf, -inf, nan]),
               ((1,), [0, 0.5, -3, 40, 700]),
               ((0.5,), [0, 1e-5, -1, 100, 1e5]), ((0.1,), [1e-10, -1, 1e10]), ((10,), [0, 0.5, -1, 1.5]),
               ((1e3,), [0.5, -1, 1.0009765625]), ((1.5,), [0, 0.125, -9, 60]), ((-1,), [1]), ((0,), [1]),
               ((nan,), [1])]),
    Family("VonMises", lambda z, k: k * (mp.cos(z) - 1) - mp.log(2 * mp.pi) - log_i0(k), valid=lambda k: k >= 0,
    shapes=1,
           place=0, cases=[
               ((0,), [0, 1, -3]), ((1,), [0, 1e-10, 0.5, 1, -2, 3, 3.14159, nan]), ((1e-10,), [0, 2]),
               ((0.5,), [0, -1, 3]), ((4,), [0, 0.1, 1, 2.5]), ((30,), [0, 0.25, -1, 3]), ((300,), [0, 0.25, 1, 3]),
               ((1e5,), [0, 0.001, 0.03125, 0.1]), ((1e10,), [0, 2e-5, 3e-5]), ((-1,), [0.5]), ((nan,), [0.5])]),
    Family("WrapCauchy", lambda z, c: mp.log1p(-c) + mp.log1p(c) - mp.log(2 * mp.pi)
           - mp.log((1 - c) ** 2 + 4 * c * mp.sin(z / 2) ** 2),
           support=lambda c: (0, 2 * mp.pi), valid=lambda c: 0 < c < 1, shapes=1, place=0, cases=[
               ((0.5,), [0, 1e-10, 0.5, 1, 2, 3.14159, 4, 6, 6.28, 7, -1, inf, -inf, nan]), ((1e-10,), [0, 1, 3]),
               ((0.99,), [0, 1e-3, 0.1, 3, 6.28125]), ((1 - 2.0 ** -20,), [0, 1e-6, 1e-3, 1, 3]),
               ((0.125,), [0.25, 3, 6]),
               ((1,), [1]), ((0,), [1]), ((-0.5,), [1]), ((1.5,), [1]), ((nan,), [1])]),
]
K = [0, 1, 2, 5, 20, 0.5, 2.5, -1, 1e10, inf, -inf, nan]
families += [
    Family("Poisson", lambda k, m: xlogy(k, m) - m - mp.loggamma(k + 1), lambda k, m: gamma_tails(k + 1, m)[::-1],
           support=lambda m: (0, inf), valid=lambda m: m >= 0, shapes=1, place=1, discrete=True, smooth=[1], cases=[
               ((2.5, 0), K + [60, 150]), ((0, 0), [0, 1, 0.5, -1]), ((1e-10, 0), [0, 1, 2]), ((1e-300, 0), [0, 1]),
               ((30, 0), [0, 2, 30, 29, 90, 400]), ((1e3, 0), [0, 500, 999, 1000, 1001, 1500]),
               ((1e6, 0), [990000, 999999, 1e6, 1000001, 1010000]), ((3, 2), [1, 2, 3, 9]), ((-1, 0), [1]),
               ((nan, 0), [1]), ((1, nan), [1])]),
    Family("Binom", lambda k, n, p: lchoose(n, k) + xlogy(k, p) + xlogy(n - k, 1 - p), support=lambda n, p: (0, n),
           valid=lambda n, p: n >= 0 and n == mp.floor(n) and 0 <= p <= 1, shapes=2, place=1, discrete=True, smooth=[2],
           cases=[
               ((10, 0.25, 0), K + [10, 9, 11]), ((10, 0, 0), [0, 1, 10]), ((10, 1, 0), [0, 10, 9]),
               ((0, 0.5, 0), [0, 1]),
               ((10, 1e-10, 0), [0, 1, 3]), ((1000, 0.5, 0), [0, 300, 500, 501, 1000]),
               ((1e6, 0.25, 0), [240000, 250000, 250001, 260000]), ((100000, 0.01, 0), [0, 900, 1000, 1100]),
               ((12, 0.3, 2), [2, 5, 14]), ((50, 1 - 2.0 ** -20, 0), [50, 49, 40]), ((2.5, 0.5, 0), [1]),
               ((-1, 0.5, 0), [0]),
               ((5, -0.5, 0), [1]), ((5, 1.5, 0), [1]), ((nan, 0.5, 0), [1]), ((5, nan, 0), [1]),
               ((5, 0.5, nan), [1])]),
    Family("Geom", lambda k, p: xlogy(k - 1, 1 - p) + mp.log(p), support=lambda p: (1, inf), valid=lambda p: 0 < p <= 1,
           shapes=1, place=1, discrete=True, smooth=[1], cases=[
               ((0.25, 0), K + [2000, 500]), ((1, 0), [1, 2, 0]), ((1e-10, 0), [1, 3, 1e10, 2e11]),
               ((0.5, 0), [1, 10, 100]),
               ((1e-3, 0), [1, 1000, 30000]), ((1 - 2.0 ** -20, 0), [1, 2, 9]), ((0.3, 2), [3, 4, 9]), ((0, 0), [1]),
               ((-0.5, 0), [1]), ((1.5, 0), [1]), ((nan, 0), [1]), ((0.5, nan), [1]),
               ((0.75, 0), [1, 2, 3, 4, 5, 6, 40])]),
    Family("NBinom", lambda k, n, p: mp.loggamma(k + n) - mp.loggamma(n) - mp.loggamma(k + 1) + n * mp.log(p)
           + xlogy(k, 1 - p), support=lambda n, p: (0, inf), valid=lambda n, p: n > 0 and 0 < p <= 1, shapes=2, place=1,
           discrete=True, smooth=[1, 2], cases=[
               ((4, 0.5, 0), K + [100, 1000]), ((4, 1, 0), [0, 1]), ((0.5, 0.25, 0), [0, 1, 10, 200]),
               ((1e-10, 0.5, 0), [0, 1, 5]), ((1000, 0.5, 0), [0, 800, 1000, 1200]),
               ((1e5, 0.75, 0), [33000, 33333, 34000]),
               ((10, 1e-5, 0), [0, 900000, 999999]), ((1e10, 0.99999, 0), [100000, 100300]),
               ((3.5, 0.3, 2), [2, 5, 14]),
               ((0, 0.5, 0), [1]), ((-1, 0.5, 0), [0]), ((5, 0, 0), [1]), ((5, 1.5, 0), [1]), ((nan, 0.5, 0), [1]),
               ((5, nan, 0), [1]), ((5, 0.5, nan), [1])]),
    Family("BetaBinom", lambda k, n, a, b: lchoose(n, k) + lbeta(k + a, n - k + b) - lbeta(a, b),
           support=lambda n, a, b: (0, n), valid=lambda n, a, b: n >= 0 and n == mp.floor(n) and a > 0 and b > 0,
           shapes=3,
           place=1, discrete=True, smooth=[2, 3], cases=[
               ((10, 2, 3, 0), K + [10, 9, 11]), ((0, 2, 3, 0), [0, 1]), ((10, 0.0625, 1, 0), [0, 1, 10]),
               ((10, 1, 1, 0), [0, 4, 10]), ((100, 10, 8, 0), [0, 1, 50, 99, 100]), ((20, 1e4, 3e4, 0), [0, 10, 20]),
               ((1000, 20, 1, 0), [0, 500, 1000]), ((100000, 5, 9, 0), [0, 30000, 99999]), ((7, 0.5, 12, 2), [2, 5, 9]),
               ((30, 1e10, 3e10, 0), [0, 7, 8]), ((2.5, 1, 1, 0), [1]), ((-1, 1, 1, 0), [0]), ((5, -1, 1, 0), [1]),
               ((5, 1, 0, 0), [1]), ((nan, 1, 1, 0), [1]), ((5, nan, 1, 0), [1]), ((5, 1, nan, 0), [1]),
               ((5, 1, 1, nan), [1])]),
    Family("Bernoulli", lambda k, p: mp.log(p) if k else mp.log1p(-p) if p < 1 else -mp.inf, lambda k, p: (1 - p, p),
           lambda q, p: ((mp.mpf(int(q > 1 - p))), mp.mpf(int(q < p))), support=lambda p: (0, 1),
           valid=lambda p: 0 <= p <= 1, shapes=1, place=0, discrete=True, smooth=[1], cases=[
               ((p,), [0, 1, 0.5, -1, 2, inf, -inf, nan]) for p in (0.25, 0, 1, 1e-20, 1e-300, 0.5, 1 - 2.0 ** -20)] + [
               ((p,), [0, 1]) for p in (-1, 1.5, nan, inf)]),
]


def poisson_entropy(mu, loc):
    if any(mp.isnan(a) for a in (mu, loc)) or mu < 0:
        return None
    if mp.isinf(mu):
        return mp.inf
    if mu > 10 ** 5:  # the asymptotic series, of Gregory's coefficients
        terms = [mp.mpf(1) / 12, mp.mpf(1) / 24, mp.mpf(19) / 360, mp.mpf(9) / 80, mp.mpf(863) / 2520]
        return mp.log(2 * mp.pi * mp.e * mu) / 2 - sum(t / mu ** (i + 1) for i, t in enumerate(terms))
    log = lambda k: xlogy(mp.mpf(k), mu) - mu - mp.loggamma(k + 1)
    return -sum(mp.exp(log(k)) * log(k) for k in range(int(mu + 30 * mp.sqrt(mu) + 60)) if mu > 0 or k == 0)


ENTROPY = Function(
    "stats.Poisson.Entropy", poisson_entropy, source=f"mpmath {mp.__version__}, definition",
    points=[(m, 0) for m in (0, 1e-300, 1e-20, 1e-10, 1e-5, 1e-3, 0.0625, 0.3, 0.5, 1, 1.5, 2.5, 4, 7, 9.99, 10, 13,
    19.5,
                             30, 42, 60, 75, 99, 99.99, 100, 110, 200, 1e3, 1e6, 1e10, 1e30, inf, nan, -1)] + [(3, 2),
                             (3, nan)],
    scipy=lambda mu, loc: sp.poisson.entropy(mu, loc) if not mu > 1e4 else np.nan,
    why=lambda line: (256, "near the smallest numbers") if line["args"][0] == "1e-300" else None)

if __name__ == "__main__":
    main([f for family in families for f in family.functions()] + [ENTROPY])
