# Writes the programs of this folder, with JAX 0.10.2: python3 programs.py
import re

import jax
import jax.numpy as jnp
import numpy as np
from jax import export

jax.config.update("jax_hlo_source_file_canonicalization_regex", ".*/")  # files without their folders


def write(name, f, *args, vjp=0, platforms=None, **kwargs):
    e = export.export(jax.jit(f), platforms=platforms)(*args, **kwargs)
    with open(name + ".jax_export", "wb") as file:
        file.write(e.serialize(vjp_order=vjp))
    return e


def layer(p, x, n):
    return {"y": jnp.tanh(x @ p["w"] + p["b"]), "n": n + 1}


x = np.arange(6, dtype=np.float32).reshape(2, 3) / 6
p = {"w": np.linspace(-1, 1, 12, dtype=np.float32).reshape(3, 4), "b": np.ones(4, np.float32)}
e = write("layer", layer, p, x, np.int32(3), vjp=1)
print("layer", e.call(p, x, np.int32(3)))
print("layer's gradient", jax.grad(lambda p: layer(p, x, 3)["y"].sum())(p))
write("cholesky", jnp.linalg.cholesky, np.eye(3, dtype=np.float32), platforms=["cuda", "cpu"])
write("scaled", lambda x, *, scale: (x * scale, [x]), np.ones(3, np.float32), scale=np.float32(2))
e = write("normal", lambda k: jax.random.normal(k, (3,)), jax.random.key(0))
print("normal", e.call(jax.random.key(1)))
(b,) = export.symbolic_shape("b")
write("symbolic", lambda x: jnp.sin(x).sum(0), jax.ShapeDtypeStruct((b, 3), np.float32))
write("squared", lambda x: (jnp.sin(x) ** 2).sum(), np.ones(2, np.float32), vjp=2)
write("unused", lambda x, y: y + 1, np.ones(3, np.float32), np.ones(2, np.float32))
e = export.export(jax.jit(lambda x: jnp.sort(x)[::-1]))(np.ones(5, np.float32))
with open("sorted.mlir", "w") as file:
    text = re.sub(r" loc\((?:[^()]|\([^()]*\))*\)", "", e.mlir_module())
    file.write("\n".join(line for line in text.splitlines() if line and line[0] != "#") + "\n")
e = export.export(jax.jit(lambda x: jax.ffi.ffi_call("nowhere", x)(x)),
                  disabled_checks=[export.DisabledSafetyCheck.custom_call("nowhere")])(np.ones(3, np.float32))
with open("custom.jax_export", "wb") as file:
    file.write(e.serialize())
