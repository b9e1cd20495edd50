"""The functions of scipy.special that are integrals, series and polynomials. See common.py."""
import jax.scipy.special as js
import mpmath as mp
import numpy as np
import scipy.special as sp
from mpmath.libmp import NoConvergence
from common import BITS, Function, exact, main, spell

inf, nan = np.inf, np.nan
half, pi = mp.mpf(1) / 2, mp.pi


def real(f, at_inf=nan, at_minus_inf=nan):
    """f of finite numbers, and its limits."""
    def g(x):
        if mp.isnan(x):
            return None
        if mp.isinf(x):
            v = at_inf if x > 0 else at_minus_inf
            return None if v != v else v
        return f(x)
    return g


def finite(f):
    """A derivative where the arguments are finite."""
    return lambda *x: f(*x) if all(mp.isfinite(v) for v in x) else "skip"


LOG = [1e-300, 1e-30, 1e-9, 1e-3]
AXIS = LOG + [.1, .37, .5, .9, 1, 1.1, 2, 2.5, 3, 3.5, 4, 4.5, 6, 8, 8.5, 12, 20, 33, 50, 70, 88, 103, 300, 700, 1e4,
    1e9,
              1e30, 1e100, 1e300]


def both(xs):
    return [0.0] + xs + [-x for x in xs] + [inf, -inf, nan]


def narrow(xs, most=3e38, least=1e-37):
    return {"float64": xs, "float32": [x for x in xs if not np.isfinite(x) or x == 0 or least < abs(x) < most]}


# Exponential integrals.
EXPN = [(n, x) for n in (0, 1, 2, 3, 7, 20, 200, 4999, 6000) for x in (1e-20, 1e-3, .3, 1, 1.3, 5, 40, 80)]
EXPN += [(n, x) for n in (0, 1, 2, 3, 40) for x in (0, 300, inf, nan, -1)] + [(-1, 2), (1.5, 2), (2, 1e-300), (5,
    1e30)]


def expn_truth(n, x):
    if mp.isnan(n) or mp.isnan(x) or n < 0 or x < 0 or n != mp.floor(n):
        return None
    if x == 0:
        return mp.inf if n < 2 else 1 / (n - 1)
    if mp.isinf(x):
        return mp.mpf(0)
    return mp.exp(-x) / x if n == 0 else mp.expint(n, x)


def expn_slope(n, x):
    if not mp.isfinite(x) or x <= 0 or n < 0 or n != mp.floor(n):
        return "skip"
    return -mp.exp(-x) / x * (1 + 1 / x) if n == 0 else -expn_truth(n - 1, x)


ei_zero = mp.findroot(mp.ei, .37)
ci_zeros = [mp.findroot(mp.ci, x) for x in (.6165, 3.3842)]
EXPI = both(AXIS + [float(ei_zero), .3725, .38, .3, 709, 712, 716, 5, 7, 15, 17, 31, 63, 65])


# Dilogarithm.
def spence(x):
    if x < 0:
        return None
    if x == 0:
        return pi ** 2 / 6
    return mp.polylog(2, 1 - x).real if x < 1e3 else -pi ** 2 / 6 - mp.log(x) ** 2 / 2 - mp.polylog(2, 1 / (1 - x)) \
        + (mp.log(x) ** 2 - mp.log(x - 1) ** 2) / 2


def spence_slope(x):
    return "skip" if x < 0 or not mp.isfinite(x) else -mp.inf if x == 0 else -1 if x == 1 else mp.log(x) / (1 - x)


def spence_second(x):
    if x <= 0 or not mp.isfinite(x):
        return "skip"
    return half if x == 1 else (1 / x * (1 - x) + mp.log(x)) / (1 - x) ** 2


SPENCE = [0.0] + AXIS + [1e38, .2, .49, .51, .7, .99, .999999, 1.000001, 1.01, 1.3, 1.31, 1.49, 1.51, 1.99, 2.01, 5,
    1e15,
                         inf, nan, -1, -1e-9]


# Sine and cosine integrals.
def ci(x):
    return mp.ninf if x == 0 else mp.ci(abs(x))


SICI = both(AXIS + [float(z) for z in ci_zeros] + [.6, .62, .7, 3.3, 3.39, 3.9, 4.1, 6.4, 7.9, 9, 16, 100, 1e8, 2e9,
    1e15])


def sinc_slope(x):
    return -x / 3 if abs(x) < 1e-20 else mp.cos(x) / x - mp.sin(x) / x ** 2


# Fresnel integrals.
FRESNEL = both(AXIS + [1.25, 1.6, 1.601, 1.7, 5, 9, 36973, 36975, 1e5 + .25, 123456.7, 1e7 + .5])


def sin2(x):
    with mp.workdps(700 if abs(x) > 1e50 else 120):
        return +mp.sinpi(x * x / 2)


def cos2(x):
    with mp.workdps(700 if abs(x) > 1e50 else 120):
        return +mp.cospi(x * x / 2)


def fresnel(f):
    def g(x):
        if abs(x) > 1e12:
            return half * mp.sign(x)
        with mp.workdps(60 + 2 * max(0, int(mp.log10(abs(x) + 1)))):
            return +f(x)
    return real(g, half, -half)


# Error-function integrals.
def erfcx(x):
    if x > 1e8:
        return 1 / (x * mp.sqrt(pi)) * (1 - 1 / (2 * x * x))
    if x < -1e5:
        return mp.inf
    with mp.workdps(60 + int(abs(x) / 2) if abs(x) < 100 else 80):
        if x > 100:
            return mp.nsum(lambda k: (-1) ** k * mp.fac2(2 * k - 1) / (2 * x * x) ** k, [0, 12]) / (x * mp.sqrt(pi))
        return mp.exp(x * x) * mp.erfc(x)


def erfcx_slope(x):
    if x > 100:
        r = 1 / (2 * x * x)
        return -2 / mp.sqrt(pi) * (r - 3 * r ** 2 + 15 * r ** 3 - 105 * r ** 4 + 945 * r ** 5 - 10395 * r ** 6)
    with mp.workdps(120):
        return 2 * x * erfcx(x) - 2 / mp.sqrt(pi)


def erfcx_second(x):
    if x > 100:
        r = 1 / (2 * x * x)
        return 4 / (mp.sqrt(pi) * x) * (r - 6 * r ** 2 + 45 * r ** 3 - 420 * r ** 4 + 4725 * r ** 5 - 62370 * r ** 6)
    with mp.workdps(120):
        return 2 * erfcx(x) + 2 * x * erfcx_slope(x)


ERFCX = both(AXIS + [.7, 1.5, 5, 7, 9.2, 9.4, 9.5, 10, 15, 26, 26.6, 26.7, 27, 30, 100])


def dawsn(x):
    if abs(x) > 20:
        return total(lambda k: (2 * k + 1) / (2 * x * x)) / (2 * x)
    with mp.workdps(mp.mp.dps + int(x * x / 2)):
        return mp.sqrt(pi) / 2 * mp.exp(-x * x) * mp.erfi(x)


def total(ratio):
    """The sum of an asymptotic series."""
    t = s = mp.mpf(1)
    for k in range(150):
        t *= ratio(k)
        s += t
    return s


def dawsn_slope(x):
    if abs(x) > 1e8:
        return -1 / (2 * x * x)
    with mp.workdps(100):
        return 1 - 2 * x * dawsn(x)


def dawsn_second(x):
    if abs(x) > 1e8:
        return 1 / x ** 3
    with mp.workdps(100):
        return -2 * dawsn(x) - 2 * x * dawsn_slope(x)


DAWSN = both(AXIS + [.7, .92, 1.5, 3.2, 3.3, 3.9, 4.1, 5, 6.2, 6.3, 10, 15, 30, 100])


def wofz(z):
    x, y = mp.re(z), mp.im(z)
    if mp.isnan(x) or mp.isnan(y):
        return None
    if mp.isinf(x) or mp.isinf(y):
        return mp.mpc(0)
    if abs(z) > 1e8:
        w = mp.mpc(0, 1) / (z * mp.sqrt(pi)) * (1 + 1 / (2 * z * z))
        return w if y >= 0 else w + 2 * mp.exp(-z * z)
    with mp.workdps(100 + int(abs(z) ** 2) if abs(z) < 40 else 100):
        if abs(z) < 40:
            return mp.exp(-z * z) * mp.erfc(-mp.mpc(0, 1) * z)
        s = mp.mpc(0, 1) / (z * mp.sqrt(pi)) * sum(mp.fac2(2 * k - 1) / (2 * z * z) ** k for k in range(20))
        return s if y >= 0 else s + 2 * mp.exp(-z * z)


WOFZ = [(complex(x, y),) for x in (0, 1e-9, .3, 1, 1.28, 2.5, 4, 6.2, 9, 27, 300, 1e6) for y in (0, 1e-9, .2, 1.1, 3,
    6.5, 30)]
WOFZ += [(complex(x, y),) for x in (-3, -.4, .4, 3, 8, 20) for y in (-.3, -2, -5)]
WOFZ += [(complex(x, y),) for x, y in [(1e-300, 0), (1e30, 1), (1, 1e30), (1e200, 1e200), (12, -12), (-25, -1e-3),
    (0, -5),
                                       (inf, 0), (0, inf), (nan, 0)]]


# Bessel functions.
def scaled(n):
    def f(x):
        if not mp.isfinite(x):
            return None if mp.isnan(x) else mp.mpf(0)
        if abs(x) > 1e5:
            mu, s, t, k = 4 * n * n, mp.mpf(1), mp.mpf(1), 1
            while k < 40:
                t *= -mp.mpf(mu - (2 * k - 1) ** 2) / (k * 8 * abs(x))
                s, k = s + t, k + 1
            return s / mp.sqrt(2 * pi * abs(x)) * (mp.sign(x) if n == 1 else 1)
        with mp.workdps(max(mp.mp.dps, 100) + 60):
            return mp.besseli(n, x) * mp.exp(-abs(x))
    return f


def parts(n):
    """The derivatives of the scaled function: I0' = I1, I1' = I0 - I1/x."""
    f, g = scaled(0), scaled(1)

    def first(x):
        if not mp.isfinite(x):
            return "skip"
        if x == 0:
            return mp.mpf(0) if n == 0 else half
        with mp.workdps(700 if abs(x) > 1e5 else 100):
            return g(x) - mp.sign(x) * f(x) if n == 0 else f(x) - g(x) / x - mp.sign(x) * g(x)

    def second(x):
        if not mp.isfinite(x) or x == 0:
            return "skip"
        s = mp.sign(x)
        with mp.workdps(1000 if abs(x) > 1e5 else 700 if abs(x) < 1e-20 else 100):
            return 2 * f(x) - g(x) / x - 2 * s * g(x) if n == 0 else \
                2 * g(x) + g(x) * 2 / x ** 2 - f(x) / x - 2 * s * f(x) + 2 * s * g(x) / x
    return first, second


def plain(n):
    def f(x):
        if mp.isnan(x):
            return None
        if abs(x) > 2000:
            return mp.inf if x > 0 or n == 0 else mp.ninf
        return mp.besseli(n, x)
    return f


def plain_first(n):
    return finite(lambda x: (mp.besseli(1, x) if n == 0 else (mp.besseli(0, x) + mp.besseli(2, x)) / 2)
                  if abs(x) < 2000 else "skip")


def plain_second(n):
    return finite(lambda x: ((mp.besseli(0, x) + mp.besseli(2, x)) / 2 if n == 0 else
                             (3 * mp.besseli(1, x) + mp.besseli(3, x)) / 4) if abs(x) < 2000 else "skip")


BESSEL = both(AXIS + [1.5, 5, 7, 7.99, 8.01, 9, 15, 30, 100, 87, 90, 709, 713, 716])
BESSEL_E = BESSEL
JN = [((n,), (x,)) for n in (0, 1, 2, 5, 30) for x in
      (0, 1e-30, 1e-3, .5, .99, 1.01, 2, 2.4, 5, 10, 24, 26, 29, 31, 40, 50, 100, 1000, 1e5, -1.5, -50, inf, nan)]


def jn(n, x):
    if mp.isnan(x):
        return None
    return mp.mpf(0) if mp.isinf(x) else mp.besselj(n, x)


def jn_slope(n, x):
    return mp.besselj(n, x, 1) if mp.isfinite(x) else "skip"


def jn_second(n, x):
    return mp.besselj(n, x, 2) if mp.isfinite(x) else "skip"


# Hypergeometric functions.
def pole(c, *tops):
    return c <= 0 and c == mp.floor(c) and not any(t <= 0 and t == mp.floor(t) and t >= c for t in tops)


def hyp1f1(a, b, x):
    if any(mp.isnan(v) for v in (a, b, x)):
        return None
    if pole(b, a):
        return mp.inf
    if a == 0:
        return mp.mpf(1)
    if mp.isinf(x):
        if x > 0:
            return mp.inf * mp.sign(mp.rgamma(a) * mp.gamma(b))
        return mp.mpf(0) if a > 0 else mp.inf * mp.sign(mp.gamma(b) * mp.rgamma(b - a))
    if x < -5000 and not (a < 0 and a == mp.floor(a)):
        term = total = mp.mpf(1)
        for k in range(100):
            term *= (a + k) * (1 + a - b + k) / ((k + 1) * -x)
            total += term
        return mp.gamma(b) * mp.rgamma(b - a) * (-x) ** -a * total
    return mp.hyp1f1(a, b, x)


def hyp2f1(a, b, c, x):
    if any(mp.isnan(v) for v in (a, b, c, x)):
        return None
    if x == 0:
        return mp.mpf(1)
    if pole(c, a, b):
        return mp.inf
    ends = any(t <= 0 and t == mp.floor(t) for t in (a, b))
    if x > 1 and not ends or x == 1 and not ends and c - a - b <= 0:
        return mp.inf
    return mp.hyp2f1(a, b, c, x)


H1 = [(.5, 1.5, -100), (.01, 150, -100), (1, 2, 0), (0, 0, 1.5), (0, 3, 2), (-2, 3, 4), (-2, -3, 1.5), (1, -1, .5),
    (1, 0, .5),
      (1, 2, 1e-9), (1, 2, -1e-9), (.5, 1.5, -1), (.5, 1.5, 1), (1, 1, -30), (2, 2, 3), (1.5, 2.5, 20), (1.5, 2.5,
          -20),
      (3, 1, -10), (2.5, .5, -7), (-1.5, 2.5, 8), (-10.5, 2.5, 8), (-10.5, 2.5, 60), (-40, 1, 5), (-40, 1.5, 90),
          (-40, 1.5, 300),
      (50, 1, 2), (50, 60, 100), (50, 60, -100), (1e-3, 1e-3, 5), (1e-10, 1, 3), (.5, 1e3, 200), (.5, 1.5, -1e3),
          (.5, 1.5, -1e6),
      (2, 5, -1e10), (.25, .75, -1e30), (1, 2, inf), (1, 2, -inf), (-.5, 2, -inf), (0, 2, inf), (1, 2, nan), (nan, 2,
          1),
      (-.5, -.5, 1), (.5, -1.5, 3), (.5, -1.5, -3), (3.5, -2.25, 10), (1, 1.5, 80), (1, 1.5, -80), (1, 30.5, 45),
          (10, 3, -50),
      (5, 2, -5), (4, 1, -17.5), (8, 2.5, -12), (.1, 20, 180), (1, 500, 690), (-3, 2, 1e6), (-3, 2, -1e6), (1, 3,
          600),
      (3, 7, -600), (1e4, 2, .5), (-1e3, 1.5, .25), (30, .5, -30), (.5, 2, 88), (.5, 2, -88)]
H2 = [(-1, -8, -16, .5), (.5, 1, 1.5, -100), (1, 1, 2, .5), (1, 1, 2, -1), (1, 1, 2, .999), (1, 1, 2, -1e6), (.5, .5,
    1, .9),
      (.5, .5, 1, .99), (.5, .5, 1, .9999999), (.5, .5, 1, -1e10), (.5, .5, 1.5, -3), (.5, .5, 2, 1), (1, 2, 4, 1),
          (1, 2, 3, 1),
      (3, 2, 1, 1), (1, 2, 3, 1.5), (-2, 3, 4, 2.5), (-3, 3, 4, -7), (-3, .5, 1.5, .3), (-20, 21, 1, .25), (-20, 21,
          1, .9),
      (-7, 2.5, 3, 1), (1, 2, -1.5, .3), (1.5, 2, -1.5, -4), (.3, .7, -.5, .95), (1, 1, -1, .5), (1, 1, 0, 0), (-2,
          1, -5, .7),
      (0, 2, 3, .5), (2, 0, 3, -5), (2, 3, 3, .7), (2, 3, 2, -7), (2.5, 3, 3, .7), (.5, 1, 1, -1e5), (10, 12, 15, .5),
      (10, 12, 15, .99), (10, 12, 15, -20), (20, 30, 40, .7), (30, 20, 5, -.3), (1, 1.5, 40, .99), (1, 5, 50, 1), (5,
          5, 1, -3),
      (5, 7, 1, -8348), (8, -6, 7, .9999), (-4.5, 3, 2, .8), (-4.5, -3.25, 2, .97), (-10.5, 12.25, 1.5, .5), (1, 2,
          3, 1e-12),
      (1, 2, 3, -1e-12), (1e-6, 1e-6, 1, .7), (1e-10, 2, 3, -50), (.25, 1.75, 2, -1e30), (.1, .2, .3, .999), (.1, .2,
          .3, -999),
      (.1, .2, .3000001, .99), (1, 2, 3.0000001, .9), (1, 2, 5, .999), (2, 2, 2.5, -1), (4, 2.5, 3, -2), (-8, -16,
          .5, .5),
      (nan, 1, 2, .5), (1, 1, 2, nan), (.5, 1.5, 2.5, .75), (.5, 1.5, 2.5, .25), (-.5, .5, 1, .5), (-.5, .5, 1, .999),
      (-.5, .5, 1, 1)]


def by_x(f, shift):
    def slope(*p):
        p = list(p)
        if not all(mp.isfinite(v) for v in p) or abs(p[-1]) >= 1e20 or p[-1] >= 1 and len(p) == 4:
            return "skip"
        if p[shift] <= 0 and p[shift] == mp.floor(p[shift]):
            return "skip"
        up = [v + 1 for v in p[:-1]] + [p[-1]]
        front = p[0] / p[1] if len(p) == 3 else p[0] * p[1] / p[2]
        try:
            return front * f(*up)
        except NoConvergence:
            return "skip"
    return slope


def by_parameter(f, i, low, high):
    """The derivative by a parameter, in ordinary places."""
    def slope(*p):
        x, c = p[-1], p[-2]
        if not all(mp.isfinite(v) for v in p) or not low <= x <= high or c <= 0 or x >= 1 and len(p) == 4:
            return "skip"
        if any(abs(v) > 20 for v in p[:-1]):
            return "skip"
        h = mp.mpf(10) ** -25 * max(abs(p[i]), mp.mpf(10) ** -3)
        with mp.workdps(90):
            up, down = list(p), list(p)
            up[i], down[i] = p[i] + h, p[i] - h
            try:
                return (f(*up) - f(*down)) / (2 * h)
            except NoConvergence:
                return "skip"
    return slope


# Legendre functions.
def legendre(m, l, x):
    """By sums, of which derivatives can be taken at the ends as well."""
    c = mp.mpf(0)
    for k in range((l - m) // 2 + 1):
        c += (-1) ** k * mp.factorial(2 * l - 2 * k) \
            / (mp.factorial(k) * mp.factorial(l - k) * mp.factorial(l - m - 2 * k)) \
            * (x ** (l - m - 2 * k) if l - m - 2 * k else 1)
    return (-1) ** m * mp.sqrt((1 - x) * (1 + x)) ** m * c / mp.mpf(2) ** l


POINTS = (-1, -.99, -.3, -1e-9, 0, .2, .6, .99, .999999, 1)
ORDERS = [(0, 0), (0, 1), (1, 1), (0, 2), (1, 2), (2, 2), (1, 5), (3, 5), (2, 7), (7, 7), (0, 12), (5, 12), (12, 12)]


def norm(m, l):
    return mp.sqrt((2 * l + 1) / (4 * pi) * mp.factorial(l - m) / mp.factorial(l + m))


def legendre_slope(m, l, x):
    if abs(x) == 1:
        if m == 1:
            return mp.inf * mp.mpf(x) ** l
        if m == 0:
            return mp.mpf(x) ** (l + 1) * l * (l + 1) / 2
        if m > 2:
            return mp.mpf(0)
        return -mp.mpf(x) ** (l + 1) * (l + 2) * (l + 1) * l * (l - 1) / 4
    with mp.workdps(100):
        return ((l * x * legendre(m, l, x) - (l + m) * (legendre(m, l - 1, x) if l > m else 0)) / (x * x - 1))


def harmonic(n, m, theta, phi):
    k = abs(m)
    y = norm(k, n) * legendre(k, n, mp.cos(theta)) * mp.expj(k * phi)
    return y if m >= 0 else mp.conj(y) * (-1) ** k


HARMONICS = [((n, m), (complex(t), complex(p))) for n, m in [(0, 0), (1, 0), (1, 1), (1, -1), (2, 1), (3, -2), (5,
    5), (9, 4)]
             for t, p in [(.3, .7), (1.5, 4), (3, -2), (1e-5, .1), (2.2, 0), (1e-3, 100)]]


class Complex(Function):
    """A function with a complex value, and derivatives of none of its arguments. The dtypes are those of the parts."""

    def point(self, dtype, p):
        static, args = p if self.static else ((), p)
        parts = [[exact(complex(a).real, dtype), exact(complex(a).imag, dtype)] for a in args]
        number = [mp.mpc(re[0], im[0]) for re, im in parts]
        line = {"dtype": dtype, "args": [[re[1], im[1]] for re, im in parts]}
        if static:
            line["static"] = list(static)
        want = self.truth(*static, *number)
        want = (None, None) if want is None else (mp.re(want), mp.im(want))
        most = float(np.finfo(BITS[dtype][0]).max)
        line["want"] = [spell(v if v is None or abs(v) <= most else mp.inf * mp.sign(v)) for v in want]
        return line, [complex(n) for n in number], static, want

    def worst(self, function, points):
        return {}


WHY_ZERO = "near a zero: some units in the last place of the waves' size"


def near_zero(size, limit=64):
    """A limit for each point that allows for `limit` ulp of the waves."""
    def why(line):
        x, want = float(line["args"][-1]), line["want"]
        if want in ("nan", "inf", "-inf", "0") or not np.isfinite(x) or x == 0:
            return None
        r = size(abs(x)) / abs(float(want)) * 8 if float(want) else 0
        return (round(r), WHY_ZERO) if r > limit else None
    return why


C = ("complex64", "complex128")
# First derivatives of I0e and I1e up to 8 are differences of the two, which float32 has to some units; the second
# derivatives of Chebyshev series are less exact where their pieces meet, at 8 here and at 4 of Dawsn.
E0, E1 = scaled(0), scaled(1)
main([
    Function("special.Exp1", lambda x: expn_truth(mp.mpf(1), x), narrow([0.0] + AXIS + [inf, -1, nan, 1.5, 5, 90,
             105, 708]),
             d={0: lambda x: expn_slope(mp.mpf(1), x)}, dd={0: lambda x: mp.exp(-x) / x * (1 + 1 / x)
                                                            if x > 0 and mp.isfinite(x) else "skip"},
             ulp=64, dulp=16, ddulp=16, scipy=sp.exp1, jax=js.exp1),
    Function("special.Expn", expn_truth, {"float64": EXPN, "float32": [p for p in EXPN if p[1] != 1e-300]},
             d={1: expn_slope}, ulp=64, dulp=64,
             scipy=lambda n, x: sp.expn(n, x), jax=js.expn),
    Function("special.Expi", real(lambda x: mp.ninf if x == 0 else mp.ei(x), mp.inf, mp.mpf(0)), narrow(EXPI),
             d={0: finite(lambda x: mp.exp(x) / x if x else "skip")},
             dd={0: finite(lambda x: mp.exp(x) * (x - 1) / x ** 2
                                                                                 if x and x != 1 else "skip")},
             dulp=16, ddulp=64, scipy=sp.expi, jax=js.expi),
    Function("special.Spence", real(spence, mp.ninf, nan), narrow(SPENCE), d={0: spence_slope}, dd={0: spence_second},
             dulp=16, ddulp=64, scipy=sp.spence, jax=js.spence),
    Function("special.Sici[0]", real(mp.si, pi / 2, -pi / 2), narrow(SICI), d={0: finite(lambda x: mp.sinc(x))},
             dd={0: finite(sinc_slope)}, dulp=16, ddulp=64, scipy=lambda x: sp.sici(x)[0],
             jax=lambda x: js.sici(x)[0]),
    Function("special.Sici[1]", real(ci, mp.mpf(0), nan), narrow(SICI),
             d={0: finite(lambda x: mp.cos(x) / x if x else "skip")},
             dulp=16, scipy=lambda x: sp.sici(x)[1], jax=lambda x: js.sici(x)[1], why=near_zero(lambda x: 1 / max(x,
             .5))),
    Function("special.Fresnel[0]", fresnel(mp.fresnels), narrow(FRESNEL, 1e14, 1e-12), d={0: finite(sin2)},
             dd={0: finite(lambda x: pi * x * cos2(x))}, dulp=16, ddulp=16, scipy=lambda x: sp.fresnel(x)[0],
             jax=lambda x: js.fresnel(x)[0]),
    Function("special.Fresnel[1]", fresnel(mp.fresnelc), narrow(FRESNEL, 1e14), d={0: finite(cos2)},
             dd={0: finite(lambda x: -pi * x * sin2(x))}, dulp=16, ddulp=16, scipy=lambda x: sp.fresnel(x)[1],
             jax=lambda x: js.fresnel(x)[1]),
    Function("special.Erfcx", real(erfcx, mp.mpf(0), mp.inf), narrow(ERFCX),
             d={0: finite(lambda x: erfcx_slope(x) if x > -1e4 else "skip")},
             dd={0: finite(lambda x: erfcx_second(x) if x > -1e4 else "skip")}, dulp=64, ddulp=256, scipy=sp.erfcx,
             jax=js.erfcx
             if hasattr(js, "erfcx") else None),
    Function("special.Dawsn", real(dawsn, mp.mpf(0), mp.mpf(0)), narrow(DAWSN), d={0: finite(dawsn_slope)},
             dd={0: finite(dawsn_second)}, dulp=512, ddulp=256, scipy=sp.dawsn, jax=js.dawsn if hasattr(js,
             "dawsn") else None),
    Complex("special.Wofz", wofz, WOFZ, dtypes=C),
    Function("special.I0", plain(0), narrow(BESSEL), d={0: plain_first(0)}, dd={0: plain_second(0)}, dulp=16,
             ddulp=64,
             scipy=sp.i0, jax=js.i0),
    Function("special.I1", plain(1), narrow(BESSEL), d={0: plain_first(1)}, dd={0: plain_second(1)}, dulp=16,
             ddulp=64,
             scipy=sp.i1, jax=js.i1),
    Function("special.I0e", E0, narrow(BESSEL_E), d={0: parts(0)[0]}, dd={0: parts(0)[1]}, dulp={"float32": 512,
             "float64": 64}, ddulp=8192,
             scipy=sp.i0e, jax=js.i0e),
    Function("special.I1e", E1, narrow(BESSEL_E), d={0: parts(1)[0]}, dd={0: parts(1)[1]}, dulp={"float32": 512,
             "float64": 64}, ddulp=8192,
             scipy=sp.i1e, jax=js.i1e),
    Function("special.BesselJn", jn, JN, static=True, d={0: jn_slope}, dd={0: jn_second}, ulp=64, dulp=512, ddulp=512,
             why=near_zero(lambda x: .5 / max(1, x) ** .5), scipy=sp.jv, jax=lambda n, x: js.bessel_jn(np.array([x]),
             v=n)[n][0]),
    Function("special.Hyp1F1", hyp1f1, H1, d={0: by_parameter(hyp1f1, 0, -60, 60), 1: by_parameter(hyp1f1, 1, -60,
             60),
                                              2: by_x(hyp1f1, 1)}, dulp=64,
             why=lambda line: (1024, "a polynomial of degree 1000") if line["args"][0] == "-1e3" else None,
             scipy=sp.hyp1f1, jax=js.hyp1f1),
    Function("special.Hyp2F1", hyp2f1, H2, d={i: by_parameter(hyp2f1, i, -20,
             .95) for i in range(3)} | {3: by_x(hyp2f1, 2)},
             dulp=64, scipy=sp.hyp2f1, jax=lambda *a: js.hyp2f1(*[np.asarray(v) for v in a])),
    Function("special.Lpmn[0]", lambda m, l, x: legendre(m, l, x), [(o, (x,)) for o in ORDERS for x in POINTS],
             static=True,
             d={0: lambda m, l, x: legendre_slope(m, l, x) if abs(x) < 1 else "skip"}, dulp=64),
    Function("special.Lpmn[1]", legendre_slope, [(o, (x,)) for o in ORDERS for x in POINTS], static=True),
    Function("special.LpmnValues", lambda m, l, x: norm(m, l) * legendre(m, l, x), [(o,
             (x,)) for o in ORDERS for x in POINTS],
             static=True, d={0: lambda m, l, x: norm(m, l) * legendre_slope(m, l, x) if abs(x) < 1 else "skip"},
             dulp=64),
    Complex("special.SphHarmY", lambda n, m, t, p: harmonic(n, m, mp.re(t), mp.re(p)), HARMONICS, static=True,
             dtypes=C),
])
