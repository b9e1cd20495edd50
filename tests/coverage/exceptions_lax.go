package main

// exceptionsLax are those of jax.lax.
var exceptionsLax = map[string]map[string]string{
	"jax.lax": {
		"ConvDimensionNumbers":               "lax.ConvDims",
		"ConvGeneralDilatedDimensionNumbers": "lax.ConvDims",
		"conv_dimension_numbers":             "lax.ConvLayout",
		"DotDimensionNumbers":                "lax.DotDims",
		"GatherDimensionNumbers":             "lax.GatherDims",
		"ScatterDimensionNumbers":            "lax.ScatterDims",
		"GatherScatterMode":                  "lax.IndexMode",
		"PrecisionLike":                      "lax.Precision",
		"RaggedDotDimensionNumbers":          "lax.RaggedDims",
		"AccuracyMode":                       "out: the compiler's choice of approximations",
		"Tolerance":                          "out: the compiler's choice of approximations",
		"DotAlgorithm":                       "lax.Precision (the CPU has one algorithm)",
		"DotAlgorithmPreset":                 "lax.Precision (the CPU has one algorithm)",

		"precv":             outPair,
		"psend":             outPair,
		"ragged_all_to_all": outRagged,

		"broadcast_shapes":           "jnp.BroadcastShapes",
		"padtype_to_pads":            "lax.WindowPadding (its method Pairs)",
		"conv_general_permutations":  "lax.ConvLayout",
		"conv_shape_tuple":           "lax.ConvShape",
		"conv_general_shape_tuple":   "lax.ConvShape",
		"conv_transpose_shape_tuple": "lax.ConvTransposeShape",
		"reduce_window_shape_tuple":  "lax.ReduceWindowShape",

		"broadcasted_iota":          "lax.Iota",
		"conv":                      "lax.ConvGeneralDilated",
		"conv_with_general_padding": "lax.ConvGeneralDilated (with dilations as options)",
		"dtype":                     "jnp.Array.DType",
		"composite":                 "out: for other compilers' pattern matching",
		"stage":                     outInternal,
		"dce_sink":                  outInternal,
		"create_token":              outInternal,
		"after_all":                 outInternal,
		"scaled_dot":                "out: for a GPU library's block-scaled types",
		"shape_as_value":            "jnp.Array.Shape (shapes are static)",
		"linalg":                    "lax.Cholesky, lax.TriangularSolve",
	},
	"jax.lax.linalg": {
		"EigImplementation":  "out: one implementation a platform",
		"EighImplementation": "out: one implementation a platform",
		"SvdAlgorithm":       "out: one implementation a platform",
	},
}

// exceptionsPrimitives are the operations that have another name in lax, are made of others, or are missing.
var exceptionsPrimitives = map[string]map[string]string{
	"jax.random":     {"random_gamma_p": "random.Gamma (a program of other operations)"},
	"jax.lax.linalg": {},
	"jax.custom_derivatives": {
		"custom_jvp_call_p": "gojax.CustomJVP",
		"custom_vjp_call_p": "gojax.CustomVJP",
		"remat_opt_p":       "gojax.Checkpoint",
	},
	"jax.lax": {
		"approx_top_k_p":                "lax.ApproxMaxK, lax.ApproxMinK",
		"after_all_p":                   outInternal,
		"copy_p":                        "jnp.Array.Copy",
		"create_token_p":                outInternal,
		"dce_sink_p":                    outInternal,
		"linear_solve_p":                "!lax.CustomLinearSolve",
		"ragged_all_to_all_p":           outRagged,
		"reduce_window_max_p":           "lax.ReduceWindow",
		"reduce_window_min_p":           "lax.ReduceWindow",
		"reduce_window_sum_p":           "lax.ReduceWindow",
		"regularized_incomplete_beta_p": "lax.BetaInc",
		"select_and_scatter_p":          "ops.SelectAndScatterAdd",
		"stage_p":                       outInternal,
		"while_p":                       "!lax.WhileLoop",
	},
}
