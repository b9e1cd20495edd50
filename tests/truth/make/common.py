"""What the scripts of this folder share: they write ../testdata/PACKAGE/FUNCTION.jsonl, the truth that tests/truth
holds gojax to. Run one of them as

    python elementwise.py [NAME ...]     # all functions of the script, or those named: jnp.Exp special.Gamma

with mpmath, numpy, scipy and jax installed. The first line of a file is about the function:

    {"function": "special.Gamma", "source": "mpmath 1.4.1 gamma", "ulp": 64, "scipy": {"float64": 3.1}, "jax": {...}}

ulp is the error that is allowed, in units in the last place, scipy and jax the worst errors of these libraries at the
points of the file; "wrong" stands for a NaN, an infinity or a zero where there is a finite answer, or the reverse. Each
further line is a point:

    {"dtype": "float64", "args": ["0.5", "inf"], "want": "1.7724538509055160273", "d": ["-3.4802", null], "dd": [...]}

args are decimals that are exact in the dtype once they are read; an argument of a complex dtype, and its value, is a
pair. d are the first derivatives by each argument, dd the second by the same argument twice; null, and a missing field,
is not tested. A point may have an ulp of its own (and "dulp", "ddulp" for the derivatives), with a "why", and "static",
integers that are no arrays. A value that rounds to infinity in the dtype is one, and "-0" asks for the sign.
"""
import json
import math
import os
import sys
import warnings

import mpmath as mp
import numpy as np

warnings.filterwarnings("ignore")
np.seterr(all="ignore")
mp.mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "testdata")
BITS = {"float32": (np.float32, 24, -126), "float64": (np.float64, 53, -1022),
        "complex64": (np.float32, 24, -126), "complex128": (np.float64, 53, -1022)}


def spell(x, digits=20):
    """x with 20 digits, 0 or infinite far beyond all dtypes; None, which is no value, is NaN."""
    if x is None:
        return "nan"
    if isinstance(x, (tuple, list)):
        return [spell(part, digits) for part in x]
    if isinstance(x, str):
        return x
    if isinstance(x, float) and x == 0 and math.copysign(1, x) < 0:
        return "-0"
    x = mp.mpmathify(x)
    if isinstance(x, mp.mpc):
        if x.imag != 0:
            raise ValueError(f"{x} is not real")
        x = x.real
    if mp.isnan(x):
        return "nan"
    if abs(x) > mp.mpf(10) ** 400:
        return "inf" if x > 0 else "-inf"
    if abs(x) < mp.mpf(10) ** -400:
        return "0"
    return mp.nstr(x, digits, min_fixed=-5, max_fixed=20).removesuffix(".0")


def ulps(got, want, dtype):
    """The error of got in units in the last place of want, or "wrong". Of a complex number want is the two parts."""
    kind, bits, low = BITS[dtype]
    if isinstance(want, (tuple, list)):
        parts = [mp.nan if v is None else mp.mpf(v) for v in want]
        for g, w in zip((got.real, got.imag), parts):
            if not math.isfinite(g) and (e := ulps(g, w, dtype)) != 0:
                return e
        rest = [(float(g), w) for g, w in zip((got.real, got.imag), parts) if math.isfinite(g)]
        size = max([mp.mpf(2) ** low] + [abs(w) for _, w in rest])
        off = mp.sqrt(sum([(w - g) ** 2 for g, w in rest], mp.mpf(0)))
        return float(off / mp.mpf(2) ** (mp.floor(mp.log(size, 2)) - bits + 1))
    want, got = mp.mpmathify(want), float(got)
    most = mp.mpf(float(np.finfo(kind).max))
    if mp.isnan(want) or math.isnan(got):
        return 0.0 if mp.isnan(want) == math.isnan(got) else "wrong"
    if abs(want) > most * (1 + mp.mpf(2) ** -(bits + 1)):
        return 0.0 if math.isinf(got) and (got > 0) == (want > 0) else "wrong"
    if math.isinf(got):
        return "wrong"
    tiny = mp.mpf(2) ** low
    if abs(want) < tiny:  # subnormals may be flushed
        return 0.0 if abs(got) <= tiny else "wrong"
    if got == 0:
        return "wrong"
    ulp = mp.mpf(2) ** (mp.floor(mp.log(abs(want), 2)) - bits + 1)
    return float(abs(mp.mpf(got) - want) / ulp)


def exact(x, dtype):
    """x rounded to the dtype, as a float, and spelled; of a complex dtype, both of its parts."""
    kind = BITS[dtype][0]
    if dtype.startswith("complex"):
        part = "float32" if dtype == "complex64" else "float64"
        (re, a), (im, b) = exact(x.real, part), exact(x.imag, part)
        return complex(re, im), [a, b]
    x = kind(float(x))
    s = str(x) if not np.isfinite(x) else np.format_float_scientific(x, trim="-", exp_digits=1)
    s = s.removesuffix("e+0").replace("e+", "e")
    return float(x), "-0" if x == 0 and np.signbit(x) else s


class Function:
    """A function and its truth.

    name     as gojax has it: "special.Gamma", "jnp.Exp", "stats.Norm.LogPDF"
    truth    of mpmath numbers (mpf), one for each argument, with the static integers before them: the value as an
             mpmath number, or None where it is NaN. An argument that is infinite or NaN is a float.
    points   a list of tuples of arguments (or of plain numbers), for every dtype; or a dictionary of them by dtype
    static   True if points are ((integers...), (arguments...))
    d, dd    the arguments by which the first and second derivatives are tested: indices. Derivatives are mp.diff of
             truth, or given: {index: function of the same arguments}; one gives "skip" where there is none to test.
    ulp      the error that is allowed, for all dtypes or by dtype; dulp, ddulp the same of derivatives (default: 4 ulp)
    scipy, jax  the functions of these libraries, of NumPy arrays
    why      a function of the spelled point to more fields of it, {"ulp": ..., "why": ...}, or (ulp, why), or None
    signed   True if truth is to see -0, as a float
    """

    def __init__(self, name, truth, points, source=None, static=False, d=(), dd=(), ulp=64, dulp=None, ddulp=None,
                 scipy=None, jax=None, why=None, signed=False, dtypes=("float32", "float64")):
        self.__dict__.update({k: v for k, v in locals().items() if k != "self"})

    def derivative(self, given, i, order, static, args):
        if isinstance(given, dict) and given[i] is not None:
            return given[i](*static, *args)
        if not all(mp.isfinite(a) for a in args):
            return "skip"
        f = lambda x: self.truth(*static, *args[:i], x, *args[i + 1:])
        x = args[i]
        with mp.workdps(mp.mp.dps + (max(0, int(-mp.log10(abs(x)))) if x != 0 else 0)):
            return mp.diff(f, x, order, h=mp.mpf(10) ** -18 * (abs(x) if x != 0 else 1))

    def point(self, dtype, p):
        static, args = p if self.static else ((), p)
        args = args if isinstance(args, (tuple, list)) else (args,)
        values = [exact(a, dtype) for a in args]
        line = {"dtype": dtype, "args": [s for _, s in values]}
        if static:
            line["static"] = list(static)
        number = [v if isinstance(v, complex) else mp.mpf(v)
                  if math.isfinite(v) and not (self.signed and s == "-0") else v for v, s in values]
        want = self.truth(*static, *number)
        line["want"] = spell(want)
        for key, given, order in (("d", self.d, 1), ("dd", self.dd, 2)):
            out = []
            for i in range(len(args)):
                v = self.derivative(given, i, order, static, number) if i in given else "skip"
                out.append(None if isinstance(v, str) and v == "skip" else spell(v))
            if any(v is not None for v in out):
                line[key] = out
        if self.why and (w := self.why(line)):
            line |= dict(zip(("ulp", "why"), w)) if isinstance(w, tuple) else w
        return line, [v for v, _ in values], static, want

    def worst(self, function, points):
        """The worst errors of another library, by dtype."""
        out = {}
        for line, values, static, want in points:
            dtype = line["dtype"]
            try:
                kind = BITS[dtype][0] if not dtype.startswith("complex") else np.dtype(dtype).type
                got = np.asarray(function(*static, *[kind(v) for v in values]))
                if got.dtype != BITS[dtype][0] and dtype == "float32":
                    got = got.astype(np.float32)
                e = ulps(got, mp.nan if want is None else mp.mpf(want) if isinstance(want, str) else want, dtype)
            except Exception:
                e = "wrong"
            out[dtype] = "wrong" if "wrong" in (e, out.get(dtype)) else max(out.get(dtype, 0), float(f"{e:.3g}"))
        return out

    def write(self):
        folder, _, name = self.name.partition(".")
        points = []
        seen = set()
        for dtype in self.dtypes:
            for p in self.points[dtype] if isinstance(self.points, dict) else self.points:
                made = self.point(dtype, p)
                key = json.dumps([made[0]["dtype"], made[0]["args"], made[0].get("static")])
                if key not in seen:
                    seen.add(key)
                    points.append(made)
        head = {"function": self.name, "source": self.source or f"mpmath {mp.__version__}", "ulp": self.ulp}
        for k in ("dulp", "ddulp"):
            if getattr(self, k) is not None:
                head[k] = getattr(self, k)
        for k in ("scipy", "jax"):
            if getattr(self, k):
                head[k] = self.worst(getattr(self, k), points)
        os.makedirs(os.path.join(DATA, folder), exist_ok=True)
        with open(os.path.join(DATA, folder, name + ".jsonl"), "w") as out:
            for line in [head] + [p[0] for p in points]:
                out.write(json.dumps(line) + "\n")
        print(f"{self.name}: {len(points)} points, scipy {head.get('scipy')}, jax {head.get('jax')}", flush=True)


def main(functions):
    import jax
    jax.config.update("jax_enable_x64", True)
    for f in functions:
        if len(sys.argv) < 2 or f.name in sys.argv[1:]:
            f.write()
