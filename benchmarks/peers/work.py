"""What the rows of go run ./benchmarks do, in NumPy, JAX and PyTorch, of which an interpreter need not have all."""
import functools

import numpy as np

try:
    import jax
    import jax.numpy as jnp
    from jax import lax
    from jax import random as r
    from jax.scipy import special as jsp
except ImportError:
    jax = jnp = None
try:
    import scipy
    import scipy.linalg
    from scipy import special as nsp
except ImportError:
    scipy = nsp = None
try:
    import torch
    import torch.nn.functional as F
except ImportError:
    torch = None

rng = np.random.default_rng(0)


def every(f, **other):
    """One function of the library and the inputs for all three, but for those given."""
    return {"numpy": functools.partial(f, np), "jax": functools.partial(f, jnp), "torch": functools.partial(f, torch),
            **other}


def both(f, torch=None, **other):
    """The same for NumPy and JAX."""
    return {**every(f), "torch": torch, **other}


def jaxed(f, numpy=None, torch=None):
    return {"numpy": numpy, "jax": f, "torch": torch}


def drawn(of_numpy, of_jax, of_torch=None):
    return {"numpy": lambda _, n: of_numpy(n), "jax": of_jax, "torch": of_torch and (lambda _, n: of_torch(n))}


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def logsumexp(x):
    most = x.max(1)
    return np.log(np.exp(x - most[:, None]).sum(1)) + most


def set_row(x):
    x = x.copy() if isinstance(x, np.ndarray) else x.clone()
    x[5] = 1.0
    return x


def log_of_uniform(n):
    return np.log(rng.random(n, np.float32))


def metropolis_numpy(n, keep):
    x, total = np.zeros(1000, np.float32), np.zeros(1000, np.float32)
    for _ in range(500):
        to = x + rng.standard_normal(1000, np.float32)
        x = np.where(log_of_uniform(1000) < (x * x - to * to) / 2, to, x)
        if keep:
            total += x
    return total / 500 if keep else x


def metropolis_means(key):
    def one(key):
        def step(c, _):
            x, key = c
            key, move, toss = r.split(key, 3)
            to = x + r.normal(move)
            x = jnp.where(jnp.log(r.uniform(toss)) < (x * x - to * to) / 2, to, x)
            return (x, key), x

        return lax.scan(step, (jnp.float32(0), key), None, length=500)[1].mean()

    return jax.vmap(one)(r.split(key, 1000))


def metropolis_last(key):
    def step(x, key):
        move, toss = r.split(key)
        to = x + r.normal(move)
        return jnp.where(jnp.log(r.uniform(toss)) < (x * x - to * to) / 2, to, x), None

    return jax.vmap(lambda key: lax.scan(step, jnp.float32(0), r.split(key, 500))[0])(r.split(key, 1000))


def leaps(q, p, force, size=0.2, n=10):
    p = p - size / 2 * force(q)
    for i in range(n):
        q = q + size * p
        p = p - (size if i < n - 1 else size / 2) * force(q)
    return q, p


def hmc(key):
    energy = lambda x: (x * x).sum() / 2

    def step(c, _):
        x, key = c
        key, push, toss = r.split(key, 3)
        p = r.normal(push, (10,))
        q, after = leaps(x, p, jax.grad(energy))
        take = jnp.log(r.uniform(toss)) < energy(x) + energy(p) - energy(q) - energy(after)
        return (jnp.where(take, q, x), key), None

    return jax.vmap(lambda key: lax.scan(step, (jnp.zeros(10), key), None, length=100)[0][0])(r.split(key, 1000))


def hmc_numpy():
    energy, x = lambda x: (x * x).sum(1) / 2, np.zeros((1000, 10), np.float32)
    for _ in range(100):
        p = rng.standard_normal((1000, 10), np.float32)
        q, after = leaps(x, p, lambda x: x)
        take = log_of_uniform(1000) < energy(x) + energy(p) - energy(q) - energy(after)
        x = np.where(take[:, None], q, x)
    return x


def scalar_scan(c, n):
    return lax.scan(lambda c, _: (c * 0.999 + 0.1, c), c, None, length=n)


def matrix_scan(c, n):
    return lax.scan(lambda c, _: (c @ c * 0.5 + c * 0.1, c[0, 0]), c, None, length=n)


def loop(step):
    """A loop of Python's over as many steps, and what it passes."""
    def run(c, n):
        y = np.empty(n, np.float32)
        for i in range(n):
            c, y[i] = step(c)
        return c, y

    return run


def scan_loss(c, n):
    last, every = scalar_scan(c, n)
    return last * last + every.mean()


def matrix_scan_loss(c, n):
    last, every = matrix_scan(c, n)
    return last.sum() + every.sum()


def sine_loop(c, xs):
    for x in np.sin(xs):
        c = c * np.float32(0.99) + x
    return c


def tanh_scan(c):
    return lax.scan(lambda c, _: (jnp.tanh(c @ c) * 0.5 + c * 0.1, None), c, None, length=1000)[0].sum()


def residual(w, xs):
    return lax.scan(lambda c, x: (jnp.tanh(c @ w + x), None), jnp.zeros(32), xs)[0].sum()


def newton(a):
    def one(a):
        return lax.while_loop(lambda s: jnp.abs(s * s - a) > 1e-5 * a, lambda s: 0.5 * (s + a / s), a)

    return jax.vmap(one)(a)


def newton_numpy(a):
    s = a.copy()
    while True:
        wrong = np.abs(s * s - a) > np.float32(1e-5) * a
        if not wrong.any():
            return s
        s = np.where(wrong, np.float32(0.5) * (s + a / s), s)


def descent(n, loss):
    """A step of gradient descent of the first n arrays; the others are data."""
    def of_jax(*x):
        g = jax.grad(lambda p: loss(jnp, p, x[n:]))(list(x[:n]))
        return [p - 0.1 * g for p, g in zip(x, g)]

    def of_torch(*x):
        p = [a.detach().requires_grad_() for a in x[:n]]
        g = torch.autograd.grad(loss(torch, p, x[n:]), p)
        return [(a - 0.1 * g).detach() for a, g in zip(p, g)]

    return {"numpy": None, "jax": of_jax, "torch": of_torch}


def cross_entropy(xp, logits, y):
    if xp is torch:
        return F.cross_entropy(logits, y.long())
    return -jax.nn.log_softmax(logits)[jnp.arange(len(y)), y].mean()


def mlp_loss(xp, w, data):
    return cross_entropy(xp, xp.tanh(xp.tanh(data[0] @ w[0]) @ w[1]) @ w[2], data[1])


def cnn_loss(xp, w, data):
    h = data[0]
    for kernel in w[:2]:
        if xp is torch:
            h = torch.relu(F.conv2d(h, kernel, stride=2, padding=1))
        else:
            h = jax.nn.relu(lax.conv_general_dilated(h, kernel, (2, 2), ((1, 1), (1, 1))))
    return cross_entropy(xp, h.reshape(len(h), -1) @ w[2], data[1])


def transformer(xp, x, q, k, v, o, w1, w2):
    def norm(x):
        if xp is torch:
            return F.layer_norm(x, x.shape[-1:])
        return jax.nn.standardize(x, axis=-1, epsilon=1e-5)

    h = norm(x)
    heads = [(h @ w).reshape(*x.shape[:2], 8, -1) for w in (q, k, v)]
    if xp is torch:
        a = F.scaled_dot_product_attention(*(h.transpose(1, 2) for h in heads)).transpose(1, 2)
        gelu = lambda x: F.gelu(x, approximate="tanh")
    else:
        a, gelu = jax.nn.dot_product_attention(*heads), jax.nn.gelu
    x = x + a.reshape(x.shape) @ o
    return x + gelu(norm(x) @ w1) @ w2


def network_loss(xp, p, x):
    for w, b in zip(p[:20], p[20:]):
        x = xp.tanh(x @ w + b)
    return x


def network_gradient(*x):
    return jax.grad(lambda p: (network_loss(jnp, p, x[-1]) ** 2).sum())(list(x[:-1]))


def network_gradient_torch(*x):
    p = [a.detach().requires_grad_() for a in x[:-1]]
    return torch.autograd.grad((network_loss(torch, p, x[-1]) ** 2).sum(), p)


def kalman_step(xp, solve, dtype):
    a, h = xp.eye(4, dtype=dtype) + 0.1 * xp.eye(4, k=2, dtype=dtype), xp.eye(4, dtype=dtype)[:2]
    q, noise = 0.01 * xp.eye(4, dtype=dtype), xp.eye(2, dtype=dtype)

    def step(c, y):
        mean, cov = c
        mean, cov = a @ mean, a @ cov @ a.T + q
        seen = h @ cov
        gain = solve(seen @ h.T + noise, seen).T
        mean = mean + gain @ (y - h @ mean)
        return (mean, cov - gain @ seen), mean

    return step, (xp.zeros(4, dtype), xp.eye(4, dtype=dtype))


def kalman(ys):
    step, start = kalman_step(jnp, jnp.linalg.solve, ys.dtype)
    return lax.scan(step, start, ys)[1]


def kalman_numpy(ys):
    step, c = kalman_step(np, np.linalg.solve, ys.dtype)
    means = []
    for y in ys:
        c, mean = step(c, y)
        means.append(mean)
    return np.stack(means)


def leave_one_out(xp, x, y, i):
    weighted = x * (xp.arange(len(y)) != i).astype(x.dtype)[:, None]
    b = xp.linalg.solve(weighted.T @ x + xp.eye(x.shape[1], dtype=x.dtype), weighted.T @ y)
    return y[i] - x[i] @ b


def lorenz_slope(xp, v):
    x, y, z = v[..., 0], v[..., 1], v[..., 2]
    return xp.stack([10 * (y - x), x * (28 - z) - y, x * y - z * (8 / 3)], -1)


def lorenz_step(xp, v, dt=0.01):
    k1 = lorenz_slope(xp, v)
    k2 = lorenz_slope(xp, v + dt / 2 * k1)
    k3 = lorenz_slope(xp, v + dt / 2 * k2)
    k4 = lorenz_slope(xp, v + dt * k3)
    return v + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)


def lorenz_loop(xp, v):
    for _ in range(1000):
        v = lorenz_step(xp, v)
    return v


LATTICE_X, LATTICE_Y = [0, 1, 0, -1, 0, 1, -1, -1, 1], [0, 0, 1, 0, -1, 1, 1, -1, -1]
LATTICE_W = np.array([4 / 9] + [1 / 9] * 4 + [1 / 36] * 4, np.float32).reshape(9, 1, 1)


def lattice_step(xp, f, w, cx, cy):
    roll = torch.roll if xp is torch else xp.roll
    f = xp.stack([roll(f[i], (LATTICE_X[i], LATTICE_Y[i]), (0, 1)) for i in range(9)])
    rho = f.sum(0)
    ux, uy = (f * cx).sum(0) / rho, (f * cy).sum(0) / rho
    cu = cx * ux + cy * uy
    rest = w * rho * (1 + 3 * cu + 4.5 * cu * cu - 1.5 * (ux * ux + uy * uy))
    return f + 0.6 * (rest - f)


def lattice(xp, noise):
    asarray = torch.from_numpy if xp is torch else xp.asarray
    w, cx, cy = (asarray(np.array(a, np.float32).reshape(9, 1, 1)) for a in (LATTICE_W, LATTICE_X, LATTICE_Y))
    f = w * (1 + noise)
    if xp is jnp:
        return lax.fori_loop(0, 100, lambda _, f: lattice_step(jnp, f, w, cx, cy), f)
    for _ in range(100):
        f = lattice_step(xp, f, w, cx, cy)
    return f


def evidence(xp, p, x, y):
    x = x / xp.exp(p[0])
    norms = (x * x).sum(1)
    d = norms[:, None] + norms - 2 * x @ x.T
    l = xp.linalg.cholesky(xp.exp(-0.5 * d) + xp.exp(p[1]) * xp.eye(len(d), dtype=x.dtype))
    if xp is torch:
        a = torch.cholesky_solve(y[:, None], l)[:, 0]
    else:
        a = (jax.scipy if xp is jnp else scipy).linalg.cho_solve((l, True), y)
    diagonal = torch.diagonal(l) if xp is torch else xp.diagonal(l)
    return -0.5 * y @ a - xp.log(diagonal).sum()


def evidence_gradient_torch(p, x, y):
    p = p.detach().requires_grad_()
    return torch.autograd.grad(evidence(torch, p, x, y), p)[0]


def standardised_loop(x):
    y = np.empty_like(x)
    for j in range(x.shape[1]):
        v = x[:, j]
        y[:, j] = (v - v.mean()) / v.std()
    return y


def correlations(xp, x, y):
    x, y = x - x.mean(0), y - y.mean(0)
    return (x * y).sum(0) / xp.sqrt((x * x).sum(0) * (y * y).sum(0))


def correlation(x, y):
    x, y = x - x.mean(), y - y.mean()
    return (x * y).sum() / jnp.sqrt((x * x).sum() * (y * y).sum())


def columns(f, axes):
    return jax.vmap(f, in_axes=axes, out_axes=1 if axes == 1 else 0)


def segments(x, s, n):
    return torch.zeros((n, *x.shape[1:])).index_add_(0, s, x)


def segments_numpy(x, s, n):
    if x.ndim == 1:
        return np.bincount(s, x, n)
    y = np.zeros((n, *x.shape[1:]), x.dtype)
    np.add.at(y, s, x)
    return y


def conv(x, w):
    return lax.conv_general_dilated(x, w, (1, 1), "SAME")


WORK = {
    "exp3sin": every(lambda xp, x: xp.exp(x) + 3 * xp.sin(x)),
    "add": every(lambda xp, x: x + x),
    "exp": every(lambda xp, x: xp.exp(x)),
    "tanh": every(lambda xp, x: xp.tanh(x)),
    "log": every(lambda xp, x: xp.log(x)),
    "pow": every(lambda xp, x: x**1.7),
    "erf": jaxed(lambda x: jsp.erf(x), lambda x: nsp.erf(x), lambda x: torch.erf(x)),
    "lgamma": jaxed(lambda x: jsp.gammaln(x), lambda x: nsp.gammaln(x), lambda x: torch.lgamma(x)),
    "digamma": jaxed(lambda x: jsp.digamma(x), lambda x: nsp.digamma(x), lambda x: torch.digamma(x)),
    "where": every(lambda xp, x: xp.where(x > 0, x, 0), numpy=lambda x: np.where(x > 0, x, np.float32(0))),
    "sum": every(lambda xp, x: x.sum()),
    "sum axis": every(lambda xp, x, axis: x.sum(axis)),
    "var": both(lambda xp, x: x.var(0), lambda x: x.var(0, correction=0)),
    "max": both(lambda xp, x: x.max(1), lambda x: x.amax(1)),
    "argmax": every(lambda xp, x: xp.argmax(x, -1)),
    "cumsum": every(lambda xp, x: xp.cumsum(x, 0)),
    "softmax": jaxed(lambda x: jax.nn.softmax(x, -1), softmax, lambda x: torch.softmax(x, -1)),
    "logsumexp": jaxed(lambda x: jsp.logsumexp(x, 1), logsumexp, lambda x: torch.logsumexp(x, 1)),
    "nanmean": every(lambda xp, x: xp.nanmean(x, 0)),
    "pairwise": every(lambda xp, x: xp.sqrt(((x[:, None] - x[None]) ** 2).sum(-1))),
    "sort": both(lambda xp, x: xp.sort(x), lambda x: torch.sort(x).values),
    "argsort": every(lambda xp, x: xp.argsort(x)),
    "median": both(lambda xp, x: xp.median(x, axis=-1), lambda x: torch.quantile(x, 0.5, -1)),
    "quantile": every(lambda xp, x: xp.quantile(x, 0.3)),
    "unique": jaxed(lambda x: jnp.unique(x, size=1000), lambda x: np.unique(x), lambda x: torch.unique(x)),
    "searchsorted": every(lambda xp, a, v: xp.searchsorted(a, v)),
    "histogram": both(lambda xp, x: xp.histogram(x, bins=50)[0], lambda x: torch.histogram(x, 50)[0]),
    "bincount": jaxed(lambda x: jnp.bincount(x, length=1000), lambda x: np.bincount(x),
                      lambda x: torch.bincount(x, minlength=1000)),
    "topk": jaxed(lambda x: lax.top_k(x, 100), lambda x: -np.sort(np.partition(-x, 100)[:100]),
                  lambda x: torch.topk(x, 100)),
    "take": every(lambda xp, x, i: x[i]),
    "scatter add": jaxed(lambda i, x: jnp.zeros(1000).at[i].add(x), lambda i, x: np.bincount(i, x, 1000),
                         lambda i, x: segments(x, i, 1000)),
    "segment sum": jaxed(lambda x, s, n: jax.ops.segment_sum(x, s, num_segments=n), segments_numpy,
                         lambda x, s, n: segments(x, s, n)),
    "at set": jaxed(lambda x: x.at[5].set(1.0), set_row, set_row),
    "roll": every(lambda xp, x: xp.roll(x, 7) + x),
    "transpose": jaxed(lambda x: x.T + 0, lambda x: np.ascontiguousarray(x.T), lambda x: x.T.contiguous()),
    "concat": every(lambda xp, x: xp.concatenate([x, x])),
    "kron": every(lambda xp, a, b: xp.kron(a, b)),
    "convolve": both(lambda xp, x, k: xp.convolve(x, k),
                     lambda x, k: F.conv1d(x[None, None], k.flip(0)[None, None], padding=len(k) - 1)[0, 0]),
    "matmul": every(lambda xp, a, b: a @ b),
    "xtx": every(lambda xp, x: x.T @ x),
    "gram": every(lambda xp, x: x.T @ x / len(x) + xp.eye(len(x), dtype=x.dtype)),
    "einsum": every(lambda xp, a, b: xp.einsum("bij,bkj->bik", a, b),
                    numpy=lambda a, b: np.einsum("bij,bkj->bik", a, b, optimize=True)),
    "cholesky": every(lambda xp, a: xp.linalg.cholesky(a)),
    "qr": every(lambda xp, a: xp.linalg.qr(a)),
    "svd": every(lambda xp, a: xp.linalg.svd(a)),
    "solve": every(lambda xp, a, b: xp.linalg.solve(a, b)),
    "inv": every(lambda xp, a: xp.linalg.inv(a)),
    "eigh": every(lambda xp, a: xp.linalg.eigh(a)),
    "slogdet": every(lambda xp, a: xp.linalg.slogdet(a)),
    "triangular": jaxed(lambda a, b: jax.scipy.linalg.solve_triangular(a, b, lower=True),
                        lambda a, b: scipy.linalg.solve_triangular(a, b, lower=True),
                        lambda a, b: torch.linalg.solve_triangular(a, b, upper=False)),
    "fft": every(lambda xp, x: xp.fft.fft(x)),
    "rfft": every(lambda xp, x: xp.fft.rfft(x)),
    "fft2": every(lambda xp, x: xp.fft.fft2(x)),
    "conv2d": jaxed(conv, None, lambda x, w: F.conv2d(x, w, padding=1)),
    "normal": drawn(lambda n: rng.standard_normal(n, np.float32), lambda k, n: r.normal(k, (n,)),
                    lambda n: torch.randn(n)),
    "normal square": drawn(lambda n: rng.standard_normal((n, n), np.float32), lambda k, n: r.normal(k, (n, n)),
                           lambda n: torch.randn(n, n)),
    "uniform": drawn(lambda n: rng.random(n, np.float32), lambda k, n: r.uniform(k, (n,)), lambda n: torch.rand(n)),
    "permutation": drawn(lambda n: rng.permutation(n), lambda k, n: r.permutation(k, n), lambda n: torch.randperm(n)),
    "gamma": drawn(lambda n: rng.standard_gamma(2.5, n, np.float32), lambda k, n: r.gamma(k, 2.5, (n,))),
    "poisson": drawn(lambda n: rng.poisson(4, n), lambda k, n: r.poisson(k, 4.0, (n,)),
                     lambda n: torch.poisson(torch.full((n,), 4.0))),
    "beta": drawn(lambda n: rng.beta(2, 3, n), lambda k, n: r.beta(k, 2, 3, (n,))),
    "binomial": drawn(lambda n: rng.binomial(10, 0.3, n), lambda k, n: r.binomial(k, 10, 0.3, (n,))),
    "categorical": drawn(lambda n: rng.choice(10, n, p=np.arange(1, 11) / 55),
                         lambda k, n: r.categorical(k, jnp.log(jnp.arange(1, 11)), shape=(n,)),
                         lambda n: torch.multinomial(torch.arange(1, 11) / 55, n, replacement=True)),
    "metropolis": jaxed(metropolis_means, lambda _: metropolis_numpy(1000, True)),
    "metropolis last": jaxed(metropolis_last, lambda _: metropolis_numpy(1000, False)),
    "hmc": jaxed(hmc, lambda _: hmc_numpy()),
    "scan": jaxed(scalar_scan, loop(lambda c: (c * np.float32(0.999) + np.float32(0.1), c))),
    "scan 3x3": jaxed(matrix_scan, loop(lambda c: (c @ c * 0.5 + c * 0.1, c[0, 0]))),
    "grad scan": jaxed(lambda c, n: jax.grad(scan_loss)(c, n)),
    "grad scan 3x3": jaxed(lambda c, n: jax.grad(matrix_scan_loss)(c, n)),
    "scan sin": jaxed(lambda c, xs: lax.scan(lambda c, x: (c * 0.99 + jnp.sin(x), None), c, xs)[0], sine_loop),
    "grad scan 32x32": jaxed(lambda c: jax.grad(tanh_scan)(c)),
    "grad residual": jaxed(lambda w, xs: jax.grad(residual)(w, xs)),
    "newton": jaxed(newton, newton_numpy),
    "grad network": jaxed(network_gradient, None, network_gradient_torch),
    "network step": descent(40, lambda xp, p, data: (network_loss(xp, p, data[0]) ** 2).sum(1).mean()),
    "mlp": descent(3, mlp_loss),
    "cnn": descent(3, cnn_loss),
    "transformer": jaxed(lambda *x: transformer(jnp, *x), None, lambda *x: transformer(torch, *x)),
    "transformer step": descent(7, lambda xp, p, _: (transformer(xp, *p) ** 2).mean()),
    "kalman": jaxed(kalman, kalman_numpy),
    "leave one out": jaxed(lambda x, y: jax.vmap(lambda i: leave_one_out(jnp, x, y, i))(jnp.arange(len(y))),
                           lambda x, y: np.array([leave_one_out(np, x, y, i) for i in range(len(y))])),
    # PyTorch compiles a loop with its steps written out: minutes, and gigabytes.
    "lorenz": {**jaxed(lambda v: lax.fori_loop(0, 1000, lambda _, v: lorenz_step(jnp, v), v),
                       lambda v: lorenz_loop(np, v)), "torch eager": lambda v: lorenz_loop(torch, v)},
    "lattice boltzmann": every(lattice, torch=None, **{"torch eager": lambda x: lattice(torch, x)}),
    "gaussian process": every(evidence),
    "grad gaussian process": jaxed(lambda p, x, y: jax.grad(lambda p: evidence(jnp, p, x, y))(p), None,
                                   evidence_gradient_torch),
    "ranged columns": jaxed(lambda x: columns(lambda v: v / (v.max() - v.min()), 1)(x),
                            lambda x: np.apply_along_axis(lambda v: v / (v.max() - v.min()), 0, x),
                            lambda x: x / (x.amax(0) - x.amin(0))),
    # Jitted, JAX computes the mean of a column anew for each element: minutes.
    "standardised columns": {
        "jax": None,
        "jax eager": lambda x: columns(lambda v: (v - v.mean()) / v.std(), 1)(x),
        "numpy": lambda x: (x - x.mean(0)) / x.std(0),
        "torch": lambda x: (x - x.mean(0)) / x.std(0, correction=0),
    },
    "standardised columns, a loop": {"numpy": standardised_loop, "jax": None, "torch": None},
    "correlations": every(correlations, jax=lambda x, y: columns(correlation, (1, 1))(x, y)),
}
