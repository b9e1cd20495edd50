package main

// What optax has beside optimisers and their parts.
const (
	outOwnRule  = "out: not among the optimisers here; optim.New makes a Transform of two functions"
	outContrib  = "out: of optax's contributions; optim.New makes a Transform of two functions"
	outLine     = "out: a line of jnp and nn (docs/PORTING.md, Optimisers): "
	outLosses   = "out: a loss that docs/PORTING.md has no line for; losses are functions of jnp and nn here"
	outProject  = "out: a projection is a line of jnp, mapped over a tree by tree.Map: "
	outMoments  = "out: a step of a rule; in one of optim.New it is a line with tree.Map2"
	outWrapping = "out: a hook for optax's own insides"
	outMeasure  = "out: Update returns the updates: measure them there, and keep what is measured in the loop's carry"
	outExamples = "out: Vmap of Grad gives each example's gradients, which tree.Map and tree.Norm cut down: " +
		"docs/PORTING.md, vmap"
	outSafe = "out: where the argument is 0, jnp.Where before the root: docs/SHARP.md on NaN in gradients"
)

// exceptionsOptax are those of optax.
var exceptionsOptax = map[string]map[string]string{
	"optax":        united(optaxOptimizers, optaxParts, optaxLosses, optaxRest),
	"optax.losses": each(outLosses, optaxMoreLosses),
	"optax.contrib": each(outContrib, "acprop ademamix adopt cocob dadapt_adamw differentially_private_aggregate dog "+
		"dowg dpsgd galore hutchinson_estimator_diag_hessian madgrad mechanize momo momo_adam muon normalize "+
		"prodigy reduce_on_plateau sam schedule_free schedule_free_adamw schedule_free_eval_params schedule_free_sgd "+
		"simplified_ademamix sophia "+
		"split_real_and_imaginary"),
	"optax.projections": optaxProjections,
	"optax.tree":        optaxTrees,
}

// optaxOptimizers are the optimisers that are another one's options, or not here.
var optaxOptimizers = united(
	each(outOwnRule, "adan fromage lookahead noisy_sgd novograd optimistic_adam optimistic_adam_v2 "+
		"optimistic_gradient_descent polyak_sgd rprop"),
	map[string]string{
		"adamaxw":         "optim.Adamax, optim.AdamOptions{WeightDecay}",
		"signum":          "optim.SignSGD (behind optim.EMA in an optim.Chain)",
		"MultiSteps":      "optim.Accumulate",
		"multi_transform": "optim.Partition",
	})

// optaxParts are what optimisers are made of.
var optaxParts = united(
	each(outOwnRule, "adaptive_grad_clip add_noise normalize_by_update_norm scale_by_adan "+
		"scale_by_distance_over_gradients scale_by_novograd scale_by_optimistic_gradient scale_by_param_block_norm "+
		"scale_by_param_block_rms scale_by_polyak scale_by_rprop"),
	each(outMoments, "update_infinity_moment update_moment update_moment_per_elem_norm"),
	each(outWrapping, "init_empty_state with_extra_args_support tree_map_params stateless "+
		"stateless_with_tree_map inject_stateful_hyperparams"),
	each(outMeasure, "measure_with_ema monitor snapshot"),
	each(outExamples, "per_example_global_norm_clip per_example_layer_norm_clip"),
	map[string]string{
		"add_decayed_weights":      "optim.WeightDecay",
		"apply_every":              "optim.Accumulate",
		"apply_updates":            "optim.Apply",
		"bias_correction":          outMoments,
		"conditionally_mask":       "optim.Accumulate (every some steps; optim.New with lax.Cond otherwise)",
		"conditionally_transform":  "optim.Accumulate (every some steps; optim.New with lax.Cond otherwise)",
		"flatten":                  "tree.Ravel (an optimiser of one vector is an optim.Transform of jnp.Array)",
		"identity":                 "optim.New (of two nil functions)",
		"inject_hyperparams":       "optim.Rate (a traced number is one; State.Value finds a schedule's)",
		"named_chain":              "optim.Chain (State.Tree and State.Value find what is kept by its own name)",
		"scale_by_adadelta":        "optim.Adadelta (of the rate -1)",
		"scale_by_adam":            "optim.Adam (of the rate -1)",
		"scale_by_adamax":          "optim.Adamax (of the rate -1)",
		"scale_by_amsgrad":         "optim.AMSGrad (of the rate -1)",
		"scale_by_belief":          "optim.AdaBelief (of the rate -1)",
		"scale_by_factored_rms":    "optim.Adafactor (whose options leave the rest out)",
		"scale_by_lbfgs":           "optim.LBFGS, optim.LBFGSOptions{NoLineSearch}",
		"scale_by_learning_rate":   "optim.Scale (of minus the rate)",
		"scale_by_lion":            "optim.Lion (of the rate -1)",
		"scale_by_radam":           "optim.RAdam (of the rate -1)",
		"scale_by_rms":             "optim.RMSProp (of the rate -1)",
		"scale_by_rss":             "optim.Adagrad (of the rate -1)",
		"scale_by_schedule":        "optim.Scale (of a Schedule)",
		"scale_by_sign":            "optim.SignSGD (of the rate -1)",
		"scale_by_sm3":             "optim.SM3 (of the rate -1)",
		"scale_by_stddev":          "optim.RMSProp, optim.SquaresOptions{Centered} (of the rate -1)",
		"scale_by_trust_ratio":     "optim.LARS, optim.Lamb",
		"scale_by_yogi":            "optim.Yogi (of the rate -1)",
		"scale_by_zoom_linesearch": "optim.Search, optim.Zoom",
		"selective_transform":      "optim.Freeze, optim.Masked",
		"skip_large_updates":       "optim.New (with tree.Norm and lax.Cond)",
		"skip_not_finite":          "optim.ApplyIfFinite",
		"trace":                    "optim.SGD, optim.MomentumOptions{Momentum} (of the rate -1)",

		"scale_by_backtracking_linesearch": "optim.Search, optim.Backtracking",
	})

// optaxLosses are the losses, of predictions or logits z, targets t, and classes y as integers.
var optaxLosses = united(
	each(outLosses, "ctc_loss ctc_loss_with_forward_probs ntxent"),
	map[string]string{
		"convex_kl_divergence":      outLine + "special.KLDiv(t, jnp.Exp(z)).Sum(-1)",
		"cosine_distance":           outLine + "1 minus the cosine similarity",
		"cosine_similarity":         outLine + "jnp.VecDot(z, t).Div(linalg.Norm(z, -1).Mul(linalg.Norm(t, -1)))",
		"generalized_kl_divergence": outLine + "special.KLDiv(t, jnp.Exp(z)).Sum(-1)",
		"hinge_loss":                outLine + "nn.Relu(jnp.Sub(1, z.Mul(t)))",
		"huber_loss": outLine + "e := z.Sub(t).Abs(); q := jnp.Minimum(e, delta); " +
			"q.Square().Div(2).Add(e.Sub(q).Mul(delta))",
		"kl_divergence":                outLine + "special.XLogY(t, t).Sub(t.Mul(z)).Sum(-1)",
		"l2_loss":                      outLine + "z.Sub(t).Square().Div(2)",
		"log_cosh":                     outLine + "e := z.Sub(t); jnp.LogAddExp(e, e.Neg()).Sub(math.Ln2)",
		"safe_softmax_cross_entropy":   outLine + "jnp.Where(t.Eq(0), 0, t.Mul(nn.LogSoftmax(z))).Sum(-1).Neg()",
		"sigmoid_binary_cross_entropy": outLine + "jnp.LogAddExp(0, z).Sub(z.Mul(t))",
		"sigmoid_focal_loss": outLine + "the binary cross entropy times a power of the other class's " +
			"probability",
		"smooth_labels":         outLine + "t.Mul(1 - alpha).Add(alpha / classes)",
		"softmax_cross_entropy": outLine + "nn.LogSoftmax(z).Mul(t).Sum(-1).Neg()",
		"softmax_cross_entropy_with_integer_labels": outLine + "nn.LogSoftmax(z).Mul(nn.OneHot(y, classes))" +
			".Sum(-1).Neg()",
		"squared_error": outLine + "z.Sub(t).Square()",
	})

const optaxMoreLosses = "binary_dice_loss dice_loss kl_divergence_with_log_targets make_fenchel_young_loss " +
	"multiclass_generalized_dice_loss multiclass_hinge_loss multiclass_perceptron_loss multiclass_sparsemax_loss " +
	"perceptron_loss poly_loss_cross_entropy ranking_softmax_loss sparsemax_loss triplet_margin_loss"

// optaxRest are schedules of other names, and what else optax shows.
var optaxRest = united(
	each(outSafe, "safe_norm safe_root_mean_squares"),
	each("out: a State counts by itself", "safe_increment safe_int32_increment"),
	map[string]string{
		"constant_schedule":                 "optim.Constant",
		"cosine_decay_schedule":             "optim.CosineDecay",
		"cosine_onecycle_schedule":          "optim.CosineOneCycle",
		"global_norm":                       "tree.Norm",
		"linear_onecycle_schedule":          "optim.LinearOneCycle",
		"linear_schedule":                   "optim.Linear",
		"matrix_inverse_pth_root":           "linalg.Eigh (a power of its values)",
		"microbatch":                        "optim.Accumulate (or lax.Scan over parts of the batch)",
		"multi_normal":                      "stats.MultivariateNormal",
		"nnls":                              "out: not here; optimize.Minimize of the squares of the unknowns",
		"periodic_update":                   "lax.Cond (with the step's number)",
		"piecewise_constant_schedule":       "optim.PiecewiseConstant",
		"piecewise_interpolate_schedule":    "optim.PiecewiseInterpolate",
		"polynomial_schedule":               "optim.Polynomial",
		"power_iteration":                   "lax.Repeat (a product and a division by the norm in each round)",
		"scale_gradient":                    "gojax.CustomVJP (or x.Mul(s).Add(gojax.StopGradient(x.Mul(1 - s))))",
		"sgdr_schedule":                     "optim.JoinSchedules, optim.WarmupCosine",
		"warmup_constant_schedule":          "optim.WarmupConstant",
		"warmup_cosine_decay_schedule":      "optim.WarmupCosine",
		"warmup_exponential_decay_schedule": "optim.WarmupExponential",
	})

var optaxProjections = map[string]string{
	"projection_box":          "jnp.Clip (with tree.Map)",
	"projection_hypercube":    "jnp.Clip (with tree.Map)",
	"projection_non_negative": "nn.Relu (with tree.Map)",
	"projection_linf_ball":    "jnp.Clip (with tree.Map)",
	"projection_l2_ball":      outProject + "x.Mul(jnp.Minimum(1, jnp.Div(radius, tree.Norm(x))))",
	"projection_l2_sphere":    outProject + "x.Mul(jnp.Div(radius, tree.Norm(x)))",
	"projection_hyperplane":   outProject + "x.Sub(a.Mul(tree.VDot(a, x).Sub(b).Div(tree.VDot(a, a))))",
	"projection_halfspace":    outProject + "x.Sub(a.Mul(nn.Relu(tree.VDot(a, x).Sub(b)).Div(tree.VDot(a, a))))",
	"projection_l1_ball":      outProject + "with jnp.Sort and jnp.CumSum of the absolute values",
	"projection_l1_sphere":    outProject + "with jnp.Sort and jnp.CumSum of the absolute values",
	"projection_simplex":      outProject + "with jnp.Sort and jnp.CumSum of the elements",
	"projection_vector":       outProject + "a.Mul(tree.VDot(a, x).Div(tree.VDot(a, a)))",
}

var optaxTrees = united(
	each(outMoments, "bias_correction update_infinity_moment update_moment update_moment_per_elem_norm"),
	map[string]string{
		"batch_shape":            "tree.Broadcast",
		"dtype":                  "jnp.Array.DType (of tree.Leaves)",
		"get":                    "optim.State.Tree, optim.State.Value",
		"get_all_with_path":      "tree.LeavesWithPath",
		"map_params":             "out: a State's Trees have the parameters' type: tree.Map takes each",
		"set":                    "optim.State.Values, optim.State.Trees (maps by name)",
		"split_key_like":         "tree.SplitKey",
		"unwrap_random_key_data": "random.KeyArray.Data",
	})
