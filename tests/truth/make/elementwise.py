"""The elementwise functions of jnp. See common.py."""
import jax.numpy as jnp
import mpmath as mp
import numpy as np
from common import Function, main

EXP = [-800, -745.2, -708.5, -104, -88.5, -40, -17.5, -1, -.5, -1e-3, -1e-9, -1e-30, -0.0, 0, 1e-300, 1e-30, 1e-9,
       1e-3, .3, .5, 1, 2, 5, 10, 17.5, 40, 88.5, 89, 104, 500, 709.5, 710, np.inf, -np.inf, np.nan]

main([
    Function("jnp.Exp", lambda x: mp.exp(x), EXP, ulp=4, d=(0,), dd=(0,), scipy=np.exp, jax=jnp.exp),
])
