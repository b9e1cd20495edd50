# Writes jax.jsonl, the figures of JAX and SciPy for vq_test.go: python3 figures.py > jax.jsonl
import sys
from pathlib import Path

import numpy as np
from jax.scipy.cluster.vq import vq
import scipy.cluster.vq as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "tests" / "testdata"))
from rows import grid, show  # noqa: E402

x, book = grid(40, 3), grid(4, 3)
show("vq", *vq(x, book), *vq(x[:, 0], book[:, 0]), *vq(np.arange(6), np.array([1, 4])))
flat = np.concatenate([x, np.full((40, 1), 2, np.float32)], 1)
show("whiten", sp.whiten(x), np.concatenate([sp.whiten(x), flat[:, 3:]], 1))
show("kmeans", *sp.kmeans(x, book), *sp.kmeans(x[:, 0], book[:, 0]))
show("kmeans2", *sp.kmeans2(x, book, minit="matrix"), *sp.kmeans2(x, book, 2, minit="matrix"))
