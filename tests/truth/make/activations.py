"""The activations of nn. See common.py."""
import jax
import mpmath as mp
from calculus import derivative, line, real
from common import Function, main

inf, ZERO = mp.inf, mp.mpf(0)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def gelu(x):
    u = mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x ** 3)
    return x * sigmoid(2 * u)


def exact_gelu(x):
    return x * mp.erfc(-x / mp.sqrt(2)) / 2 if abs(x) < 1e5 else max(x, ZERO)


def elu(x):
    return x if x > 0 else mp.expm1(x)


ALPHA, SCALE = mp.mpf("1.6732632423543772848170429916717"), mp.mpf("1.0507009873554804934193349852946")


def clip(x, lo, hi):
    return max(lo, min(x, hi))


def log1m_exp(x):
    if x < 0:
        return None
    return (mp.log1p(-mp.exp(-x)) if x > 1 else mp.log(-mp.expm1(-x))) if x else -inf


def sparse_plus(x):
    return ZERO if x <= -1 else x if x >= 1 else (x + 1) ** 2 / 4


nn = jax.nn
MORE = (-.5, -5, 6.5, 18, -18, -37, -20, 700, -709, -745)
# name, function, at -inf, at inf, JAX's, kinks
ROWS = [
    ("Relu", lambda x: max(x, ZERO), ZERO, inf, nn.relu, (0,)),
    ("Relu6", lambda x: clip(x, ZERO, mp.mpf(6)), ZERO, mp.mpf(6), nn.relu6, (0, 6)),
    ("Sigmoid", sigmoid, ZERO, mp.mpf(1), nn.sigmoid, ()),
    ("LogSigmoid", lambda x: -softplus(-x), -inf, ZERO, nn.log_sigmoid, ()),
    ("Softplus", softplus, ZERO, inf, nn.softplus, ()),
    ("SoftSign", lambda x: x / (1 + abs(x)), mp.mpf(-1), mp.mpf(1), nn.soft_sign, (0,)),
    ("Silu", lambda x: x * sigmoid(x), ZERO, inf, nn.silu, ()),
    ("Elu", elu, mp.mpf(-1), inf, nn.elu, (0,)),
    ("Celu", elu, mp.mpf(-1), inf, nn.celu, (0,)),
    ("Selu", lambda x: SCALE * (x if x > 0 else ALPHA * mp.expm1(x)), -SCALE * ALPHA, inf, nn.selu, (0,)),
    ("Gelu", gelu, ZERO, inf, nn.gelu, ()),
    ("GeluExact", exact_gelu, ZERO, inf, lambda x: nn.gelu(x, approximate=False), ()),
    ("LeakyRelu", lambda x: x if x >= 0 else x * mp.mpf("0.01"), -inf, inf, nn.leaky_relu, (0,)),
    ("HardTanh", lambda x: clip(x, mp.mpf(-1), mp.mpf(1)), mp.mpf(-1), mp.mpf(1), nn.hard_tanh, (-1, 1)),
    ("HardSigmoid", lambda x: clip(x + 3, ZERO, mp.mpf(6)) / 6, ZERO, mp.mpf(1), nn.hard_sigmoid, (-3, 3)),
    ("HardSilu", lambda x: x * clip(x + 3, ZERO, mp.mpf(6)) / 6, ZERO, inf, nn.hard_silu, (-3, 3)),
    ("Mish", lambda x: x * mp.tanh(softplus(x)), ZERO, inf, nn.mish, ()),
    ("SquarePlus", lambda x: (x + mp.sqrt(x * x + 4)) / 2 if x > 0 else 2 / (mp.sqrt(x * x + 4) - x), ZERO, inf,
     nn.squareplus, ()),
    ("SparsePlus", sparse_plus, ZERO, inf, nn.sparse_plus, (-1, 1)),
    ("SparseSigmoid", lambda x: clip((x + 1) / 2, ZERO, mp.mpf(1)), ZERO, mp.mpf(1), nn.sparse_sigmoid, (-1, 1)),
    ("Log1mExp", log1m_exp, None, ZERO, nn.log1mexp, (0,)),
]

TINY = (1e-310, 1e-40)  # which are taken for zero, where there may be a kink
# Far below 0 these are as exact as their exponents, which are rounded; and derivatives of all of them have zeros.
TAILS = {"float32": 128, "float64": 1024}
ZEROS = {"ulp": 4, "dulp": 16, "ddulp": 128}
LIMITS = {"Gelu": {"ulp": TAILS, "dulp": TAILS, "ddulp": TAILS},
          "GeluExact": {"ulp": TAILS, "dulp": {"float32": 512, "float64": 1024}, "ddulp": TAILS},  # a zero at -0.7518
          "Mish": ZEROS, "Silu": ZEROS}
main([Function("nn." + name, real(f, low, high), line(MORE, TINY), **LIMITS.get(name, {"ulp": 4, "ddulp": 8}),
               d={0: derivative(f, 1, kinks=kinks)}, dd={0: derivative(f, 2, kinks=kinks)}, jax=jax_)
      for name, f, low, high, jax_, kinks in ROWS])
