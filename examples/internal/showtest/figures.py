"""The arrays of a port of a program in JAX, computed by its original on a CPU, into its testdata: figures.py hmc

Those that are kept are by jax 0.10.2 and optax 0.2.8.
"""
import importlib
import json
import sys
from pathlib import Path

import numpy as np

name = sys.argv[1]
folder = Path(__file__).parents[2] / name
sys.path.insert(0, str(folder))
values = {k: np.asarray(v).tolist() for k, v in importlib.import_module(name).run().items()}
(folder / "testdata" / "jax.json").write_text(json.dumps(values, indent=1) + "\n")
