package main

import (
	"maps"
	"strings"
)

// exceptionsAround are those of the modules around the core.
var exceptionsAround = map[string]map[string]string{
	"jax.example_libraries.stax": {
		"FanOut":  "!" + outStax,
		"Flatten": "jnp.Reshape",
		"Exp":     "jnp.Exp",
		"glorot":  "initializers.GlorotNormal",
		"randn":   "initializers.Normal",

		"GeneralConv":          "nn.Conv",
		"GeneralConvTranspose": "nn.ConvTranspose",
	},
	"jax.example_libraries.optimizers": {
		"clip_grads":       "optim.ClipByGlobalNorm",
		"l2_norm":          "tree.Norm",
		"make_schedule":    "optim.Rate (a number or a schedule, as it is)",
		"momentum":         "optim.SGD, optim.MomentumOptions{Momentum}",
		"nesterov":         "optim.SGD, optim.MomentumOptions{Nesterov}",
		"polynomial_decay": "optim.Polynomial",
		"rmsprop_momentum": "optim.RMSProp, optim.SquaresOptions{Momentum}",
	},
	"jax.export": {
		"export":                                       "export.Save",
		"symbolic_shape":                               "export.Saving{Buckets}",
		"symbolic_args_specs":                          "export.Saving{Buckets}",
		"is_symbolic_dim":                              "export.Type (its Shape has -1 for such a length)",
		"default_export_platform":                      "export.Saving{Platforms}",
		"register_pytree_node_serialization":           outNodes,
		"register_namedtuple_serialization":            outNodes,
		"DisabledSafetyCheck":                          "out: programs are refused where they cannot be run",
		"SymbolicScope":                                "out: shapes are numbers while tracing",
		"maximum_supported_calling_convention_version": outInternal,
		"minimum_supported_calling_convention_version": outInternal,
	},
	"jax.scipy.optimize": {"OptimizeResults": "optimize.MinimizeResult"},
	"jax.stages": {
		"Traced":  "gojax.MakeProgram (its result)",
		"Wrapped": "out: a jitted function is a Go function of the same type",
	},
	"jax.errors": {
		"KeyReuseError":                  "gojax.Error (see debug.KeyReuse)",
		"InconclusiveDimensionOperation": "out: shapes are numbers while tracing",
		"JaxprTypeError":                 outInternal,
	},
	"jax.sharding": {
		"Mesh":                        "gojax.Mesh, gojax.NewMesh",
		"NamedSharding":               "gojax.NamedSharding, gojax.Sharding",
		"PartitionSpec":               "gojax.P, gojax.Spec",
		"Sharding":                    "gojax.Sharding",
		"SingleDeviceSharding":        "gojax.Device, gojax.DevicePut",
		"make_single_device_sharding": "gojax.Device",
		"set_mesh":                    outMesh,
	},
	"jax.ffi": each("gojax.NewKernel (a Go function on slices, which may call C)", "ffi_call register_ffi_target"),
	"jax.monitoring": {
		"register_event_duration_secs_listener": "gojax.OnCompile (of compilations)",
		"unregister_event_duration_listener":    "gojax.OnCompile (the stop function that it returns)",
	},
	"jax.experimental.compilation_cache.compilation_cache": {
		"set_cache_dir": "gojax.CacheDir (GOJAX_CACHE_DIR sets it)",
		"reset_cache":   "gojax.CacheDir (remove the folder)",
	},
}

// exceptionsLayers are the parts of optimisers that JAX's example of a library of them shows.
var exceptionsLayers = map[string]map[string]string{
	"jax.example_libraries.optimizers": each(outStax,
		"JoinPoint Optimizer OptimizerState optimizer pack_optimizer_state unpack_optimizer_state"),
}

// exceptionsSteps are the parts of a solver that its module shows.
var exceptionsSteps = map[string]map[string]string{
	"jax.experimental.ode": each("out: a step of odeint", "abs2 fit_4th_order_polynomial initial_step_size "+
		"interp_fit_dopri mean_error_ratio optimal_step_size ravel_first_arg runge_kutta_step"),
}

// exceptionsReexported are helpers that modules import and so show.
var exceptionsReexported = map[string]map[string]string{
	"jax.experimental.ode": each(outReexport,
		"map zip safe_map safe_zip tree_leaves tree_map promote_dtypes_inexact ravel_pytree"),
	"jax.experimental.jet": each(outReexport, "safe_zip tree_flatten tree_structure tree_unflatten treedef_is_leaf "+
		"unzip2 weakref_lru_cache register_pytree_node"),
	"jax.experimental.checkify": each(outReexport, "JaxRuntimeError"),
	"jax.experimental.multihost_utils": united(map[string]string{
		"broadcast_one_to_all":             "distributed.Broadcast",
		"process_allgather":                "distributed.Gather",
		"sync_global_devices":              "distributed.Barrier",
		"host_local_array_to_global_array": "gojax.ArrayFromShards",
		"global_array_to_host_local_array": "jnp.Array.Shards",
		"assert_equal":                     "out: GOJAX_DISTRIBUTED_CHECK=1 compares what processes do",
	}, each(outReexport, "P safe_zip tree_flatten tree_unflatten "+
		"global_array_to_host_local_array_impl global_array_to_host_local_array_p gtl_abstract_eval "+
		"host_local_array_to_global_array_impl host_local_array_to_global_array_p ltg_abstract_eval ltg_batcher")),
	"jax.experimental.topologies":      each(outReexport, "Device make_mesh"),
	"jax.example_libraries.optimizers": each(outReexport, "map zip safe_map safe_zip unzip2"),
}

// each gives every one of the names, which are separated by spaces, the same text.
func each(text, names string) map[string]string {
	all := map[string]string{}
	for name := range strings.FieldsSeq(names) {
		all[name] = text
	}
	return all
}

// united is all that the tables have.
func united(tables ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		maps.Copy(all, t)
	}
	return all
}
