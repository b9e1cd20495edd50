"""Prints the polynomials of package ops, which approximate parts of special functions: their coefficients for float32
and for float64, the lowest power first. A polynomial goes through the function at Chebyshev's points, in 60 digits, and
has the least degree with which the relative error is small enough.

    python coefficients.py
"""
import mpmath as mp

mp.mp.dps = 60
FROM = mp.mpf(13) / 2  # ops: stirlingFrom


def fit(f, a, b, degree):
    """The coefficients of the polynomial, and its largest relative error."""
    n = degree + 1
    at = [(a + b) / 2 + (b - a) / 2 * mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
    c = [f(u) for u in at]
    for j in range(1, n):
        for i in range(n - 1, j - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (at[i] - at[i - j])
    p = [mp.mpf(0)]
    for i in range(n - 1, -1, -1):
        p = [(p[k - 1] if k else 0) - (p[k] * at[i] if k < len(p) else 0) for k in range(len(p) + 1)]
        p[0] += c[i]
    p = p[:n]
    error = max(abs(mp.polyval(p[::-1], u) / f(u) - 1) for u in mp.linspace(a, b, 201))
    return p, error


def show(name, f, a, b, tolerance=(-26, -55)):
    print(name)
    for bits, digits in zip(tolerance, (10, 18)):
        degree = 1
        while (made := fit(f, mp.mpf(a), mp.mpf(b), degree))[1] > mp.mpf(2) ** bits:
            degree += 1
        print("   ", ", ".join(mp.nstr(v, digits, min_fixed=-5, max_fixed=20) for v in made[0]))


def rest(x):
    return mp.loggamma(x) - (x - mp.mpf(1) / 2) * mp.log(x) + x - mp.log(2 * mp.pi) / 2


def erfcx(u):
    """(1+2x)·exp(x²)·erfc(x), where u is (x-3)/(x+3)."""
    if u > 1 - mp.mpf(10) ** -3:
        return 2 / mp.sqrt(mp.pi) * (1 + (1 - u) / 12)
    x = 3 * (1 + u) / (1 - u)
    return (1 + 2 * x) * mp.exp(x * x) * mp.erfc(x)


zero = mp.findroot(lambda x: mp.psi(0, x), 1.4616)
tiny = mp.mpf(10) ** -12
for row in (
    ("gammaFit", lambda t: mp.loggamma(2 + t) / t if t else mp.psi(0, 2), -.5, .5),
    ("stirlingFit", lambda w: rest(1 / mp.sqrt(w)) / mp.sqrt(w), tiny, 1 / FROM ** 2, (-22, -48)),
    ("sinPiFit", lambda w: mp.sinpi(mp.sqrt(w)) / mp.sqrt(w), tiny, .25),
    ("digammaFit", lambda t: mp.psi(0, zero + t) / t if t else mp.psi(1, zero), -.4, .4),
    ("digammaRest", lambda w: (-mp.log(w) / 2 - mp.sqrt(w) / 2 - mp.psi(0, 1 / mp.sqrt(w))) / w, mp.mpf(10) ** -10,
     1 / FROM ** 2, (-20, -46)),
    ("log1pFit", lambda w: (mp.atanh(mp.sqrt(w)) - mp.sqrt(w)) / mp.sqrt(w) ** 3, tiny, .0625),
    ("erfFit", lambda w: mp.erf(mp.sqrt(w)) / mp.sqrt(w), tiny, .25),
    ("erfcxFit", erfcx, -1, 1 - tiny, (-26, -54)),
):
    show(*row)
