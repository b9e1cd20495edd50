"""Results of jax.scipy.optimize and scipy.optimize, for the tests: python figures.py > figures.jsonl"""
import json
import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp
import numpy as np
import scipy.optimize as so
from jax.scipy.optimize import minimize


def row(kind, name, **values):
    plain = lambda v: np.asarray(v, float).ravel().tolist()
    print(json.dumps({"kind": kind, "name": name, **{k: plain(v) for k, v in values.items()}}))


def rosenbrock(x):
    return jnp.sum(100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11.0) ** 2 + (x[0] + x[1] ** 2 - 7.0) ** 2


def matyas(x):
    return 0.26 * (x[0] ** 2 + x[1] ** 2) - 0.48 * x[0] * x[1]


def soft(x):
    return jnp.sum(jnp.log(jnp.cosh(x - jnp.linspace(-1.0, 2.0, x.shape[0])))) + 0.5 * jnp.sum(x**2)


STARTS = {
    "rosenbrock": (rosenbrock, [[-1.2, 1.0], [0.0, 0.0], [-1.0, 0.5, 0.2, 1.5, -0.7]]),
    "himmelblau": (himmelblau, [[0.0, 0.0], [-2.0, 3.0], [4.0, -2.5]]),
    "matyas": (matyas, [[8.0, -3.0]]),
    "soft": (soft, [[3.0, -1.0, 0.5, 2.0]]),
}
for name, (f, starts) in STARTS.items():
    for x0 in starts:
        x0 = np.array(x0)
        for method in ("BFGS", "l-bfgs-experimental-do-not-rely-on-this"):
            r = minimize(f, x0, method=method)
            extra = {} if r.hess_inv is None else {"hess_inv": r.hess_inv}
            row("BFGS" if method == "BFGS" else "LBFGS", name, x0=x0, x=r.x, fun=r.fun, jac=r.jac, success=r.success,
                status=r.status, nit=r.nit, nfev=r.nfev, njev=r.njev, **extra)
        r = so.minimize(f, x0, method="Nelder-Mead")
        row("NelderMead", name, x0=x0, x=r.x, fun=r.fun, success=r.success, nit=r.nit, nfev=r.nfev)
        if name == "himmelblau":
            continue
        g = jax.grad(f)
        h = jax.hessian(f)
        r = so.minimize(f, x0, jac=g, hess=h, method="Newton-CG", options={"xtol": 1e-9})
        row("NewtonCG", name, x0=x0, x=r.x, fun=r.fun, success=r.success)

SCALAR = {
    "cubic": (lambda x: x**3 - 1, lambda x: 3 * x**2, lambda x: 6 * x, [0.0, 3.0], 0.2),
    "cosine": (lambda x: np.cos(x) - x, lambda x: -np.sin(x) - 1, lambda x: -np.cos(x), [0.0, 1.0], 0.5),
    "kepler": (lambda x: x - 0.9 * np.sin(x) - 1.3, lambda x: 1 - 0.9 * np.cos(x), lambda x: 0.9 * np.sin(x),
               [0.0, 3.0], 1.3),
    "steep": (lambda x: np.exp(x) - 1e4, np.exp, np.exp, [-5.0, 20.0], 8.0),
    "ninth": (lambda x: (x - 0.3) ** 9, lambda x: 9 * (x - 0.3) ** 8, lambda x: 72 * (x - 0.3) ** 7, [-1.0, 2.0], 1.0),
    "end": (lambda x: x * (x - 2), lambda x: 2 * x - 2, lambda x: 2.0, [0.0, 1.5], 0.5),
    "no": (lambda x: x**2 + 1, lambda x: 2 * x, lambda x: 2.0, [-1.0, 2.0], 0.5),
}
for name, (f, d, d2, bracket, x0) in SCALAR.items():
    for method in ("brentq", "bisect", "newton", "halley", "secant"):
        try:
            r = so.root_scalar(f, bracket=bracket, x0=x0, fprime=d, fprime2=d2, method=method)
        except ValueError:
            continue
        row(method, name, bracket=bracket, x0=x0, x=r.root, success=r.converged, nit=r.iterations,
            nfev=r.function_calls)

MINIMA = {
    "parabola": (lambda x: (x - 2) ** 2 + 1, [-1.0, 4.0]),
    "cosh": (lambda x: np.cosh(x - 0.7) + 0.1 * x, [-3.0, 2.0]),
    "quartic": (lambda x: x**4 - 3 * x**3 + 2, [-1.0, 4.0]),
    "wave": (lambda x: np.sin(x) + 0.1 * x, [3.0, 7.0]),
    "edge": (lambda x: np.exp(x), [1.0, 2.0]),
}
for name, (f, bounds) in MINIMA.items():
    r = so.minimize_scalar(f, bounds=bounds, method="bounded")
    row("bounded", name, bounds=bounds, x=r.x, fun=r.fun, nit=r.nit, nfev=r.nfev, success=r.success)
    if name == "edge":
        continue
    for method in ("brent", "golden"):
        r = so.minimize_scalar(f, method=method)
        row(method, name, x=r.x, fun=r.fun, nit=r.nit, nfev=r.nfev, success=r.success)

ROOTS = {
    "system": (lambda x: [x[0] * np.cos(x[1]) - 4, x[1] * x[0] - x[1] - 5], [1.0, 1.0]),
    "broyden": (lambda x: np.concatenate([[(3 - 2 * x[0]) * x[0] - 2 * x[1] + 1],
                                          (3 - 2 * x[1:-1]) * x[1:-1] - x[:-2] - 2 * x[2:] + 1,
                                          [(3 - 2 * x[-1]) * x[-1] - x[-2] + 1]]), [-1.0] * 7),
    "chandrasekhar": (lambda x: np.array([x[0] ** 2 + x[1] ** 2 - 4, np.exp(x[0]) + x[1] - 1]), [1.0, -1.0]),
}
for name, (f, x0) in ROOTS.items():
    r = so.root(f, x0, tol=1e-13)
    row("root", name, x0=x0, x=r.x, success=r.success)

rng = np.random.default_rng(3)
x = np.linspace(0, 4, 30)
decay = lambda x, a, b, c: a * np.exp(-b * x) + c
y = decay(x, 2.5, 1.3, 0.5) + 0.1 * rng.normal(size=x.size)
sigma = 0.05 + 0.1 * rng.uniform(size=x.size)
cov = np.diag(sigma**2) + 0.001
peak = lambda x, a, m, s: a * np.exp(-0.5 * ((x - m) / s) ** 2)
z = peak(x, 3.0, 1.8, 0.4) + 0.05 * rng.normal(size=x.size)
FITS = {
    "decay": (decay, y, [1.0, 1.0, 1.0], {}),
    "weighted": (decay, y, [1.0, 1.0, 1.0], {"sigma": sigma}),
    "correlated": (decay, y, [1.0, 1.0, 1.0], {"sigma": cov, "absolute_sigma": True}),
    "peak": (peak, z, [1.0, 1.0, 1.0], {}),
    "scaled": (lambda x, a, b: a * (1 - np.exp(-b * x)), 238.0 * (1 - np.exp(-5.5e-4 * x * 150)) + y,
               [500.0, 0.0001], {}),
}
row("data", "x", x=x)
for name, (f, y, p0, options) in FITS.items():
    xs = x * 150 if name == "scaled" else x
    p, c = so.curve_fit(f, xs, y, p0=p0, ftol=1e-14, xtol=1e-14, gtol=1e-14, **options)
    row("fit", name, y=y, p0=p0, p=p, cov=c, sigma=options.get("sigma", []))

# Moré, Garbow, Hillstrom (1981): nonlinear least squares.
LEAST = {
    "rosenbrock": (lambda x: np.array([10 * (x[1] - x[0] ** 2), 1 - x[0]]), [-1.2, 1.0]),
    "helical": (lambda x: np.array([10 * (x[2] - 10 * np.arctan2(x[1], x[0]) / (2 * np.pi)),
                                    10 * (np.hypot(x[0], x[1]) - 1), x[2]]), [-1.0, 0.1, 0.0]),
    "bard": (lambda x: np.array([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.1,
                                 4.39]) - (x[0] + np.arange(1, 16) / ((16 - np.arange(1, 16)) * x[1]
                                          + np.minimum(np.arange(1, 16), 16 - np.arange(1, 16)) * x[2])), [1.0] * 3),
    "powell": (lambda x: np.array([x[0] + 10 * x[1], np.sqrt(5) * (x[2] - x[3]), (x[1] - 2 * x[2]) ** 2,
                                   np.sqrt(10) * (x[0] - x[3]) ** 2]), [3.0, -1.0, 0.0, 1.0]),
}
for name, (f, x0) in LEAST.items():
    r = so.least_squares(f, x0, method="lm", ftol=1e-15, xtol=1e-15, gtol=1e-15)
    row("least", name, x0=x0, x=r.x, cost=r.cost)
