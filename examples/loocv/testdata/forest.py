"""What scikit-learn's forests of 100 trees leave as the error of examples/loocv -model forest, for three seeds. A split
needs 4 different observations there, about as many as 6 draws of a bootstrap sample have: python forest.py"""
import jax
import jax.numpy as jnp
import numpy as np
from sklearn.ensemble import RandomForestRegressor

jax.config.update("jax_enable_x64", True)
n, p = 200, 20
keys = jax.random.split(jax.random.key(11), 3)
x = jax.random.normal(keys[0], (n, p))
b = jnp.where(jnp.arange(p) < p // 4, jax.random.normal(keys[1], (p,)), 0)
x, y = np.array(x), np.array(x @ b + jax.random.normal(keys[2], (n,)) * 2)
for seed in range(3):
    error = 0
    for i in range(n):
        f = RandomForestRegressor(100, max_features=p // 3, min_samples_split=4, random_state=1000 * seed + i)
        others = np.arange(n) != i
        error += (f.fit(x[others], y[others]).predict(x[i : i + 1])[0] - y[i]) ** 2 / n
    print(error)
