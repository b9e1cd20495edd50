"""Writes optax.jsonl: what optax makes of fixed gradients, and its schedules. The tests read it.

Run it with JAX 0.10.2 and optax 0.2.8: python make.py > optax.jsonl
"""

import json

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import optax

STEPS = 8
rng = np.random.default_rng(14)
SHAPES = {"A": (3,), "B": (2, 3), "C": ()}
params = {k: np.round(rng.normal(size=s), 4) for k, s in SHAPES.items()}
grads = [{k: np.round(rng.normal(size=s), 4) for k, s in SHAPES.items()} for _ in range(STEPS)]


def write(**line):
    print(json.dumps(line))


def flat(p):
    return [float(x) for k in sorted(p) for x in np.ravel(np.asarray(p[k], np.float64))]


def matrices(p):
    return {k: jnp.ndim(v) > 1 for k, v in p.items()}


cosine = optax.cosine_decay_schedule(0.3, 6)
falling = optax.linear_schedule(0.1, 0.01, 5)
chain, adam, sgd = optax.chain, optax.adam, optax.sgd

cases = {
    "sgd": sgd(0.1),
    "sgd cosine": sgd(cosine),
    "sgd momentum": sgd(0.1, momentum=0.9),
    "sgd nesterov": sgd(0.1, momentum=0.9, nesterov=True),
    "sgd bfloat16": sgd(0.1, momentum=0.9, accumulator_dtype=jnp.bfloat16),
    "sign_sgd": optax.sign_sgd(0.1),
    "adam": adam(0.1),
    "adam numbers": adam(0.1, b1=0.8, b2=0.95, eps=1e-3, eps_root=1e-4),
    "adam schedule": adam(falling),
    "adam bfloat16": adam(0.1, mu_dtype=jnp.bfloat16),
    "nadam": optax.nadam(0.1),
    "adamw": optax.adamw(0.1),
    "adamw decay": optax.adamw(0.1, weight_decay=0.3),
    "adamw mask": optax.adamw(0.1, weight_decay=0.3, mask=matrices),
    "adamw schedules": optax.adamw(cosine, weight_decay=falling),
    "nadamw": optax.nadamw(0.1, weight_decay=0.2),
    "amsgrad": optax.amsgrad(0.1, b2=0.5),
    "adamax": optax.adamax(0.1, b2=0.9),
    "adamaxw": optax.adamaxw(0.1, weight_decay=0.2),
    "adabelief": optax.adabelief(0.1),
    "adabelief numbers": optax.adabelief(0.1, b1=0.7, b2=0.9, eps=1e-4, eps_root=1e-5),
    "radam": optax.radam(0.1),
    "radam threshold": optax.radam(0.1, b2=0.9, threshold=4.5),
    "yogi": optax.yogi(0.1),
    "lion": optax.lion(0.1),
    "lion numbers": optax.lion(0.1, b1=0.5, b2=0.7, weight_decay=0.1),
    "lamb": optax.lamb(0.1),
    "lamb decay": optax.lamb(0.1, weight_decay=0.1),
    "lars": optax.lars(0.1),
    "lars numbers": optax.lars(0.1, weight_decay=0.1, weight_decay_mask=matrices, trust_coefficient=0.5, eps=1e-3,
                               trust_ratio_mask=matrices, momentum=0.5, nesterov=True),
    "adagrad": optax.adagrad(0.1),
    "adagrad numbers": optax.adagrad(0.1, initial_accumulator_value=0.0, eps=1e-2),
    "rmsprop": optax.rmsprop(0.1),
    "rmsprop centered": optax.rmsprop(0.1, decay=0.8, initial_scale=1.0, centered=True),
    "rmsprop outside": optax.rmsprop(0.1, eps=1e-3, eps_in_sqrt=False, bias_correction=True),
    "rmsprop all": optax.rmsprop(0.1, eps=1e-3, initial_scale=0.5, centered=True, bias_correction=True, momentum=0.8,
                                 nesterov=True),
    "adadelta": optax.adadelta(1.0),
    "adadelta numbers": optax.adadelta(0.5, rho=0.7, eps=1e-3, weight_decay=0.1),
    "adafactor": optax.adafactor(0.1),
    "adafactor factored": optax.adafactor(0.1, min_dim_size_to_factor=2),
    "adafactor numbers": optax.adafactor(0.1, min_dim_size_to_factor=2, decay_rate=0.6, decay_offset=-2,
                                         multiply_by_parameter_scale=False, clipping_threshold=0.5, momentum=0.7,
                                         weight_decay_rate=0.01, eps=1e-6),
    "adafactor plain": optax.adafactor(cosine, min_dim_size_to_factor=2, factored=False, clipping_threshold=None),
    "clip": chain(optax.clip(0.5), sgd(0.1)),
    "clip_by_global_norm": chain(optax.clip_by_global_norm(1.0), adam(0.1)),
    "clip_by_block_rms": chain(optax.clip_by_block_rms(0.5), sgd(0.1)),
    "centralize": chain(optax.centralize(), sgd(0.1)),
    "add_decayed_weights": chain(optax.add_decayed_weights(0.1, matrices), sgd(0.1)),
    "ema": chain(optax.ema(0.9), sgd(0.1)),
    "ema biased": chain(optax.ema(0.9, debias=False, accumulator_dtype=jnp.bfloat16), sgd(0.1)),
    "keep_params_nonnegative": chain(sgd(0.3), optax.keep_params_nonnegative()),
    "multi_steps": optax.MultiSteps(adam(0.1), 3, accumulator_dtype=jnp.float64),
    "multi_steps sum": optax.MultiSteps(sgd(falling), 2, use_grad_mean=False, accumulator_dtype=jnp.float64),
    "multi_steps schedule": optax.MultiSteps(sgd(0.1), lambda n: n + 1, accumulator_dtype=jnp.float64),
    "apply_if_finite": optax.apply_if_finite(adam(0.1), 2),
    "masked": optax.masked(adam(0.1), matrices),
    "partition": optax.partition({"m": adam(0.1), "v": sgd(0.2, momentum=0.5)},
                                 lambda p: {k: "m" if jnp.ndim(v) > 1 else "v" for k, v in p.items()}),
    "freeze": chain(adam(0.1), optax.transforms.freeze({"A": False, "B": True, "C": False})),
    "chain": chain(optax.clip_by_global_norm(0.7), optax.add_decayed_weights(0.1), optax.scale_by_adam(),
                   optax.scale_by_schedule(cosine), optax.scale(-1.0)),
    "no search": optax.lbfgs(0.1, memory_size=3, linesearch=None),
    "no search unscaled": optax.lbfgs(0.1, memory_size=2, scale_init_precond=False, linesearch=None),
}

write(name="problem", params=flat(params), grads=[flat(g) for g in grads])
for name, opt in cases.items():
    p = jax.tree.map(jnp.asarray, params)
    s = opt.init(p)
    steps = []
    for g in grads:
        u, s = opt.update(jax.tree.map(jnp.asarray, g), s, p)
        p = optax.apply_updates(p, u)
        steps.append(flat(p))
    write(name=name, first=steps[0], last=steps[-1])


def jax_optimizer(opt):
    init, update, get = opt
    s = init(jax.tree.map(jnp.asarray, params))
    steps = []
    for i, g in enumerate(grads):
        s = update(i, jax.tree.map(jnp.asarray, g), s)
        steps.append(flat(get(s)))
    return steps


from jax.example_libraries import optimizers as o

for name, opt in {
    "jax momentum": o.momentum(0.1, 0.9),
    "jax nesterov": o.nesterov(0.1, 0.9),
    "jax adagrad": o.adagrad(0.1),
    "jax rmsprop": o.rmsprop(0.1),
    "jax rmsprop_momentum": o.rmsprop_momentum(0.1),
    "jax adam": o.adam(0.1),
    "jax sm3": o.sm3(0.1),
}.items():
    steps = jax_optimizer(opt)
    write(name=name, first=steps[0], last=steps[-1])


def objective(p):
    a, b, c = p["A"], p["B"], p["C"]
    rosenbrock = jnp.sum(10 * (a[1:] - a[:-1] ** 2) ** 2 + (1 - a[:-1]) ** 2)
    return rosenbrock + jnp.sum(jnp.cosh(b - 0.5) * jnp.arange(1.0, 4)) + (c - 2) ** 4 + 0.1 * c * jnp.sum(a)


zoom, backtrack = optax.scale_by_zoom_linesearch, optax.scale_by_backtracking_linesearch
for name, opt in {
    "lbfgs": optax.lbfgs(),
    "lbfgs memory": optax.lbfgs(memory_size=2, scale_init_precond=False),
    "lbfgs rate": optax.lbfgs(0.5, linesearch=zoom(max_linesearch_steps=4, max_learning_rate=0.8, approx_dec_rtol=None,
                                                  initial_guess_strategy="keep", curv_rtol=0.1)),
    "lbfgs backtracking": optax.lbfgs(linesearch=backtrack(15, store_grad=True)),
    "gradient zoom": chain(sgd(1.0), zoom(15, curv_rtol=0.2)),
    "gradient backtracking": chain(sgd(0.5), backtrack(10, slope_rtol=0.1, decrease_factor=0.5, increase_factor=2.0,
                                                      max_learning_rate=0.5, rtol=1e-3, atol=1e-3)),
}.items():
    p = jax.tree.map(jnp.asarray, params)
    s = opt.init(p)
    first = None
    values, rates, tries = [], [], []
    for i in range(6):
        v, g = jax.value_and_grad(objective)(p)
        u, s = opt.update(g, s, p, value=v, grad=g, value_fn=objective)
        p = optax.apply_updates(p, u)
        first = first or flat(p)
        values.append(float(optax.tree.get(s, "value")))
        rates.append(float(optax.tree.get(s, "learning_rate")))
        tries.append(int(optax.tree.get(s, "num_linesearch_steps")))
    write(name=name, first=first, last=flat(p), values=values, rates=rates, tries=tries)

schedules = {
    "constant": optax.constant_schedule(0.3),
    "polynomial": optax.polynomial_schedule(1.0, 0.1, 2, 5, transition_begin=2),
    "linear": optax.linear_schedule(0.0, 0.6, 4),
    "exponential": optax.exponential_decay(0.5, 3, 0.7),
    "exponential all": optax.exponential_decay(0.5, 3, 0.7, transition_begin=2, staircase=True, end_value=0.2),
    "exponential growth": optax.exponential_decay(0.5, 3, 1.5, end_value=1.0),
    "inverse_time": o.inverse_time_decay(0.5, 3, 0.7),
    "inverse_time staircase": o.inverse_time_decay(0.5, 3, 0.7, staircase=True),
    "cosine": optax.cosine_decay_schedule(0.5, 8),
    "cosine all": optax.cosine_decay_schedule(0.5, 8, alpha=0.1, exponent=1.5),
    "piecewise_constant": optax.piecewise_constant_schedule(0.5, {3: 0.5, 7: 0.1}),
    "piecewise linear": optax.piecewise_interpolate_schedule("linear", 0.5, {3: 0.5, 7: 0.1}),
    "piecewise cosine": optax.piecewise_interpolate_schedule("cosine", 0.5, {3: 0.5, 7: 0.1}),
    "linear_onecycle": optax.linear_onecycle_schedule(10, 0.5),
    "linear_onecycle all": optax.linear_onecycle_schedule(10, 0.5, 0.2, 0.6, 10.0, 100.0),
    "cosine_onecycle": optax.cosine_onecycle_schedule(10, 0.5),
    "warmup_constant": optax.warmup_constant_schedule(0.1, 0.5, 4),
    "warmup_cosine": optax.warmup_cosine_decay_schedule(0.0, 3e-3, 4, 10),
    "warmup_cosine all": optax.warmup_cosine_decay_schedule(0.1, 0.5, 4, 10, end_value=0.05, exponent=2.0),
    "warmup_exponential": optax.warmup_exponential_decay_schedule(0.1, 0.5, 4, 3, 0.5, transition_begin=1,
                                                                  end_value=0.1),
    "join": optax.join_schedules([cosine, falling], [5]),
}
for name, f in schedules.items():
    write(name=name, rates=[float(f(jnp.asarray(i, jnp.int32))) for i in range(13)])
