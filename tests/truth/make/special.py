"""The functions of scipy/special around gamma, beta, zeta, the error function and the normal distribution. See
common.py."""
import jax.scipy.special as js
import mpmath as mp
import scipy.special as sp
from common import Function, main

inf, nan = float("inf"), float("nan")


def loggamma(x):
    """log|gamma(x)|."""
    if mp.isnan(x):
        return None
    if mp.isinf(x) or x <= 0 and x == mp.floor(x):
        return mp.inf
    if x > 0:
        return mp.loggamma(x).real
    with mp.workdps(mp.mp.dps + 30):
        return mp.log(mp.pi / abs(x * mp.sinpi(x))) - mp.loggamma(-x).real


def psi(n, x):
    if mp.isnan(x) or x == -inf:
        return None
    if x == inf:
        return mp.inf if n == 0 else mp.mpf(0)
    if x == 0 and n == 0:
        return mp.inf if isinstance(x, float) else -mp.inf  # of -0 a float
    if x <= 0 and x == mp.floor(x):
        return mp.inf if n % 2 else None
    with mp.workdps(mp.mp.dps + 30):
        return mp.psi(n, x)


def gamma(x):
    if mp.isnan(x) or x == -inf or x < 0 and x == mp.floor(x):
        return None
    if x == inf or x == 0:
        return mp.inf
    if x < -300:
        return mp.mpf(0)
    return mp.gamma(x) if x < 1000 else mp.inf


def beyond(line):
    """Left of -7 the zeros are ever closer to the poles, and close to them errors are absolute."""
    x = float(line["args"][0])
    if -12 < x < -7 and abs(x - round(x)) < .01:
        return {"ulp": 1e12, "why": "a zero close to a pole"}
    return None


def finite(f):
    """f where the last argument is finite and no pole of gamma: derivatives are not tested there."""
    return lambda *x: "skip" if not mp.isfinite(x[-1]) or x[-1] <= 0 and x[-1] == mp.floor(x[-1]) else f(*x)


def normal(f):
    """finite, and not where f is asked for at what programs read as 0."""
    return lambda x: "skip" if abs(x) < 1e-37 else finite(f)(x)


def temme():
    """The coefficients of Temme's uniform expansion of the incomplete gamma function (DLMF 8.12)."""
    n, m = 60, 14
    alpha = [mp.mpf(0), mp.mpf(1)]
    for i in range(2, n + 3):
        alpha.append((alpha[i - 1] - sum(j * alpha[j] * alpha[i - j + 1] for j in range(2, i))) / (i + 1))
    a = [mp.sqrt(2) / 2]
    for i in range(1, 2 * m + 2):
        a.append((a[i - 1] / i - sum(a[j] * a[i - j] / (j + 1) for j in range(1, i))) * (i + 1) / (a[0] * (i + 2)))
    g = [mp.sqrt(2) * mp.rf(mp.mpf(1) / 2, i) * a[2 * i] for i in range(m + 1)]
    first = [-mp.mpf(1) / 3] + [(i + 2) * alpha[i + 2] for i in range(1, n + 1)]
    rows = [first]
    for i in range(1, m + 1):
        rows.append([(-1) ** i * g[i] * first[j] + (j + 2) * rows[i - 1][j + 2] for j in range(n + 1 - 2 * i)])
    return rows


TEMME = temme()


def gammainc(a, x, upper=False):
    """P(a, x), or Q(a, x)."""
    if mp.isnan(a) or mp.isnan(x) or a < 0 or x < 0 or a == 0 and x == 0 or mp.isinf(a) and mp.isinf(x):
        return None
    if x == 0 or mp.isinf(a):
        return mp.mpf(upper)
    if a == 0 or mp.isinf(x):
        return mp.mpf(not upper)
    if a > 3000 and abs(x / a - 1) < .3:
        with mp.workdps(mp.mp.dps + 20):
            mu = (x - a) / a
            eta = mp.sign(mu) * mp.sqrt(2 * (mu - mp.log1p(mu)))
            s = sum(mp.polyval(row[::-1], eta) / a ** k for k, row in enumerate(TEMME))
            r = mp.exp(-a * eta ** 2 / 2) / mp.sqrt(2 * mp.pi * a) * s
            sign = 1 if upper else -1
            return mp.erfc(sign * eta * mp.sqrt(a / 2)) / 2 + sign * r
    with mp.workdps(mp.mp.dps + 30):
        if upper and x > a:
            return mp.gammainc(a, x, regularized=True)
        p = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * mp.hyp1f1(1, a + 1, x)
        if x > 2 * a + 60:  # the series would be long, and the result is nearly 1
            p = 1 - mp.gammainc(a, x, regularized=True)
        return 1 - p if upper else p


def inside(f):
    """f of positive finite arguments."""
    return lambda *x: f(*x) if all(mp.isfinite(v) and v > 0 for v in x) else "skip"


@inside
def gamma_density(a, x):
    return mp.exp((a - 1) * mp.log(x) - x - mp.loggamma(a))


def tail(line):
    """Why a value may be off by as many ulp as its logarithm: it is an exponential. Its derivatives are products."""
    want = line["want"]
    if want in ("nan", "inf", "-inf") or float(line["want"]) == 0:
        return None
    size = round(float(abs(mp.log(abs(mp.mpf(want))))))
    limits = {k: f * size for k, f in (("ulp", 1), ("dulp", 2), ("ddulp", 3)) if f * size > 64 * f}
    return limits and limits | {"why": f"exponential of {size}"}


def by_shape(a, x):
    """The derivative of P in a, by that of the smaller one of P and Q."""
    up = bool(x > a)
    return (-1) ** up * mp.diff(lambda a: gammainc(a, x, up), a, h=a * mp.mpf(10) ** -18)


def digits(*x):
    """Digits that sums of x and their logarithms need."""
    sizes = [abs(mp.log10(abs(v))) for v in x if v != 0]
    return mp.workdps(mp.mp.dps + 20 + int(2 * max(sizes, default=0)))


def pole(x):
    return x <= 0 and x == mp.floor(x)


def beta(a, b, log=False):
    if mp.isnan(a) or mp.isnan(b):
        return None
    if inf in (a, b) and min(a, b) > 0:
        return -mp.inf if log else mp.mpf(0)
    with digits(a, b):
        if a > 0 and b > 0:
            y = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
            return y.real if log else mp.exp(y.real)
        y = mp.gammaprod([a, b], [a + b])
        return mp.log(abs(y)) if log else y


def rise(x, d):
    """digamma(x+d) - digamma(x)."""
    with digits(x, d):
        if pole(x) and pole(x + d) and d == mp.floor(d):
            return mp.psi(0, 1 - x - d) - mp.psi(0, 1 - x)
        return mp.psi(0, x + d) - mp.psi(0, x)


def regular(f):
    """f where all arguments and their sum are finite and no poles of gamma."""
    def g(*x):
        if any(not mp.isfinite(v) or pole(v) for v in x) or pole(sum(x)):
            return "skip"
        return f(*x)
    return g


def inside3(f):
    return lambda a, b, x: f(a, b, x) if inf > a > 0 and inf > b > 0 and 0 < x < 1 else "skip"


def beta_density(a, b, x):
    with digits(a, b, x):
        return mp.exp((a - 1) * mp.log(x) + (b - 1) * mp.log1p(-x) - beta(a, b, True))


def poch(z, m):
    if mp.isnan(z) or mp.isnan(m):
        return None
    if m == 0:
        return mp.mpf(1)
    with digits(z, m):
        if z > 0 and z + m > 0:
            return mp.exp((mp.loggamma(z + m) - mp.loggamma(z)).real)
        if pole(z + m) and not pole(z):
            return mp.inf
        return mp.rf(z, m)


def betainc(a, b, x):
    if any(mp.isnan(v) for v in (a, b, x)) or a < 0 or b < 0 or not 0 <= x <= 1:
        return None
    if x == 0 or x == 1:
        return mp.mpf(x)
    with digits(a, b, x, 1 - x):
        if x <= a / (a + b) or 1 - x > .9 and a + b < 3e5:
            return betatail(a, b, x)
        return 1 - betatail(b, a, 1 - x)


def betatail(a, b, x):
    """I_x(a, b) by its series of positive terms, or the integral of the logarithm of odds where that is long."""
    front = mp.exp(a * mp.log(x) + b * mp.log1p(-x) - (mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)).real)
    n = a + b
    if n < 3e5 or a < 2e3:
        return front / a * mp.hyp2f1(n, 1, a + 1, x)
    off, width = a - n * x, 1 / mp.sqrt(n * x * (1 - x))
    g = lambda s: mp.exp(-a * s - n * mp.log1p(x * mp.expm1(-s)))
    end = 400 / (off + mp.sqrt(off ** 2 + 400 / width ** 2))
    return front * mp.quad(g, mp.linspace(0, end, 9))


def comb(n, k):
    if mp.isnan(n) or mp.isnan(k):
        return mp.mpf(0)
    if k > n or n < 0 or k < 0:
        return mp.mpf(0)
    with digits(n + 1, k + 1):
        return mp.exp((mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)).real)


def zeta(x, q):
    if mp.isnan(x) or mp.isnan(q) or x < 1 or q == -inf:
        return None
    if x == 1 or pole(q):
        return mp.inf
    if q < 0 and x != mp.floor(x):
        return None
    if q == inf:
        return mp.mpf(0)
    if x == inf or x > 2000 and q < 1e3:
        return mp.inf if q < 1 else mp.mpf(q == 1)
    with digits(x, q):
        n = max(0, int(mp.ceil(60 + 2 * min(x, 2000) - q)))
        w = q + n
        y = sum((q + k) ** -x for k in range(n)) + w ** (1 - x) / (x - 1) + w ** -x / 2
        return y + sum(mp.bernoulli(2 * j) / mp.factorial(2 * j) * mp.rf(x, 2 * j - 1) * w ** (1 - x - 2 * j)
                       for j in range(1, 25))


POSITIVE = [1e-300, 1e-37, 1e-20, 1e-10, 1e-5, .01, .1, .25, .5, .75, .9, .99, .9999, 1 - 1e-6, 1, 1 + 1e-6, 1.0001,
        1.01,
            1.25, 1.4, 1.4616, 1.461632144968362, 1.47, 1.5, 1.75, 1.9, 1.999, 1.999999, 2, 2.000001, 2.01, 2.25, 2.5,
            2.75, 3, 3.5, 4.5, 6.4, 6.5, 6.6, 8, 10.5, 17, 20, 33.5, 34.9, 50, 100, 150.5, 171, 171.6, 1e3, 1e5, 1e10,
            1e30]
NEGATIVE = [-1e-37, -1e-30, -1e-10, -1e-3, -.25, -.49, -.51, -.75, -.9999, -1.0001, -1.25, -1.5, -1.9, -2.2, -2.5,
        -2.9,
            -3.3, -4.7, -6.4, -6.6, -9.99, -10.5, -20.3, -33.3, -50.5, -100.5, -1000.25]
ENDS = [0, -0.0, -1, -2, -3, -10, -1e10, inf, -inf, nan]
LOG_ZEROS = [-2.4570247382208006, -2.45, -2.747682646727413, -2.75, -3.143580888349980, -3.9552942848585979,
             -4.039361839740536, -4.991544640560048, -5.008218168440775, -5.998607480080875, -6.001385294453154,
             -7.0001984198730461, -8.999997244250977, -10.000000275574027]
PSI_ZEROS = [-.504083008264455, -.5, -1.5734984731623904, -2.6107208684441445, -3.635293366436901, -9.702672540001863]



def F(name, truth, points, **k):
    """A function of the package, with the package's limits for derivatives too."""
    k = {"dulp": 64, "ddulp": 64} | k
    for d in "d", "dd":
        k[d] = {i: f and clipped(f) for i, f in k.get(d, {}).items()}
    return Function("special." + name, clipped(truth), points, **k)


def clipped(f):
    """f without numbers that are beyond any float: files cannot hold their exponents."""
    def g(*x):
        y = f(*x)
        if y is None or isinstance(y, str) or mp.isnan(y) or y == 0:
            return y
        return mp.sign(y) * (mp.inf if abs(y) > mp.mpf(10) ** 999 else max(abs(y), mp.mpf(10) ** -999))
    return g


A_X = [(.5, .1), (.5, 2), (1, 1), (2.5, .3), (2.5, 2.5), (2.5, 8), (30, 20), (30, 30), (30, 45), (29, 29), (.001,
        1e-5),
       (.001, 3), (200, 190), (200, 210), (5, 50), (1e-10, 1.1e-10), (1e-10, .5), (1e-10, 1), (1e-10, 1.2), (1e-10, 5),
       (1e-5, 1e-30), (.1, .9), (.3, .3), (.9, 1.1), (.8, 1.05), (7, 1e-3), (12, 12.5), (50, 10), (50, 100), (40,
           1e-2),
       (100, 100), (100, 30), (100, 130), (100, 180), (1000, 1000), (1000, 1100), (1000, 800), (1000, 1300), (1e5,
           1e5),
       (1e5, 99000), (1e5, 100500), (1e10, 1e10), (1e10, 1.00001e10), (1e10, 9.9999e9), (1e10, 1e9), (1e10, 3e10),
       (1e15, 1e15), (1, 80), (1, 1e-30), (3, 90), (20, 20), (20, 100), (64, 60), (0, 1), (0, .5), (1, 0), (0, 0),
       (inf, 1), (1, inf), (inf, inf), (-1, 1), (1, -1), (nan, 1), (1, nan), (1e-300, 1), (3, 1e300), (6.4, 7), (6.6,
           7),
       (2, 700), (300, 1000), (450, 600)]

A_B = [(1, 1), (8, 1), (1, 8), (2, 3), (.5, .5), (8, 8), (8, 9), (20, .5), (7, 20), (10.5, 19.5), (6.4, 6.4), (6.6,
        6.4),
       (6.6, 6.6), (1, 12), (1, 1e10), (1e10, 1e10), (2, 1e308), (2, 1e37), (1e5, 3), (1e5, 1e-5), (1e-10, 1e-10),
       (1e-200, 1e-200), (1e-30, 3), (100, 100), (400, 300), (500, 520), (2e3, 5), (1e6, .3), (1e15, 2.5), (1e3, 40),
       (1e-5, 30), (50, 1e-10), (12.5, .001), (-2, 1), (-2, 2), (-5, 3), (-2, 3), (-2, -3), (-1.5, .7), (-1.5, 3),
       (-2.5, 2.7), (-1.5, -2.25), (-.3, 1e5), (-30.5, 40.25), (-30.5, 20.25), (-1e3 - .5, 1e3), (-2.5, 1.5),
       (-.5, .5), (0, 1), (1, 0), (inf, 1), (1, inf), (nan, 1), (1, nan), (3, 7), (1.2, 2.1), (.7, 1.4)]
Z_M = [(1, 3), (2, .5), (.5, .5), (-2, 1), (-2, 2), (-2, 3), (-2.5, 2), (-2.5, 4), (-2.5, .5), (1e5, 2.5), (1e5, -2.5),
       (10, 100), (100, 100), (5, 150), (1e-300, 3), (3, -1.5), (3, -2.25), (.1, 1e-10), (170, 2), (200, -50), (1e10,
           3),
       (1e10, 1e-5), (1e8, -1e4), (1e5, 1e3), (7, 0), (-3, 0), (0, 0), (0, 1), (-3.5, -2), (-3.5, -2.25), (-4, -2),
       (2, -2), (2, -3.5), (6.4, .2), (6.4, 30), (33, 3), (20, 15.5), (1e-5, 20), (nan, 1), (1, nan), (50, -45),
       (12.3, -12), (12.3, -20), (-10.5, 30), (-100.5, 3), (1.5, 2.5), (8, 8), (2.75, 7), (3, 4), (.25, 10)]
A_B_X = [(1, 1, .3), (2, 5, .1), (7, 3, .83), (20, 30, .4), (20, 30, .2), (20, 30, .9), (.5, .5, .3), (.5, .5, 1e-10),
         (5, .01, .9), (5, 1e-10, .9), (.01, 5, .1), (1e-10, 1e-10, .9), (1e-10, 5, .5), (100, .5, .99), (100, .5, .9),
         (100, 100, .5), (100, 100, .4), (1e3, 1e3, .5), (1e3, 1e3, .51), (1e5, 1e5, .5), (1e5, 1e5, .499),
         (1e5, 1e5, .505), (1e10, 1e10, .5), (1e10, 1e10, .50001), (1e5, 2e5, .3333), (3e3, 3e3, .5), (1900, 1900,
             .52),
         (3e3, 1e6, .003), (1e6, 3e3, .997), (2, 1e6, 1e-6), (2, 1e6, 1e-5), (1e6, 2, .999999), (50, 1e10, 5e-9),
         (50, 1e10, 1e-8), (1e10, 50, 1 - 6e-9), (.5, 1e10, 1e-11), (10, 3, 1e-20), (2.5, 3, 1e-5), (3, 200, .2),
         (300, 8, .8), (.3, .9, .99), (.9, .3, .999), (3, .5, .999999), (12, .99, .95), (1.5, 1.01, .7), (6.4, 6.4,
             .5),
         (6.6, 6.4, .55), (6.6, 6.6, .25), (30, 2e3, .02), (1, 80, .5), (80, 1, .5), (1, 1, 0), (2, 3, 0), (2, 3, 1),
         (.5, .5, 1), (-1, 2, .5), (2, -1, .5), (2, 3, -.1), (2, 3, 1.1), (nan, 1, .5), (1, nan, .5), (1, 1, nan),
         (4, 5, .44), (15, 15, .6), (.05, .05, .5)]
N_K = [(0, 0), (1, 0), (5, 2), (10, 3), (30, 15), (50, 25), (60, 30), (100, 50), (200, 100), (1000, 10), (1000, 998),
       (1020, 500), (128, 64), (5.5, 2.5), (9, 3.25), (1e5, 2), (1e10, 3), (1e10, .5), (2.5, .1), (8, 8), (8, 7),
           (20, 20),
       (7, 1), (3, 4), (-1, 2), (2, -1), (.5, .25), (12, 6), (17, 8), (18, 9), (25, 12), (57, 28), (1e15, 1), (1e3,
           .001),
       (6, 5.9), (40.5, 20), (67, 33), (23, 11), (14, 7), (13, 1)]
X_Q = [(2, 1), (2, 3), (2, .5), (2, 1e-5), (2, 1e5), (2, 1e10), (2, 1e30), (1.5, 2), (1.0001, 1), (1.0001, 1e-10),
       (1 + 1e-10, 3), (3, 10), (10, .3), (10, 7), (10, 100), (50, 1), (50, 2), (50, 3.5), (50, 49), (100, 100),
       (100, 1e4), (300, 1.5), (1000, 1), (1e4, 1e5), (1e10, 1), (inf, 1), (inf, .5), (inf, 2), (1, 2), (.5, 2), (-1,
           2),
       (2, 0), (2, -1), (2, -.5), (3, -.5), (3, -2.25), (4, -10.7), (2, -100.3), (2.5, -.5), (5, -1e-5), (nan, 1),
       (2, nan), (2, inf), (20, 9.5), (7.5, 8), (4, 1000), (12, 1e10), (1.25, 20), (2, 1e-30), (30, .01)]
ORDERS = [(n, x) for n in (1, 2, 3, 7, 20) for x in (1e-10, .01, .5, 1, 2.75, 9, 30, 1e4, 1e10, -.3, -3.75)] + [
    (0, 1.5), (40, 100), (80, 1e4), (0, -2.5), (10, 6.5)]


def polygamma(n, x):
    return (-1) ** (n + 1) * mp.factorial(n) * zeta(mp.mpf(n + 1), x) if n else psi(0, x)


def factorial(n):
    if mp.isnan(n):
        return None
    return mp.mpf(0) if n < 0 else gamma(n + 1)


REAL = [0, -0.0, 1e-300, -1e-300, 1e-30, 1e-10, -1e-10, 1e-5, .01, -.01, .1, -.1, .3, .46875, .5, -.5, .7, -.7, .9,
        1, -1,
        1.01, -1.2, 1.5, 2, -2, 2.5, 3, -3, 3.7, 4, -4.5, 5, -5, 5.9, 6.5, -6.5, 8, -8, 9, 9.2, -10, 12, -13.2, 15,
            -17.4,
        19, -20, 22, 25.5, -26, 26.5, 27, -30, 35, -37, -37.5, 38, -38.5, 40, -50, 88, -100, 1e3, -1e3, -1e10, 1e30,
            inf,
        -inf, nan]
UNIT = [0, 1, 1e-300, 1e-37, 1e-30, 1e-20, 1e-10, 1e-5, .001, .01, .019, .021, .05, .1, .135, .136, .2, .25, .3, .35,
        .4, .45,
        .49, .4999, .5, .5001, .51, .55, .6, .64, .66, .7, .75, .8, .86, .87, .9, .95, .98, .99, .999, .9999, .99999,
            1 - 1e-6,
        1 - 1e-7, 1 - 1e-10, 1 - 1e-15, -.1, 1.1, nan, inf, .123, .321, .87654, .5 + 1e-5, .49999, .0625, .375, .625,
            .9375]
SYMMETRIC = [s * x for x in UNIT for s in (1, -1)][:104]
LEAST = [5e-324, 1e-310, 1e-308, 2e-308, 1e-45, 1e-40, 5e-39, 1.1e-38]  # subnormal in one of the dtypes
LEAST_PAIRS = [(a, b) for a in (1e-308, 1.1e-38, 5e-324, 1e-45) for b in (.3, 7, 1e30, 2e-308, 5e-39)] + [
    (a, b) for a in (.3, 7, 1e30) for b in (1e-308, 1.1e-38, 5e-324, 1e-45)]
PAIRS = [(a, b) for a in (0, 1e-10, .3, 1, 1.5, 7, 1e5) for b in (0, 1e-10, .3, 1, 1 + 1e-5, 1.4, 2.5, 7, 1e5)] + [
    (-1, 2), (1, -1), (nan, 1), (1, nan), (0, nan), (0, inf), (1e-30, 1e30), (1e30, 1e-30), (1, 1.25), (.7, .7000001)]


def everywhere(f):
    return lambda *x: f(*x) if all(mp.isfinite(v) for v in x) else "skip"


def odd(f, end):
    """f of finite numbers, ±end of infinities, NaN of NaN."""
    return lambda x: None if mp.isnan(x) else mp.sign(x) * end if mp.isinf(x) else f(x)


def ndtr(x):
    return None if mp.isnan(x) else mp.erfc(-mp.mpf(x) / mp.sqrt(2)) / 2


def log_ndtr(x):
    if mp.isnan(x) or x == inf:
        return None if mp.isnan(x) else mp.mpf(0)
    if x < -1e4:
        return -mp.mpf(x) ** 2 / 2 - mp.log(-x * mp.sqrt(2 * mp.pi)) - 1 / mp.mpf(x) ** 2 if x > -inf else -mp.inf
    return mp.log1p(-ndtr(-x)) if x > 0 else mp.log(ndtr(x))


def pdf(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def hazard(x):
    return -x - 1 / x if x < -1e4 else pdf(x) / ndtr(x)


def hazard_slope(x):
    h = hazard(x)
    return mp.mpf(-1) if x < -1e4 else -h * (x + h)


def quantile(p):
    if mp.isnan(p) or not 0 <= p <= 1:
        return None
    if p in (0, 1):
        return mp.inf if p else -mp.inf
    if p > .5:
        return -quantile(1 - p)
    t = mp.sqrt(-2 * mp.log(p))
    if p > .45:
        return mp.findroot(lambda x: ndtr(x) - p, (p - .5) * mp.sqrt(2 * mp.pi))
    return mp.findroot(lambda x: log_ndtr(x) - mp.log(p), -t + (mp.log(t) + .9) / t if t > 2 else -t / 2)


def erfinv(x):
    if mp.isnan(x) or abs(x) > 1:
        return None
    if abs(x) == 1:
        return x * mp.inf
    return x * mp.sqrt(mp.pi) / 2 if abs(x) < 1e-20 else -mp.sign(x) * quantile((1 - abs(x)) / 2) / mp.sqrt(2)


def owens(h, a):
    if mp.isnan(h) or mp.isnan(a):
        return None
    if mp.isinf(h):
        return mp.mpf(0)
    if mp.isinf(a):
        return mp.sign(a) * mp.erfc(abs(h) / mp.sqrt(2)) / 4
    end = min(mp.atan(abs(a)), mp.atan(18 / max(abs(h), mp.mpf(1e-3))))
    f = lambda u: mp.exp(-(h * mp.tan(u)) ** 2 / 2)
    return mp.sign(a) * mp.exp(-h * h / 2) * mp.quad(f, mp.linspace(0, end, 9)) / (2 * mp.pi)


def rel_entr(p, q):
    if mp.isnan(p) or mp.isnan(q):
        return None
    if p > 0 and q > 0 and mp.isfinite(q):
        return p * mp.log(p / q)
    return mp.mpf(0) if p == 0 and q >= 0 else mp.inf


def xlog(x, y, log):
    if mp.isnan(x) or mp.isnan(y):
        return None
    if x == 0:
        return mp.mpf(0)
    if log is mp.log and y < 0 or log is mp.log1p and y < -1:
        return None
    return x * (mp.inf if y == inf else -mp.inf if log(y) == -inf else log(y))


def boxcox(x, l, log):
    if mp.isnan(x) or mp.isnan(l):
        return None
    if log is mp.log and x < 0 or log is mp.log1p and x < -1:
        return None
    y = log(x)
    if l == 0:
        return y
    if mp.isinf(y):
        return -1 / l if l > 0 and y < 0 else mp.inf * mp.sign(y)
    with mp.workdps(400):
        return mp.expm1(l * y) / l


def logit(x):
    if mp.isnan(x) or not 0 <= x <= 1:
        return None
    return mp.mpf(-inf) if x == 0 else mp.mpf(inf) if x == 1 else mp.log(x / (1 - x))


def expit(x):
    if mp.isnan(x) or mp.isinf(x):
        return None if mp.isnan(x) else mp.mpf(x > 0)
    return 1 / (1 + mp.exp(-x)) if abs(x) < 5e3 else mp.mpf(x > 0)


def expit1(x):
    return expit(x) * expit(-x)


def boxcox_slope(y, l):
    if l == 0:
        return y ** 2 / 2
    with mp.workdps(200):
        return (l * y * mp.exp(l * y) - mp.expm1(l * y)) / l ** 2


B_L = [(x, l) for x in (1e-10, .1, .99999, 1, 1.25, 3, 100, 1e10) for l in (0, 1e-20, 1e-5, .3, -.3, 1, 2, -2.5)] + [
    (0, 1), (-2, 1), (nan, 1), (1, nan), (0, .5), (2, 1e-3)]


main([
    F("Erf", odd(mp.erf, 1), REAL, d={0: everywhere(lambda x: 2 * mp.exp(-x * x) / mp.sqrt(mp.pi))},
      dd={0: everywhere(lambda x: -4 * x * mp.exp(-x * x) / mp.sqrt(mp.pi))}, scipy=sp.erf, jax=js.erf),
    F("Erfc", lambda x: None if mp.isnan(x) else mp.erfc(x), REAL, scipy=sp.erfc, jax=js.erfc,
      d={0: everywhere(lambda x: -2 * mp.exp(-x * x) / mp.sqrt(mp.pi))},
      dd={0: everywhere(lambda x: 4 * x * mp.exp(-x * x) / mp.sqrt(mp.pi))}),
    F("ErfInv", erfinv, SYMMETRIC, scipy=sp.erfinv, jax=js.erfinv,
      d={0: lambda x: mp.exp(erfinv(x) ** 2) * mp.sqrt(mp.pi) / 2 if abs(x) < 1 else "skip"}),
    F("Ndtr", ndtr, REAL, d={0: everywhere(pdf)}, dd={0: everywhere(lambda x: -x * pdf(x))}, scipy=sp.ndtr,
        jax=js.ndtr),
    F("LogNdtr", log_ndtr, REAL, d={0: everywhere(hazard)}, dd={0: everywhere(hazard_slope)}, scipy=sp.log_ndtr,
      jax=js.log_ndtr),
    F("Ndtri", quantile, UNIT + LEAST, d={0: lambda p: 1 / pdf(quantile(p)) if 0 < p < 1 else "skip"}, scipy=sp.ndtri,
        jax=js.ndtri),
    F("OwensT", owens, [(h, a) for h in (0, 1e-5, .3, -1, 2.5, 6, 10, 30) for a in (0, 1e-5, .3, .9999, -1, 1.25, 3,
        30)] +
      [(nan, 1), (1, nan), (inf, 1), (1, inf), (1e-3, 1e5)], scipy=sp.owens_t, jax=None,
      d={0: everywhere(lambda h, a: -pdf(h) * mp.erf(a * h / mp.sqrt(2)) / 2 if h * a else mp.mpf(0)),
         1: everywhere(lambda h, a: mp.exp(-h * h * (1 + a * a) / 2) / (1 + a * a) / (2 * mp.pi))}),
    F("Entr", lambda x: None if mp.isnan(x) else -mp.inf if x < 0 or x == inf else -x * mp.log(x) if x else mp.mpf(0),
      [x for x in REAL + UNIT + POSITIVE + LEAST if not x < 0] + [-1e-10, -3], scipy=sp.entr, jax=js.entr,
      d={0: lambda x: -mp.log(x) - 1 if 1e-300 < x < inf else "skip"},
          dd={0: lambda x: -1 / x if 1e-30 < x < inf else "skip"}),
    F("RelEntr", rel_entr, PAIRS + LEAST_PAIRS, scipy=sp.rel_entr, jax=js.rel_entr,
      d={0: inside(lambda p, q: mp.log(p / q) + 1),
      1: inside(lambda p, q: -p / q)}),
    F("KLDiv", lambda p, q: None if rel_entr(p, q) is None else mp.inf if mp.isinf(rel_entr(p, q)) or mp.isinf(q) else
      rel_entr(p, q) - p + q, PAIRS + LEAST_PAIRS, scipy=sp.kl_div, jax=js.kl_div,
      d={0: inside(lambda p, q: mp.log(p / q)), 1: inside(lambda p, q: (q - p) / q)}),
    F("XLogY", lambda x, y: xlog(x, y, mp.log), PAIRS + LEAST_PAIRS, scipy=sp.xlogy, jax=js.xlogy,
      d={0: inside(lambda x, y: mp.log(y)), 1: inside(lambda x, y: x / y)}),
    F("XLog1pY", lambda x, y: xlog(x, y, mp.log1p), PAIRS + LEAST_PAIRS, scipy=sp.xlog1py, jax=js.xlog1py,
      d={0: inside(lambda x, y: mp.log1p(y)), 1: inside(lambda x, y: x / (1 + y))}),
    F("BoxCox", lambda x, l: boxcox(x, l, mp.log), B_L, scipy=sp.boxcox, jax=js.boxcox, why=tail,
      d={0: everywhere(lambda x, l: x ** (l - 1) if x > 0 else "skip"),
         1: everywhere(lambda x, l: boxcox_slope(mp.log(x), l) if x > 0 else "skip")}),
    F("BoxCox1p", lambda x, l: boxcox(x, l, mp.log1p), B_L, scipy=sp.boxcox1p, jax=js.boxcox1p, why=tail,
      d={0: everywhere(lambda x, l: (1 + x) ** (l - 1) if x > 0 else "skip"),
         1: everywhere(lambda x, l: boxcox_slope(mp.log1p(x), l) if x > 0 else "skip")}),
    F("Expit", expit, REAL, d={0: everywhere(expit1)}, scipy=sp.expit, jax=js.expit,
      dd={0: everywhere(lambda x: -expit1(x) * mp.tanh(x / 2))}),
    F("Logit", logit, UNIT + LEAST, d={0: lambda x: 1 / (x * (1 - x)) if 0 < x < 1 else "skip"},
      scipy=sp.logit, jax=js.logit,
      dd={0: lambda x: (2 * x - 1) / (x * (1 - x)) ** 2 if 0 < x < 1 else "skip"}),
    F("MultiGammaLn", lambda d,
        x: d * (d - 1) / mp.mpf(4) * mp.log(mp.pi) + sum(loggamma(x - mp.mpf(j) / 2) for j in range(d)),
      [((d,), x) for d in (1, 2, 3, 5) for x in (2.01, 2.5, 2.75, 3, 4.25, 7, 10.5, 20, 33.3, 100, 1e3, 1e5, 1e10)],
      static=True, source="log pi^(d(d-1)/4) + sum of loggamma(x - j/2)", scipy=lambda d, x: sp.multigammaln(x, d),
      jax=lambda d, x: js.multigammaln(x, d), d={0: lambda d, x: sum(psi(0, x - mp.mpf(j) / 2) for j in range(d))}),
    F("LogGamma", lambda x: None if mp.isnan(x) or x <= 0 else loggamma(x),
      POSITIVE + LEAST + [0, -1, -.5, inf, nan, 1e305, 5, 7.25, 12, -1e-310],
      d={0: inside(lambda x: psi(0, x))}, scipy=sp.loggamma),
    F("GammaSgn",
        lambda x: None if mp.isnan(x) or x < 0 and x == mp.floor(x) else (-1) ** int(mp.floor(x) % 2) if x < 0 else
      mp.mpf(1), POSITIVE + NEGATIVE[:20] + [-2, -3, nan], scipy=sp.gammasgn, jax=js.gammasgn),
    F("BetaLn", lambda a, b: beta(a, b, True), A_B, d={0: regular(lambda a, b: -rise(a, b)),
      1: regular(lambda a, b: -rise(b, a))}, scipy=sp.betaln, jax=js.betaln),
    F("Beta", beta, A_B, d={0: regular(lambda a, b: -beta(a, b) * rise(a, b)),
      1: regular(lambda a, b: -beta(a, b) * rise(b, a))}, scipy=sp.beta, jax=js.beta, why=tail),
    F("Poch", poch, Z_M, d={0: regular(lambda z, m: poch(z, m) * rise(z, m)),
      1: regular(lambda z, m: poch(z, m) * psi(0, z + m))}, scipy=sp.poch, jax=js.poch, why=tail),
    F("BetaInc", betainc, A_B_X, d={2: inside3(lambda a, b, x: beta_density(a, b, x))}, dulp=128,
      scipy=sp.betainc, jax=js.betainc, why=tail),
    F("Comb", comb, N_K, scipy=sp.comb, jax=js.comb, why=tail),
    F("Factorial", factorial, [0, 1, 2, 3, 5, 10, 12, 13, 17, 18, 20, 22, 25, 30, 33, 34, 50, 100, 170, .5, 1.5, 2.75,
      6.5, 20.25, 33.5, 150.5, 170.5, -1, -.5, nan, 1e-5, 1e-20, 7, 8, 9], scipy=sp.factorial, jax=js.factorial,
      d={0: inside(lambda n: factorial(n) * psi(0, n + 1))}),
    F("Zeta", zeta, X_Q, d={1: regular(lambda x, q: -x * zeta(x + 1, q) if x > 1 and zeta(x,
        q) is not None else "skip")},
      scipy=sp.zeta, jax=js.zeta, why=tail),
    F("Polygamma", polygamma, [((n,), x) for n, x in ORDERS], static=True, source="(-1)^(n+1) n! zeta(n+1, x)",
      d={0: lambda n, x: finite(polygamma)(n + 1, x)}, scipy=sp.polygamma, jax=js.polygamma, why=tail),
    *(F(name, lambda a, x, u=u: gammainc(a, x, u), A_X, 
        d={0: inside(lambda a, x, u=u: (-1) ** u * by_shape(a, x)),
           1: inside(lambda a, x, u=u: (-1) ** u * gamma_density(a, x))},
        dd={1: inside(lambda a, x, u=u: (-1) ** u * gamma_density(a, x) * ((a - 1) / x - 1))}, why=tail,
        dulp={"float32": 128, "float64": 64}, ddulp={"float32": 128, "float64": 64},
        scipy=s, jax=j) for name, u, s, j in (("GammaInc", False, sp.gammainc, js.gammainc),
                                               ("GammaIncc", True, sp.gammaincc, js.gammaincc))),
    F("GammaLn", loggamma, POSITIVE + NEGATIVE + ENDS + LOG_ZEROS + [1e305],
             d={0: lambda x: finite(psi)(0, x)}, dd={0: lambda x: finite(psi)(1, x)},
             scipy=sp.gammaln, jax=js.gammaln,
      why=beyond),
    F("Gamma", gamma, POSITIVE + NEGATIVE + ENDS[2:] + [1e-308, 1.2e-38, 171.62, -170.5, -33.9, -169.7],
             d={0: normal(lambda x: gamma(x) * psi(0, x))},
             dd={0: normal(lambda x: gamma(x) * (psi(0, x) ** 2 + psi(1, x)))}, scipy=sp.gamma, jax=js.gamma),
    F("Digamma", lambda x: psi(0, x), POSITIVE + NEGATIVE + ENDS + PSI_ZEROS + LEAST + [-x for x in LEAST], signed=True,
             d={0: lambda x: finite(psi)(1, x)}, dd={0: lambda x: finite(psi)(2, x)},
             scipy=sp.digamma, jax=js.digamma),
])
