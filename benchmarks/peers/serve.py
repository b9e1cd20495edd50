"""Does work.py's work as it is asked to. Each line that is read, a JSON object, asks for something, and is answered by
one; arrays lie in .npy files."""
import gc
import json
import os
import signal
import statistics
import sys
import time
import warnings

import numpy as np

import figures
import work
from work import jax, jnp, scipy, torch

signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal's: the process ends with its input
warnings.simplefilter("ignore")
answers, sys.stdout = sys.stdout, sys.stderr  # what libraries print must not come between
inputs, calls = {}, {}


def settle():
    """Waits until the process is idle: the threads of OpenBLAS spin for a while after a call."""
    for i in range(100):
        before = time.process_time()
        time.sleep(0.003)
        if time.process_time() - before < 0.001:
            time.sleep(0.1 if i else 0)
            return


def load(q):
    """The inputs of a row, and no longer those of the one before."""
    inputs.clear()
    calls.clear()
    gc.collect()
    if jax:
        jax.config.update("jax_enable_x64", q["x64"])
    if torch:
        torch.compiler.reset()
    inputs["numpy"] = [np.load(f) if isinstance(f, str) else f for f in q["inputs"]]


def of(library):
    """The inputs as arrays of the library. One that is a number is a key."""
    if library not in inputs:
        host = inputs["numpy"]
        if library == "jax":
            inputs[library] = [jax.random.key(a) if isinstance(a, int) else jnp.asarray(a) for a in host]
        else:
            inputs[library] = [a if isinstance(a, int) else torch.from_numpy(a) for a in host]
    return inputs[library]


def leaves(y):
    return [a for b in y for a in leaves(b)] if isinstance(y, (tuple, list)) else [np.asarray(y)]


def run(q):
    """The first call, and its results. "jax eager" is not jitted, "torch eager" not compiled."""
    by, library = q["by"], q["by"].split()[0]
    entry = work.WORK[q["work"]]
    entire = entry.get(by, entry[library])
    if entire is None:
        return {"absent": True}
    x = of(library)
    f = lambda *x: entire(*x, *q["args"])
    if by == "jax":
        f = jax.jit(f)
    if by == "torch":
        f = torch.compile(f)
    calls[by] = (lambda: jax.block_until_ready(f(*x))) if library == "jax" else (lambda: f(*x))
    start = time.perf_counter()
    y = calls[by]()
    first = time.perf_counter() - start
    files = []
    for i, a in enumerate(leaves(y)):
        files.append(os.path.join(q["folder"], f"out{i}.npy"))
        np.save(files[-1], a)
    return {"first": first * 1e3, "results": files}


def timed(q):
    """Milliseconds of a call, the median and the least of a round."""
    f, all = calls[q["by"]], []
    if q["warm"]:
        f()
    begin = now = time.perf_counter()
    while not all or now - begin < q["seconds"]:
        start = now
        f()
        now = time.perf_counter()
        all.append(now - start)
    return {"typical": statistics.median(all) * 1e3, "least": min(all) * 1e3}


def figure(q):
    return {"value": figures.FIGURES[q["work"]]()}


def version(module):
    return module and module.__version__


OPERATIONS = {"load": load, "run": run, "time": timed, "figure": figure}
print(json.dumps({"numpy": np.__version__, "scipy": version(scipy), "jax": version(jax), "torch": version(torch)}),
      file=answers, flush=True)
for line in sys.stdin:
    q = json.loads(line)
    try:
        answer = OPERATIONS[q["op"]](q) or {}
    except Exception as e:  # of a row: the next may do
        answer = {"error": f"{type(e).__name__}: {e}"[:300]}
    settle()
    print(json.dumps(answer), file=answers, flush=True)
