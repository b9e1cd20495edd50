# Writes jax.jsonl, the figures of JAX and SciPy for rotation_test.go: python3 figures.py > jax.jsonl
import sys
from pathlib import Path

import numpy as np
import jax.numpy as jnp
from jax.scipy.spatial.transform import Rotation as R, Slerp
import scipy.spatial.transform as sp

sys.path.insert(0, str(Path(__file__).resolve().parents[4] / "tests" / "testdata"))
from rows import grid, show  # noqa: E402

q, v = grid(6, 4), grid(6, 3)
r = R.from_quat(q)
show("quat", r.as_quat(), r.as_quat(canonical=True), r.as_quat(scalar_first=True))
show("scalar first", sp.Rotation.from_quat(np.asarray(q), scalar_first=True).as_quat())
show("matrix", r.as_matrix(), R.from_matrix(r.as_matrix()).as_quat(canonical=True))
turns = R.from_euler("xyz", jnp.array([[np.pi, 0, 0], [0, np.pi, 0], [0, 0, np.pi], [0.1, 0.2, 0.3]]))
show("four formulas", R.from_matrix(turns.as_matrix()).as_matrix())
show("mrp", r.as_mrp(), R.from_mrp(v).as_quat())
show("rotvec", r.as_rotvec(), r.as_rotvec(degrees=True))
small = jnp.array([[0.0, 0, 0], [1e-4, 0, 0], [0, 1e-3, 1e-3], [0.1, -0.2, 0.3], [3, 1, -2]])
show("of rotvec", R.from_rotvec(small).as_quat(), R.from_rotvec(100 * small, degrees=True).as_quat())
show("back", R.from_rotvec(small[:4]).as_rotvec())
for seq in ["xyz", "zyx", "yzx", "XYZ", "ZXY", "zxz", "XYX", "YZY"]:
    show("euler " + seq, R.from_euler(seq, v / 2).as_quat(), R.from_euler(seq, 60 * v, degrees=True).as_quat(),
         r.as_euler(seq), r.as_euler(seq, degrees=True))
locked = R.from_euler("xyz", jnp.array([[0.3, np.pi / 2, 0], [0.3, -np.pi / 2, 0.5]]))
same = R.from_euler("zxz", jnp.array([[0.3, 0, 0.2]]))
show("few axes", R.from_euler("z", 90, degrees=True).as_quat(), R.from_euler("y", v[:, :1]).as_quat(),
     R.from_euler("XZ", v[:, :2]).as_quat())
p = R.from_quat(grid(7, 4)[1:])
show("mul", (r * p).as_quat(), r.inv().as_quat(), r.magnitude())
show("apply", r.apply(v), r.apply(v[0]), r[2].apply(v), r.apply(v, inverse=True))
show("mean", r.mean().as_matrix(), r.mean(jnp.arange(1.0, 7)).as_matrix())
show("pow", (sp.Rotation.from_quat(np.asarray(q[:3])) ** 0.5).as_matrix())
s = Slerp.init(jnp.array([0, 1, 3, 4.0]), r[:4])
show("slerp", s(jnp.array([0, 0.25, 1, 2.5, 3, 4])).as_matrix(), s(1.5).as_matrix())
